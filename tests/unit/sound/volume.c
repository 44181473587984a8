#include "sound/volume.h"
#include "../unit.h"

#include <math.h>

START_TEST(the_curve_is_as_documented)
{
	static const struct {
		int line, permille;
		double db;
	} T[] = {
		{ __LINE__, 1000, 0 }, { __LINE__, 800, -3.88 }, { __LINE__, 500, -12.04 }, { __LINE__, 250, -24.08 },
		{ __LINE__, 100, -40 }, { __LINE__, 10, -80 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		double db = 20 * log10((double)volume_gain(T[i].permille) / GAIN_UNITY);
		ck_assert_msg(fabs(db - T[i].db) < 0.01, "row of line %d: %f dB", T[i].line, db);
	}
	ck_assert_int_eq(volume_gain(-1), 0);
	ck_assert_int_eq(volume_gain(2000), GAIN_UNITY);
	for (int p = 1; p <= 1000; p++)
		ck_assert_int_gt(volume_gain(p), volume_gain(p - 1));
}
END_TEST

START_TEST(full_volume_changes_no_bit)
{
	for (int s = -32768; s <= 32767; s++) {
		ck_assert_int_eq(volume_apply((int16_t)s, volume_gain(1000)), s);
		ck_assert_int_eq(volume_apply((int16_t)s, 0), 0);
		ck_assert_int_le(abs(4 * volume_apply((int16_t)s, volume_gain(500)) - s), 2);
	}
}
END_TEST

UNIT_MAIN("sound/volume", the_curve_is_as_documented, full_volume_changes_no_bit)
