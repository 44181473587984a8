/* Stations for tests, written as people write them:  build_session(s, "sang", "5h30", "6h30",
 * "a,vov@6h00,z"). Zones and bulletins first, then the rules that name them. */
#ifndef LOAXA_TESTS_SCHEDULE_BUILD_H
#define LOAXA_TESTS_SCHEDULE_BUILD_H

#include "base/text.h"
#include "schedule/plan.h"
#include "schedule/station.h"
#include "schedule/tz.h"
#include "schedule/values.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>

#define BUILD_ALL_DAYS ((day_span){ DAY_MIN, DAY_MAX })
#define BUILD_MAX_LATE 600000

static inline const struct tz *build_tz(const char *name)
{
	static char bytes[1 << 16];
	char path[256];
	snprintf(path, sizeof path, "/usr/share/zoneinfo/%s", name);
	FILE *f = fopen(path, "rb");
	ck_assert_msg(f != NULL, "%s", path);
	size_t n = fread(bytes, 1, sizeof bytes, f);
	fclose(f);
	const struct tz *tz = tz_new(bytes, n);
	ck_assert_ptr_nonnull(tz);
	return tz;
}

/* One output, zones "cum-1" … */
static inline struct station *build_station(const char *timezone, int zones)
{
	struct station *s = station_new();
	s->code = mem_dup("22363");
	s->name = mem_dup("Đài thử");
	s->timezone = mem_dup(timezone);
	s->language = mem_dup("vi");
	s->tz = build_tz(timezone);
	vec_push(&s->outputs, (struct output){ .name = mem_dup("ampli"),
	                              .sink = mem_dup("dry-run"),
	                              .rate = 48000,
	                              .channels = zones });
	for (int i = 0; i < zones; i++)
		vec_push(&s->zones, (struct zone){ .name = mem_printf("cum-%d", i + 1),
		                            .title = mem_printf("Cụm loa %d", i + 1),
		                            .channel = i + 1,
		                            .volume = 100,
		                            .on = true });
	return s;
}

static inline struct bulletin *build_bulletin(
        struct station *s, const char *name, int64_t ms, enum bulletin_class class)
{
	struct bulletin b = { .name = mem_dup(name),
		.title = mem_dup(name),
		.campaign = -1,
		.class = class,
		.level = LEVEL_NORMAL,
		.language = mem_dup("vi"),
		.days = BUILD_ALL_DAYS,
		.has_until = true,
		.order = 100,
		.resume_within_ms = 300000,
		.approved_on = DAY_NONE };
	b.place = (struct place){ "test.conf", 100 + (int)s->bulletins.n };
	if (class == CLASS_RELAY)
		b.relay = (struct relay){ .source = mem_dup("alsa:hw:1"), .ms = ms, .instead = -1 };
	else
		vec_push(&b.audio, (struct recording){ .file = mem_printf("%s.opus", name),
		                           .state = RECORDING_READY,
		                           .ms = ms,
		                           .frames = { ms * 48 } });
	vec_push(&s->bulletins, b);
	return &s->bulletins.at[s->bulletins.n - 1];
}

static inline tod_ms build_time(const char *text)
{
	tod_ms t = 0;
	ck_assert_msg(value_time(text, &t), "%s", text);
	return t;
}

static inline day_num build_day(const char *text)
{
	day_num d = 0;
	ck_assert_msg(value_date(text, &d), "%s", text);
	return d;
}

static inline wall_us build_instant(const struct station *s, const char *text)
{
	wall_us at = { 0 };
	ck_assert_msg(value_instant(text, s->tz, &at), "%s", text);
	return at;
}

/* Calls one(self, part) for each part between commas. */
static inline void build_each(const char *list, void (*one)(void *self, char *part), void *self)
{
	char *copy = mem_dup(list), *save = NULL;
	for (char *part = strtok_r(copy, ",", &save); part; part = strtok_r(NULL, ",", &save))
		one(self, part);
	mem_free(copy);
}

struct build_rule {
	struct station *s;
	struct rule *r;
};

static inline void build_play(void *self, char *part)
{
	struct build_rule *b = self;
	char *anchor = strchr(part, '@');
	struct list_item item = { .anchor = -1, .place = b->r->place };
	if (anchor) {
		*anchor = '\0';
		item.anchor = build_time(anchor + 1);
	}
	item.bulletin = station_bulletin(b->s, part);
	ck_assert_msg(item.bulletin >= 0, "no bulletin %s", part);
	vec_push(&b->r->play, item);
}

static inline struct rule *build_rule(
        struct station *s, enum rule_kind kind, const char *name, const char *play)
{
	vec_push(&s->rules, (struct rule){ .kind = kind,
	                            .name = mem_dup(name),
	                            .weekdays = 0x7F,
	                            .days = BUILD_ALL_DAYS,
	                            .zones = station_all_zones(s),
	                            .volume = 100,
	                            .max_late_ms = kind == RULE_SESSION ? -1 : BUILD_MAX_LATE,
	                            .all_clear = -1 });
	struct rule *r = &s->rules.at[s->rules.n - 1];
	r->place = (struct place){ "test.conf", 200 + (int)s->rules.n };
	build_each(play, build_play, &(struct build_rule){ s, r });
	return r;
}

static inline struct rule *build_session(
        struct station *s, const char *name, const char *start, const char *end, const char *play)
{
	struct rule *r = build_rule(s, RULE_SESSION, name, play);
	r->start = build_time(start);
	r->end = build_time(end);
	return r;
}

static inline void build_at_one(void *self, char *part)
{
	struct rule *r = self;
	vec_push(&r->at, build_time(part));
}

static inline void build_window_one(void *self, char *part)
{
	struct rule *r = self;
	struct window w;
	ck_assert_msg(value_window(part, &w), "%s", part);
	vec_push(&r->within, w);
}

static inline struct rule *build_at(struct station *s, const char *name, const char *at, const char *play)
{
	struct rule *r = build_rule(s, RULE_REPEAT, name, play);
	build_each(at, build_at_one, r);
	return r;
}

static inline struct rule *build_every(
        struct station *s, const char *name, const char *every, const char *within, const char *play)
{
	struct rule *r = build_rule(s, RULE_REPEAT, name, play);
	ck_assert_msg(value_duration(every, &r->every_ms), "%s", every);
	build_each(within, build_window_one, r);
	return r;
}

static inline struct exception *build_exception(
        struct station *s, const char *name, const char *from, const char *until)
{
	vec_push(&s->exceptions, (struct exception){ .name = mem_dup(name), .span = { 1, 0 } });
	struct exception *e = &s->exceptions.at[s->exceptions.n - 1];
	if (from)
		e->span = (day_span){ build_day(from), build_day(until) };
	return e;
}

static inline int build_campaign(struct station *s, const char *name, const char *from, const char *until)
{
	int line = 50 + (int)s->campaigns.n;
	vec_push(&s->campaigns, (struct campaign){ .name = mem_dup(name),
	                                .title = mem_dup(name),
	                                .days = { build_day(from), build_day(until) },
	                                .times_min = -1,
	                                .times_max = -1,
	                                .minutes_min = -1,
	                                .minutes_max = -1,
	                                .place = { "test.conf", line } });
	return (int)s->campaigns.n - 1;
}

static inline void build_guard(struct station *s, const char *from, const char *to, enum guard_action action)
{
	vec_push(&s->guards, (struct guard){ .name = mem_dup("dem"),
	                             .from = build_time(from),
	                             .to = build_time(to),
	                             .action = action,
	                             .zones = station_all_zones(s) });
}

/* "05:30 1.a, 05:31:15 2.b" : local time, place and bulletin; the day before it where it differs from the
 * first item's, the offset behind it where the clock changes.  One zone only (-1: all, with their number). */
static inline char *build_show(const struct station *s, const struct plan *p, int zone)
{
	struct text t = { 0 };
	for (size_t i = 0; i < p->items.n; i++) {
		const struct planned *it = &p->items.at[i];
		if (zone >= 0 && it->zone != zone)
			continue;
		struct local first = tz_local(s->tz, p->items.at[0].at), l = tz_local(s->tz, it->at);
		char time[VALUE_BYTES];
		value_print_time(l.ms, time);
		text_add(&t, t.n ? ", " : "");
		if (l.day != first.day)
			text_addf(&t, "+%d ", l.day - first.day);
		text_add(&t, time);
		if (l.offset_s != first.offset_s)
			text_addf(&t, "(%+d)", l.offset_s / 60);
		text_addf(&t, " %u.%s", (unsigned)it->place, s->bulletins.at[it->bulletin].name);
		if (zone < 0)
			text_addf(&t, "/%d", it->zone + 1);
	}
	return text_take(&t);
}

#endif
