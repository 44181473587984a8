#include "sound/wav.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static uint64_t number(const uint8_t *p, int bytes)
{
	uint64_t v = 0;
	for (int i = bytes; i--;)
		v = v << 8 | p[i];
	return v;
}

START_TEST(headers_count_right_on_both_sides_of_4_gib)
{
	static const struct {
		int line, channels;
		int64_t frames;
		const char *kind;
	} T[] = {
		{ __LINE__, 1, 0, "RIFF" },
		{ __LINE__, 2, 48000, "RIFF" },
		{ __LINE__, 1, (INT64_C(0xFFFFFFFF) - 72) / 2, "RIFF" },
		{ __LINE__, 1, (INT64_C(0xFFFFFFFF) - 72) / 2 + 1, "RF64" },
		{ __LINE__, 8, INT64_C(86400) * 48000, "RF64" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		uint8_t h[WAV_HEADER_BYTES];
		uint64_t data = (uint64_t)T[i].frames * (uint64_t)T[i].channels * 2;
		bool large = !strcmp(T[i].kind, "RF64");
		wav_header(h, 48000, T[i].channels, T[i].frames);
		ck_assert_msg(!memcmp(h, T[i].kind, 4), "row of line %d", T[i].line);
		ck_assert_uint_eq(number(h + 4, 4), large ? 0xFFFFFFFF : data + 72);
		ck_assert_uint_eq(number(h + 76, 4), large ? 0xFFFFFFFF : data);
		ck_assert(!memcmp(h + 12, large ? "ds64" : "JUNK", 4) && !memcmp(h + 48, "fmt ", 4) &&
				!memcmp(h + 72, "data", 4));
		ck_assert_uint_eq(number(h + 28, 8), large ? data : 0);
		ck_assert_uint_eq(number(h + 58, 2), (unsigned)T[i].channels);
		ck_assert_uint_eq(number(h + 60, 4), 48000);
		ck_assert_uint_eq(number(h + 64, 4), 96000u * (unsigned)T[i].channels);
	}
}
END_TEST

START_TEST(silence_is_a_hole_and_the_file_is_whole_at_each_mark)
{
	char path[] = "/tmp/loaxa-wav-XXXXXX";
	close(mkstemp(path));
	struct err err = { "" };
	struct wav *w = wav_create(path, 8000, 2, &err);
	ck_assert_ptr_nonnull(w);
	ck_assert(wav_write(w, (int16_t[]){ 1, 2, 3, 4 }, 2));
	ck_assert(wav_silence(w, 8000 * 3600));
	ck_assert(wav_mark(w)); /* as if killed here */
	struct stat st;
	stat(path, &st);
	ck_assert_int_eq(st.st_size, WAV_HEADER_BYTES + (8000 * 3600 + 2) * 4);
	ck_assert_int_lt(st.st_blocks * 512, 1 << 20);
	ck_assert(wav_write(w, (int16_t[]){ 5, 6 }, 1));
	ck_assert_int_eq(wav_frames(w), 8000 * 3600 + 3);
	ck_assert(wav_finish(&w, &err));
	ck_assert_ptr_null(w);
	FILE *f = fopen(path, "rb");
	uint8_t head[WAV_HEADER_BYTES], want[WAV_HEADER_BYTES];
	int16_t frame[2];
	wav_header(want, 8000, 2, 8000 * 3600 + 3);
	ck_assert_uint_eq(fread(head, 1, sizeof head, f), sizeof head);
	ck_assert_mem_eq(head, want, sizeof head);
	fseek(f, -4, SEEK_END);
	ck_assert_uint_eq(fread(frame, 2, 2, f), 2);
	ck_assert(frame[0] == 5 && frame[1] == 6);
	fclose(f);
	unlink(path);
	ck_assert(wav_finish(&w, &err));
}
END_TEST

START_TEST(a_full_disk_is_said)
{
	struct err err = { "" };
	struct wav *w = wav_create("/dev/full", 8000, 1, &err);
	ck_assert_ptr_nonnull(w);
	ck_assert(!wav_silence(w, 10));
	ck_assert(!wav_finish(&w, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "/dev/full"));
}
END_TEST

UNIT_MAIN("sound/wav", headers_count_right_on_both_sides_of_4_gib,
		silence_is_a_hole_and_the_file_is_whole_at_each_mark, a_full_disk_is_said)
