/* Names of files from sticks: what people see, and what they are kept under. */
#include "cli/import-name.h"

#include "../unit.h"
#include "base/mem.h"
#include "base/text.h"

#include <string.h>

static const struct {
	int line;
	const char *name, *shown, *safe, *title;
} T[] = {
	{ __LINE__, "Thông báo LŨ_lụt (2).MP3", "Thông báo LŨ_lụt (2).MP3", "thong-bao-lu-lut-2",
		"Thông báo LŨ lụt (2)" },
	{ __LINE__, "Điện nước.wav", "Điện nước.wav", "dien-nuoc", "Điện nước" },
	/* NFD, as a Mac writes it */
	{ __LINE__, "Ba\xCC\x83o.m4a", "Bão.m4a", "bao", "Bão" },
	/* windows-1258: "Bão" is B, a, ~, o; "Đất" has its own letter and a mark behind it */
	{ __LINE__, "Ba\xDEo.mp3", "Bão.mp3", "bao", "Bão" },
	{ __LINE__, "\xD0\xE2\xECt.mp3", "Đất.mp3", "dat", "Đất" },
	{ __LINE__, "caf\xE9 \x8D.ogg", "café _.ogg", "cafe", "café" },
	{ __LINE__, "/media/usb/a b/x y.wav", "/media/usb/a b/x y.wav", "x-y", "x y" },
	{ __LINE__, "a\nb\x1b[31m\x7f.wav", "a_b_[31m_.wav", "a-b-31m", "a b [31m" },
	{ __LINE__, "x\xE2\x80\xAEgnp.exe", "x_gnp.exe", "x-gnp", "x gnp" }, /* right-to-left override */
	{ __LINE__, "...", "...", "ban-thu", "..." },
	{ __LINE__, "-rf.wav", "-rf.wav", "rf", "-rf" },
	{ __LINE__, "日本.wav", "日本.wav", "ban-thu", "日本" },
	{ __LINE__, "v1.2 final", "v1.2 final", "v1-2-final", "v1.2 final" }, /* no ending */
	{ __LINE__, ".hidden", ".hidden", "hidden", ".hidden" },
	{ __LINE__, "thong-bao-rat-dai-ve-viec-cai-dat-ung-dung-bluezone-tren-dien-thoai.opus",
		"thong-bao-rat-dai-ve-viec-cai-dat-ung-dung-bluezone-tren-dien-thoai.opus",
		"thong-bao-rat-dai-ve-viec-cai-dat-ung",
		"thong-bao-rat-dai-ve-viec-cai-dat-ung-dung-bluezone-tren-dien-thoai" },
};

static void is(int line, char *got, const char *want)
{
	ck_assert_msg(!strcmp(got, want), "row %d: \"%s\", not \"%s\"", line, got, want);
	mem_free(got);
}

START_TEST(names)
{
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		is(T[i].line, import_name_shown(T[i].name), T[i].shown);
		is(T[i].line, import_name_safe(T[i].name), T[i].safe);
		is(T[i].line, import_name_title(T[i].name), T[i].title);
		ck_assert_msg(import_name_is_safe(T[i].safe), "row %d", T[i].line);
	}
}
END_TEST

START_TEST(unsafe_names)
{
	static const char *const bad[] = { "", "-a", "a-", "a--b", "A", "a.b", "a/b", "..", "a b", "đ",
		"abcdefghij-abcdefghij-abcdefghij-abcdefghij" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		ck_assert_msg(!import_name_is_safe(bad[i]), "\"%s\"", bad[i]);
}
END_TEST

/* Every byte, alone and behind a letter, gives a name that is safe and text that is UTF-8. */
START_TEST(every_byte)
{
	for (int b = 1; b < 256; b++) {
		char name[] = { 'a', (char)b, 'z', 0 };
		for (int from = 0; from < 2; from++) {
			char *safe = import_name_safe(name + from), *shown = import_name_shown(name + from);
			ck_assert_msg(import_name_is_safe(safe), "byte %d: \"%s\"", b, safe);
			ck_assert_int_eq(text_bad_utf8(shown, strlen(shown)), -1);
			ck_assert_ptr_null(strpbrk(shown, "\n\r\033\177"));
			mem_free(safe);
			mem_free(shown);
		}
	}
}
END_TEST

UNIT_MAIN("cli/import-name", names, unsafe_names, every_byte)
