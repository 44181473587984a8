/* The foot of the log: the figures officials quote, why things did not air, and what the words mean. */
#include "report/shapes.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "report/words.h"

#include <stdlib.h>
#include <string.h>

void report_paragraph(struct text *t, const char *words, const char *indent, int columns)
{
	int at = 0;
	while (*words) {
		size_t n = strcspn(words, " ");
		char *word = mem_dup_n(words, n);
		int width = text_width(word);
		if (at && at + 1 + width > columns) {
			text_add(t, "\n");
			at = 0;
		}
		text_add(t, at ? " " : indent);
		text_add(t, word);
		at += width + (at ? 1 : text_width(indent));
		mem_free(word);
		words += n + (words[n] == ' ');
	}
	text_add(t, "\n");
}

/* "12 aired" */
static void add_figure(struct text *t, size_t n, const char *words)
{
	words_number(t, n);
	text_addf(t, " %s", words);
}

/* "sessions: 12" */
static void add_named(struct text *t, const char *words, size_t n)
{
	text_addf(t, "%s%s: ", t->n ? " · " : "", words);
	words_number(t, n);
}

static void add_broadcasts(struct text *t, const struct tally *s)
{
	add_named(t, _("sessions"), s->sessions);
	add_named(t, _("broadcasts"), s->broadcasts);
	if (s->broadcasts < s->broadcasts_planned) {
		text_add(t, " ");
		text_addf(t, _("(of %zu planned)"), s->broadcasts_planned);
	}
	add_named(t, _("bulletins"), s->bulletins);
	text_addf(t, " · %s: ", _("total length"));
	words_minutes(t, s->heard_ms);
	add_named(t, _("broadcasts × zones"), s->zone_broadcasts);
}

static void add_airings(struct text *t, const struct tally *s)
{
	text_addf(t, "%s: ", _("Airings, zone by zone"));
	add_figure(t, s->planned, _("planned"));
	for (int st = STATE_AIRED; st < STATE_COUNT; st++) {
		text_add(t, st == STATE_AIRED ? " = " : " + ");
		add_figure(t, s->by_state[st], words_state((enum state)st));
	}
	if (s->open) {
		text_add(t, " + ");
		add_figure(t, s->open, words_state(STATE_OPEN));
	}
	if (s->tests) {
		text_add(t, "; ");
		add_figure(t, s->tests, words_class("test"));
	}
}

/* Most frequent first; equal ones in the order of the contract. */
static void add_reasons(struct text *t, const struct tally *s)
{
	bool told[REASON_COUNT] = { false };
	for (;;) {
		int most = REASON_NONE;
		for (int r = REASON_NONE + 1; r < REASON_COUNT; r++)
			if (!told[r] && s->by_reason[r] &&
				(most == REASON_NONE || s->by_reason[r] > s->by_reason[most]))
				most = r;
		if (most == REASON_NONE)
			return;
		text_add(t, t->n ? " · " : "");
		text_addf(t, "%s ", words_reason((enum reason)most));
		words_number(t, s->by_reason[most]);
		told[most] = true;
	}
}

static void add_line(struct text *t, const struct text *line, const struct report_page *page)
{
	static const char between[] = " · ";
	const char *s = text_str(line), *end;
	for (; page->plain && (end = strstr(s, between)) != NULL; s = end + sizeof between - 1) {
		text_add_n(t, s, (size_t)(end - s));
		text_add(t, "\n");
	}
	if (page->plain) {
		text_addf(t, "%s\n", s);
		return;
	}
	report_paragraph(t, text_str(line), "", page->columns < 110 ? page->columns : 110);
}

void report_sums(const struct tally *s, const struct report_page *page, const struct report_out *out)
{
	struct text t = { 0 }, line = { 0 };
	text_add(&t, "\n");
	if (!page->by_state) {
		struct text figures = { 0 };
		add_broadcasts(&figures, s);
		text_addf(&line, "%s — %s", page->by_zone ? _("TOTAL FOR THIS ZONE") : _("TOTAL"), text_str(&figures));
		add_line(&t, &line, page);
		text_free(&figures);
	}
	text_clear(&line);
	add_airings(&line, s);
	add_line(&t, &line, page);
	text_clear(&line);
	add_reasons(&line, s);
	if (line.n) {
		struct text reasons = { 0 };
		text_addf(&reasons, "%s: %s", _("Reasons"), text_str(&line));
		add_line(&t, &reasons, page);
		text_free(&reasons);
	}
	for (int i = FOOTNOTE_BROADCASTS; !page->by_state && words_footnote(i); i++) {
		text_clear(&line);
		text_addf(&line, "* %s", words_footnote(i));
		add_line(&t, &line, page);
	}
	if (page->crossed)
		text_addf(&t, "%s\n", words_rehearsal());
	out->put(out->self, text_str(&t));
	text_free(&t);
	text_free(&line);
}
