/* What somebody did to a journal, told from its rows. */
#include "scratch.h"

#include "journal/mode.h"
#include "journal/misplaced.h"

#include <sqlite3.h>

static void tamper(const char *dir, const char *sql)
{
	sqlite3 *db;
	char *path = journal_database(dir), *why = NULL;
	ck_assert_int_eq(sqlite3_open(path, &db), SQLITE_OK);
	sqlite3_exec(db, "DROP TRIGGER row_no_update; DROP TRIGGER row_no_delete", NULL, NULL, NULL);
	ck_assert_msg(sqlite3_exec(db, sql, NULL, NULL, &why) == SQLITE_OK, "%s: %s", sql, why);
	sqlite3_close(db);
	mem_free(path);
}

/* Rows 1 to 20; all but the first are of airings. */
static char *filled(void)
{
	char *dir = scratch_new(), id[24], body[40];
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	for (int i = 1; i <= 20; i++) {
		snprintf(id, sizeof id, "airing-%d", i);
		snprintf(body, sizeof body, "{\"n\":%d}", i);
		scratch_add(j, i, i == 1 ? "start" : "verdict", i == 1 ? NULL : id, body);
	}
	ck_assert(journal_close(&j));
	return dir;
}

#define ALL "wall_us, mono_us, boot, clock, kind, airing, planned_us, body, rehearsal, hash"
#define BUT_HASH "wall_us, mono_us, boot, clock, kind, airing, planned_us, body, rehearsal"
#define SWAP(a, b, what)                                                                                     \
	"CREATE TABLE t AS SELECT * FROM row WHERE seq IN (" #a ", " #b ");"                                  \
	"UPDATE row SET (" what ") = (SELECT " what " FROM t WHERE t.seq = " #b ") WHERE seq = " #a ";"         \
	"UPDATE row SET (" what ") = (SELECT " what " FROM t WHERE t.seq = " #a ") WHERE seq = " #b

START_TEST(told_apart)
{
	static const struct {
		int line;
		const char *sql;
		int64_t seq; /* where the chain breaks */
		enum bundle_wrong what;
		int64_t row;
	} T[] = {
		{ __LINE__, "UPDATE row SET body = '{}' WHERE seq = 7", 7, BUNDLE_CHANGED, 7 },
		{ __LINE__, "UPDATE row SET wall_us = wall_us + 1 WHERE seq = 1", 1, BUNDLE_CHANGED, 1 },
		{ __LINE__, "UPDATE row SET hash = zeroblob(32) WHERE seq = 20", 20, BUNDLE_CHANGED, 20 },
		{ __LINE__, SWAP(7, 8, ALL), 7, BUNDLE_SWAPPED, 7 },
		{ __LINE__, SWAP(7, 8, BUT_HASH), 7, BUNDLE_SWAPPED, 7 },
		{ __LINE__, SWAP(1, 2, ALL), 1, BUNDLE_SWAPPED, 1 },
		{ __LINE__, SWAP(5, 15, ALL), 5, BUNDLE_SWAPPED, 5 },
		{ __LINE__, SWAP(5, 15, BUT_HASH), 5, BUNDLE_SWAPPED, 5 },
		{ __LINE__, SWAP(19, 20, ALL), 19, BUNDLE_SWAPPED, 19 },
		/* one row over another: that one is gone, this one is there twice */
		{ __LINE__, "UPDATE row SET (" ALL ") = (SELECT " ALL " FROM row AS r WHERE r.seq = 4) WHERE seq = 12", 12,
				BUNDLE_DOUBLED, 4 },
		{ __LINE__, "UPDATE row SET (" BUT_HASH ") = (SELECT " BUT_HASH " FROM row AS r WHERE r.seq = 12) WHERE seq = 4", 4,
				BUNDLE_DOUBLED, 12 },
		/* put in again, the later ones moved up */
		{ __LINE__, "UPDATE row SET seq = -seq WHERE seq >= 10; UPDATE row SET seq = 1 - seq WHERE seq < 0;"
				"INSERT INTO row SELECT 10, " ALL " FROM row WHERE seq = 3", 10, BUNDLE_DOUBLED, 3 },
		/* taken out, the later ones moved down */
		{ __LINE__, "DELETE FROM row WHERE seq = 6; UPDATE row SET seq = seq - 1 WHERE seq > 6", 6, BUNDLE_MISSING, 6 },
		{ __LINE__, "DELETE FROM row WHERE seq BETWEEN 6 AND 9; UPDATE row SET seq = -seq WHERE seq > 9;"
				"UPDATE row SET seq = -4 - seq WHERE seq < 0", 6, BUNDLE_MISSING, 6 },
		{ __LINE__, "DELETE FROM row WHERE seq = 1; UPDATE row SET seq = -seq; UPDATE row SET seq = -1 - seq", 1,
				BUNDLE_MISSING, 1 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *dir = filled();
		struct journal_check check;
		struct err err = { "" };
		enum ledger_trouble t;
		int64_t row;
		tamper(dir, T[i].sql);
		ck_assert(!journal_verify(dir, &check, &err));
		ck_assert_msg(check.broken == T[i].seq, "row of line %d: breaks at %lld", T[i].line, (long long)check.broken);
		char *path = journal_database(dir);
		struct ledger *l = ledger_open(path, LEDGER_READ, &t);
		enum bundle_wrong what = misplaced_what(l, T[i].seq, &row);
		ck_assert_msg(what == T[i].what && row == T[i].row, "row of line %d: %d of row %lld", T[i].line, (int)what,
				(long long)row);
		ledger_close(&l);
		mem_free(path);
		scratch_free(dir);
	}
}
END_TEST

UNIT_MAIN("journal/misplaced", told_apart)
