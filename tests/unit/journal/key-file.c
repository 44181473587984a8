/* The secret's file: rights, damage, and a change of keys that the power may cut anywhere. */
#include "scratch.h"

#include "journal/key-file.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>

struct keys_here {
	char *dir, *key, *next;
};

static struct keys_here open_place(void)
{
	char *dir = scratch_new();
	return (struct keys_here){ dir, key_file_path(dir), key_file_next(dir) };
}

static void close_place(struct keys_here *p)
{
	char *lost = mem_printf("%s.lost", p->key);
	unlink(p->key);
	unlink(p->next);
	unlink(lost);
	mem_free(lost);
	mem_free(p->key);
	mem_free(p->next);
	scratch_free(p->dir); /* nothing else was left */
}

static struct key make(const char *path, enum key_change change, const char *dir)
{
	struct key k;
	ck_assert(key_random(&k));
	ck_assert(key_file_write(path, &k, change, dir));
	return k;
}

static void write_text(const char *path, const char *text, size_t n)
{
	unlink(path);
	int fd = open(path, O_WRONLY | O_CREAT, 0600);
	ck_assert_int_eq(write(fd, text, n), (ssize_t)n);
	close(fd);
}

START_TEST(it_comes_back)
{
	static const enum key_change changes[] = { KEY_CHANGE_NONE, KEY_CHANGE_NEW, KEY_CHANGE_LOST };
	struct keys_here p = open_place();
	for (size_t i = 0; i < 3; i++) {
		struct key k = make(p.key, changes[i], p.dir), again;
		enum key_change change;
		struct stat st;
		ck_assert_int_eq(key_file_read(p.key, &again, &change), KEY_FILE_OK);
		ck_assert(!memcmp(&k, &again, sizeof k));
		ck_assert_int_eq(change, changes[i]);
		ck_assert(!stat(p.key, &st));
		ck_assert_int_eq(st.st_mode & 07777, 0600);
	}
	close_place(&p);
}
END_TEST

START_TEST(one_that_others_could_read_is_mended)
{
	static const mode_t modes[] = { 0640, 0604, 0660, 0777 };
	struct keys_here p = open_place();
	struct key again;
	make(p.key, KEY_CHANGE_NONE, p.dir);
	for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
		struct stat st;
		chmod(p.key, modes[i]);
		ck_assert_int_eq(key_file_read(p.key, &again, NULL), KEY_FILE_OPEN);
		ck_assert(!stat(p.key, &st));
		ck_assert_int_eq(st.st_mode & 07777, 0600);
		ck_assert_int_eq(key_file_read(p.key, &again, NULL), KEY_FILE_OK);
	}
	close_place(&p);
}
END_TEST

/* Cut at every length, and every bit changed: never a key, and never another one. */
START_TEST(a_torn_one_is_no_key)
{
	struct keys_here p = open_place();
	struct key k = make(p.key, KEY_CHANGE_NONE, p.dir), again;
	char line[256];
	int fd = open(p.key, O_RDONLY);
	ssize_t n = read(fd, line, sizeof line);
	close(fd);
	for (ssize_t cut = 0; cut < n; cut++) {
		write_text(p.key, line, (size_t)cut);
		ck_assert_msg(key_file_read(p.key, &again, NULL) == KEY_FILE_BROKEN, "cut at %zd", cut);
	}
	for (ssize_t bit = 0; bit < 8 * n; bit++) {
		line[bit / 8] ^= (char)(1 << bit % 8);
		write_text(p.key, line, (size_t)n);
		enum key_file f = key_file_read(p.key, &again, NULL);
		ck_assert_msg(f == KEY_FILE_BROKEN, "bit %zd: %d", bit, f);
		line[bit / 8] ^= (char)(1 << bit % 8);
	}
	write_text(p.key, line, (size_t)n);
	ck_assert_int_eq(key_file_read(p.key, &again, NULL), KEY_FILE_OK);
	ck_assert(!memcmp(&k, &again, sizeof k));
	close_place(&p);
}
END_TEST

START_TEST(what_is_no_file_of_ours)
{
	struct keys_here p = open_place();
	struct key again;
	ck_assert_int_eq(key_file_read(p.key, &again, NULL), KEY_FILE_NONE);
	make(p.next, KEY_CHANGE_NONE, p.dir);
	ck_assert(!symlink(p.next, p.key));
	ck_assert_int_eq(key_file_read(p.key, &again, NULL), KEY_FILE_OTHERS);
	unlink(p.key);
	ck_assert(!mkfifo(p.key, 0600)); /* and nobody waits at it */
	ck_assert_int_eq(key_file_read(p.key, &again, NULL), KEY_FILE_OTHERS);
	unlink(p.key);
	ck_assert(!mkdir(p.key, 0700));
	ck_assert_int_eq(key_file_read(p.key, &again, NULL), KEY_FILE_OTHERS);
	rmdir(p.key);
	close_place(&p);
}
END_TEST

START_TEST(the_waiting_one_takes_over)
{
	static const struct {
		int line;
		const char *before; /* "": none, "key": a good one, else what the file holds */
		bool kept;
	} T[] = {
		{ __LINE__, "", false },
		{ __LINE__, "key", false }, /* a good key that is replaced is not kept: nobody shall find it */
		{ __LINE__, "loaxa key 1 torn", true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct keys_here p = open_place();
		char *lost = mem_printf("%s.lost", p.key);
		struct key k, next;
		enum key_change change;
		if (!strcmp(T[i].before, "key"))
			make(p.key, KEY_CHANGE_NONE, p.dir);
		else if (*T[i].before)
			write_text(p.key, T[i].before, strlen(T[i].before));
		next = make(p.next, KEY_CHANGE_LOST, p.dir);
		ck_assert_msg(key_file_promote(p.dir), "row of line %d", T[i].line);
		ck_assert_int_eq(key_file_read(p.key, &k, &change), KEY_FILE_OK);
		ck_assert(!memcmp(&k, &next, sizeof k));
		ck_assert_int_eq(change, KEY_CHANGE_NONE);
		ck_assert_int_eq(access(p.next, F_OK), -1);
		ck_assert_msg((access(lost, F_OK) == 0) == T[i].kept, "row of line %d", T[i].line);
		ck_assert(!key_file_promote(p.dir)); /* none waits any more */
		mem_free(lost);
		close_place(&p);
	}
}
END_TEST

UNIT_MAIN("journal/key-file", it_comes_back, one_that_others_could_read_is_mended, a_torn_one_is_no_key,
		what_is_no_file_of_ours, the_waiting_one_takes_over)
