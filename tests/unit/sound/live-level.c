#include "sound/live-level.h"
#include "../unit.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define RATE 16000

/* "s" a tenth of a second of speech-like sound, "." one of silence, "n" of noise at -60 dBFS, "d" silence with an
 * offset, "g" a gap. */
static void feed(struct live_level *l, char what)
{
	int16_t part[RATE / 10];
	for (int i = 0; i < RATE / 10; i++)
		part[i] = what == 's'   ? (int16_t)(800 * sin(i * 0.3))
			  : what == 'n' ? (int16_t)(i * 7919 % 91 - 45)
			  : what == 'd' ? 900
					: 0;
	if (what == 'g')
		live_level_gap(l, 100000);
	else
		live_level_add(l, part, RATE / 10);
}

START_TEST(quiet_is_counted)
{
	static const struct {
		int line;
		const char *fed;
		int quiet_ms;
	} T[] = {
		{ __LINE__, "", 0 },
		{ __LINE__, "..........", 1000 },
		{ __LINE__, "nnnnnnnnnn", 1000 },
		{ __LINE__, "dddddddddd", 1000 },
		{ __LINE__, "gggggggggg", 1000 },
		{ __LINE__, "sssss", 0 },
		{ __LINE__, "sssss..g.", 400 },
		{ __LINE__, "sssss..g.s", 0 },           /* a pause of speech */
		{ __LINE__, "sssss...........s", 1200 }, /* one crackle does not end a silence */
		{ __LINE__, "sssss...........s..s..s.", 1900 },
		{ __LINE__, "sssss...........s..s..s..s..s", 0 }, /* half a second of sound does */
		{ __LINE__, "sssss...........ssss..........s", 2600 },
		{ __LINE__, "sssss...........sssss", 0 },
		{ __LINE__, "sssss...........sssss.", 100 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct live_level l;
		live_level_init(&l, RATE);
		for (const char *p = T[i].fed; *p; p++)
			feed(&l, *p);
		ck_assert_msg(live_level_quiet_us(&l) == T[i].quiet_ms * 1000, "line %d: %lld ms", T[i].line,
			(long long)live_level_quiet_us(&l) / 1000);
	}
}
END_TEST

START_TEST(pieces_of_any_size)
{
	struct live_level whole, split;
	int16_t loud[RATE];
	for (int i = 0; i < RATE; i++)
		loud[i] = (int16_t)(i < RATE * 7 / 10 ? 2000 * sin(i * 0.2) : 0);
	live_level_init(&whole, RATE);
	live_level_init(&split, RATE);
	live_level_add(&whole, loud, RATE);
	for (size_t at = 0; at < RATE; at += 7)
		live_level_add(&split, loud + at, RATE - at < 7 ? RATE - at : 7);
	ck_assert_int_eq(live_level_quiet_us(&whole), 300000);
	ck_assert_int_eq(live_level_quiet_us(&split), 300000);
}
END_TEST

UNIT_MAIN("sound/live-level", quiet_is_counted, pieces_of_any_size)
