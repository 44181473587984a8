/* One screen: the sum of all first, each body before its stations, a column a letter; or, of one letter, a column a figure.
 * More than a screenful of stations that have nothing open are counted instead of named. */
#include "cli/review-view.h"

#include "base/i18n.h"
#include "report/shapes.h"
#include "report/words.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#define NAMED_MOST 40 /* stations; beyond, those without anything open are only counted */
#define CELL 20
#define NAME_LEAST 24

const char *review_word(enum review_state s)
{
	static const char *const words[REVIEW_STATES] = { N_("not asked"), N_("done"), N_("not done"),
		N_("not reported") };
	return _(words[s]);
}

const char *review_sign(enum review_state s)
{
	static const char *const signs[REVIEW_STATES] = { "–", "✓", "✗", "?" };
	return signs[s];
}

void review_letter(struct text *t, const struct review_column *c)
{
	char date[VALUE_BYTES];
	if (*c->number) {
		text_add(t, c->number);
		return;
	}
	value_print_date(c->issued == DAY_NONE ? DAY_MIN : c->issued, date);
	text_addf(t, _("letter of %s of %s"), c->issued == DAY_NONE ? "…" : date, c->issuer);
}

/* ── Parts of a line ───────────────────────────────────────────────────────────────────────────────────────── */

static void add_name(struct text *t, const struct review_line *l)
{
	if (l->kind == REVIEW_ALL)
		text_add(t, _("SUM OF ALL"));
	else if (l->kind == REVIEW_BODY)
		text_add(t, l->title);
	else
		text_addf(t, "%s %s", l->code, l->title);
	if (l->kind != REVIEW_STATION)
		text_addf(t, ngettext(" · %d station", " · %d stations", (unsigned long)l->stations), l->stations);
}

/* "✓2 ✗1 ?1" of a sum, "✗ chưa đạt 29/31" of a station. */
static void add_state(struct text *t, const struct review_line *l, const struct review_cell *c)
{
	if (l->kind != REVIEW_STATION) {
		static const enum review_state order[] = { REVIEW_MET, REVIEW_UNMET, REVIEW_SILENT };
		for (size_t i = 0; i < sizeof order / sizeof *order; i++)
			text_addf(t, "%s%s%d", i ? " " : "", review_sign(order[i]), c->stations[order[i]]);
		return;
	}
	text_addf(t, "%s %s", review_sign(c->state), review_word(c->state));
	if (c->state != REVIEW_NOT_ASKED && c->asked)
		text_addf(t, " %d/%d", c->met + c->excused, c->asked);
}

static void add_words(struct text *t, const struct review_cell *c)
{
	for (enum review_state s = REVIEW_MET; s < REVIEW_STATES; s++)
		text_addf(t, "%s%d %s", s > REVIEW_MET ? ", " : "", c->stations[s], review_word(s));
}

static bool is_open(const struct review_line *l)
{
	bool open = l->silent > 0;
	for (size_t i = 0; i < l->cells.n; i++)
		open = open || l->cells.at[i].state == REVIEW_UNMET || l->cells.at[i].state == REVIEW_SILENT;
	return open;
}

/* ── Tables ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* Figures of one letter, in the order they stand; where a screen is narrow, those of the greatest rank go first. */
enum figure { RESULT, DAYS, EXCUSED, MISSING, TIMES, BROADCASTS, MINUTES, FIGURES };
static const struct {
	const char *head;
	int columns, rank;
} figures[FIGURES] = {
	[RESULT] = { N_("result"), 15, 0 },
	[DAYS] = { N_("days met"), -11, 1 },
	[EXCUSED] = { N_("exc."), -6, 4 },
	[MISSING] = { N_("missing"), -7, 3 },
	[TIMES] = { N_("times/asked"), -15, 2 },
	[BROADCASTS] = { N_("broadcasts"), -15, 5 },
	[MINUTES] = { N_("min"), -9, 6 },
};

struct table {
	const struct review_answer *a;
	const struct review_page *page;
	struct text *out;
	int name;     /* columns of the first */
	size_t shown; /* letters that fit */
	int rank;     /* figures up to this one fit */
};

static void heading(const struct table *t, const char *what)
{
	text_addf(t->out, "%s %s", what, t->page->period);
	if (t->page->receiver)
		text_addf(t->out, " — %s", t->page->receiver);
	text_add(t->out, "\n");
	if (t->a->crossed)
		text_addf(t->out, "%s\n", words_rehearsal());
	text_add(t->out, "\n");
}

static void put_name(const struct table *t, const struct review_line *l)
{
	struct text name = { 0 };
	for (int i = 1; i < l->depth; i++)
		text_add(&name, "  ");
	add_name(&name, l);
	text_add_cell(t->out, text_str(&name), t->name);
	text_free(&name);
}

static void put_cell(struct text *out, const char *s, int columns)
{
	text_add(out, "  ");
	text_add_cell(out, s, columns);
}

static void end_line(struct text *out)
{
	while (out->n && out->at[out->n - 1] == ' ')
		out->at[--out->n] = '\0';
	text_add(out, "\n");
}

static void put_states(const struct table *t, const struct review_line *l)
{
	for (size_t i = 0; i < t->shown; i++) {
		struct text cell = { 0 };
		add_state(&cell, l, &l->cells.at[i]);
		put_cell(t->out, text_str(&cell), CELL);
		text_free(&cell);
	}
}

static void add_ratio(struct text *t, int64_t a, int64_t b)
{
	words_number(t, (size_t)a);
	text_add(t, "/");
	words_number(t, (size_t)b);
}

static void add_figure(struct text *t, enum figure f, const struct review_line *l)
{
	const struct review_cell *c = &l->cells.at[0];
	switch (f) {
	case RESULT:
		if (l->kind == REVIEW_STATION)
			text_addf(t, "%s %s", review_sign(c->state), review_word(c->state));
		else
			add_state(t, l, c);
		break;
	case DAYS:
		add_ratio(t, c->met, c->asked);
		break;
	case EXCUSED:
		words_number(t, (size_t)c->excused);
		break;
	case MISSING:
		words_number(t, (size_t)c->silent);
		break;
	case TIMES:
		add_ratio(t, c->times, c->times_asked);
		break;
	case BROADCASTS:
		add_ratio(t, c->broadcasts, c->planned);
		break;
	default:
		words_number(t, (size_t)((c->heard_ms + 30000) / 60000));
	}
}

static void put_figures(const struct table *t, const struct review_line *l)
{
	for (enum figure f = RESULT; f < FIGURES; f++) {
		struct text cell = { 0 };
		add_figure(&cell, f, l);
		if (figures[f].rank <= t->rank)
			put_cell(t->out, text_str(&cell), figures[f].columns);
		text_free(&cell);
	}
}

/* One fact a line, no columns. */
static void put_spoken(const struct table *t, const struct review_line *l)
{
	for (size_t i = 0; i < l->cells.n; i++) {
		const struct review_cell *c = &l->cells.at[i];
		add_name(t->out, l);
		text_add(t->out, "; ");
		review_letter(t->out, &t->a->columns.at[i]);
		text_add(t->out, ": ");
		if (l->kind == REVIEW_STATION)
			text_addf(t->out, _("%s; days met %d of %d, excused %d, not reported %d; times %" PRId64),
				review_word(c->state), c->met, c->asked, c->excused, c->silent, c->times);
		else
			add_words(t->out, c);
		text_add(t->out, "\n");
	}
}

static void put_line(const struct table *t, const struct review_line *l)
{
	if (t->page->plain) {
		put_spoken(t, l);
		return;
	}
	put_name(t, l);
	if (t->a->columns.n == 1)
		put_figures(t, l);
	else
		put_states(t, l);
	end_line(t->out);
}

static void put_lines(const struct table *t)
{
	bool brief = !t->page->all && t->a->lines.at[0].stations > NAMED_MOST;
	int quiet = 0;
	for (size_t i = 0; i < t->a->lines.n; i++) {
		const struct review_line *l = &t->a->lines.at[i];
		if (brief && l->kind == REVIEW_STATION && !is_open(l))
			quiet++;
		else
			put_line(t, l);
	}
	if (quiet)
		text_addf(t->out,
			ngettext("… and %d station with nothing open: --all\n",
				"… and %d stations with nothing open: --all\n", (unsigned long)quiet),
			quiet);
}

static void head_figures(const struct table *t)
{
	text_add_cell(t->out, "", t->name);
	for (enum figure f = RESULT; f < FIGURES; f++)
		if (figures[f].rank <= t->rank)
			put_cell(t->out, _(figures[f].head), figures[f].columns);
	end_line(t->out);
}

static void head_letters(const struct table *t)
{
	text_add_cell(t->out, "", t->name);
	for (size_t i = 0; i < t->shown; i++) {
		struct text number = { 0 };
		review_letter(&number, &t->a->columns.at[i]);
		put_cell(t->out, text_str(&number), CELL);
		text_free(&number);
	}
	end_line(t->out);
}

static void about_letter(const struct table *t)
{
	const struct review_column *c = &t->a->columns.at[0];
	char date[VALUE_BYTES];
	review_letter(t->out, c);
	if (c->issued != DAY_NONE && *c->number) {
		value_print_date(c->issued, date);
		text_addf(t->out, _(" of %s"), date);
	}
	if (*c->issuer && *c->number)
		text_addf(t->out, " — %s", c->issuer);
	if (*c->subject)
		text_addf(t->out, " — %s", c->subject);
	text_add(t->out, "\n");
}

static int widest_name(const struct review_answer *a)
{
	int widest = NAME_LEAST;
	for (size_t i = 0; i < a->lines.n; i++) {
		const struct review_line *l = &a->lines.at[i];
		struct text name = { 0 };
		add_name(&name, l);
		int w = text_width(text_str(&name)) + (l->depth > 1 ? 2 * (l->depth - 1) : 0);
		widest = w > widest ? w : widest;
		text_free(&name);
	}
	return widest;
}

/* Columns of the figures up to that rank. */
static int figures_width(int rank)
{
	int width = 0;
	for (enum figure f = RESULT; f < FIGURES; f++)
		if (figures[f].rank <= rank)
			width += 2 + abs(figures[f].columns);
	return width;
}

/* Names may be cut to NAME_LEAST before a figure goes. */
static void fit(struct table *t)
{
	int widest = widest_name(t->a), beside;
	t->rank = FIGURES - 1;
	while (t->rank && NAME_LEAST + figures_width(t->rank) > t->page->columns)
		t->rank--;
	if (t->a->columns.n == 1)
		beside = figures_width(t->rank);
	else
		beside = (CELL + 2) * (int)(t->a->columns.n < 9 ? t->a->columns.n : 9);
	int most = t->page->columns - beside, least = t->a->columns.n == 1 ? NAME_LEAST : NAME_LEAST + 10;
	t->name = widest <= most ? widest : most > least ? most : least;
	int room = (t->page->columns - t->name) / (CELL + 2);
	t->shown = (size_t)(room < 1 ? 1 : room);
	t->shown = t->shown < t->a->columns.n ? t->shown : t->a->columns.n;
}

static void put_note(const struct table *t, const char *note)
{
	struct text line = { 0 };
	text_addf(&line, "* %s", note);
	report_paragraph(t->out, text_str(&line), "", t->page->columns);
	text_free(&line);
}

/* What a person would ask about a line. */
static void put_remarks(const struct table *t, const struct review_line *l)
{
	if (l->before)
		text_addf(t->out, _("%s %s: until then named %s\n"), l->code, l->title, l->before);
	for (size_t k = 0; k < l->cells.n; k++) {
		struct text number = { 0 };
		review_letter(&number, &t->a->columns.at[k]);
		if (l->cells.at[k].unlisted)
			text_addf(
				t->out, _("%s %s: %s is not in its schedule\n"), l->code, l->title, text_str(&number));
		text_free(&number);
	}
}

static void foot(const struct table *t)
{
	if (!t->page->plain)
		text_addf(t->out,
			_("\n%s done · %s not done · %s not reported · %s not asked; behind it days met or excused / "
			  "days asked\n"),
			review_sign(REVIEW_MET), review_sign(REVIEW_UNMET), review_sign(REVIEW_SILENT),
			review_sign(REVIEW_NOT_ASKED));
	if (t->a->columns.n == 1)
		for (int i = FOOTNOTE_BROADCASTS; words_footnote(i); i++)
			put_note(t, words_footnote(i));
	size_t more = t->page->plain ? 0 : t->a->columns.n - t->shown;
	if (more)
		text_addf(t->out,
			ngettext("%zu more letter does not fit here: --directive NUMBER, or --csv\n",
				"%zu more letters do not fit here: --directive NUMBER, or --csv\n", more),
			more);
	for (size_t i = 0; i < t->a->lines.n; i++)
		put_remarks(t, &t->a->lines.at[i]);
}

void review_view(const struct review_answer *a, const struct review_page *page, struct text *out)
{
	struct table t = { .a = a, .page = page, .out = out };
	heading(&t, _("WAS IT DONE?"));
	fit(&t);
	if (a->columns.n == 1)
		about_letter(&t);
	if (!page->plain) {
		if (a->columns.n == 1)
			head_figures(&t);
		else
			head_letters(&t);
	}
	put_lines(&t);
	foot(&t);
}

/* ── Who is late ───────────────────────────────────────────────────────────────────────────────────────────── */

#define LATE (11 + 12 + 4)
#define BODY 30

static void put_late(const struct table *t, const struct review_line *l, bool body)
{
	char last[VALUE_BYTES] = "";
	struct text days = { 0 };
	if (l->last != DAY_NONE)
		value_print_date(l->last, last);
	if (t->page->plain) {
		add_name(t->out, l);
		text_addf(t->out, _(": %d of %d days not reported; reported until: %s\n"), l->silent, l->expected,
			*last ? last : _("never"));
		return;
	}
	if (body) {
		text_add_cell(t->out, l->above ? l->above : "", BODY);
		text_add(t->out, "  ");
	}
	put_name(t, l);
	add_ratio(&days, l->silent, l->expected);
	put_cell(t->out, text_str(&days), -11);
	put_cell(t->out, *last ? last : _("never"), 12);
	end_line(t->out);
	text_free(&days);
}

static void put_late_lines(struct table *t)
{
	int widest = widest_name(t->a), most = t->page->columns - LATE;
	bool body = most >= widest + BODY + 2;
	t->name = widest < most ? widest : most;
	if (!t->page->plain) {
		if (body) {
			text_add_cell(t->out, _("body"), BODY);
			text_add(t->out, "  ");
		}
		text_add_cell(t->out, _("station"), t->name);
		put_cell(t->out, _("days missing"), -11);
		put_cell(t->out, _("reported until"), 12);
		end_line(t->out);
	}
	for (size_t i = 0; i < t->a->lines.n; i++)
		if (t->a->lines.at[i].kind == REVIEW_STATION && t->a->lines.at[i].silent) {
			struct review_line l = t->a->lines.at[i];
			l.depth = 0;
			put_late(t, &l, body);
		}
}

void review_view_late(const struct review_answer *a, const struct review_page *page, struct text *out)
{
	struct table t = { .a = a, .page = page, .out = out };
	int late = 0, stations = a->lines.at[0].stations;
	for (size_t i = 0; i < a->lines.n; i++)
		late += a->lines.at[i].kind == REVIEW_STATION && a->lines.at[i].silent;
	heading(&t, _("WHO HAS NOT REPORTED?"));
	if (!stations) {
		text_add(out, _("No station is known yet: stations are entered in receiver.conf, or come with their "
				"first bundle.\n"));
		return;
	}
	if (!late) {
		text_addf(out,
			ngettext("The only station has reported in full.\n", "All %d stations have reported in full.\n",
				(unsigned long)stations),
			stations);
		return;
	}
	text_addf(out,
		ngettext("%d of %d station has not, or not in full:\n", "%d of %d stations have not, or not in full:\n",
			(unsigned long)stations),
		late, stations);
	put_late_lines(&t);
}
