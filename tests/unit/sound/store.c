#include "base/mem.h"
#include "sound/store.h"
#include "../unit.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define SHA_A "aa11111111111111111111111111111111111111111111111111111111111111"
#define SHA_B "bb22222222222222222222222222222222222222222222222222222222222222"
#define SHA_C "cc33333333333333333333333333333333333333333333333333333333333333"

static char dir[64];

static void make_dir(void)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-store-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void remove_dir(void)
{
	char *line = mem_printf("rm -rf %s", dir);
	ck_assert_int_eq(system(line), 0);
	mem_free(line);
}

static struct store_facts facts_of(const int16_t *pcm, int64_t frames)
{
	uint8_t hash[SHA256_BYTES];
	struct store_facts f = { .form = STORE_PLAIN(48000), .frames = frames, .source_lufs = -20123, .gain = 4123, .lufs = -16000,
		.peak = -1043, .limiting = 512 };
	sha256_of(pcm, (size_t)frames * 2, hash);
	sha256_hex(hash, f.pcm_sha256);
	return f;
}

static struct store_facts keep(struct store *s, const char *sha256, int64_t frames)
{
	struct err err = { "" };
	char *temp;
	int fd = store_temp(s, &temp);
	int16_t *pcm = mem_zero((size_t)frames * 2 + 1);
	struct store_facts f = facts_of(pcm, frames);
	ck_assert_int_ge(fd, 0);
	ck_assert_int_eq(write(fd, pcm, (size_t)frames * 2), frames * 2);
	ck_assert_msg(store_keep(s, sha256, &f, fd, temp, &err), "%s", err.text);
	ck_assert_int_eq(access(temp, F_OK), -1);
	close(fd);
	mem_free(temp);
	mem_free(pcm);
	return f;
}

START_TEST(facts_are_read_only_as_they_are_written)
{
	static const struct {
		int line;
		const char *from, *to; /* a change to the good text */
		bool good;
	} T[] = {
		{ __LINE__, "", "", true },
		{ __LINE__, "rate 48000", "rate 048000", false },
		{ __LINE__, "rate 48000", "rate  48000", false },
		{ __LINE__, "rate 48000", "rate 0", false },
		{ __LINE__, "rate 48000", "rate 99999999", false },
		{ __LINE__, "high-pass 0", "high-pass 200", true },
		{ __LINE__, "high-pass 0", "high-pass 501", false },
		{ __LINE__, "high-pass 0\n", "", false },
		{ __LINE__, "frames 3", "frames -3", false },
		{ __LINE__, "frames 3", "frames 9999999999999999999999", false },
		{ __LINE__, "frames 3\n", "", false },
		{ __LINE__, "lufs -16.000", "lufs none", true },
		{ __LINE__, "lufs -16.000", "lufs -16.0", false },
		{ __LINE__, "lufs -16.000", "lufs -16.0000000000000000000000000000000000000000000000000000000000000000", false },
		{ __LINE__, "lufs -16.000", "lufs nan", false },
		{ __LINE__, "gain-db 4.123", "gain-db 4,123", false },
		{ __LINE__, "limited no", "limited yes", true },
		{ __LINE__, "limited no", "limited maybe", false },
		{ __LINE__, "limited no\n", "limited no", false },
		{ __LINE__, "limited no\n", "limited no\nmore\n", false },
		{ __LINE__, "loaxa-facts 3", "loaxa-facts 2", false },
		{ __LINE__, "source aa", "source AA", false },
		{ __LINE__, "source aa", "source ../", false },
	};
	int16_t pcm[3] = { 1, 2, 3 };
	struct store_facts f = facts_of(pcm, 3), got;
	char text[STORE_FACTS_BYTES], changed[2 * STORE_FACTS_BYTES], sha256[SHA256_HEX];
	ck_assert_uint_gt(store_facts_write(&f, SHA_A, text), 0);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		const char *at = strstr(text, T[i].from);
		ck_assert_ptr_nonnull(at);
		snprintf(changed, sizeof changed, "%.*s%s%s", (int)(at - text), text, T[i].to, at + strlen(T[i].from));
		bool good = store_facts_read(changed, strlen(changed), sha256, &got);
		ck_assert_msg(good == T[i].good, "row of line %d", T[i].line);
	}
	ck_assert(store_facts_read(text, strlen(text), sha256, &got));
	ck_assert_str_eq(sha256, SHA_A);
	ck_assert_int_eq(got.source_lufs, -20123);
	ck_assert_int_eq(got.peak, -1043);
	ck_assert_str_eq(got.pcm_sha256, f.pcm_sha256);
}
END_TEST

START_TEST(forms_are_read_only_as_they_are_written)
{
	static const struct {
		int line;
		const char *text;
		bool good;
		struct store_form form;
	} T[] = {
		{ __LINE__, "48000", true, { 48000, 0 } },
		{ __LINE__, "8000h80", true, { 8000, 80 } },
		{ __LINE__, "192000h500", true, { 192000, 500 } },
		{ __LINE__, "7999", false, { 0, 0 } },
		{ __LINE__, "192001", false, { 0, 0 } },
		{ __LINE__, "48000h79", false, { 0, 0 } },
		{ __LINE__, "48000h501", false, { 0, 0 } },
		{ __LINE__, "48000h", false, { 0, 0 } },
		{ __LINE__, "48000h200 ", false, { 0, 0 } },
		{ __LINE__, "48000h0", false, { 0, 0 } },
		{ __LINE__, "048000", false, { 0, 0 } },
		{ __LINE__, " 48000", false, { 0, 0 } },
		{ __LINE__, "48000Hz", false, { 0, 0 } },
		{ __LINE__, "", false, { 0, 0 } },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct store_form f = { 0, 0 };
		char text[STORE_FORM_BYTES];
		ck_assert_msg(store_form_read(T[i].text, &f) == T[i].good, "row of line %d", T[i].line);
		ck_assert_msg(store_form_same(f, T[i].form), "row of line %d", T[i].line);
		store_form_write(f, text);
		ck_assert_msg(!T[i].good || !strcmp(text, T[i].text), "row of line %d: %s", T[i].line, text);
	}
}
END_TEST

START_TEST(facts_keep_small_negative_levels)
{
	struct store_facts f = { .form = { 8000, 0 }, .lufs = -7, .gain = 0, .peak = STORE_NO_LOUDNESS, .source_lufs = -999 }, got;
	char text[STORE_FACTS_BYTES], sha256[SHA256_HEX];
	memcpy(f.pcm_sha256, SHA_B, SHA256_HEX);
	size_t n = store_facts_write(&f, SHA_A, text);
	ck_assert(store_facts_read(text, n, sha256, &got));
	ck_assert_int_eq(got.lufs, -7);
	ck_assert_int_eq(got.source_lufs, -999);
	ck_assert_int_eq(got.peak, STORE_NO_LOUDNESS);
}
END_TEST

START_TEST(what_is_kept_is_found_whole_or_not_at_all)
{
	struct store_facts got;
	make_dir();
	struct store *s = store_open(dir, true);
	ck_assert(!store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	struct store_facts f = keep(s, SHA_A, 1000);
	ck_assert(store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	ck_assert_int_eq(got.frames, 1000);
	ck_assert(!store_facts(s, SHA_A, STORE_PLAIN(44100), &got));
	ck_assert(!store_facts(s, SHA_A, (struct store_form){ 48000, 200 }, &got));
	ck_assert(!store_facts(s, SHA_B, STORE_PLAIN(48000), &got));
	ck_assert(!store_facts(s, "../../etc/passwd", STORE_PLAIN(48000), &got));
	char *path = store_pcm_path(s, SHA_A, STORE_PLAIN(48000));
	ck_assert(store_pcm_verify(path, &f));
	/* one byte changed: the length still fits, the hash does not */
	int fd = open(path, O_RDWR);
	ck_assert_int_eq(pwrite(fd, "x", 1, 77), 1);
	ck_assert(store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	ck_assert(!store_pcm_verify(path, &f));
	ck_assert_int_eq(ftruncate(fd, 100), 0);
	close(fd);
	ck_assert(!store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	ck_assert(!store_pcm_verify(path, &f));
	unlink(path);
	ck_assert(!store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	mem_free(path);
	store_free(&s);
	store_free(&s);
	remove_dir();
}
END_TEST

START_TEST(a_store_that_cannot_be_written_still_answers)
{
	struct store_facts got;
	struct why_facts why = { WHY_CUT, 1, 2 };
	struct stat st;
	char *temp, sha256[SHA256_HEX];
	make_dir();
	struct store *s = store_open(dir, true);
	keep(s, SHA_A, 10);
	store_free(&s);
	s = store_open(dir, false);
	ck_assert(!store_writable(s));
	ck_assert(store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	ck_assert_int_eq(store_temp(s, &temp), -1);
	ck_assert_ptr_null(temp);
	store_note_bad(s, SHA_B, &why);
	ck_assert(!store_bad(s, SHA_B, &why));
	store_free(&s);
	s = store_open("/proc/no/such/folder", true);
	ck_assert(!store_writable(s));
	ck_assert(!store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	ck_assert_int_eq(stat("/", &st), 0);
	store_note_seen(s, &st, SHA_A);
	ck_assert(!store_seen(s, &st, sha256));
	store_trim(s, 0);
	store_free(&s);
	remove_dir();
}
END_TEST

START_TEST(a_file_is_known_again_until_anything_of_it_changes)
{
	struct stat st, other;
	char sha256[SHA256_HEX];
	make_dir();
	struct store *s = store_open(dir, true);
	ck_assert_int_eq(stat("/proc/self/exe", &st), 0);
	ck_assert(!store_seen(s, &st, sha256));
	store_note_seen(s, &st, SHA_A);
	store_note_seen(s, &st, SHA_A);
	ck_assert(store_seen(s, &st, sha256));
	ck_assert_str_eq(sha256, SHA_A);
	other = st, other.st_ino++;
	ck_assert(!store_seen(s, &other, sha256));
	other = st, other.st_size++;
	ck_assert(!store_seen(s, &other, sha256));
	other = st, other.st_mtim.tv_nsec ^= 1;
	ck_assert(!store_seen(s, &other, sha256));
	other = st, other.st_ctim.tv_nsec ^= 1;
	ck_assert(!store_seen(s, &other, sha256));
	/* what changed this very moment may change again without showing it */
	clock_gettime(CLOCK_REALTIME, &other.st_ctim);
	store_note_seen(s, &other, SHA_B);
	ck_assert(!store_seen(s, &other, sha256));
	store_free(&s);
	remove_dir();
}
END_TEST

START_TEST(reasons_are_kept_for_a_day_when_they_belong_to_the_bytes)
{
	struct why_facts cut = { WHY_CUT, 5485, 11467 }, passing = { WHY_NEEDS_FFMPEG, 0, 0 }, got;
	char path[PATH_MAX];
	make_dir();
	struct store *s = store_open(dir, true);
	store_note_bad(s, SHA_A, &cut);
	store_note_bad(s, SHA_B, &passing);
	ck_assert(store_bad(s, SHA_A, &got));
	ck_assert_int_eq(got.code, WHY_CUT);
	ck_assert_int_eq(got.a, 5485);
	ck_assert_int_eq(got.b, 11467);
	ck_assert(!store_bad(s, SHA_B, &got));
	snprintf(path, sizeof path, "%s/aa/%s-v%d.bad", dir, SHA_A, STORE_RECIPE);
	struct timespec times[2] = { { time(NULL) - 90000, 0 }, { time(NULL) - 90000, 0 } };
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
	ck_assert(!store_bad(s, SHA_A, &got));
	store_free(&s);
	remove_dir();
}
END_TEST

static void age(const char *sha256, int days)
{
	char path[PATH_MAX];
	struct timespec times[2] = { { time(NULL) - 86400L * days, 0 }, { time(NULL) - 86400L * days, 0 } };
	snprintf(path, sizeof path, "%s/%.2s/%s-48000-v%d.facts", dir, sha256, sha256, STORE_RECIPE);
	ck_assert_int_eq(utimensat(AT_FDCWD, path, times, 0), 0);
}

START_TEST(trimming_takes_the_longest_unused_and_nothing_in_use)
{
	struct store_facts got;
	make_dir();
	struct store *s = store_open(dir, true);
	keep(s, SHA_A, 10000), age(SHA_A, 9);
	keep(s, SHA_B, 10000), age(SHA_B, 5);
	keep(s, SHA_C, 10000), age(SHA_C, 7);
	store_trim(s, 100000);
	ck_assert(store_facts(s, SHA_A, STORE_PLAIN(48000), &got) && store_facts(s, SHA_B, STORE_PLAIN(48000), &got));
	store_use(s, SHA_A, STORE_PLAIN(48000));
	store_trim(s, 45000);
	ck_assert(store_facts(s, SHA_A, STORE_PLAIN(48000), &got));  /* oldest, but in use */
	ck_assert(store_facts(s, SHA_B, STORE_PLAIN(48000), &got));
	ck_assert(!store_facts(s, SHA_C, STORE_PLAIN(48000), &got)); /* unused for longer than B */
	store_trim(s, 0);
	ck_assert(store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	ck_assert(!store_facts(s, SHA_B, STORE_PLAIN(48000), &got));
	store_free(&s);
	/* another process sees by the file's time that A was used today, so B goes first now */
	s = store_open(dir, true);
	keep(s, SHA_B, 10000), age(SHA_B, 3);
	store_trim(s, 25000);
	ck_assert(store_facts(s, SHA_A, STORE_PLAIN(48000), &got));
	ck_assert(!store_facts(s, SHA_B, STORE_PLAIN(48000), &got));
	store_free(&s);
	remove_dir();
}
END_TEST

START_TEST(trimming_clears_what_the_dead_left)
{
	char path[PATH_MAX], *temp;
	make_dir();
	struct store *s = store_open(dir, true);
	int fd = store_temp(s, &temp);
	struct timespec old[2] = { { time(NULL) - 200000, 0 }, { time(NULL) - 200000, 0 } };
	store_trim(s, STORE_LIMIT_BYTES);
	ck_assert_int_eq(access(temp, F_OK), 0); /* somebody may be writing it */
	ck_assert_int_eq(futimens(fd, old), 0);
	store_trim(s, STORE_LIMIT_BYTES);
	ck_assert_int_eq(access(temp, F_OK), -1);
	close(fd);
	mem_free(temp);
	keep(s, SHA_A, 10);
	snprintf(path, sizeof path, "%s/aa/%s-48000-v%d.facts", dir, SHA_A, STORE_RECIPE);
	unlink(path);
	char *pcm = store_pcm_path(s, SHA_A, STORE_PLAIN(48000));
	ck_assert_int_eq(utimensat(AT_FDCWD, pcm, old, 0), 0);
	store_trim(s, STORE_LIMIT_BYTES);
	ck_assert_int_eq(access(pcm, F_OK), -1); /* no facts vouch for it */
	mem_free(pcm);
	store_free(&s);
	remove_dir();
}
END_TEST

UNIT_MAIN("sound/store", forms_are_read_only_as_they_are_written, facts_are_read_only_as_they_are_written, facts_keep_small_negative_levels,
		what_is_kept_is_found_whole_or_not_at_all, a_store_that_cannot_be_written_still_answers,
		a_file_is_known_again_until_anything_of_it_changes,
		reasons_are_kept_for_a_day_when_they_belong_to_the_bytes,
		trimming_takes_the_longest_unused_and_nothing_in_use, trimming_clears_what_the_dead_left)
