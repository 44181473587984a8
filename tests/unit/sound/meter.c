/* Each row is a text: stretches of what goes to the card, with the fault that stands at the end of each.
 *   "A5"  five seconds on air, loud      "a5"  on air, quiet
 *   "I5"  nothing on air, but sound      "i5"  nothing on air, quiet
 *   "<2"  the last two seconds are taken back
 * and behind each its fault: "." none, "s" silent, "n" noisy. */
#include "sound/meter.h"

#include "../unit.h"

#include <stdbool.h>
#include <string.h>

#define RATE 1000
#define BLOCK 20

static enum meter_fault stretch(struct meter *m, int64_t *at, char kind, double seconds)
{
	enum meter_fault f = m->fault;
	bool on = kind == 'A' || kind == 'a', loud = kind == 'A' || kind == 'I';
	if (kind == '<') {
		*at -= (int64_t)(seconds * RATE);
		meter_back(m, *at);
		return m->fault;
	}
	for (int64_t end = *at + (int64_t)(seconds * RATE); *at < end; *at += BLOCK)
		f = meter_feed(m, *at, BLOCK, loud, on);
	return f;
}

START_TEST(test_stretches)
{
	static const struct {
		int line;
		const char *text;
	} T[] = {
		{ __LINE__, "i60." },
		{ __LINE__, "A60." },
		/* a pause of less than five seconds is a pause */
		{ __LINE__, "A1. a4.98. A1." },
		{ __LINE__, "A1. a5s a60s A0.02." },
		{ __LINE__, "A1. a4.98. A0.02. a4.98. A1." },
		/* an item that never sounds; its end ends the fault */
		{ __LINE__, "i10. a4.98. a0.02s i0.02." },
		/* quiet before an item began says nothing about it */
		{ __LINE__, "i60. a1. A1. i10. a4. i1." },
		/* a fade-out into the end of an item, then another item that begins quietly */
		{ __LINE__, "A1. a4. i0.02. a4. A1." },
		/* nothing on air, but sound: a second of it */
		{ __LINE__, "I0.98. i0.5. I0.5. I0.1n i0.5n i0.4n i0.2." },
		{ __LINE__, "I0.98. A1. I0.98. i2." },
		{ __LINE__, "i5. I3n A0.02. i1." },
		{ __LINE__, "I60n i1.98n i0.02." },
		/* crackle now and then is no fault */
		{ __LINE__, "I0.5. i0.5. I0.5. i0.5. I0.5. i0.5. I0.5. i0.5." },
		/* taken back: the silence counts once, whatever comes instead */
		{ __LINE__, "A1. a4. <1. a1.98. a0.02s <1s A0.02." },
		{ __LINE__, "A4. <3. a4.98. a0.02s" },
		{ __LINE__, "A1. a3. <3. A3. a4.98. a0.02s" },
		{ __LINE__, "I0.9. <0.9. I0.98. I0.02n" },
		{ __LINE__, "i5. a3. <3. i3. a4.98. a0.02s" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct meter m;
		int64_t at = 12345;
		meter_init(&m, RATE, at);
		for (const char *p = T[i].text; *p; p++) {
			char kind = *p, *end;
			double seconds = strtod(p + 1, &end);
			if (end[-1] == '.') /* the number took the dot of the fault */
				end--;
			enum meter_fault got = stretch(&m, &at, kind, seconds);
			char want = *end, is = got == METER_WELL ? '.' : got == METER_SILENT ? 's' : 'n';
			ck_assert_msg(want == is, "row of line %d, at \"%s\": %c", T[i].line, p, is);
			p = end[1] ? end + 1 : end;
		}
	}
}
END_TEST

START_TEST(test_loudness)
{
	static const int16_t two[] = { 5, -700, -3, 600, 4, INT16_MIN };
	ck_assert(!meter_loud(two, 3, 2, 6) && meter_loud(two, 3, 2, 5));
	ck_assert(!meter_loud(two + 1, 2, 2, 701) && meter_loud(two + 1, 2, 2, 700));
	ck_assert(meter_loud(two, 6, 1, 32768));
	ck_assert(!meter_loud(two, 0, 1, 1));
}
END_TEST

UNIT_MAIN("sound/meter", test_stretches, test_loudness)
