/* Accepted copies, and what a crash at any moment leaves of them.  The system calls that change the disk are replaced
 * by ones that count; the process ends before the n-th. */
#include "../unit.h"
#include "base/mem.h"
#include "config/accepted.h"
#include "texts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int calls_left = -1; /* -1 = do not count */

static void one_call(void)
{
	if (!calls_left)
		_exit(77);
	if (calls_left > 0)
		calls_left--;
}

int mkdir(const char *path, mode_t mode)
{
	one_call();
	return (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}
int mkdirat(int fd, const char *path, mode_t mode)
{
	one_call();
	return (int)syscall(SYS_mkdirat, fd, path, mode);
}
/* A write that is killed may have written a part. */
ssize_t write(int fd, const void *bytes, size_t n)
{
	if (!calls_left)
		syscall(SYS_write, fd, bytes, n / 2);
	one_call();
	return syscall(SYS_write, fd, bytes, n);
}
int fsync(int fd)
{
	one_call();
	return (int)syscall(SYS_fsync, fd);
}
int renameat(int from, const char *a, int to, const char *b)
{
	one_call();
	return (int)syscall(SYS_renameat2, from, a, to, b, 0);
}
int unlinkat(int fd, const char *path, int flags)
{
	one_call();
	return (int)syscall(SYS_unlinkat, fd, path, flags);
}

struct scene {
	char *top, *dir, *state;
};

static void put(const char *dir, const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	mem_free(path);
}

static struct scene scene_new(void)
{
	struct scene s = { .top = mem_dup("/tmp/loaxa-accepted-XXXXXX") };
	ck_assert_ptr_nonnull(mkdtemp(s.top));
	s.dir = mem_printf("%s/dai", s.top);
	s.state = mem_printf("%s/state", s.top);
	mkdir(s.dir, 0755);
	mkdir(s.state, 0755);
	put(s.dir, "station.conf", TEXTS_STATION);
	return s;
}

static void scene_free(struct scene *s)
{
	char *command = mem_printf("rm -rf '%s'", s->top);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
	mem_free(s->dir);
	mem_free(s->state);
	mem_free(s->top);
}

static struct station *load(const char *dir)
{
	struct findings fs = { 0 };
	struct station *st = config_load(dir, &texts_env, &fs);
	ck_assert_ptr_nonnull(st);
	findings_free(&fs);
	return st;
}

static void accept_now(const struct scene *s)
{
	struct station *st = load(s->dir);
	struct err err = { "" };
	ck_assert_msg(accepted_store(s->state, st, &err), "%s", err.text);
	station_free(&st);
}

static void change(const struct scene *s, int n)
{
	char *text = mem_printf("# %d\nlimit \"l%d\" { sessions-per-day = 2 }\n", n, n);
	put(s->dir, "20-them.conf", text);
	mem_free(text);
}

/* The limit's number tells which version it is; -1 = none. */
static int version_of(const char *dir)
{
	struct station *st = load(dir);
	int n = st->limits.n ? atoi(st->limits.at[0].name + 1) : -1;
	station_free(&st);
	return n;
}

static int accepted_version(const struct scene *s)
{
	char *copy = accepted_load_dir(s->state);
	ck_assert_ptr_nonnull(copy);
	int n = version_of(copy);
	mem_free(copy);
	return n;
}

static int count_copies(const struct scene *s)
{
	char *path = mem_printf("%s/accepted", s->state);
	DIR *d = opendir(path);
	int n = 0;
	for (const struct dirent *e; d && (e = readdir(d));)
		n += e->d_name[0] != '.';
	if (d)
		closedir(d);
	mem_free(path);
	return n;
}

START_TEST(a_copy_runs_without_its_original)
{
	struct scene s = scene_new();
	ck_assert_ptr_null(accepted_load_dir(s.state));
	ck_assert(accepted_differs(s.state, s.dir));
	struct station *st = load(s.dir);
	struct err err = { "" };
	memset(st->bulletins.at[0].audio.at[0].sha256, 'a', 64);
	ck_assert(accepted_store(s.state, st, &err));
	char *audio = mem_printf("%s/audio", s.dir);
	station_free(&st);
	ck_assert(!accepted_differs(s.state, s.dir));
	char *copy = accepted_load_dir(s.state);
	st = load(copy);
	ck_assert_str_eq(st->audio_dir, audio);
	ck_assert_int_eq(st->bulletins.at[0].audio.at[0].sha256[63], 'a');
	station_free(&st);
	change(&s, 1);
	ck_assert(accepted_differs(s.state, s.dir));
	ck_assert_int_eq(version_of(copy), -1);
	struct accepted a;
	ck_assert(accepted_read(copy, &a));
	ck_assert_str_eq(a.dir, s.dir);
	accepted_free(&a);
	mem_free(audio);
	mem_free(copy);
	scene_free(&s);
}
END_TEST

START_TEST(what_changed_meanwhile_is_refused)
{
	struct scene s = scene_new();
	struct station *st = load(s.dir);
	struct err err = { "" };
	change(&s, 1);
	ck_assert(!accepted_store(s.state, st, &err));
	ck_assert(*err.text);
	ck_assert_ptr_null(accepted_load_dir(s.state));
	station_free(&st);
	scene_free(&s);
}
END_TEST

START_TEST(five_copies_stay_behind_the_one_that_runs)
{
	struct scene s = scene_new();
	for (int i = 0; i < 9; i++) {
		change(&s, i);
		accept_now(&s);
		ck_assert_int_eq(accepted_version(&s), i);
		ck_assert_int_eq(count_copies(&s), i < 6 ? i + 1 : 6);
	}
	scene_free(&s);
}
END_TEST

START_TEST(the_same_again_takes_no_place)
{
	struct scene s = scene_new();
	for (int i = 0; i < 4; i++) {
		change(&s, i % 2);
		accept_now(&s);
		accept_now(&s);
		ck_assert_int_eq(count_copies(&s), i ? 2 : 1);
	}
	scene_free(&s);
}
END_TEST

static int back(const struct scene *s, int number)
{
	char *copy = accepted_back(s->state, number);
	struct err err = { "" };
	if (!copy)
		return -2;
	ck_assert_msg(accepted_again(s->state, copy, &err), "%s", err.text);
	mem_free(copy);
	return accepted_version(s);
}

START_TEST(back_and_back_again)
{
	struct scene s = scene_new();
	ck_assert_int_eq(back(&s, 0), -2);
	change(&s, 1);
	accept_now(&s);
	ck_assert_int_eq(back(&s, 0), -2);
	for (int i = 2; i <= 4; i++) {
		change(&s, i);
		accept_now(&s);
	}
	ck_assert_int_eq(back(&s, 0), 3);
	ck_assert_int_eq(back(&s, 0), 4);
	ck_assert_int_eq(back(&s, 2), 2); /* by its number, which it loses */
	ck_assert_int_eq(back(&s, 2), -2);
	ck_assert_int_eq(back(&s, 0), 4);
	struct accepted_copies copies = accepted_copies(s.state);
	ck_assert_uint_eq(copies.n, 4);
	ck_assert_int_eq(back(&s, copies.at[0].number), 4); /* which runs already */
	ck_assert_str_eq(copies.at[0].dir, s.dir);
	accepted_copies_free(&copies);
	scene_free(&s);
}
END_TEST

/* A disk can lose what it had: the copy before it is better than none. */
START_TEST(a_damaged_copy_is_passed_over)
{
	static const char *const damage[] = { "echo >>station.conf", "rm accepted.json", "echo '{' >accepted.json",
		"rm 20-them.conf", "echo x >x.conf", "mkdir x.conf" };
	for (size_t i = 0; i < sizeof damage / sizeof *damage; i++) {
		struct scene s = scene_new();
		change(&s, 1);
		accept_now(&s);
		change(&s, 2);
		accept_now(&s);
		char *copy = accepted_load_dir(s.state);
		char *command = mem_printf("cd '%s' && %s", copy, damage[i]);
		ck_assert_int_eq(system(command), 0);
		ck_assert_msg(accepted_version(&s) == 1, "%s", damage[i]);
		mem_free(command);
		mem_free(copy);
		scene_free(&s);
	}
}
END_TEST

START_TEST(a_crash_at_any_step_leaves_one_whole_copy)
{
	struct scene s = scene_new();
	int version = 0, steps = 0;
	for (; version < 7; version++) { /* full house: the next one also removes an old copy */
		change(&s, version);
		accept_now(&s);
	}
	for (bool finished = false; !finished; steps++) {
		change(&s, version);
		fflush(NULL);
		pid_t child = fork();
		if (!child) {
			struct station *st = load(s.dir);
			struct err err = { "" };
			calls_left = steps;
			bool ok = accepted_store(s.state, st, &err);
			_exit(ok ? 0 : 1);
		}
		int status;
		ck_assert_int_eq(waitpid(child, &status, 0), child);
		ck_assert(WIFEXITED(status) && (WEXITSTATUS(status) == 77 || !WEXITSTATUS(status)));
		finished = !WEXITSTATUS(status);
		int seen = accepted_version(&s);
		ck_assert_msg(seen == version || (!finished && seen == version - 1), "killed before step %d: %d", steps, seen);
		if (seen == version)
			version++;
		ck_assert_int_le(count_copies(&s), 9); /* unfinished ones and those not yet removed */
	}
	ck_assert_int_ge(steps, 20);
	ck_assert_int_eq(count_copies(&s), 6); /* the next store cleans up after all crashes */
	scene_free(&s);
}
END_TEST

START_TEST(a_state_that_cannot_be_written_is_said)
{
	struct scene s = scene_new();
	struct station *st = load(s.dir);
	struct err err = { "" };
	put(s.state, "accepted", "no folder");
	ck_assert(!accepted_store(s.state, st, &err));
	ck_assert(*err.text);
	station_free(&st);
	scene_free(&s);
}
END_TEST

UNIT_MAIN("config/accepted", the_same_again_takes_no_place, back_and_back_again, a_copy_runs_without_its_original, what_changed_meanwhile_is_refused,
		five_copies_stay_behind_the_one_that_runs, a_damaged_copy_is_passed_over,
		a_crash_at_any_step_leaves_one_whole_copy, a_state_that_cannot_be_written_is_said)
