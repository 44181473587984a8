#include "cli/todo.h"
#include "../schedule/build.h"

/* Wednesday 14/7/2021; sang 05:30 and chieu 17:00 with one bulletin of campaign "bz" and one without. */
static struct station *station(void)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 2);
	int bz = build_campaign(s, "bz", "1/7/2021", "31/8/2021");
	s->campaigns.at[bz].times_min = 2;
	s->campaigns.at[bz].place.file = "/state/accepted/000001/20-dot.conf";
	build_bulletin(s, "hieu", 10000, CLASS_SIGNATURE);
	build_bulletin(s, "tin", 60000, CLASS_ANNOUNCEMENT)->campaign = bz;
	for (size_t i = 0; i < s->bulletins.n; i++)
		s->bulletins.at[i].approved_by = mem_dup("A");
	s->approval = true;
	build_session(s, "sang", "5h30", "6h30", "hieu,tin");
	build_session(s, "chieu", "17h", "17h30", "hieu,tin");
	return s;
}

/* "code: text → act" a line, "!" before what can wait. */
static char *found(const struct todo_facts *f)
{
	struct todos list = { 0 };
	struct text t = { 0 };
	todo_find(f, &list);
	for (size_t i = 0; i < list.list.n; i++) {
		const struct todo *w = &list.list.at[i];
		text_addf(&t, "%s%s: %s", w->urgent ? "" : "!", w->code, w->text);
		text_addf(&t, w->act ? " → %s\n" : "\n", w->act);
	}
	todo_free(&list);
	return text_take(&t);
}

static char *found_at(const char *now, const struct station *s, const char *status)
{
	struct json *j = status ? json_parse(status, strlen(status)) : NULL;
	ck_assert(!status || j);
	char *all = found(&(struct todo_facts){ .now = build_instant(s, now), .station = s, .status = j });
	if (j)
		json_free(&j);
	return all;
}

#define WELL "{\"clock\":\"synced\",\"schedule\":true,\"faults\":[],\"emergencies\":[],\"zones\":[]}"
#define EARLY "2021-07-14T04:50"

static void expect(const char *now, const struct station *s, const char *status, const char *want, int line)
{
	char *all = found_at(now, s, status);
	ck_assert_msg(!strcmp(all, want), "line %d:\n%s\nnot\n%s", line, all, want);
	mem_free(all);
}

START_TEST(nothing_to_do)
{
	struct station *s = station();
	expect(EARLY, s, WELL, "", __LINE__);
	station_free(&s);
}
END_TEST

START_TEST(what_the_controller_says)
{
	static const struct {
		int line;
		const char *status, *want;
	} T[] = {
		{ __LINE__, NULL, "not-running: THE STATION IS NOT RUNNING: nothing is aired, no emergency can be ordered → "
				  "start it: systemctl start loaxa (by hand: loaxa run)\n" },
		{ __LINE__, "{\"clock\":\"distrusted\",\"schedule\":true}",
			"clock: SCHEDULE HELD: the clock is not trusted; emergencies and manual plays still work → "
			"set the clock; if it is right: loaxa clock confirm\n" },
		{ __LINE__, "{\"schedule\":true,\"now\":\"2021-07-14T04:50:00.000+07:00\",\"faults\":[{\"code\":\"output\","
			    "\"since\":\"2021-07-14T04:10:00.000+07:00\",\"text\":\"NO SOUND\"}]}",
			"fault: NO SOUND (since 04:10)\n" },
		{ __LINE__, "{\"schedule\":true,\"faults\":[{\"code\":\"output\",\"since\":\"2021-07-14T04:10:00.000+07:00\","
			    "\"text\":\"NO SOUND since 04:10\"},{},7]}",
			"fault: NO SOUND since 04:10\n" },
		{ __LINE__, "{\"schedule\":false}",
			"no-schedule: NO SCHEDULE is accepted: nothing is planned → make a station: loaxa init\n" },
		{ __LINE__, "{\"schedule\":true,\"zones\":[{\"zone\":\"cum-1\",\"off\":\"hỏng loa\",\"off_by\":\"Lan\","
			    "\"off_since\":\"2021-07-12T05:40:00.000+07:00\"},{\"zone\":\"cum-2\",\"held\":true}]}",
			"zone-held: Zone cum-2 is HELD: only emergencies are aired there → loaxa release cum-2\n"
			"!zone-off: Zone cum-1 is OFF since 05:40 on 12/7/2021: hỏng loa (Lan) → once it is mended: loaxa on "
			"cum-1\n" },
		{ __LINE__, "{\"schedule\":true,\"zones\":[{\"zone\":\"cum-1\",\"held\":true,\"held_by\":\"Lan\",\"held_since\":"
			    "\"2021-07-13T05:40:00.000+07:00\"},{\"zone\":\"cum-2\",\"held\":true,\"held_by\":\"Lan\","
			    "\"held_since\":\"2021-07-14T04:40:00.000+07:00\"}]}",
			"zone-held: ALL zones are HELD since 05:40 yesterday (Lan): only emergencies are aired there → "
			"loaxa release all\n" },
		{ __LINE__, "{\"schedule\":true,\"emergencies\":[{\"rule\":\"bao\",\"until\":\"2021-07-15T03:00:00.000+07:00\"},"
			    "{\"rule\":\"xa\",\"until\":\"2021-07-18T03:00:00.000+07:00\"}]}",
			"!emergency-ending: Emergency \"bao\" ends by itself at 03:00 tomorrow → still dangerous: loaxa extend "
			"bao\nover: loaxa cancel bao\n" },
		{ __LINE__, "[]", "no-schedule: NO SCHEDULE is accepted: nothing is planned → make a station: loaxa init\n" },
	};
	struct station *s = station();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		expect(EARLY, s, T[i].status, T[i].want, T[i].line);
	/* A zone that the schedule leaves off waits for nobody. */
	s->zones.at[0].on = false;
	expect(EARLY, s, "{\"schedule\":true,\"zones\":[{\"zone\":\"cum-1\",\"off\":\"\"}]}", "", __LINE__);
	station_free(&s);
}
END_TEST

START_TEST(what_will_not_be_heard)
{
	struct station *s = station();
	struct bulletin *b = &s->bulletins.at[1];
	s->campaigns.at[0].times_min = -1;
	mem_renew(&b->approved_by, NULL);
	expect(EARLY, s, WELL, "not-approved: Will NOT air at 05:30:10 and 3 more times: \"tin\" is not approved → "
			      "loaxa approve tin --by \"Name, office\"\n", __LINE__);
	expect("2021-07-14T17:20", s, WELL, "not-approved: Will NOT air at 05:30:10 tomorrow and 1 more time: \"tin\" is not "
			      "approved → loaxa approve tin --by \"Name, office\"\n", __LINE__);
	s->approval = false;
	expect(EARLY, s, WELL, "", __LINE__);
	b->audio.at[0].state = RECORDING_MISSING;
	char *all = found_at(EARLY, s, WELL);
	ck_assert_ptr_eq(strstr(all, "recording: Will NOT air at 05:30:10 and 3 more times: the recording \"tin.opus\" of "
				     "\"tin\" is not there → put it back"), all);
	mem_free(all);
	b->audio.at[0].state = RECORDING_READY;
	b->audio.at[0].bound = mem_dup("1234");
	expect(EARLY, s, WELL, "", __LINE__); /* its hash is not known here */
	strcpy(b->audio.at[0].sha256, "5678");
	all = found_at(EARLY, s, WELL);
	ck_assert_ptr_nonnull(strstr(all, "was changed after it was approved → listen"));
	mem_free(all);
	mem_renew(&b->audio.at[0].bound, "5678");
	b->text = mem_dup("tin.txt");
	b->text_bound = mem_dup("1234");
	strcpy(b->text_sha256, "1234");
	expect(EARLY, s, WELL, "", __LINE__);
	strcpy(b->text_sha256, "5678");
	all = found_at(EARLY, s, WELL);
	ck_assert_ptr_nonnull(strstr(all, "the text of \"tin\" was changed after it was approved"));
	mem_free(all);
	/* once is enough: the controller says it already */
	all = found_at(EARLY, s, "{\"clock\":\"synced\",\"schedule\":true,\"faults\":[{\"code\":\"changed:tin.txt\","
				 "\"since\":\"2021-07-14T04:10:00.000+07:00\",\"text\":\"hỏng\"}],\"emergencies\":[],\"zones\":[]}");
	ck_assert_ptr_nonnull(strstr(all, "fault: hỏng"));
	ck_assert_ptr_null(strstr(all, "was changed after"));
	mem_free(all);
	station_free(&s);
}
END_TEST

START_TEST(changes_not_applied)
{
	struct station *s = station();
	struct json *j = json_parse(WELL, strlen(WELL));
	struct todo_facts f = { .now = build_instant(s, EARLY), .station = s, .status = j, .dir = "lich", .differs = true };
	char *all = found(&f);
	ck_assert_str_eq(all, "!not-applied: Changes in lich are NOT applied: the schedule of before still runs → look and "
			      "apply: loaxa reload\n");
	mem_free(all);
	/* Who may not ask may most often not look either: nothing is said of what is not known. */
	all = found(&(struct todo_facts){ .now = f.now, .silent = "not allowed" });
	ck_assert_str_eq(all, "no-answer: not allowed\n");
	mem_free(all);
	f.changed = "tin.opus, moi.opus";
	f.differs = false;
	all = found(&f);
	ck_assert_str_eq(all, "!not-applied: New recordings are NOT applied: tin.opus, moi.opus; those of before are aired → "
			      "look and apply: loaxa reload\n");
	mem_free(all);
	f.changed = NULL;
	f.differs = true;
	f.errors = 2;
	all = found(&f);
	ck_assert_str_eq(all, "!not-applied: Changes in lich are NOT applied and have 2 errors; the schedule that runs is "
			      "untouched → loaxa check lich\n");
	mem_free(all);
	json_free(&j);
	station_free(&s);
}
END_TEST

START_TEST(what_ends)
{
	static const struct {
		int line;
		const char *now, *want;
	} T[] = {
		{ __LINE__, "2021-08-27T10:00", "" },
		{ __LINE__, "2021-08-28T10:00", "!campaign-ending: Campaign \"bz\" has its last day on 31/8/2021 (in 3 days) → to go on: "
			    "change \"until\" in 20-dot.conf, then: loaxa reload\n" },
		{ __LINE__, "2021-08-31T10:00", "!campaign-ending: Campaign \"bz\" has its last day on 31/8/2021 (today) → to go on: "
			    "change \"until\" in 20-dot.conf, then: loaxa reload\n" },
		{ __LINE__, "2021-09-01T10:00", "" },
	};
	struct station *s = station();
	s->campaigns.at[0].times_min = -1;
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		expect(T[i].now, s, WELL, T[i].want, T[i].line);
	station_free(&s);
}
END_TEST

#define DUE(date, when, from, today)                                                                                   \
	"!report-due: Report on 1704/STTTT due on " date " (" when "), to Sở → figures: loaxa log --directive "         \
	"\"1704/STTTT\" --from " from "\nonce sent: loaxa note " today " \"1704/STTTT sent\"\n"

START_TEST(reports_are_due)
{
	static const struct {
		int line;
		const char *now, *want, *note; /* "DATE text" */
	} T[] = {
		{ __LINE__, "2021-07-18T10:00", "", NULL },
		{ __LINE__, "2021-07-19T10:00", DUE("20/7/2021", "tomorrow", "2021-07-13", "2021-07-19"), NULL },
		{ __LINE__, "2021-07-20T10:00", DUE("20/7/2021", "today", "2021-07-13", "2021-07-20"), NULL },
		{ __LINE__, "2021-07-22T10:00", DUE("20/7/2021", "2 days ago", "2021-07-13", "2021-07-22"), NULL },
		{ __LINE__, "2021-07-26T10:00", DUE("27/7/2021", "tomorrow", "2021-07-20", "2021-07-26"), NULL },
		{ __LINE__, "2021-07-22T10:00", "", "2021-07-21 đã gửi báo cáo 1704/STTTT" },
		{ __LINE__, "2021-07-22T10:00", DUE("20/7/2021", "2 days ago", "2021-07-13", "2021-07-22"), "2021-07-21 khác" },
		{ __LINE__, "2021-07-26T10:00", DUE("27/7/2021", "tomorrow", "2021-07-20", "2021-07-26"), "2021-07-21 1704/STTTT" },
		{ __LINE__, "2021-09-07T10:00", DUE("07/9/2021", "today", "2021-08-31", "2021-09-07"), NULL },
		{ __LINE__, "2021-09-20T10:00", "", NULL },
	};
	struct station *s = station();
	struct campaign *c = &s->campaigns.at[0];
	struct json *j = json_parse(WELL, strlen(WELL));
	c->times_min = -1;
	c->days.until = build_day("31/12/2021");
	vec_push(&c->directives, (struct directive){ .name = mem_dup("so"), .number = mem_dup("1704/STTTT"),
			.report_to = mem_dup("Sở"), .issued = DAY_NONE, .from = build_day("13/7/2021"), .report_every_days = 7 });
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct todo_note note = { 0 };
		c->days.until = build_day("31/8/2021");
		if (!strcmp(T[i].now, "2021-09-07T10:00"))
			c->days.until = build_day("31/8/2021");
		if (T[i].note) {
			char *day = mem_dup_n(T[i].note, 10);
			note = (struct todo_note){ build_day(day), build_instant(s, day), T[i].note + 11 };
			mem_free(day);
		}
		char *all = found(&(struct todo_facts){ .now = build_instant(s, T[i].now), .station = s, .status = j,
				.notes = &note, .n_notes = T[i].note != NULL });
		ck_assert_msg(!strcmp(all, T[i].want), "line %d:\n%s\nnot\n%s", T[i].line, all, T[i].want);
		mem_free(all);
	}
	json_free(&j);
	station_free(&s);
}
END_TEST

START_TEST(campaigns_short_of_their_times)
{
	static const struct {
		int line;
		int times_min;
		const char *now, *want;
		int today_aired, today_open, monday_aired; /* in the log; -1: no log */
		const char *log_begins, *note_on;
	} T[] = {
		{ __LINE__, 2, EARLY, "", -1, 0, 0, NULL, NULL },
		{ __LINE__, 2, "2021-07-14T10:00", "times-short: Campaign \"bz\" is short TODAY: 0 of 2 times aired, 1 still to "
			    "come → air it once more: loaxa play tin\n", -1, 0, 0, NULL, NULL },
		{ __LINE__, 2, "2021-07-14T10:00", "", 1, 0, 9, "12/7/2021", NULL },
		{ __LINE__, 2, "2021-07-14T10:00", "", 0, 1, 9, "12/7/2021", NULL },
		{ __LINE__, 2, "2021-07-14T10:00", "", -1, 0, 0, NULL, "2021-07-14" },
		{ __LINE__, 2, "2021-07-14T10:00", "!times-short: Campaign \"bz\" was aired 1 of 2 times on 12/7/2021 → why: "
			    "loaxa log --from 2021-07-12\nwrite it down: loaxa note 2021-07-12 \"the reason\"\n", 1, 0, 1,
			    "10/7/2021", NULL },
		{ __LINE__, 2, "2021-07-14T10:00", "", 1, 0, 1, "12/7/2021", NULL },
		{ __LINE__, 2, "2021-07-14T10:00", "", 1, 0, 1, "10/7/2021", "2021-07-12" },
		{ __LINE__, 3, "2021-07-17T04:00", "times-short: Campaign \"bz\" is short TODAY: 0 of 3 times aired, 2 still to "
			    "come → air it once more: loaxa play tin\n!times-short: Campaign \"bz\" will be short on 18/7/2021: 2 of "
			    "3 times are planned → give it a place: loaxa edit session NAME --add BULLETIN\n", -1, 0, 0, NULL, NULL },
		{ __LINE__, 3, "2021-08-31T04:00", "times-short: Campaign \"bz\" is short TODAY: 0 of 3 times aired, 2 still to "
			    "come → air it once more: loaxa play tin\n", -1, 0, 0, NULL, NULL },
	};
	struct station *s = station();
	struct json *j = json_parse(WELL, strlen(WELL));
	s->campaigns.at[0].days.until = build_day("31/8/2021");
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct times times = { 0 };
		struct todo_note note = { 0 };
		s->campaigns.at[0].times_min = T[i].times_min;
		vec_push(&times.days, (struct times_day){ "bz", build_day("14/7/2021"), T[i].today_aired, T[i].today_open });
		vec_push(&times.days, (struct times_day){ "bz", build_day("12/7/2021"), T[i].monday_aired, 0 });
		vec_push(&times.days, (struct times_day){ "bz", build_day("13/7/2021"), 9, 0 });
		struct todo_facts f = { .now = build_instant(s, T[i].now), .station = s, .status = j };
		f.times = T[i].today_aired < 0 ? NULL : &times;
		f.log_begins = T[i].log_begins ? build_day(T[i].log_begins) : 0;
		note.day = T[i].note_on ? build_day(T[i].note_on) : 0;
		note.text = "mất điện";
		f.notes = &note;
		f.n_notes = T[i].note_on != NULL;
		char *all = found(&f), *mine = strstr(all, "!campaign-ending");
		if (mine)
			*mine = '\0'; /* another rule's */
		ck_assert_msg(!strcmp(all, T[i].want), "line %d:\n%s\nnot\n%s", T[i].line, all, T[i].want);
		mem_free(all);
		times_free(&times);
	}
	json_free(&j);
	station_free(&s);
}
END_TEST

/* Between its start and its end a session may still air what seems to be over when no length is known. */
START_TEST(unknown_lengths_raise_no_false_alarm)
{
	struct station *s = station();
	struct json *j = json_parse(WELL, strlen(WELL));
	struct todo_facts f = { .now = build_instant(s, "2021-07-14T05:45"), .station = s, .status = j };
	s->bulletins.at[0].audio.at[0].ms = s->bulletins.at[1].audio.at[0].ms = 0;
	char *all = found(&f);
	ck_assert_str_eq(all, "");
	mem_free(all);
	f.lengths_known = true;
	all = found(&f);
	ck_assert_ptr_nonnull(strstr(all, "is short TODAY: 0 of 2 times aired, 1 still to come"));
	mem_free(all);
	f.lengths_known = false;
	f.now = build_instant(s, "2021-07-14T06:45");
	all = found(&f);
	ck_assert_ptr_nonnull(strstr(all, "is short TODAY: 0 of 2 times aired, 1 still to come"));
	mem_free(all);
	json_free(&j);
	station_free(&s);
}
END_TEST

START_TEST(the_next_session)
{
	struct station *s = station();
	int rule = -1;
	wall_us at = todo_next_session(s, build_instant(s, "2021-07-14T05:30"), &rule);
	ck_assert_int_eq(at.us, build_instant(s, "2021-07-14T17:00").us);
	ck_assert_str_eq(s->rules.at[rule].name, "chieu");
	at = todo_next_session(s, build_instant(s, "2021-07-14T17:00"), &rule);
	ck_assert_int_eq(at.us, build_instant(s, "2021-07-15T05:30").us);
	s->bulletins.at[0].days.until = s->bulletins.at[1].days.until = build_day("14/7/2021");
	at = todo_next_session(s, build_instant(s, "2021-07-14T17:00"), &rule);
	ck_assert_int_eq(at.us, US_NEVER);
	station_free(&s);
}
END_TEST

UNIT_MAIN("cli/todo", nothing_to_do, what_the_controller_says, what_will_not_be_heard, changes_not_applied, what_ends,
		reports_are_due, campaigns_short_of_their_times, unknown_lengths_raise_no_false_alarm, the_next_session)
