/* When the schedule itself becomes a row, and that every checkpoint names the one in force. */
#include "world-table.h"

#include "base/sha256.h"

/* dir is what the station's only file says. */
static struct station *load(struct world *w, const char *dir)
{
	(void)w;
	struct station *st = day_station(1);
	day_rules(st, "x @05:30 c");
	vec_push(&st->sources, (struct schedule_file){ mem_dup("10.conf"), mem_dup(dir ? dir : "first") });
	return st;
}

/* "schedule:TEXT start reload day", of the rows this is about. */
static char *story(const struct world *w)
{
	static const char *const kinds[] = { "schedule", "start", "stop", "day", "reload" };
	struct text t = { 0 };
	char in_force[SHA256_HEX] = "";
	for (size_t i = 0; i < w->rows.n; i++) {
		const struct journal_row *r = &w->rows.at[i].row;
		bool told = false;
		for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
			told |= !strcmp(r->kind, kinds[k]);
		if (!told)
			continue;
		struct json *j = json_parse(r->body, strlen(r->body));
		text_addf(&t, "%s%s", t.n ? " " : "", r->kind);
		if (!strcmp(r->kind, "schedule")) {
			uint8_t sum[SHA256_BYTES];
			sha256_of(r->body, strlen(r->body), sum);
			sha256_hex(sum, in_force);
			text_addf(&t, ":%s", json_get_str(json_at(json_get(j, "files"), 0), "text"));
		} else if (strcmp(r->kind, "reload") != 0) {
			WORLD_ASSERT(w, json_get_str(j, "schedule_sha256") && !strcmp(json_get_str(j, "schedule_sha256"), in_force),
					"a checkpoint names another schedule: %s", r->kind);
		}
		json_free(&j);
	}
	return text_take(&t);
}

START_TEST(it_is_written_when_it_differs)
{
	static const struct {
		int line;
		const char *events, *rows;
	} T[] = {
		{ __LINE__, "", "schedule:first start day" },
		{ __LINE__, "05:30:30 kill; 06:00 restart 10m", "schedule:first start start stop start day" },
		{ __LINE__, "05:31 reload first", "schedule:first start reload day" },
		{ __LINE__, "05:31 reload second", "schedule:first start reload schedule:second day" },
		{ __LINE__, "05:31 reload second; 05:40 kill; 05:50 restart",
				"schedule:first start reload schedule:second start stop start day" },
		{ __LINE__, "05:31 reload second; 05:40 reload first", "schedule:first start reload schedule:second reload "
				"schedule:first day" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct world w;
		world_open(&w, T[i].line, load(NULL, NULL), DAY_DATE, "2021-07-15T00:10");
		w.load = load;
		world_script(&w, T[i].events);
		world_boot(&w);
		world_run(&w);
		world_check(&w);
		char *got = story(&w);
		ck_assert_msg(!strcmp(got, T[i].rows), "row of line %d: %s", T[i].line, got);
		mem_free(got);
		world_close(&w);
	}
}
END_TEST

/* Several bulletins may play one file, and one bulletin plays a file twice: it is told once, with what is known. */
START_TEST(each_file_once)
{
	struct world w;
	struct station *st = load(NULL, NULL);
	struct bulletin *a = DAY_BULLETIN(st, "a"), *c = DAY_BULLETIN(st, "c");
	mem_renew(&a->audio.at[0].file, "z.opus");
	mem_renew(&c->audio.at[0].file, "z.opus");
	a->text = mem_dup("loi.txt");
	c->text = mem_dup("loi.txt");
	memset(a->text_sha256, 'a', 64);
	memset(c->text_sha256, 'a', 64);
	world_open(&w, __LINE__, st, DAY_DATE, "2021-07-15");
	world_boot(&w);
	world_run(&w);
	const struct journal_row *r = &w.rows.at[0].row;
	ck_assert_str_eq(r->kind, "schedule");
	struct json *j = json_parse(r->body, strlen(r->body));
	const struct json *recordings = json_get(j, "recordings"), *texts = json_get(j, "texts");
	int times = 0;
	for (size_t i = 0; i < json_count(recordings); i++)
		times += !strcmp(json_get_str(json_at(recordings, i), "file"), "z.opus");
	ck_assert_int_eq(times, 1);
	ck_assert_int_eq(json_count(texts), 1);
	ck_assert_int_eq(strlen(json_get_str(json_at(texts, 0), "sha256")), 64);
	json_free(&j);
	world_close(&w);
}
END_TEST

UNIT_MAIN("engine/schedules", it_is_written_when_it_differs, each_file_once)
