/* SQLite as an append-only file of rows.
 *
 * Why WAL + FULL live: of 400 simulated power cuts it lost no committed row; NORMAL lost some in 323.  SQLite up to
 * 3.51 can lose data when one connection checkpoints while another commits, so the writer is the only one to do
 * either, and readers set wal_autocheckpoint=0.  PERSIST_WAL keeps the -wal and -shm files, without which somebody
 * who may only read could not open the journal of a station that is switched off.
 * Why OFF in a rehearsal: it is begun anew each time; after a crash one runs it again. */
#include "journal/ledger.h"

#include "base/mem.h"
#include "base/vec.h"
#include "journal/ledger-file.h"

#include <errno.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SCHEMA "1"

static const char schema[] =
	"BEGIN IMMEDIATE;"
	"CREATE TABLE meta(key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;"
	"CREATE TABLE row(seq INTEGER PRIMARY KEY, wall_us INTEGER NOT NULL, mono_us INTEGER NOT NULL,"
	" boot TEXT NOT NULL, clock INTEGER NOT NULL, kind TEXT NOT NULL, airing TEXT,"
	" planned_us INTEGER NOT NULL, body TEXT NOT NULL, rehearsal INTEGER NOT NULL, hash BLOB NOT NULL) STRICT;"
	"CREATE TRIGGER row_no_update BEFORE UPDATE ON row BEGIN SELECT raise(ABORT, 'append-only'); END;"
	"CREATE TRIGGER row_no_delete BEFORE DELETE ON row BEGIN SELECT raise(ABORT, 'append-only'); END;"
	"CREATE TRIGGER meta_no_update BEFORE UPDATE ON meta BEGIN SELECT raise(ABORT, 'append-only'); END;"
	"CREATE TRIGGER meta_no_delete BEFORE DELETE ON meta BEGIN SELECT raise(ABORT, 'append-only'); END;";

/* What finds a day in five years of rows.  Instants come nearly in order, so these only ever grow at their end.  Not part
 * of the schema's version: a journal from before one of them gets it at its next live start, and an older program
 * keeps it up without knowing it. */
static const char indices[] =
	"CREATE INDEX IF NOT EXISTS row_planned ON row(planned_us) WHERE planned_us <> 0;"
	"CREATE INDEX IF NOT EXISTS row_checkpoint ON row(seq) WHERE kind IN ('start', 'day');"
	"CREATE INDEX IF NOT EXISTS row_written ON row(wall_us);"
	"CREATE INDEX IF NOT EXISTS row_event ON row(kind, wall_us) WHERE airing IS NULL AND kind <> 'progress';";

struct ledger {
	/* fixed after ledger_open */
	sqlite3 *db;
	sqlite3_stmt *begin, *insert, *commit, *read, *events;
	char *path;
	dev_t dev;
	ino_t ino;
	bool rehearsal;
	/* the chain: of what was added, and of what is committed */
	bool open; /* a transaction is */
	int64_t last, last_committed;
	uint8_t head[SHA256_BYTES], head_committed[SHA256_BYTES];
	struct text scratch;
	sqlite3_stmt *now; /* the reading: one of the two above */
	enum ledger_trouble reading;
};

static enum ledger_trouble file_trouble(int e)
{
	return !e                                        ? LEDGER_OK
	       : e == ENOENT || e == ENOTDIR             ? LEDGER_GONE
	       : e == ENOSPC || e == EDQUOT              ? LEDGER_FULL
	       : e == EACCES || e == EPERM || e == EROFS ? LEDGER_DENIED
							 : LEDGER_IO;
}

static enum ledger_trouble trouble(sqlite3 *db, int code)
{
	int e = db ? sqlite3_system_errno(db) : 0;
	switch (code & 0xFF) {
	case SQLITE_OK:
	case SQLITE_DONE:
	case SQLITE_ROW:
		return LEDGER_OK;
	case SQLITE_FULL:
		return LEDGER_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
	case SQLITE_PROTOCOL:
		return LEDGER_BUSY;
	case SQLITE_NOMEM: /* says nothing of the file, and passes */
		return LEDGER_IO;
	case SQLITE_READONLY:
		return code == SQLITE_READONLY_DBMOVED ? LEDGER_GONE : LEDGER_DENIED;
	case SQLITE_PERM:
	case SQLITE_AUTH:
		return LEDGER_DENIED;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return LEDGER_DAMAGED;
	case SQLITE_CANTOPEN:
		return e == EACCES || e == EPERM || e == EROFS ? LEDGER_DENIED : LEDGER_GONE;
	case SQLITE_IOERR:
		return e == ENOSPC || e == EDQUOT ? LEDGER_FULL : LEDGER_IO;
	default:
		return LEDGER_DAMAGED; /* the table is not the one we know */
	}
}

static enum ledger_trouble run(struct ledger *l, const char *sql)
{
	return trouble(l->db, sqlite3_exec(l->db, sql, NULL, NULL, NULL));
}

/* ── Opening ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* The first column of the first row of a query: a number, or fallback. */
static int64_t one(struct ledger *l, const char *sql, int64_t fallback)
{
	sqlite3_stmt *q = NULL;
	int64_t v = fallback;
	if (sqlite3_prepare_v2(l->db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW &&
		sqlite3_column_type(q, 0) != SQLITE_NULL)
		v = sqlite3_column_int64(q, 0);
	sqlite3_finalize(q);
	return v;
}

static enum ledger_trouble create_schema(struct ledger *l)
{
	char *sql = mem_printf("%sINSERT INTO meta VALUES('schema', '" SCHEMA "'), ('mode', '%s'); COMMIT;", schema,
		l->rehearsal ? "rehearsal" : "live");
	enum ledger_trouble t = run(l, sql);
	mem_free(sql);
	return t;
}

static enum ledger_trouble check_meta(struct ledger *l, enum ledger_use use)
{
	sqlite3_stmt *q = NULL;
	enum ledger_trouble t = LEDGER_DAMAGED;
	int code = sqlite3_prepare_v2(l->db,
		"SELECT (SELECT value FROM meta WHERE key = 'schema'), (SELECT value FROM meta WHERE key = 'mode')", -1,
		&q, NULL);
	if (code == SQLITE_OK)
		code = sqlite3_step(q);
	if (code == SQLITE_ROW) {
		const char *version = (const char *)sqlite3_column_text(q, 0);
		const char *mode = (const char *)sqlite3_column_text(q, 1);
		bool rehearsal = mode && !strcmp(mode, "rehearsal");
		if (version && mode)
			t = strcmp(version, SCHEMA)                           ? LEDGER_NEWER
			    : use != LEDGER_READ && rehearsal != l->rehearsal ? LEDGER_FOREIGN
									      : LEDGER_OK;
		l->rehearsal = rehearsal;
	} else {
		t = trouble(l->db, code);
	}
	sqlite3_finalize(q);
	return t;
}

static enum ledger_trouble set_up(struct ledger *l, enum ledger_use use)
{
	static const char *const how[] = {
		[LEDGER_LIVE] = ("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1000;"
				 "PRAGMA journal_size_limit=16777216;"),
		[LEDGER_REHEARSAL] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-4096;",
		[LEDGER_SALVAGE] = "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-1024;",
		[LEDGER_READ] = "PRAGMA wal_autocheckpoint=0; PRAGMA query_only=1;",
	};
	int keep = 1;
	sqlite3_busy_timeout(l->db, 1000);
	if (use == LEDGER_LIVE)
		sqlite3_file_control(l->db, NULL, SQLITE_FCNTL_PERSIST_WAL, &keep);
	enum ledger_trouble t = run(l, how[use]);
	bool empty = !one(l, "SELECT count(*) FROM sqlite_schema", 1);
	if (!t && empty)
		t = use == LEDGER_READ ? LEDGER_GONE : create_schema(l);
	if (!t)
		t = check_meta(l, use);
	if (!t && use != LEDGER_READ)
		t = run(l, indices);
	if (!t && use == LEDGER_LIVE)
		t = file_trouble(ledger_file_sync(l->path));
	return t;
}

static enum ledger_trouble prepare(struct ledger *l)
{
#define COLUMNS "SELECT seq, wall_us, mono_us, boot, clock, kind, airing, planned_us, body, rehearsal, hash FROM row "
	const struct {
		sqlite3_stmt **to;
		const char *sql;
	} all[] = {
		{ &l->begin, "BEGIN IMMEDIATE" },
		{ &l->insert, "INSERT INTO row VALUES(?,?,?,?,?,?,?,?,?,?,?)" },
		{ &l->commit, "COMMIT" },
		{ &l->read, COLUMNS "WHERE seq BETWEEN ? AND ? ORDER BY seq" },
		{ &l->events, COLUMNS "WHERE airing IS NULL AND kind <> 'progress' AND wall_us >= ?1 AND wall_us < ?2"
				      " AND kind IN (?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16,"
				      " ?17, ?18) ORDER BY seq" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		int code = sqlite3_prepare_v3(l->db, all[i].sql, -1, SQLITE_PREPARE_PERSISTENT, all[i].to, NULL);
		if (code != SQLITE_OK)
			return trouble(l->db, code);
	}
	return LEDGER_OK;
}

static enum ledger_trouble find_head(struct ledger *l)
{
	l->last = one(l, "SELECT max(seq) FROM row", 0);
	enum ledger_trouble t = trouble(l->db, sqlite3_errcode(l->db));
	if (!t && l->last) {
		struct chain_row row;
		ledger_read(l, l->last, l->last);
		ledger_next(l, &row, l->head);
		t = ledger_end(l);
	}
	l->last_committed = l->last;
	memcpy(l->head_committed, l->head, sizeof l->head);
	return t;
}

struct ledger *ledger_open(const char *path, enum ledger_use use, enum ledger_trouble *why)
{
	struct ledger *l = mem_new(struct ledger);
	l->path = mem_dup(path);
	l->rehearsal = use == LEDGER_REHEARSAL;
	int flags = SQLITE_OPEN_NOMUTEX | (use == LEDGER_READ ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE);
	struct stat st;
	*why = use == LEDGER_READ ? LEDGER_OK : file_trouble(ledger_file_create(path));
	if (!*why)
		*why = trouble(NULL, sqlite3_open_v2(path, &l->db, flags, NULL));
	if (!*why)
		ledger_spare(l, true);
	if (!*why)
		*why = set_up(l, use);
	if (!*why)
		*why = prepare(l);
	if (!*why)
		*why = find_head(l);
	if (!*why && stat(path, &st))
		*why = LEDGER_GONE;
	if (*why) {
		ledger_close(&l);
		return NULL;
	}
	l->dev = st.st_dev;
	l->ino = st.st_ino;
	ledger_spare(l, false);
	return l;
}

void ledger_spare(struct ledger *l, bool yes)
{
	sqlite3_db_config(l->db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, yes, NULL);
}

void ledger_close(struct ledger **ledger)
{
	struct ledger *l = *ledger;
	if (!l)
		return;
	sqlite3_finalize(l->begin);
	sqlite3_finalize(l->insert);
	sqlite3_finalize(l->commit);
	sqlite3_finalize(l->read);
	sqlite3_finalize(l->events);
	sqlite3_close(l->db);
	text_free(&l->scratch);
	mem_free(l->path);
	mem_free(l);
	*ledger = NULL;
}

enum ledger_trouble ledger_copy(struct ledger *l, const char *to)
{
	char *sql = sqlite3_mprintf("VACUUM INTO %Q", to);
	/* query_only forbids the other file, too; ours was opened for reading and stays so */
	enum ledger_trouble t = run(l, "PRAGMA query_only=0");
	t = t ? t : run(l, sql);
	sqlite3_free(sql);
	return t;
}

bool ledger_is_rehearsal(const struct ledger *l)
{
	return l->rehearsal;
}

bool ledger_in_place(const struct ledger *l)
{
	struct stat st;
	return !stat(l->path, &st) && st.st_dev == l->dev && st.st_ino == l->ino;
}

/* ── Writing ───────────────────────────────────────────────────────────────────────────────────────────────── */

static enum ledger_trouble step(struct ledger *l, sqlite3_stmt *s)
{
	int code = sqlite3_step(s);
	enum ledger_trouble t = trouble(l->db, code);
	sqlite3_reset(s);
	return t;
}

static void bind_string(sqlite3_stmt *s, int column, const char *value)
{
	if (value)
		sqlite3_bind_text(s, column, value, (int)strlen(value), SQLITE_STATIC);
	else
		sqlite3_bind_null(s, column);
}

static void bind_row(sqlite3_stmt *s, const struct chain_row *r, const uint8_t hash[SHA256_BYTES])
{
	sqlite3_bind_int64(s, 1, r->seq);
	sqlite3_bind_int64(s, 2, r->wall_us);
	sqlite3_bind_int64(s, 3, r->mono_us);
	bind_string(s, 4, r->boot);
	sqlite3_bind_int(s, 5, r->clock);
	bind_string(s, 6, r->kind);
	bind_string(s, 7, r->airing);
	sqlite3_bind_int64(s, 8, r->planned_us);
	bind_string(s, 9, r->body);
	sqlite3_bind_int(s, 10, r->rehearsal);
	sqlite3_bind_blob(s, 11, hash, SHA256_BYTES, SQLITE_STATIC);
}

enum ledger_trouble ledger_add(struct ledger *l, struct chain_row *r)
{
	if (!l->open) {
		enum ledger_trouble t = step(l, l->begin);
		if (t)
			return t;
		l->open = true;
	}
	uint8_t hash[SHA256_BYTES];
	r->seq = l->last + 1;
	r->rehearsal = l->rehearsal;
	chain_hash(l->head, r, &l->scratch, hash);
	bind_row(l->insert, r, hash);
	enum ledger_trouble t = step(l, l->insert);
	if (t)
		return t;
	l->last = r->seq;
	memcpy(l->head, hash, sizeof hash);
	return LEDGER_OK;
}

enum ledger_trouble ledger_put(struct ledger *l, const struct chain_row *r, const uint8_t hash[SHA256_BYTES])
{
	enum ledger_trouble t = l->open ? LEDGER_OK : step(l, l->begin);
	l->open = !t;
	bind_row(l->insert, r, hash);
	return t ? t : step(l, l->insert);
}

enum ledger_trouble ledger_commit(struct ledger *l)
{
	if (!l->open)
		return LEDGER_OK;
	enum ledger_trouble t = step(l, l->commit);
	if (t)
		return t;
	l->open = false;
	l->last_committed = l->last;
	memcpy(l->head_committed, l->head, sizeof l->head);
	return LEDGER_OK;
}

void ledger_rollback(struct ledger *l)
{
	/* Some errors have rolled back already. */
	if (!sqlite3_get_autocommit(l->db))
		run(l, "ROLLBACK");
	l->open = false;
	l->last = l->last_committed;
	memcpy(l->head, l->head_committed, sizeof l->head);
}

enum ledger_trouble ledger_settle(struct ledger *l)
{
	return trouble(l->db, sqlite3_wal_checkpoint_v2(l->db, NULL, SQLITE_CHECKPOINT_FULL, NULL, NULL));
}

int64_t ledger_last(const struct ledger *l)
{
	return l->last;
}

const uint8_t *ledger_head(const struct ledger *l)
{
	return l->head;
}

/* ── Reading ───────────────────────────────────────────────────────────────────────────────────────────────── */

int64_t ledger_checkpoint(struct ledger *l, int64_t before)
{
	char *sql = mem_printf(
		"SELECT seq FROM row WHERE kind IN ('start', 'day') AND seq < %lld ORDER BY seq DESC LIMIT 1",
		(long long)before);
	int64_t found = one(l, sql, 1);
	mem_free(sql);
	return found;
}

/* Least and greatest seq that an index has between two instants. */
static bool between(struct ledger *l, const char *sql, int64_t from_us, int64_t to_us, int64_t *first, int64_t *last)
{
	sqlite3_stmt *q = NULL;
	bool any = false;
	if (sqlite3_prepare_v2(l->db, sql, -1, &q, NULL) == SQLITE_OK) {
		sqlite3_bind_int64(q, 1, from_us);
		sqlite3_bind_int64(q, 2, to_us);
		any = sqlite3_step(q) == SQLITE_ROW && sqlite3_column_type(q, 0) != SQLITE_NULL;
		if (any) {
			*first = sqlite3_column_int64(q, 0);
			*last = sqlite3_column_int64(q, 1);
		}
	}
	sqlite3_finalize(q);
	return any;
}

bool ledger_planned(struct ledger *l, int64_t from_us, int64_t to_us, int64_t *first, int64_t *last)
{
	return between(l,
		"SELECT min(seq), max(seq) FROM row WHERE planned_us <> 0 AND planned_us >= ? AND planned_us < ?",
		from_us, to_us, first, last);
}

bool ledger_written(struct ledger *l, int64_t from_us, int64_t to_us, int64_t *first, int64_t *last)
{
	return between(l, "SELECT min(seq), max(seq) FROM row WHERE wall_us >= ? AND wall_us < ?", from_us, to_us,
		first, last);
}

static void begin_reading(struct ledger *l, sqlite3_stmt *q, int64_t first, int64_t last)
{
	if (l->now)
		sqlite3_reset(l->now);
	sqlite3_bind_int64(q, 1, first);
	sqlite3_bind_int64(q, 2, last);
	l->now = q;
	l->reading = LEDGER_OK;
}

void ledger_read(struct ledger *l, int64_t first, int64_t last)
{
	begin_reading(l, l->read, first, last);
}

void ledger_read_events(struct ledger *l, const char *const *kinds, int64_t from_us, int64_t to_us)
{
	bool more = true;
	begin_reading(l, l->events, from_us, to_us);
	for (int i = 0; i < LEDGER_KINDS; i++) {
		more = more && kinds[i];
		bind_string(l->events, 3 + i, more ? kinds[i] : NULL);
	}
}

static const char *column(sqlite3_stmt *q, int i)
{
	return (const char *)sqlite3_column_text(q, i);
}

bool ledger_next(struct ledger *l, struct chain_row *r, uint8_t hash[SHA256_BYTES])
{
	sqlite3_stmt *q = l->now;
	int code = l->reading ? SQLITE_DONE : sqlite3_step(q);
	if (code != SQLITE_ROW) {
		if (!l->reading)
			l->reading = trouble(l->db, code);
		sqlite3_reset(q);
		return false;
	}
	*r = (struct chain_row){ .seq = sqlite3_column_int64(q, 0),
		.wall_us = sqlite3_column_int64(q, 1),
		.mono_us = sqlite3_column_int64(q, 2),
		.boot = column(q, 3),
		.clock = sqlite3_column_int(q, 4),
		.kind = column(q, 5),
		.airing = column(q, 6),
		.planned_us = sqlite3_column_int64(q, 7),
		.body = column(q, 8),
		.rehearsal = sqlite3_column_int(q, 9) };
	const void *blob = sqlite3_column_blob(q, 10);
	if (sqlite3_column_bytes(q, 10) != SHA256_BYTES || !blob || !r->boot || !r->kind || !r->body) {
		l->reading = LEDGER_DAMAGED;
		sqlite3_reset(q);
		return false;
	}
	memcpy(hash, blob, SHA256_BYTES);
	return true;
}

enum ledger_trouble ledger_end(struct ledger *l)
{
	if (l->now)
		sqlite3_reset(l->now);
	return l->reading;
}
