#include "journal/ledger.h"
#include "scratch.h"

#include <fcntl.h>
#include <sys/stat.h>

static char *filled(void)
{
	char *dir = scratch_new();
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	char id[24];
	scratch_add(j, 0, "start", NULL, "{\"zones\":[\"cum-2\",\"cum-1\"]}");
	for (int i = 1; i <= 1200; i++) {
		snprintf(id, sizeof id, "airing-%04d", i);
		scratch_add(j, i, "verdict", id, "{}");
	}
	ck_assert(journal_close(&j));
	return dir;
}

START_TEST(airings_are_found_by_their_planned_instant)
{
	static const struct {
		int line, from_s, to_s, first, count;
	} T[] = {
		{ __LINE__, 0, 9999, 1, 1200 },
		{ __LINE__, 1, 2, 1, 1 }, /* from included, to excluded */
		{ __LINE__, 400, 1000, 400, 600 },
		{ __LINE__, 1200, 1201, 1200, 1 },
		{ __LINE__, 1201, 1300, 0, 0 },
		{ __LINE__, 5, 5, 0, 0 },
	};
	char *dir = filled();
	struct err err;
	struct journal_log *log = journal_log_open(dir, &err);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct journal_reader r = journal_log_airings(log, (wall_us){ T0 + T[i].from_s * US_PER_S },
				(wall_us){ T0 + T[i].to_s * US_PER_S });
		struct journal_row row;
		int n = 0;
		while (r.next(r.self, &row)) {
			ck_assert_msg(atoi(row.airing + 7) == T[i].first + n, "row of line %d: %s", T[i].line, row.airing);
			n++;
		}
		ck_assert_msg(n == T[i].count, "row of line %d: %d rows", T[i].line, n);
		ck_assert(journal_log_done(log, &err));
	}
	struct text start = { 0 };
	ck_assert(journal_log_checkpoint(log, &start));
	ck_assert_str_eq(text_str(&start), "{\"zones\":[\"cum-2\",\"cum-1\"]}");
	text_free(&start);
	journal_log_close(&log);
	scratch_free(dir);
}
END_TEST

START_TEST(what_came_since_is_found_without_the_rest)
{
	static const struct {
		int line, from_s, first, count;
	} T[] = {
		{ __LINE__, 0, 1, 1200 },
		{ __LINE__, 1000, 1000, 201 },
		{ __LINE__, 5000, 0, 1201 }, /* no airing since: the latest rows, the start's too */
	};
	char *dir = filled();
	struct err err;
	struct journal_log *log = journal_log_open(dir, &err);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct journal_reader r = journal_log_since(log, (wall_us){ T0 + T[i].from_s * US_PER_S });
		struct journal_row row;
		int n = 0;
		while (r.next(r.self, &row))
			if (!n++)
				ck_assert_msg((row.airing ? atoi(row.airing + 7) : 0) == T[i].first, "row of line %d", T[i].line);
		ck_assert_msg(n == T[i].count, "row of line %d: %d rows", T[i].line, n);
		ck_assert(journal_log_done(log, &err));
	}
	journal_log_close(&log);
	scratch_free(dir);
}
END_TEST

/* Walls as a clock gives them that was wrong for a while and set right: rows 4 to 6 were written in the past. */
static char *with_a_wrong_clock(void)
{
	static const struct {
		int at;
		const char *kind, *airing;
	} rows[] = { { 100, "start", NULL }, { 101, "note", NULL }, { 102, "verdict", "a" }, { 10, "clock", NULL },
		{ 11, "note", NULL }, { 12, "verdict", "b" }, { 103, "clock", NULL }, { 104, "duty", NULL },
		{ 105, "progress", NULL }, { 106, "off", NULL } };
	char *dir = scratch_new();
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		scratch_add(j, rows[i].at, rows[i].kind, rows[i].airing, "{}");
	ck_assert(journal_close(&j));
	return dir;
}

static wall_us at(int s)
{
	return (wall_us){ T0 + s * US_PER_S };
}

START_TEST(what_was_written_between_two_instants_whatever_the_clock_did)
{
	static const struct {
		int line, from_s, to_s;
		const char *want;
	} T[] = {
		{ __LINE__, 10, 13, "clock - {};note - {};verdict b {};" },
		{ __LINE__, 101, 105, "note - {};verdict a {};clock - {};duty - {};" },
		{ __LINE__, 11, 102, "start - {};note - {};note - {};verdict b {};" },
		{ __LINE__, 106, 9999, "off - {};" },
		{ __LINE__, 107, 9999, "" },
		{ __LINE__, 13, 100, "" },
	};
	char *dir = with_a_wrong_clock();
	struct err err = { "" };
	struct journal_log *log = journal_log_open(dir, &err);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *got = scratch_rows(journal_log_everything(log, at(T[i].from_s), at(T[i].to_s)));
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
		mem_free(got);
		ck_assert(journal_log_done(log, &err));
	}
	journal_log_close(&log);
	scratch_free(dir);
}
END_TEST

START_TEST(events_are_found_by_kind)
{
	static const struct {
		int line, from_s, to_s;
		const char *kinds[17], *want;
	} T[] = {
		{ __LINE__, 0, 9999, { "note", "off", NULL }, "note - {};note - {};off - {};" },
		{ __LINE__, 50, 9999, { "off", "note", NULL }, "note - {};off - {};" },
		{ __LINE__, 101, 102, { "note", NULL }, "note - {};" },
		{ __LINE__, 0, 9999, { "verdict", "progress", NULL }, "" }, /* an airing's, or too many to ask for */
		{ __LINE__, 0, 9999, { NULL }, "" },
		{ __LINE__, 0, 9999, { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12", "13", "14", "15", "duty", NULL }, "duty - {};" },
	};
	char *dir = with_a_wrong_clock();
	struct err err = { "" };
	struct journal_log *log = journal_log_open(dir, &err);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *got = scratch_rows(journal_log_events(log, T[i].kinds, at(T[i].from_s), at(T[i].to_s)));
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
		mem_free(got);
		ck_assert(journal_log_done(log, &err));
	}
	assert_rows(journal_log_latest(log, 1), "off - {};"); /* and a reading of another sort after it */
	journal_log_close(&log);
	scratch_free(dir);
}
END_TEST

START_TEST(what_was_so_then_stands_in_the_checkpoint_before)
{
	char *dir = scratch_new();
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	struct err err;
	struct journal_row row;
	scratch_add(j, 0, "start", NULL, "{}");
	scratch_add(j, 1, "verdict", "a", "{}");
	scratch_add(j, 2, "day", NULL, "{}");
	scratch_add(j, 3, "off", NULL, "{}");
	scratch_add(j, 4, "verdict", "b", "{}");
	scratch_add(j, 5, "day", NULL, "{}");
	ck_assert(journal_close(&j));
	struct journal_log *log = journal_log_open(dir, &err);
	static const int64_t first[] = { 1, 1, 3, 3, 3 };
	for (int i = 0; i < 5; i++) {
		struct journal_reader r = journal_log_since_checkpoint(log, (wall_us){ T0 + i * US_PER_S });
		ck_assert(r.next(r.self, &row));
		ck_assert_msg(row.seq == first[i], "since %d s: row %d", i, (int)row.seq);
	}
	journal_log_close(&log);
	scratch_free(dir);
}
END_TEST

/* Who may only read can read, of a running station and of one that is off. */
START_TEST(reads_beside_the_writer)
{
	char *dir = scratch_new();
	struct err err;
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	scratch_add(j, 0, "start", NULL, "{}");
	journal_port(j).flush(journal_port(j).self);
	while (journal_port(j).durable(journal_port(j).self) < 1)
		;
	struct journal_log *log = journal_log_open(dir, &err);
	ck_assert_msg(log != NULL, "%s", err.text);
	assert_rows(journal_log_everything(log, (wall_us){ 0 }, (wall_us){ US_NEVER }), "start - {};");
	journal_log_close(&log);
	ck_assert(journal_close(&j));
	log = journal_log_open(dir, &err);
	ck_assert_msg(log != NULL, "%s", err.text);
	journal_log_close(&log);
	scratch_free(dir);
}
END_TEST

START_TEST(files_are_for_the_group_only)
{
	char *dir = scratch_new();
	static const char *const files[] = { "journal.db", "journal.db-wal", "journal.db-shm", "journal.lock" };
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	scratch_add(j, 0, "start", NULL, "{}");
	ck_assert(journal_close(&j));
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char *path = mem_printf("%s/%s", dir, files[i]);
		struct stat st;
		ck_assert_msg(!stat(path, &st), "%s is not there", files[i]);
		ck_assert_msg((st.st_mode & 0777) == 0640, "%s: %o", files[i], st.st_mode & 0777);
		mem_free(path);
	}
	scratch_free(dir);
}
END_TEST

START_TEST(no_journal_is_said)
{
	char *dir = scratch_new();
	struct err err = { "" };
	struct journal_check check;
	ck_assert(!journal_log_exists(dir));
	ck_assert_ptr_null(journal_log_open(dir, &err));
	ck_assert_str_ne(err.text, "");
	ck_assert(!journal_verify(dir, &check, &err));
	scratch_free(dir);
}
END_TEST

/* Bytes changed in the file itself, behind SQLite's back: the chain tells where. */
START_TEST(a_changed_row_breaks_the_chain)
{
	char *dir = filled(), *path = mem_printf("%s/journal.db", dir);
	struct journal_check check;
	struct err err = { "" };
	ck_assert(journal_verify(dir, &check, &err));
	int fd = open(path, O_RDWR);
	struct stat st;
	ck_assert(!fstat(fd, &st));
	char *all = mem_new_n(char, (size_t)st.st_size);
	ck_assert_int_eq(pread(fd, all, (size_t)st.st_size, 0), st.st_size);
	char *at = memmem(all, (size_t)st.st_size, "verdictairing-0777", 18);
	ck_assert_ptr_nonnull(at);
	at[17] = '8';
	ck_assert_int_eq(pwrite(fd, all, (size_t)st.st_size, 0), st.st_size);
	close(fd);
	ck_assert(!journal_verify(dir, &check, &err));
	ck_assert_int_eq(check.broken, 778); /* row 1 is the start */
	mem_free(all);
	mem_free(path);
	scratch_free(dir);
}
END_TEST

UNIT_MAIN("journal/reader", airings_are_found_by_their_planned_instant, what_came_since_is_found_without_the_rest,
		what_was_so_then_stands_in_the_checkpoint_before,
		what_was_written_between_two_instants_whatever_the_clock_did, events_are_found_by_kind, reads_beside_the_writer,
		files_are_for_the_group_only, no_journal_is_said, a_changed_row_breaks_the_chain)
