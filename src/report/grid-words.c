/* What stands in a cell, as people read it. */
#include "report/grid.h"

#include "base/i18n.h"
#include "base/visible.h"
#include "report/words.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <string.h>

/* ── Texts fit for paper ── */

static size_t bytes_of(unsigned char first)
{
	return first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1;
}

/* One character of valid UTF-8. */
static void clean_one(struct text *t, const char *s, size_t n)
{
	char one[5] = { 0 };
	memcpy(one, s, n);
	if (*one == '\n' || visible_all(one))
		text_add(t, one);
	else if (n == 1)
		text_add(t, " ");
}

void grid_clean(struct text *t, const char *s)
{
	size_t bytes = strlen(s), i = 0, units = 0;
	while (i < bytes && units < GRID_TEXT_UNITS - 1) {
		long bad = text_bad_utf8(s + i, bytes - i);
		size_t good = bad < 0 ? bytes : i + (size_t)bad;
		for (; i < good && units < GRID_TEXT_UNITS - 1; i += bytes_of((unsigned char)s[i])) {
			size_t n = bytes_of((unsigned char)s[i]);
			clean_one(t, s + i, n);
			units += n == 4 ? 2 : 1;
		}
		if (i == good && i < bytes) {
			text_add(t, "\xEF\xBF\xBD");
			units++;
			i++;
		}
	}
	if (i < bytes)
		text_add(t, "…");
}

int grid_lines(const char *s, int width)
{
	int lines = 1, at = 0;
	while (*s) {
		size_t n = strcspn(s, " \n");
		char *word = mem_dup_n(s, n);
		int wide = text_width(word);
		mem_free(word);
		if (at && at + 1 + wide > width) {
			lines++;
			at = 0;
		}
		at += wide + (at > 0);
		lines += at > width ? (at - 1) / width : 0;
		at = at > width ? (at - 1) % width + 1 : at;
		lines += s[n] == '\n';
		at = s[n] == '\n' ? 0 : at;
		s += n + (s[n] != '\0');
	}
	return lines;
}

void grid_short(struct text *t, const char *s, size_t most)
{
	struct text clean = { 0 };
	grid_clean(&clean, s ? s : "");
	const char *c = text_str(&clean);
	for (; *c && most; c++) {
		text_add_n(t, *c == '\n' ? " " : c, 1);
		most -= ((unsigned char)c[1] & 0xC0) != 0x80;
	}
	text_add(t, *c ? "…" : "");
	text_free(&clean);
}

/* ── Words ── */

static const char *const signs[] = {
	[STRIP_NOTHING] = "",
	[STRIP_AIRED] = "●",
	[STRIP_PART] = "~",
	[STRIP_MISSED] = "×",
	[STRIP_OFF] = "–",
	[STRIP_EXCUSED] = "○",
	[STRIP_EMERGENCY] = "!",
	[STRIP_OPEN] = "…",
};

const char *grid_hour_sign(enum strip_cell c)
{
	return signs[c];
}

const char *grid_hour_words(enum strip_cell c)
{
	static const char *const words[] = {
		[STRIP_NOTHING] = N_("nothing planned"),
		[STRIP_AIRED] = N_("aired"),
		[STRIP_PART] = N_("aired in part"),
		[STRIP_MISSED] = N_("not aired"),
		[STRIP_OFF] = N_("station or zones off"),
		[STRIP_EXCUSED] = N_("excused"),
		[STRIP_EMERGENCY] = N_("emergency"),
		[STRIP_OPEN] = N_("not decided yet"),
	};
	return _(words[c]);
}

const char *grid_met(enum met met)
{
	static const char *const words[MET_COUNT] = {
		[MET_NOT_ASKED] = N_("not asked"),
		[MET_YES] = N_("met"),
		[MET_NO] = N_("not met"),
		[MET_EXCUSED] = N_("excused"),
		[MET_OPEN] = N_("not decided yet"),
	};
	return _(words[met]);
}

void grid_directive(struct text *t, const struct report_directive *d)
{
	char issued[VALUE_BYTES] = "";
	if (d->number && *d->number) {
		text_add(t, d->number);
		return;
	}
	if (d->issued != DAY_NONE)
		value_print_date(d->issued, issued);
	bool by = d->issuer && *d->issuer;
	if (*issued && by)
		text_addf(t, _("Letter of %s by %s"), issued, d->issuer);
	else if (*issued || by)
		text_addf(t, _("Letter of %s"), by ? d->issuer : issued);
	else
		text_add(t, _("(no number)"));
}

/* ── As people write it ── */

/* n hundredths with `digits` decimals: 3567 -> "35,67"; the separator is not that of thousands. */
static void add_decimal(struct text *t, int64_t n, int64_t unit, int digits)
{
	words_number(t, (size_t)(n / unit));
	text_addf(t, "%s%0*" PRId64, _("1,000")[1] == ',' ? "." : ",", digits, n % unit);
}

static void add_clock(struct text *t, int64_t s)
{
	text_addf(t, "%02d:%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

static void add_day(struct text *t, int64_t day)
{
	char date[VALUE_BYTES];
	value_print_date((day_num)day, date);
	text_add(t, date);
}

void grid_heading(struct text *t, const struct grid_column *c)
{
	text_add(t, c->heading);
	if (c->kind == GRID_MINUTES)
		text_addf(t, " (%s)", _("minutes"));
}

void grid_print(struct text *t, const struct grid_cell *c)
{
	enum { DAY_S = 86400 };
	switch (c->kind) {
	case GRID_EMPTY:
		break;
	case GRID_TEXT:
	case GRID_CODE:
		text_add(t, c->text);
		break;
	case GRID_COUNT:
		words_number(t, (size_t)c->n);
		break;
	case GRID_SHARE:
		add_decimal(t, c->n, 100, 2);
		text_add(t, "%");
		break;
	case GRID_MINUTES:
		add_decimal(t, (c->n + 3000) / 6000, 10, 1);
		break;
	case GRID_LENGTH:
		words_length(t, c->n);
		break;
	case GRID_DATE:
		add_day(t, c->n);
		break;
	case GRID_MOMENT:
		add_day(t, c->n / DAY_S);
		text_add(t, " ");
		add_clock(t, c->n % DAY_S);
		break;
	case GRID_TIME:
		add_clock(t, c->n);
		break;
	case GRID_HOUR:
		text_add(t, grid_hour_sign((enum strip_cell)c->n));
		break;
	}
}
