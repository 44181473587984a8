#include "cli/difference-print.h"

#include "../schedule/build.h"

static struct station *village(void)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 2);
	build_bulletin(s, "a", 60000, CLASS_NEWS);
	build_bulletin(s, "b", 75000, CLASS_NEWS);
	build_bulletin(s, "c", 30000, CLASS_NEWS);
	build_bulletin(s, "d", 30000, CLASS_NEWS);
	build_bulletin(s, "e", 30000, CLASS_NEWS);
	build_guard(s, "21h", "5h", GUARD_REFUSE);
	return s;
}

static char *print(struct station *before, struct station *after)
{
	struct difference d;
	struct text t = { 0 };
	difference_find(before, after, build_instant(after, "2021-07-13T16:05:30"), DIFFERENCE_WEEK, &d);
	difference_print(&d, &t);
	difference_free(&d);
	station_free(&before);
	station_free(&after);
	return text_take(&t);
}

#define EXPECT(got, want)                                                                                    \
	do {                                                                                                 \
		char *got_ = (got);                                                                          \
		ck_assert_msg(!strcmp(got_, want), "got\n%s\nwant\n%s", got_, want);                         \
		mem_free(got_);                                                                              \
	} while (0)

START_TEST(nothing)
{
	EXPECT(print(village(), village()), "The next 7 days, from 16:05 on 13/7/2021: what is aired stays as it is\n");
}
END_TEST

START_TEST(a_letter)
{
	struct station *s = village(), *n = village();
	build_session(s, "sang", "5h30", "6h30", "a,c,d,e");
	build_session(n, "sang", "5h30", "6h30", "a,b,c,d,e");
	EXPECT(print(s, n), "The next 7 days, from 16:05 on 13/7/2021: 7 added, 0 removed, 21 moved, 0 changed\n"
	                    "Session \"sang\"\n"
	                    "  + added 05:31  b (1:15)  every day\n"
	                    "  > moved 05:31 → 05:32:15  3 bulletins, the first \"c\": 75s later  every day\n"
	                    "Minutes a day:\n"
	                    "  14/7–20/7: 2 min 30 s → 3 min 45 s; broadcasts: 4 → 5\n");
}
END_TEST

START_TEST(what_else)
{
	struct station *s = village(), *n = village();
	n->approval = true;
	n->zones.at[0].volume = 50;
	build_at(s, "nhac", "8h,17h", "a");
	struct rule *r = build_at(n, "nhac", "8h,20h59", "b");
	r->weekdays = 0x1F;
	EXPECT(print(s, n), "The next 7 days, from 16:05 on 13/7/2021: 11 added, 15 removed, 0 moved, 0 changed\n"
	                    "Repeat \"nhac\"\n"
	                    "  - removed 08:00  a  every day\n"
	                    "  + added 08:00  b (1:15)  5 days, 14/7–20/7\n"
	                    "      ! not approved: it will NOT be aired\n"
	                    "  - removed 17:00  a  every day\n"
	                    "  + added 20:59  b (1:15)  6 days, 13/7–20/7\n"
	                    "      ! not approved: it will NOT be aired\n"
	                    "In the files besides:\n"
	                    "  ~ the station \"22363\": changed\n"
	                    "  ~ zone \"cum-1\": changed\n"
	                    "Minutes a day:\n"
	                    "  13/7: 1 min → 1 min 15 s; broadcasts: 1 → 1\n"
	                    "  14/7–16/7: 2 min → 2 min 30 s; broadcasts: 2 → 2\n"
	                    "  17/7–18/7: 2 min → 0 min; broadcasts: 2 → 0\n"
	                    "  19/7–20/7: 2 min → 2 min 30 s; broadcasts: 2 → 2\n"
	                    "Near quiet hours:\n"
	                    "  ! 20:59 b (nhac) – is cut by 21:00–05:00, 6 days, 13/7–20/7\n");
}
END_TEST

/* Of the first schedule of all nobody need be told that its zones are new. */
START_TEST(the_first)
{
	struct station *n = village();
	build_session(n, "sang", "5h30", "6h30", "a");
	EXPECT(print(NULL, n), "The next 7 days, from 16:05 on 13/7/2021: 7 added, 0 removed, 0 moved, 0 changed\n"
	                       "Session \"sang\"\n"
	                       "  + added 05:30  a (1:00)  every day\n"
	                       "Minutes a day:\n"
	                       "  14/7–20/7: 0 min → 1 min; broadcasts: 0 → 1\n");
}
END_TEST

/* However much differs, what is near quiet hours is on the screen. */
START_TEST(bounded)
{
	struct station *s = village(), *n = village();
	build_every(s, "nhac", "5m", "8h-20h", "a");
	build_every(n, "nhac", "7m", "7h-21h", "b");
	char *shown = print(s, n);
	size_t lines = 0;
	for (const char *p = shown; (p = strchr(p, '\n')); p++)
		lines++;
	ck_assert_uint_lt(lines, 80);
	ck_assert_ptr_nonnull(strstr(shown, "Near quiet hours"));
	ck_assert_ptr_nonnull(strstr(shown, "lines more"));
	mem_free(shown);
}
END_TEST

UNIT_MAIN("cli/difference-print", nothing, the_first, a_letter, what_else, bounded)
