/* The folder is made beside its place, put on the disk file by file, and renamed.  The list is what sha256sum -c reads. */
#include "cli/report-pack.h"

#include "base/i18n.h"
#include "base/sha256.h"
#include "cli/report-job.h"
#include "cli/report-whole.h"
#include "cli/report-write.h"
#include "journal/bundle.h"
#include "report/print/pdf.h"
#include "schedule/values.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char LIST[] = "DANH-SACH.txt";

/* Names that every computer can write. */
static const char *const tables[GRID_VIEWS] = {
	[GRID_DIRECTIVE] = "theo-van-ban.csv",
	[GRID_DATES] = "tung-ngay.csv",
	[GRID_DAY] = "theo-ngay.csv",
	[GRID_ZONE] = "theo-cum-loa.csv",
	[GRID_OFF] = "thoi-gian-tat.csv",
	[GRID_CLASS] = "theo-loai.csv",
	[GRID_UNAIRED] = "khong-phat.csv",
	[GRID_LOGBOOK] = "nhat-ky.csv",
	[GRID_STRIP] = "tung-gio.csv",
	[GRID_PICTURES] = "anh.csv",
};

struct pack {
	const struct report_job *job;
	char *dir; /* where it is made */
	VEC(char *) names;
	struct err *err;
};

/* Path of one more file of the folder; to mem_free. */
static char *place(struct pack *p, const char *name)
{
	vec_push(&p->names, mem_dup(name));
	return mem_printf("%s/%s", p->dir, name);
}

static bool refuse(struct pack *p, const char *what)
{
	return err_set(p->err, _("\"%s\" was NOT written: %s — see to it or give another place, then do it again."),
		what, strerror(errno));
}

/* ── Its files ── */

static bool add_pdf(struct pack *p, const char *name, unsigned parts)
{
	char *path = place(p, name);
	bool ok = pdf_write(p->job->report, parts, path, p->err);
	mem_free(path);
	return ok;
}

static bool add_file(struct pack *p, const char *name, report_writer *write)
{
	char *path = place(p, name);
	bool ok = write(p->job, path, p->err);
	mem_free(path);
	return ok;
}

static bool add_tables(struct pack *p)
{
	bool ok = true;
	for (int v = GRID_DIRECTIVE; ok && v < (p->job->report->pictures.n ? GRID_VIEWS : GRID_PICTURES); v++) {
		char *path = place(p, tables[v]);
		ok = report_write_csv(p->job, (enum grid_view)v, path, p->err);
		mem_free(path);
	}
	return ok;
}

static bool add_pictures(struct pack *p)
{
	bool ok = true;
	for (size_t i = 0; ok && i < p->job->report->pictures.n; i++) {
		const struct report_picture *picture = &p->job->report->pictures.at[i];
		char *path = place(p, picture->name);
		ok = report_whole_text(path, picture->data, picture->bytes, p->err);
		mem_free(path);
	}
	return ok;
}

/* A journal of before the seals has no bundle: the papers go without, and it is said. */
static void add_bundle(struct pack *p)
{
	const struct report *r = p->job->report;
	char from[VALUE_BYTES], until[VALUE_BYTES];
	struct bundle_written written;
	struct err err = { "" };
	value_print_iso_date(r->days.from, from);
	value_print_iso_date(r->days.until, until);
	char *name = mem_printf("%s_%s_%s.loaxa", r->station, from, until), *path = mem_printf("%s/%s", p->dir, name);
	if (bundle_write(p->job->state_dir, tz_instant(r->tz, r->days.from, 0), tz_instant(r->tz, r->days.until + 1, 0),
		    path, &written, &err))
		vec_push(&p->names, mem_dup(name));
	else
		fprintf(stderr, _("loaxa report: WITHOUT the sealed bundle: %s\n"), err.text);
	mem_free(name);
	mem_free(path);
}

/* ── The list ── */

static bool hash_file(const char *path, char hex[SHA256_HEX])
{
	FILE *f = fopen(path, "rb");
	struct sha256 *sum = sha256_new();
	uint8_t bytes[SHA256_BYTES];
	char part[65536];
	for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;)
		sha256_add(sum, part, n);
	bool ok = f && !ferror(f);
	sha256_end(&sum, bytes);
	sha256_hex(bytes, hex);
	if (f)
		fclose(f);
	return ok;
}

static bool add_list(struct pack *p)
{
	struct text list = { 0 };
	bool ok = true;
	for (size_t i = 0; ok && i < p->names.n; i++) {
		char hex[SHA256_HEX], *path = mem_printf("%s/%s", p->dir, p->names.at[i]);
		ok = (hash_file(path, hex) && report_whole_sync(path)) || refuse(p, path);
		text_addf(&list, "%s  %s\n", hex, p->names.at[i]);
		mem_free(path);
	}
	char *path = place(p, LIST);
	ok = ok && report_whole_text(path, text_str(&list), list.n, p->err) &&
	     (report_whole_sync(path) || refuse(p, path));
	text_free(&list);
	mem_free(path);
	return ok;
}

/* ── The folder ── */

static bool fill(struct pack *p)
{
	bool ok = add_pdf(p, "bao-cao.pdf", PDF_REPORT) && add_pdf(p, "so-nhat-ky.pdf", PDF_LOGBOOK) &&
		  add_file(p, "bao-cao.html", report_write_page) && add_file(p, "so-lieu.xlsx", report_write_sheet) &&
		  add_tables(p) && add_pictures(p);
	if (ok)
		add_bundle(p);
	return ok && add_list(p) && (report_whole_sync(p->dir) || refuse(p, p->dir));
}

static void clear(struct pack *p)
{
	DIR *d = opendir(p->dir);
	for (struct dirent *e; d && (e = readdir(d));)
		if (strcmp(e->d_name, ".") && strcmp(e->d_name, ".."))
			unlinkat(dirfd(d), e->d_name, 0);
	if (d)
		closedir(d);
	rmdir(p->dir);
}

/* What stands there is never lost: rename replaces an empty folder only. */
static bool take_place(struct pack *p, const char *dir)
{
	if (!rename(p->dir, dir))
		return true;
	if (errno == ENOTEMPTY || errno == EEXIST || errno == ENOTDIR)
		return err_set(p->err,
			_("\"%s\" is there already — it was left as it is, nothing was written — give the name of a "
			  "new folder."),
			dir);
	return refuse(p, dir);
}

bool report_pack(const struct report_job *job, const char *dir, struct err *err)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	char *whole = mem_dup_n(dir, n);
	struct pack p = { .job = job, .dir = mem_printf("%s.%d.part", whole, (int)getpid()), .err = err };
	bool made = !mkdir(p.dir, 0777) || refuse(&p, whole);
	bool ok = made && fill(&p) && take_place(&p, whole);
	if (made && !ok)
		clear(&p);
	for (size_t i = 0; i < p.names.n; i++)
		mem_free(p.names.at[i]);
	vec_free(&p.names);
	mem_free(p.dir);
	mem_free(whole);
	return ok;
}
