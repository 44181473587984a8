#include "../unit.h"
#include "base/mem.h"
#include "os/tzfile.h"

#include <stdbool.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

START_TEST(names_of_tzdata)
{
	static const struct {
		int line;
		const char *zone;
		bool there;
	} T[] = {
		{ __LINE__, "Asia/Ho_Chi_Minh", true },
		{ __LINE__, "Asia/Saigon", true }, /* a link */
		{ __LINE__, "UTC", true },
		{ __LINE__, "Asia/Hanoi", false },
		{ __LINE__, "Asia", false }, /* a folder */
		{ __LINE__, "", false },
		{ __LINE__, "/usr/share/zoneinfo/UTC", false },
		{ __LINE__, "../zoneinfo/UTC", false },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		size_t n = 0;
		char *bytes = tzfile_read(T[i].zone, &n);
		ck_assert_msg(!bytes == !T[i].there, "row of line %d", T[i].line);
		ck_assert(!bytes || !memcmp(bytes, "TZif", 4));
		mem_free(bytes);
	}
}
END_TEST

START_TEST(folder_is_the_users_choice)
{
	char dir[] = "/tmp/loaxa-tz-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(dir));
	setenv("TZDIR", dir, 1);
	size_t n = 0;
	ck_assert_ptr_null(tzfile_read("UTC", &n));
	char *pipe = mem_printf("%s/pipe", dir);
	ck_assert_int_eq(mkfifo(pipe, 0600), 0);
	ck_assert_ptr_null(tzfile_read("pipe", &n)); /* and does not wait for a writer */
	unlink(pipe);
	mem_free(pipe);
	rmdir(dir);
}
END_TEST

UNIT_MAIN("os/tzfile", names_of_tzdata, folder_is_the_users_choice)
