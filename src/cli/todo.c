/* The list itself, and what the running controller says of itself: clock, faults, zones, emergencies. */
#include "cli/todo.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/status-words.h"
#include "report/row.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

void todo_add(struct todos *t, struct todo what)
{
	size_t at = t->list.n;
	vec_push(&t->list, what);
	/* Before everything that can wait. */
	while (what.urgent && at > 0 && !t->list.at[at - 1].urgent) {
		t->list.at[at] = t->list.at[at - 1];
		t->list.at[--at] = what;
	}
}

void todo_free(struct todos *t)
{
	for (size_t i = 0; i < t->list.n; i++) {
		mem_free(t->list.at[i].name);
		mem_free(t->list.at[i].text);
		mem_free(t->list.at[i].act);
	}
	vec_free(&t->list);
}

void todo_when(struct text *out, const struct tz *tz, wall_us now, wall_us at)
{
	char clock[VALUE_BYTES], date[VALUE_BYTES];
	struct local l = tz_local(tz, at);
	day_num today = tz_local(tz, now).day;
	value_print_time(l.ms - l.ms % 1000, clock);
	value_print_date(l.day, date);
	if (l.day == today)
		text_add(out, clock);
	else if (l.day == today + 1)
		text_addf(out, _("%s tomorrow"), clock);
	else if (l.day == today - 1)
		text_addf(out, _("%s yesterday"), clock);
	else
		text_addf(out, _("%s on %s"), clock, date);
}

/* The instant a field of the status names; .us = 0 when it names none. */
static wall_us instant(const struct json *j, const char *key)
{
	wall_us at = { 0 };
	const char *s = json_get_str(j, key);
	return s && report_instant(s, &at, NULL) ? at : (wall_us){ 0 };
}

/* ", since 05:40 yesterday" */
static void add_since(struct text *t, const struct todo_facts *f, wall_us since)
{
	if (!since.us || !f->station)
		return;
	struct text when = { 0 };
	/* Whole minutes: seconds help nobody there. */
	since.us -= since.us % (60 * US_PER_S);
	todo_when(&when, f->station->tz, f->now, since);
	text_addf(t, _(" since %s"), text_str(&when));
	text_free(&when);
}

static void clock_todo(const struct todo_facts *f, struct todos *out)
{
	if (strcmp(status_str(f->status, "clock"), "distrusted"))
		return;
	todo_add(out, (struct todo){ .code = "clock",
			      .urgent = true,
			      .text = mem_dup(_("SCHEDULE HELD: the clock is not trusted; emergencies and manual plays "
						"still work")),
			      .act = mem_dup(_("set the clock; if it is right: loaxa clock confirm")) });
}

static void controller_todo(const struct todo_facts *f, struct todos *out)
{
	struct text t = { 0 };
	if (f->status)
		return;
	if (f->silent) {
		todo_add(out, (struct todo){ .code = "no-answer", .urgent = true, .text = mem_dup(f->silent) });
		return;
	}
	text_add(&t, _("THE STATION IS NOT RUNNING"));
	add_since(&t, f, f->last_alive);
	text_add(&t, _(": nothing is aired, no emergency can be ordered"));
	todo_add(out, (struct todo){ .code = "not-running",
			      .urgent = true,
			      .at = f->last_alive,
			      .text = text_take(&t),
			      .act = mem_dup(_("start it: systemctl start loaxa (by hand: loaxa run)")) });
}

static void fault_todo(const struct todo_facts *f, const struct json *fault, struct todos *out)
{
	struct text t = { 0 };
	status_fault(&t, fault, status_str(f->status, "now"));
	if (t.n)
		todo_add(out, (struct todo){ .code = "fault",
				      .urgent = true,
				      .at = instant(fault, "since"),
				      .name = mem_dup(json_get_str(fault, "code")),
				      .text = text_take(&t) });
	text_free(&t);
}

static void faults(const struct todo_facts *f, struct todos *out)
{
	const struct json *list = json_get(f->status, "faults");
	for (size_t i = 0; i < json_count(list); i++)
		fault_todo(f, json_at(list, i), out);
}

/* A zone that the schedule itself leaves off waits for nobody. */
static bool off_by_schedule(const struct todo_facts *f, const char *zone)
{
	int z = f->station ? station_zone(f->station, zone) : -1;
	return z >= 0 && !f->station->zones.at[z].on;
}

static void zone_off(const struct todo_facts *f, const struct json *z, struct todos *out)
{
	struct text t = { 0 };
	const char *reason = json_get_str(z, "off"), *zone = status_str(z, "zone");
	if (!reason || (!*reason && off_by_schedule(f, zone)))
		return;
	wall_us since = instant(z, "off_since");
	text_addf(&t, _("Zone %s is OFF"), zone);
	add_since(&t, f, since);
	text_addf(&t, "%s%s", *reason ? ": " : "", reason);
	if (*status_str(z, "off_by"))
		text_addf(&t, " (%s)", status_str(z, "off_by"));
	todo_add(out, (struct todo){ .code = "zone-off",
			      .at = since,
			      .name = mem_dup(zone),
			      .text = text_take(&t),
			      .act = mem_printf(_("once it is mended: loaxa on %s"), zone) });
}

/* All held zones in one line: `silence` holds them all, and `release all` lets them all go. */
static void zones_held(const struct todo_facts *f, struct todos *out)
{
	const struct json *zones = json_get(f->status, "zones");
	struct text names = { 0 }, t = { 0 };
	size_t n = 0;
	wall_us since = { 0 };
	const char *by = "";
	for (size_t i = 0; i < json_count(zones); i++) {
		const struct json *z = json_at(zones, i);
		if (!json_get_bool(z, "held"))
			continue;
		wall_us at = instant(z, "held_since");
		since = !n || (at.us && at.us < since.us) ? at : since;
		by = *by ? by : status_str(z, "held_by");
		text_addf(&names, "%s%s", n++ ? " " : "", status_str(z, "zone"));
	}
	if (n && n == json_count(zones))
		text_add(&t, _("ALL zones are HELD"));
	else if (n)
		text_addf(&t, ngettext("Zone %s is HELD", "Zones %s are HELD", n), text_str(&names));
	if (n) {
		add_since(&t, f, since);
		text_addf(&t, *by ? " (%s)" : "%s", by);
		text_add(&t, _(": only emergencies are aired there"));
		todo_add(out, (struct todo){ .code = "zone-held",
				      .urgent = true,
				      .at = since,
				      .name = mem_dup(text_str(&names)),
				      .text = text_take(&t),
				      .act = mem_printf("loaxa release %s",
					      n == json_count(zones) ? "all" : text_str(&names)) });
	}
	text_free(&t);
	text_free(&names);
}

static void zones(const struct todo_facts *f, struct todos *out)
{
	const struct json *list = json_get(f->status, "zones");
	zones_held(f, out);
	for (size_t i = 0; i < json_count(list); i++)
		zone_off(f, json_at(list, i), out);
}

static void emergency(const struct todo_facts *f, const struct json *e, struct todos *out)
{
	enum { SOON_S = 3 * 86400 };
	wall_us until = instant(e, "until");
	const char *rule = status_str(e, "rule");
	if (!until.us || !f->station || until.us - f->now.us > SOON_S * US_PER_S)
		return;
	struct text t = { 0 };
	text_addf(&t, _("Emergency \"%s\" ends by itself at "), rule);
	todo_when(&t, f->station->tz, f->now, (wall_us){ until.us - until.us % (60 * US_PER_S) });
	todo_add(out, (struct todo){ .code = "emergency-ending",
			      .at = until,
			      .name = mem_dup(rule),
			      .text = text_take(&t),
			      .act = mem_printf(_("still dangerous: loaxa extend %s\nover: loaxa cancel %s"), rule,
				      rule) });
}

static void emergencies(const struct todo_facts *f, struct todos *out)
{
	const struct json *list = json_get(f->status, "emergencies");
	for (size_t i = 0; i < json_count(list); i++)
		emergency(f, json_at(list, i), out);
}

static void schedule(const struct todo_facts *f, struct todos *out)
{
	const char *dir = f->dir ? f->dir : "";
	bool hidden = !f->status && f->silent; /* who may not ask may most often not look either */
	if (f->status ? !json_get_bool(f->status, "schedule") : !f->station && !hidden)
		todo_add(out, (struct todo){ .code = "no-schedule",
				      .urgent = true,
				      .text = mem_dup(_("NO SCHEDULE is accepted: nothing is planned")),
				      .act = f->dir ? mem_printf("loaxa check %s\nloaxa reload %s", dir, dir)
						    : mem_dup(_("make a station: loaxa init")) });
	else if (f->differs && f->errors)
		todo_add(out, (struct todo){ .code = "not-applied",
				      .text = mem_printf(
					      ngettext("Changes in %s are NOT applied and have %zu error; the schedule "
						       "that runs is untouched",
						      "Changes in %s are NOT applied and have %zu errors; the schedule "
						      "that runs is untouched",
						      f->errors),
					      dir, f->errors),
				      .act = mem_printf("loaxa check %s", dir) });
	else if (f->differs)
		todo_add(out, (struct todo){ .code = "not-applied",
				      .text = mem_printf(
					      _("Changes in %s are NOT applied: the schedule of before still runs"), dir),
				      .act = mem_dup(_("look and apply: loaxa reload")) });
}

static void recordings(const struct todo_facts *f, struct todos *out)
{
	if (f->changed)
		todo_add(out, (struct todo){ .code = "not-applied",
				      .name = mem_dup(f->changed),
				      .text = mem_printf(_("New recordings are NOT applied: %s; those of before are aired"),
					      f->changed),
				      .act = mem_dup(_("look and apply: loaxa reload")) });
}

void todo_find(const struct todo_facts *f, struct todos *out)
{
	clock_todo(f, out);
	controller_todo(f, out);
	faults(f, out);
	schedule(f, out);
	recordings(f, out);
	if (f->station)
		todo_plan(f, out);
	zones(f, out);
	emergencies(f, out);
	if (f->station)
		todo_times(f, out);
}
