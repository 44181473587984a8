/* When nothing could be heard: of each zone, as rows have it switched off, held, or without its device; of the station, its
 * absences, what no row tells of, and days of a clock that was not believed.  Each from a row to a row, clipped to the
 * report's days; what lasts ends with them, or now. */
#include "report/build-inside.h"

#include "airing/absence.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/text.h"
#include "report/words.h"

#include <stdlib.h>
#include <string.h>

enum cause { CAUSE_OFF, CAUSE_HELD, CAUSE_LOST, CAUSES };

struct silence {
	bool is;
	wall_us since;
	char *why;
};

struct tracked {
	const char *name; /* of the report's zone */
	struct silence silence[CAUSES];
};

struct tracking {
	struct build *b;
	struct tracked *zones; /* as many as the report has */
	wall_us end;           /* of the report, or now */
};

/* ── Intervals ── */

/* Takes why.  What lies outside the report's days is not its business. */
static bool clip(const struct tracking *t, struct report_off *o)
{
	o->from = o->from.us > t->b->from.us ? o->from : t->b->from;
	o->to = o->to.us < t->end.us ? o->to : t->end;
	if (o->from.us < o->to.us)
		return true;
	mem_free(o->why);
	return false;
}

static void begin(struct silence *s, wall_us since, char *why)
{
	if (s->is) {
		mem_free(why);
		return; /* said again, it is so since the first time */
	}
	*s = (struct silence){ true, since, why };
}

static void end(struct tracking *t, size_t zone, enum cause cause, wall_us at)
{
	struct silence *s = &t->zones[zone].silence[cause];
	struct report_off o = { s->since, at, s->why };
	if (s->is && clip(t, &o))
		vec_push(&t->b->out->zones.at[zone].off, o);
	*s = (struct silence){ 0 };
}

static void set(struct tracking *t, size_t zone, enum cause cause, bool is, wall_us at, char *why)
{
	if (is) {
		begin(&t->zones[zone].silence[cause], at, why);
		return;
	}
	end(t, zone, cause, at);
	mem_free(why);
}

static size_t zone_named(const struct tracking *t, const char *name)
{
	size_t i = 0;
	while (name && i < t->b->out->zones.n && strcmp(t->zones[i].name, name) != 0)
		i++;
	return name ? i : t->b->out->zones.n;
}

/* ── Why ── */

static char *why_off(const char *reason, const char *by)
{
	const char *what = reason && *reason ? reason : _("switched off");
	return by && *by ? mem_printf("%s (%s)", what, by) : mem_printf("%s (%s)", what, _("by the schedule"));
}

static char *why_held(const char *by)
{
	return by && *by ? mem_printf(_("held (%s)"), by) : mem_dup(_("held"));
}

/* ── Rows ── */

/* How each zone is, as a checkpoint has it. */
static void read_notes(struct tracking *t, const struct report_event *e, const struct json *body)
{
	const struct json *zones = json_get(body, "zones"), *notes = json_get(body, "notes");
	bool start = !strcmp(e->kind, "start");
	for (size_t i = 0; i < json_count(notes); i++) {
		size_t zone = zone_named(t, json_as_str(json_at(zones, i)));
		const struct json *n = json_at(notes, i);
		if (zone == t->b->out->zones.n)
			continue;
		wall_us off = { json_get_int(n, "off_since_us", 0) }, held = { json_get_int(n, "held_since_us", 0) };
		const char *by = json_get_str(n, "off_by");
		set(t, zone, CAUSE_OFF, json_get_bool(n, "off"), off.us && json_get_bool(n, "off") ? off : e->wall,
			why_off(json_get_str(n, "off_reason"), by));
		set(t, zone, CAUSE_HELD, json_get_bool(n, "held"), held.us && json_get_bool(n, "held") ? held : e->wall,
			why_held(json_get_str(n, "held_by")));
		if (start) /* the absence is told by itself; whether the device is there, the next row about it says */
			end(t, zone, CAUSE_LOST, e->wall);
	}
}

static void read_order(struct tracking *t, const struct report_event *e, const struct json *body)
{
	const struct json *zones = json_get(body, "zones");
	bool off = !strcmp(e->kind, "off"), held = !strcmp(e->kind, "hold");
	enum cause cause = off || !strcmp(e->kind, "on") ? CAUSE_OFF : CAUSE_HELD;
	for (size_t i = 0; i < json_count(zones); i++) {
		size_t zone = zone_named(t, json_as_str(json_at(zones, i)));
		if (zone < t->b->out->zones.n)
			set(t, zone, cause, off || held, e->wall,
				off ? why_off(json_get_str(body, "reason"), json_get_str(body, "by"))
				    : why_held(json_get_str(body, "by")));
	}
}

static bool hangs_on(const struct tracking *t, const struct report_event *e, const char *zone, const char *output)
{
	const struct station *s = report_build_station_at(t->b, e->wall);
	int z = station_zone(s, zone);
	return z >= 0 && output && !strcmp(s->outputs.at[s->zones.at[z].output].name, output);
}

static bool among(const struct json *zones, const char *name)
{
	for (size_t i = 0; i < json_count(zones); i++)
		if (json_as_str(json_at(zones, i)) && !strcmp(json_as_str(json_at(zones, i)), name))
			return true;
	return false;
}

/* Rows of older versions name the output alone. */
static void read_device(struct tracking *t, const struct report_event *e, const struct json *body)
{
	const char *what = json_get_str(body, "what"), *output = json_get_str(body, "output");
	const struct json *zones = json_get(body, "zones");
	bool lost = what && !strcmp(what, "lost");
	if (!what || (!lost && strcmp(what, "back") != 0))
		return;
	for (size_t z = 0; z < t->b->out->zones.n; z++) {
		const char *name = t->zones[z].name;
		if (zones ? among(zones, name) : hangs_on(t, e, name, output))
			set(t, z, CAUSE_LOST, lost, e->wall, mem_printf(_("device \"%s\" gone"), output ? output : ""));
	}
}

/* A zone that the next schedule does not have is not off: it is no more. */
static void read_reload(struct tracking *t, const struct report_event *e, const struct json *body)
{
	const struct json *zones = json_get(body, "zones");
	for (size_t z = 0; zones && z < t->b->out->zones.n; z++)
		for (int c = 0; c < CAUSES && !among(zones, t->zones[z].name); c++)
			end(t, z, (enum cause)c, e->wall);
}

static void add_station_off(struct tracking *t, wall_us from, wall_us to, const char *why)
{
	struct report_off o = { from, to, mem_dup(why) };
	if (clip(t, &o))
		vec_push(&t->b->out->station_off, o);
}

static void read_absence(struct tracking *t, const struct report_event *e, const struct json *body)
{
	(void)e;
	add_station_off(t, (wall_us){ json_get_int(body, "from_us", 0) }, (wall_us){ json_get_int(body, "to_us", 0) },
		words_code(json_get_str(body, "reason")));
}

static const struct {
	const char *kind;
	void (*read)(struct tracking *, const struct report_event *, const struct json *);
} kinds[] = {
	{ "start", read_notes },
	{ "day", read_notes },
	{ "stop", read_notes },
	{ "off", read_order },
	{ "on", read_order },
	{ "hold", read_order },
	{ "release", read_order },
	{ "device", read_device },
	{ "reload", read_reload },
	{ "rollback", read_reload },
	{ "absence", read_absence },
};

static void read_event(struct tracking *t, const struct report_event *e)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		struct json *body = strcmp(e->kind, kinds[i].kind) ? NULL : json_parse(e->body, strlen(e->body));
		if (body) {
			kinds[i].read(t, e, body);
			json_free(&body);
		}
	}
}

/* ── Sums ── */

static int by_begin(const void *va, const void *vb)
{
	const struct report_off *a = va, *b = vb;
	if (a->from.us != b->from.us)
		return a->from.us < b->from.us ? -1 : 1;
	return (a->to.us > b->to.us) - (a->to.us < b->to.us);
}

/* Two causes at once are one silence. */
static void sum_up(struct report_zone *z)
{
	int64_t until = INT64_MIN;
	if (z->off.n)
		qsort(z->off.at, z->off.n, sizeof *z->off.at, by_begin);
	z->off_ms = 0;
	for (size_t i = 0; i < z->off.n; i++) {
		const struct report_off *o = &z->off.at[i];
		int64_t from = o->from.us > until ? o->from.us : until;
		z->off_ms += o->to.us > from ? (o->to.us - from) / US_PER_MS : 0;
		until = o->to.us > until ? o->to.us : until;
	}
}

/* Before its first row and after its last sign of life nobody can say that the station was on. */
static void add_unknown(struct tracking *t)
{
	const struct report_events *events = t->b->in->events;
	wall_us first = events->list.n ? events->list.at[0].wall : t->end, known = t->b->in->known;
	if (t->b->in->log->rows.n && t->b->in->log->rows.at[0].planned.us < first.us)
		first = t->b->in->log->rows.at[0].planned;
	add_station_off(t, t->b->from, first, _("nothing on record yet"));
	if (known.us && t->end.us - known.us >= ABSENCE_LATENESS)
		add_station_off(t, known, t->end, _("no sign of life since"));
}

void report_build_off(struct build *b)
{
	struct report *r = b->out;
	struct tracking t = { .b = b, .zones = mem_new_n(struct tracked, r->zones.n + 1) };
	t.end = b->in->made.us < b->to.us ? b->in->made : b->to;
	for (size_t z = 0; z < r->zones.n; z++)
		t.zones[z] = (struct tracked){ .name = r->zones.at[z].name };
	for (size_t i = 0; i < b->in->events->list.n; i++)
		read_event(&t, &b->in->events->list.at[i]);
	for (size_t z = 0; z < r->zones.n; z++) {
		for (int c = 0; c < CAUSES; c++)
			end(&t, z, (enum cause)c, t.end);
		sum_up(&r->zones.at[z]);
	}
	add_unknown(&t);
	if (r->station_off.n)
		qsort(r->station_off.at, r->station_off.n, sizeof *r->station_off.at, by_begin);
	mem_free(t.zones);
}
