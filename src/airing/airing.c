#include "airing/airing.h"

#include "base/mem.h"
#include "schedule/tz.h"

#include <string.h>

/* A manual play that waits longer than this is no longer what its operator meant (design: max-late's default). */
#define MANUAL_MAX_LATE (INT64_C(10) * 60 * US_PER_S)
/* Nobody stands before a microphone, or below a loudspeaker, and waits for the end of a programme: it is refused before.  This is for what the
 * very same instant brings. */
#define SPOKEN_MAX_LATE (INT64_C(2) * US_PER_S)

const char *airing_kind_name(enum airing_kind k)
{
	static const char *const names[] = { "planned", "manual", "emergency" };
	return names[k];
}

static struct airing *new_airing(
	const struct station *st, const struct bulletin *bulletin, int zone, enum airing_kind kind)
{
	struct airing *a = mem_new(struct airing);
	a->kind = kind;
	a->station = st;
	a->bulletin = bulletin;
	a->zone = zone;
	a->rate = st->outputs.at[st->zones.at[zone].output].rate;
	a->frames = bulletin_frames(a->bulletin, st, zone);
	a->level = a->bulletin->level;
	a->hard_end = (wall_us){ US_NEVER };
	a->uid = -1;
	return a;
}

/* Rules 6 and 8: a session's item may start before the session's end; max-late may end that sooner. */
static void set_last_start(struct airing *a, const struct planned *p)
{
	bool in_session = p->over.us != US_NEVER;
	a->last_start.us = in_session ? p->over.us - 1 : US_NEVER;
	a->limit_is_session_end = in_session;
	if (a->rule->max_late_ms < 0)
		return;
	int64_t late = p->at.us + a->rule->max_late_ms * US_PER_MS;
	if (late < a->last_start.us) {
		a->last_start.us = late;
		a->limit_is_session_end = false;
	}
}

struct airing *airing_new_planned(const struct station *st, const struct planned *p)
{
	struct airing *a = new_airing(st, &st->bulletins.at[p->bulletin], p->zone, AIRING_PLANNED);
	struct text id = { 0 };
	plan_id(st, p, &id);
	a->id = text_take(&id);
	a->rule = &st->rules.at[p->rule];
	a->planned = p->at;
	a->firing = p->firing;
	a->place = p->place;
	set_last_start(a, p);
	if (a->rule->kind == RULE_SESSION && a->rule->hard_end)
		a->hard_end = p->over;
	return a;
}

static char *commanded_id(const struct airing *a, const char *rule, const char *n)
{
	char firing[RFC3339_BYTES];
	tz_compact(a->station->tz, a->firing, firing);
	return mem_printf("%s/%s/%s/%s.%s/%s", a->station->code, rule, firing, n, a->bulletin->name,
		a->station->zones.at[a->zone].name);
}

static struct airing *by_hand(const struct station *st, const struct bulletin *b, int zone, enum level level,
	wall_us at, int n, const char *verb)
{
	struct airing *a = new_airing(st, b, zone, AIRING_MANUAL);
	a->level = level;
	a->planned = a->firing = at;
	a->place = n;
	a->verb = verb;
	a->volume = 100;
	char *place = mem_printf("%d", n);
	a->id = commanded_id(a, verb, place);
	mem_free(place);
	return a;
}

struct airing *airing_new_manual(const struct station *st, int bulletin, int zone, enum level level, wall_us at, int n)
{
	struct airing *a = by_hand(st, &st->bulletins.at[bulletin], zone, level, at, n, "play");
	a->last_start.us = at.us + MANUAL_MAX_LATE;
	return a;
}

struct airing *airing_new_spoken(
	const struct station *st, const struct bulletin *b, int zone, enum level level, wall_us at, int n)
{
	struct airing *a = by_hand(st, b, zone, level, at, n, "speak");
	a->last_start.us = at.us + SPOKEN_MAX_LATE;
	a->spoken = a->unscheduled = true;
	return a;
}

struct airing *airing_new_test(
	const struct station *st, const struct bulletin *b, int zone, int volume, wall_us at, int n)
{
	struct airing *a = by_hand(st, b, zone, LEVEL_TEST, at, n, "test");
	a->last_start.us = at.us + SPOKEN_MAX_LATE;
	a->unscheduled = true;
	a->volume = volume;
	return a;
}

struct airing *airing_new_drill(
	const struct station *st, const struct bulletin *b, int zone, int volume, wall_us at, int n)
{
	struct airing *a = by_hand(st, b, zone, LEVEL_EMERGENCY, at, n, "drill");
	a->last_start.us = at.us + SPOKEN_MAX_LATE;
	a->unscheduled = true;
	a->volume = volume;
	a->rank = -1; /* any real one cuts it */
	return a;
}

struct airing *airing_new_emergency(const struct station *st, int rule, int zone, wall_us firing, int repeat, int place,
	wall_us planned, wall_us over)
{
	const struct rule *r = &st->rules.at[rule];
	int bulletin = place ? r->play.at[place - 1].bulletin : r->all_clear;
	struct airing *a = new_airing(st, &st->bulletins.at[bulletin], zone, AIRING_EMERGENCY);
	a->level = LEVEL_EMERGENCY;
	a->rule = r;
	a->rank = r->rank;
	a->planned = planned;
	a->firing = firing;
	a->repeat = repeat;
	a->place = place ? place : 1;
	a->last_start = over;
	char *n = mem_printf("%d.%d", repeat, a->place);
	a->id = commanded_id(a, r->name, n);
	mem_free(n);
	return a;
}

void airing_stand_in(struct airing *a, const struct bulletin *b)
{
	a->bulletin = b;
	a->frames = bulletin_frames(b, a->station, a->zone);
}

void airing_free(struct airing **a)
{
	if (!*a)
		return;
	mem_free((*a)->id);
	mem_free((*a)->by);
	vec_free(&(*a)->segments);
	mem_free(*a);
	*a = NULL;
}

/* Segments are few (one a cut), so the plain quadratic union is the clear one: of each segment count what no
 * earlier one has. */
int64_t airing_heard_in(const struct segment *all, size_t n)
{
	int64_t heard = 0;
	for (size_t i = 0; i < n; i++)
		for (int64_t at = all[i].first; at < all[i].end;) {
			int64_t next = all[i].end, skip = at;
			for (size_t j = 0; j < i; j++) {
				const struct segment *s = &all[j];
				if (s->first <= at && at < s->end && s->end > skip)
					skip = s->end;
				else if (s->first > at && s->first < next)
					next = s->first;
			}
			if (skip == at)
				heard += next - at;
			at = skip > at ? skip : next;
		}
	return heard;
}

int64_t airing_heard(const struct airing *a)
{
	return airing_heard_in(a->segments.at, a->segments.n);
}

bool airing_is_test(const struct airing *a)
{
	return a->level == LEVEL_TEST || a->bulletin->class == CLASS_TEST;
}

static enum after_interrupt after(const struct airing *a)
{
	if (a->spoken)
		return AFTER_DROP;
	if (a->level == LEVEL_EMERGENCY && !a->bulletin->after_said)
		return AFTER_RESTART;
	return a->bulletin->after;
}

static bool is_relay(const struct airing *a)
{
	return a->bulletin->relay.source != NULL;
}

static wall_us relay_begin(const struct airing *a)
{
	return a->joined.us ? a->joined : a->started;
}

wall_us airing_back_by(const struct airing *a)
{
	if (after(a) == AFTER_DROP)
		return (wall_us){ 0 }; /* never: the clock may be set back to before the cut */
	int64_t by = a->cut_at.us + a->bulletin->resume_within_ms * US_PER_MS;
	if (a->last_start.us > by)
		by = a->last_start.us;
	/* A relay can be joined while its source still sends what was planned, and only so long. */
	if (is_relay(a))
		by = relay_begin(a).us + a->bulletin->relay.ms * US_PER_MS - 1;
	if (a->hard_end.us != US_NEVER && a->hard_end.us - 1 < by)
		by = a->hard_end.us - 1;
	return (wall_us){ by };
}

int64_t airing_resume_frame(const struct airing *a, wall_us now)
{
	if (!a->was_cut)
		return 0;
	if (is_relay(a)) {
		int64_t us = now.us - relay_begin(a).us;
		int64_t frame = us / US_PER_S * a->rate + us % US_PER_S * a->rate / US_PER_S;
		return frame < a->cut_frame ? a->cut_frame : frame < a->frames ? frame : a->frames;
	}
	bool soon = now.us <= a->cut_at.us + a->bulletin->resume_within_ms * US_PER_MS;
	return after(a) == AFTER_RESUME && soon ? a->cut_frame : 0;
}

bool airing_same_firing(const struct airing *a, const struct airing *b)
{
	/* By name: the two may come from the schedules before and after a reload. */
	return a->rule && b->rule && a->firing.us == b->firing.us && a->zone == b->zone &&
	       !strcmp(a->rule->name, b->rule->name);
}
