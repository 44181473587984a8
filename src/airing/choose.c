#include "airing/choose.h"

#include <string.h>

/* Only what the schedule planned has an instant to keep: not a play by hand, nor an emergency's part. */
static bool is_hard(const struct airing *a)
{
	return a->bulletin->hard_start && a->kind == AIRING_PLANNED;
}

/* A hard-start item takes the air from normal items at its planned instant only (rule 7). */
static bool starts_hard(const struct airing *a)
{
	return a->fresh && is_hard(a);
}

/* Level, with "a hard-start item at its instant" between normal and priority. */
static int standing(const struct airing *a)
{
	int level = 2 * (int)a->level;
	return starts_hard(a) && a->level <= LEVEL_NORMAL ? 2 * LEVEL_NORMAL + 1 : level;
}

static int by_number(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

static int place_in_files(const struct airing *a)
{
	return a->rule ? (int)(a->rule - a->station->rules.at) : INT32_MAX;
}

int choose_compare(const struct airing *a, const struct airing *b)
{
	int c = by_number(standing(b), standing(a));
	if (!c)
		c = by_number(b->rank, a->rank);
	if (!c)
		c = by_number(b->was_cut, a->was_cut);
	if (!c)
		c = by_number(a->bulletin->order, b->bulletin->order);
	if (!c)
		c = by_number(a->planned.us, b->planned.us);
	if (!c)
		c = by_number(a->place, b->place);
	if (!c)
		c = by_number(place_in_files(a), place_in_files(b));
	return c ? c : strcmp(a->id, b->id);
}

static bool earlier_in_firing(const struct airing *a, const struct airing *than)
{
	return a->repeat != than->repeat ? a->repeat < than->repeat : a->place < than->place;
}

static bool unfinished(const struct airing *a)
{
	bool will_be_back = a->phase == AIR_STOPPING && a->final_reason == REASON_NONE;
	return a->phase == AIR_WAITING || a->phase == AIR_ON || will_be_back;
}

/* Of one firing only its first unfinished item competes, but a hard start waits for nobody. */
static bool competes(const struct airing *a, struct airing *const *of_zone, size_t n)
{
	if (a->phase != AIR_WAITING)
		return false;
	for (size_t i = 0; i < n && !is_hard(a); i++) {
		const struct airing *o = of_zone[i];
		if (o != a && unfinished(o) && airing_same_firing(o, a) && earlier_in_firing(o, a))
			return false;
	}
	return true;
}

static bool cuts(const struct airing *next, const struct airing *on_air)
{
	if (next->level == LEVEL_EMERGENCY)
		return on_air->level < LEVEL_EMERGENCY || next->rank > on_air->rank;
	return starts_hard(next) && on_air->level <= LEVEL_NORMAL;
}

struct airing *choose_next(struct airing *const *of_zone, size_t n, const struct airing *on_air)
{
	struct airing *best = NULL;
	for (size_t i = 0; i < n; i++) {
		struct airing *a = of_zone[i];
		if (competes(a, of_zone, n) && (!on_air || cuts(a, on_air)) && (!best || choose_compare(a, best) < 0))
			best = a;
	}
	return best;
}
