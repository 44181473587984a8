#include "journal/begin.h"

#include "base/clock.h"
#include "base/json.h"
#include "base/mem.h"
#include "journal/aside.h"
#include "journal/headmark.h"
#include "journal/health.h"
#include "journal/mode.h"
#include "journal/wreck.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static int64_t clock_us(clockid_t which)
{
	struct timespec t;
	clock_gettime(which, &t);
	return t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

/* ── The first row ─────────────────────────────────────────────────────────────────────────────────────────── */

static void compose(struct text *t, const struct journal_mishap *m, const uint8_t head[SHA256_BYTES])
{
	char hex[SHA256_HEX] = "";
	if (m->last_seq)
		sha256_hex(head, hex);
	json_open(t, NULL, '{');
	json_str(t, "reason", m->reason);
	json_str(t, "kept", m->kept[0] ? m->kept : NULL);
	json_int(t, "last_seq", m->last_seq);
	json_str(t, "last_hash", hex);
	json_int(t, "last_wall_us", m->last.us);
	json_int(t, "known_seq", m->known_seq);
	json_close(t, '}');
}

/* What can be told of the one before from its last rows, wherever they are. */
static void look_back(struct ledger *l, const struct begin *b, struct journal_mishap *m, uint8_t head[SHA256_BYTES])
{
	struct salvage_tail tail = { 0 };
	char *damaged = m->kept[0] ? aside_path(b->state_dir, m->kept, "damaged.db") : NULL;
	m->last_seq = ledger_last(l);
	memcpy(head, ledger_head(l), SHA256_BYTES);
	if (damaged) {
		salvage_tail_read(damaged, &tail);
		m->last_seq = tail.last;
		m->last.us = tail.last_wall_us;
		memcpy(head, tail.head, SHA256_BYTES);
	}
	salvage_tail_free(&tail);
	mem_free(damaged);
}

static enum ledger_trouble tell(struct ledger *l, const struct begin *b, struct journal_mishap *m)
{
	uint8_t head[SHA256_BYTES];
	struct text body = { 0 };
	look_back(l, b, m, head);
	compose(&body, m, head);
	struct chain_row r = { .wall_us = clock_us(CLOCK_REALTIME),
		.mono_us = clock_us(CLOCK_MONOTONIC),
		.boot = b->boot,
		.kind = BEGIN_KIND,
		.body = text_str(&body) };
	enum ledger_trouble t = ledger_add(l, &r);
	if (!t)
		t = ledger_commit(l);
	text_free(&body);
	return t;
}

/* ── Opening ───────────────────────────────────────────────────────────────────────────────────────────────── */

/* The file as it lies there.  Never while a ledger of this process has it open: closing a second descriptor of a file lets
 * go of all locks that the process holds on it (POSIX), and the next program that closes the journal removes its -wal. */
static bool is_sound_file(const char *database, int64_t known_seq)
{
	struct stat st;
	if (known_seq && !stat(database, &st) && !st.st_size)
		return false; /* SQLite would begin anew, and so clear the -wal */
	struct wreck *w = wreck_open(database);
	bool sound = !wreck_too_short(w);
	wreck_close(&w);
	return sound;
}

/* More rows can be read in the files than SQLite found there.  The same holds. */
static bool hides_rows(const char *database, int64_t found)
{
	struct salvage_tail tail;
	salvage_tail_read(database, &tail);
	bool yes = tail.last > found;
	salvage_tail_free(&tail);
	return yes;
}

static struct ledger *open_sound(const char *database, int64_t known_seq, enum ledger_trouble *why)
{
	bool sound = is_sound_file(database, known_seq);
	struct ledger *l = sound ? ledger_open(database, LEDGER_LIVE, why) : NULL;
	*why = sound ? *why : LEDGER_DAMAGED;
	if (l)
		*why = health_check(l);
	int64_t found = l ? ledger_last(l) : 0;
	bool fewer = l && !*why && found < known_seq;
	if (l && (*why || fewer)) {
		ledger_spare(l, true);
		ledger_close(&l);
	}
	if (fewer && hides_rows(database, found))
		*why = LEDGER_DAMAGED;
	else if (fewer)
		l = ledger_open(database, LEDGER_LIVE, why);
	return l;
}

/* An empty journal takes the place of one that was set aside just now, or when the power failed in the middle of that,
 * or that somebody took away. */
static void find_mishap(const struct ledger *l, const struct begin *b, const char *moved, struct journal_mishap *m)
{
	struct aside_names kept;
	aside_list(b->state_dir, &kept);
	const char *latest = moved ? moved : kept.list.n ? kept.list.at[kept.list.n - 1] : NULL;
	const char *reason = ledger_last(l)           ? m->known_seq > ledger_last(l) ? "rows-lost" : ""
			     : moved                  ? "damaged"
			     : latest || m->known_seq ? "gone"
						      : "";
	snprintf(m->reason, sizeof m->reason, "%s", reason);
	if (!ledger_last(l) && latest)
		snprintf(m->kept, sizeof m->kept, "%s", latest);
	aside_names_free(&kept);
}

static struct ledger *begin(const struct begin *b, bool damaged, struct journal_mishap *m, enum ledger_trouble *why)
{
	char *database = journal_database(b->state_dir), *moved = NULL;
	*why = LEDGER_DAMAGED;
	struct ledger *l = damaged ? NULL : open_sound(database, m->known_seq, why);
	if (*why == LEDGER_DAMAGED && !aside_move(b->state_dir, &moved))
		l = ledger_open(database, LEDGER_LIVE, why);
	if (l)
		find_mishap(l, b, moved, m);
	if (l && m->reason[0])
		*why = tell(l, b, m);
	if (l && *why)
		ledger_spare(l, true);
	if (*why)
		ledger_close(&l);
	mem_free(moved);
	mem_free(database);
	return l;
}

struct ledger *begin_ledger(const struct begin *b, struct journal_mishap *m, enum ledger_trouble *why)
{
	char *head = journal_headmark(b->state_dir);
	*m = (struct journal_mishap){ .known_seq = headmark_read(head) };
	struct ledger *l = begin(b, b->damaged, m, why);
	if (*why == LEDGER_DAMAGED && !b->damaged) /* where its next row belongs */
		l = begin(b, true, m, why);
	if (l)
		headmark_write(head, ledger_last(l));
	mem_free(head);
	return l;
}

/* ── The journal before ────────────────────────────────────────────────────────────────────────────────────── */

void begin_before(struct ledger *l, const char *state_dir, struct salvage_tail *tail)
{
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	int64_t seq = ledger_checkpoint(l, INT64_MAX);
	*tail = (struct salvage_tail){ 0 };
	ledger_read(l, seq, seq);
	bool first = ledger_next(l, &r, hash) && !strcmp(r.kind, BEGIN_KIND);
	struct json *j = first ? json_parse(r.body, strlen(r.body)) : NULL;
	const char *kept = j ? json_get_str(j, "kept") : NULL;
	char *damaged = kept ? aside_path(state_dir, kept, "damaged.db") : NULL;
	ledger_end(l);
	if (damaged)
		salvage_tail_read(damaged, tail);
	mem_free(damaged);
	if (j)
		json_free(&j);
}
