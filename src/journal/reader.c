#include "journal/reader.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "journal/alive.h"
#include "journal/ledger.h"
#include "journal/mode.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define WINDOW 500 /* rows a transaction */
#define SINCE_MOST 20000

struct journal_log {
	struct ledger *ledger;
	char *database, *alive_record;
	/* the reading */
	int64_t next, last; /* seq: windows go from next to last */
	int64_t from_us, to_us;
	bool airings, events;
	enum ledger_trouble trouble;
};

bool journal_log_exists(const char *state_dir)
{
	char *database = journal_database(state_dir);
	bool yes = !access(database, F_OK);
	mem_free(database);
	return yes;
}

struct journal_log *journal_log_open(const char *state_dir, struct err *err)
{
	struct journal_log *log = mem_new(struct journal_log);
	enum ledger_trouble t;
	log->database = journal_database(state_dir);
	log->alive_record = journal_alive_record(state_dir);
	log->ledger = ledger_open(log->database, LEDGER_READ, &t);
	if (!log->ledger && access(log->database, R_OK) && errno == EACCES) {
		err_set(err,
			_("this account may not read the journal %s — ask the person on duty, or the administrator for "
			  "the "
			  "group loaxa"),
			log->database);
		journal_log_close(&log);
	} else if (!log->ledger) {
		err_set(err, _("the journal %s cannot be read: %s"), log->database, _(ledger_trouble_text(t)));
		journal_log_close(&log);
	}
	return log;
}

void journal_log_close(struct journal_log **log)
{
	if (!*log)
		return;
	ledger_close(&(*log)->ledger);
	mem_free((*log)->database);
	mem_free((*log)->alive_record);
	mem_free(*log);
	*log = NULL;
}

bool journal_copy(const char *state_dir, const char *to, struct err *err)
{
	struct journal_log *log = journal_log_open(state_dir, err);
	if (!log)
		return false;
	enum ledger_trouble t = ledger_copy(log->ledger, to);
	if (t)
		err_set(err, _("the journal %s cannot be copied: %s"), log->database, _(ledger_trouble_text(t)));
	journal_log_close(&log);
	return !t;
}

bool journal_log_rehearsal(const struct journal_log *log)
{
	return ledger_is_rehearsal(log->ledger);
}

bool journal_log_checkpoint(struct journal_log *log, struct text *body)
{
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	int64_t seq = ledger_checkpoint(log->ledger, INT64_MAX);
	ledger_read(log->ledger, seq, seq);
	bool any = ledger_next(log->ledger, &r, hash) && (!strcmp(r.kind, "start") || !strcmp(r.kind, "day"));
	if (any)
		text_add(body, r.body);
	ledger_end(log->ledger);
	return any;
}

/* The next row of all, opening the next window where one is over. */
static bool next_row(struct journal_log *log, struct chain_row *row, uint8_t hash[SHA256_BYTES])
{
	if (log->events) {
		if (ledger_next(log->ledger, row, hash))
			return true;
		log->trouble = ledger_end(log->ledger);
		return false;
	}
	while (log->next <= log->last && !log->trouble) {
		if (ledger_next(log->ledger, row, hash))
			return true;
		log->trouble = ledger_end(log->ledger);
		log->next += WINDOW;
		ledger_read(log->ledger, log->next, log->next + WINDOW - 1);
	}
	return false;
}

static bool wanted(const struct journal_log *log, const struct chain_row *r)
{
	if (log->airings)
		return r->airing && r->planned_us >= log->from_us && r->planned_us < log->to_us;
	return r->wall_us >= log->from_us && r->wall_us < log->to_us;
}

static bool next(void *self, struct journal_row *out)
{
	struct journal_log *log = self;
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	while (next_row(log, &r, hash)) {
		if (!wanted(log, &r))
			continue;
		*out = (struct journal_row){ .seq = r.seq,
			.wall = { r.wall_us },
			.mono = { r.mono_us },
			.clock = (enum clock_state)r.clock,
			.kind = r.kind,
			.airing = r.airing,
			.planned = { r.planned_us },
			.body = r.body };
		return true;
	}
	return false;
}

static wall_us last_alive(void *self)
{
	return alive_read(((struct journal_log *)self)->alive_record);
}

static void begin(struct journal_log *log, int64_t first, int64_t last)
{
	log->next = first;
	log->last = last;
	log->events = false;
	log->trouble = LEDGER_OK;
	ledger_read(log->ledger, first, first + WINDOW - 1);
}

static struct journal_reader reader(struct journal_log *log)
{
	return (struct journal_reader){ .self = log, .next = next, .last_alive = last_alive };
}

struct journal_reader journal_log_airings(struct journal_log *log, wall_us from, wall_us to)
{
	int64_t first = 1, last = 0;
	log->from_us = from.us;
	log->to_us = to.us;
	log->airings = true;
	ledger_planned(log->ledger, from.us, to.us, &first, &last);
	begin(log, first, last);
	return reader(log);
}

struct journal_reader journal_log_everything(struct journal_log *log, wall_us from, wall_us to)
{
	log->from_us = from.us;
	log->to_us = to.us;
	log->airings = false;
	int64_t first = 1, last = ledger_last(log->ledger);
	bool all = from.us <= 1 && to.us == US_NEVER; /* the window of all would be looked for row by row */
	if (!all && !ledger_written(log->ledger, from.us, to.us, &first, &last))
		last = 0;
	begin(log, first, last);
	return reader(log);
}

struct journal_reader journal_log_events(struct journal_log *log, const char *const *kinds, wall_us from, wall_us to)
{
	begin(log, 1, 0);
	log->from_us = from.us;
	log->to_us = to.us;
	log->airings = false;
	log->events = true;
	ledger_read_events(log->ledger, kinds, from.us, to.us);
	return reader(log);
}

struct journal_reader journal_log_latest(struct journal_log *log, int64_t rows)
{
	int64_t last = ledger_last(log->ledger);
	log->from_us = INT64_MIN;
	log->to_us = INT64_MAX;
	log->airings = false;
	begin(log, last > rows ? last - rows + 1 : 1, last);
	return reader(log);
}

static struct journal_reader since(struct journal_log *log, wall_us from, bool checkpoint)
{
	int64_t first = 1, last = 0, end = ledger_last(log->ledger);
	if (!ledger_planned(log->ledger, from.us, US_NEVER, &first, &last))
		return journal_log_latest(log, SINCE_MOST);
	log->from_us = INT64_MIN;
	log->to_us = INT64_MAX;
	log->airings = false;
	begin(log, checkpoint ? ledger_checkpoint(log->ledger, first) : first, end);
	return reader(log);
}

struct journal_reader journal_log_since(struct journal_log *log, wall_us from)
{
	return since(log, from, false);
}

struct journal_reader journal_log_since_checkpoint(struct journal_log *log, wall_us from)
{
	return since(log, from, true);
}

bool journal_log_done(struct journal_log *log, struct err *err)
{
	if (!log->trouble)
		return true;
	return err_set(
		err, _("the journal %s cannot be read: %s"), log->database, _(ledger_trouble_text(log->trouble)));
}

bool journal_verify(const char *state_dir, struct journal_check *c, struct err *err)
{
	struct journal_log *log = journal_log_open(state_dir, err);
	*c = (struct journal_check){ 0 };
	if (!log)
		return false;
	uint8_t head[SHA256_BYTES] = { 0 }, want[SHA256_BYTES], hash[SHA256_BYTES];
	struct text scratch = { 0 };
	struct chain_row r;
	begin(log, 1, ledger_last(log->ledger));
	while (!c->broken && next_row(log, &r, hash)) {
		chain_hash(head, &r, &scratch, want);
		if (r.seq != c->rows + 1 || memcmp(hash, want, sizeof hash) != 0)
			c->broken = r.seq;
		memcpy(head, hash, sizeof head);
		c->rows++;
	}
	sha256_hex(head, c->head);
	bool ok = journal_log_done(log, err) && !c->broken;
	text_free(&scratch);
	journal_log_close(&log);
	return ok;
}
