#include "os/health.h"

#include "../unit.h"
#include "os/state.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];

static const char *in_dir(const char *name)
{
	static char path[128];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return path;
}

static void make_dir(void)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-health-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void drop_dir(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

START_TEST(test_a_disk)
{
	struct health_disk d;
	make_dir();
	ck_assert_int_eq(chmod(dir, 0750), 0);
	ck_assert(health_disk(dir, &d) && d.there && d.writable && d.mode == 0750);
	ck_assert_int_gt(d.free_bytes, 0);
	ck_assert_int_gt(d.free_files, 0);
	/* What is not there yet is asked of the folder it will lie in. */
	ck_assert(health_disk(in_dir("not/yet/made"), &d) && !d.there && d.writable && d.mode == 0);
	ck_assert_int_gt(d.free_bytes, 0);
	ck_assert(health_disk("", &d) && d.there);
	ck_assert(health_disk("nowhere/near", &d) && !d.there);
	ck_assert(!health_disk("/proc/version/x", &d));
	drop_dir();
}
END_TEST

START_TEST(test_who_holds_a_state)
{
	struct err err = { "" };
	make_dir();
	ck_assert_int_eq(health_holder(dir), 0);
	int lock = state_hold(dir, &err);
	ck_assert_int_ge(lock, 0);
	ck_assert_int_eq(health_holder(dir), getpid());
	close(lock);
	ck_assert_int_eq(health_holder(dir), 0);
	drop_dir();
}
END_TEST

START_TEST(test_limits_of_a_process)
{
	struct health_limits l;
	ck_assert(health_limits(0, &l));
	ck_assert_int_gt(l.locked_bytes, 0);
	ck_assert_int_ge(l.realtime_priority, 0);
	ck_assert_int_eq(l.realtime_threads, 0);
	struct health_limits same;
	ck_assert(health_limits(getpid(), &same));
	ck_assert_int_eq(l.locked_bytes, same.locked_bytes);
	ck_assert_int_eq(l.privileged, same.privileged);
	ck_assert(!health_limits(0x7FFFFFFF, &l));
	char name[HEALTH_NAME];
	health_process_name(getpid(), name);
	ck_assert_str_eq(name, "health");
	health_process_name(0x7FFFFFFF, name);
	ck_assert_str_eq(name, "");
}
END_TEST

START_TEST(test_what_is_installed)
{
	make_dir();
	ck_assert_int_eq(mkdir(in_dir("a"), 0700), 0);
	ck_assert_int_eq(mkdir(in_dir("a/b"), 0700), 0);
	fclose(fopen(in_dir("a/b/font.ttf"), "w"));
	ck_assert(health_file_below(dir, "font.ttf"));
	ck_assert(!health_file_below(dir, "other.ttf"));
	ck_assert(!health_file_below("/nowhere", "font.ttf"));
	ck_assert(health_program("sh") && !health_program("no-such-program-here"));
	fclose(fopen(in_dir("a/tool"), "w"));
	char path[160];
	snprintf(path, sizeof path, "/nowhere:%s", in_dir("a"));
	setenv("PATH", path, 1);
	ck_assert(!health_program("tool")); /* not to be run */
	ck_assert_int_eq(chmod(in_dir("a/tool"), 0755), 0);
	ck_assert(health_program("tool"));
	unsetenv("PATH");
	ck_assert(!health_program("tool"));
	setenv("PATH", "/usr/bin:/bin", 1);
	drop_dir();
}
END_TEST

UNIT_MAIN("os/health", test_a_disk, test_who_holds_a_state, test_limits_of_a_process, test_what_is_installed)
