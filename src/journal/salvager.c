#include "journal/salvager.h"

#include "base/mem.h"
#include "journal/aside.h"
#include "journal/ledger-file.h"
#include "journal/ledger.h"
#include "journal/mode.h"

#include <pthread.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>

#define ROOM_LEFT (UINT64_C(64) << 20) /* bytes that the running journal keeps for itself */

struct salvager {
	/* fixed */
	char *state_dir;
	struct aside_names names;
	pthread_t thread;
	/* any thread */
	atomic_bool stop, damaged;
};

static bool has_room(const char *damaged)
{
	struct stat st;
	struct statvfs fs;
	return !stat(damaged, &st) && !statvfs(damaged, &fs) &&
	       (uint64_t)fs.f_bavail * fs.f_frsize > (uint64_t)st.st_size * 11 / 10 + ROOM_LEFT;
}

static void copy(struct salvager *s, const char *name)
{
	struct salvage_sum sum = { 0 };
	struct err err = { "" };
	char *damaged = aside_path(s->state_dir, name, "damaged.db");
	char *part = aside_path(s->state_dir, name, "journal.part");
	char *whole = aside_path(s->state_dir, name, "journal.db");
	if (has_room(damaged) && salvage_copy(damaged, part, &s->stop, &sum, &err) && !rename(part, whole) &&
		!ledger_file_sync(whole))
		aside_write(s->state_dir, name, &sum);
	salvage_sum_free(&sum);
	mem_free(damaged);
	mem_free(part);
	mem_free(whole);
}

/* ── The running journal ───────────────────────────────────────────────────────────────────────────────────── */

enum { WINDOW = 500, PAUSE_MS = 10, LOOKS = 2 };

static bool is_readable(const struct salvager *s)
{
	char *path = journal_database(s->state_dir);
	enum ledger_trouble t;
	struct ledger *l = ledger_open(path, LEDGER_READ, &t);
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	for (int64_t at = 1; l && !t && at <= ledger_last(l) && !atomic_load(&s->stop); at += WINDOW) {
		ledger_read(l, at, at + WINDOW - 1);
		while (ledger_next(l, &r, hash))
			;
		t = ledger_end(l);
		nanosleep(&(struct timespec){ .tv_nsec = PAUSE_MS * 1000000L }, NULL);
	}
	ledger_close(&l);
	mem_free(path);
	return t != LEDGER_DAMAGED;
}

/* Twice: what a page of memory spoilt is not there the second time. */
static void check(struct salvager *s)
{
	bool readable = false;
	for (int i = 0; i < LOOKS && !readable; i++)
		readable = is_readable(s);
	atomic_store(&s->damaged, !readable);
}

bool salvager_found_damage(const struct salvager *s)
{
	return s && atomic_load(&s->damaged);
}

/* ── The thread ────────────────────────────────────────────────────────────────────────────────────────────── */

static void *work(void *self)
{
	struct salvager *s = self;
	struct sched_param none = { 0 };
	pthread_setschedparam(pthread_self(), SCHED_IDLE, &none);
	for (size_t i = 0; i < s->names.list.n && !atomic_load(&s->stop); i++)
		copy(s, s->names.list.at[i]);
	if (!atomic_load(&s->stop))
		check(s);
	return NULL;
}

/* Signals stay with the loop. */
static bool start(struct salvager *s)
{
	sigset_t all, before;
	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	bool ok = !pthread_create(&s->thread, NULL, work, s);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	return ok;
}

static void forget(struct salvager **ps)
{
	aside_names_free(&(*ps)->names);
	mem_free((*ps)->state_dir);
	mem_free(*ps);
	*ps = NULL;
}

struct salvager *salvager_start(const char *state_dir)
{
	struct salvager *s = mem_new(struct salvager);
	struct aside_facts f;
	s->state_dir = mem_dup(state_dir);
	aside_list(state_dir, &s->names);
	for (size_t i = s->names.list.n; i-- > 0;) {
		aside_read(state_dir, s->names.list.at[i], &f);
		if (!f.copied)
			continue;
		mem_free(s->names.list.at[i]);
		vec_remove(&s->names.list, i);
	}
	if (!start(s))
		forget(&s);
	return s;
}

void salvager_stop(struct salvager **ps)
{
	if (!*ps)
		return;
	atomic_store(&(*ps)->stop, true);
	pthread_join((*ps)->thread, NULL);
	forget(ps);
}
