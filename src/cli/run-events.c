#include "cli/run-events.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/words.h"
#include "schedule/tz.h"

#include <string.h>

struct run_events {
	struct journal_port behind;
	struct run_events_to to;
	char *kept[RUN_EVENTS_KEPT];
	size_t said; /* lines ever; the newest is kept[(said - 1) % RUN_EVENTS_KEPT] */
};

struct run_events *run_events_new(struct journal_port behind, struct run_events_to to)
{
	struct run_events *e = mem_new(struct run_events);
	e->behind = behind;
	e->to = to;
	return e;
}

void run_events_free(struct run_events **pe)
{
	struct run_events *e = *pe;
	if (!e)
		return;
	for (size_t i = 0; i < RUN_EVENTS_KEPT; i++)
		mem_free(e->kept[i]);
	mem_free(e);
	*pe = NULL;
}

const char *run_events_line(const struct run_events *e, size_t i)
{
	return i < e->said && i < RUN_EVENTS_KEPT ? e->kept[(e->said - 1 - i) % RUN_EVENTS_KEPT] : NULL;
}

void run_events_say(struct run_events *e, wall_us at, const char *text)
{
	const struct station *st = e->to.station(e->to.self);
	char stamp[RFC3339_BYTES] = "";
	struct text t = { 0 };
	if (st && st->tz)
		tz_rfc3339(st->tz, at, stamp);
	if (strlen(stamp) > 19)
		text_addf(&t, "%.8s ", stamp + 11);
	text_add(&t, text);
	char **place = &e->kept[e->said++ % RUN_EVENTS_KEPT];
	mem_free(*place);
	*place = text_take(&t);
	e->to.line(e->to.self, *place);
}

/* ── Rows into words ──────────────────────────────────────────────────────────────────────────────────────────── */

/* "22363/sang/20210714T053000+0700/3.bz-vi-sao/cum-1" -> "cum-1", "bz-vi-sao" */
static void split_id(const char *id, char zone[NAME_BYTES], char bulletin[NAME_BYTES])
{
	zone[0] = bulletin[0] = '\0';
	const char *last = strrchr(id, '/');
	const char *before = last ? memrchr(id, '/', (size_t)(last - id)) : NULL;
	const char *dot = before ? memchr(before, '.', (size_t)(last - before)) : NULL;
	if (!dot)
		return;
	/* An emergency's place is "repeat.place.bulletin"; a bulletin's name does not begin with a digit and a dot. */
	const char *name = dot + 1;
	size_t digits = strspn(name, "0123456789");
	if (digits && name[digits] == '.')
		name += digits + 1;
	size_t n = (size_t)(last - name);
	if (n < NAME_BYTES && strlen(last + 1) < NAME_BYTES) {
		memcpy(bulletin, name, n);
		bulletin[n] = '\0';
		memcpy(zone, last + 1, strlen(last + 1) + 1);
	}
}

static void add_started(struct text *t, const char *id)
{
	char zone[NAME_BYTES], bulletin[NAME_BYTES];
	split_id(id, zone, bulletin);
	text_addf(t, "▶ %s: %s", zone, bulletin);
}

static void add_cut(struct text *t, const char *id, const struct json *body)
{
	char zone[NAME_BYTES], bulletin[NAME_BYTES];
	split_id(id, zone, bulletin);
	text_addf(t, "‖ %s: %s — %s", zone, bulletin, words_of(json_get_str(body, "reason")));
}

static void add_verdict(struct text *t, const struct json *body)
{
	const char *state = json_get_str(body, "state"), *reason = json_get_str(body, "reason");
	const char *zone = json_get_str(body, "zone"), *title = json_get_str(body, "title");
	const char *planned = json_get_str(body, "planned");
	text_addf(t, "%s %s: %s — %s", state && !strcmp(state, "aired") ? "✓" : "✗", zone ? zone : "?",
			title ? title : "?", words_of(state));
	if (reason)
		text_addf(t, " (%s)", words_of(reason));
	if (planned && strlen(planned) > 19)
		text_addf(t, _(", planned %.8s"), planned + 11);
}

static void add_zones(struct text *t, const struct json *zones)
{
	size_t n = json_count(zones);
	if (n > 4)
		text_addf(t, _(" %zu zones"), n);
	for (size_t i = 0; n <= 4 && i < n; i++)
		text_addf(t, "%s%s", i ? "," : " ", json_as_str(json_at(zones, i)));
}

static void add_other(struct text *t, const char *kind, const struct json *body)
{
	static const char *const keys[] = { "name", "rule", "zone", "output", "dir", "reason" };
	text_addf(t, "• %s", words_of(kind));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (json_get_str(body, keys[i]))
			text_addf(t, " %s", words_of(json_get_str(body, keys[i])));
	add_zones(t, json_get(body, "zones"));
	if (json_get_str(body, "by"))
		text_addf(t, " — %s", json_get_str(body, "by"));
}

/* Rows that only the account needs. */
static bool is_quiet(const char *kind)
{
	static const char *const quiet[] = { "intent", "progress", "day", "withdrawn", "ended-firing" };
	for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
		if (!strcmp(kind, quiet[i]))
			return true;
	return false;
}

static void tell(struct run_events *e, const struct journal_row *row)
{
	struct text t = { 0 };
	struct json *body = json_parse(row->body, strlen(row->body));
	if (!strcmp(row->kind, "started"))
		add_started(&t, row->airing);
	else if (!strcmp(row->kind, "cut"))
		add_cut(&t, row->airing, body);
	else if (!strcmp(row->kind, "verdict"))
		add_verdict(&t, body);
	else
		add_other(&t, row->kind, body);
	run_events_say(e, row->wall, text_str(&t));
	text_free(&t);
	if (body)
		json_free(&body);
}

/* ── The port ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t append(void *self, const struct journal_row *row)
{
	struct run_events *e = self;
	uint64_t ticket = e->behind.append(e->behind.self, row);
	if (!is_quiet(row->kind))
		tell(e, row);
	return ticket;
}

static uint64_t durable(void *self)
{
	struct run_events *e = self;
	return e->behind.durable(e->behind.self);
}

static void flush(void *self)
{
	struct run_events *e = self;
	e->behind.flush(e->behind.self);
}

static void day_end(void *self)
{
	struct run_events *e = self;
	e->behind.day_end(e->behind.self);
}

static void alive(void *self, wall_us at)
{
	struct run_events *e = self;
	e->behind.alive(e->behind.self, at);
}

struct journal_port run_events_port(struct run_events *e)
{
	return (struct journal_port){ e, append, durable, flush, day_end, alive };
}
