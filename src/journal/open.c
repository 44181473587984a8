/* The face of the journal: opens a state directory in one of the two modes, reads back, and hands the rest on. */
#include "journal/journal.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/vec.h"
#include "journal/alive.h"
#include "journal/aside.h"
#include "journal/begin.h"
#include "journal/live.h"
#include "journal/mode.h"

#include <stdio.h>
#include <unistd.h>

/* A row read back: its strings in one block. */
struct back {
	struct journal_row row;
	char *strings;
};

struct journal {
	enum journal_mode mode;
	int lock;
	struct rehearsal *rehearsal; /* one of these two */
	struct live *live;
	/* the read-back: copied whole, so that the engine may append while it reads */
	VEC(struct back) back;
	size_t next_back;
};

struct journal *journal_open(const char *state_dir, enum journal_mode mode, const char *boot_id, struct err *err)
{
	struct journal *j = mem_new(struct journal);
	j->mode = mode;
	j->lock = journal_lock(state_dir, err);
	if (j->lock >= 0 && mode == JOURNAL_REHEARSAL)
		j->rehearsal = rehearsal_new(state_dir, boot_id, err);
	else if (j->lock >= 0)
		j->live = live_new(state_dir, boot_id, err);
	if (!j->rehearsal && !j->live)
		journal_close(&j);
	return j;
}

struct journal_port journal_port(struct journal *j)
{
	return j->live ? live_port(j->live) : rehearsal_port(j->rehearsal);
}

int journal_fd(const struct journal *j)
{
	return j->live ? live_fd(j->live) : -1;
}

void journal_quiet(struct journal *j)
{
	if (j->live)
		live_quiet(j->live);
}

/* ── Reading back ──────────────────────────────────────────────────────────────────────────────────────────── */

static void forget_back(struct journal *j)
{
	for (size_t i = 0; i < j->back.n; i++)
		mem_free(j->back.at[i].strings);
	vec_free(&j->back);
	j->next_back = 0;
}

static void keep_back(struct journal *j, const struct chain_row *r)
{
	const char *airing = r->airing ? r->airing : "";
	size_t kind_bytes = strlen(r->kind) + 1, airing_bytes = strlen(airing) + 1, body_bytes = strlen(r->body) + 1;
	char *s = mem_new_n(char, kind_bytes + airing_bytes + body_bytes);
	memcpy(s, r->kind, kind_bytes);
	memcpy(s + kind_bytes, airing, airing_bytes);
	memcpy(s + kind_bytes + airing_bytes, r->body, body_bytes);
	struct journal_row row = { .wall = { r->wall_us },
		.mono = { r->mono_us },
		.clock = (enum clock_state)r->clock,
		.kind = s,
		.airing = r->airing ? s + kind_bytes : NULL,
		.planned = { r->planned_us },
		.body = s + kind_bytes + airing_bytes };
	vec_push(&j->back, (struct back){ row, s });
}

static bool back_next(void *self, struct journal_row *out)
{
	struct journal *j = self;
	if (j->next_back == j->back.n)
		return false;
	*out = j->back.at[j->next_back++].row;
	return true;
}

static wall_us back_alive(void *self)
{
	struct journal *j = self;
	return j->live ? live_alive(j->live) : rehearsal_alive(j->rehearsal);
}

static const char *back_mark(void *self)
{
	struct journal *j = self;
	return j->live ? live_mark(j->live) : NULL;
}

/* The last rows of a journal that was set aside, as far as nothing newer says more. */
static void keep_before(struct journal *j, struct ledger *l)
{
	struct salvage_tail tail;
	begin_before(l, live_state_dir(j->live), &tail);
	for (size_t i = 0; i < tail.rows.n; i++)
		keep_back(j, &tail.rows.at[i].row);
	salvage_tail_free(&tail);
}

bool journal_read_back(struct journal *j, struct journal_reader *reader, struct err *err)
{
	forget_back(j);
	*reader = (struct journal_reader){ .self = j, .next = back_next, .last_alive = back_alive, .mark = back_mark };
	struct ledger *l = j->live ? live_ledger(j->live) : rehearsal_ledger(j->rehearsal);
	enum ledger_trouble t = LEDGER_OK;
	if (l) {
		struct chain_row row;
		uint8_t hash[SHA256_BYTES];
		if (j->live)
			keep_before(j, l);
		ledger_read(l, ledger_checkpoint(l, INT64_MAX), ledger_last(l));
		while (ledger_next(l, &row, hash))
			keep_back(j, &row);
		t = ledger_end(l);
	} else {
		live_fault(j->live, &t, NULL);
	}
	if (t)
		return err_set(err, _("what was on air before cannot be read from the journal: %s"),
			_(ledger_trouble_text(t)));
	return true;
}

/* ── State ─────────────────────────────────────────────────────────────────────────────────────────────────── */

bool journal_fault(const struct journal *j, struct journal_fault *f)
{
	enum ledger_trouble t = LEDGER_OK;
	*f = (struct journal_fault){ 0 };
	bool yes = j->live ? live_fault(j->live, &t, f) : rehearsal_fault(j->rehearsal, &t, &f->dropped);
	snprintf(f->why, sizeof f->why, "%s", t ? _(ledger_trouble_text(t)) : "");
	return yes;
}

void journal_end(struct journal *j, wall_us at, mono_us mono)
{
	if (j->rehearsal)
		rehearsal_seal(j->rehearsal, at, mono);
}

const char *journal_seal_fault(const struct journal *j)
{
	enum seal_fault f = j->live ? live_seal_fault(j->live) : SEAL_FINE;
	return f ? _(seal_fault_text(f)) : NULL;
}

bool journal_mishap(const struct journal *j, struct journal_mishap *m)
{
	*m = (struct journal_mishap){ 0 };
	if (j->live)
		live_mishap(j->live, m);
	return m->reason[0];
}

void journal_head(struct journal *j, char hex[SHA256_HEX])
{
	if (j->live)
		live_head(j->live, hex);
	else
		sha256_hex(ledger_head(rehearsal_ledger(j->rehearsal)), hex);
}

bool journal_close(struct journal **journal)
{
	struct journal *j = *journal;
	if (!j)
		return true;
	bool ok = rehearsal_free(&j->rehearsal);
	ok = live_free(&j->live) && ok;
	forget_back(j);
	if (j->lock >= 0)
		close(j->lock);
	mem_free(j);
	*journal = NULL;
	return ok;
}
