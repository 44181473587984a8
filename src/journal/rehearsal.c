/* A rehearsal's journal: begun anew each time, written on the caller's thread, one transaction per virtual day.
 * The dry run has no other speed limit than this file, so nothing here waits for the disk. */
#include "journal/mode.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "journal/sealer.h"

#include <unistd.h>

struct rehearsal {
	struct ledger *ledger;
	struct sealer *sealer;
	char *boot;
	uint64_t tickets;
	wall_us alive;               /* in memory only: a rehearsal that ends has no "since when was it off" */
	enum ledger_trouble trouble; /* the first one; nothing is written after it */
	size_t lost;
};

/* Takes away the rehearsal that was there; false for anything that is not one. */
static bool clear_old(const char *database, struct err *err)
{
	enum ledger_trouble why;
	if (access(database, F_OK))
		return true;
	struct ledger *old = ledger_open(database, LEDGER_READ, &why);
	if (old && !ledger_is_rehearsal(old))
		why = LEDGER_FOREIGN;
	ledger_close(&old);
	if (why && why != LEDGER_GONE)
		return err_set(err, _("%s is not a rehearsal's journal: %s"), database, _(ledger_trouble_text(why)));
	static const char *const parts[] = { "", "-wal", "-shm", "-journal" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
		char *path = mem_printf("%s%s", database, parts[i]);
		unlink(path);
		mem_free(path);
	}
	return true;
}

struct rehearsal *rehearsal_new(const char *state_dir, const char *boot_id, struct err *err)
{
	struct rehearsal *r = mem_new(struct rehearsal);
	char *database = journal_database(state_dir);
	r->boot = mem_dup(boot_id);
	r->sealer = sealer_new(NULL);
	if (clear_old(database, err)) {
		r->ledger = ledger_open(database, LEDGER_REHEARSAL, &r->trouble);
		if (!r->ledger)
			err_set(err, _("the rehearsal's journal %s cannot be written: %s"), database,
				_(ledger_trouble_text(r->trouble)));
	}
	mem_free(database);
	if (!r->ledger)
		rehearsal_free(&r);
	return r;
}

static uint64_t append(void *self, const struct journal_row *row)
{
	struct rehearsal *r = self;
	struct chain_row c = { .wall_us = row->wall.us,
		.mono_us = row->mono.us,
		.boot = r->boot,
		.clock = (int)row->clock,
		.kind = row->kind,
		.airing = row->airing,
		.planned_us = row->airing ? row->planned.us : 0,
		.body = row->body };
	if (!r->trouble)
		r->trouble = ledger_add(r->ledger, &c);
	if (!r->trouble)
		r->trouble = sealer_after(r->sealer, r->ledger, &c);
	r->lost += r->trouble != LEDGER_OK;
	return ++r->tickets;
}

/* To the engine every row counts as durable at once: it would else wait for the end of the day to play. */
static uint64_t durable(void *self)
{
	return ((struct rehearsal *)self)->tickets;
}

static void flush(void *self)
{
	(void)self;
}

static void day_end(void *self)
{
	struct rehearsal *r = self;
	if (!r->trouble)
		r->trouble = ledger_commit(r->ledger);
}

static void alive(void *self, wall_us at)
{
	((struct rehearsal *)self)->alive = at;
}

struct journal_port rehearsal_port(struct rehearsal *r)
{
	return (struct journal_port){
		.self = r, .append = append, .durable = durable, .flush = flush, .day_end = day_end, .alive = alive
	};
}

void rehearsal_seal(struct rehearsal *r, wall_us at, mono_us mono)
{
	struct chain_row c = { .wall_us = at.us, .mono_us = mono.us, .boot = r->boot };
	if (!r->trouble)
		r->trouble = sealer_now(r->sealer, r->ledger, &c);
}

struct ledger *rehearsal_ledger(struct rehearsal *r)
{
	return r->ledger;
}

wall_us rehearsal_alive(const struct rehearsal *r)
{
	return r->alive;
}

bool rehearsal_fault(const struct rehearsal *r, enum ledger_trouble *why, size_t *lost)
{
	*why = r->trouble;
	*lost = r->lost;
	return r->trouble != LEDGER_OK;
}

bool rehearsal_free(struct rehearsal **rehearsal)
{
	struct rehearsal *r = *rehearsal;
	if (!r)
		return true;
	if (r->ledger)
		day_end(r);
	bool ok = !r->trouble;
	ledger_close(&r->ledger);
	sealer_free(&r->sealer);
	mem_free(r->boot);
	mem_free(r);
	*rehearsal = NULL;
	return ok;
}
