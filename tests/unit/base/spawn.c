/* Programs of others: how they end, and that they end. */
#include "base/spawn.h"
#include "../unit.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

START_TEST(how_it_ended_is_said)
{
	static const struct {
		int line, limit_ms;
		const char *script, *why; /* NULL: it went well */
	} T[] = {
		{ __LINE__, 20000, "exit 0", NULL },
		{ __LINE__, 20000, "exit 3", "ended with code 3" },
		{ __LINE__, 20000, "kill -9 $$", "ended by signal 9" },
		{ __LINE__, 20, "while :; do :; done", "did not end within 0 s" },
		{ __LINE__, 20, "trap '' TERM INT; (while :; do :; done); :", "was killed" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct err err = { "" };
		char *argv[] = { "sh", "-c", (char *)T[i].script, NULL };
		bool done = spawn_run(argv, (struct spawn_files){ -1, -1, -1 }, T[i].limit_ms, &err);
		ck_assert_msg(done == !T[i].why, "row of line %d: %s", T[i].line, err.text);
		ck_assert_msg(done || strstr(err.text, T[i].why), "row of line %d: %s", T[i].line, err.text);
	}
}
END_TEST

START_TEST(a_program_that_is_not_there)
{
	struct err err = { "" };
	char *argv[] = { "no-such-program-of-ours", NULL };
	ck_assert(!spawn_run(argv, (struct spawn_files){ -1, -1, -1 }, 1000, &err));
	ck_assert(strstr(err.text, "cannot be run"));
}
END_TEST

/* Our own signals and descriptors are no business of theirs. */
START_TEST(it_gets_what_it_is_given_and_nothing_else)
{
	int ends[2], status = 1;
	char said[64] = "";
	pid_t pid;
	sigset_t blocked, old;
	sigemptyset(&blocked);
	sigaddset(&blocked, SIGTERM);
	sigprocmask(SIG_BLOCK, &blocked, &old);
	signal(SIGPIPE, SIG_IGN);
	ck_assert(!pipe(ends));
	char *argv[] = { "sh", "-c", "grep -E '^Sig(Blk|Ign)' /proc/self/status | cut -c16-24 | tr '\\n' ' '; cat", NULL };
	ck_assert_int_eq(spawn_program(argv, (struct spawn_files){ -1, ends[1], -1 }, &pid), 0);
	ck_assert(spawn_await(pid, 20000, &status));
	ck_assert_int_eq(status, 0);
	ck_assert_int_gt(read(ends[0], said, sizeof said - 1), 0);
	char *rest;
	ck_assert_uint_eq(strtoull(said, &rest, 16) & 0x7fffffff, 0); /* above them the C library has two of its own */
	ck_assert_uint_eq(strtoull(rest, NULL, 16) & 0x7fffffff, 0);
	signal(SIGPIPE, SIG_DFL);
	sigprocmask(SIG_SETMASK, &old, NULL);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

UNIT_MAIN("base/spawn", how_it_ended_is_said, a_program_that_is_not_there, it_gets_what_it_is_given_and_nothing_else)
