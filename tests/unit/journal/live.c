#include "scratch.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

/* Waits, for as long as it takes (the test's time limit ends it), until that ticket is durable. */
static void await(struct journal *j, uint64_t ticket)
{
	struct journal_port p = journal_port(j);
	struct pollfd wake = { .fd = journal_fd(j), .events = POLLIN };
	p.flush(p.self);
	while (p.durable(p.self) < ticket) {
		ck_assert_int_eq(poll(&wake, 1, -1), 1);
		journal_quiet(j);
	}
}

START_TEST(durable_rows_are_read_back_after_a_restart)
{
	char *dir = scratch_new(), one[SHA256_HEX], two[SHA256_HEX], zero[SHA256_HEX];
	struct journal_reader r;
	struct err err;
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	ck_assert(journal_read_back(j, &r, &err));
	assert_rows(r, "");
	journal_head(j, zero);
	ck_assert_uint_eq(scratch_add(j, 0, "start", NULL, "{}"), 1);
	await(j, 1);
	journal_head(j, one);
	ck_assert_str_ne(zero, one);
	scratch_add(j, 1, "intent", "a", "{}");
	scratch_add(j, 2, "intent", "b", "{}");
	ck_assert(journal_close(&j)); /* makes the rest durable */
	j = scratch_open(dir, JOURNAL_LIVE);
	journal_head(j, two);
	ck_assert_str_ne(one, two);
	ck_assert(journal_read_back(j, &r, &err));
	assert_rows(r, "start - {};intent a {};intent b {};");
	ck_assert_uint_eq(scratch_add(j, 3, "start", NULL, "{}"), 1); /* tickets begin anew, the chain goes on */
	await(j, 1);
	ck_assert(journal_close(&j));
	struct journal_check check;
	ck_assert(journal_verify(dir, &check, &err));
	ck_assert_int_eq(check.rows, 4);
	scratch_free(dir);
}
END_TEST

START_TEST(a_group_is_committed_without_being_asked)
{
	char *dir = scratch_new();
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	struct journal_port p = journal_port(j);
	struct pollfd wake = { .fd = journal_fd(j), .events = POLLIN };
	for (int i = 0; i < 5; i++)
		scratch_add(j, i, "day", NULL, "{}");
	while (p.durable(p.self) < 5) {
		ck_assert_int_eq(poll(&wake, 1, -1), 1);
		journal_quiet(j);
	}
	ck_assert(journal_close(&j));
	scratch_free(dir);
}
END_TEST

START_TEST(alive_survives_and_stands_in_its_file)
{
	char *dir = scratch_new();
	struct journal_reader r;
	struct err err;
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	struct journal_port p = journal_port(j);
	p.alive(p.self, (wall_us){ T0 });
	ck_assert(journal_close(&j));
	j = scratch_open(dir, JOURNAL_LIVE);
	ck_assert(journal_read_back(j, &r, &err));
	ck_assert_int_eq(r.last_alive(r.self).us, T0);
	ck_assert(journal_close(&j));
	scratch_free(dir);
}
END_TEST

/* The database's directory is taken away and put back: the rows wait, then they are there. */
START_TEST(rows_wait_while_the_file_is_gone)
{
	char *dir = scratch_new(), *away = mem_printf("%s.away", dir);
	struct journal_fault fault;
	struct journal_check check;
	struct err err;
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	struct pollfd wake = { .fd = journal_fd(j), .events = POLLIN };
	scratch_add(j, 0, "start", NULL, "{}");
	await(j, 1);
	ck_assert(!journal_fault(j, &fault));
	ck_assert_int_eq(rename(dir, away), 0);
	scratch_add(j, 1, "day", NULL, "{}");
	journal_port(j).flush(journal_port(j).self);
	while (!journal_fault(j, &fault)) {
		ck_assert_int_eq(poll(&wake, 1, -1), 1);
		journal_quiet(j);
	}
	ck_assert_uint_eq(fault.waiting, 1);
	ck_assert_int_eq(fault.since.us, T0 + US_PER_S);
	ck_assert_str_ne(fault.why, "");
	ck_assert_uint_eq(scratch_add(j, 2, "day", NULL, "{}"), 3);
	ck_assert_int_eq(rename(away, dir), 0);
	await(j, 3);
	ck_assert(!journal_fault(j, &fault));
	ck_assert(journal_close(&j));
	ck_assert(journal_verify(dir, &check, &err));
	ck_assert_int_eq(check.rows, 3);
	mem_free(away);
	scratch_free(dir);
}
END_TEST

/* Files must not grow: every write behind the limit fails, as on a disk that gives out in the middle of a commit. */
static void limit_files(rlim_t bytes)
{
	struct rlimit limit;
	ck_assert(!getrlimit(RLIMIT_FSIZE, &limit));
	limit.rlim_cur = bytes ? bytes : limit.rlim_max;
	ck_assert(!setrlimit(RLIMIT_FSIZE, &limit));
}

START_TEST(a_failing_disk_loses_and_doubles_nothing)
{
	char *dir = scratch_new(), body[3000] = "", want[SHA256_HEX];
	struct journal_fault fault;
	struct journal_check check;
	struct err err;
	signal(SIGXFSZ, SIG_IGN);
	memset(body, 'x', sizeof body - 1);
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	struct pollfd wake = { .fd = journal_fd(j), .events = POLLIN };
	uint64_t last = 0;
	for (int round = 0; round < 3; round++) {
		/* a different place in the log file each time */
		limit_files(100000 + (rlim_t)round * 150001);
		for (int i = 0; i < 40 || !journal_fault(j, &fault); i++) {
			last = scratch_add(j, (int)last, i % 7 ? "verdict" : "progress", "a", body);
			journal_port(j).flush(journal_port(j).self);
			ck_assert_int_le(poll(&wake, 1, i < 40 ? 0 : 5), 1);
			journal_quiet(j);
		}
		ck_assert_uint_gt(fault.waiting, 0);
		ck_assert_uint_lt(journal_port(j).durable(journal_port(j).self), last);
		limit_files(0);
		await(j, last);
		ck_assert(!journal_fault(j, &fault));
	}
	journal_head(j, want);
	ck_assert(journal_close(&j));
	ck_assert(journal_verify(dir, &check, &err));
	ck_assert_int_eq(check.rows, (int64_t)last);
	ck_assert_str_eq(check.head, want);
	scratch_free(dir);
}
END_TEST

/* What keeps the file from being opened, but is no damage: a directory of its name. */
/* Would another program find that nobody has the file open?  It answers by a signal: what a sanitizer says at its exit
 * of the threads it left behind is no answer. */
static bool looks_unused(const char *dir)
{
	int state;
	char *path = mem_printf("%s/journal.db", dir);
	pid_t other = fork();
	if (!other) {
		struct flock all = { .l_type = F_WRLCK, .l_whence = SEEK_SET };
		int fd = open(path, O_RDWR | O_CLOEXEC);
		if (fd >= 0 && !fcntl(fd, F_GETLK, &all))
			kill(getpid(), all.l_type == F_UNLCK ? SIGUSR1 : SIGUSR2);
		_exit(1);
	}
	ck_assert_int_eq(waitpid(other, &state, 0), other);
	ck_assert(WIFSIGNALED(state) && (WTERMSIG(state) == SIGUSR1 || WTERMSIG(state) == SIGUSR2));
	mem_free(path);
	return WTERMSIG(state) == SIGUSR1;
}

/* A file of which the process closes a second descriptor loses its locks; then the next reader that goes takes the -wal
 * with it, and rows that were acknowledged. */
START_TEST(other_programs_see_that_it_is_in_use)
{
	char *dir = scratch_new();
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	ck_assert(!looks_unused(dir));
	await(j, scratch_add(j, 0, "start", NULL, "{}"));
	ck_assert(journal_close(&j));
	ck_assert(looks_unused(dir));
	j = scratch_open(dir, JOURNAL_LIVE);
	await(j, scratch_add(j, 1, "start", NULL, "{}"));
	ck_assert(!looks_unused(dir));
	ck_assert(journal_close(&j));
	/* one that ends before what is known to be durable is looked at more closely */
	char *keep = mem_printf("cp %s/journal.db %s/before", dir, dir);
	char *back = mem_printf("cd %s && mv before journal.db && rm -f journal.db-wal journal.db-shm", dir);
	ck_assert(!system(keep));
	j = scratch_open(dir, JOURNAL_LIVE);
	await(j, scratch_add(j, 2, "start", NULL, "{}"));
	ck_assert(journal_close(&j));
	ck_assert(!system(back));
	j = scratch_open(dir, JOURNAL_LIVE);
	struct journal_mishap m;
	ck_assert(journal_mishap(j, &m));
	ck_assert_str_eq(m.reason, "rows-lost");
	ck_assert(!looks_unused(dir));
	ck_assert(journal_close(&j));
	mem_free(keep);
	mem_free(back);
	scratch_free(dir);
}
END_TEST

START_TEST(opens_with_a_fault)
{
	char *dir = scratch_new(), *path = mem_printf("%s/journal.db", dir);
	struct journal_fault fault;
	struct journal_reader r;
	struct err err = { "" };
	ck_assert(!mkdir(path, 0750));
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	ck_assert(journal_fault(j, &fault));
	ck_assert_str_ne(fault.why, "");
	ck_assert(!journal_read_back(j, &r, &err));
	ck_assert_str_ne(err.text, "");
	assert_rows(r, ""); /* and the reader may be used all the same */
	scratch_add(j, 0, "start", NULL, "{}");
	ck_assert(journal_fault(j, &fault));
	ck_assert_uint_eq(fault.waiting, 1);
	rmdir(path);
	await(j, 1);
	ck_assert(!journal_fault(j, &fault));
	ck_assert(journal_close(&j));
	mem_free(path);
	scratch_free(dir);
}
END_TEST

START_TEST(what_cannot_be_written_at_the_end_is_said)
{
	char *dir = scratch_new(), *path = mem_printf("%s/journal.db", dir);
	ck_assert(!mkdir(path, 0750));
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	scratch_add(j, 0, "start", NULL, "{}");
	ck_assert(!journal_close(&j));
	rmdir(path);
	mem_free(path);
	scratch_free(dir);
}
END_TEST

UNIT_MAIN("journal/live", durable_rows_are_read_back_after_a_restart, a_group_is_committed_without_being_asked,
		alive_survives_and_stands_in_its_file, other_programs_see_that_it_is_in_use, rows_wait_while_the_file_is_gone, opens_with_a_fault,
		a_failing_disk_loses_and_doubles_nothing, what_cannot_be_written_at_the_end_is_said)
