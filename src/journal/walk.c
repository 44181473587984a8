#include "journal/walk.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "journal/bundle-judge.h"
#include "journal/ledger.h"
#include "journal/misplaced.h"
#include "journal/mode.h"

#include <string.h>

#define WINDOW 500 /* rows a transaction */

struct walk {
	struct ledger *ledger;
	char *database;
	int64_t next, last, window; /* seq: wanted, of the last row, where the open window ends */
	uint8_t hash[SHA256_BYTES], sealed_hash[SHA256_BYTES];
	struct text scratch;
	struct bundle_judge judge;
	struct bundle_fault fault;
	enum ledger_trouble trouble;
	bool ended;
	wall_us wall;
	struct {
		int64_t seq;
		uint8_t head[SHA256_BYTES];
		bool seen, same;
	} expected;
};

static bool cannot_read(const struct walk *w, enum ledger_trouble t, struct err *err)
{
	return err_set(err, _("the journal %s cannot be read: %s"), w->database, _(ledger_trouble_text(t)));
}

static void open_window(struct walk *w)
{
	w->window = w->next + WINDOW - 1;
	ledger_read(w->ledger, w->next, w->window);
}

struct walk *walk_open(const char *state_dir, struct err *err)
{
	struct walk *w = mem_new(struct walk);
	enum ledger_trouble t;
	w->database = journal_database(state_dir);
	w->ledger = ledger_open(w->database, LEDGER_READ, &t);
	if (!w->ledger) {
		cannot_read(w, t, err);
		walk_close(&w);
		return NULL;
	}
	w->next = 1;
	w->last = ledger_last(w->ledger);
	open_window(w);
	return w;
}

void walk_close(struct walk **walk)
{
	struct walk *w = *walk;
	if (!w)
		return;
	ledger_close(&w->ledger);
	bundle_judge_free(&w->judge);
	text_free(&w->scratch);
	mem_free(w->database);
	mem_free(w);
	*walk = NULL;
}

static bool stop(struct walk *w, enum bundle_wrong what, int64_t row, wall_us at)
{
	w->fault = (struct bundle_fault){ .what = what, .row = row, .at = at };
	w->ended = true;
	return false;
}

/* Opens the next window where one is over.  A window without any row is not the end: rows may be missing. */
static bool read_row(struct walk *w, struct chain_row *r, uint8_t hash[SHA256_BYTES])
{
	while (!ledger_next(w->ledger, r, hash)) {
		w->trouble = ledger_end(w->ledger);
		if (w->trouble || w->window >= w->last)
			return false;
		int64_t begin = w->window + 1;
		w->window = begin + WINDOW - 1;
		ledger_read(w->ledger, begin, w->window);
	}
	return true;
}

static bool judge(struct walk *w, const struct chain_row *r)
{
	struct bundle_fault f = { 0 };
	if (bundle_judge_row(&w->judge, r, w->hash, &f))
		return true;
	stop(w, f.what, f.row, f.at);
	w->fault.since = f.since;
	return false;
}

/* The reading is over with that: the row's strings are gone. */
static bool look_closer(struct walk *w, const struct chain_row *r)
{
	int64_t row = r->seq;
	wall_us at = { r->wall_us };
	enum bundle_wrong what = BUNDLE_CHANGED;
	if (r->rehearsal == ledger_is_rehearsal(w->ledger))
		what = misplaced_what(w->ledger, r->seq, &row);
	bool from_elsewhere = what == BUNDLE_SWAPPED || what == BUNDLE_MISSING;
	return stop(w, what, row, from_elsewhere ? w->wall : at);
}

bool walk_next(struct walk *w, struct bundle_row *out)
{
	uint8_t want[SHA256_BYTES];
	struct chain_row *r = &out->row;
	if (w->ended)
		return false;
	w->ended = !read_row(w, r, out->hash);
	if (w->ended)
		return false;
	chain_hash(w->hash, r, &w->scratch, want);
	if (r->seq != w->next)
		return stop(w, BUNDLE_MISSING, w->next, w->wall);
	if (memcmp(want, out->hash, sizeof want) != 0 || r->rehearsal != ledger_is_rehearsal(w->ledger))
		return look_closer(w, r);
	if (!judge(w, r))
		return false;
	memcpy(w->hash, want, sizeof want);
	if (w->judge.sealed == r->seq)
		memcpy(w->sealed_hash, want, sizeof want);
	if (w->expected.seq == r->seq) {
		w->expected.seen = true;
		w->expected.same = !memcmp(want, w->expected.head, sizeof want);
	}
	w->wall.us = r->wall_us;
	w->next++;
	out->attached = false;
	return true;
}

bool walk_end(const struct walk *w, struct bundle_fault *fault, struct err *err)
{
	*fault = w->fault;
	if (w->trouble)
		return cannot_read(w, w->trouble, err);
	return w->ended && !w->fault.what;
}

struct walk_facts walk_facts(const struct walk *w)
{
	const struct bundle_identity *id = &w->judge.identity;
	struct walk_facts f = { .rows = w->next - 1,
		.sealed = w->judge.sealed,
		.seals = w->judge.seals,
		.station = id->station,
		.name = id->names.n ? id->names.at[id->names.n - 1] : NULL,
		.timezone = id->timezone,
		.rehearsal = ledger_is_rehearsal(w->ledger),
		.sample = id->sample };
	sha256_hex(w->hash, f.head);
	sha256_hex(w->sealed_hash, f.sealed_head);
	if (w->judge.keys.n)
		memcpy(f.key, w->judge.keys.at[w->judge.keys.n - 1].public, sizeof f.key);
	return f;
}

enum bundle_trust walk_trust(const struct walk *w, const char *known_key_hex)
{
	return bundle_judge_trust(&w->judge, known_key_hex);
}

const char *walk_key(const struct walk *w, size_t i)
{
	return i < w->judge.keys.n ? w->judge.keys.at[i].public : NULL;
}

void walk_expect(struct walk *w, int64_t seq, const uint8_t head[SHA256_BYTES])
{
	w->expected.seq = seq;
	memcpy(w->expected.head, head, SHA256_BYTES);
}

enum bundle_checkpoint walk_expected(const struct walk *w)
{
	if (w->expected.seen)
		return w->expected.same ? BUNDLE_SAME : BUNDLE_OTHER;
	return BUNDLE_CUT_TAIL;
}
