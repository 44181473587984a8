/* What one durable airing costs: all its rows through the journal, each waited for, side by side with bare inserts of
 * the same rows into SQLite with the same durability (WAL, synchronous=FULL).  The two take turns, so that a busy
 * disk hurts both; medians.  One line for `make bench`. */
#include "base/mem.h"
#include "journal/journal.h"

#include <poll.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum { AIRINGS = 60, ROWS = 8 };

static const char *const kinds[ROWS] = { "intent", "started", "progress", "progress", "progress", "progress",
	"progress", "verdict" };
static const char id[] = "22363/sang/20210714T053000+0700/7.bz-cai-dat/cum-1";

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

static const char *body_of(const char *kind)
{
	static char verdict[900];
	if (strcmp(kind, "verdict"))
		return "{\"frame\":480000,\"level\":\"normal\",\"xruns\":0}";
	memset(verdict, 'x', sizeof verdict - 3);
	memcpy(verdict, "{\"v\":\"", 6);
	strcpy(verdict + sizeof verdict - 3, "\"}");
	return verdict;
}

static void die(const char *what)
{
	fprintf(stderr, "bench journal: %s\n", what);
	exit(1);
}

static void through_journal(struct journal *j, int64_t wall)
{
	struct journal_port port = journal_port(j);
	for (int i = 0; i < ROWS; i++) {
		struct journal_row row = { .wall = { wall }, .mono = { wall }, .kind = kinds[i], .airing = id,
			.planned = { wall }, .body = body_of(kinds[i]) };
		uint64_t ticket = port.append(port.self, &row);
		port.flush(port.self);
		while (port.durable(port.self) < ticket) {
			poll(&(struct pollfd){ .fd = journal_fd(j), .events = POLLIN }, 1, 1000);
			journal_quiet(j);
		}
	}
}

static sqlite3_stmt *bare_open(const char *path, sqlite3 **db)
{
	sqlite3_stmt *insert;
	if (sqlite3_open(path, db) ||
			sqlite3_exec(*db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
					  "CREATE TABLE row(seq INTEGER PRIMARY KEY, wall_us INTEGER, kind TEXT, airing TEXT,"
					  " planned_us INTEGER, body TEXT)", NULL, NULL, NULL) ||
			sqlite3_prepare_v2(*db, "INSERT INTO row VALUES(NULL, ?, ?, ?, ?, ?)", -1, &insert, NULL))
		die(sqlite3_errmsg(*db));
	return insert;
}

static void bare(sqlite3_stmt *insert, int64_t wall)
{
	for (int i = 0; i < ROWS; i++) {
		sqlite3_bind_int64(insert, 1, wall);
		sqlite3_bind_text(insert, 2, kinds[i], -1, SQLITE_STATIC);
		sqlite3_bind_text(insert, 3, id, -1, SQLITE_STATIC);
		sqlite3_bind_int64(insert, 4, wall);
		sqlite3_bind_text(insert, 5, body_of(kinds[i]), -1, SQLITE_STATIC);
		if (sqlite3_step(insert) != SQLITE_DONE)
			die("insert");
		sqlite3_reset(insert);
	}
}

static int smaller(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

static double median_ms(int64_t *took)
{
	qsort(took, AIRINGS, sizeof *took, smaller);
	return took[AIRINGS / 2] / 1000.0;
}

int main(void)
{
	char dir[] = "/var/tmp/loaxa-bench-XXXXXX";
	if (!mkdtemp(dir))
		die("no directory in /var/tmp");
	struct err err = { 0 };
	struct journal *j = journal_open(dir, JOURNAL_LIVE, "bench", &err);
	if (!j)
		die(err.text);
	char *path = mem_printf("%s/bare.db", dir);
	sqlite3 *db;
	sqlite3_stmt *insert = bare_open(path, &db);
	int64_t ours[AIRINGS], theirs[AIRINGS];
	for (int i = 0; i < AIRINGS; i++) {
		int64_t t0 = now_us(), wall = 1626215400 * US_PER_S + i;
		through_journal(j, wall);
		int64_t t1 = now_us();
		bare(insert, wall);
		ours[i] = t1 - t0, theirs[i] = now_us() - t1;
	}
	double a = median_ms(ours), b = median_ms(theirs);
	printf("journal: one durable airing (%d rows): %.2f ms, bare inserts %.2f ms: %.2f x (at most 1.5)\n", ROWS, a, b, a / b);
	sqlite3_finalize(insert);
	sqlite3_close(db);
	mem_free(path);
	journal_close(&j);
	char *clean = mem_printf("rm -rf '%s'", dir);
	int left = system(clean);
	mem_free(clean);
	return left || a / b > 1.5;
}
