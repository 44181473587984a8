/* A new recording for one emergency (`emergency NAME with FILE`): what airs, until when, and what rows say of it.
 * See world.h for the notation; "moi-30.wav" lasts 30 s, bao's own text a minute. */
#include "world-table.h"

START_TEST(until_it_is_over)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao with moi-30.wav",
				"0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-30]; 2 bao aired 05:40[0-30]" },
		/* all of its list, but not the all-clear */
		{ __LINE__, "bao! bao,lu first=1x5m clear=het", "05:30 emergency bao with moi-30.wav; 05:36 cancel bao",
				"0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-30]; 2 het aired 05:36[0-60]" },
		/* the next event has its own text */
		{ __LINE__, "bao! bao", "05:30 emergency bao with moi-30.wav; 05:40 cancel bao; 05:50 emergency bao",
				"0 bao aired 05:30[0-30]; 0 bao aired 05:50[0-60]" },
		{ __LINE__, "bao! bao clear=het", "05:30 emergency bao with moi-30.wav; 05:40 cancel bao; 05:40:10 emergency bao",
				"0 bao aired 05:30[0-30]; 1 het aired 05:40[0-60]; 0 bao aired 05:41[0-60]" },
		{ __LINE__, "bao! bao until=10m", "05:30 emergency bao with moi-30.wav; 05:50 emergency bao",
				"0 bao aired 05:30[0-30]; 0 bao aired 05:50[0-60]" },
		/* while it lasts, commanded again it still has the new one */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao with moi-30.wav; 05:32 emergency bao",
				"0 bao aired 05:30[0-30]; 0 bao aired 05:32[0-30]; 1 bao aired 05:37[0-30]" },
		/* another one: from the next repeat, and the pattern goes on as it was */
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao; 05:30:20 emergency bao with moi-30.wav",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-30]; 2 bao aired 05:40[0-30]" },
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao with moi-30.wav; 05:34:59 emergency bao with nua-10.wav",
				"0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-10]; 2 bao aired 05:40[0-10]" },
		/* … or at once, and the pattern counts from then on */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao; 05:30:20 emergency bao with moi-30.wav now",
				"0 bao partial operator 05:30[0-20]; 0 bao aired 05:30:20[0-30]; 1 bao aired 05:35:20[0-30]" },
		{ __LINE__, "bao! bao,lu first=1x5m", "05:30 emergency bao; 05:30:20 emergency bao with moi-30.wav now",
				"0 lu skipped operator @05:30; 0 bao partial operator 05:30[0-20]; 0 bao aired 05:30:20[0-30]; "
				"1 bao aired 05:35:20[0-30]" },
		{ __LINE__, "bao! bao; x @05:29 a", "05:30 emergency bao; 05:30:20 emergency bao with moi-30.wav now",
				"0 bao partial operator 05:30[0-20]; 0 bao aired 05:30:20[0-30]; a aired 05:29[0-60] 05:30:50[60-480]" },
		{ __LINE__, "bao! bao", "05:30 emergency bao with moi-30.wav now", "0 bao aired 05:30[0-30]" },
		/* its file may go: it is in memory already; in a dry run it is gone for what starts later */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao with moi-30.wav; 05:31 file-gone moi-30.wav",
				"0 bao aired 05:30[0-30]; 1 bao failed file-missing @05:35" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

START_TEST(it_survives)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao with moi-30.wav; 05:32 kill",
				"0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-30]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao with moi-30.wav; 05:30:15 power-off 3m",
				"0 bao aired 05:30[0-10] 05:33:15[0-30]; 1 bao aired 05:35[0-30]" },
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao; 05:31 emergency bao with moi-30.wav; 05:32 kill; 05:36 restart",
				"0 bao aired 05:30[0-60]; 1 bao aired 05:35[0-30]; 2 bao aired 05:40[0-30]" },
		/* what was on air was another text: it ends there, the new one airs at once */
		{ __LINE__, "bao! bao first=1x10m", "05:30 emergency bao with moi-30.wav; 05:30:10 emergency bao with nua-20.wav; "
				"05:30:20 power-off 3m",
				"0 bao partial power-cut 05:30[0-10]; 1 bao aired 05:33:20[0-20]; 2 bao aired 05:40[0-20]" },
		/* its own text was on air */
		{ __LINE__, "bao! bao first=1x10m", "05:30 emergency bao; 05:30:10 emergency bao with nua-20.wav; 05:30:20 restart",
				"0 bao aired 05:30[0-20] 05:30:20[0-60]; 1 bao aired 05:40[0-20]" },
		{ __LINE__, "bao! bao first=2x5m", "05:30 emergency bao with moi-30.wav; 05:32 cancel bao; 05:33 kill; 05:40 emergency bao",
				"0 bao aired 05:30[0-30]; 0 bao aired 05:40[0-60]; 1 bao aired 05:45[0-60]; 2 bao aired 05:50[0-60]" },
	};
	WORLD_TABLE(T, 0);
}
END_TEST

/* With another rate at which it is not prepared. */
static struct station *load_other(struct world *w, const char *dir)
{
	(void)w;
	struct station *st = day_station(1);
	if (!strcmp(dir, "slow"))
		st->outputs.at[0].rate = DAY_RATE / 2;
	day_rules(st, "bao! bao first=1x5m");
	return st;
}

START_TEST(a_new_schedule)
{
	static const struct world_row_of_table T[] = {
		/* the emergency goes on under the schedule it was commanded under */
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao with moi-30.wav; 05:32 reload same",
				"0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-30]" },
		{ __LINE__, "bao! bao first=1x5m", "05:30 emergency bao with moi-30.wav; 05:32 reload same; 05:33 emergency bao",
				"0 bao aired 05:30[0-30]; 0 bao aired 05:33[0-30]; 1 bao aired 05:38[0-30]" },
	};
	WORLD_TABLE(T, .load = load_other);
}
END_TEST

static void open_day(struct world *w, int line, const char *events)
{
	struct station *st = day_station(1);
	day_rules(st, "bao! bao first=1x5m");
	world_open(w, line, st, DAY_DATE, "2021-07-15");
	w->load = load_other;
	world_script(w, events);
	world_boot(w);
}

START_TEST(refusals)
{
	static const struct {
		int line;
		const char *events, *why, *want;
		size_t kept;
		bool no_room;
	} T[] = {
		{ __LINE__, "05:30 emergency bao with moi", "\"moi\" is not prepared", "", 0, false },
		{ __LINE__, "05:30 emergency bao with moi-301.wav", "\"moi-301.wav\" lasts 5:01 minutes", "", 0, false },
		{ __LINE__, "05:30 emergency bao with moi-300.wav", "", "0 bao aired 05:30[0-300]; 1 bao aired 05:35[0-300]", 1, false },
		{ __LINE__, "05:30 emergency bao with moi-30.wav", "no room for moi-30.wav", "", 0, true },
		{ __LINE__, "05:30 emergency lu with moi-30.wav", "there is no emergency \"lu\"", "", 0, false },
		/* what runs goes on as it was */
		{ __LINE__, "05:30 emergency bao with moi-30.wav; 05:32 emergency bao with nua", "\"nua\" is not prepared",
				"0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-30]", 1, false },
		{ __LINE__, "05:30 emergency bao with moi-30.wav; 05:32 reload slow; 05:33 emergency bao",
				"\"moi-30.wav\" is not prepared for zone cum-1", "0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-30]", 1, false },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		open_day(&w, T[i].line, T[i].events);
		w.no_room = T[i].no_room;
		world_run(&w);
		world_check(&w);
		ck_assert_msg(!strncmp(text_str(&w.refused), T[i].why, strlen(T[i].why)), "line %d: %s", T[i].line,
				text_str(&w.refused));
		ck_assert_msg(!w.refused.n == !*T[i].why, "line %d: %s", T[i].line, text_str(&w.refused));
		char *got = world_show(&w);
		ck_assert_str_eq(got, T[i].want);
		mem_free(got);
		ck_assert_msg(w.kept.n == T[i].kept, "line %d: the sound keeps %zu", T[i].line, w.kept.n);
		world_close(&w);
	}
}
END_TEST

/* Its sound is not there any more after a start: its own text, and everybody is told. */
START_TEST(lost_at_a_start)
{
	struct world w;
	const char *body = NULL;
	open_day(&w, __LINE__, "05:30 emergency bao with moi-30.wav; 05:32 kill; 05:40 cancel bao");
	while (w.now.us < w.events.at[1].line.at.us - 1) {
		w.now = world_next(&w);
		w.no_room = w.now.us > w.events.at[0].line.at.us;
		world_instant(&w);
	}
	ck_assert_int_eq(world_count(&w, "fault", &body), 1);
	ck_assert_ptr_nonnull(strstr(body, "moi-30.wav"));
	world_run(&w);
	world_check(&w);
	char *got = world_show(&w);
	ck_assert_str_eq(got, "0 bao aired 05:30[0-30]; 1 bao aired 05:35[0-60]");
	ck_assert_int_eq(world_count(&w, "fault", NULL), 2); /* and over with the emergency */
	mem_free(got);
	world_close(&w);
}
END_TEST

/* What was really aired is what is written down: never its own hash, nor its approval. */
START_TEST(rows)
{
	struct world w;
	const char *body = NULL;
	open_day(&w, __LINE__, "05:30 emergency bao with moi-30.wav by Lan; 05:31 emergency bao with nua-20.wav by Mai");
	world_run(&w);
	ck_assert_int_eq(world_count(&w, "emergency", &body), 1);
	ck_assert_ptr_nonnull(strstr(body, "\"file\":\"moi-30.wav\""));
	ck_assert_ptr_nonnull(strstr(body, "\"by\":\"Lan\""));
	ck_assert_int_eq(world_count(&w, "emergency-text", &body), 1);
	ck_assert_ptr_nonnull(strstr(body, "\"sha256\":\"sha-of-nua-20.wav\""));
	ck_assert_ptr_nonnull(strstr(body, "\"by\":\"Mai\""));
	int seen = 0;
	for (size_t i = 0; i < w.rows.n; i++) {
		const struct journal_row *row = &w.rows.at[i].row;
		if (strcmp(row->kind, "verdict"))
			continue;
		const char *sha256 = seen ? "\"audio_sha256\":\"sha-of-nua-20.wav\"" : "\"audio_sha256\":\"sha-of-moi-30.wav\"";
		ck_assert_ptr_nonnull(strstr(row->body, sha256));
		ck_assert_ptr_nonnull(strstr(row->body, "\"approved_by\":null"));
		seen++;
	}
	ck_assert_int_eq(seen, 2);
	world_close(&w);
}
END_TEST

START_TEST(now_goes_with_a_file)
{
	struct world w;
	struct reply reply;
	open_day(&w, __LINE__, "");
	struct command c = { .verb = VERB_EMERGENCY, .name = "bao", .now = true, .uid = -1, .level = LEVEL_COUNT };
	ck_assert(!engine_command(w.engine, &c, &reply));
	ck_assert_ptr_nonnull(strstr(reply.text.text, "--with FILE --now"));
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/stand_ins", until_it_is_over, it_survives, a_new_schedule, refusals, lost_at_a_start, rows,
		now_goes_with_a_file)
