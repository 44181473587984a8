/* The biểu thống kê: a form of its own with three signatures, its total first. */
#include "base/i18n.h"
#include "report/phrase.h"
#include "report/print/figures.h"
#include "report/print/pdf-inside.h"
#include "report/words.h"

#define SIGNED 36.0 /* mm that the signatures need */

static const struct canvas_style plain = { .points = 12 }, bold = { .points = 14, .bold = true, .align = CANVAS_CENTRE },
				 italic = { .points = 12, .italic = true, .align = CANVAS_CENTRE },
				 note = { .points = 9.5, .italic = true };

static void head(struct page *p, const struct report *r, const struct report_letter *l)
{
	struct paper paper = { 0 };
	report_letter_paper(r, &paper);
	char *by = mem_printf(_("Reporting unit: %s"), paper.issuer && *paper.issuer ? paper.issuer : r->name);
	char *to = mem_printf(_("Receiving unit: %s"), r->reports_to && *r->reports_to ? r->reports_to : "…………………………");
	struct canvas_style box = plain;
	box.width = 120;
	double x = PAGE_LEFT + page_width(p) - box.width, y = p->y;
	page_put(p, _("Form no. ……………"), plain, PAGE_LEFT, y);
	y += page_put(p, by, box, x, y);
	y += page_put(p, to, box, x, y);
	p->y = y + 3;
	char *title = text_upper(_("Table of results"));
	page_text(p, title, bold, 0.5);
	page_text(p, l->title, bold, l->part ? 0.5 : 2.5);
	if (l->part)
		page_text(p, l->part, bold, 2.5);
	mem_free(title);
	mem_free(by);
	mem_free(to);
	paper_free(&paper);
}

static void heading_row(struct ruled *t, const char *number, const char *words)
{
	ruled_strong(t);
	ruled_cell(t, number);
	ruled_cell(t, words);
	for (int i = 2; i < ruled_columns(t); i++)
		ruled_cell(t, NULL);
}

static void letters(struct ruled *t, const struct report *r)
{
	if (!r->directives.n)
		return;
	heading_row(t, "I", _("By letter"));
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		struct text name = { 0 };
		phrase_letter_again(&name, d);
		ruled_number(t, i + 1);
		ruled_cell(t, text_str(&name));
		figures_cells(t, r, &d->sums, FIGURES_ALL);
		char *done = !d->days_asked ? mem_printf(_("%d times"), d->times)
					       : mem_printf(_("%d times; %d/%d days met"), d->times, d->days_met, d->days_asked);
		ruled_cell(t, done);
		mem_free(done);
		text_free(&name);
	}
}

static void classes(struct ruled *t, const struct report *r)
{
	if (!r->classes.n)
		return;
	heading_row(t, r->directives.n ? "II" : "I", _("By class and priority"));
	for (size_t i = 0; i < r->classes.n; i++) {
		const struct report_class *c = &r->classes.at[i];
		char *name = c->level == LEVEL_NORMAL
				     ? mem_dup(words_class(class_name(c->class)))
				     : mem_printf("%s, %s", words_class(class_name(c->class)), words_level(level_name(c->level)));
		ruled_number(t, i + 1);
		ruled_words(t, name);
		figures_cells(t, r, &c->sums, FIGURES_ALL);
		ruled_cell(t, NULL);
		mem_free(name);
	}
}

static void table(struct page *p, const struct report *r, double keep)
{
	struct ruled *t = ruled_new(10);
	ruled_column(t, _("No."), 10, CANVAS_CENTRE);
	ruled_column(t, _("What is counted"), 46, CANVAS_LEFT);
	figures_columns(t, r, FIGURES_ALL);
	ruled_column(t, _("Remark"), 28, CANVAS_LEFT);
	char *total = text_upper(_("Total"));
	ruled_strong(t);
	ruled_cell(t, NULL);
	ruled_cell(t, total);
	figures_cells(t, r, &r->sums, FIGURES_ALL);
	ruled_cell(t, NULL);
	letters(t, r);
	classes(t, r);
	ruled_keep(t, keep);
	ruled_print(t, p);
	ruled_free(&t);
	mem_free(total);
}

static void signatures(struct page *p, const struct report_letter *l)
{
	const struct {
		const char *who, *how;
	} three[] = { { _("Table made by"), _("(signature, name, telephone)") }, { _("Table checked by"), _("(signature, name)") },
		{ _("Head of the unit"), _("(signature, seal)") } };
	double width = page_width(p) / 3;
	struct canvas_style who = bold, how = italic;
	who.points = 13;
	who.width = how.width = width;
	double y = p->y, x = PAGE_LEFT;
	page_put(p, l->place_date, how, x + 2 * width, y);
	y += 6;
	for (int i = 0; i < 3; i++, x += width) {
		page_put(p, three[i].who, who, x, y);
		page_put(p, three[i].how, how, x, y + 5.5);
	}
	p->y += SIGNED;
}

/* The footnotes; with draw = false only their height. */
static double footnotes(struct page *p, const struct report_letter *l, bool draw)
{
	double height = 2;
	for (size_t i = 0; i < l->footnotes.n; i++) {
		struct canvas_style style = note;
		style.width = page_width(p);
		char *line = mem_printf("* %s", l->footnotes.at[i]);
		height += draw ? page_put(p, line, style, PAGE_LEFT, p->y + height) : page_height(p, line, style);
		mem_free(line);
	}
	return height;
}

void pdf_form(struct page *p, const struct report *r, const struct report_letter *l)
{
	page_part(p, true);
	head(p, r, l);
	table(p, r, footnotes(p, l, false) + SIGNED);
	p->y += footnotes(p, l, true) + 3;
	signatures(p, l);
}
