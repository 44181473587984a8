/* Journal rows.  Every row of an airing freezes names, numbers and hashes as they are now (design, section 6). */
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "engine/past.h"
#include "engine/play.h"
#include "engine/remark.h"
#include "engine/skipping.h"
#include "schedule/tz.h"

#include <string.h>

static void add_instant(struct text *t, const char *key, const struct tz *tz, bool known, wall_us at)
{
	char stamp[RFC3339_BYTES];
	if (known)
		tz_rfc3339(tz, at, stamp);
	json_str(t, key, known ? stamp : NULL);
}

uint64_t record_row(struct engine *e, const char *kind, const char *airing, wall_us planned, const char *body)
{
	struct journal_row row = { .wall = e->now,
		.mono = e->mono,
		.clock = e->clock,
		.kind = kind,
		.airing = airing,
		.planned = planned,
		.body = body };
	uint64_t ticket = e->s.journal.append(e->s.journal.self, &row);
	if (engine_trusted(e))
		e->last_trusted_row = e->now;
	return ticket;
}

void record_event(struct engine *e, const char *kind, const char *body)
{
	record_row(e, kind, NULL, (wall_us){ 0 }, body);
	e->s.journal.flush(e->s.journal.self);
}

void record_airing(struct engine *e, const char *kind, const struct airing *a, const char *body)
{
	record_row(e, kind, a->id, a->planned, body);
}

/* ── The airing as `loaxa log --json` shows it: the contract's fields in the contract's order ── */

static const char *const contract[] = { "id", "kind", "from", "planned", "started", "ended", "station", "station_name",
	"zone", "zone_name", "bulletin", "title", "campaign", "directives", "class", "priority", "state", "reason",
	"frames_total", "frames_played", "segments", "lateness_ms", "operator", "uid", "approved_by", "audio_sha256",
	"made_up", "rehearsal", "test" };

static void add_from(struct text *t, const struct airing *a)
{
	if (!a->rule) {
		json_str(t, "from", a->verb);
		return;
	}
	char *from = mem_printf("%s:%s", rule_kind_name(a->rule->kind), a->rule->name);
	json_str(t, "from", from);
	mem_free(from);
}

/* The directives that the campaign carried out on that day: one that counts from a later day is not among them. */
static void add_campaign(struct text *t, const struct airing *a)
{
	const struct station *st = a->station;
	bool any = a->bulletin->campaign >= 0;
	const struct campaign *c = any ? &st->campaigns.at[a->bulletin->campaign] : NULL;
	day_num day = tz_local(st->tz, a->firing).day;
	json_str(t, "campaign", any ? c->name : NULL);
	json_open(t, "directives", '[');
	for (size_t i = 0; any && i < c->directives.n; i++) {
		const struct directive *d = &c->directives.at[i];
		if (d->from == DAY_NONE || d->from <= day)
			json_str(t, NULL, d->number);
	}
	json_close(t, ']');
}

static void add_segments(struct text *t, const struct tz *tz, const struct segment *all, size_t n)
{
	json_open(t, "segments", '[');
	for (size_t i = 0; i < n; i++) {
		json_open(t, NULL, '[');
		json_int(t, NULL, all[i].first);
		json_int(t, NULL, all[i].end);
		add_instant(t, NULL, tz, true, all[i].started);
		json_close(t, ']');
	}
	json_close(t, ']');
}

char *record_sha256(const struct bulletin *b)
{
	struct text all = { 0 };
	for (size_t i = 0; i < b->audio.n; i++)
		text_addf(&all, "%s%s", i ? "," : "", b->audio.at[i].sha256);
	return b->audio.n ? text_take(&all) : NULL;
}

static void add_sha256(struct text *t, const struct bulletin *b)
{
	char *all = record_sha256(b);
	json_str(t, "audio_sha256", all);
	mem_free(all);
}

static void add_what(struct text *t, const struct engine *e, const struct airing *a)
{
	const struct station *st = a->station;
	json_str(t, "id", a->id);
	json_str(t, "kind", airing_kind_name(a->kind));
	add_from(t, a);
	add_instant(t, "planned", st->tz, true, a->planned);
	add_instant(t, "started", st->tz, a->was_on, a->started);
	add_instant(t, "ended", st->tz, a->was_on && a->ended.us, a->ended);
	json_str(t, "station", st->code);
	json_str(t, "station_name", st->name);
	json_str(t, "zone", e->station->zones.at[a->zone].name);
	json_str(t, "zone_name", e->station->zones.at[a->zone].title);
	json_str(t, "bulletin", a->bulletin->name);
	json_str(t, "title", a->bulletin->title);
	add_campaign(t, a);
	json_str(t, "class", class_name(a->bulletin->class));
	json_str(t, "priority", level_name(a->level));
}

static void add_outcome(struct text *t, const struct airing *a)
{
	json_str(t, "state", verdict_state_name(a->state));
	json_str(t, "reason", verdict_reason_name(a->reason));
	json_int(t, "frames_total", a->frames);
	json_int(t, "frames_played", airing_heard(a));
	add_segments(t, a->station->tz, a->segments.at, a->segments.n);
	if (a->was_on)
		json_int(t, "lateness_ms", (a->started.us - a->planned.us) / US_PER_MS);
	else
		json_str(t, "lateness_ms", NULL);
}

static void add_airing(struct text *t, const struct engine *e, const char *key, const struct airing *a)
{
	json_open(t, key, '{');
	add_what(t, e, a);
	add_outcome(t, a);
	json_str(t, "operator", a->by);
	if (a->uid >= 0)
		json_int(t, "uid", a->uid);
	else
		json_str(t, "uid", NULL);
	json_str(t, "approved_by", a->bulletin->approved_by);
	add_sha256(t, a->bulletin);
	json_bool(t, "made_up", a->made_up);
	json_bool(t, "rehearsal", e->s.rehearsal);
	json_bool(t, "test", airing_is_test(a));
	json_close(t, '}');
}

static uint64_t record_whole(struct engine *e, const char *kind, const struct airing *a)
{
	struct text t = { 0 };
	add_airing(&t, e, NULL, a);
	uint64_t ticket = record_row(e, kind, a->id, a->planned, text_str(&t));
	text_free(&t);
	return ticket;
}

void record_intent(struct engine *e, struct airing *a)
{
	if (a->intent_written)
		return;
	a->intent_ticket = record_whole(e, "intent", a);
	a->intent_written = true;
}

void record_verdict(struct engine *e, const struct airing *a)
{
	record_whole(e, "verdict", a);
	e->s.journal.flush(e->s.journal.self);
}

void record_started(struct engine *e, const struct airing *a)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_int(&t, "frame", a->from_frame);
	json_int(&t, "at_us", a->on_since.us);
	json_str(&t, "text_sha256", a->bulletin->text_sha256[0] ? a->bulletin->text_sha256 : NULL);
	json_close(&t, '}');
	record_airing(e, "started", a, text_str(&t));
	text_free(&t);
}

void record_cut(struct engine *e, const struct airing *a)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_int(&t, "frame", a->cut_frame);
	json_int(&t, "at_us", a->ended.us);
	json_str(&t, "reason", verdict_reason_name(a->cut_reason));
	json_int(&t, "frames", a->frames); /* those from `frame` on nobody has heard */
	json_int(&t, "rate", a->rate);
	json_close(&t, '}');
	record_airing(e, "cut", a, text_str(&t));
	text_free(&t);
}

/* One row for all zones: what has been heard so far, should the power fail before the next one. */
void record_progress(struct engine *e)
{
	struct text t = { 0 };
	bool any = false;
	json_open(&t, NULL, '{');
	json_open(&t, "heard", '[');
	for (size_t z = 0; z < e->station->zones.n; z++) {
		const struct airing *a = desk_on_air(e->desk, (int)z);
		if (!a)
			continue;
		any = true;
		json_open(&t, NULL, '[');
		json_str(&t, NULL, a->id);
		json_int(&t, NULL, e->s.sound.position(e->s.sound.self, (int)z, a->token));
		json_close(&t, ']');
	}
	json_close(&t, ']');
	json_close(&t, '}');
	if (any)
		record_event(e, "progress", text_str(&t));
	text_free(&t);
}

/* ── Checkpoints: everything a start needs to know, so that it never reads further back ── */

static void add_zones(struct text *t, struct engine *e)
{
	json_str(t, "station", e->station->code);
	json_str(t, "station_name", e->station->name);
	json_open(t, "zones", '[');
	for (size_t z = 0; z < e->station->zones.n; z++)
		json_str(t, NULL, e->station->zones.at[z].name);
	json_close(t, ']');
	json_open(t, "notes", '[');
	for (size_t z = 0; z < e->station->zones.n; z++) {
		const struct zone_note *n = &e->notes[z];
		json_open(t, NULL, '{');
		json_bool(t, "off", desk_is_off(e->desk, (int)z));
		json_str(t, "off_reason", n->off_reason);
		json_str(t, "off_by", n->off_by);
		json_int(t, "off_since_us", n->off_since.us);
		json_bool(t, "held", desk_is_held(e->desk, (int)z));
		json_str(t, "held_by", n->held_by);
		json_int(t, "held_since_us", n->held_since.us);
		json_close(t, '}');
	}
	json_close(t, ']');
}

static void add_alarms(struct text *t, const struct engine *e)
{
	json_open(t, "alarms", '[');
	for (size_t i = 0; i < e->alarms.n; i++) {
		const struct alarm_run *r = &e->alarms.at[i];
		json_open(t, NULL, '{');
		json_str(t, "rule", r->alarm.station->rules.at[r->alarm.rule].name);
		json_int(t, "commanded_us", r->alarm.commanded.us);
		json_int(t, "from_us", r->alarm.from.us);
		json_int(t, "over_us", r->alarm.over.us);
		json_int(t, "set_back_us", r->alarm.set_back);
		json_int(t, "next_us", r->alarm.next.us);
		json_int(t, "repeat", r->alarm.repeat);
		json_int(t, "given", r->alarm.given);
		json_bool(t, "ended", r->alarm.ended);
		if (r->with)
			stand_in_write(t, "with", r->with);
		json_str(t, "by", r->by);
		json_str(t, "ordered_by", r->ordered_by);
		json_int(t, "uid", r->uid);
		json_close(t, '}');
	}
	json_close(t, ']');
}

static void add_open(struct text *t, const struct engine *e)
{
	json_open(t, "open", '[');
	for (size_t i = 0; e->desk && i < desk_count(e->desk); i++) {
		const struct airing *a = desk_at(e->desk, i);
		if (!a->intent_written)
			continue;
		json_open(t, NULL, '{');
		add_airing(t, e, "airing", a);
		json_int(t, "planned_us", a->planned.us);
		json_int(t, "firing_us", a->firing.us);
		json_int(t, "repeat", a->repeat);
		json_int(t, "place", a->place);
		json_int(t, "started_us", a->was_on ? a->started.us : 0);
		json_bool(t, "on", a->phase == AIR_ON || a->phase == AIR_STOPPING);
		json_int(t, "from_frame", a->from_frame);
		json_int(t, "reached", e->s.sound.position(e->s.sound.self, a->zone, a->token));
		json_int(t, "on_since_us", a->on_since.us);
		json_int(t, "cut_us", a->was_cut ? a->cut_at.us : 0);
		json_int(t, "cut_frame", a->cut_frame);
		json_str(t, "cut_reason", a->was_cut ? verdict_reason_name(a->cut_reason) : NULL);
		json_bool(t, "was_on_at_crash", a->was_on_at_crash);
		json_open(t, "segments_us", '[');
		for (size_t s = 0; s < a->segments.n; s++)
			json_int(t, NULL, a->segments.at[s].started.us);
		json_close(t, ']');
		json_close(t, '}');
	}
	json_close(t, ']');
}

static void add_numbers(struct text *t, const struct engine *e)
{
	json_open(t, "numbers", '[');
	for (size_t i = 0; i < e->numbers.n; i++) {
		json_open(t, NULL, '{');
		json_str(t, "name", e->numbers.at[i].name);
		json_int(t, "high_s", e->numbers.at[i].high_s);
		json_int(t, "next", e->numbers.at[i].next);
		json_close(t, '}');
	}
	json_close(t, ']');
}

static void add_ended_firings(struct text *t, const struct engine *e)
{
	json_open(t, "ended_firings", '[');
	for (size_t i = 0; e->desk && i < desk_ended_count(e->desk); i++) {
		const struct ended_firing *f = desk_ended_at(e->desk, i);
		json_open(t, NULL, '{');
		json_str(t, "rule", f->rule);
		json_int(t, "firing_us", f->firing.us);
		json_str(t, "zone", f->zone < 0 ? NULL : e->station->zones.at[f->zone].name);
		json_close(t, '}');
	}
	json_close(t, ']');
}

void record_checkpoint(struct engine *e, const char *kind)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "boot", e->s.boot_id);
	json_int(&t, "entered_us", e->entered.us);
	json_int(&t, "last_trusted_us", e->last_trusted_row.us);
	json_int(&t, "excused_until", e->excused_until);
	json_str(&t, "schedule_sha256", e->schedule_sha256[0] ? e->schedule_sha256 : NULL);
	if (e->station) {
		json_str(&t, "timezone", e->station->timezone);
		json_bool(&t, "sample", e->station->sample);
		add_zones(&t, e);
	}
	add_alarms(&t, e);
	add_open(&t, e);
	add_numbers(&t, e);
	add_ended_firings(&t, e);
	play_write(&t, e);
	skipping_write(&t, e);
	remark_write(&t, e);
	record_accounted(&t, e);
	json_close(&t, '}');
	record_event(e, kind, text_str(&t));
	text_free(&t);
}

/* Not heard at all: a speaker, or a test, found nobody there; anything else would have aired if the schedule still had it. */
static void add_orphan_state(struct text *t, const char *field, const struct json *what, bool heard, enum reason cut)
{
	const char *from = json_get_str(what, "from");
	bool spoken = from && (!strcmp(from, "speak") || !strcmp(from, "test") || !strcmp(from, "drill"));
	enum state state = heard ? STATE_PARTIAL : spoken ? STATE_MISSED : STATE_SKIPPED;
	enum reason reason = heard ? cut : spoken ? REASON_STATION_OFF : REASON_REPLACED;
	bool is_state = !strcmp(field, "state");
	json_str(t, field, is_state ? verdict_state_name(state) : verdict_reason_name(reason));
}

/* What its intent froze, with the outcome in its places. */
static void add_orphan_field(
	struct text *t, const struct tz *tz, const struct json *what, const char *field, const struct open_airing *o)
{
	bool heard = o->segments.n > 0;
	if (!strcmp(field, "started"))
		add_instant(t, field, tz, heard, o->started);
	else if (!strcmp(field, "ended"))
		add_instant(t, field, tz, heard, o->cut_at);
	else if (!strcmp(field, "state") || !strcmp(field, "reason"))
		add_orphan_state(t, field, what, heard, o->cut_reason);
	else if (!strcmp(field, "frames_played"))
		json_int(t, field, airing_heard_in(o->segments.at, o->segments.n));
	else if (!strcmp(field, "segments"))
		add_segments(t, tz, o->segments.at, o->segments.n);
	else if (!strcmp(field, "lateness_ms") && heard)
		json_int(t, field, (o->started.us - o->planned.us) / US_PER_MS);
	else
		json_add(t, field, json_get(what, field));
}

/* An airing of a schedule that is gone: rule 15, "a reload that removes one". */
void record_orphan(struct engine *e, const struct open_airing *o, bool entered)
{
	struct json *what = json_parse(o->what, strlen(o->what));
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	for (size_t i = 0; entered && i < sizeof contract / sizeof *contract; i++)
		add_orphan_field(&t, e->station->tz, what, contract[i], o);
	json_close(&t, '}');
	record_row(e, entered ? "verdict" : "withdrawn", o->id, o->planned, text_str(&t));
	text_free(&t);
	json_free(&what);
}

void record_accounted(struct text *t, const struct engine *e)
{
	json_open(t, "accounted", '[');
	for (size_t i = 0; i < e->accounted.n; i++)
		json_str(t, NULL, e->accounted.at[i]);
	json_close(t, ']');
}

void record_person(struct text *t, const struct command *c)
{
	json_str(t, "by", c->by);
	if (c->uid >= 0)
		json_int(t, "uid", c->uid);
	if (c->account)
		json_str(t, "account", c->account);
}
