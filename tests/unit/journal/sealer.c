/* A live journal seals: which rows it adds at a start, by what lies in the state directory then. */
#include "scratch.h"

#include "journal/key-file.h"
#include "journal/seal.h"

#include <fcntl.h>
#include <sys/stat.h>

struct place_of_keys {
	char *dir, *key, *next, *lost, *kept;
};

static struct place_of_keys begin(void)
{
	char *dir = scratch_new(), *key = key_file_path(dir);
	return (struct place_of_keys){ dir, key, key_file_next(dir), mem_printf("%s.lost", key), mem_printf("%s.kept", key) };
}

static void end(struct place_of_keys *p)
{
	char *const files[] = { p->key, p->next, p->lost, p->kept };
	for (size_t i = 0; i < 4; i++) {
		unlink(files[i]);
		mem_free(files[i]);
	}
	scratch_free(p->dir);
}

/* One start of a station and its end.  What a person would be told: "" or a word of it. */
static char *one_run(const struct place_of_keys *p, const char *station)
{
	struct journal *j = scratch_open(p->dir, JOURNAL_LIVE);
	struct journal_port port = journal_port(j);
	char *body = station ? mem_printf("{\"station\":\"%s\"}", station) : mem_dup("{}");
	scratch_add(j, 0, "start", NULL, body);
	port.flush(port.self);
	while (port.durable(port.self) < 1)
		;
	const char *fault = journal_seal_fault(j);
	char *told = mem_dup(fault ? fault : "");
	scratch_add(j, 1, "verdict", "a", "{}");
	ck_assert(journal_close(&j));
	mem_free(body);
	return told;
}

/* "key seal": what was added; every seal and key is held against what it should be. */
static char *added(const struct place_of_keys *p)
{
	struct err err = { "" };
	struct text t = { 0 };
	struct journal_log *log = journal_log_open(p->dir, &err);
	struct journal_reader r = journal_log_everything(log, (wall_us){ 0 }, (wall_us){ US_NEVER });
	struct journal_row row;
	struct seal_key key = { .first = true };
	struct seal seal;
	while (r.next(r.self, &row)) {
		if (!strcmp(row.kind, "start"))
			text_clear(&t); /* the last run's only */
		if (!strcmp(row.kind, "seal")) {
			ck_assert(seal_read(&seal, row.body, strlen(row.body)));
			ck_assert(seal_holds(&seal, false));
			ck_assert_msg(!memcmp(seal.key, key.public, KEY_BYTES), "a seal of a key that no row names");
			text_addf(&t, "%sseal", t.n ? " " : "");
		} else if (!strcmp(row.kind, "key")) {
			uint8_t before[KEY_BYTES];
			memcpy(before, key.public, KEY_BYTES);
			ck_assert(seal_key_read(&key, row.body, strlen(row.body)));
			ck_assert(seal_key_holds(&key, false));
			ck_assert(key.first || !memcmp(before, key.previous, KEY_BYTES));
			text_addf(&t, "%s%skey", t.n ? " " : "", key.first ? "first-" : key.lost ? "lost-" : "next-");
		}
	}
	journal_log_close(&log);
	return text_take(&t);
}

static void expect_at(int line, const struct place_of_keys *p, const char *station, const char *rows, const char *fault)
{
	struct journal_check check;
	struct err err = { "" };
	char *told = one_run(p, station), *got = added(p);
	ck_assert_msg(!strcmp(got, rows), "line %d: rows \"%s\"", line, got);
	ck_assert_msg(*fault ? strstr(told, fault) != NULL : !*told, "line %d: \"%s\"", line, told);
	ck_assert_msg(journal_verify(p->dir, &check, &err), "line %d: %s", line, err.text);
	mem_free(told);
	mem_free(got);
}
#define expect(p, station, rows, fault) expect_at(__LINE__, p, station, rows, fault)

static void wait_beside(const struct place_of_keys *p, enum key_change change)
{
	struct key k;
	ck_assert(key_random(&k) && key_file_write(p->next, &k, change, p->dir));
}

START_TEST(a_key_is_made_once)
{
	struct place_of_keys p = begin();
	struct stat st;
	expect(&p, NULL, "", ""); /* no station, nobody to seal for */
	ck_assert_int_eq(access(p.key, F_OK), -1);
	expect(&p, "22363", "first-key seal", "");
	ck_assert(!stat(p.key, &st));
	ck_assert_int_eq(st.st_mode & 07777, 0600);
	expect(&p, "22363", "seal", "");
	chmod(p.key, 0644);
	expect(&p, "22363", "seal", "could read");
	expect(&p, "22363", "seal", "");
	end(&p);
}
END_TEST

START_TEST(without_its_key_it_goes_on_unsealed)
{
	struct place_of_keys p = begin();
	expect(&p, "22363", "first-key seal", "");
	ck_assert(!rename(p.key, p.kept));
	expect(&p, "22363", "", "is gone");
	ck_assert_int_eq(access(p.key, F_OK), -1); /* it makes no other one */
	struct key another;
	ck_assert(key_random(&another) && key_file_write(p.key, &another, KEY_CHANGE_NONE, p.dir));
	expect(&p, "22363", "", "another key");
	ck_assert(!truncate(p.key, 60));
	expect(&p, "22363", "", "damaged");
	unlink(p.key);
	ck_assert(!symlink(p.kept, p.key));
	expect(&p, "22363", "", "other hands");
	unlink(p.key);
	ck_assert(!rename(p.kept, p.key));
	expect(&p, "22363", "seal", "");
	end(&p);
}
END_TEST

START_TEST(one_that_cannot_be_written_is_tried_again)
{
	struct place_of_keys p = begin();
	char *in_the_way = mem_printf("%s.tmp", p.key);
	ck_assert(!mkdir(in_the_way, 0700));
	expect(&p, "22363", "", "cannot be written");
	ck_assert_int_eq(access(p.key, F_OK), -1);
	ck_assert(!rmdir(in_the_way));
	expect(&p, "22363", "first-key seal", "");
	mem_free(in_the_way);
	end(&p);
}
END_TEST

START_TEST(a_new_key_takes_over)
{
	struct place_of_keys p = begin();
	wait_beside(&p, KEY_CHANGE_NEW);
	expect(&p, "22363", "first-key next-key seal", "");
	expect(&p, "22363", "seal", "");
	wait_beside(&p, KEY_CHANGE_NEW);
	expect(&p, "22363", "next-key seal", "");
	ck_assert_int_eq(access(p.next, F_OK), -1);
	/* what only the old key may do is not done without it */
	wait_beside(&p, KEY_CHANGE_NEW);
	ck_assert(!rename(p.key, p.kept));
	expect(&p, "22363", "", "is gone");
	wait_beside(&p, KEY_CHANGE_LOST);
	expect(&p, "22363", "lost-key seal", "");
	expect(&p, "22363", "seal", "");
	end(&p);
}
END_TEST

static void one_row(struct journal *j, int n, const char *kind, const char *body)
{
	struct journal_port port = journal_port(j);
	uint64_t ticket = scratch_add(j, n, kind, strcmp(kind, "start") ? "a" : NULL, body);
	port.flush(port.self);
	while (port.durable(port.self) < ticket)
		;
}

/* Nobody has to wait for midnight: the next row mends it, and only that one is sealed for it. */
START_TEST(while_the_station_runs)
{
	struct place_of_keys p = begin();
	expect(&p, "22363", "first-key seal", "");
	ck_assert(!rename(p.key, p.kept));
	struct journal *j = scratch_open(p.dir, JOURNAL_LIVE);
	one_row(j, 30, "start", "{\"station\":\"22363\"}");
	ck_assert_ptr_nonnull(strstr(journal_seal_fault(j), "is gone"));
	one_row(j, 31, "verdict", "{}");
	ck_assert(!rename(p.kept, p.key));
	one_row(j, 32, "verdict", "{}"); /* seal */
	ck_assert_ptr_null(journal_seal_fault(j));
	one_row(j, 33, "verdict", "{}");
	wait_beside(&p, KEY_CHANGE_NEW);
	one_row(j, 34, "verdict", "{}"); /* key, seal */
	ck_assert_int_eq(access(p.next, F_OK), -1);
	one_row(j, 35, "verdict", "{}");
	int fd = open(p.next, O_WRONLY | O_CREAT, 0600); /* what is no key changes nothing */
	close(fd);
	one_row(j, 36, "verdict", "{}");
	one_row(j, 37, "verdict", "{}");
	ck_assert(journal_close(&j));
	char *got = added(&p);
	ck_assert_str_eq(got, "seal next-key seal");
	mem_free(got);
	end(&p);
}
END_TEST

/* The row that names the new key is there, and the power fails before the files follow: it is the row that counts. */
START_TEST(the_power_fails_in_a_change)
{
	struct place_of_keys p = begin();
	expect(&p, "22363", "first-key seal", "");
	ck_assert(!link(p.key, p.kept));
	wait_beside(&p, KEY_CHANGE_NEW);
	expect(&p, "22363", "next-key seal", "");
	struct key now;
	ck_assert_int_eq(key_file_read(p.key, &now, NULL), KEY_FILE_OK);
	ck_assert(!rename(p.kept, p.key)); /* as it was before the commit */
	ck_assert(key_file_write(p.next, &now, KEY_CHANGE_NEW, p.dir));
	expect(&p, "22363", "seal", "");
	ck_assert_int_eq(access(p.next, F_OK), -1);
	/* before the row: nothing has happened yet, the new one takes over now */
	wait_beside(&p, KEY_CHANGE_NEW);
	expect(&p, "22363", "next-key seal", "");
	end(&p);
}
END_TEST

START_TEST(a_rehearsal_seals_for_itself)
{
	struct place_of_keys p = begin();
	struct err err = { "" };
	for (int run = 0; run < 2; run++) {
		struct journal *j = scratch_open(p.dir, JOURNAL_REHEARSAL);
		scratch_add(j, 0, "start", NULL, "{\"station\":\"22363\"}");
		scratch_add(j, 1, "verdict", "a", "{}");
		journal_end(j, (wall_us){ T0 + 2 * US_PER_S }, (mono_us){ 2 });
		journal_end(j, (wall_us){ T0 + 2 * US_PER_S }, (mono_us){ 2 }); /* sealed already */
		ck_assert(journal_close(&j));
	}
	struct journal_log *log = journal_log_open(p.dir, &err);
	struct journal_reader r = journal_log_everything(log, (wall_us){ 0 }, (wall_us){ US_NEVER });
	struct journal_row row;
	struct seal seal;
	char kinds[64] = "";
	while (r.next(r.self, &row)) {
		snprintf(kinds + strlen(kinds), sizeof kinds - strlen(kinds), "%s ", row.kind);
		if (!strcmp(row.kind, "seal")) {
			ck_assert(seal_read(&seal, row.body, strlen(row.body)));
			ck_assert(seal_holds(&seal, true) && !seal_holds(&seal, false));
		}
	}
	ck_assert_str_eq(kinds, "start key seal verdict seal ");
	ck_assert_int_eq(access(p.key, F_OK), -1);
	journal_log_close(&log);
	end(&p);
}
END_TEST

UNIT_MAIN("journal/sealer", a_key_is_made_once, without_its_key_it_goes_on_unsealed,
		one_that_cannot_be_written_is_tried_again, a_new_key_takes_over, while_the_station_runs,
		the_power_fails_in_a_change, a_rehearsal_seals_for_itself)
