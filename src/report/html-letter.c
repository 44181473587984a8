/* The báo cáo in the places that Nghị định 30/2020 gives its parts. */
#include "report/html-inside.h"

#include "base/i18n.h"

#include <string.h>

void html_text(struct text *t, const char *s)
{
	static const struct {
		char c;
		const char *written;
	} escapes[] = { { '&', "&amp;" }, { '<', "&lt;" }, { '>', "&gt;" }, { '"', "&quot;" }, { '\'', "&#39;" },
		{ '\n', "<br />" } };
	struct text clean = { 0 };
	grid_clean(&clean, s ? s : "");
	for (const char *c = text_str(&clean); *c; c++) {
		const char *written = NULL;
		for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++)
			if (*c == escapes[i].c)
				written = escapes[i].written;
		if (*c == ' ' && (c[1] == ' ' || c == text_str(&clean) || c[-1] == ' '))
			written = "&#160;"; /* room for a pen */
		if (written)
			text_add(t, written);
		else
			text_add_n(t, c, 1);
	}
	text_free(&clean);
}

/* "<b>a</b><br />" … */
static void add_lines(struct text *t, char *const *lines, size_t n, const char *tag)
{
	for (size_t i = 0; i < n; i++) {
		text_addf(t, "%s<%s>", i ? "<br />" : "", tag);
		html_text(t, lines[i]);
		text_addf(t, "</%s>", tag);
	}
}

/* A rule as word processors know one, too. */
static void add_rule(struct text *t, int percent)
{
	text_addf(t,
		"<table align=\"center\" width=\"%d%%\" border=\"0\" style=\" border-collapse: collapse; margin: 0 "
		"auto\"><tr><td "
		"style=\"border-top: 1pt solid #000; font-size: 2pt; line-height: 2pt\">&#160;</td></tr></table>\n",
		percent);
}

static void add_head(struct text *t, const struct report_letter *l)
{
	text_add(t, "<table class=\"plain\" width=\"100%\" border=\"0\"><tr>\n<td width=\"42%\" style=\"text-align: "
		    "center; font-size: 12pt\">");
	if (l->over) {
		html_text(t, l->over);
		text_add(t, "<br />");
	}
	add_lines(t, l->issuer.at, l->issuer.n, "b");
	add_rule(t, 40);
	text_add(t, "</td>\n<td style=\"text-align: center; font-size: 12pt\"><b>");
	html_text(t, l->nation);
	text_add(t, "</b><br /><b style=\"font-size: 13pt\">");
	html_text(t, l->motto);
	text_add(t, "</b>");
	add_rule(t, 65);
	text_add(t, "</td>\n</tr><tr>\n<td style=\"text-align: center; font-size: 13pt\">");
	html_text(t, l->number);
	text_add(t, "</td>\n<td style=\"text-align: center; font-size: 13pt\"><i>");
	html_text(t, l->place_date);
	text_add(t, "</i></td>\n</tr></table>\n");
}

static void add_to(struct text *t, const struct report_letter *l)
{
	if (!l->to.n)
		return;
	text_add(t, "<p style=\"text-align: center\">");
	html_text(t, l->to_word);
	text_add(t, l->to.n > 1 ? "<br />" : " ");
	add_lines(t, l->to.at, l->to.n, "span");
	text_add(t, "</p>\n");
}

static void add_body(struct text *t, const struct report_letter *l)
{
	static const char *const begin[] = {
		[REPORT_LINE_HEADING] = "<p class=\"text\" style=\"page-break-after: avoid\"><b>",
		[REPORT_LINE_TEXT] = "<p class=\"text\">",
		[REPORT_LINE_ITEM] = "<p class=\"text\">",
	};
	for (size_t i = 0; i < l->body.n; i++) {
		const struct report_line *line = &l->body.at[i];
		text_add(t, begin[line->kind]);
		html_text(t, line->text);
		text_add(t, line->kind == REPORT_LINE_HEADING ? "</b></p>\n" : "</p>\n");
	}
}

static void add_foot(struct text *t, const struct report_letter *l)
{
	text_add(t, "<table class=\"plain\" width=\"100%\" border=\"0\" style=\"page-break-inside: avoid\"><tr>\n<td "
		    "style=\"width: 50%; font-size: "
		    "11pt\">"
		    "<b style=\"font-size: 12pt\"><i>");
	html_text(t, l->copies_word);
	text_add(t, "</i></b><br />");
	add_lines(t, l->copies.at, l->copies.n, "span");
	text_add(t, "</td>\n<td style=\"text-align: center\">");
	add_lines(t, l->sign.at, l->sign.n, "b");
	text_add(t, "<br /><br /><br /><br /><br /></td>\n</tr></table>\n");
}

void html_letter(struct text *t, const struct report_letter *l)
{
	add_head(t, l);
	text_add(t, "<p style=\"text-align: center; margin-top: 14pt\"><b>");
	html_text(t, l->kind);
	text_add(t, "<br />");
	html_text(t, l->title);
	text_add(t, "</b></p>\n");
	add_rule(t, 25);
	add_to(t, l);
	add_body(t, l);
	add_foot(t, l);
}
