/* Every code: a station that has it, the whole text, and the same station without the fault. */
#include "check-build.h"

#define COUNT(t) (sizeof(t) / sizeof *(t))

START_TEST(a_sound_schedule_has_no_findings)
{
	struct station *s = village(6);
	build_session(s, "sang", "5h30", "6h30", "a,b,vov@5h36,a");
	build_at(s, "trua", "11h15", "a,b");
	build_session(s, "chieu", "17h", "17h30", "b,a");
	EXPECT(s, "");
	station_free(&s);
}
END_TEST

START_TEST(where_the_expansion_starts)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 1);
	build_bulletin(s, "a", 60000, CLASS_NEWS);
	ck_assert_int_eq(schedule_first_day(s), build_day("1/1/2024"));
	build_at(s, "r", "8h", "a")->days.until = build_day("31/8/2021");
	ck_assert_int_eq(schedule_first_day(s), build_day("25/8/2021")); /* the last week of what only ends */
	build_exception(s, "le", NULL, NULL);
	vec_push(&s->exceptions.at[0].dates, build_day("20/8/2021"));
	ck_assert_int_eq(schedule_first_day(s), build_day("20/8/2021"));
	build_campaign(s, "c", "1/7/2021", "31/8/2021");
	ck_assert_int_eq(schedule_first_day(s), build_day("1/7/2021"));
	station_free(&s);
}
END_TEST

START_TEST(quiet_hours)
{
	static const struct {
		int line;
		bool session;
		const char *at, *play, *want;
	} T[] = {
		{ __LINE__, true, "3h15", "a,b",
		        "E:201:quiet-hours: session \"x\" starts 03:15 (01/7/2021, ×400), inside quiet hours "
		        "21:00–05:00 — only emergencies then — did you mean 05:15?" },
		{ __LINE__, false, "1h30", "a",
		        "E:201:quiet-hours: repeat \"x\" airs 01:30 (01/7/2021, ×400), inside quiet hours "
		        "21:00–05:00 — only emergencies then — did you mean 13:30?" },
		{ __LINE__, false, "21h", "a",
		        "E:201:quiet-hours: repeat \"x\" airs 21:00 (01/7/2021, ×400), inside quiet hours "
		        "21:00–05:00 — only emergencies then — did you mean 12:00?" },
		{ __LINE__, true, "20h59", "a,b",
		        "E:201:quiet-hours: \"b\" of \"x\" is planned at 21:00 (01/7/2021, ×400), inside "
		        "quiet "
		        "hours 21:00–05:00 — only emergencies then — start \"x\" earlier or make it "
		        "shorter" },
		{ __LINE__, true, "20h58", "a,b",
		        "W:201:guard-cut: \"x\": \"b\" of 20:59 (01/7/2021, ×400) still runs when quiet "
		        "hours begin "
		        "at 21:00 — it is cut there and does not come back — start earlier or make it "
		        "shorter" },
		{ __LINE__, true, "20h54", "a,b", "" },
		{ __LINE__, false, "5h", "a",
		        "W:201:guard-warn: \"x\" starts 05:00 (01/7/2021, ×400), in sensitive hours "
		        "05:00–05:30 — "
		        "people may still be asleep — better from 05:30 on" },
		{ __LINE__, false, "5h30", "a", "" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct station *s = village(2);
		if (T[i].session)
			build_session(s, "x", T[i].at, "23h", T[i].play);
		else
			build_at(s, "x", T[i].at, T[i].play);
		char *got = findings_of(s);
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d:\n got %s", T[i].line, got);
		mem_free(got);
		station_free(&s);
	}
}
END_TEST

START_TEST(a_guard_of_one_zone)
{
	struct station *s = village(2);
	build_guard(s, "11h", "13h", GUARD_REFUSE);
	s->guards.at[2].zones = 2;
	struct rule *r = build_at(s, "trua", "11h15", "a");
	EXPECT(s, "E:201:quiet-hours: repeat \"trua\" airs 11:15 (01/7/2021, ×400), inside quiet hours "
	          "11:00–13:00 — only "
	          "emergencies then — move it to 13:00 or later");
	r->zones = 1;
	EXPECT(s, "");
	station_free(&s);
}
END_TEST

START_TEST(recordings)
{
	struct station *s = village(1);
	s->audio_dir = mem_dup("audio");
	struct recording *r = &s->bulletins.at[0].audio.at[0];
	r->place = (struct place){ "test.conf", 8 };
	r->state = RECORDING_MISSING;
	EXPECT(s, "E:8:audio-missing: audio file \"a.opus\" not found — looked in audio — correct the name, "
	          "or: loaxa import "
	          "FILE");
	r->why = mem_dup("a2.opus");
	EXPECT(s, "E:8:audio-missing: audio file \"a.opus\" not found — looked in audio; similar: "
	          "\"a2.opus\" — "
	          "correct the name, or: loaxa import FILE");
	r->state = RECORDING_CORRUPT;
	EXPECT(s, "E:8:audio-corrupt: cannot be aired: a2.opus");
	r->state = RECORDING_READY;
	r->bound = mem_dup("00");
	memcpy(r->sha256, "ff", 3);
	EXPECT(s, "W:8:file-changed: audio file \"a.opus\" is not the approved one — its content no longer "
	          "has the sha256 "
	          "that \"a\" names, so its airings fail — restore the file, or have the new one approved: "
	          "loaxa approve a --by \"NAME, OFFICE\"");
	memcpy(r->sha256, "00", 3);
	EXPECT(s, "");
	struct bulletin *b = &s->bulletins.at[0];
	b->text = mem_dup("a.txt");
	memcpy(b->text_sha256, "ff", 3);
	EXPECT(s, "");
	b->text_bound = mem_dup("00");
	EXPECT(s, "W:100:file-changed: the text \"a.txt\" is not the approved one, or is gone — it no longer has the "
	          "fingerprint that \"a\" names, so its airings fail — restore the file, or have the new one approved: "
	          "loaxa approve a --by \"NAME, OFFICE\"");
	b->text_sha256[0] = '\0';
	EXPECT(s, "W:100:file-changed: the text \"a.txt\" is not the approved one, or is gone — it no longer has the "
	          "fingerprint that \"a\" names, so its airings fail — restore the file, or have the new one approved: "
	          "loaxa approve a --by \"NAME, OFFICE\"");
	memcpy(b->text_sha256, "00", 3);
	EXPECT(s, "");
	r->limited = true;
	EXPECT(s, "W:8:audio-limited: audio file \"a.opus\" is very uneven — its peaks are held down by more "
	          "than 6 dB so "
	          "that the speech is loud enough — record it anew at an even level");
	r->limited = false;
	r->frames[0] = (INT64_C(1) << 29) + (1 << 20);
	EXPECT(s, "W:0:disk: the prepared audio takes 1069 MiB — the store keeps 2048 MiB, for the running "
	          "and the next "
	          "schedule together — drop recordings that are no longer used");
	station_free(&s);
}
END_TEST

START_TEST(approval_and_end)
{
	struct station *s = village(1);
	s->approval = true;
	for (size_t i = 0; i < s->bulletins.n; i++)
		s->bulletins.at[i].approved_by = mem_dup("Chủ tịch UBND phường");
	struct bulletin *a = &s->bulletins.at[0];
	build_at(s, "trua", "11h15", "a");
	build_rule(s, RULE_EMERGENCY, "bao", "b")->all_clear = 1;
	EXPECT(s, "");
	mem_free(a->approved_by);
	a->approved_by = NULL;
	EXPECT(s, "W:100:unapproved: \"a\" is planned but not approved — this station airs approved "
	          "bulletins only, so it will "
	          "be skipped — have it approved: loaxa approve a --by \"NAME, OFFICE\"");
	a->approved_by = mem_dup("x");
	mem_free(s->bulletins.at[1].approved_by);
	s->bulletins.at[1].approved_by = NULL;
	static const char unapproved[] =
	        "E:202:not-approved: emergency \"bao\" airs \"b\", which is not approved — an "
	        "emergency asks nobody any more, so it must be approved beforehand — loaxa approve "
	        "b --by \"NAME, OFFICE\"";
	char *twice = mem_printf("%s\n%s", unapproved, unapproved); /* played, and its all-clear */
	EXPECT(s, twice);
	mem_free(twice);
	struct bulletin *b = &s->bulletins.at[1];
	b->approved_by = mem_dup("x");
	b->audio.at[0].bound = mem_dup("00");
	memcpy(b->audio.at[0].sha256, "00", 3);
	EXPECT(s, "");
	memcpy(b->audio.at[0].sha256, "ff", 3);
	struct findings fs = { 0 };
	schedule_check(s, &fs);
	ck_assert_uint_eq(fs.errors, 2);
	ck_assert_uint_eq(fs.warnings, 1);
	findings_free(&fs);
	memcpy(b->audio.at[0].sha256, "00", 3);
	s->approval = false;
	EXPECT(s, "");
	a->has_until = false;
	EXPECT(s, "W:100:no-end: announcement \"a\" has no end date — it would be aired for ever — add until "
	          "= \"…\", or "
	          "name its campaign");
	a->campaign = build_campaign(s, "c", "1/7/2021", "31/8/2021");
	EXPECT(s, "");
	s->campaigns.at[0].days.until = DAY_MAX;
	EXPECT(s, "W:100:no-end: announcement \"a\" has no end date — it would be aired for ever — add until "
	          "= \"…\", or "
	          "name its campaign");
	a->class = CLASS_SIGNATURE;
	EXPECT(s, "");
	station_free(&s);
}
END_TEST

START_TEST(overlap)
{
	static const struct {
		int line;
		const char *at, *end, *play, *want;
	} T[] = {
		{ __LINE__, "17h04", "17h30", "a",
		        "W:202:overlap: \"nhac\" 17:04 (01/7/2021, ×400) falls inside session \"chieu\" "
		        "(17:00–17:30) in 2 zone(s) — one item per zone at a time, so \"nhac\" waits 60 s — "
		        "move "
		        "\"nhac\" to 17:30" },
		{ __LINE__, "17h04", "17h30", "b",
		        "W:202:overlap: \"nhac\" 17:04 (01/7/2021, ×400) falls inside session \"chieu\" "
		        "(17:00–17:30) in 2 zone(s) — one item per zone at a time, so \"chieu\" runs 5 "
		        "minutes "
		        "late — "
		        "move \"nhac\" to 17:30" },
		{ __LINE__, "17h04", "17h12", "b",
		        "W:202:overlap: \"nhac\" 17:04 (01/7/2021, ×400) falls inside session \"chieu\" "
		        "(17:00–17:12) in 2 zone(s) — one item per zone at a time, so \"chieu\" runs 5 "
		        "minutes "
		        "late and "
		        "loses \"a\" — move \"nhac\" to 17:12" },
		{ __LINE__, "17h05", "17h11", "a",
		        "W:202:overlap: \"nhac\" 17:05 (01/7/2021, ×400) falls inside session \"chieu\" "
		        "(17:00–17:11) in 2 zone(s) — one item per zone at a time, so \"chieu\" runs 60 s "
		        "late and "
		        "loses \"a\" — move \"nhac\" to 17:11" },
		{ __LINE__, "17h04", "17h30", "vov",
		        "W:202:overlap: \"nhac\" 17:04 (01/7/2021, ×400) falls inside session \"chieu\" "
		        "(17:00–17:30) in 2 zone(s) — one item per zone at a time, so \"chieu\" loses \"b\" "
		        "— move "
		        "\"nhac\" to 17:30" },
	};
	for (size_t i = 0; i < COUNT(T); i++) {
		struct station *s = village(3);
		build_session(s, "chieu", "17h", T[i].end, "b,b,a");
		build_at(s, "nhac", T[i].at, T[i].play)->zones = 6;
		char *got = findings_of(s);
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d:\n got %s", T[i].line, got);
		mem_free(got);
		s->rules.at[1].zones = 0;
		s->rules.at[0].zones = 0;
		station_free(&s);
	}
}
END_TEST

START_TEST(no_overlap_in_a_gap_or_in_other_zones)
{
	struct station *s = village(2);
	build_session(s, "chieu", "17h", "17h40", "b,vov@17h10")->zones = 1;
	struct rule *r = build_at(s, "nhac", "17h04", "a");
	r->zones = 2;
	EXPECT(s, "W:201:silence: \"chieu\" is silent from 17:05 (01/7/2021, ×400) until \"vov\" at 17:10 — "
	          "that is more than "
	          "two minutes, people think it is over — put an item or music before it, or start later");
	r->zones = 3;
	r->at.at[0] = build_time("17h07");
	EXPECT(s, ""); /* the gap is cut in two of two minutes each */
	station_free(&s);
}
END_TEST

START_TEST(repeats_that_meet)
{
	struct station *s = village(1);
	build_at(s, "mot", "8h", "b,b,b");
	build_at(s, "hai", "8h", "a")->weekdays = 1;
	EXPECT(s, "W:202:overlap: \"hai\" 08:00 (05/7/2021, ×57) comes while \"mot\" of 08:00 is on air in 1 "
	          "zone(s) — one "
	          "item per zone at a time, so \"hai\" waits 5 minutes — move \"hai\" to 08:15");
	s->rules.at[1].max_late_ms = 60000;
	EXPECT(s,
	        "W:202:late-only: \"a\" of \"hai\" is never aired: planned at 08:00 (05/7/2021, ×57), it "
	        "waits longer than "
	        "it may every time — other items hold the zone — move it, or give it a longer max-late\n"
	        "W:202:overlap: \"hai\" 08:00 (05/7/2021, ×57) comes while \"mot\" of 08:00 is on air in 1 "
	        "zone(s) — one "
	        "item per zone at a time, so \"hai\" waits too long and loses \"a\" — move \"hai\" to 08:15");
	station_free(&s);

	s = village(1); /* a repeat may be in its own way */
	build_every(s, "lien-tuc", "2m", "8h-8h06", "b");
	EXPECT(s, "W:201:overlap: \"lien-tuc\" 08:02 (01/7/2021, ×800) comes while its own firing of 08:00 "
	          "is on air in "
	          "1 zone(s) — one item per zone at a time, so it waits 180 s — make every longer, or take a "
	          "bulletin "
	          "out");
	station_free(&s);
}
END_TEST

START_TEST(a_list_longer_than_its_session)
{
	struct station *s = village(1);
	build_session(s, "chieu", "17h", "17h10", "b,b,a");
	EXPECT(s, "W:201:late-only: \"a\" of session \"chieu\" is never aired: its turn comes at 17:10 "
	          "(01/7/2021, ×400) — the "
	          "session ends at 17:10, and nothing starts then any more — let it end later, or take an "
	          "item out");
	station_free(&s);
}
END_TEST

START_TEST(relay_overrun)
{
	struct station *s = village(2);
	struct rule *r = build_session(s, "sang", "5h30", "6h30", "b,a,vov@5h35");
	EXPECT(s, "W:201:relay-overrun: \"sang\": \"a\" runs 60 s into \"vov\" at 05:35 (01/7/2021, ×400) — "
	          "one item per zone "
	          "at a time, so \"vov\" starts late — start earlier or take an item out before it");
	s->bulletins.at[3].hard_start = true;
	r->play.at[2].anchor += 30000;
	EXPECT(s, "W:201:relay-overrun: \"sang\": \"a\" runs 30 s into \"vov\" at 05:35:30 (01/7/2021, ×400) "
	          "— \"vov\" starts "
	          "hard, so what runs is cut — start earlier or take an item out before it");
	r->play.at[2].anchor += 30000;
	EXPECT(s, "");
	station_free(&s);
}
END_TEST

START_TEST(silence_before_an_anchor)
{
	struct station *s = village(1);
	struct rule *r = build_session(s, "sang", "5h30", "6h30", "b,vov@5h37");
	EXPECT(s, "");
	r->play.at[1].anchor += 1000;
	EXPECT(s,
	        "W:201:silence: \"sang\" is silent from 05:35 (01/7/2021, ×400) until \"vov\" at 05:37:01 — "
	        "that is more "
	        "than two minutes, people think it is over — put an item or music before it, or start later");
	vec_remove(&r->play, 0); /* from the session's start on */
	EXPECT(s,
	        "W:201:silence: \"sang\" is silent from 05:30 (01/7/2021, ×400) until \"vov\" at 05:37:01 — "
	        "that is more "
	        "than two minutes, people think it is over — put an item or music before it, or start later");
	station_free(&s);
}
END_TEST

START_TEST(never_fires)
{
	struct station *s = village(1);
	struct rule *r = build_at(s, "nhac", "8h", "a");
	r->days = (day_span){ build_day("5/7/2021"), build_day("6/7/2021") }; /* Monday, Tuesday */
	EXPECT(s, "");
	r->weekdays = 1 << 6;
	EXPECT(s, "W:201:never-fires: \"nhac\" never fires — from 01/7/2021 to 04/8/2022 no day is one of "
	          "its weekdays within "
	          "its from and until — correct days, from or until");
	r->weekdays = 0x7F;
	s->bulletins.at[0].days.from = build_day("7/7/2021");
	EXPECT(s, "W:201:never-fires: \"nhac\" never fires — none of its bulletins is open on any of its "
	          "days from 05/7/2021 "
	          "to 08/8/2022 — compare their from and until, and the campaign's, with the rule's");
	s->bulletins.at[0].days.from = build_day("5/7/2021");
	build_exception(s, "le", "5/7/2021", "6/7/2021")->skip_all = true;
	EXPECT(s, "W:201:never-fires: \"nhac\" never fires — exceptions take away every one of its days from "
	          "05/7/2021 to "
	          "08/8/2022 — correct the exceptions, or drop it");
	station_free(&s);
}
END_TEST

UNIT_MAIN("schedule/check", a_sound_schedule_has_no_findings, where_the_expansion_starts, quiet_hours,
        a_guard_of_one_zone, recordings, approval_and_end, overlap, no_overlap_in_a_gap_or_in_other_zones,
        repeats_that_meet, a_list_longer_than_its_session, relay_overrun, silence_before_an_anchor,
        never_fires)
