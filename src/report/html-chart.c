/* Drawings: the days of a directive, and the pictures that were attached.  What was asked is a frame, what was done fills it, as
 * in the spreadsheet; the verdict of a day is a sign above it, not a colour. */
#include "report/html-inside.h"

#include "base/i18n.h"
#include "schedule/values.h"

/* Units of the drawing; SHOWN: as wide as it is on the page, in its pixels. */
enum { LEFT = 30, TOP = 24, WIDE = 900, HIGH = 140, FOOT = 24, LABELS_MOST = 31, SHOWN = 620 };

static int highest(const struct report_directive *d)
{
	int most = 1;
	for (size_t i = 0; i < d->per_day.n; i++) {
		const struct report_directive_day *day = &d->per_day.at[i];
		most = day->times > most ? day->times : most;
		most = day->asked_min > most ? day->asked_min : most;
	}
	return most;
}

static const char *sign(enum met met)
{
	static const char *const signs[MET_COUNT] = {
		[MET_NOT_ASKED] = "", [MET_YES] = "✓", [MET_NO] = "×", [MET_EXCUSED] = "○", [MET_OPEN] = "…"
	};
	return signs[met];
}

static void add_bar(struct text *t, double x, double width, int n, int most, const char *paint)
{
	double high = (double)HIGH * n / most;
	if (n > 0)
		text_addf(t, "<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" %s />", x, TOP + HIGH - high,
			width, high, paint);
}

static void add_words(struct text *t, double x, double y, const char *words)
{
	text_addf(t, "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\" font-size=\"11\">%s</text>", x, y, words);
}

static void add_days(struct text *t, const struct report_directive *d)
{
	int most = highest(d);
	size_t every = 1 + (d->per_day.n - 1) / LABELS_MOST;
	double step = (double)WIDE / (double)d->per_day.n, width = step * 0.7;
	for (size_t i = 0; i < d->per_day.n; i++) {
		const struct report_directive_day *day = &d->per_day.at[i];
		struct civil date = civil_from_day(day->day);
		double x = LEFT + step * ((double)i + 0.15), middle = x + width / 2;
		char label[VALUE_BYTES];
		add_bar(t, x, width, day->times, most, "fill=\"#4472c4\"");
		add_bar(t, x, width, day->asked_min, most, "fill=\"none\" stroke=\"#c00000\" stroke-width=\"1.5\"");
		add_words(t, middle, TOP - 6, sign(day->met));
		snprintf(label, sizeof label, "%d/%d", date.day, date.month);
		if (i % every == 0)
			add_words(t, middle, TOP + HIGH + 14, label);
		text_add(t, "\n");
	}
}

static void add_axis(struct text *t, int most)
{
	int every = 1 + (most - 1) / 10;
	for (int n = 0; n <= most; n += every) {
		double y = TOP + HIGH - (double)HIGH * n / most;
		text_addf(t,
			"<line x1=\"%d\" y1=\"%.1f\" x2=\"%d\" y2=\"%.1f\" stroke=\"#bbbbbb\" stroke-width=\"0.5\" />"
			"<text x=\"%d\" y=\"%.1f\" text-anchor=\"end\" font-size=\"11\">%d</text>\n",
			LEFT, y, LEFT + WIDE, y, LEFT - 5, y + 4, n);
	}
}

static void add_base64(struct text *t, const unsigned char *data, size_t bytes)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	for (size_t i = 0; i < bytes; i += 3) {
		unsigned n = (unsigned)data[i] << 16;
		n |= i + 1 < bytes ? (unsigned)data[i + 1] << 8 : 0;
		n |= i + 2 < bytes ? data[i + 2] : 0;
		char four[4] = { digits[n >> 18], digits[n >> 12 & 63], i + 1 < bytes ? digits[n >> 6 & 63] : '=',
			i + 2 < bytes ? digits[n & 63] : '=' };
		text_add_n(t, four, sizeof four);
	}
}

static void draw(struct text *t, const struct report_directive *d, const char *name)
{
	text_addf(t,
		"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" width=\"%d\" height=\"%d\" "
		"font-family=\"Times New Roman, Liberation Serif, serif\"><title>",
		LEFT + WIDE, TOP + HIGH + FOOT, LEFT + WIDE, TOP + HIGH + FOOT);
	html_text(t, name);
	text_add(t, "</title>\n");
	add_axis(t, highest(d));
	add_days(t, d);
	text_add(t, "</svg>\n");
}

/* As a picture inside the page: word processors would take the words of a drawing for text of theirs. */
void html_chart(struct text *t, const struct report_directive *d)
{
	struct text name = { 0 }, drawing = { 0 };
	if (!d->per_day.n)
		return;
	grid_directive(&name, d);
	draw(&drawing, d, text_str(&name));
	text_add(t, "<p style=\"text-align: center; page-break-after: avoid\"><b>");
	html_text(t, text_str(&name));
	text_add(t, "</b><br /><img src=\"data:image/svg+xml;base64,");
	add_base64(t, (const unsigned char *)drawing.at, drawing.n);
	text_addf(t, "\" width=\"%d\" height=\"%d\" alt=\"", SHOWN, SHOWN * (TOP + HIGH + FOOT) / (LEFT + WIDE));
	html_text(t, _("The same figures stand in the table below."));
	text_add(t, "\" /></p>\n<p class=\"note\">");
	html_text(
		t, _("Blue: times aired. Red frame: times asked, at least. ✓ met, × not met, ○ excused, … not over."));
	text_add(t, "</p>\n");
	text_free(&name);
	text_free(&drawing);
}

/* ── Pictures ── */

void html_pictures(struct text *t, const struct report *r)
{
	for (size_t i = 0; i < r->pictures.n; i++) {
		const struct report_picture *p = &r->pictures.at[i];
		text_addf(t, "<p style=\"text-align: center\"><img src=\"data:%s;base64,", p->type);
		add_base64(t, (const unsigned char *)p->data, p->bytes);
		text_add(t, "\" alt=\"");
		html_text(t, p->name);
		text_add(t, "\" width=\"600\" /><br />");
		html_text(t, p->name);
		text_add(t, "</p>\n");
	}
}
