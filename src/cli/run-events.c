#include "cli/run-events.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/words.h"
#include "schedule/tz.h"

#include <string.h>

/* Of one zone, until the turn is over. */
struct pending {
	wall_us at;
	const char *sign;
	char *zone, *what;
};

struct run_events {
	struct journal_port behind;
	struct run_events_to to;
	VEC(struct pending) pending;
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
	run_events_flush(e, NULL);
	vec_free(&e->pending);
	for (size_t i = 0; i < RUN_EVENTS_KEPT; i++)
		mem_free(e->kept[i]);
	mem_free(e);
	*pe = NULL;
}

const char *run_events_line(const struct run_events *e, size_t i)
{
	return i < e->said && i < RUN_EVENTS_KEPT ? e->kept[(e->said - 1 - i) % RUN_EVENTS_KEPT] : NULL;
}

static void say(struct run_events *e, wall_us at, const char *text)
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

void run_events_say(struct run_events *e, wall_us at, const char *text)
{
	run_events_flush(e, NULL);
	say(e, at, text);
}

/* ── One line for equal news of several zones ─────────────────────────────────────────────────────────────────── */

enum { ZONES_NAMED = 3 };
static const char sign_bad[] = "✗";

/* Takes `what`. */
static void queue(struct run_events *e, wall_us at, const char *sign, const char *zone, char *what)
{
	vec_push(&e->pending, (struct pending){ at, sign, mem_dup(zone), what });
}

static bool same_news(const struct pending *a, const struct pending *b)
{
	return a->sign == b->sign && a->what && b->what && !strcmp(a->what, b->what);
}

/* "cum-1, cum-2", or "6 zones"; the others' texts are gone afterwards: they are told. */
static char *zones_of(struct run_events *e, size_t first)
{
	struct text names = { 0 };
	size_t count = 0;
	for (size_t i = first; i < e->pending.n; i++) {
		struct pending *p = &e->pending.at[i];
		if (!same_news(&e->pending.at[first], p))
			continue;
		text_addf(&names, "%s%s", count++ ? ", " : "", p->zone);
		if (i == first)
			continue;
		mem_free(p->what);
		p->what = NULL;
	}
	if (count > ZONES_NAMED) {
		text_clear(&names);
		text_addf(&names, _("%zu zones"), count);
	}
	return text_take(&names);
}

void run_events_flush(struct run_events *e, struct text *bad)
{
	struct text t = { 0 };
	for (size_t i = 0; i < e->pending.n; i++) {
		const struct pending *p = &e->pending.at[i];
		if (!p->what)
			continue;
		char *zones = zones_of(e, i);
		text_clear(&t);
		text_addf(&t, "%s %s: %s", p->sign, zones, p->what);
		say(e, p->at, text_str(&t));
		if (bad && p->sign == sign_bad)
			text_addf(bad, "%s%s", bad->n ? "\n" : "", text_str(&t));
		mem_free(zones);
	}
	for (size_t i = 0; i < e->pending.n; i++) {
		mem_free(e->pending.at[i].zone);
		mem_free(e->pending.at[i].what);
	}
	e->pending.n = 0;
	text_free(&t);
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

/* The title that goes with a bulletin's name, while the present schedule has it; what no schedule has is a word of ours. */
static const char *title_of(const struct run_events *e, const char *bulletin)
{
	const struct station *st = e->to.station(e->to.self);
	int i = st ? station_bulletin(st, bulletin) : -1;
	return i >= 0 ? st->bulletins.at[i].title : words_code(bulletin);
}

static void tell_started(struct run_events *e, const struct journal_row *row)
{
	char zone[NAME_BYTES], bulletin[NAME_BYTES];
	split_id(row->airing, zone, bulletin);
	queue(e, row->wall, "▶", zone, mem_dup(title_of(e, bulletin)));
}

static void tell_cut(struct run_events *e, const struct journal_row *row, const struct json *body)
{
	char zone[NAME_BYTES], bulletin[NAME_BYTES];
	int64_t rate = json_get_int(body, "rate", 0);
	struct text t = { 0 };
	split_id(row->airing, zone, bulletin);
	text_addf(&t, "%s — %s", title_of(e, bulletin), words_code(json_get_str(body, "reason")));
	if (rate > 0)
		text_addf(&t, _(", heard %.1f of %.1f s"), (double)json_get_int(body, "frame", 0) / (double)rate,
			(double)json_get_int(body, "frames", 0) / (double)rate);
	queue(e, row->wall, "‖", zone, text_take(&t));
}

/* Of what was aired in part. */
static void add_share(struct text *t, const struct json *body)
{
	int64_t played = json_get_int(body, "frames_played", 0), total = json_get_int(body, "frames_total", 0);
	if (played > 0 && played < total)
		text_addf(t, _(", heard %d%% of it"), (int)((double)played * 100 / (double)total));
}

static void tell_verdict(struct run_events *e, const struct journal_row *row, const struct json *body)
{
	const char *state = json_get_str(body, "state"), *reason = json_get_str(body, "reason");
	const char *zone = json_get_str(body, "zone"), *title = json_get_str(body, "title");
	const char *planned = json_get_str(body, "planned");
	struct text t = { 0 };
	text_addf(&t, "%s — %s", title ? title : "?", words_code(state));
	if (reason)
		text_addf(&t, " (%s)", words_code(reason));
	add_share(&t, body);
	if (planned && strlen(planned) > 19)
		text_addf(&t, _(", planned %.8s"), planned + 11);
	queue(e, row->wall, state && !strcmp(state, "aired") ? "✓" : sign_bad, zone ? zone : "?", text_take(&t));
}

static void add_zones(struct text *t, const struct json *zones)
{
	size_t n = json_count(zones);
	if (n > 4)
		text_addf(t, _(" %zu zones"), n);
	for (size_t i = 0; n <= 4 && i < n; i++)
		text_addf(t, "%s%s", i ? "," : " ", json_as_str(json_at(zones, i)));
}

static void tell_other(struct run_events *e, const struct journal_row *row, const struct json *body)
{
	struct text t = { 0 };
	static const char *const keys[] = { "name", "file", "rule", "zone", "output", "what", "dir", "reason", "text" };
	bool well = !strcmp(row->kind, "fault") && !json_get_str(body, "text");
	text_addf(&t, "• %s", words_code(well ? "fault-over" : row->kind));
	if (well)
		text_addf(&t, " %s", json_get_str(body, "source"));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (json_get_str(body, keys[i]))
			text_addf(&t, " %s", words_code(json_get_str(body, keys[i])));
	add_zones(&t, json_get(body, "zones"));
	if (json_get_str(body, "by"))
		text_addf(&t, " — %s", json_get_str(body, "by"));
	run_events_say(e, row->wall, text_str(&t));
	text_free(&t);
}

/* Rows that only the account needs. */
static bool is_quiet(const char *kind)
{
	static const char *const quiet[] = { "intent", "progress", "day", "withdrawn", "ended-firing", "schedule", "key",
		"seal" };
	for (size_t i = 0; i < sizeof quiet / sizeof *quiet; i++)
		if (!strcmp(kind, quiet[i]))
			return true;
	return false;
}

static void tell(struct run_events *e, const struct journal_row *row)
{
	struct json *body = json_parse(row->body, strlen(row->body));
	if (!strcmp(row->kind, "started"))
		tell_started(e, row);
	else if (!strcmp(row->kind, "cut"))
		tell_cut(e, row, body);
	else if (!strcmp(row->kind, "verdict"))
		tell_verdict(e, row, body);
	else
		tell_other(e, row, body);
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

static void mark(void *self, const char *text, size_t bytes)
{
	struct run_events *e = self;
	e->behind.mark(e->behind.self, text, bytes);
}

struct journal_port run_events_port(struct run_events *e)
{
	return (struct journal_port){ e, append, durable, flush, day_end, alive, e->behind.mark ? mark : NULL };
}
