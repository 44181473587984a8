/* Stations by chance: everything section 3 of the design speaks of, in the hours in which the events of property.c fall.
 * The same seed gives the same station. */
#ifndef LOAXA_TESTS_ENGINE_RANDOM_STATION_H
#define LOAXA_TESTS_ENGINE_RANDOM_STATION_H

#include "../schedule/build.h"

#include <inttypes.h>

struct dice {
	uint64_t state;
};

/* xorshift64* */
static inline uint64_t dice_next(struct dice *d)
{
	d->state ^= d->state >> 12;
	d->state ^= d->state << 25;
	d->state ^= d->state >> 27;
	return d->state * UINT64_C(2685821657736338717);
}

static inline struct dice dice_of(uint64_t seed)
{
	struct dice d = { seed * UINT64_C(0x9E3779B97F4A7C15) + 1 };
	for (int i = 0; i < 4; i++)
		dice_next(&d);
	return d;
}

/* 0 … n - 1 */
static inline int dice_below(struct dice *d, int n)
{
	return (int)((dice_next(d) >> 33) % (uint64_t)n);
}

static inline int dice_from(struct dice *d, int first, int last)
{
	return first + dice_below(d, last - first + 1);
}

static inline bool dice_one_in(struct dice *d, int n)
{
	return dice_below(d, n) == 0;
}

#define DICE_PICK(d, ...) ((const int[]){ __VA_ARGS__ }[dice_below(d, (int)(sizeof((const int[]){ __VA_ARGS__ }) / sizeof(int)))])

/* Busy hours, in which everything happens. */
#define RANDOM_FIRST_HOUR 4
#define RANDOM_LAST_HOUR 10

/* A time in the busy hours; often a whole minute or five, so that instants meet. */
static inline int64_t random_ms(struct dice *d)
{
	int64_t ms = (int64_t)dice_from(d, RANDOM_FIRST_HOUR * 3600, RANDOM_LAST_HOUR * 3600) * 1000;
	int64_t grain = DICE_PICK(d, 1000, 60000, 60000, 300000, 300000, 1);
	return grain == 1 ? ms + dice_below(d, 1000) : ms / grain * grain;
}

static inline void random_outputs(struct dice *d, struct station *s)
{
	if (dice_one_in(d, 2))
		vec_push(&s->outputs, (struct output){ .name = mem_dup("phu"), .sink = mem_dup("dry-run"), .channels = 2 });
	for (size_t o = 0; o < s->outputs.n; o++)
		s->outputs.at[o].rate = DICE_PICK(d, 8000, 16000, 22050, 44100, 48000, 48000);
	for (size_t z = 0; z < s->zones.n; z++) {
		s->zones.at[z].output = dice_below(d, (int)s->outputs.n);
		s->zones.at[z].volume = dice_from(d, 1, 100);
		s->zones.at[z].on = !dice_one_in(d, 8);
	}
}

static inline int64_t random_length(struct dice *d)
{
	switch (dice_below(d, 4)) {
	case 0:
		return dice_from(d, 1, 30000);
	case 1:
		return dice_from(d, 1, 30) * 1000;
	case 2:
		return dice_from(d, 1, 5) * 60000;
	default:
		return dice_from(d, 30000, 900000);
	}
}

static inline void random_sound(struct dice *d, struct station *s, struct bulletin *b)
{
	if (dice_one_in(d, 5))
		vec_push(&b->audio, (struct recording){ .file = mem_printf("%s-2.opus", b->name), .state = RECORDING_READY,
				.ms = random_length(d) });
	for (size_t r = 0; r < b->audio.n; r++) {
		struct recording *rec = &b->audio.at[r];
		for (size_t o = 0; o < s->outputs.n; o++) {
			/* the last frame may be a fraction of a millisecond */
			int64_t frames = rec->ms * s->outputs.at[o].rate / 1000;
			rec->frames[o] = frames > 3 ? frames - dice_below(d, 3) : 1;
		}
		if (dice_one_in(d, 30))
			rec->state = DICE_PICK(d, RECORDING_MISSING, RECORDING_CORRUPT);
		else if (dice_one_in(d, 30))
			rec->bound = mem_dup("another");
	}
}

static inline void random_bulletin(struct dice *d, struct station *s, int i)
{
	char name[16];
	snprintf(name, sizeof name, "b%d", i);
	bool relay = dice_one_in(d, 6);
	enum bulletin_class class = relay ? CLASS_RELAY
					  : (enum bulletin_class)DICE_PICK(d, CLASS_ANNOUNCEMENT, CLASS_NEWS, CLASS_MUSIC,
							  CLASS_SIGNATURE, CLASS_TEST);
	struct bulletin *b = build_bulletin(s, name, random_length(d), class);
	b->level = dice_one_in(d, 4) ? LEVEL_PRIORITY : LEVEL_NORMAL;
	b->hard_start = relay && dice_one_in(d, 2);
	b->order = dice_from(d, 1, 4);
	b->after = (enum after_interrupt)dice_below(d, 3);
	b->after_said = dice_one_in(d, 2);
	b->resume_within_ms = DICE_PICK(d, 0, 10000, 60000, 300000, 1800000);
	if (!dice_one_in(d, 8))
		b->approved_by = mem_dup("Chủ tịch");
	random_sound(d, s, b);
}

static inline void random_list(struct dice *d, struct station *s, struct rule *r, bool anchors)
{
	int n = dice_from(d, 1, 6);
	for (int i = 0; i < n; i++) {
		struct list_item item = { .bulletin = dice_below(d, (int)s->bulletins.n), .anchor = -1 };
		if (anchors && i > 0 && dice_one_in(d, 4))
			item.anchor = (tod_ms)(r->start + dice_from(d, 1, 12) * 300000);
		vec_push(&r->play, item);
	}
}

static inline void random_rule_days(struct dice *d, struct station *s, struct rule *r)
{
	if (dice_one_in(d, 3))
		r->zones = (dice_next(d) | 1) & station_all_zones(s);
	r->volume = dice_from(d, 1, 100);
	r->catch_up = (enum catch_up)dice_below(d, 3);
	if (dice_one_in(d, 2))
		r->max_late_ms = DICE_PICK(d, 0, 30000, 300000, 3600000, 90000000);
}

static inline void random_session(struct dice *d, struct station *s, const char *name)
{
	struct rule *r = build_rule(s, RULE_SESSION, name, "");
	int64_t length = dice_from(d, 1, 150) * 60000;
	r->start = (tod_ms)(random_ms(d) / 60000 * 60000);
	if (dice_one_in(d, 6))
		r->start = 85800000; /* 23:50, over midnight */
	r->end = (tod_ms)((r->start + length) % MS_PER_DAY);
	r->gap_ms = DICE_PICK(d, 0, 0, 2000, 30000, 1);
	r->hard_end = dice_one_in(d, 3);
	random_rule_days(d, s, r);
	random_list(d, s, r, r->start + length < 80000000);
}

static inline void random_repeat(struct dice *d, struct station *s, const char *name)
{
	struct rule *r = build_rule(s, RULE_REPEAT, name, "");
	if (dice_one_in(d, 2)) {
		for (int n = dice_from(d, 1, 4); n > 0; n--)
			vec_push(&r->at, (tod_ms)(random_ms(d) / 1000 * 1000)); /* as files can say it */
		if (dice_one_in(d, 4))
			vec_push(&r->at, 0); /* midnight: the end of a run */
	} else {
		tod_ms from = (tod_ms)(random_ms(d) / 1000 * 1000);
		vec_push(&r->within, (struct window){ from, from + dice_from(d, 1, 120) * 60000 });
		r->every_ms = DICE_PICK(d, 60000, 300000, 1800000, 77000);
		r->rotate = dice_one_in(d, 2);
	}
	random_rule_days(d, s, r);
	random_list(d, s, r, false);
}

static inline void random_emergency(struct dice *d, struct station *s, const char *name)
{
	struct rule *r = build_rule(s, RULE_EMERGENCY, name, "");
	if (dice_one_in(d, 3))
		r->zones = (dice_next(d) | 1) & station_all_zones(s);
	r->rank = dice_below(d, 3);
	r->first_repeats = dice_below(d, 4);
	r->first_every_ms = DICE_PICK(d, 1000, 60000, 300000, 600000);
	r->then_every_ms = DICE_PICK(d, 0, 300000, 1200000, 3600000);
	r->align_ms = DICE_PICK(d, 0, 0, 1800000, 3600000);
	r->until_ms = DICE_PICK(d, 30000, 600000, 3600000, 18000000, 86400000);
	r->all_clear = dice_one_in(d, 2) ? dice_below(d, (int)s->bulletins.n) : -1;
	random_list(d, s, r, false);
	while (r->play.n > 2)
		vec_remove(&r->play, 2);
}

static inline void random_guards(struct dice *d, struct station *s)
{
	for (int n = dice_below(d, 3); n > 0; n--) {
		tod_ms from = (tod_ms)random_ms(d);
		vec_push(&s->guards, (struct guard){ .name = mem_dup("dem"),
				.from = from,
				.to = (tod_ms)((from + dice_from(d, 1, 90) * 60000) % MS_PER_DAY),
				.action = dice_one_in(d, 5) ? GUARD_WARN : GUARD_REFUSE,
				.zones = dice_one_in(d, 2) ? station_all_zones(s) : 1 });
	}
}

static const char *const RANDOM_RULES[] = { "sang", "trua", "chieu", "nhac-1", "nhac-2", "nhac-3", "nhac-4", "bao", "lu", "dong-dat" };
enum { RANDOM_SESSIONS = 3, RANDOM_REPEATS = 4, RANDOM_EMERGENCIES = 3 };

static inline struct station *random_station(uint64_t seed, const char *timezone)
{
	struct dice d = dice_of(seed);
	struct station *s = build_station(timezone, dice_from(&d, 1, 4));
	random_outputs(&d, s);
	int bulletins = dice_from(&d, 4, 12);
	for (int i = 0; i < bulletins; i++)
		random_bulletin(&d, s, i);
	for (int i = dice_below(&d, RANDOM_SESSIONS); i >= 0; i--)
		random_session(&d, s, RANDOM_RULES[i]);
	for (int i = dice_below(&d, RANDOM_REPEATS); i >= 0; i--)
		random_repeat(&d, s, RANDOM_RULES[RANDOM_SESSIONS + i]);
	for (int i = 0; i < RANDOM_EMERGENCIES; i++)
		random_emergency(&d, s, RANDOM_RULES[RANDOM_SESSIONS + RANDOM_REPEATS + i]);
	random_guards(&d, s);
	s->approval = dice_one_in(&d, 2);
	if (dice_one_in(&d, 4))
		build_exception(s, "le", "14/7/2021", "14/7/2021")->suppress[CLASS_MUSIC] = true;
	for (int i = 0; i < bulletins && s->drill < 0; i++)
		if (s->bulletins.at[i].audio.n && !s->bulletins.at[i].relay.source)
			s->drill = i;
	return s;
}

static inline void random_change_rule(struct dice *d, struct station *s, struct rule *r)
{
	if (r->kind == RULE_EMERGENCY)
		return;
	size_t one = r->play.n ? (size_t)dice_below(d, (int)r->play.n) : 0;
	switch (dice_below(d, 5)) {
	case 0:
		r->weekdays = 0; /* gone */
		break;
	case 1:
		if (r->play.n > 1)
			vec_remove(&r->play, one);
		break;
	case 2: /* one more in front: the others move within their firing */
		vec_push(&r->play, (struct list_item){ .bulletin = dice_below(d, (int)s->bulletins.n), .anchor = -1 });
		break;
	case 3:
		r->gap_ms = dice_from(d, 0, 90) * 1000;
		break;
	default:
		r->zones = (dice_next(d) | 1) & station_all_zones(s);
	}
}

/* The station that a reload finds: the same, changed here and there. */
static inline struct station *random_next_station(uint64_t seed, const char *timezone, uint64_t variant)
{
	struct station *s = random_station(seed, timezone);
	struct dice d = dice_of(seed + variant * 1000003);
	for (int n = dice_from(&d, 1, 4); n > 0; n--)
		random_change_rule(&d, s, &s->rules.at[dice_below(&d, (int)s->rules.n)]);
	for (size_t b = 0; b < s->bulletins.n; b++)
		for (size_t r = 0; r < s->bulletins.at[b].audio.n && dice_one_in(&d, 4); r++) {
			struct recording *rec = &s->bulletins.at[b].audio.at[r];
			rec->ms += 60000;
			for (size_t o = 0; o < s->outputs.n; o++)
				rec->frames[o] += (int64_t)60 * s->outputs.at[o].rate;
		}
	if (dice_one_in(&d, 3))
		s->zones.at[dice_below(&d, (int)s->zones.n)].on ^= true;
	if (dice_one_in(&d, 3) && s->zones.n > 1) { /* found again by name */
		struct zone first = s->zones.at[0];
		s->zones.at[0] = s->zones.at[1];
		s->zones.at[1] = first;
	}
	if (dice_one_in(&d, 3))
		random_guards(&d, s);
	return s;
}

#endif
