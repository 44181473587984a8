/* Programs that read, do not read, fail, hang and are not there; and the notice board. */
#include "os/child.h"
#include "os/notice.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[] = "/tmp/loaxa-child-XXXXXX";

static const char *script(const char *lines)
{
	static char path[96];
	snprintf(path, sizeof path, "%s/program", dir);
	FILE *f = fopen(path, "w");
	fprintf(f, "#!/bin/sh\n%s\n", lines);
	fclose(f);
	chmod(path, 0755);
	return path;
}

static bool run(const char *lines, const char *input, int limit_ms, struct err *err)
{
	*err = (struct err){ "" };
	return child_feed(script(lines), input, limit_ms, err);
}

START_TEST(what_becomes_of_it)
{
	struct err err;
	char command[160], big[200001];
	memset(big, 'x', sizeof big - 1);
	big[sizeof big - 1] = '\0';
	ck_assert(mkdtemp(dir));
	ck_assert(run("cat >/dev/null", "{}\n", 20000, &err));
	ck_assert_msg(run("[ \"$(cat)\" = '{\"a\":1}' ]", "{\"a\":1}\n", 20000, &err), "%s", err.text);
	ck_assert_msg(run("[ \"$(wc -c)\" -eq 200000 ]", big, 20000, &err), "%s", err.text);
	ck_assert_msg(run("exit 0", big, 20000, &err), "%s", err.text); /* does not read */
	ck_assert(!run("exit 75", "x", 20000, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "75"));
	ck_assert(!run("kill -9 $$", "x", 20000, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "9"));
	/* with all it has started */
	ck_assert(!run("sleep 1000 & echo $! >$0.pid; wait", "x", 300, &err));
	snprintf(command, sizeof command, "for i in $(seq 200); do kill -0 $(cat %s/program.pid) 2>/dev/null || exit 0; sleep 0.05; done; exit 1",
		dir);
	ck_assert_int_eq(system(command), 0);
	snprintf(command, sizeof command, "%s one  two", script("[ \"$#$1$2\" = 2onetwo ]"));
	ck_assert_msg(child_feed(command, "x", 20000, &err), "%s", err.text);
	ck_assert(!child_feed("/nonexistent/program x", "x", 20000, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "/nonexistent/program"));
	ck_assert(!child_feed("  ", "x", 20000, &err));
}
END_TEST

static bool there(const char *name)
{
	char path[96];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	return !access(path, F_OK);
}

static bool eventually(const char *name, bool want)
{
	for (int i = 0; i < 2000 && there(name) != want; i++)
		usleep(10000);
	return there(name) == want;
}

START_TEST(the_board)
{
	struct err err;
	char path[96];
	ck_assert(mkdtemp(strcpy(dir, "/tmp/loaxa-child-XXXXXX")));
	struct notice *n = notice_new(dir, NULL);
	ck_assert(!notice_trouble(n, &err));
	notice_put(n, "one\n");
	ck_assert(eventually(NOTICE_FILE, true));
	notice_put(n, "two\n");
	notice_put(n, "three\n");
	notice_free(&n);
	snprintf(path, sizeof path, "%s/" NOTICE_FILE, dir);
	char line[16] = "";
	FILE *f = fopen(path, "r");
	ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
	fclose(f);
	ck_assert_str_eq(line, "three\n"); /* the last one is written before the end */
	ck_assert(!there("told.new"));
	/* a teller of ours is started while a notice lies there */
	snprintf(line, sizeof line, "rm -r $1/told");
	char *teller[] = { (char *)script(line), dir, NULL };
	n = notice_new(dir, teller);
	notice_put(n, "four\n");
	ck_assert(eventually(NOTICE_DIR, false));
	notice_free(&n);
	ck_assert(!n);
}
END_TEST

START_TEST(a_board_that_cannot_be)
{
	struct err err;
	struct notice *n = notice_new("/proc/nowhere", NULL);
	notice_put(n, "one\n");
	for (int i = 0; i < 2000 && !notice_trouble(n, &err); i++)
		usleep(10000);
	ck_assert(notice_trouble(n, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "/proc/nowhere"));
	notice_free(&n);
}
END_TEST

UNIT_MAIN("os/child", what_becomes_of_it, the_board, a_board_that_cannot_be)
