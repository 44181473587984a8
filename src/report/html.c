/* Word processors know neither positions nor drawings: they get all of it as words and tables, and the page's measures from
 * @page.  What crosses a rehearsal stands at the head of each part for them, and lies over every page for browsers. */
#include "report/html.h"

#include "base/i18n.h"
#include "report/html-inside.h"

#include <string.h>

static const char style[] =
	"@page { size: A4; margin: 20mm 15mm 20mm 30mm; }\n"
	"@page letter { size: 595.3pt 841.9pt; margin: 20mm 15mm 20mm 30mm; }\n"
	"@page across { size: 841.9pt 595.3pt; mso-page-orientation: landscape; margin: 20mm 15mm 15mm 15mm; }\n"
	"div.letter { page: letter; max-width: 165mm; margin: 0 auto; }\n"
	"div.across { page: across; max-width: 267mm; margin: 0 auto; page-break-before: always; break-before: page; "
	"}\n"
	"body { font-family: 'Times New Roman', 'Liberation Serif', serif; font-size: 14pt; line-height: 1.3; color: "
	"black; "
	"background: white; }\n"
	"p { margin: 6pt 0; }\n"
	"p.text { text-align: justify; text-indent: 12.7mm; }\n"
	"h2 { font-size: 14pt; text-align: center; margin: 0; page-break-after: avoid; }\n"
	"p.attached { text-align: center; font-style: italic; margin: 0 0 8pt; }\n"
	"p.note { font-size: 10pt; font-style: italic; margin: 2pt 0; }\n"
	"p.crossed { color: #c00000; font-weight: bold; text-align: center; }\n"
	"p.l, p.c, p.r { font-size: 9pt; line-height: 1.15; margin: 0; }\n"
	"p.l { text-align: left; }\n"
	"p.c { text-align: center; }\n"
	"p.r { text-align: right; }\n"
	"table.plain { border: none; border-collapse: collapse; }\n"
	"table.plain td { border: none; vertical-align: top; padding: 0; }\n"
	"table.rows { border-collapse: collapse; }\n"
	"table.rows th, table.rows td { border: 0.5pt solid #000; padding: 1pt 3pt; vertical-align: top; }\n"
	"table.rows th { background: #d9e2f3; }\n"
	"table.rows tr { page-break-inside: avoid; break-inside: avoid; }\n"
	"table.rows thead { display: table-header-group; }\n"
	"img { max-width: 100%; }\n";

static void put(struct text *t, const struct report_out *out)
{
	out->put(out->self, text_str(t));
	text_clear(t);
}

/* Over every page, and only where the page is shown: to a word processor it is no text. */
static void add_over(struct text *t, const char *crossing)
{
	if (!crossing)
		return;
	text_add(t, "body::before { position: fixed; top: 45%; left: 0; right: 0; text-align: center; transform: "
		    "rotate(-30deg); "
		    "font-size: 34pt; font-weight: bold; color: rgba(192, 0, 0, 0.18); content: \"");
	for (const char *c = crossing; *c; c++)
		if (!strchr("\"\\<>&\n", *c))
			text_add_n(t, c, 1);
	text_add(t, "\"; }\n");
}

static void add_head(struct text *t, const struct report *r, const struct report_letter *l)
{
	text_addf(t,
		"<!DOCTYPE html>\n<html xmlns=\"http://www.w3.org/1999/xhtml\" lang=\"%s\">\n<head>\n<meta "
		"charset=\"utf-8\" />\n"
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
		"img-src data:\" />\n<title>",
		_("en"));
	html_text(t, l->title);
	text_add(t, " – ");
	html_text(t, r->name);
	text_addf(t, "</title>\n<style>\n%s", style);
	add_over(t, l->crossing);
	text_add(t, "</style>\n</head>\n<body>\n");
}

static void add_crossing(struct text *t, const struct report_letter *l)
{
	if (!l->crossing)
		return;
	text_add(t, "<p class=\"crossed\" style=\"page-break-after: avoid\">");
	html_text(t, l->crossing);
	text_add(t, "</p>\n");
}

static void add_roman(struct text *t, int n)
{
	static const char *const numbers[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI" };
	text_addf(t, _("Appendix %s"), numbers[n]);
}

/* A view without rows is no appendix; nor is the logbook, which is a paper of its own and would be a hundred pages. */
static bool is_appendix(const struct report *r, enum grid_view view)
{
	if (view == GRID_LOGBOOK)
		return false;
	struct grid *g = grid_new(r, view);
	bool any = grid_rows(g) > 0;
	grid_free(&g);
	return any;
}

static void add_appendix(
	struct text *t, const struct report *r, const struct report_letter *l, enum grid_view view, int n)
{
	/* The break is what a word processor takes for a new section, the heading's for those that know none. */
	text_add(t, "<br clear=\"all\" style=\"page-break-before: always; mso-break-type: section-break\" />\n"
		    "<div class=\"across\">\n<h2 style=\"page-break-before: always\">");
	add_roman(t, n);
	text_add(t, "<br />");
	html_text(t, grid_title(view));
	text_add(t, "</h2>\n<p class=\"attached\">");
	html_text(t, l->attached);
	text_add(t, "</p>\n");
	add_crossing(t, l);
	for (size_t i = 0; view == GRID_DATES && i < r->directives.n; i++)
		html_chart(t, &r->directives.at[i]);
	html_table(t, r, view);
	if (view == GRID_PICTURES)
		html_pictures(t, r);
	text_add(t, "</div>\n");
}

void html_write(const struct report *r, const struct report_out *out)
{
	struct report_letter *l = report_letter_new(r);
	struct text t = { 0 };
	int n = 0;
	add_head(&t, r, l);
	text_add(&t, "<div class=\"letter\">\n");
	add_crossing(&t, l);
	html_letter(&t, l);
	text_add(&t, "</div>\n");
	put(&t, out);
	for (int v = GRID_DIRECTIVE; v < GRID_VIEWS; v++) {
		if (is_appendix(r, (enum grid_view)v))
			add_appendix(&t, r, l, (enum grid_view)v, ++n);
		put(&t, out);
	}
	text_add(&t, "</body>\n</html>\n");
	put(&t, out);
	text_free(&t);
	report_letter_free(&l);
}
