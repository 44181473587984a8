/* A copy for a backup is taken while the station writes: commits go on, and the copy is the journal of one moment. */
#include "journal/ledger.h"
#include "scratch.h"

#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>

enum { ROWS = 30000, BODY = 2000 };

struct copying {
	char *from, *to;
	struct err err;
	bool ok;
	atomic_bool done;
};

static void fill(const char *dir)
{
	char *path = mem_printf("%s/journal.db", dir), body[BODY];
	enum ledger_trouble t;
	struct ledger *l = ledger_open(path, LEDGER_LIVE, &t);
	memset(body, 'x', sizeof body - 1);
	body[sizeof body - 1] = '\0';
	for (int i = 0; i < ROWS; i++) {
		struct chain_row r = { .wall_us = T0 + i, .boot = "b", .kind = i ? "verdict" : "start", .body = body };
		ck_assert(!ledger_add(l, &r));
	}
	ck_assert(!ledger_commit(l) && !ledger_settle(l));
	ledger_close(&l);
	mem_free(path);
}

static void *copy(void *self)
{
	struct copying *c = self;
	c->ok = journal_copy(c->from, c->to, &c->err);
	atomic_store(&c->done, true);
	return NULL;
}

START_TEST(commits_go_on_while_a_copy_is_taken)
{
	char *dir = scratch_new(), *beside = scratch_new();
	struct copying c = { .from = dir, .to = mem_printf("%s/journal.db", beside) };
	struct journal_check check;
	pthread_t thread;
	uint64_t during = 0;
	fill(dir);
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	struct journal_port p = journal_port(j);
	struct pollfd wake = { .fd = journal_fd(j), .events = POLLIN };
	ck_assert(!pthread_create(&thread, NULL, copy, &c));
	for (int i = 0; !atomic_load(&c.done); i++) {
		uint64_t ticket = scratch_add(j, i, "progress", NULL, "{}");
		p.flush(p.self);
		while (p.durable(p.self) < ticket && poll(&wake, 1, 1000) == 1)
			journal_quiet(j);
		during += !atomic_load(&c.done) && p.durable(p.self) == ticket;
	}
	ck_assert(!pthread_join(thread, NULL));
	ck_assert_msg(c.ok, "%s", c.err.text);
	ck_assert_uint_gt(during, 0);
	ck_assert(journal_close(&j));
	ck_assert_msg(journal_verify(beside, &check, &c.err), "row %lld: %s", (long long)check.broken, c.err.text);
	ck_assert_int_ge(check.rows, ROWS);
	mem_free(c.to);
	scratch_free(dir);
	scratch_free(beside);
}
END_TEST

UNIT_MAIN("journal/copy", commits_go_on_while_a_copy_is_taken)
