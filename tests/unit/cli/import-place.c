/* Where recordings appear: on file systems with files that have no name, and on those without (a stick's FAT). */
#include "cli/import-place.h"

#include "../unit.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];

static void make_dir(void)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-place-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void remove_all(void)
{
	char *command = mem_printf("rm -r '%s'", dir);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
}

static void put(const char *name, const char *text)
{
	char *path = mem_printf("%s/%s", dir, name);
	FILE *f = fopen(path, "wb");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
	mem_free(path);
}

static void show_both_ways(bool named)
{
	char *temp = NULL;
	struct import_place *p = import_place_open(dir);
	int fd;
	if (named) {
		put(".tmp", "");
		char *path = mem_printf("%s/.tmp", dir);
		fd = open(path, O_RDWR);
		temp = mem_dup(".tmp");
		mem_free(path);
	} else {
		fd = import_place_temp(p, &temp);
	}
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, "moi", 3), 3);
	put("cu.wav", "cu");
	ck_assert(!import_place_show(p, fd, temp, "cu.wav"));
	ck_assert_int_eq(errno, EEXIST);
	ck_assert(import_place_holds(p, "cu.wav", "cu"));
	ck_assert(import_place_show(p, fd, temp, "moi.wav"));
	ck_assert(import_place_holds(p, "moi.wav", "moi"));
	ck_assert(!import_place_holds(p, "moi.wav", "mo"));
	ck_assert(!import_place_holds(p, "moi.wav", "mOi"));
	ck_assert(import_place_taken(p, "moi.wav"));
	ck_assert(!import_place_taken(p, ".tmp"));
	import_place_drop(p, "moi.wav");
	ck_assert(!import_place_taken(p, "moi.wav"));
	ck_assert(import_place_sync(p));
	close(fd);
	mem_free(temp);
	import_place_close(&p);
}

START_TEST(never_over_something)
{
	make_dir();
	show_both_ways(false);
	show_both_ways(true);
	remove_all();
}
END_TEST

static struct import_place_content content(const char *text)
{
	struct import_place_content c = { .bytes = (int64_t)strlen(text) };
	uint8_t hash[SHA256_BYTES];
	sha256_of(text, strlen(text), hash);
	sha256_hex(hash, c.sha256);
	return c;
}

START_TEST(the_same_content)
{
	make_dir();
	static const char *const steps[] = { "/a", "/a/b", "/a/b/c", "/a/b/c/d" };
	for (size_t i = 0; i < 4; i++) {
		char *path = mem_printf("%s%s", dir, steps[i]);
		ck_assert_int_eq(mkdir(path, 0755), 0);
		mem_free(path);
	}
	put("x.wav", "abc");
	put("a/b/y.wav", "def");
	put("a/b/c/d/z.wav", "ghi");
	put(".hidden.wav", "jkl");
	struct import_place *p = import_place_open(dir);
	struct import_place_content two[] = { content("nothing"), content("def") }, deepest = content("ghi"),
				    hidden = content("jkl");
	char *found = import_place_same(p, two, 2);
	ck_assert_str_eq(found, "a/b/y.wav");
	ck_assert_ptr_null(import_place_same(p, two, 1));
	ck_assert_ptr_null(import_place_same(p, &deepest, 1)); /* deeper than it looks */
	ck_assert_ptr_null(import_place_same(p, &hidden, 1));
	mem_free(found);
	import_place_close(&p);
	remove_all();
}
END_TEST

UNIT_MAIN("cli/import-place", never_over_something, the_same_content)
