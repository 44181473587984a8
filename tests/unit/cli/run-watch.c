/* Each row: what an output shows at each word to the manager, a second apart, and whether it is well.
 *   "p5" it plays, its count is 5    "r5" it rests    "b5" it opens or closes */
#include "cli/run-watch.h"

#include "../unit.h"

START_TEST(test_outputs)
{
	static const struct {
		int line;
		const char *shows, *well;
	} T[] = {
		{ __LINE__, "p1 p2 p3 p9", "yyyy" },
		{ __LINE__, "p1 p1 p1 p2 p2", "ynnyn" },
		{ __LINE__, "r1 r1 r1 r1 r1 r1 r1 r1 r1 r1 r1 r1 r1 r1", "yyyyyyyyyyyyyy" },
		/* it opens: for ten seconds, not for ever */
		{ __LINE__, "r1 b2 b2 b2 b2 b2 b2 b2 b2 b2 b2 b2 b2 p3 p4", "yyyyyyyyyyynnyy" },
		/* was playing, hangs while it closes */
		{ __LINE__, "p1 p2 b2 b2 b2", "yyyyy" },
		/* lost: rests between attempts, however few there are */
		{ __LINE__, "p1 r2 b3 r4 r4 b5 p6 p7 p7", "yyyyyyyyn" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct run_watch_output o = { .count = 0 };
		mono_us now = { 1000 * US_PER_S };
		const char *want = T[i].well;
		for (const char *p = T[i].shows; *p; p += *p == ' ') {
			char kind = *p, *end;
			struct live_pulse pulse = { .rests = kind == 'r', .plays = kind == 'p' };
			pulse.count = (uint32_t)strtoul(p + 1, &end, 10);
			ck_assert_msg(run_watch_output(&o, pulse, now) == (*want == 'y'), "row of line %d, at \"%s\"", T[i].line, p);
			now.us += US_PER_S;
			want++;
			p = end;
		}
		ck_assert_int_eq(*want, '\0');
	}
}
END_TEST

UNIT_MAIN("cli/run-watch", test_outputs)
