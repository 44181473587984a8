/* What looks like a recording, which numbers were meant, where sticks are mounted. */
#include "cli/import-scan.h"

#include "../unit.h"
#include "base/mem.h"
#include "cli/import-pick.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define BYTES(s) (const uint8_t *)(s), sizeof(s) - 1

START_TEST(heads)
{
	static const struct {
		int line;
		const uint8_t *bytes;
		size_t n;
		bool sound;
	} rows[] = {
		{ __LINE__, BYTES("RIFF\0\0\0\0WAVEfmt "), true },
		{ __LINE__, BYTES("RIFF\0\0\0\0AVI LIST"), false },
		{ __LINE__, BYTES("RIFF"), false },
		{ __LINE__, BYTES("fLaC"), true },
		{ __LINE__, BYTES("OggS\0"), true },
		{ __LINE__, BYTES("ID3\3"), true },
		{ __LINE__, BYTES("\xFF\xFB\x90"), true },
		{ __LINE__,
			BYTES("\xFF\xFE"
			      "K\0"),
			true }, /* could be MP3, is UTF-16: found when it is decoded */
		{ __LINE__, BYTES("\xFF\xD8\xFF\xE0"), false },
		{ __LINE__, BYTES("#!AMR\n"), true },
		{ __LINE__,
			BYTES("\0\0\0\x18"
			      "ftyp3gp4"),
			true },
		{ __LINE__, BYTES("MZ\x90"), false },
		{ __LINE__,
			BYTES("\x7F"
			      "ELF"),
			false },
		{ __LINE__, BYTES("<html>"), false },
		{ __LINE__, BYTES(""), false },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_msg(import_scan_is_sound(rows[i].bytes, rows[i].n) == rows[i].sound, "row %d", rows[i].line);
}
END_TEST

START_TEST(numbers)
{
	static const struct {
		int line;
		const char *answer;
		unsigned chosen; /* bits; 0 = refused */
	} rows[] = { { __LINE__, "1", 1 }, { __LINE__, " 1 3 ", 5 }, { __LINE__, "3,1;2", 7 }, { __LINE__, "2 2", 2 },
		{ __LINE__, "4", 0 }, { __LINE__, "0", 0 }, { __LINE__, "-1", 0 }, { __LINE__, "1-3", 0 },
		{ __LINE__, "", 0 }, { __LINE__, ",", 0 }, { __LINE__, "x", 0 }, { __LINE__, "1x", 0 },
		{ __LINE__, "99999999999999999999", 0 } };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		bool chosen[IMPORT_PICK_MOST];
		unsigned bits = 0;
		bool fine = import_pick_read(rows[i].answer, 3, chosen);
		for (int k = 0; k < 3; k++)
			bits |= (unsigned)chosen[k] << k;
		ck_assert_msg(
			fine == (rows[i].chosen > 0) && (!fine || bits == rows[i].chosen), "row %d", rows[i].line);
	}
}
END_TEST

START_TEST(sticks)
{
	char path[] = "/tmp/loaxa-mounts-XXXXXX";
	int fd = mkstemp(path);
	static const char text[] = "21 1 8:1 / / rw - ext4 /dev/sda1 rw\n"
				   "36 21 8:17 / /media/usb rw,nosuid shared:1 - vfat /dev/sdb1 rw\n"
				   "37 21 8:18 / /run/media/dai/USB\\040DAI rw - vfat /dev/sdc1 rw\n"
				   "38 21 8:19 / /mnt rw - ext4 /dev/sdd1 rw\n"
				   "39 21 8:20 / /mntx rw - ext4 /dev/sde1 rw\n"
				   "40 21 0:50 / /mnt/mang rw - nfs4 may:/a rw\n"
				   "41 21 0:51 / /media/ao rw - tmpfs tmpfs rw\n"
				   "42 21\n";
	struct import_sticks s;
	ck_assert_int_eq(write(fd, text, sizeof text - 1), (ssize_t)sizeof text - 1);
	close(fd);
	import_scan_sticks(path, &s);
	ck_assert_uint_eq(s.n, 3);
	ck_assert_str_eq(s.at[0], "/media/usb");
	ck_assert_str_eq(s.at[1], "/run/media/dai/USB DAI");
	ck_assert_str_eq(s.at[2], "/mnt");
	import_scan_sticks_free(&s);
	unlink(path);
	import_scan_sticks(path, &s);
	ck_assert_uint_eq(s.n, 0);
	import_scan_sticks_free(&s);
}
END_TEST

UNIT_MAIN("cli/import-scan", heads, numbers, sticks)
