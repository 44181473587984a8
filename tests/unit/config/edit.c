/* Text-level edits: each row a layout people write, one change, and the bytes that must come of it.  Then the sample
 * station, where everything but the change must be there still, and sets of files whose writing fails on the way. */
#include "../unit.h"
#include "base/mem.h"
#include "config/edit.h"
#include "texts.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int calls_left = -1; /* until one fails; -1 = none does */

static bool fails(void)
{
	if (calls_left < 0 || calls_left--)
		return false;
	errno = ENOSPC;
	return true;
}

ssize_t write(int fd, const void *bytes, size_t n)
{
	return fails() ? -1 : syscall(SYS_write, fd, bytes, n);
}
int fsync(int fd)
{
	return fails() ? -1 : (int)syscall(SYS_fsync, fd);
}
int renameat(int from, const char *a, int to, const char *b)
{
	return fails() ? -1 : (int)syscall(SYS_renameat2, from, a, to, b, 0);
}

static struct edit *edit_text(const char *text)
{
	struct sources s = { 0 };
	source_add(&s, "10.conf", text, strlen(text));
	struct edit *e = edit_of("d", &s);
	source_free(&s);
	return e;
}

static char *text_of(const struct edit *e)
{
	struct sources s = { 0 };
	edit_sources(e, &s);
	char *text = mem_dup_n(s.list.at[0].bytes, s.list.at[0].n);
	source_free(&s);
	return text;
}

enum what { ADD, REMOVE, SET, UNSET, PART, APPEND };

/* Always section s "x", key k, unless the row says "p": then its part p "y". */
static bool change(struct edit *e, enum what what, const char *key, const char *a, const char *b, struct err *err)
{
	struct edit_at at = { "session", "x", NULL, NULL };
	if (*key == '>') {
		at.part = "p";
		at.part_name = "y";
		key++;
	}
	switch (what) {
	case ADD:
		return edit_list_add(e, at, key, a, b, 1, err);
	case REMOVE:
		return edit_list_remove(e, at, key, a, b ? atoi(b) : 1, err);
	case SET:
		return edit_set(e, at, key, a, err);
	case UNSET:
		return edit_unset(e, at, key, err);
	case PART:
		return edit_append_part(e, at, a, err);
	default:
		return edit_append(e, "10.conf", a, err);
	}
}

static const struct {
	int line;
	const char *text;
	enum what what;
	const char *key, *a, *b;
	const char *want; /* NULL = refused, nothing changed */
} rows[] = {
	/* side by side */
	{ __LINE__, "session \"x\" { k = { \"a\", \"b\" } }", ADD, "k", "n", "a", "session \"x\" { k = { \"a\", \"n\", \"b\" } }" },
	{ __LINE__, "session \"x\" { k = { \"a\", \"b\" } }", ADD, "k", "n", "b", "session \"x\" { k = { \"a\", \"b\", \"n\" } }" },
	{ __LINE__, "session \"x\" { k = { \"a\", \"b\" } }", ADD, "k", "n", NULL, "session \"x\" { k = { \"n\", \"a\", \"b\" } }" },
	{ __LINE__, "session \"x\" { k={\"a\",\"b\"} }", ADD, "k", "n", "a", "session \"x\" { k={\"a\", \"n\",\"b\"} }" },
	{ __LINE__, "session \"x\" { k = { a, b, } }", ADD, "k", "n", "b", "session \"x\" { k = { a, b, \"n\", } }" },
	{ __LINE__, "session \"x\" { k = \"a\" }", ADD, "k", "n", "a", "session \"x\" { k = { \"a\", \"n\" } }" },
	{ __LINE__, "session \"x\" { k = a j = 1 }", ADD, "k", "n", "a", "session \"x\" { k = { a, \"n\" } j = 1 }" },
	{ __LINE__, "session \"x\" { k = { \"a@6h00\", \"b\" } }", ADD, "k", "n", "a", "session \"x\" { k = { \"a@6h00\", \"n\", \"b\" } }" },
	{ __LINE__, "session 'x' { k = { 'a' } }", ADD, "k", "n", "a", "session 'x' { k = { 'a', \"n\" } }" },
	/* the first x only in the right kind of section, on a line of several */
	{ __LINE__, "repeat \"x\" { k = { \"a\" } } session \"x\" { k = { \"a\" } } session \"z\" { k = { \"a\" } }", ADD, "k", "n", "a",
		"repeat \"x\" { k = { \"a\" } } session \"x\" { k = { \"a\", \"n\" } } session \"z\" { k = { \"a\" } }" },
	/* comments that look like lists, texts that look like comments and braces */
	{ __LINE__, "# session \"x\" { k = { \"a\" } }\nsession \"x\" { t = \"} # { \\\" /* \" k = { \"a\" } }", ADD, "k", "n", "a",
		"# session \"x\" { k = { \"a\" } }\nsession \"x\" { t = \"} # { \\\" /* \" k = { \"a\", \"n\" } }" },
	{ __LINE__, "session \"x\" { k = { /* \"a\", */ \"b\" /* } */, \"a\" } }", ADD, "k", "n", "a",
		"session \"x\" { k = { /* \"a\", */ \"b\" /* } */, \"a\", \"n\" } }" },
	/* a line each */
	{ __LINE__, "session \"x\" {\n\tk = {\n\t\t\"a\",  # one\n\t\t\"b\"   # two\n\t}\n}\n", ADD, "k", "n", "a",
		"session \"x\" {\n\tk = {\n\t\t\"a\",  # one\n\t\t\"n\",\n\t\t\"b\"   # two\n\t}\n}\n" },
	{ __LINE__, "session \"x\" {\n\tk = {\n\t\t\"a\",  # one\n\t\t\"b\"   # two\n\t}\n}\n", ADD, "k", "n", "b",
		"session \"x\" {\n\tk = {\n\t\t\"a\",  # one\n\t\t\"b\",   # two\n\t\t\"n\",\n\t}\n}\n" },
	{ __LINE__, "session \"x\" {\n\tk = {\n\t\t# first\n\t\t\"a\",\n\t\t\"b\"\n\t}\n}\n", ADD, "k", "n", NULL,
		"session \"x\" {\n\tk = {\n\t\t# first\n\t\t\"n\",\n\t\t\"a\",\n\t\t\"b\"\n\t}\n}\n" },
	{ __LINE__, "session \"x\" {\r\n\tk = {\r\n\t\t\"a\",\r\n\t\t\"b\"\r\n\t}\r\n}\r\n", ADD, "k", "n", "a",
		"session \"x\" {\r\n\tk = {\r\n\t\t\"a\",\r\n\t\t\"n\",\r\n\t\t\"b\"\r\n\t}\r\n}\r\n" },
	{ __LINE__, "session \"x\" {\r\tk = {\r\t\t\"a\",\r\t\t\"b\"\r\t}\r}\r", ADD, "k", "n", "a",
		"session \"x\" {\r\tk = {\r\t\t\"a\",\r\t\t\"n\",\r\t\t\"b\"\r\t}\r}\r" },
	/* a comment that runs on: never a line into it */
	{ __LINE__, "session \"x\" { k = {\n\"a\", /* one\n two */\n\"b\" } }", ADD, "k", "n", "a",
		"session \"x\" { k = {\n\"a\", \"n\", /* one\n two */\n\"b\" } }" },
	{ __LINE__, "session \"x\" { k = {\n\t\"a\"\n\t, \"b\"\n} }", ADD, "k", "n", "a",
		"session \"x\" { k = {\n\t\"a\", \"n\"\n\t, \"b\"\n} }" },
	{ __LINE__, "\xEF\xBB\xBFsession \"x\" { k = { \"a\" } }", ADD, "k", "n", "a", "\xEF\xBB\xBFsession \"x\" { k = { \"a\", \"n\" } }" },
	/* refused */
	{ __LINE__, "session \"x\" { k = { \"a\" } }", ADD, "k", "n", "c", NULL },
	{ __LINE__, "session \"y\" { k = { \"a\" } }", ADD, "k", "n", "a", NULL },
	{ __LINE__, "session \"x\" { j = { \"a\" } }", ADD, "k", "n", "a", NULL },
	{ __LINE__, "session \"x\" { k = { \"a\" \"b\" } }", ADD, "k", "n", "a", NULL },
	{ __LINE__, "session \"x\" { k = { \"a\" } } session \"z\" {", ADD, "k", "n", "a", NULL },
	{ __LINE__, "session \"x\" { k = { \"a\" } } /* no end", ADD, "k", "n", "a", NULL },
	{ __LINE__, "session \"x\" { k = { \"a\" } }", ADD, "k", "${n}", "a", NULL },
	{ __LINE__, "session \"x\" { k = { \"a\" } } \xFF", ADD, "k", "n", "a", NULL },

	{ __LINE__, "session \"x\" { k = { \"a\", \"b\" } }", REMOVE, "k", "a", NULL, "session \"x\" { k = { \"b\" } }" },
	{ __LINE__, "session \"x\" { k = { \"a\", \"b\" } }", REMOVE, "k", "b", NULL, "session \"x\" { k = { \"a\" } }" },
	{ __LINE__, "session \"x\" { k = { \"a\", \"b\", \"a\" } }", REMOVE, "k", "a", "2", "session \"x\" { k = { \"a\", \"b\" } }" },
	{ __LINE__, "session \"x\" { k = { \"a\", \"b\", \"a\" } }", REMOVE, "k", "a", "3", NULL },
	{ __LINE__, "session \"x\" { k = { \"a\", \"v@6h00\", \"c\" } }", REMOVE, "k", "v", NULL, "session \"x\" { k = { \"a\", \"c\" } }" },
	{ __LINE__, "session \"x\" { k = { \"a\", \"v@6h00\" } }", REMOVE, "k", "v@5h00", NULL, NULL },
	{ __LINE__, "session \"x\" { k = \"a\" }", REMOVE, "k", "a", NULL, NULL },
	{ __LINE__, "session \"x\" {\n\tk = {\n\t\t\"a\",\n\t\t\"b\"\n\t}\n}\n", REMOVE, "k", "a", NULL,
		"session \"x\" {\n\tk = {\n\t\t\"b\"\n\t}\n}\n" },
	{ __LINE__, "session \"x\" {\n\tk = {\n\t\t\"a\",\n\t\t\"b\"\n\t}\n}\n", REMOVE, "k", "b", NULL,
		"session \"x\" {\n\tk = {\n\t\t\"a\",\n\t}\n}\n" },
	/* whose comment it is nobody knows: it stays */
	{ __LINE__, "session \"x\" {\n\tk = {\n\t\t\"a\",   # at six\n\t\t\"b\"\n\t}\n}\n", REMOVE, "k", "a", NULL,
		"session \"x\" {\n\tk = {\n\t\t# at six\n\t\t\"b\"\n\t}\n}\n" },
	{ __LINE__, "session \"x\" { k = { \"a\" /* one */, \"b\" } }", REMOVE, "k", "a", NULL,
		"session \"x\" { k = { /* one */ \"b\" } }" },
	{ __LINE__, "session \"x\" { k = { a,\"b\"/* two */ } }", REMOVE, "k", "b", NULL, "session \"x\" { k = { a /* two */ } }" },

	{ __LINE__, "session \"x\" { k = 5   j = 6 }", SET, "k", "a b", NULL, "session \"x\" { k = \"a b\"   j = 6 }" },
	{ __LINE__, "session \"x\" { k = \"5\"j = 6 }", SET, "k", "7", NULL, "session \"x\" { k = 7 j = 6 }" },
	{ __LINE__, "session \"x\" { k = \"5\"/*c*/ }", SET, "k", "7", NULL, "session \"x\" { k = 7 /*c*/ }" },
	{ __LINE__, "session \"x\" { k = { \"a\", \"b\" } j = 6 }", SET, "k", "c", NULL, "session \"x\" { k = \"c\" j = 6 }" },
	{ __LINE__, "session \"x\" { }", SET, "k", "yes", NULL, "session \"x\" { k = yes }" },
	{ __LINE__, "session \"x\" {}", SET, "k", "say \"} \\", NULL, "session \"x\" { k = \"say \\\"} \\\\\"}" },
	{ __LINE__, "session \"x\" { j = 1 }", SET, "k", "v", NULL, "session \"x\" { j = 1   k = \"v\" }" },
	{ __LINE__, "session \"x\" {\n    j = 1   # one\n    # last\n}\n", SET, "k", "v", NULL,
		"session \"x\" {\n    j = 1   # one\n    # last\n    k = \"v\"\n}\n" },
	{ __LINE__, "session \"x\" {\r\n\tj = 1\r\n}", SET, "k", "v", NULL, "session \"x\" {\r\n\tj = 1\r\n\tk = \"v\"\r\n}" },
	{ __LINE__, "session \"x\" { j = 1 # }\n/* c */ }", SET, "k", "v", NULL, "session \"x\" { j = 1   k = \"v\" # }\n/* c */ }" },
	{ __LINE__, "session \"x\" {\n\tp \"y\" { }\n\tp \"z\" { k = 1 }\n}", SET, ">k", "v", NULL,
		"session \"x\" {\n\tp \"y\" { k = \"v\" }\n\tp \"z\" { k = 1 }\n}" },
	{ __LINE__, "session \"x\" { }", SET, "k", "a\nb", NULL, NULL },
	{ __LINE__, "session \"x\" { }", SET, "k", "a\xC2\x85", NULL, NULL },

	{ __LINE__, "session \"x\" { k = 5   j = 6 }", UNSET, "k", NULL, NULL, "session \"x\" { j = 6 }" },
	{ __LINE__, "session \"x\" { i = 4   k = 5   j = 6 }", UNSET, "k", NULL, NULL, "session \"x\" { i = 4   j = 6 }" },
	{ __LINE__, "session \"x\" { i=4 k=\"5\"j=6 }", UNSET, "k", NULL, NULL, "session \"x\" { i=4 j=6 }" },
	{ __LINE__, "session \"x\" {\n\ti = 4\n\tk = 5\n\tj = 6\n}\n", UNSET, "k", NULL, NULL, "session \"x\" {\n\ti = 4\n\tj = 6\n}\n" },
	{ __LINE__, "session \"x\" {\n\tk = 5   # five\n}\n", UNSET, "k", NULL, NULL, "session \"x\" {\n\t# five\n}\n" },
	{ __LINE__, "session \"x\" { j = 6 }", UNSET, "k", NULL, NULL, "session \"x\" { j = 6 }" },

	{ __LINE__, "session \"x\" {\n\tj = 1\n}\n", PART, "", "p \"q\" {\n\ta = 1\n}\n", NULL,
		"session \"x\" {\n\tj = 1\n\tp \"q\" {\n\t\ta = 1\n\t}\n}\n" },
	{ __LINE__, "session \"x\" { j = 1 }\n", PART, "", "p \"q\" { a = 1 }\n", NULL, "session \"x\" { j = 1\n\tp \"q\" { a = 1 }\n }\n" },
	{ __LINE__, "session \"x\" { }", APPEND, "", "p \"q\" {\n}\n", NULL, "session \"x\" { }\n\np \"q\" {\n}\n" },
	{ __LINE__, "session \"x\" { }\r\n", APPEND, "", "p \"q\" {\n}\n", NULL, "session \"x\" { }\r\n\r\np \"q\" {\r\n}\r\n" },
	{ __LINE__, "# only a comment", APPEND, "", "p \"q\" { }\n", NULL, "# only a comment\n\np \"q\" { }\n" },
	{ __LINE__, "", APPEND, "", "p \"q\" { }\n", NULL, "p \"q\" { }\n" },
	{ __LINE__, "session \"x\" { ", APPEND, "", "p \"q\" { }\n", NULL, NULL },
};

START_TEST(only_what_must_change_changes)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct edit *e = edit_text(rows[i].text);
		struct err err = { "" };
		bool ok = change(e, rows[i].what, rows[i].key, rows[i].a, rows[i].b, &err);
		char *text = text_of(e);
		const char *want = rows[i].want ? rows[i].want : rows[i].text;
		ck_assert_msg(ok == (rows[i].want != NULL), "line %d: %s", rows[i].line, ok ? "not refused" : err.text);
		ck_assert_msg(ok || *err.text, "line %d: refused without a word", rows[i].line);
		ck_assert_msg(!strcmp(text, want), "line %d:\n%s\nwanted:\n%s", rows[i].line, text, want);
		ck_assert_int_eq(edit_changed(e), strcmp(text, rows[i].text) != 0);
		mem_free(text);
		edit_free(&e);
		ck_assert_ptr_null(e);
	}
}
END_TEST

static struct station *build(const struct edit *e, struct findings *fs)
{
	struct sources s = { 0 };
	edit_sources(e, &s);
	struct station *st = config_build("d", s.list.at, s.list.n, &texts_env, fs);
	source_free(&s);
	return st;
}

/* Every session and every bulletin of the samples: one more in each place, out again, and not a byte is another. */
START_TEST(the_samples_survive_every_edit)
{
	static const char *const dirs[] = { "schedules/loc-tho", "schedules/hoa-my-dong", "schedules/tan-hung",
		"schedules/dien-my" };
	for (size_t d = 0; d < sizeof dirs / sizeof *dirs; d++) {
		struct findings fs = { 0 };
		struct err err = { "" };
		struct edit *e = edit_open(dirs[d], &fs);
		ck_assert_ptr_nonnull(e);
		struct station *st = build(e, &fs);
		ck_assert_ptr_nonnull(st);
		for (size_t r = 0; r < st->rules.n; r++) {
			const struct rule *rule = &st->rules.at[r];
			struct edit_at at = { rule_kind_name(rule->kind), rule->name, NULL, NULL };
			for (size_t i = 0; i < rule->play.n; i++) {
				const char *after = st->bulletins.at[rule->play.at[i].bulletin].name;
				ck_assert_msg(edit_list_add(e, at, "play", "thu-loa", after, 1, &err), "%s", err.text);
				struct station *more = build(e, &fs);
				ck_assert_ptr_nonnull(more);
				ck_assert_uint_eq(more->rules.at[r].play.n, rule->play.n + 1);
				int added = more->rules.at[r].play.at[i + 1].bulletin;
				ck_assert_str_eq(more->bulletins.at[added].name, "thu-loa");
				station_free(&more);
				ck_assert(edit_list_remove(e, at, "play", "thu-loa", 1, &err));
			}
		}
		for (size_t b = 0; b < st->bulletins.n; b++) {
			struct edit_at at = { "bulletin", st->bulletins.at[b].name, NULL, NULL };
			ck_assert(edit_set(e, at, "language", "km", &err));
			struct station *more = build(e, &fs);
			ck_assert_str_eq(more->bulletins.at[b].language, "km");
			station_free(&more);
			ck_assert(edit_unset(e, at, "language", &err));
		}
		station_free(&st);
		st = build(e, &fs);
		ck_assert_ptr_nonnull(st);
		ck_assert_uint_eq(fs.errors, 0);
		ck_assert_str_eq(edit_home(e, "bulletin"), "30-ban-tin.conf");
		ck_assert_str_eq(edit_home(e, "session"), "40-lich.conf");
		ck_assert_ptr_null(edit_home(e, "limits"));
		station_free(&st);
		edit_free(&e);
		findings_free(&fs);
	}
}
END_TEST

static void put(const char *dir, const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	mem_free(path);
}

static bool holds(const char *dir, const char *name, const char *want)
{
	char *path = mem_printf("%s/%s", dir, name), text[500];
	FILE *f = fopen(path, "r");
	mem_free(path);
	if (!f)
		return !want;
	text[fread(text, 1, sizeof text - 1, f)] = '\0';
	fclose(f);
	return want && !strcmp(text, want);
}

static int count_files(const char *dir)
{
	DIR *d = opendir(dir);
	int n = 0;
	for (const struct dirent *e; (e = readdir(d));)
		n += strcmp(e->d_name, ".") && strcmp(e->d_name, "..");
	closedir(d);
	return n;
}

#define OLD_A "session \"x\" { k = { \"a\" } }\n"
#define NEW_A "session \"x\" { k = { \"a\", \"n\" } }\n"
#define OLD_B "zone \"z\" { }\n"
#define NEW_B "zone \"z\" { on = no }\n"

static struct edit *three_changes(const char *dir)
{
	struct findings fs = { 0 };
	struct err err = { "" };
	struct edit *e = edit_open(dir, &fs);
	ck_assert_ptr_nonnull(e);
	ck_assert(edit_list_add(e, (struct edit_at){ "session", "x", NULL, NULL }, "k", "n", "a", 1, &err));
	ck_assert(edit_set(e, (struct edit_at){ "zone", "z", NULL, NULL }, "on", "no", &err));
	ck_assert(edit_append(e, "15.conf", "guard \"g\" { }\n", &err));
	findings_free(&fs);
	return e;
}

/* Each system call in turn finds the disk full. */
START_TEST(all_files_are_written_or_none)
{
	int steps = 0;
	for (bool done = false; !done; steps++) {
		char dir[] = "/tmp/loaxa-edit-XXXXXX";
		ck_assert_ptr_nonnull(mkdtemp(dir));
		put(dir, "10.conf", OLD_A);
		put(dir, "20.conf", OLD_B);
		struct edit *e = three_changes(dir);
		struct err err = { "" };
		calls_left = steps;
		done = edit_write(e, &err);
		calls_left = -1;
		ck_assert_msg(holds(dir, "10.conf", done ? NEW_A : OLD_A), "step %d", steps);
		ck_assert_msg(holds(dir, "15.conf", done ? "guard \"g\" { }\n" : NULL), "step %d", steps);
		ck_assert_msg(holds(dir, "20.conf", done ? NEW_B : OLD_B), "step %d", steps);
		ck_assert_int_eq(count_files(dir), done ? 3 : 2);
		ck_assert_int_eq(edit_changed(e), !done);
		ck_assert(done || *err.text);
		edit_free(&e);
		char *command = mem_printf("rm -r '%s'", dir);
		ck_assert_int_eq(system(command), 0);
		mem_free(command);
	}
	ck_assert_int_ge(steps, 10);
}
END_TEST

START_TEST(what_somebody_else_changed_is_not_overwritten)
{
	char dir[] = "/tmp/loaxa-edit-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(dir));
	put(dir, "10.conf", OLD_A);
	put(dir, "20.conf", OLD_B);
	struct edit *e = three_changes(dir);
	struct err err = { "" };
	put(dir, "20.conf", OLD_B "# mine\n");
	ck_assert(!edit_write(e, &err));
	ck_assert(holds(dir, "10.conf", OLD_A) && holds(dir, "20.conf", OLD_B "# mine\n"));
	put(dir, "20.conf", OLD_B);
	put(dir, "15.conf", "# mine too\n");
	ck_assert(!edit_write(e, &err));
	ck_assert(holds(dir, "10.conf", OLD_A) && holds(dir, "15.conf", "# mine too\n"));
	ck_assert_int_eq(count_files(dir), 3);
	edit_free(&e);
	char *command = mem_printf("rm -r '%s'", dir);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
}
END_TEST

START_TEST(rights_stay)
{
	char dir[] = "/tmp/loaxa-edit-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(dir));
	put(dir, "10.conf", OLD_A);
	put(dir, "20.conf", OLD_B);
	put(dir, "station.conf", "");
	char *path = mem_printf("%s/20.conf", dir), *station = mem_printf("%s/station.conf", dir),
	     *added = mem_printf("%s/15.conf", dir);
	struct stat st;
	ck_assert_int_eq(chmod(path, 0640) | chmod(station, 0600), 0);
	struct edit *e = three_changes(dir);
	struct err err = { "" };
	ck_assert_msg(edit_write(e, &err), "%s", err.text);
	ck_assert(!stat(path, &st) && (st.st_mode & 07777) == 0640);
	ck_assert(!stat(added, &st) && (st.st_mode & 07777) == 0600);
	edit_free(&e);
	char *command = mem_printf("rm -r '%s'", dir);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
	mem_free(path);
	mem_free(station);
	mem_free(added);
}
END_TEST

enum { FILES_UID = 54001, FILES_GID = 54002, OPERATOR_UID = 54003, OTHER_GID = 54004 };

/* As an operator of that group, who does not own the file: 0 = written. */
static int write_as(const char *dir, gid_t group)
{
	pid_t child = fork();
	if (!child) {
		struct edit *e = three_changes(dir);
		struct err err = { "" };
		if (setgroups(0, NULL) || setresgid(group, group, group) || setresuid(OPERATOR_UID, OPERATOR_UID, OPERATOR_UID))
			_exit(2);
		_exit(edit_write(e, &err) ? 0 : 1);
	}
	int status;
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	return WEXITSTATUS(status);
}

/* root:loaxa 0640, and the controller reads it by its group: that must be so afterwards, or nothing is written. */
START_TEST(whom_the_file_was_for_can_still_read_it)
{
	static const struct {
		mode_t mode;
		gid_t group;
		int want;
	} cases[] = { { 0640, FILES_GID, 0 }, { 0640, OTHER_GID, 1 }, { 0600, FILES_GID, 1 }, { 0644, OTHER_GID, 0 } };
	for (size_t i = 0; getuid() == 0 && i < sizeof cases / sizeof *cases; i++) {
		char dir[] = "/tmp/loaxa-edit-XXXXXX";
		ck_assert_ptr_nonnull(mkdtemp(dir));
		put(dir, "10.conf", OLD_A);
		put(dir, "20.conf", OLD_B);
		char *command = mem_printf("chown -R %d:%d '%s' && chmod %o '%s'/*.conf && chmod 777 '%s'", FILES_UID, FILES_GID, dir,
			(unsigned)cases[i].mode, dir, dir);
		ck_assert_int_eq(system(command), 0);
		mem_free(command);
		struct stat st;
		char *path = mem_printf("%s/20.conf", dir);
		ck_assert_msg(write_as(dir, cases[i].group) == cases[i].want, "case %zu", i);
		ck_assert(!stat(path, &st) && (st.st_mode & 07777) == cases[i].mode);
		ck_assert(cases[i].want || cases[i].group != FILES_GID || st.st_gid == FILES_GID);
		ck_assert(holds(dir, "20.conf", cases[i].want ? OLD_B : NEW_B));
		command = mem_printf("rm -r '%s'", dir);
		ck_assert_int_eq(system(command), 0);
		mem_free(command);
		mem_free(path);
	}
}
END_TEST

UNIT_MAIN("config/edit", only_what_must_change_changes, the_samples_survive_every_edit, all_files_are_written_or_none,
	what_somebody_else_changed_is_not_overwritten, rights_stay, whom_the_file_was_for_can_still_read_it)
