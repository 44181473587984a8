/* What an approval binds: sound and text, at air time, live and in a rehearsal alike. */
#include "world-table.h"

#define BOUND "00"

static void approved(struct station *s)
{
	struct bulletin *c = DAY_BULLETIN(s, "c"), *b = DAY_BULLETIN(s, "b"), *bao = DAY_BULLETIN(s, "bao");
	struct bulletin *const both[] = { c, bao };
	for (size_t i = 0; i < 2; i++) {
		memcpy(both[i]->audio.at[0].sha256, BOUND, sizeof BOUND);
		both[i]->audio.at[0].bound = mem_dup(BOUND);
		both[i]->text = mem_printf("%s.txt", both[i]->name);
		memcpy(both[i]->text_sha256, BOUND, sizeof BOUND);
		both[i]->text_bound = mem_dup(BOUND);
	}
	b->text = mem_dup("b.txt");
}

/* as a start finds it */
static void edited(struct station *s)
{
	approved(s);
	memcpy(DAY_BULLETIN(s, "c")->text_sha256, "ff", 3);
	memcpy(DAY_BULLETIN(s, "bao")->text_sha256, "ff", 3);
}

static void deleted(struct station *s)
{
	approved(s);
	DAY_BULLETIN(s, "c")->text_sha256[0] = '\0';
}

START_TEST(changes_while_it_runs)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @05:30 c", "", "c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 c", "05:00 file-changed c.opus", "c failed file-changed @05:30" },
		{ __LINE__, "x @05:30 c", "05:00 file-changed c.txt", "c failed file-changed @05:30" },
		{ __LINE__, "x @05:30 c", "05:29:59 file-changed c.txt", "c failed file-changed @05:30" },
		/* nobody takes off the air what is heard already */
		{ __LINE__, "x @05:30 c", "05:31 file-changed c.opus", "c aired 05:30[0-120]" },
		{ __LINE__, "x @05:30 a; y @05:30:10 c", "05:35 file-changed c.txt", "a aired 05:30[0-480]; c failed file-changed @05:30:10" },
		{ __LINE__, "x @05:30 c", "05:00 file-changed d.opus", "c aired 05:30[0-120]" },
		/* of what binds nothing nobody said what it should be */
		{ __LINE__, "x @05:30 b", "05:00 file-changed b.txt; 05:01 file-changed b.opus", "b aired 05:30[0-240]" },
		{ __LINE__, "x @06:30 b", "05:00 file-changed c.txt; 05:30 play c", "c failed file-changed @05:30; b aired 06:30[0-240]" },
		/* an emergency's sound is in memory, and is the approved one */
		{ __LINE__, "bao! bao", "05:00 file-changed bao.txt; 05:01 file-changed bao.opus; 05:30 emergency bao",
				"0 bao aired 05:30[0-60]" },
	};
	WORLD_TABLE(T, .prepare = approved);
}
END_TEST

START_TEST(found_at_the_start)
{
	static const struct world_row_of_table T[] = {
		{ __LINE__, "x @05:30 c", "", "c failed file-changed @05:30" },
		{ __LINE__, "x @05:30 b; bao! bao", "05:00 emergency bao", "0 bao aired 05:00[0-60]; b aired 05:30[0-240]" },
	};
	WORLD_TABLE(T, .prepare = edited);
	static const struct world_row_of_table G[] = { { __LINE__, "x @05:30 c", "", "c failed file-changed @05:30" } };
	WORLD_TABLE(G, .prepare = deleted);
}
END_TEST

static size_t faults(const struct world *w, const char *part)
{
	struct engine_fault_seen f;
	size_t n = 0;
	for (size_t i = 0; engine_fault_at(w->engine, i, &f); i++)
		n += !!strstr(f.text, part);
	return n;
}

START_TEST(a_fault_as_long_as_it_lasts)
{
	struct world w;
	struct station *st = day_station(1);
	approved(st);
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_boot(&w);
	engine_file_seen(w.engine, "c.opus", BOUND);
	engine_file_seen(w.engine, "b.txt", "ff");
	ck_assert_uint_eq(faults(&w, ""), 0);
	engine_file_seen(w.engine, "c.opus", "ff");
	ck_assert_uint_eq(faults(&w, "loaxa approve c --by"), 1);
	engine_file_seen(w.engine, "c.opus", ""); /* gone: the store has the approved one */
	ck_assert_uint_eq(faults(&w, ""), 0);
	engine_file_seen(w.engine, "c.txt", "");
	ck_assert_uint_eq(faults(&w, "\"c.txt\" was changed"), 1);
	engine_file_seen(w.engine, "c.txt", BOUND);
	ck_assert_uint_eq(faults(&w, ""), 0);
	world_close(&w);
}
END_TEST

/* "c": b approved by another; "-": b's approval taken back; "=": the same */
static struct station *load(struct world *w, const char *dir)
{
	struct station *st = day_station(1);
	struct bulletin *b = DAY_BULLETIN(st, "b");
	(void)w;
	approved(st);
	if (!strcmp(dir, "c")) {
		mem_renew(&b->approved_by, "Phó Chủ tịch");
		b->approved_via = mem_dup("phiếu 7");
		b->approved_typed = mem_dup("lan, 14/7/2021 05:30");
		b->approved_on = build_day("2021-07-14");
		b->audio.at[0].bound = mem_dup(BOUND);
	} else if (!strcmp(dir, "-")) {
		mem_renew(&b->approved_by, NULL);
	}
	return st;
}

START_TEST(approvals_enter_the_journal)
{
	struct world w;
	struct station *st = day_station(1);
	const char *body = NULL;
	approved(st);
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	w.load = load;
	world_boot(&w);
	int first = world_count(&w, "approved", &body); /* those of the first schedule of all */
	ck_assert_int_eq(first, 15);
	struct reply reply;
	struct command c = { .verb = VERB_RELOAD, .dir = "=", .by = "Lan", .uid = 1001, .account = "lan", .pcm = -1 };
	ck_assert(engine_command(w.engine, &c, &reply));
	ck_assert_int_eq(world_count(&w, "approved", &body), first);
	c.dir = "c";
	ck_assert(engine_command(w.engine, &c, &reply));
	ck_assert_int_eq(world_count(&w, "approved", &body), first + 1);
	ck_assert_str_eq(body, "{\"bulletin\":\"b\",\"title\":\"b\",\"approved_by\":\"Phó Chủ tịch\","
			"\"approved_via\":\"phiếu 7\",\"approved_on\":\"2021-07-14\",\"typed_by\":\"lan, 14/7/2021 05:30\","
			"\"audio_sha256\":[\"00\"],\"text_sha256\":null,\"by\":\"Lan\",\"uid\":1001,\"account\":\"lan\"}");
	c.dir = "-";
	ck_assert(engine_command(w.engine, &c, &reply));
	ck_assert_int_eq(world_count(&w, "approved", &body), first + 2);
	ck_assert_ptr_nonnull(strstr(body, "\"approved_by\":null"));
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/bounds", changes_while_it_runs, found_at_the_start, a_fault_as_long_as_it_lasts,
		approvals_enter_the_journal)
