/* The logbook: an item a line over its zones, all that was planned or ordered, tests and tunes too. */
#include "report/build-inside.h"

#include "base/text.h"
#include "report/words.h"

#include <stdio.h>
#include <string.h>

/* Firings by campaign and day, each with its number among the lần of that day. */
struct counting {
	struct intern *nth;
};

static size_t firing_bytes(const char *id)
{
	const char *rule = strchr(id, '/'), *at = rule ? strchr(rule + 1, '/') : NULL;
	return at ? (size_t)(at + 1 - id) + strcspn(at + 1, "/") : 0;
}

static char *key_of(const char *campaign, const char *id, size_t bytes)
{
	return mem_printf("%s %.*s", campaign, (int)bytes, id);
}

/* The list is in the order of planned instants; a firing's day stands in its id. */
static void count_firings(const struct build *b, struct counting *c)
{
	struct intern *days = intern_new();
	for (size_t i = 0; i < b->times.firings.n; i++) {
		const struct times_firing *f = &b->times.firings.at[i];
		const char *stamp = strrchr(f->id, '/');
		char *day = mem_printf("%s %.8s", f->campaign, stamp ? stamp + 1 : ""),
		     *key = key_of(f->campaign, f->id, strlen(f->id));
		size_t *last = intern_number(days, day);
		*last = *last == SIZE_MAX ? 1 : *last + 1;
		size_t n = *last;
		*intern_number(c->nth, key) = n;
		mem_free(key);
		mem_free(day);
	}
	intern_free(&days);
}

static int nth_of(struct counting *c, const struct report_row *r, enum state state)
{
	size_t bytes = firing_bytes(r->id);
	if (!r->campaign || !bytes || state != STATE_AIRED || !report_row_countable(r))
		return 0;
	char *key = key_of(r->campaign, r->id, bytes);
	size_t n = *intern_number(c->nth, key);
	mem_free(key);
	return n == SIZE_MAX ? 0 : (int)n;
}

/* The later in this list, the worse. */
static int weight(const struct report_row *r)
{
	static const int weights[STATE_COUNT] = { [STATE_AIRED] = 1, [STATE_OPEN] = 2, [STATE_PARTIAL] = 3, [STATE_SKIPPED] = 4,
		[STATE_MISSED] = 5, [STATE_FAILED] = 6 };
	return r->reason == REASON_ZONE_OFF ? 0 : weights[r->state];
}

/* Zones that fared otherwise than the line says. */
static void add_others(const struct report_row *worst, const struct report_row *const *rows, size_t n, struct text *note)
{
	for (size_t i = 0; i < n; i++) {
		if (rows[i]->state == worst->state && rows[i]->reason == worst->reason)
			continue;
		text_addf(note, "%s%s: %s", note->n ? "; " : "", rows[i]->zone_name ? rows[i]->zone_name : rows[i]->zone,
			words_state(rows[i]->state));
		if (rows[i]->reason != REASON_NONE)
			text_addf(note, " (%s)", words_reason(rows[i]->reason));
	}
}

static void add_times(struct report_entry *e, const struct report_row *r)
{
	if (r->started.us && (!e->started.us || r->started.us < e->started.us))
		e->started = r->started;
	e->ended = r->ended.us > e->ended.us ? r->ended : e->ended;
	e->heard_ms = r->heard_ms > e->heard_ms ? r->heard_ms : e->heard_ms;
}

static void add(struct build *b, struct counting *c, const struct report_row *const *rows, size_t n)
{
	const struct report_row *r = rows[0], *worst = r;
	struct report_entry e = { .day = words_day(r, r->planned), .planned = r->planned, .offset_s = r->offset_s };
	struct text note = { 0 };
	for (size_t i = 0; i < n; i++) {
		worst = weight(rows[i]) > weight(worst) ? rows[i] : worst;
		add_times(&e, rows[i]);
	}
	add_others(worst, rows, n, &note);
	report_build_notes(b, rows, n, &note);
	e.title = mem_dup(r->title ? r->title : r->bulletin);
	e.directives = report_build_numbers(r);
	e.zones = report_build_zone_names(b, rows, n);
	e.approved_by = mem_dup(r->approved_by);
	e.operator = mem_dup(r->operator);
	e.note = note.n ? text_take(&note) : NULL;
	e.campaign = mem_dup(r->campaign);
	e.class = report_row_class(r);
	e.level = report_row_level(r);
	e.state = worst->state;
	e.reason = worst->reason;
	e.nth = nth_of(c, r, worst->state);
	vec_push(&b->out->logbook, e);
}

void report_build_logbook(struct build *b)
{
	struct counting c = { intern_new() };
	count_firings(b, &c);
	for (size_t first = 0, end; first < b->rows.n; first = end) {
		end = report_build_instant(b, first);
		for (size_t i = first; i < end; i++) {
			const struct report_row *rows[ZONES_MAX];
			size_t n = 0;
			for (size_t k = i; k < end && n < ZONES_MAX && report_build_begins(b, first, i); k++)
				if (report_row_same_item(&b->rows.at[i], &b->rows.at[k]))
					rows[n++] = &b->rows.at[k];
			if (n)
				add(b, &c, rows, n);
		}
	}
	intern_free(&c.nth);
}
