#include "journal/bundle.h"
#include "../unit.h"

#include <string.h>

/* A sentence for each of them, and the local time of the row. */
START_TEST(faults_in_words)
{
	struct tz *tz = tz_fixed(7 * 3600);
	for (int what = BUNDLE_NO_FILE; what <= BUNDLE_UNSEALED; what++) {
		struct bundle_fault f = { .what = (enum bundle_wrong)what,
			.row = 1284,
			.since = 1200,
			.at = { INT64_C(1626215400000000) /* 05:30 */ } };
		struct err err = { "" };
		ck_assert(!bundle_say(&f, "22363", tz, &err));
		ck_assert_str_ne(err.text, "");
		ck_assert_msg(!strchr(err.text, '{'), "%s", err.text);
		bool named = what > BUNDLE_NEWER;
		bool asked = named && what != BUNDLE_KEY;
		ck_assert_msg(!named || strstr(err.text, "row 1,284 (05:30 on 14/7/2021)"), "%s", err.text);
		ck_assert_msg(!asked || strstr(err.text, "22363"), "%s", err.text);
	}
	tz_free(&tz);
}
END_TEST

UNIT_MAIN("journal/bundle-say", faults_in_words)
