/* loaxa dry-run: what would be heard, and what the journal would say of it, in virtual time. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/emergency-with.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/rehearsal.h"
#include "cli/rehearsal-report.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SCRIPT_BYTES_MAX (1024 * 1024)
#define DAYS_MAX 3660

struct dry_run {
	const char *dir, *from, *days, *until, *script, *state, *store, *render, *zone;
	bool json;
	char *state_dir, *store_dir, *program;
	struct load_options load;
	struct script lines;
	struct findings script_findings;
};

static int dry_run(int argc, char **argv);

const struct cmd cmd_dry_run = { "dry-run",
	"[DIR] [--from DATE[THH:MM]] [--days N] [--until INSTANT] [--script FILE] [--state DIR] [--render FILE] "
	"[--zone ZONE] [--store DIR] [--json]",
	N_("airs a schedule in virtual time, without a sound: what would be heard, and why not"), dry_run };

/* ── What the command line says ── */

__attribute__((format(printf, 1, 2))) static bool complain(const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	return false;
}

static day_num today(const struct tz *tz)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return tz_local(tz, (wall_us){ now.tv_sec * US_PER_S }).day;
}

static bool read_span(const struct dry_run *d, const struct tz *tz, struct rehearsal_setup *s)
{
	int64_t days = 1;
	s->from = tz_instant(tz, today(tz), 0);
	if (d->from && !value_instant(d->from, tz, &s->from))
		return complain(_("loaxa: --from \"%s\" is no date — write 2021-07-14 or 2021-07-14T05:30\n"), d->from);
	if (d->days && !value_number(d->days, 1, DAYS_MAX, &days))
		return complain(_("loaxa: --days \"%s\" is not between 1 and 3660\n"), d->days);
	s->to = tz_instant(tz, tz_local(tz, s->from).day + (day_num)days, 0);
	if (d->until && !value_instant(d->until, tz, &s->to))
		return complain(_("loaxa: --until \"%s\" is no instant — write 2021-07-14T06:01\n"), d->until);
	if (s->to.us <= s->from.us)
		return complain(_("loaxa: the run ends before it begins: %s\n"), d->until ? d->until : d->from);
	s->render_until = s->to;
	return true;
}

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "re");
	if (!f)
		return NULL;
	struct stat st;
	struct text t = { 0 };
	char part[4096];
	bool plain = !fstat(fileno(f), &st) && S_ISREG(st.st_mode);
	for (size_t n; plain && (n = fread(part, 1, sizeof part, f)) > 0 && t.n <= SCRIPT_BYTES_MAX;)
		text_add_n(&t, part, n);
	bool ok = plain && !ferror(f) && t.n <= SCRIPT_BYTES_MAX && text_bad_utf8(text_str(&t), t.n) < 0;
	fclose(f);
	char *all = text_take(&t);
	char *nfc = ok ? text_nfc(all) : NULL;
	mem_free(all);
	return nfc;
}

static bool read_script(struct dry_run *d, const struct tz *tz)
{
	if (!d->script)
		return true;
	char *text = read_file(d->script);
	if (!text)
		return complain(_("loaxa: script \"%s\" cannot be read — a UTF-8 text file of at most 1 MiB is "
				  "expected\n"),
			d->script);
	script_read(&d->lines, text, d->script, tz, &d->script_findings);
	mem_free(text);
	if (d->script_findings.errors)
		load_print_findings(&d->script_findings, false, stderr);
	return !d->script_findings.errors;
}

/* ── The run ── */

/* A reload's directory, an emergency's file: as written, else beside the script. */
static char *beside_script(const struct dry_run *d, const char *dir)
{
	const char *slash = d->script ? strrchr(d->script, '/') : NULL;
	if (dir[0] == '/' || !slash || !access(dir, F_OK))
		return mem_dup(dir);
	return mem_printf("%.*s/%s", (int)(slash - d->script), d->script, dir);
}

static struct station *load_again(void *self, const char *dir, struct err *err)
{
	struct dry_run *d = self;
	struct findings findings = { 0 };
	char *path = beside_script(d, dir ? dir : d->dir);
	struct station *st = load_station(path, &d->load, &findings, err);
	if (!st) {
		load_complain(&findings, err);
		err_set(err, _("the new schedule was NOT applied: %zu errors — the running one is untouched"),
			findings.errors);
	}
	findings_free(&findings);
	mem_free(path);
	return st;
}

static bool prepare_with(void *self, const struct station *st, const char *file, struct recording *out, struct err *err)
{
	const struct dry_run *d = self;
	char *path = beside_script(d, file);
	bool good = emergency_with(st, path, d->store_dir, out, err);
	mem_free(path);
	return good;
}

static void say_refused(void *self, const struct script_line *l, const char *why)
{
	const struct dry_run *d = self;
	fprintf(stderr, "%s:%d: %s\n", d->script, l->line, why);
}

static bool prepare_state(struct dry_run *d)
{
	d->state_dir = d->state ? mem_dup(d->state) : place_dry_run();
	if (d->state_dir) {
		char *parent = mem_dup(d->state_dir);
		char *slash = strrchr(parent, '/');
		if (slash && slash != parent) {
			*slash = '\0';
			mkdir(parent, 0755); /* build/ of a fresh tree; journal_open says it when the rest is missing */
		}
		mem_free(parent);
		return true;
	}
	char template[] = "/tmp/loaxa-dry-run-XXXXXX";
	if (!mkdtemp(template))
		return complain(_("loaxa: no temporary folder can be made: %s\n"), strerror(errno));
	d->state_dir = mem_dup(template);
	return true;
}

static bool render_what(const struct dry_run *d, const struct station *st, struct render_options *out)
{
	*out = (struct render_options){ .path = d->render,
		.program = d->program,
		.store = d->store_dir,
		.zone = d->zone ? station_zone(st, d->zone) : -1 };
	if (d->zone && out->zone < 0)
		return complain(_("loaxa: there is no zone \"%s\" in this schedule\n"), d->zone);
	return true;
}

static int run(struct dry_run *d, struct station *st)
{
	struct rehearsal_setup setup = { .station = st,
		.script = d->script ? &d->lines : NULL,
		.state = d->state_dir,
		.load = load_again,
		.with = prepare_with,
		.self = d,
		.refused = say_refused };
	struct render_options render;
	struct err err = { 0 };
	char head[SHA256_HEX] = "";
	bool ready = read_span(d, st->tz, &setup) && read_script(d, st->tz) && render_what(d, st, &render);
	if (!ready) {
		station_free(&st);
		return EXIT_USAGE;
	}
	struct rehearsal_report about = {
		.state = d->state_dir, .from = setup.from, .to = setup.to, .json = d->json, .render = d->render
	};
	rehearsal_report_take(&about, st);
	if (d->render)
		setup.render = &render;
	bool ok = rehearsal_run(&setup, head, &err);
	if (!ok)
		fprintf(stderr, "loaxa: %s\n", err.text);
	else
		ok = rehearsal_report_print(&about, head);
	rehearsal_report_free(&about);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}

static int dry_run(int argc, char **argv)
{
	struct dry_run d = { 0 };
	const struct option_row rows[] = {
		{ .name = "from", .text = &d.from },
		{ .name = "days", .text = &d.days },
		{ .name = "until", .text = &d.until },
		{ .name = "script", .text = &d.script },
		{ .name = "state", .text = &d.state },
		{ .name = "store", .text = &d.store },
		{ .name = "render", .text = &d.render },
		{ .name = "zone", .text = &d.zone },
		{ .name = "json", .flag = &d.json },
		{ 0 },
	};
	int n = options_parse(argc, argv, rows);
	if (n < 0)
		return EXIT_USAGE;
	if (n > 1)
		return options_usage(&cmd_dry_run);
	char *dir = n ? mem_dup(argv[1]) : place_station();
	d.dir = dir;
	d.store_dir = d.store ? mem_dup(d.store) : place_store();
	d.program = place_program("loaxa-prepare");
	d.load = (struct load_options){ .store = d.store_dir, .progress = true };
	struct findings findings = { 0 };
	struct err err = { 0 };
	struct station *st = load_station(dir, &d.load, &findings, &err);
	int code = EXIT_REFUSED;
	if (!st)
		load_complain(&findings, &err);
	else if (prepare_state(&d))
		code = run(&d, st);
	else
		station_free(&st);
	findings_free(&findings);
	findings_free(&d.script_findings);
	script_free(&d.lines);
	mem_free(d.state_dir);
	mem_free(d.store_dir);
	mem_free(d.program);
	mem_free(dir);
	return code;
}
