/* A state's journal as a whole: what seals, keys and checkpoints say when somebody had the database and the time to make
 * the chain good again. */
#include "scratch.h"

#include "base/hex.h"
#include "journal/key-file.h"
#include "journal/ledger.h"
#include "journal/mode.h"
#include "journal/seal.h"
#include "journal/walk.h"

#include <sqlite3.h>

#define CHECKPOINT "{\"station\":\"22363\",\"station_name\":\"x\",\"timezone\":\"Asia/Ho_Chi_Minh\"}"

/* Two starts of a station, ten airings each: start key seal 10 verdicts, stop seal, start seal 10 verdicts, stop seal. */
static char *filled(void)
{
	char *dir = scratch_new(), id[24];
	for (int run = 0; run < 2; run++) {
		struct journal *j = scratch_open(dir, JOURNAL_LIVE);
		scratch_add(j, run * 20, "start", NULL, CHECKPOINT);
		for (int i = 1; i <= 10; i++) {
			snprintf(id, sizeof id, "airing-%d-%d", run, i);
			scratch_add(j, run * 20 + i, "verdict", id, "{}");
		}
		scratch_add(j, run * 20 + 15, "stop", NULL, CHECKPOINT);
		ck_assert(journal_close(&j));
	}
	return dir;
}

static void done(char *dir)
{
	char *key = key_file_path(dir);
	unlink(key);
	mem_free(key);
	scratch_free(dir);
}

static void sql(sqlite3 *db, const char *what)
{
	char *why = NULL;
	ck_assert_msg(sqlite3_exec(db, what, NULL, NULL, &why) == SQLITE_OK, "%s: %s", what, why);
}

/* Each row's hash anew, and each seal's head: all that somebody without the key can do. */
static void make_good(const char *path, sqlite3 *db)
{
	enum ledger_trouble t;
	struct ledger *l = ledger_open(path, LEDGER_READ, &t);
	struct chain_row r;
	struct text scratch = { 0 }, body = { 0 };
	uint8_t hash[SHA256_BYTES], head[SHA256_BYTES] = { 0 };
	for (int64_t seq = 1; seq <= ledger_last(l); seq++) {
		struct seal s;
		char hex[SHA256_HEX];
		ledger_read(l, seq, seq);
		ck_assert(ledger_next(l, &r, hash));
		text_clear(&body);
		if (!strcmp(r.kind, "seal") && seal_read(&s, r.body, strlen(r.body))) {
			memcpy(s.head, head, sizeof head);
			seal_write(&s, &body);
			r.body = text_str(&body);
		}
		chain_hash(head, &r, &scratch, head);
		sha256_hex(head, hex);
		char *update = sqlite3_mprintf("UPDATE row SET body = %Q, hash = x'%s' WHERE seq = %lld", r.body, hex, (long long)seq);
		ledger_end(l);
		sql(db, update);
		sqlite3_free(update);
	}
	ledger_close(&l);
	text_free(&scratch);
	text_free(&body);
}

static void tamper(const char *dir, const char *what, bool good)
{
	sqlite3 *db;
	char *path = journal_database(dir);
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	sql(db, "DROP TRIGGER row_no_update; DROP TRIGGER row_no_delete");
	sql(db, what);
	if (good)
		make_good(path, db);
	sqlite3_close(db);
	mem_free(path);
}

static struct walk *walked(const char *dir, struct bundle_fault *f, int64_t expected, const uint8_t *head)
{
	struct err err = { "" };
	struct bundle_row row;
	struct walk *w = walk_open(dir, &err);
	ck_assert_msg(w != NULL, "%s", err.text);
	if (expected)
		walk_expect(w, expected, head);
	while (walk_next(w, &row))
		;
	bool whole = walk_end(w, f, &err);
	ck_assert(whole == (f->what == BUNDLE_WHOLE));
	return w;
}

START_TEST(told_by_seals)
{
	static const struct {
		int line;
		const char *sql;
		bool good; /* the chain was made good again */
		enum bundle_wrong what;
		int64_t row, since;
	} T[] = {
		{ __LINE__, "SELECT 1", false, BUNDLE_WHOLE, 0, 0 },
		{ __LINE__, "UPDATE row SET body = '{\"x\":1}' WHERE seq = 9", false, BUNDLE_CHANGED, 9, 0 },
		/* rows 1-15: start key seal verdicts stop seal; 16-29: start seal verdicts stop seal */
		{ __LINE__, "UPDATE row SET body = '{\"x\":1}' WHERE seq = 9", true, BUNDLE_SEAL, 15, 4 },
		{ __LINE__, "UPDATE row SET body = '{\"x\":1}' WHERE seq = 20", true, BUNDLE_SEAL, 29, 18 },
		{ __LINE__, "UPDATE row SET wall_us = wall_us + 1 WHERE seq = 1", true, BUNDLE_SEAL, 3, 1 },
		{ __LINE__, "DELETE FROM row WHERE seq = 9; UPDATE row SET seq = seq - 1 WHERE seq > 9", true, BUNDLE_SEAL, 14, 4 },
		{ __LINE__, "DELETE FROM row WHERE seq = 2; UPDATE row SET seq = seq - 1 WHERE seq > 2", true, BUNDLE_SEAL, 2, 1 },
		{ __LINE__, "DELETE FROM row WHERE seq = 9", false, BUNDLE_MISSING, 9, 0 },
		/* what a seal never covered proves nothing, and nothing is wrong with it */
		{ __LINE__, "DELETE FROM row WHERE seq > 25", false, BUNDLE_WHOLE, 0, 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *dir = filled();
		struct bundle_fault f;
		tamper(dir, T[i].sql, T[i].good);
		struct walk *w = walked(dir, &f, 0, NULL);
		ck_assert_msg(f.what == T[i].what && f.row == T[i].row && f.since == T[i].since, "row of line %d: %d in %lld since %lld",
				T[i].line, (int)f.what, (long long)f.row, (long long)f.since);
		walk_close(&w);
		done(dir);
	}
}
END_TEST

START_TEST(a_cut_tail_is_found_by_what_was_noted)
{
	char *dir = filled();
	struct bundle_fault f;
	struct walk *w = walked(dir, &f, 0, NULL);
	struct walk_facts facts = walk_facts(w);
	uint8_t head[SHA256_BYTES], other[SHA256_BYTES] = { 1 };
	ck_assert_int_eq(facts.rows, 29);
	ck_assert_int_eq(facts.sealed, 29);
	ck_assert_int_eq(facts.seals, 4);
	ck_assert(hex_read(facts.sealed_head, head, sizeof head));
	ck_assert_int_eq(walk_trust(w, facts.key), BUNDLE_TRUSTED);
	walk_close(&w);
	w = walked(dir, &f, 29, head);
	ck_assert_int_eq(walk_expected(w), BUNDLE_SAME);
	walk_close(&w);
	w = walked(dir, &f, 29, other);
	ck_assert_int_eq(walk_expected(w), BUNDLE_OTHER);
	walk_close(&w);
	tamper(dir, "DELETE FROM row WHERE seq > 15", false);
	w = walked(dir, &f, 29, head);
	ck_assert_int_eq(f.what, BUNDLE_WHOLE);
	ck_assert_int_eq(walk_expected(w), BUNDLE_CUT_TAIL);
	walk_close(&w);
	done(dir);
}
END_TEST

/* Whoever makes all of it anew with a key of their own is a stranger to who knows the station's. */
START_TEST(another_station_is_a_stranger)
{
	char *dir = filled(), *other = filled();
	struct bundle_fault f;
	struct walk *w = walked(dir, &f, 0, NULL), *x = walked(other, &f, 0, NULL);
	ck_assert_int_eq(f.what, BUNDLE_WHOLE);
	ck_assert_int_eq(walk_trust(x, walk_facts(w).key), BUNDLE_STRANGER);
	walk_close(&w);
	walk_close(&x);
	done(dir);
	done(other);
}
END_TEST

START_TEST(of_before_there_were_seals)
{
	char *dir = filled();
	struct bundle_fault f;
	tamper(dir, "CREATE TABLE t AS SELECT * FROM row WHERE kind NOT IN ('key', 'seal') ORDER BY seq; DELETE FROM row;"
		    "UPDATE t SET seq = rowid; INSERT INTO row SELECT * FROM t", true);
	struct walk *w = walked(dir, &f, 0, NULL);
	ck_assert_int_eq(f.what, BUNDLE_WHOLE);
	ck_assert_int_eq(walk_facts(w).sealed, 0);
	ck_assert_str_eq(walk_facts(w).key, "");
	walk_close(&w);
	done(dir);
}
END_TEST

UNIT_MAIN("journal/walk", told_by_seals, a_cut_tail_is_found_by_what_was_noted, another_station_is_a_stranger,
		of_before_there_were_seals)
