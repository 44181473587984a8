#include "scratch.h"

START_TEST(rows_come_back_before_the_commit)
{
	char *dir = scratch_new();
	struct err err;
	struct journal_reader r;
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	scratch_add(j, 0, "start", NULL, "{}");
	scratch_add(j, 1, "intent", "a", "{\"n\":1}");
	ck_assert(journal_read_back(j, &r, &err));
	scratch_add(j, 2, "verdict", "a", "{\"n\":2}"); /* while reading: not seen, and no harm */
	assert_rows(r, "start - {};intent a {\"n\":1};");
	ck_assert(journal_read_back(j, &r, &err));
	assert_rows(r, "start - {};intent a {\"n\":1};verdict a {\"n\":2};");
	ck_assert(journal_close(&j));
	scratch_free(dir);
}
END_TEST

/* "kind airing" of each row in order, and which rows the read-back begins with. */
START_TEST(read_back_begins_at_the_last_checkpoint)
{
	static const struct {
		int line;
		const char *rows; /* kind[:airing], separated by spaces; the body is the row's number */
		int first;        /* number of the first row given */
	} T[] = {
		{ __LINE__, "start intent:a verdict:a day intent:b", 3 },
		{ __LINE__, "start intent:a day start verdict:a", 3 },
		{ __LINE__, "start intent:a verdict:a stop", 0 },
		{ __LINE__, "start day", 1 },
		{ __LINE__, "intent:a verdict:a", 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *dir = scratch_new(), *rows = mem_dup(T[i].rows), *save = NULL, body[16];
		struct err err;
		struct journal_reader r;
		struct journal_row row;
		struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
		int n = 0;
		for (char *w = strtok_r(rows, " ", &save); w; w = strtok_r(NULL, " ", &save)) {
			char *airing = strchr(w, ':');
			if (airing)
				*airing++ = '\0';
			snprintf(body, sizeof body, "%d", n);
			scratch_add(j, n++, w, airing, body);
		}
		ck_assert(journal_read_back(j, &r, &err));
		for (int k = T[i].first; k < n; k++) {
			ck_assert_msg(r.next(r.self, &row), "row of line %d: ends before %d", T[i].line, k);
			ck_assert_msg(atoi(row.body) == k, "row of line %d: %s, not %d", T[i].line, row.body, k);
		}
		ck_assert(!r.next(r.self, &row));
		ck_assert(journal_close(&j));
		mem_free(rows);
		scratch_free(dir);
	}
}
END_TEST

static void write_some(const char *dir, const char *last, char head[SHA256_HEX])
{
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	struct journal_port p = journal_port(j);
	scratch_add(j, 0, "start", NULL, "{}");
	p.day_end(p.self);
	scratch_add(j, 1, "day", NULL, last);
	journal_head(j, head);
	ck_assert_uint_eq(p.durable(p.self), 2);
	ck_assert(journal_close(&j));
}

START_TEST(begun_anew_and_the_same_each_time)
{
	char *dir = scratch_new(), one[SHA256_HEX], two[SHA256_HEX], other[SHA256_HEX];
	struct journal_check check;
	struct err err;
	write_some(dir, "{}", one);
	write_some(dir, "{\"x\":1}", other);
	write_some(dir, "{}", two);
	ck_assert_str_eq(one, two);
	ck_assert_str_ne(one, other);
	ck_assert(journal_verify(dir, &check, &err));
	ck_assert_int_eq(check.rows, 2);
	ck_assert_str_eq(check.head, two);
	scratch_free(dir);
}
END_TEST

START_TEST(alive_is_kept_in_memory)
{
	char *dir = scratch_new();
	struct err err;
	struct journal_reader r;
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	struct journal_port p = journal_port(j);
	ck_assert(journal_read_back(j, &r, &err));
	ck_assert_int_eq(r.last_alive(r.self).us, 0);
	p.alive(p.self, (wall_us){ T0 });
	ck_assert_int_eq(r.last_alive(r.self).us, T0);
	ck_assert(journal_close(&j));
	scratch_free(dir); /* no file `alive` was left: a rehearsal never looks at the one before */
}
END_TEST

START_TEST(modes_never_mix)
{
	static const enum journal_mode modes[] = { JOURNAL_LIVE, JOURNAL_REHEARSAL };
	for (int i = 0; i < 2; i++) {
		char *dir = scratch_new();
		struct err err = { "" };
		struct journal *j = scratch_open(dir, modes[i]);
		scratch_add(j, 0, "start", NULL, "{}");
		ck_assert_ptr_null(journal_open(dir, modes[i], "b", &err)); /* in use */
		ck_assert_str_ne(err.text, "");
		ck_assert(journal_close(&j));
		err.text[0] = '\0';
		ck_assert_ptr_null(journal_open(dir, modes[!i], "b", &err));
		ck_assert_str_ne(err.text, "");
		struct journal_log *log = journal_log_open(dir, &err);
		ck_assert_ptr_nonnull(log);
		ck_assert(journal_log_rehearsal(log) == (modes[i] == JOURNAL_REHEARSAL));
		assert_rows(journal_log_everything(log, (wall_us){ 0 }, (wall_us){ US_NEVER }), "start - {};");
		journal_log_close(&log);
		scratch_free(dir);
	}
}
END_TEST

/* What a rehearsal begins anew must have been a rehearsal. */
START_TEST(a_foreign_file_is_left_alone)
{
	char *dir = scratch_new(), *path = mem_printf("%s/journal.db", dir);
	struct err err;
	FILE *f = fopen(path, "w");
	for (int i = 0; i < 1000; i++)
		fputs("not a database\n", f);
	fclose(f);
	ck_assert_ptr_null(journal_open(dir, JOURNAL_REHEARSAL, "b", &err));
	ck_assert_int_eq(access(path, F_OK), 0);
	ck_assert_int_eq(truncate(path, 0), 0); /* an empty one is nobody's */
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	ck_assert(journal_close(&j));
	mem_free(path);
	scratch_free(dir);
}
END_TEST

UNIT_MAIN("journal/rehearsal", rows_come_back_before_the_commit, read_back_begins_at_the_last_checkpoint,
		begun_anew_and_the_same_each_time, alive_is_kept_in_memory, modes_never_mix,
		a_foreign_file_is_left_alone)
