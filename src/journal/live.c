/* The writer thread is the only one that touches SQLite once it runs; it starts with the first append, so that the
 * read-back can happen before.  Rows are committed in groups: at once when the loop asks (flush), else 200 ms after
 * the first of them at the latest.  What cannot be written waits and is tried again, ever more seldom. */
#include "journal/live.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "journal/alive.h"
#include "journal/backlog.h"
#include "journal/begin.h"
#include "journal/headmark.h"
#include "journal/mark.h"
#include "journal/mode.h"
#include "journal/salvager.h"
#include "journal/sealer.h"

#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define GROUP_US (200 * US_PER_MS)
#define RETRY_FIRST_US (250 * US_PER_MS)
#define RETRY_MOST_US (8 * US_PER_S)
#define WAITING_MOST 100000 /* rows: about half a year of a commune */
#define BATCH 1000          /* rows a commit: bounds what a commit after a long fault writes at once */

struct live {
	/* fixed after live_new */
	char *state_dir, *database, *alive_record, *headmark, *boot;
	wall_us alive_before;
	struct mark *mark;
	int notice; /* eventfd */
	/* loop thread */
	pthread_t thread;
	bool running;
	uint64_t tickets;
	/* writer writes, loop reads */
	_Atomic uint64_t durable;
	/* under lock */
	pthread_mutex_t lock;
	pthread_cond_t wake;
	struct backlog waiting;
	size_t in_flight; /* rows the writer has taken out and not yet written */
	wall_us in_flight_since;
	bool flush, stop;
	wall_us alive; /* to be written; .us = 0 none */
	enum ledger_trouble trouble;
	enum seal_fault seal_fault;
	struct journal_mishap mishap;
	uint8_t head[SHA256_BYTES];
	/* writer, or loop before it runs */
	struct ledger *ledger;
	struct sealer *sealer;
	struct salvager *salvager;
	bool damaged; /* met while writing: the ledger is not to be trusted again */
	int64_t due_us, retry_us;
	struct unsure {
		uint64_t ticket; /* 0 = nothing is unsure */
		int64_t last;
		uint8_t head[SHA256_BYTES];
	} unsure; /* a commit that failed half-way: its rows may be there after all */
};

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

static void notify(struct live *v)
{
	uint64_t one = 1;
	ssize_t n = write(v->notice, &one, sizeof one);
	(void)n; /* fails only when the counter is full, and then the loop has been told */
}

/* ── Writer thread ─────────────────────────────────────────────────────────────────────────────────────────── */

static struct waiting *last_of(struct waiting *list)
{
	while (list->next)
		list = list->next;
	return list;
}

/* Salvaging begins where there is something to salvage, be it of an earlier run. */
static enum ledger_trouble open_ledger(struct live *v)
{
	struct begin b = { v->state_dir, v->boot, v->damaged };
	enum ledger_trouble t;
	struct journal_mishap m;
	salvager_stop(&v->salvager); /* what is open twice in one process loses its locks at the first close */
	v->ledger = begin_ledger(&b, &m, &t);
	if (!v->ledger)
		return t;
	v->damaged = false;
	if (m.reason[0]) {
		v->unsure.ticket = 0;          /* what became of it lies with the journal that was set aside */
		sealer_rolled_back(v->sealer); /* what it knows of key rows was of the other journal */
		pthread_mutex_lock(&v->lock);
		v->mishap = m;
		pthread_mutex_unlock(&v->lock);
	}
	v->salvager = salvager_start(v->state_dir);
	return LEDGER_OK;
}

static enum ledger_trouble reopen(struct live *v)
{
	if (salvager_found_damage(v->salvager)) {
		ledger_close(&v->ledger);
		v->damaged = true;
	}
	if (v->ledger && ledger_in_place(v->ledger))
		return LEDGER_OK;
	if (v->ledger) {
		/* One retry later a new file is begun; until then whoever moved it can put it back. */
		ledger_close(&v->ledger);
		return LEDGER_GONE;
	}
	return open_ledger(v);
}

/* Has the commit that failed been done all the same?  Its frames may lie whole in the WAL and come back when that
 * is read anew.  Then they are made durable, and its rows must not be added a second time. */
static enum ledger_trouble resolve_unsure(struct live *v, uint64_t *written)
{
	*written = 0;
	if (!v->unsure.ticket)
		return LEDGER_OK;
	bool there = ledger_last(v->ledger) == v->unsure.last &&
		     !memcmp(ledger_head(v->ledger), v->unsure.head, SHA256_BYTES);
	enum ledger_trouble t = there ? ledger_settle(v->ledger) : LEDGER_OK;
	if (t)
		return t;
	*written = there ? v->unsure.ticket : 0;
	v->unsure.ticket = 0;
	return LEDGER_OK;
}

static enum ledger_trouble add_and_commit(struct live *v, struct waiting *list, uint64_t written)
{
	enum ledger_trouble t = LEDGER_OK;
	const struct waiting *added = NULL;
	for (struct waiting *w = list; w && !t; w = w->next)
		if (w->ticket > written) {
			t = ledger_add(v->ledger, &w->row);
			t = t ? t : sealer_after(v->sealer, v->ledger, &w->row);
			added = w;
		}
	if (!t && added)
		t = sealer_mend(v->sealer, v->ledger, &added->row);
	if (t)
		return t;
	v->unsure.last = ledger_last(v->ledger);
	memcpy(v->unsure.head, ledger_head(v->ledger), SHA256_BYTES);
	t = ledger_commit(v->ledger);
	if (!t)
		headmark_write(v->headmark, v->unsure.last);
	v->unsure.ticket = t ? last_of(list)->ticket : 0;
	if (!t)
		sealer_committed(v->sealer);
	return t;
}

static enum ledger_trouble write_rows(struct live *v, struct waiting *list)
{
	uint64_t written;
	enum ledger_trouble t = reopen(v);
	if (!t)
		t = resolve_unsure(v, &written);
	if (!t)
		t = add_and_commit(v, list, written);
	if (t)
		sealer_rolled_back(v->sealer);
	if (t && v->ledger) {
		ledger_rollback(v->ledger);
		/* A connection that met a failing disk may hold pages that are not on it. */
		if (t != LEDGER_FULL && t != LEDGER_BUSY)
			ledger_close(&v->ledger);
		v->damaged = t == LEDGER_DAMAGED;
	}
	return t;
}

/* Lock held.  Sleeps until there is something to write and it is time; false: stop, nothing more can be done. */
static bool wait_for_work(struct live *v)
{
	while (!v->stop && !v->alive.us) {
		if (!v->waiting.n) {
			v->due_us = 0;
			pthread_cond_wait(&v->wake, &v->lock);
			continue;
		}
		if (!v->due_us)
			v->due_us = now_us() + GROUP_US;
		if ((v->flush && !v->trouble) || now_us() >= v->due_us)
			return true;
		struct timespec until = { .tv_sec = v->due_us / US_PER_S, .tv_nsec = v->due_us % US_PER_S * 1000 };
		pthread_cond_timedwait(&v->wake, &v->lock, &until);
	}
	return v->waiting.n || v->alive.us;
}

/* Lock held.  What became of the rows taken out. */
static void settle(struct live *v, struct waiting *list, enum ledger_trouble t)
{
	v->in_flight = 0;
	if (t) {
		backlog_back(&v->waiting, list);
		v->retry_us = v->retry_us ? v->retry_us * 2 : RETRY_FIRST_US;
		v->retry_us = v->retry_us > RETRY_MOST_US ? RETRY_MOST_US : v->retry_us;
		v->due_us = now_us() + v->retry_us;
	} else {
		atomic_store(&v->durable, last_of(list)->ticket);
		memcpy(v->head, ledger_head(v->ledger), sizeof v->head);
		v->retry_us = v->due_us = 0;
		backlog_free_list(list);
	}
	if (!t || t != v->trouble)
		notify(v);
	v->seal_fault = sealer_fault(v->sealer);
	v->trouble = t;
}

static void *writer(void *self)
{
	struct live *v = self;
	pthread_mutex_lock(&v->lock);
	while (wait_for_work(v)) {
		wall_us alive = v->alive;
		struct waiting *list = backlog_take(&v->waiting, BATCH);
		size_t before = v->waiting.n;
		for (struct waiting *w = list; w; w = w->next)
			v->in_flight++;
		if (list)
			v->in_flight_since.us = list->row.wall_us;
		v->alive.us = 0;
		v->flush = v->flush && before;
		pthread_mutex_unlock(&v->lock);
		enum ledger_trouble t = list ? write_rows(v, list) : LEDGER_OK;
		if (alive.us)
			alive_write(v->alive_record, alive); /* best effort: a disk that fails shows in the rows */
		pthread_mutex_lock(&v->lock);
		if (list)
			settle(v, list, t);
		if (v->stop && t)
			break;
	}
	pthread_mutex_unlock(&v->lock);
	return NULL;
}

/* Signals stay with the loop. */
static void start_writer(struct live *v)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	v->running = !pthread_create(&v->thread, NULL, writer, v);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
}

/* ── Loop thread ───────────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t append(void *self, const struct journal_row *row)
{
	struct live *v = self;
	struct chain_row c = { .wall_us = row->wall.us,
		.mono_us = row->mono.us,
		.boot = v->boot,
		.clock = (int)row->clock,
		.kind = row->kind,
		.airing = row->airing,
		.planned_us = row->airing ? row->planned.us : 0,
		.body = row->body };
	if (!v->running)
		start_writer(v);
	pthread_mutex_lock(&v->lock);
	backlog_add(&v->waiting, ++v->tickets, &c);
	if (v->waiting.n == 1)
		pthread_cond_signal(&v->wake);
	pthread_mutex_unlock(&v->lock);
	return v->tickets;
}

static uint64_t durable(void *self)
{
	return atomic_load(&((struct live *)self)->durable);
}

static void flush(void *self)
{
	struct live *v = self;
	pthread_mutex_lock(&v->lock);
	v->flush = v->waiting.n > 0;
	pthread_cond_signal(&v->wake);
	pthread_mutex_unlock(&v->lock);
}

static void day_end(void *self)
{
	(void)self;
}

static void alive(void *self, wall_us at)
{
	struct live *v = self;
	if (!v->running)
		start_writer(v);
	pthread_mutex_lock(&v->lock);
	v->alive = at;
	pthread_mutex_unlock(&v->lock);
	pthread_cond_signal(&v->wake); /* not before: it would wake to wait for the lock */
}

static void mark(void *self, const char *text, size_t bytes)
{
	mark_write(((struct live *)self)->mark, text, bytes);
}

struct journal_port live_port(struct live *v)
{
	return (struct journal_port){ .self = v,
		.append = append,
		.durable = durable,
		.flush = flush,
		.day_end = day_end,
		.alive = alive,
		.mark = mark };
}

struct live *live_new(const char *state_dir, const char *boot_id, struct err *err)
{
	struct live *v = mem_new(struct live);
	pthread_condattr_t steady;
	v->state_dir = mem_dup(state_dir);
	v->database = journal_database(state_dir);
	v->alive_record = journal_alive_record(state_dir);
	v->headmark = journal_headmark(state_dir);
	v->boot = mem_dup(boot_id);
	v->sealer = sealer_new(state_dir);
	v->alive_before = alive_read(v->alive_record);
	char *mark_path = journal_mark(state_dir);
	v->mark = mark_open(mark_path);
	mem_free(mark_path);
	v->notice = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	backlog_init(&v->waiting, WAITING_MOST);
	pthread_mutex_init(&v->lock, NULL);
	pthread_condattr_init(&steady);
	pthread_condattr_setclock(&steady, CLOCK_MONOTONIC);
	pthread_cond_init(&v->wake, &steady);
	pthread_condattr_destroy(&steady);
	v->trouble = open_ledger(v);
	if (v->ledger)
		memcpy(v->head, ledger_head(v->ledger), sizeof v->head);
	if (v->trouble == LEDGER_FOREIGN || v->trouble == LEDGER_NEWER) {
		err_set(err, _("%s cannot be this station's journal: %s"), v->database,
			_(ledger_trouble_text(v->trouble)));
		live_free(&v);
	} else if (v->trouble) {
		notify(v);
	}
	return v;
}

struct ledger *live_ledger(struct live *v)
{
	return v->running ? NULL : v->ledger;
}

wall_us live_alive(const struct live *v)
{
	return v->alive_before;
}

const char *live_mark(const struct live *v)
{
	return mark_before(v->mark);
}

const char *live_state_dir(const struct live *v)
{
	return v->state_dir;
}

void live_mishap(const struct live *fixed, struct journal_mishap *m)
{
	struct live *v = (struct live *)(uintptr_t)fixed;
	pthread_mutex_lock(&v->lock);
	*m = v->mishap;
	pthread_mutex_unlock(&v->lock);
}

int live_fd(const struct live *v)
{
	return v->notice;
}

void live_quiet(struct live *v)
{
	uint64_t count;
	ssize_t n = read(v->notice, &count, sizeof count);
	(void)n; /* nothing to read is fine */
}

bool live_fault(const struct live *fixed, enum ledger_trouble *why, struct journal_fault *f)
{
	struct live *v = (struct live *)(uintptr_t)fixed; /* locking changes nothing the caller can see */
	pthread_mutex_lock(&v->lock);
	*why = v->trouble;
	if (f) {
		f->waiting = v->waiting.n + v->in_flight;
		f->dropped = v->waiting.dropped;
		f->since.us = v->in_flight ? v->in_flight_since.us : v->waiting.n ? v->waiting.first->row.wall_us : 0;
	}
	pthread_mutex_unlock(&v->lock);
	return *why != LEDGER_OK;
}

enum seal_fault live_seal_fault(const struct live *fixed)
{
	struct live *v = (struct live *)(uintptr_t)fixed;
	pthread_mutex_lock(&v->lock);
	enum seal_fault fault = v->seal_fault;
	pthread_mutex_unlock(&v->lock);
	return fault;
}

void live_head(const struct live *fixed, char hex[SHA256_HEX])
{
	struct live *v = (struct live *)(uintptr_t)fixed;
	pthread_mutex_lock(&v->lock);
	sha256_hex(v->head, hex);
	pthread_mutex_unlock(&v->lock);
}

bool live_free(struct live **live)
{
	struct live *v = *live;
	if (!v)
		return true;
	if (v->running) {
		pthread_mutex_lock(&v->lock);
		v->stop = true;
		pthread_cond_signal(&v->wake);
		pthread_mutex_unlock(&v->lock);
		pthread_join(v->thread, NULL);
	}
	bool ok = !v->waiting.n && !v->waiting.dropped;
	salvager_stop(&v->salvager);
	ledger_close(&v->ledger);
	sealer_free(&v->sealer);
	backlog_free(&v->waiting);
	pthread_cond_destroy(&v->wake);
	pthread_mutex_destroy(&v->lock);
	if (v->notice >= 0)
		close(v->notice);
	mem_free(v->state_dir);
	mem_free(v->database);
	mem_free(v->headmark);
	mark_close(&v->mark);
	mem_free(v->alive_record);
	mem_free(v->boot);
	mem_free(v);
	*live = NULL;
	return ok;
}
