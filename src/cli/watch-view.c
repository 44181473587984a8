#include "cli/watch-view.h"

#include "base/i18n.h"
#include "cli/glance.h"
#include "cli/status-words.h"

#include <string.h>

enum { BAR_CELLS = 12, NARROW_CELLS = 5, NAME_LEAST = 8, NEXT_SHOWN = 3, WAITING_KEPT = 3, PLAIN_COLUMNS = 500 };

struct sheet {
	const struct json *status;
	const char *now;
	int columns, rows; /* rows: for all but the foot */
	bool plain;
	struct page *page;
};

static int left(const struct sheet *s)
{
	return s->rows - (int)s->page->rows.n;
}

/* ── Above: what is wrong, and whose station this is ── */

/* Puts a phrase down, whole. */
static void say(struct sheet *s, enum page_style style, const char *sign, struct text *t)
{
	if (t->n)
		page_add_sentence(s->page, s->columns, style, sign, text_str(t));
	text_clear(t);
}

static void alarms(struct sheet *s)
{
	const struct json *faults = json_get(s->status, "faults"), *list = json_get(s->status, "emergencies");
	struct text t = { 0 };
	if (!strcmp(status_str(s->status, "clock"), "distrusted"))
		text_add(&t, _("THE CLOCK IS NOT TRUSTED: the schedule is held"));
	say(s, PAGE_ALARM, "✗ ", &t);
	for (size_t i = 0; i < json_count(list); i++) {
		status_emergency(&t, json_at(list, i), s->now);
		say(s, PAGE_ALARM, "✗ ", &t);
	}
	for (size_t i = 0; i < json_count(faults); i++) {
		status_fault(&t, json_at(faults, i), s->now);
		say(s, PAGE_ALARM, "✗ ", &t);
	}
	text_free(&t);
}

static void header(struct sheet *s)
{
	struct text t = { 0 };
	status_header(&t, s->status);
	if (!s->plain)
		page_add_sentence(s->page, s->columns, PAGE_TITLE, "", text_str(&t));
	text_free(&t);
}

static void orders_and_relays(struct sheet *s)
{
	const struct json *orders = json_get(s->status, "orders"), *relays = json_get(s->status, "relays");
	const struct json *skips = json_get(s->status, "skips");
	struct text t = { 0 };
	for (size_t i = 0; i < json_count(orders); i++) {
		status_order(&t, json_at(orders, i), s->now);
		say(s, PAGE_PLAIN, "", &t);
	}
	for (size_t i = 0; i < json_count(skips); i++) {
		status_skip(&t, json_at(skips, i));
		say(s, PAGE_PLAIN, "", &t);
	}
	for (size_t i = 0; i < json_count(relays); i++) {
		status_relay(&t, json_at(relays, i));
		say(s, PAGE_PLAIN, "", &t);
	}
	if (!json_get_bool(s->status, "schedule"))
		text_add(&t, _("No schedule is running — check one and take it: loaxa check DIR, loaxa reload DIR"));
	say(s, PAGE_ALARM, "✗ ", &t);
	text_free(&t);
}

/* ── Zones ── */

static enum page_style style_of(enum glance_weight w)
{
	static const enum page_style of[] = { [GLANCE_IDLE] = PAGE_QUIET, [GLANCE_AIR] = PAGE_PLAIN,
		[GLANCE_EMERGENCY] = PAGE_ALARM, [GLANCE_BLOCKED] = PAGE_WARN };
	return of[w];
}

/* As wide as the longest name, within a third of the screen. */
static int name_columns(const struct sheet *s, const struct glance_rows *rows)
{
	int widest = NAME_LEAST;
	for (size_t i = 0; i < rows->list.n; i++) {
		struct text t = { 0 };
		glance_names(s->status, rows->list.at[i].zones, &t);
		int width = text_width(text_str(&t));
		widest = width > widest ? width : widest;
		text_free(&t);
	}
	return s->plain || widest < s->columns / 3 ? widest : s->columns / 3;
}

/* How many more there are than fit. */
static void more(struct sheet *s, size_t n)
{
	struct text t = { 0 };
	text_addf(&t, ngettext("… and %zu more — all: loaxa status", "… and %zu more — all: loaxa status", n), n);
	page_add(s->page, s->columns, PAGE_QUIET, text_str(&t));
	text_free(&t);
}

static void zone_rows(struct sheet *s, const struct glance_rows *rows, int most)
{
	int names = name_columns(s, rows);
	for (size_t i = 0; i < rows->list.n; i++) {
		struct text t = { 0 };
		if (--most == 0 && i + 1 < rows->list.n) {
			more(s, rows->list.n - i);
			return;
		}
		struct text name = { 0 };
		glance_names(s->status, rows->list.at[i].zones, &name);
		text_add_cell(&t, text_str(&name), names);
		text_addf(&t, "  %s", rows->list.at[i].text);
		page_add(s->page, s->columns, style_of(rows->list.at[i].weight), text_str(&t));
		text_free(&name);
		text_free(&t);
	}
}

static void zones(struct sheet *s, int room)
{
	int cells = s->plain ? GLANCE_STEADY : s->columns < 70 ? NARROW_CELLS : BAR_CELLS;
	struct glance_rows rows = { 0 };
	glance_air(s->status, cells, s->plain, &rows);
	if ((int)rows.list.n > room) {
		glance_free(&rows);
		glance_air(s->status, cells, true, &rows);
	}
	zone_rows(s, &rows, room > 1 ? room : 1);
	glance_free(&rows);
}

/* ── What waits, what comes ── */

/* room: rows for all of them; those that are too wide are broken while there is more than one for each. */
static void items(struct sheet *s, const char *title, const struct glance_rows *rows, int room)
{
	int indent = text_width(title) + 1, end = (int)s->page->rows.n + room;
	for (size_t i = 0; i < rows->list.n; i++) {
		const struct glance_row *r = &rows->list.at[i];
		struct text first = { 0 }, t = { 0 };
		int here = end - (int)s->page->rows.n, others = (int)(rows->list.n - i - 1);
		if (here <= 1 && others) {
			more(s, rows->list.n - i);
			return;
		}
		text_add_cell(&first, i ? "" : title, indent);
		text_add(&t, r->text);
		if (!glance_is_all(s->status, r->zones)) {
			text_add(&t, " · ");
			glance_names(s->status, r->zones, &t);
		}
		if (here - others > 2) {
			page_add_sentence(s->page, s->columns, PAGE_PLAIN, text_str(&first), text_str(&t));
		} else {
			text_add(&first, text_str(&t));
			page_add(s->page, s->columns, PAGE_PLAIN, text_str(&first));
		}
		text_free(&first);
		text_free(&t);
	}
}

static void blank(struct sheet *s)
{
	if (!s->plain)
		page_add(s->page, s->columns, PAGE_PLAIN, "");
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static void draw(struct sheet *s)
{
	struct glance_rows waiting = { 0 }, next = { 0 };
	glance_waiting(s->status, &waiting);
	glance_next(s->status, NEXT_SHOWN, &next);
	header(s);
	alarms(s);
	orders_and_relays(s);
	int kept = least((int)waiting.list.n, WAITING_KEPT) + (int)next.list.n;
	int zones_n = (int)json_count(json_get(s->status, "zones"));
	bool airy = left(s) >= zones_n + kept + 2;
	if (airy)
		blank(s);
	zones(s, left(s) - kept - airy);
	if (airy)
		blank(s);
	items(s, _("WAITING"), &waiting, left(s) - (int)next.list.n);
	items(s, _("NEXT"), &next, left(s));
	glance_free(&next);
	glance_free(&waiting);
}

static void foot(struct page *p, int columns, int rows)
{
	while ((int)p->rows.n > rows - 1) {
		struct page_row *last = &p->rows.at[--p->rows.n];
		mem_free(last->text);
	}
	while ((int)p->rows.n < rows - 1)
		page_add(p, columns, PAGE_PLAIN, "");
	page_add(p, columns, PAGE_QUIET, _("q: leave (the station goes on)    to do: loaxa"));
}

void watch_view(const struct json *status, int columns, int rows, struct page *p)
{
	struct sheet s = { status, status_str(status, "now"), columns, rows - 1, false, p };
	draw(&s);
	foot(p, columns, rows);
}

void watch_view_plain(const struct json *status, struct page *p)
{
	struct sheet s = { status, status_str(status, "now"), PLAIN_COLUMNS, 100000, true, p };
	draw(&s);
}

void watch_view_lost(const char *since, const char *why, int columns, struct page *p)
{
	struct text t = { 0 };
	text_addf(&t, _("NO ANSWER since %s — what follows is not known any more; it is tried again every second"), since);
	page_add_sentence(p, columns, PAGE_ALARM, "✗ ", text_str(&t));
	page_add_sentence(p, columns, PAGE_PLAIN, "", why);
	text_free(&t);
}
