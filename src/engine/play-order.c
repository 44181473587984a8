/* What people say of plays by hand: `play`, now or --at, and taking back what was ordered.  The orders themselves: play.c */
#include "engine/play.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

/* What lies further ahead, or comes more often, belongs in the schedule files, where it is checked. */
#define ORDERS_MAX 32
#define AHEAD_DAYS 31
#define AHEAD_US (INT64_C(86400) * AHEAD_DAYS * US_PER_S)
#define EVERY_LEAST_MS (INT64_C(60) * 1000)

/* ── Times ── */

/* "16h45" is today's; "14/7/2021 16h45" and "2021-07-14T16:45" any day's. */
static bool read_instant(const struct engine *e, const char *s, wall_us *out)
{
	tod_ms ms;
	char copy[64];
	if (value_time(s, &ms)) {
		*out = tz_instant(e->station->tz, tz_local(e->station->tz, e->now).day, ms);
		return true;
	}
	if (strlen(s) >= sizeof copy)
		return false;
	snprintf(copy, sizeof copy, "%s", s);
	char *blank = strchr(copy, ' ');
	if (blank && strchr(copy, '/'))
		*blank = 'T';
	return value_instant(copy, e->station->tz, out);
}

static bool may_repeat(const struct command *c, const struct bulletin *b, struct err *err)
{
	int times = c->times ? c->times : 1;
	int64_t longest = bulletin_ms(b);
	if (times < 1 || times > PLAY_TIMES_MAX)
		return err_set(err, _("--times is a whole number from 1 to %d"), PLAY_TIMES_MAX);
	if (times > 1 && !c->every_ms)
		return err_set(err, _("%d times, but how far apart? — say e.g. --every 30m"), times);
	if (times == 1 && c->every_ms)
		return err_set(err, _("how many times every so often? — say e.g. --times 3"));
	if (times > 1 && (c->every_ms < EVERY_LEAST_MS || c->every_ms <= longest))
		return err_set(err,
			_("\"%s\" lasts %d:%02d, the next time must come after its end and no sooner than a minute "
			  "after its start — say a longer --every"),
			b->title, (int)(longest / 60000), (int)(longest / 1000 % 60));
	return true;
}

static bool may_order(const struct engine *e, const struct command *c, wall_us first, struct err *err)
{
	int times = c->times ? c->times : 1;
	char now[VALUE_BYTES], date[VALUE_BYTES];
	struct local l = tz_local(e->station->tz, e->now);
	value_print_time(l.ms / 60000 * 60000, now);
	value_print_iso_date(l.day + 1, date);
	if (!engine_trusted(e))
		return err_set(err, _("the clock is not trusted, so nobody knows when \"%s\" is — loaxa clock confirm"),
			c->at);
	if (first.us <= e->now.us)
		return err_set(err, _("%s has passed, it is %s — for tomorrow say the day too: --at %sT%s"), c->at, now,
			date, "16:45");
	if (first.us + (times - 1) * c->every_ms * US_PER_MS > e->now.us + AHEAD_US)
		return err_set(err,
			_("that is more than %d days ahead — what lies so far ahead belongs in the schedule files, "
			  "as a repeat"),
			AHEAD_DAYS);
	if (e->orders.n == ORDERS_MAX)
		return err_set(err, _("%d orders wait already — take one back: loaxa cancel play-%d"), ORDERS_MAX,
			e->orders.at[0].number);
	return true;
}

/* "16:45", with its day when that is not today, behind those that stand there already. */
static void add_instant(struct text *t, const struct engine *e, wall_us at)
{
	struct local l = tz_local(e->station->tz, at);
	char clock[VALUE_BYTES], date[VALUE_BYTES];
	value_print_time(l.ms, clock);
	value_print_date(l.day, date);
	text_addf(t, "%s %s", t->n ? "," : "", clock);
	if (l.day != tz_local(e->station->tz, e->now).day)
		text_addf(t, " (%s)", date);
}

static size_t quiet_zones(const struct engine *e, const struct play_order *o, wall_us at)
{
	size_t n = 0;
	for (size_t i = 0; i < o->zones.n; i++)
		n += guard_at(e->station, GUARD_REFUSE, station_zone(e->station, o->zones.at[i]), at);
	return n;
}

/* What would keep it from the air, as far as it is known now: people hear of it while they can still do something. */
static void foretell(const struct engine *e, const struct bulletin *b, const struct play_order *o, struct text *t)
{
	int bulletin = (int)(b - e->station->bulletins.at);
	struct text quiet = { 0 }, closed = { 0 };
	size_t most = 0;
	for (int k = 0; k < o->times; k++) {
		wall_us at = play_instant(o, k);
		size_t zones = quiet_zones(e, o, at);
		most = zones > most ? zones : most;
		if (zones)
			add_instant(&quiet, e, at);
		if (!bulletin_open(e->station, bulletin, tz_local(e->station->tz, at).day))
			add_instant(&closed, e, at);
	}
	if (quiet.n)
		text_addf(t, _("\nWill NOT air in %zu zones at%s: quiet hours."), most, text_str(&quiet));
	if (closed.n)
		text_addf(t, _("\nWill NOT air at%s: outside its dates."), text_str(&closed));
	if (e->station->approval && !b->approved_by)
		text_addf(t, _("\nWill NOT air: not approved — loaxa approve %s --by \"name, office\"."), b->name);
	text_free(&quiet);
	text_free(&closed);
}

static void say_order(const struct engine *e, const struct bulletin *b, const struct play_order *o, struct err *out)
{
	struct text t = { 0 }, at = { 0 };
	for (int k = 0; k < o->times; k++)
		add_instant(&at, e, play_instant(o, k));
	text_addf(&t, _("Ordered: \"%s\" in %zu zones at%s — to take it back: loaxa cancel play-%d"), b->title, o->zones.n,
		text_str(&at), o->number);
	foretell(e, b, o, &t);
	err_set(out, "%s", text_str(&t));
	text_free(&t);
	text_free(&at);
}

/* ── Made up ── */

enum part { PART_STATION, PART_RULE, PART_FIRING, PART_BULLETIN, PART_ZONE, PARTS };

/* "22363/sang/20210714T053000+0700/3.bz-vi-sao/cum-1" into its parts, the zone perhaps missing.  false: no such thing. */
static bool split_id(const char *id, char part[PARTS][NAME_BYTES])
{
	for (int p = 0; p < PARTS; p++) {
		size_t n = strcspn(id, "/");
		if (!n || n >= NAME_BYTES)
			return false;
		memcpy(part[p], id, n);
		part[p][n] = '\0';
		id += n;
		if (!*id)
			return p >= PART_BULLETIN;
		id++;
	}
	return false; /* too many */
}

/* "3.bz-vi-sao" or "2.1.bao": numbers and dots before the name. */
static bool is_of_bulletin(const char *part, const char *name)
{
	size_t n = strlen(part), tail = strlen(name);
	return n > tail + 1 && !strcmp(part + n - tail, name) && part[n - tail - 1] == '.' &&
	       strspn(part, "0123456789.") >= n - tail;
}

static bool makes_up(const struct engine *e, const struct command *c, zone_set *zones, struct err *err)
{
	char part[PARTS][NAME_BYTES] = { "" }, now[RFC3339_BYTES];
	if (!split_id(c->makes_up, part) || strcmp(part[PART_STATION], e->station->code))
		return err_set(err, _("\"%s\" is no airing of this station — airings and their ids: loaxa log --json"),
			c->makes_up);
	if (!is_of_bulletin(part[PART_BULLETIN], c->name))
		return err_set(err, _("that airing is not one of \"%s\" — only the same bulletin makes it up"), c->name);
	tz_compact(e->station->tz, e->now, now);
	if (strcmp(part[PART_FIRING], now) > 0)
		return err_set(err, _("that airing is still to come — only what was not aired is made up"));
	if (!part[PART_ZONE][0] || c->zones)
		return true;
	int z = station_zone(e->station, part[PART_ZONE]);
	if (z < 0)
		return err_set(err, _("there is no zone \"%.*s\" — see the names with: loaxa status"), NAME_BYTES,
			part[PART_ZONE]);
	*zones = (zone_set)1 << z;
	return true;
}

/* ── Commands ── */

static bool order(struct engine *e, const struct command *c, int bulletin, zone_set zones, struct err *err)
{
	const struct bulletin *b = &e->station->bulletins.at[bulletin];
	wall_us first;
	if (!read_instant(e, c->at, &first))
		return err_set(err, _("\"%s\" is no time — say --at 16h45, or --at 2021-07-14T16:45"), c->at);
	if (!may_repeat(c, b, err) || !may_order(e, c, first, err))
		return false;
	struct play_order o = { .bulletin = mem_dup(c->name),
		.level = c->level,
		.first = first,
		.every_us = c->every_ms * US_PER_MS,
		.times = c->times ? c->times : 1,
		.makes_up = mem_dup(c->makes_up),
		.by = mem_dup(c->by),
		.uid = c->uid };
	for (size_t z = 0; z < e->station->zones.n; z++)
		if (zones >> z & 1)
			vec_push(&o.zones, mem_dup(e->station->zones.at[z].name));
	o.number = engine_number(e, "play", 1, 0);
	play_add(e, &o);
	say_order(e, b, &o, err);
	return true;
}

static void now(struct engine *e, const struct command *c, int bulletin, zone_set zones)
{
	int n = engine_number(e, "play", 1, 0);
	engine_record_numbered(e, "play", c, zones, n);
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		enum level level = c->level < LEVEL_COUNT ? c->level : e->station->bulletins.at[bulletin].level;
		struct airing *a = airing_new_manual(e->station, bulletin, z, level, e->now, n);
		a->by = mem_dup(c->by);
		a->uid = c->uid;
		a->made_up = c->makes_up != NULL;
		desk_add(e->desk, a);
	}
}

bool play_command(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	int b = station_bulletin(e->station, c->name);
	if (b < 0)
		return err_set(err, _("there is no bulletin \"%s\" — see: loaxa check"), c->name);
	if (c->level == LEVEL_EMERGENCY)
		return err_set(err, _("a bulletin becomes an emergency only through: loaxa emergency NAME"));
	if (c->makes_up && !makes_up(e, c, &zones, err))
		return false;
	if (!c->at && (c->times || c->every_ms))
		return err_set(err, _("--times and --every go with --at: when is the first time?"));
	if (c->at)
		return order(e, c, b, zones, err);
	now(e, c, b, zones);
	return true;
}

/* "play-7" -> 7; -1: no such thing. */
static int number_of(const char *name)
{
	int64_t n;
	return !strncmp(name, "play-", 5) && value_number(name + 5, 1, INT32_MAX, &n) ? (int)n : -1;
}

bool play_cancel(struct engine *e, const struct command *c)
{
	int number = number_of(c->name);
	for (size_t i = 0; i < e->orders.n; i++) {
		if (e->orders.at[i].number != number)
			continue;
		play_record_end(e, &e->orders.at[i], c, NULL);
		desk_cancel_timed(e->desk, number);
		play_remove(e, i);
		return true;
	}
	return false;
}

/* ── Status ── */

#define INSTANTS_SHOWN 8

static void add_instants(struct text *t, const struct engine *e, const struct play_order *o)
{
	json_open(t, "at", '[');
	for (int k = 0, shown = 0; k < o->times && shown < INSTANTS_SHOWN; k++) {
		char stamp[RFC3339_BYTES];
		if (play_instant(o, k).us <= e->now.us)
			continue;
		tz_rfc3339(e->station->tz, play_instant(o, k), stamp);
		json_str(t, NULL, stamp);
		shown++;
	}
	json_close(t, ']');
}

void play_status(const struct engine *e, struct text *t)
{
	json_open(t, "orders", '[');
	for (size_t i = 0; i < e->orders.n; i++) {
		const struct play_order *o = &e->orders.at[i];
		if (play_instant(o, o->times - 1).us <= e->now.us)
			continue; /* its last one waits, or is on air: shown there */
		int b = station_bulletin(e->station, o->bulletin);
		char *name = mem_printf("play-%d", o->number);
		json_open(t, NULL, '{');
		json_str(t, "order", name);
		json_str(t, "bulletin", o->bulletin);
		json_str(t, "title", b < 0 ? o->bulletin : e->station->bulletins.at[b].title);
		json_open(t, "zones", '[');
		for (size_t z = 0; z < o->zones.n; z++)
			json_str(t, NULL, o->zones.at[z]);
		json_close(t, ']');
		add_instants(t, e, o);
		json_str(t, "makes_up", o->makes_up);
		json_str(t, "by", o->by);
		json_close(t, '}');
		mem_free(name);
	}
	json_close(t, ']');
}
