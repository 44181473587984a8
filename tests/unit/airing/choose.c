/* Rule 3's order, key by key, and who may cut whom. */
#include "scene.h"

#include "airing/choose.h"

/* One airing of the row below; what is 0 is like everybody's. */
struct one {
	const char *bulletin; /* NULL = b */
	enum level level;     /* 0 (test) = normal: tests have level_test */
	bool level_test, cut, fresh, manual;
	int rank, order, planned_s, place, rule, repeat;
	enum air_phase phase; /* 0 (upcoming) = waiting */
	bool other_firing;
};

static struct airing *made(struct station *st, const struct one *o)
{
	int b = station_bulletin(st, o->bulletin ? o->bulletin : "b");
	wall_us at = { (1000 + o->planned_s) * US_PER_S };
	struct airing *a = airing_new_manual(st, b, 0, o->level_test ? LEVEL_TEST : o->level ? o->level : LEVEL_NORMAL, at,
			o->place ? o->place : 1);
	a->kind = o->manual ? AIRING_MANUAL : o->level == LEVEL_EMERGENCY ? AIRING_EMERGENCY : AIRING_PLANNED;
	a->rule = o->manual ? NULL : &st->rules.at[o->rule];
	a->firing.us = o->other_firing ? 1 : 0;
	a->rank = o->rank;
	a->was_cut = o->cut;
	a->fresh = o->fresh;
	a->repeat = o->repeat;
	a->phase = o->phase ? o->phase : AIR_WAITING;
	return a;
}

static struct station *with_rules(void)
{
	struct station *st = day_station(1);
	build_at(st, "one", "5h", "b");
	build_at(st, "two", "5h", "b");
	return st;
}

START_TEST(order_among_those_that_wait)
{
	static const struct {
		int line;
		struct one before, after;
	} T[] = {
		/* level, high first; a hard start at its instant between normal and priority */
		{ __LINE__, { .level = LEVEL_EMERGENCY, .planned_s = 9 }, { .level = LEVEL_PRIORITY } },
		{ __LINE__, { .level = LEVEL_PRIORITY, .planned_s = 9 }, { .level = LEVEL_NORMAL, .cut = true } },
		{ __LINE__, { .planned_s = 9 }, { .level_test = true, .cut = true } },
		{ __LINE__, { .bulletin = "vov", .fresh = true, .planned_s = 9 }, { .cut = true } },
		{ __LINE__, { .level = LEVEL_PRIORITY }, { .bulletin = "vov", .fresh = true } },
		{ __LINE__, { .cut = true }, { .bulletin = "vov" } },
		{ __LINE__, { .cut = true }, { .bulletin = "vov", .fresh = true, .manual = true } },
		/* rank, high first */
		{ __LINE__, { .level = LEVEL_EMERGENCY, .rank = 2, .planned_s = 9 },
				{ .level = LEVEL_EMERGENCY, .rank = 1, .cut = true } },
		/* a cut one before one not yet started */
		{ __LINE__, { .cut = true, .planned_s = 9 }, { .bulletin = "first" } },
		/* order, small first */
		{ __LINE__, { .bulletin = "first", .planned_s = 9 }, { 0 } },
		/* planned instant */
		{ __LINE__, { .place = 9, .planned_s = 1 }, { .planned_s = 2 } },
		/* position in the list, then in the files; by hand comes last */
		{ __LINE__, { .place = 1, .rule = 1 }, { .place = 2 } },
		{ __LINE__, { .rule = 0 }, { .rule = 1 } },
		{ __LINE__, { .rule = 1 }, { .manual = true } },
	};
	struct station *st = with_rules();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct airing *a = made(st, &T[i].before), *b = made(st, &T[i].after);
		ck_assert_msg(choose_compare(a, b) < 0 && choose_compare(b, a) > 0, "line %d", T[i].line);
		ck_assert_int_eq(choose_compare(a, a), 0);
		airing_free(&a);
		airing_free(&b);
	}
	station_free(&st);
}
END_TEST

START_TEST(never_chance)
{
	struct station *st = with_rules();
	struct airing *a = made(st, &(struct one){ .manual = true }), *b = made(st, &(struct one){ .manual = true, .place = 2 });
	b->place = 1; /* only their ids differ */
	ck_assert_int_lt(choose_compare(a, b), 0);
	ck_assert_int_gt(choose_compare(b, a), 0);
	airing_free(&a);
	airing_free(&b);
	station_free(&st);
}
END_TEST

START_TEST(who_goes_on_air)
{
	static const struct {
		int line;
		struct one of_zone[3]; /* on_air = AIR_ON among them */
		int want;              /* index, or -1 */
	} T[] = {
		{ __LINE__, { { .planned_s = 2 }, { .planned_s = 1, .rule = 1 } }, 1 },
		/* only the first unfinished of a firing; a hard start waits for nobody; another firing neither */
		{ __LINE__, { { .bulletin = "first", .place = 2 }, { .place = 1 } }, 1 },
		{ __LINE__, { { .bulletin = "first", .place = 2, .other_firing = true }, { .place = 1 } }, 0 },
		{ __LINE__, { { .bulletin = "vov", .place = 2, .fresh = true }, { .place = 1 } }, 0 },
		{ __LINE__, { { .bulletin = "vov", .place = 2, .planned_s = -1 }, { .place = 1 } }, 0 },
		{ __LINE__, { { .level = LEVEL_EMERGENCY, .repeat = 1 }, { .level = LEVEL_EMERGENCY, .place = 2 } }, 1 },
		{ __LINE__, { { .bulletin = "first", .place = 2 }, { .phase = AIR_STOPPING } }, -1 },
		{ __LINE__, { { .bulletin = "first", .place = 2 }, { .phase = AIR_DONE } }, 0 },
		/* against what is on air */
		{ __LINE__, { { .phase = AIR_ON }, { .level = LEVEL_PRIORITY, .rule = 1 } }, -1 },
		{ __LINE__, { { .phase = AIR_ON }, { .level = LEVEL_EMERGENCY, .rule = 1 } }, 1 },
		{ __LINE__, { { .phase = AIR_ON, .level = LEVEL_PRIORITY }, { .level = LEVEL_EMERGENCY, .rule = 1 } }, 1 },
		{ __LINE__, { { .phase = AIR_ON, .level = LEVEL_EMERGENCY }, { .level = LEVEL_EMERGENCY, .rule = 1 } }, -1 },
		{ __LINE__, { { .phase = AIR_ON, .level = LEVEL_EMERGENCY },
					    { .level = LEVEL_EMERGENCY, .rule = 1, .rank = 1 } }, 1 },
		{ __LINE__, { { .phase = AIR_ON, .level = LEVEL_EMERGENCY, .rank = 2 },
					    { .level = LEVEL_EMERGENCY, .rule = 1, .rank = 1 } }, -1 },
		{ __LINE__, { { .phase = AIR_ON }, { .bulletin = "vov", .rule = 1, .fresh = true } }, 1 },
		{ __LINE__, { { .phase = AIR_ON }, { .bulletin = "vov", .rule = 1 } }, -1 },
		{ __LINE__, { { .phase = AIR_ON, .level_test = true }, { .bulletin = "vov", .rule = 1, .fresh = true } }, 1 },
		{ __LINE__, { { .phase = AIR_ON, .level = LEVEL_PRIORITY }, { .bulletin = "vov", .rule = 1, .fresh = true } }, -1 },
		{ __LINE__, { { .phase = AIR_ON }, { .bulletin = "vov", .manual = true, .fresh = true } }, -1 },
		{ __LINE__, { { .phase = AIR_ON }, { .bulletin = "vov", .rule = 1, .fresh = true },
					    { .level = LEVEL_PRIORITY, .rule = 1, .other_firing = true } }, 1 },
	};
	struct station *st = with_rules();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct airing *all[3], *on = NULL;
		size_t n = 0;
		for (size_t k = 0; k < 3; k++) {
			const struct one *o = &T[i].of_zone[k];
			if (k == 2 && !o->rule)
				break;
			all[n++] = made(st, o);
			if (o->phase == AIR_ON)
				on = all[k];
		}
		const struct airing *next = choose_next(all, n, on);
		int got = -1;
		for (size_t k = 0; k < n; k++)
			if (next == all[k])
				got = (int)k;
		ck_assert_msg(got == T[i].want, "line %d: %d", T[i].line, got);
		for (size_t k = 0; k < n; k++)
			airing_free(&all[k]);
	}
	ck_assert_ptr_null(choose_next(NULL, 0, NULL));
	station_free(&st);
}
END_TEST

UNIT_MAIN("airing/choose", order_among_those_that_wait, never_chance, who_goes_on_air)
