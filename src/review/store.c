/* WAL and synchronous=FULL, as in a station's journal: a bundle that was said to be taken in survives a power cut, and one
 * that was being taken in when the program was killed is not there at all.  The file lies on a person's computer and is
 * opened for a moment: it is put in order again at each close, so that one file can be copied away. */
#include "review/store.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/vec.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEMA 1
#define BUSY_MS 10000

/* day: days since 1970; …_us: microseconds since 1970; station, directive, word: numbers of the tables of that name.
 * covered: days of which a bundle held everything, and the last row of that bundle: an older one changes nothing.
 * done: what the airings of such a day say about a directive.  by day, so that a month of all stations lies together. */
static const char schema[] =
	"CREATE TABLE station(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, name TEXT NOT NULL,"
	" rehearsal INTEGER NOT NULL) STRICT;"
	"CREATE TABLE key(station INTEGER NOT NULL, public TEXT NOT NULL, trusted INTEGER NOT NULL, at_us INTEGER NOT "
	"NULL,"
	" how TEXT NOT NULL, PRIMARY KEY(station, public)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE bundle(id INTEGER PRIMARY KEY, station INTEGER NOT NULL, sha256 TEXT NOT NULL UNIQUE, file TEXT "
	"NOT NULL,"
	" at_us INTEGER NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL, before BLOB NOT NULL, from_day "
	"INTEGER NOT NULL,"
	" until_day INTEGER NOT NULL, public TEXT NOT NULL) STRICT;"
	"CREATE INDEX bundle_station ON bundle(station, last);"
	"CREATE TABLE seal(station INTEGER NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL, wall_us INTEGER NOT "
	"NULL,"
	" PRIMARY KEY(station, seq)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE covered(station INTEGER NOT NULL, day INTEGER NOT NULL, last INTEGER NOT NULL,"
	" PRIMARY KEY(station, day)) STRICT, WITHOUT ROWID;"
	"CREATE TABLE directive(id INTEGER PRIMARY KEY, fold TEXT NOT NULL, issued INTEGER NOT NULL, number TEXT NOT "
	"NULL,"
	" issuer TEXT NOT NULL, subject TEXT NOT NULL, UNIQUE(fold, issued)) STRICT;"
	"CREATE TABLE done(directive INTEGER NOT NULL, day INTEGER NOT NULL, station INTEGER NOT NULL, met INTEGER NOT "
	"NULL,"
	" asked INTEGER NOT NULL, times INTEGER NOT NULL, planned INTEGER NOT NULL, broadcasts INTEGER NOT NULL,"
	" heard_ms INTEGER NOT NULL, PRIMARY KEY(directive, day, station)) STRICT, WITHOUT ROWID;"
	"CREATE INDEX done_station ON done(station, day);"
	"CREATE TABLE word(id INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE) STRICT;"
	/* flags: 1 a test, 2 made up; hash: the first 8 bytes, enough to name a row that is another one; whether rows are the station's, seals say */
	"CREATE TABLE airing(station INTEGER NOT NULL, day INTEGER NOT NULL, planned_us INTEGER NOT NULL, id TEXT NOT "
	"NULL,"
	" seq INTEGER NOT NULL, hash INTEGER NOT NULL, started_us INTEGER NOT NULL, ended_us INTEGER NOT NULL,"
	" lateness_ms INTEGER NOT NULL, heard_ms INTEGER NOT NULL, offset_s INTEGER NOT NULL, state INTEGER NOT NULL,"
	" reason INTEGER NOT NULL, flags INTEGER NOT NULL, kind INTEGER NOT NULL, source INTEGER NOT NULL, zone "
	"INTEGER NOT NULL,"
	" zone_name INTEGER NOT NULL, bulletin INTEGER NOT NULL, title INTEGER NOT NULL, campaign INTEGER NOT NULL,"
	" directives INTEGER NOT NULL, class INTEGER NOT NULL, level INTEGER NOT NULL, operator INTEGER NOT NULL, "
	"station_name INTEGER NOT NULL,"
	" approved INTEGER NOT NULL, PRIMARY KEY(station, day, planned_us, id)) STRICT, WITHOUT ROWID;";

struct review_query {
	struct review_store *store;
	const char *sql;
	sqlite3_stmt *stmt;
};

struct review_store {
	sqlite3 *db;
	char *path;
	bool open; /* a transaction is */
	int code;  /* the first error, SQLITE_OK: none */
	VEC(struct review_query *) queries;
};

/* ── Errors ────────────────────────────────────────────────────────────────────────────────────────────────── */

static void note(struct review_store *s, int code)
{
	int primary = code & 0xFF;
	if (!s->code && primary != SQLITE_OK && primary != SQLITE_ROW && primary != SQLITE_DONE)
		s->code = code;
}

static const char *reason(int code)
{
	switch (code & 0xFF) {
	case SQLITE_FULL:
		return _("the disk is full — free some space");
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return _("another loaxa review is writing it — wait until that has ended");
	case SQLITE_READONLY:
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return _("no right to read or write it — check the owner and the rights of its folder");
	case SQLITE_CANTOPEN:
		return _("it is not there, or its folder may not be read — name the right folder with --state");
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return _("the file is damaged — put it aside, then import the bundles again: they hold everything");
	case SQLITE_SCHEMA:
		return _("a newer version of the program wrote it — install that version");
	default:
		return _("the disk cannot be read or written — keep a copy of the folder, then try again");
	}
}

bool review_fault(const struct review_store *s, struct err *err)
{
	if (!s->code)
		return false;
	err_set(err, _("the collection %s cannot be used: %s"), s->path, reason(s->code));
	return true;
}

static void run(struct review_store *s, const char *sql)
{
	if (!s->code)
		note(s, sqlite3_exec(s->db, sql, NULL, NULL, NULL));
}

/* ── Opening ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* SQLite would make it readable for everybody; -wal and -shm take their rights from this file. */
static void make_file(struct review_store *s)
{
	int fd = open(s->path, O_RDWR | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		note(s, errno == ENOSPC || errno == EDQUOT  ? SQLITE_FULL
			: errno == EACCES || errno == EROFS ? SQLITE_PERM
							    : SQLITE_CANTOPEN);
	else
		close(fd);
}

/* A new file exists for certain only when its directory was written too. */
static void sync_folder(struct review_store *s)
{
	char *copy = mem_dup(s->path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0 || fsync(fd))
		note(s, SQLITE_IOERR);
	if (fd >= 0)
		close(fd);
	mem_free(copy);
}

static void set_up(struct review_store *s, enum review_use use)
{
	sqlite3_busy_timeout(s->db, BUSY_MS);
	run(s, use == REVIEW_WRITE ? "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;" : "PRAGMA query_only=1;");
	run(s, "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824; PRAGMA temp_store=MEMORY;");
	int64_t version = review_one(review_query(s, "PRAGMA user_version"), 0);
	if (s->code || version == SCHEMA)
		return;
	if (version > SCHEMA) {
		note(s, SQLITE_SCHEMA);
	} else if (review_one(review_query(s, "SELECT count(*) FROM sqlite_schema"), 1)) {
		note(s, SQLITE_NOTADB); /* a database of somebody else */
	} else if (use == REVIEW_READ) {
		note(s, SQLITE_CANTOPEN);
	} else {
		run(s, "BEGIN IMMEDIATE");
		run(s, schema);
		run(s, "PRAGMA user_version=1; COMMIT");
		sync_folder(s);
	}
}

struct review_store *review_open(const char *path, enum review_use use, struct err *err)
{
	struct review_store *s = mem_new(struct review_store);
	s->path = mem_dup(path);
	if (use == REVIEW_WRITE)
		make_file(s);
	if (!s->code)
		note(s, sqlite3_open_v2(path, &s->db,
				SQLITE_OPEN_NOMUTEX |
					(use == REVIEW_WRITE ? SQLITE_OPEN_READWRITE : SQLITE_OPEN_READONLY),
				NULL));
	if (!s->code)
		set_up(s, use);
	if (review_fault(s, err))
		review_close(&s);
	return s;
}

void review_close(struct review_store **store)
{
	struct review_store *s = *store;
	if (!s)
		return;
	review_undo(s);
	for (size_t i = 0; i < s->queries.n; i++) {
		sqlite3_finalize(s->queries.at[i]->stmt);
		mem_free(s->queries.at[i]);
	}
	vec_free(&s->queries);
	sqlite3_close(s->db);
	mem_free(s->path);
	mem_free(s);
	*store = NULL;
}

/* ── Transactions ──────────────────────────────────────────────────────────────────────────────────────────── */

bool review_begin(struct review_store *s, struct err *err)
{
	run(s, "BEGIN IMMEDIATE");
	s->open = !s->code;
	return !review_fault(s, err);
}

bool review_end(struct review_store *s, struct err *err)
{
	run(s, "COMMIT");
	if (!s->code)
		s->open = false;
	else
		review_undo(s);
	return !review_fault(s, err);
}

void review_undo(struct review_store *s)
{
	if (s->open)
		sqlite3_exec(s->db, "ROLLBACK", NULL, NULL, NULL);
	s->open = false;
}

bool review_sound(struct review_store *s, struct err *err)
{
	struct review_query *q = review_query(s, "PRAGMA quick_check(1)");
	if (review_row(q) && strcmp(review_get_text(q, 0), "ok") != 0)
		note(s, SQLITE_CORRUPT);
	return !review_fault(s, err);
}

/* ── Statements ────────────────────────────────────────────────────────────────────────────────────────────── */

struct review_query *review_query(struct review_store *s, const char *sql)
{
	struct review_query *q = NULL;
	for (size_t i = 0; i < s->queries.n && !q; i++)
		if (s->queries.at[i]->sql == sql || !strcmp(s->queries.at[i]->sql, sql))
			q = s->queries.at[i];
	if (!q) {
		q = mem_new(struct review_query);
		*q = (struct review_query){ .store = s, .sql = sql };
		vec_push(&s->queries, q);
		if (!s->code)
			note(s, sqlite3_prepare_v3(s->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &q->stmt, NULL));
	}
	sqlite3_reset(q->stmt);
	return q;
}

void review_put(struct review_query *q, int at, int64_t value)
{
	if (!q->store->code)
		note(q->store, sqlite3_bind_int64(q->stmt, at, value));
}

void review_put_text(struct review_query *q, int at, const char *text)
{
	if (!q->store->code)
		note(q->store, text ? sqlite3_bind_text(q->stmt, at, text, (int)strlen(text), SQLITE_STATIC)
				    : sqlite3_bind_null(q->stmt, at));
}

void review_put_bytes(struct review_query *q, int at, const void *bytes, size_t n)
{
	if (!q->store->code)
		note(q->store, sqlite3_bind_blob(q->stmt, at, bytes, (int)n, SQLITE_STATIC));
}

bool review_row(struct review_query *q)
{
	if (q->store->code || !q->stmt)
		return false;
	int code = sqlite3_step(q->stmt);
	note(q->store, code);
	if (code != SQLITE_ROW)
		sqlite3_reset(q->stmt);
	return code == SQLITE_ROW;
}

void review_do(struct review_query *q)
{
	while (review_row(q))
		;
}

int64_t review_get(struct review_query *q, int column)
{
	return sqlite3_column_int64(q->stmt, column);
}

const char *review_get_text(struct review_query *q, int column)
{
	const char *text = (const char *)sqlite3_column_text(q->stmt, column);
	return text ? text : "";
}

const void *review_get_bytes(struct review_query *q, int column, size_t *bytes)
{
	*bytes = (size_t)sqlite3_column_bytes(q->stmt, column);
	return sqlite3_column_blob(q->stmt, column);
}

int64_t review_one(struct review_query *q, int64_t fallback)
{
	int64_t value = fallback;
	if (review_row(q)) {
		if (sqlite3_column_type(q->stmt, 0) != SQLITE_NULL)
			value = review_get(q, 0);
		sqlite3_reset(q->stmt);
	}
	return value;
}

int64_t review_last_id(const struct review_store *s)
{
	return sqlite3_last_insert_rowid(s->db);
}
