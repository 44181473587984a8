#include "cli/import-pick.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { REFUSED_SHOWN = 20, NAME_COLUMNS = 48 };

static void add_when(struct text *t, int64_t s)
{
	struct tm tm;
	time_t at = (time_t)s;
	if (localtime_r(&at, &tm))
		text_addf(t, "%02d/%02d/%d %02d:%02d", tm.tm_mday, tm.tm_mon + 1, tm.tm_year + 1900, tm.tm_hour,
			tm.tm_min);
}

static void add_size(struct text *t, int64_t bytes)
{
	int64_t tenths = bytes < 1 << 20 ? (bytes * 10 + 1023) >> 10 : bytes * 10 >> 20;
	text_addf(t, "%" PRId64 "%s%d %s", tenths / 10, _("."), (int)(tenths % 10), bytes < 1 << 20 ? "KB" : "MB");
}

static void print_file(const struct import_scan_file *f, size_t number, FILE *out)
{
	struct text when = { 0 }, size = { 0 }, line = { 0 };
	add_when(&when, f->changed);
	add_size(&size, f->bytes);
	text_addf(&line, "%3zu  ", number);
	text_add_cell(&line, text_str(&when), 16);
	text_add(&line, " ");
	text_add_cell(&line, text_str(&size), -9);
	text_add(&line, "  ");
	if (text_width(f->shown) > NAME_COLUMNS)
		text_add_cell(&line, f->shown, NAME_COLUMNS);
	else
		text_add(&line, f->shown);
	fprintf(out, "%s\n", text_str(&line));
	text_free(&when);
	text_free(&size);
	text_free(&line);
}

static void print_refused(const struct import_scan *s, FILE *out)
{
	for (size_t i = 0; i < s->refused.n && i < REFUSED_SHOWN; i++)
		fprintf(out, _("  not usable: %s — %s\n"), s->refused.at[i].shown,
			import_scan_words(s->refused.at[i].why));
	if (s->refused.n > REFUSED_SHOWN)
		fprintf(out, _("  not usable: %d more\n"), (int)s->refused.n - REFUSED_SHOWN);
}

void import_pick_print(const struct import_scan *s, const char *dir, FILE *out)
{
	fprintf(out, _("%s: recordings %d, other files %d, folders %d\n"), dir, (int)s->good.n, s->others, s->folders);
	for (size_t i = 0; i < s->good.n && i < IMPORT_PICK_MOST; i++)
		print_file(&s->good.at[i], i + 1, out);
	if (s->good.n > IMPORT_PICK_MOST)
		fprintf(out, _("  and %d older ones — name a folder of it: loaxa import DIR\n"),
			(int)s->good.n - IMPORT_PICK_MOST);
	print_refused(s, out);
	if (s->stopped)
		fputs(_("  There is more than was looked at (too many folders or files, too deep, or too slow) — name "
			"a folder of "
			"it: loaxa import DIR\n"),
			out);
}

bool import_pick_read(const char *answer, int n, bool chosen[IMPORT_PICK_MOST])
{
	bool any = false;
	memset(chosen, 0, IMPORT_PICK_MOST * sizeof *chosen);
	for (const char *p = answer; *(p += strspn(p, " ,;"));) {
		size_t digits = strspn(p, "0123456789");
		long v = digits && digits < 4 ? strtol(p, NULL, 10) : 0;
		if (v < 1 || v > n || v > IMPORT_PICK_MOST || !strchr(" ,;", p[digits]))
			return false;
		chosen[v - 1] = any = true;
		p += digits;
	}
	return any;
}

struct choice {
	int n;
	bool many;
	bool *chosen;
};

static int count(const bool *chosen)
{
	int n = 0;
	for (int i = 0; i < IMPORT_PICK_MOST; i++)
		n += chosen[i];
	return n;
}

static bool check(void *self, const char *answer, struct err *why)
{
	struct choice *c = self;
	if (!*answer)
		return true;
	if (import_pick_read(answer, c->n, c->chosen) && (c->many || count(c->chosen) == 1))
		return true;
	return err_set(why,
		c->many ? _("numbers of the list are 1 to %d — several are parted by blanks — e.g. 1 3")
			: _("one number of the list, 1 to %d"),
		c->n);
}

int import_pick_ask(struct dialog *d, const struct import_scan *s, bool many, bool chosen[IMPORT_PICK_MOST])
{
	struct choice c = { s->good.n < IMPORT_PICK_MOST ? (int)s->good.n : IMPORT_PICK_MOST, many, chosen };
	struct dialog_question q = { many ? _("Which ones to take in (numbers; Enter: none)")
					  : _("Which one (number; Enter: none)"),
		"", check, &c };
	memset(chosen, 0, IMPORT_PICK_MOST * sizeof *chosen);
	char *answer = c.n ? dialog_ask(d, &q) : NULL;
	int n = answer && *answer ? count(chosen) : answer ? 0 : -1;
	mem_free(answer);
	return n;
}
