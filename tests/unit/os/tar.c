#include "os/tar.h"

#include "../unit.h"
#include "base/mem.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[] = "/tmp/loaxa-tar-XXXXXX";

static char *at(const char *name)
{
	return mem_printf("%s/%s", top, name);
}

static void put(const char *name, const char *bytes, size_t n)
{
	char *path = at(name);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
	fclose(f);
	mem_free(path);
}

static void open_top(void)
{
	strcpy(top + strlen(top) - 6, "XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
}

static void close_top(void)
{
	char *command = mem_printf("rm -rf '%s'", top);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
}

START_TEST(what_is_written_is_read)
{
	static const size_t sizes[] = { 0, 1, 511, 512, 513, 200000 };
	static char bytes[200000];
	struct err err = { "" };
	open_top();
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)(i * 7);
	char *path = at("a.tar"), *file = at("file"), hashes[6][SHA256_HEX];
	struct tar_out *out = tar_create(path, &err);
	for (size_t i = 0; i < 6; i++) {
		char name[16];
		int64_t n;
		snprintf(name, sizeof name, "x/%zu", i);
		put("file", bytes, sizes[i]);
		ck_assert_msg(tar_add_file(out, name, file, hashes[i], &n, &err), "%s", err.text);
		ck_assert_int_eq(n, (int64_t)sizes[i]);
	}
	ck_assert(tar_add_text(out, "list", "words", 5, &err));
	ck_assert_int_ne(access(path, F_OK), 0); /* not before it is whole */
	ck_assert_msg(tar_finish(&out, &err), "%s", err.text);
	struct tar_in *in = tar_open(path, &err);
	struct tar_entry e;
	for (size_t i = 0; i < 6; i++) {
		char hash[SHA256_HEX];
		ck_assert(tar_next(in, &e, &err));
		ck_assert_int_eq(e.bytes, (int64_t)sizes[i]);
		if (i != 3) { /* passed over */
			ck_assert(tar_read(in, -1, hash, &err));
			ck_assert_str_eq(hash, hashes[i]);
		}
	}
	ck_assert(tar_next(in, &e, &err));
	ck_assert_str_eq(e.name, "list");
	char *words = tar_read_text(in, 5, &err);
	ck_assert_str_eq(words, "words");
	ck_assert(!tar_next(in, &e, &err));
	ck_assert_str_eq(err.text, "");
	tar_close(&in);
	mem_free(words);
	mem_free(path);
	mem_free(file);
	close_top();
}
END_TEST

START_TEST(refused)
{
	struct err err = { "" };
	char hash[SHA256_HEX], long_name[TAR_NAME_MOST + 2];
	int64_t n;
	open_top();
	char *path = at("a.tar"), *file = at("file"), *link = at("link");
	put("file", "x", 1);
	ck_assert_int_eq(symlink(file, link), 0);
	memset(long_name, 'a', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = '\0';
	struct tar_out *out = tar_create(path, &err);
	ck_assert(!tar_add_file(out, "link", link, hash, &n, &err));
	ck_assert(!tar_add_file(out, "dir", top, hash, &n, &err));
	ck_assert(!tar_add_file(out, long_name, file, hash, &n, &err));
	ck_assert(tar_add_file(out, long_name + 1, file, hash, &n, &err));
	ck_assert(tar_finish(&out, &err));
	ck_assert_ptr_null(tar_create(path, &err)); /* nothing is overwritten */
	put("b.tar.part", "rest", 4);
	char *other = at("b.tar");
	out = tar_create(other, &err); /* but what a crash left is */
	ck_assert_ptr_nonnull(out);
	tar_abandon(&out);
	char *part = at("b.tar.part");
	ck_assert_int_ne(access(part, F_OK), 0);
	mem_free(part);
	mem_free(other);
	mem_free(path);
	mem_free(file);
	mem_free(link);
	close_top();
}
END_TEST

UNIT_MAIN("os/tar", what_is_written_is_read, refused)
