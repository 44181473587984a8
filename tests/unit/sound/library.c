/* Names to files, lines of loaxa-prepare to facts; the program itself is played by shell scripts here. */
#include "base/mem.h"
#include "base/text.h"
#include "sound/library-inside.h"
#include "../unit.h"

#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SHA "aa11111111111111111111111111111111111111111111111111111111111111"

static char top[64], audio[96], store[96], program[96];

static void put(const char *name, const char *content)
{
	char *path = mem_printf("%s/%s", top, name);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(content, f);
	ck_assert_int_eq(fclose(f), 0);
	mem_free(path);
}

static void begin(const char *script)
{
	snprintf(top, sizeof top, "/tmp/loaxa-library-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
	snprintf(audio, sizeof audio, "%s/audio", top);
	snprintf(store, sizeof store, "%s/store", top);
	snprintf(program, sizeof program, "%s/prepare", top);
	ck_assert_int_eq(mkdir(audio, 0755), 0);
	put("prepare", script);
	ck_assert_int_eq(chmod(program, 0755), 0);
}

static void end(void)
{
	char *line = mem_printf("rm -rf %s", top);
	ck_assert_int_eq(system(line), 0);
	mem_free(line);
}

START_TEST(only_plain_files_of_the_folder_are_found)
{
	static const struct {
		int line;
		const char *name;
		enum why why;
		const char *found; /* below audio */
	} T[] = {
		{ __LINE__, "a.opus", WHY_NONE, "a.opus" },
		{ __LINE__, "./a.opus", WHY_NONE, "a.opus" },
		{ __LINE__, "thu-muc/b.opus", WHY_NONE, "thu-muc/b.opus" },
		{ __LINE__, "trong.opus", WHY_NONE, "a.opus" },
		{ __LINE__, "Bão.opus", WHY_NONE, "Ba\xCC\x83o.opus" }, /* asked in NFC, there in NFD */
		{ __LINE__, "Mo\xCC\x9B\xCC\x89.opus", WHY_NONE, "Mở.opus" },
		{ __LINE__, "khong-co.opus", WHY_NOT_FOUND, NULL },
		{ __LINE__, "a.opus/b", WHY_NOT_FOUND, NULL },
		{ __LINE__, "gay.opus", WHY_NOT_FOUND, NULL }, /* a link to nothing */
		{ __LINE__, "", WHY_OUTSIDE, NULL },
		{ __LINE__, "/etc/passwd", WHY_OUTSIDE, NULL },
		{ __LINE__, "../ngoai.opus", WHY_OUTSIDE, NULL },
		{ __LINE__, "thu-muc/../../ngoai.opus", WHY_OUTSIDE, NULL },
		{ __LINE__, "thu-muc/..", WHY_OUTSIDE, NULL },
		{ __LINE__, "ra.opus", WHY_OUTSIDE, NULL },
		{ __LINE__, "ra/passwd", WHY_OUTSIDE, NULL },
		{ __LINE__, "anh-em.opus", WHY_OUTSIDE, NULL }, /* "audio2" only begins like "audio" */
		{ __LINE__, "thu-muc", WHY_NOT_A_FILE, NULL },
		{ __LINE__, "ong.opus", WHY_NOT_A_FILE, NULL },
		{ __LINE__, "..a.opus", WHY_NONE, "..a.opus" },
	};
	begin("");
	char line[1024];
	snprintf(line, sizeof line,
			"cd %s && mkdir ../audio2 thu-muc && touch a.opus ..a.opus ../ngoai.opus ../audio2/c thu-muc/b.opus "
			"'Ba\xCC\x83o.opus' 'Mở.opus' && ln -s a.opus trong.opus && ln -s ../ngoai.opus ra.opus && "
			"ln -s /etc ra && ln -s ../audio2/c anh-em.opus && ln -s nirgends gay.opus && mkfifo ong.opus",
			audio);
	ck_assert_int_eq(system(line), 0);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct why_facts why;
		char *path = library_path(audio, T[i].name, &why), *want = mem_printf("%s/%s", audio, T[i].found ? T[i].found : "");
		ck_assert_msg(why.code == T[i].why, "row of line %d: %s", T[i].line, why_name(why.code));
		ck_assert_msg(T[i].found ? path && !strcmp(path, want) : !path, "row of line %d: %s", T[i].line, path);
		free(path);
		mem_free(want);
	}
	struct why_facts why;
	ck_assert_ptr_null(library_path("/no/such/folder", "a.opus", &why));
	ck_assert_int_eq(why.code, WHY_NOT_FOUND);
	end();
}
END_TEST

START_TEST(the_nearest_name_is_the_one_that_was_meant)
{
	static const struct {
		int line;
		const char *asked, *want;
	} T[] = {
		{ __LINE__, "bluezone-cai-dat.opus", "bluezone-cai-dat2.opus" },
		{ __LINE__, "bluezone-cai-dat2.mp3", "bluezone-cai-dat2.opus" },
		{ __LINE__, "bao.opus", "bão.opus" },
		{ __LINE__, "BÃO.OPUS", "bão.opus" },
		{ __LINE__, "sub/songthan.opus", "sub/song-than.opus" },
		{ __LINE__, "ket-thuc.opus", NULL },
		{ __LINE__, "../store", NULL },
		{ __LINE__, "x", NULL },
	};
	begin("");
	char line[1024];
	snprintf(line, sizeof line, "cd %s && mkdir sub && touch bluezone-cai-dat2.opus bão.opus .bao.opus sub/song-than.opus", audio);
	ck_assert_int_eq(system(line), 0);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *got = library_nearest(audio, T[i].asked);
		ck_assert_msg(T[i].want ? got && !strcmp(got, T[i].want) : !got, "row of line %d: %s", T[i].line, got);
		mem_free(got);
	}
	end();
}
END_TEST

#define READY "\"state\":\"ready\",\"sha256\":\"" SHA "\",\"code\":\"none\","

START_TEST(lines_are_believed_only_when_they_make_sense)
{
	static const struct {
		int line;
		const char *text;
		int want;
	} T[] = {
		{ __LINE__, "{\"n\":1," READY "\"rates\":[{\"rate\":48000,\"frames\":5,\"limited\":true}]}", 1 },
		{ __LINE__, "{\"n\":1,\"state\":\"begun\"}", 1 },
		{ __LINE__, "{\"n\":0,\"state\":\"missing\",\"sha256\":null,\"code\":\"not-found\"}", 0 },
		{ __LINE__, "{\"n\":0,\"state\":\"corrupt\",\"sha256\":null,\"code\":\"cut\",\"a\":5,\"b\":6}", 0 },
		{ __LINE__, "{\"n\":2,\"state\":\"begun\"}", -1 },
		{ __LINE__, "{\"n\":-1,\"state\":\"begun\"}", -1 },
		{ __LINE__, "{\"n\":\"1\",\"state\":\"begun\"}", -1 },
		{ __LINE__, "{\"state\":\"begun\"}", -1 },
		{ __LINE__, "{\"n\":1,\"n\":0,\"state\":\"begun\"}", -1 },
		{ __LINE__, "{\"n\":1,\"state\":\"fine\",\"code\":\"cut\"}", -1 },
		{ __LINE__, "{\"n\":1,\"state\":\"corrupt\",\"code\":\"none\"}", -1 },
		{ __LINE__, "{\"n\":1,\"state\":\"corrupt\",\"code\":\"no-such-code\"}", -1 },
		{ __LINE__, "{\"n\":1," READY "\"rates\":[]}", -1 },
		{ __LINE__, "{\"n\":1," READY "\"rates\":[{\"rate\":44100,\"frames\":5}]}", -1 },
		{ __LINE__, "{\"n\":1," READY "\"rates\":[{\"rate\":48000,\"frames\":-5}]}", -1 },
		{ __LINE__, "{\"n\":1," READY "\"rates\":[{\"rate\":48000,\"frames\":9999999999999}]}", -1 },
		{ __LINE__, "{\"n\":1," READY "\"rates\":[{\"rate\":48000,\"frames\":5},{\"rate\":48000,\"frames\":5}]}", -1 },
		{ __LINE__, "{\"n\":1,\"state\":\"ready\",\"sha256\":\"aa\",\"code\":\"none\",\"rates\":[{\"rate\":48000,\"frames\":5}]}", -1 },
		{ __LINE__, "", -1 },
		{ __LINE__, "ready", -1 },
		{ __LINE__, "[]", -1 },
	};
	struct library l = { .forms = { STORE_PLAIN(48000) }, .forms_n = 1 };
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct library_file f = { .name = NULL };
		bool begun;
		int got = library_read_line(&l, T[i].text, strlen(T[i].text), 2, &f, &begun);
		ck_assert_msg(got == T[i].want, "row of line %d: %d", T[i].line, got);
		if (i == 0)
			ck_assert(f.state == RECORDING_READY && f.facts[0].frames == 5 && f.facts[0].limited && !begun);
	}
}
END_TEST

/* A station with two outputs (48000 and 44100 Hz) and one bulletin of these files */
static struct station *station_of(const char *const *files, size_t n)
{
	struct station *st = mem_new(struct station);
	struct bulletin b = { .name = NULL };
	st->audio_dir = audio;
	vec_push(&st->outputs, (struct output){ .rate = 48000 });
	vec_push(&st->outputs, (struct output){ .rate = 44100 });
	vec_push(&st->outputs, (struct output){ .rate = 48000 });
	for (size_t i = 0; i < n; i++)
		vec_push(&b.audio, (struct recording){ .file = (char *)files[i] });
	vec_push(&st->bulletins, b);
	return st;
}

static void free_station(struct station *st)
{
	for (size_t i = 0; i < st->bulletins.at[0].audio.n; i++)
		mem_free(st->bulletins.at[0].audio.at[i].why);
	vec_free(&st->bulletins.at[0].audio);
	vec_free(&st->bulletins);
	vec_free(&st->outputs);
	mem_free(st);
}

static const char *const three[] = { "a.opus", "b.opus", "a.opus", "khong-co.opus" };

static bool fill(struct station *st, struct err *err)
{
	const struct library_options options = { .store = store, .prepare_program = program };
	return library_fill(st, &options, err);
}

START_TEST(recordings_get_what_the_program_says)
{
	struct err err = { "" };
	begin("#!/bin/sh\n"
	      "echo '{\"n\":0," READY "\"rates\":[{\"rate\":48000,\"frames\":48001},{\"rate\":44100,\"frames\":44100,\"limited\":true}]}'\n"
	      "echo '{\"n\":1,\"state\":\"corrupt\",\"sha256\":\"" SHA "\",\"code\":\"channels\",\"a\":6,\"b\":0}'\n");
	put("audio/a.opus", "a"), put("audio/b.opus", "b");
	struct station *st = station_of(three, 4);
	ck_assert_msg(fill(st, &err), "%s", err.text);
	const struct recording *r = st->bulletins.at[0].audio.at;
	ck_assert_int_eq(r[0].state, RECORDING_READY);
	ck_assert_str_eq(r[0].sha256, SHA);
	ck_assert_int_eq(r[0].ms, 1001); /* 48001 frames at 48 kHz, rounded up, are the longest */
	ck_assert_int_eq(r[0].frames[0], 48001);
	ck_assert_int_eq(r[0].frames[1], 44100);
	ck_assert_int_eq(r[0].frames[2], 48001);
	ck_assert(r[0].limited);
	ck_assert_int_eq(r[1].state, RECORDING_CORRUPT);
	ck_assert_ptr_nonnull(strstr(r[1].why, "b.opus"));
	ck_assert_ptr_nonnull(strstr(r[1].why, "6"));
	ck_assert_int_eq(r[2].state, RECORDING_READY);
	ck_assert_int_eq(r[2].ms, 1001);
	ck_assert_int_eq(r[3].state, RECORDING_MISSING);
	ck_assert_ptr_null(r[3].why);
	/* what was found out about another file is gone when the station is filled again */
	put("audio/khong-co1.opus", "c");
	ck_assert(fill(st, &err));
	ck_assert_str_eq(r[3].why, "khong-co1.opus");
	free_station(st);
	end();
}
END_TEST

START_TEST(outputs_for_horns_get_recordings_of_their_own)
{
	struct err err = { "" };
	begin("#!/bin/sh\n"
	      "case \"$*\" in *' --rates 48000,44100,48000h200 '*) ;; *) exit 1 ;; esac\n"
	      "echo '{\"n\":0," READY "\"rates\":[{\"rate\":48000,\"frames\":480},{\"rate\":44100,\"frames\":441},"
	      "{\"rate\":48000,\"high_pass\":200,\"frames\":480,\"limited\":true}]}'\n"
	      "echo '{\"n\":1," READY "\"rates\":[{\"rate\":48000,\"frames\":480},{\"rate\":44100,\"frames\":441},"
	      "{\"rate\":48000,\"high_pass\":100,\"frames\":480}]}'\n");
	put("audio/a.opus", "a"), put("audio/b.opus", "b");
	struct station *st = station_of(three, 4);
	st->outputs.at[2].high_pass = 200;
	ck_assert_msg(fill(st, &err), "%s", err.text);
	const struct recording *r = st->bulletins.at[0].audio.at;
	ck_assert_int_eq(r[0].state, RECORDING_READY);
	ck_assert_int_eq(r[0].frames[0], 480);
	ck_assert_int_eq(r[0].frames[1], 441);
	ck_assert_int_eq(r[0].frames[2], 480);
	ck_assert(r[0].limited);
	ck_assert_int_eq(r[1].state, RECORDING_CORRUPT); /* an answer for another filter is none */
	free_station(st);
	end();
}
END_TEST

START_TEST(a_program_that_dies_or_babbles_spoils_only_its_files)
{
	static const char *const scripts[] = {
		"#!/bin/sh\nkill -9 $$\n",
		"#!/bin/sh\nexit 1\n",
		"#!/bin/sh\nhead -c 300000 /dev/zero\n",
		"#!/bin/sh\nyes '{\"n\":7}' | head -n 20000\n",
		"#!/bin/sh\nprintf '{\"n\":0,'\n",
	};
	for (size_t i = 0; i < sizeof scripts / sizeof *scripts; i++) {
		struct err err = { "" };
		begin(scripts[i]);
		put("audio/a.opus", "a"), put("audio/b.opus", "b");
		struct station *st = station_of(three, 4);
		ck_assert_msg(fill(st, &err), "%s", err.text);
		const struct recording *r = st->bulletins.at[0].audio.at;
		ck_assert_int_eq(r[0].state, RECORDING_CORRUPT);
		ck_assert_int_eq(r[1].state, RECORDING_CORRUPT);
		ck_assert_ptr_nonnull(r[0].why);
		ck_assert_int_eq(r[3].state, RECORDING_MISSING);
		free_station(st);
		end();
	}
}
END_TEST

START_TEST(without_the_program_only_a_full_store_is_enough)
{
	struct err err = { "" };
	static const char *const old[] = { "env" };
	begin("");
	unlink(program);
	struct station *st = station_of(old, 1);
	st->audio_dir = "/usr/bin"; /* the store trusts no file that changed just now, and this one did not */
	ck_assert(!fill(st, &err));
	ck_assert_ptr_nonnull(strstr(err.text, program));
	/* the store knows the file: nothing is run */
	struct store *s = store_open(store, true);
	struct stat seen;
	ck_assert_int_eq(stat("/usr/bin/env", &seen), 0);
	store_note_seen(s, &seen, SHA);
	for (int rate = 44100; rate <= 48000; rate += 3900) {
		struct store_facts f = { .form = STORE_PLAIN(rate), .frames = 0 };
		char *temp;
		int fd = store_temp(s, &temp);
		memcpy(f.pcm_sha256, SHA, sizeof f.pcm_sha256);
		ck_assert(store_keep(s, SHA, &f, fd, temp, &err));
		close(fd);
		mem_free(temp);
	}
	store_free(&s);
	ck_assert_msg(fill(st, &err), "%s", err.text);
	ck_assert_int_eq(st->bulletins.at[0].audio.at[0].state, RECORDING_READY);
	free_station(st);
	end();
}
END_TEST

UNIT_MAIN("sound/library", only_plain_files_of_the_folder_are_found, the_nearest_name_is_the_one_that_was_meant,
		lines_are_believed_only_when_they_make_sense, recordings_get_what_the_program_says,
		outputs_for_horns_get_recordings_of_their_own,
		a_program_that_dies_or_babbles_spoils_only_its_files, without_the_program_only_a_full_store_is_enough)
