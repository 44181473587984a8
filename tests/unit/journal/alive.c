#include "journal/alive.h"
#include "scratch.h"

#include <sys/stat.h>

START_TEST(what_is_written_is_read)
{
	char *dir = scratch_new(), *path = mem_printf("%s/alive", dir);
	struct stat st;
	ck_assert_int_eq(alive_read(path).us, 0);
	ck_assert(alive_write(path, (wall_us){ T0 }));
	ck_assert(alive_write(path, (wall_us){ T0 + 60 * US_PER_S }));
	ck_assert_int_eq(alive_read(path).us, T0 + 60 * US_PER_S);
	ck_assert_int_eq(stat(path, &st), 0);
	ck_assert_int_eq(st.st_size, 64);
	ck_assert_int_eq(st.st_mode & 0777, 0640 & ~umask(0));
	mem_free(path);
	scratch_free(dir);
}
END_TEST

/* Any single byte that changes makes it no record. */
START_TEST(a_torn_record_is_none)
{
	char *dir = scratch_new(), *path = mem_printf("%s/alive", dir);
	for (long i = 0; i < 64; i++) {
		ck_assert(alive_write(path, (wall_us){ T0 }));
		FILE *f = fopen(path, "r+");
		fseek(f, i, SEEK_SET);
		int c = fgetc(f);
		fseek(f, i, SEEK_SET);
		fputc(c ^ 1, f);
		fclose(f);
		ck_assert_msg(alive_read(path).us == 0, "byte %ld", i);
	}
	ck_assert_int_eq(truncate(path, 63), 0);
	ck_assert_int_eq(alive_read(path).us, 0);
	mem_free(path);
	scratch_free(dir);
}
END_TEST

UNIT_MAIN("journal/alive", what_is_written_is_read, a_torn_record_is_none)
