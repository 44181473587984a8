/* Amounts a day: campaigns and limits. */
#include "check-build.h"

START_TEST(times_and_minutes_of_a_campaign)
{
	struct station *s = village(3);
	s->bulletins.at[0].campaign = s->bulletins.at[1].campaign =
	        build_campaign(s, "c", "1/7/2021", "31/7/2021");
	struct campaign *c = &s->campaigns.at[0];
	build_session(s, "sang", "5h30", "6h", "a,b,a"); /* one time, seven minutes */
	struct rule *noon = build_at(s, "trua", "11h15", "a");
	c->times_min = 2;
	c->times_max = 2;
	c->minutes_min = c->minutes_max = 8;
	EXPECT(s, "");
	c->times_min = 3;
	EXPECT(s, "W:50:times-short: campaign \"c\" is aired 2 times on 01/7/2021 (×31) — at least 3 times a "
	          "day are required "
	          "— add it to a session, or add a repeat");
	c->times_min = c->times_max = 1;
	EXPECT(s, "W:50:times-over: campaign \"c\" is aired 2 times on 01/7/2021 (×31) — at most 1 times a "
	          "day are wanted — "
	          "take it out of a session, or drop a repeat");
	c->times_max = 2;
	c->minutes_max = 7;
	EXPECT(s, "W:50:minutes-over: campaign \"c\" has 8 minutes of sound on 01/7/2021 (×31) — at most 7 "
	          "minutes a day are "
	          "wanted — air fewer of its bulletins, or less often");
	c->minutes_max = -1;
	c->minutes_min = 9;
	EXPECT(s, "W:50:minutes-short: campaign \"c\" has 8 minutes of sound on 01/7/2021 (×31) — at least 9 "
	          "minutes a day "
	          "are required — air more of its bulletins, or more often");
	c->minutes_min = -1;
	c->times_min = 2;
	noon->weekdays = 0x3F; /* Sundays only one time */
	EXPECT(s, "W:50:times-short: campaign \"c\" is aired 1 times on 04/7/2021 (×4) — at least 2 times a "
	          "day are required — "
	          "add it to a session, or add a repeat");
	/* an exception that takes a time away excuses the day; one that takes something else does not */
	noon->weekdays = 0x7F;
	struct exception *e = build_exception(s, "le", "4/7/2021", "5/7/2021");
	vec_push(&e->skip, 1);
	EXPECT(s, "");
	build_exception(s, "tang", "9/7/2021", "9/7/2021")->suppress[CLASS_MUSIC] = true;
	noon->days.until = build_day("8/7/2021");
	EXPECT(s, "W:50:times-short: campaign \"c\" is aired 1 times on 09/7/2021 (×23) — at least 2 times a "
	          "day are required "
	          "— add it to a session, or add a repeat");
	/* a signature is no time */
	noon->days.until = DAY_MAX;
	s->bulletins.at[0].class = CLASS_SIGNATURE;
	EXPECT(s, "W:50:times-short: campaign \"c\" is aired 1 times on 01/7/2021 (×31) — at least 2 times a "
	          "day are required "
	          "— add it to a session, or add a repeat");
	station_free(&s);
}
END_TEST

START_TEST(a_directive_counts_from_its_own_day)
{
	struct station *s = village(1);
	s->bulletins.at[0].campaign = build_campaign(s, "c", "5/7/2021", "31/7/2021");
	s->campaigns.at[0].times_min = 1;
	build_at(s, "trua", "11h15", "a");
	EXPECT(s, "");
	vec_push(&s->campaigns.at[0].directives,
	        (struct directive){ .issued = DAY_NONE, .from = build_day("3/7/2021") });
	EXPECT(s, "W:50:times-short: campaign \"c\" is aired 0 times on 03/7/2021 (×2) — at least 1 times a "
	          "day are required — "
	          "add it to a session, or add a repeat");
	s->campaigns.at[0].directives.at[0].from = build_day("13/7/2021");
	EXPECT(s, "");
	station_free(&s);
}
END_TEST

START_TEST(limits)
{
	struct station *s = village(2);
	vec_push(&s->limits, (struct limit){ .name = mem_dup("hai-buoi"),
	                             .weekdays = 0x1F,
	                             .sessions_per_day = 2,
	                             .minutes_per_session = 15,
	                             .minutes_min = 10,
	                             .minutes_max = 18,
	                             .place = { "test.conf", 9 } });
	struct limit *l = &s->limits.at[0];
	build_session(s, "sang", "5h30", "6h", "b,b");
	build_session(s, "chieu", "17h", "17h30", "b");
	build_session(s, "toi", "19h", "19h30", "a")->zones = 2;
	EXPECT(s, "W:9:limit: limit \"hai-buoi\": 3 sessions in \"cum-2\" on 01/7/2021 (×286) — at most 2 a "
	          "day are allowed — "
	          "join two of them, or drop one");
	l->sessions_per_day = -1;
	EXPECT(s, "");
	l->minutes_max = 15;
	EXPECT(s, "W:9:limit: limit \"hai-buoi\": 16 minutes of sound in \"cum-2\" on 01/7/2021 (×286) — at "
	          "most 15 a day are "
	          "allowed — take items out");
	l->minutes_max = -1;
	l->minutes_per_session = 9;
	EXPECT(s, "W:9:limit: limit \"hai-buoi\": session \"sang\" has 10 minutes of sound on 01/7/2021 "
	          "(×286) — at most 9 are "
	          "allowed — take an item out");
	l->minutes_per_session = -1;
	l->minutes_min = 16;
	EXPECT(s, "W:9:limit: limit \"hai-buoi\": only 15 minutes of sound in \"cum-1\" on 01/7/2021 (×286) "
	          "— at least 16 a "
	          "day are required — add items");
	l->weekdays = 0x60;
	s->rules.at[0].weekdays = s->rules.at[1].weekdays = s->rules.at[2].weekdays = 0x1F;
	EXPECT(s, "");
	station_free(&s);
}
END_TEST

UNIT_MAIN("schedule/check-campaigns", times_and_minutes_of_a_campaign, a_directive_counts_from_its_own_day,
        limits)
