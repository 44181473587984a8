/* Rendered files hold what was decided, to the frame.  The recordings are marker signals: each sample says which
 * frame of the item it is, so a frame that is lost, doubled or moved shows. */
#include "sound/virtual.h"
#include "base/mem.h"
#include "sound/frames.h"
#include "sound/lane.h"
#include "sound/store.h"
#include "sound/wav.h"
#include "../unit.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define RATE 48000
#define FIRST 70000 /* frames of the marker item's two recordings */
#define SECOND 130001
#define TOTAL (FIRST + SECOND)
#define QUIET 60000 /* an emergency whose recording is silence: what is heard under it is the fade */

struct hand {
	int64_t mono;
};

static wall_us hand_wall(void *self)
{
	return (wall_us){ ((struct hand *)self)->mono + 1000000 };
}

static mono_us hand_mono(void *self)
{
	return (mono_us){ ((struct hand *)self)->mono };
}

static struct recording recordings[] = {
	{ .file = "1.wav", .state = RECORDING_READY, .sha256 = "a1", .frames = { FIRST } },
	{ .file = "2.wav", .state = RECORDING_READY, .sha256 = "b2", .frames = { SECOND } },
	{ .file = "q.wav", .state = RECORDING_READY, .sha256 = "c3", .frames = { QUIET } },
	{ .file = "x.wav", .state = RECORDING_READY, .sha256 = "d4", .frames = { 48000 } }, /* never prepared */
};
static struct bulletin marker = { .name = "marker", .audio = { &recordings[0], 2, 2 } };
static struct bulletin quiet = { .name = "quiet", .audio = { &recordings[2], 1, 1 } };
static struct bulletin absent = { .name = "absent", .audio = { &recordings[3], 1, 1 } };
static struct bulletin relay = { .name = "relay", .relay = { .source = "alsa:hw:1", .ms = 2000 } };
static struct output outputs[] = { { .name = "ampli", .rate = RATE, .channels = 2 } };
static struct zone zones[] = { { .name = "left", .channel = 1 }, { .name = "right", .channel = 2 } };
static const struct station station = { .outputs = { outputs, 1, 1 }, .zones = { zones, 2, 2 } };

static struct hand hand;
static struct clock hand_clock = { &hand, hand_wall, hand_mono, NULL, { 0 } };
static char dir[64];

static int16_t mark(int64_t frame)
{
	return (int16_t)(frame * 3 + 1);
}

static void write_pcm(const char *sha, int64_t first, int64_t frames, bool silent)
{
	struct store *store = store_open(dir, true);
	char *path = store_pcm_path(store, sha, STORE_PLAIN(RATE));
	char *slash = strrchr(path, '/');
	*slash = '\0';
	mkdir(path, 0777);
	*slash = '/';
	FILE *f = fopen(path, "wb");
	ck_assert_ptr_nonnull(f);
	for (int64_t i = 0; i < frames; i++) {
		int16_t s = silent ? 0 : mark(first + i);
		fwrite(&s, sizeof s, 1, f);
	}
	ck_assert_int_eq(fclose(f), 0);
	mem_free(path);
	store_free(&store);
}

static void make_store(void)
{
	snprintf(dir, sizeof dir, "%s/loaxa-render-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	write_pcm("a1", 0, FIRST, false);
	write_pcm("b2", FIRST, SECOND, false);
	write_pcm("c3", 0, QUIET, true);
}

static void remove_store(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static char *file_in_store(const char *name)
{
	return mem_printf("%s/%s", dir, name);
}

static struct virtual_sound *rendering(const char *path, int zone, int64_t from, int64_t until)
{
	hand.mono = 5;
	struct virtual_sound *v = virtual_new(&station, &hand_clock, (mono_us){ 5 });
	struct err err = { "" };
	struct render_options o = { .path = path, .store = dir, .zone = zone, .from = { 5 + from }, .until = { 5 + until } };
	ck_assert_msg(virtual_render(v, &o, &err), "%s", err.text);
	return v;
}

static void go(struct virtual_sound *v, int64_t after_epoch)
{
	hand.mono = 5 + after_epoch;
	virtual_advance(v, (mono_us){ hand.mono });
}

static uint32_t token;

static void play(struct virtual_sound *v, int zone, const struct bulletin *b, int64_t from, int64_t frames, int permille)
{
	struct sound_port p = virtual_port(v);
	p.start(p.self, &(struct sound_item){ .token = ++token, .zone = zone, .bulletin = b, .from_frame = from,
			.frames = frames, .volume_permille = permille });
}

static int64_t stop(struct virtual_sound *v, int zone)
{
	struct sound_port p = virtual_port(v);
	int64_t frame = p.position(p.self, zone, token);
	p.stop(p.self, zone, token);
	return frame;
}

static int64_t at_frame(int64_t after_epoch)
{
	return frames_by(RATE, after_epoch);
}

/* The samples of a finished file; to mem_free. */
static int16_t *samples_of(struct virtual_sound **v, const char *path, int channels, int64_t *frames)
{
	struct err err = { "" };
	ck_assert_msg(virtual_render_end(*v, &err), "%s", err.text);
	virtual_free(v);
	int fd = open(path, O_RDONLY);
	struct stat st;
	ck_assert(fd >= 0 && !fstat(fd, &st));
	uint8_t head[WAV_HEADER_BYTES], want[WAV_HEADER_BYTES];
	*frames = (st.st_size - WAV_HEADER_BYTES) / (2 * channels);
	wav_header(want, RATE, channels, *frames);
	ck_assert_int_eq(read(fd, head, sizeof head), sizeof head);
	ck_assert_mem_eq(head, want, sizeof head);
	int16_t *out = mem_new_n(int16_t, (size_t)*frames * (size_t)channels);
	ck_assert_int_eq(read(fd, out, (size_t)*frames * (size_t)channels * 2), *frames * channels * 2);
	close(fd);
	return out;
}

/* Frames [first, end) of the item stand at device frame `at` of that channel. */
static void expect_item(int line, const int16_t *s, int channels, int channel, int64_t at, int64_t first, int64_t end)
{
	for (int64_t i = first; i < end; i++)
		ck_assert_msg(s[(at + i - first) * channels + channel] == mark(i), "line %d: frame %lld", line, (long long)i);
}

static void expect_silence(int line, const int16_t *s, int channels, int channel, int64_t from, int64_t to)
{
	for (int64_t i = from; i < to; i++)
		ck_assert_msg(!s[i * channels + channel], "line %d: device frame %lld", line, (long long)i);
}

static void expect_fade(int line, const int16_t *s, int channels, int channel, int64_t at, int64_t first)
{
	int64_t n = frames_in_ms(RATE, FADE_MS);
	for (int64_t i = 0; i < n; i++) {
		int32_t got = s[(at + i) * channels + channel], want = mark(first + i);
		ck_assert_msg(got == want * (n - i) / n, "line %d: fade frame %lld: %d of %d", line, (long long)i, got, want);
	}
}

START_TEST(a_cut_item_is_heard_once)
{
	make_store();
	char *path = file_in_store("cut.wav");
	struct virtual_sound *v = rendering(path, -1, 0, 10000000);
	go(v, 123457);
	play(v, 0, &marker, 0, TOTAL, 1000);
	go(v, 1600011); /* in its second recording, off any whole frame */
	int64_t cut = virtual_port(v).position(v, 0, token);
	ck_assert_int_gt(cut, FIRST);
	play(v, 0, &quiet, 0, QUIET, 1000);
	go(v, 2000000);
	play(v, 1, &marker, 50000, TOTAL, 1000); /* the other channel must not be heard in this one */
	uint32_t other = token;
	int64_t back = virtual_next(v).us - 5;
	go(v, back);
	play(v, 0, &marker, cut, TOTAL, 1000);
	go(v, back + 700003);
	int64_t stopped = stop(v, 0);
	go(v, 6000001);
	play(v, 0, &marker, stopped, TOTAL, 1000);
	go(v, 6000002);
	ck_assert_int_ne(other, token);
	go(v, 12000000);

	int64_t frames;
	int16_t *s = samples_of(&v, path, 2, &frames);
	ck_assert_int_eq(frames, 10 * RATE);
	int64_t a = at_frame(123457), e = at_frame(1600011), b = at_frame(back), c = at_frame(back + 700003),
		d = at_frame(6000001), fade = frames_in_ms(RATE, FADE_MS);
	ck_assert_int_eq(cut, e - a);
	ck_assert_int_eq(b, e + QUIET);
	ck_assert_int_eq(stopped, cut + c - b);
	expect_silence(__LINE__, s, 2, 0, 0, a);
	expect_item(__LINE__, s, 2, 0, a, 0, cut);
	expect_fade(__LINE__, s, 2, 0, e, cut);
	expect_silence(__LINE__, s, 2, 0, e + fade, b);
	expect_item(__LINE__, s, 2, 0, b, cut, stopped);
	expect_fade(__LINE__, s, 2, 0, c, stopped);
	expect_silence(__LINE__, s, 2, 0, c + fade, d);
	expect_item(__LINE__, s, 2, 0, d, stopped, TOTAL);
	expect_silence(__LINE__, s, 2, 0, d + TOTAL - stopped, frames);
	expect_silence(__LINE__, s, 2, 1, 0, at_frame(2000000));
	expect_item(__LINE__, s, 2, 1, at_frame(2000000), 50000, TOTAL);
	mem_free(s);
	mem_free(path);
	remove_store();
}
END_TEST

START_TEST(items_follow_without_a_gap)
{
	make_store();
	char *path = file_in_store("joint.wav");
	struct virtual_sound *v = rendering(path, 0, 0, 9000000);
	go(v, 1);
	play(v, 0, &marker, 0, TOTAL, 1000);
	int64_t end = virtual_next(v).us - 5;
	go(v, end);
	play(v, 0, &marker, 0, TOTAL, 1000);
	go(v, 9000000);
	int64_t frames;
	int16_t *s = samples_of(&v, path, 1, &frames);
	expect_item(__LINE__, s, 1, 0, 1, 0, TOTAL);
	expect_item(__LINE__, s, 1, 0, 1 + TOTAL, 0, TOTAL);
	expect_silence(__LINE__, s, 1, 0, 1 + 2 * TOTAL, frames);
	mem_free(s);
	mem_free(path);
	remove_store();
}
END_TEST

START_TEST(only_the_window_is_written)
{
	make_store();
	char *path = file_in_store("window.wav");
	struct virtual_sound *v = rendering(path, 1, 1000000, 3000000);
	go(v, 500000);
	play(v, 1, &marker, 0, TOTAL, 1000);
	play(v, 0, &marker, 7, TOTAL, 1000);
	go(v, 20000000);
	int64_t frames;
	int16_t *s = samples_of(&v, path, 1, &frames);
	ck_assert_int_eq(frames, 2 * RATE);
	expect_item(__LINE__, s, 1, 0, 0, RATE / 2, RATE / 2 + 2 * RATE);
	mem_free(s);
	mem_free(path);
	remove_store();
}
END_TEST

START_TEST(a_dead_output_is_silent_at_once)
{
	make_store();
	char *path = file_in_store("lost.wav");
	struct virtual_sound *v = rendering(path, 0, 0, 5000000);
	play(v, 0, &marker, 0, TOTAL, 1000);
	go(v, 1000000);
	virtual_lose(v, 0);
	go(v, 2000000);
	virtual_restore(v, 0);
	play(v, 0, &marker, RATE, TOTAL, 1000);
	go(v, 3000000);
	virtual_reset(v);
	go(v, 5000000);
	int64_t frames;
	int16_t *s = samples_of(&v, path, 1, &frames);
	ck_assert_int_eq(frames, 5 * RATE);
	expect_item(__LINE__, s, 1, 0, 0, 0, RATE);
	expect_silence(__LINE__, s, 1, 0, RATE, 2 * RATE);
	expect_item(__LINE__, s, 1, 0, 2 * RATE, RATE, 2 * RATE);
	expect_silence(__LINE__, s, 1, 0, 3 * RATE, 5 * RATE);
	mem_free(s);
	mem_free(path);
	remove_store();
}
END_TEST

START_TEST(volume_and_relay)
{
	make_store();
	char *path = file_in_store("volume.wav");
	struct virtual_sound *v = rendering(path, -1, 0, 3000000);
	play(v, 0, &marker, 0, TOTAL, 500);
	play(v, 1, &relay, 0, 2 * RATE, 1000);
	go(v, 3000000);
	int64_t frames;
	int16_t *s = samples_of(&v, path, 2, &frames);
	for (int64_t i = 0; i < 1000; i++) /* -12 dB: a quarter, rounded */
		ck_assert_int_le(abs(4 * s[2 * i] - mark(i)), 2);
	int loudest = 0;
	for (int64_t i = 0; i < RATE / 4; i++)
		loudest = abs(s[2 * i + 1]) > loudest ? abs(s[2 * i + 1]) : loudest;
	ck_assert_int_gt(loudest, 3000);
	expect_silence(__LINE__, s, 2, 1, RATE / 4, frames);
	mem_free(s);
	mem_free(path);
	remove_store();
}
END_TEST

START_TEST(a_reload_does_not_touch_what_plays)
{
	static struct zone turned[] = { { .name = "right", .channel = 2 }, { .name = "left", .channel = 1 } };
	static const struct station next = { .outputs = { outputs, 1, 1 }, .zones = { turned, 2, 2 } };
	make_store();
	char *path = file_in_store("reload.wav");
	struct virtual_sound *v = rendering(path, -1, 0, 5000000);
	play(v, 0, &marker, 0, TOTAL, 1000);
	go(v, 1000000);
	virtual_adopt(v, &next);
	go(v, 2000000);
	play(v, 0, &marker, 9, TOTAL, 1000);
	go(v, 5000000);
	int64_t frames;
	int16_t *s = samples_of(&v, path, 2, &frames);
	expect_item(__LINE__, s, 2, 0, 0, 0, TOTAL);
	expect_item(__LINE__, s, 2, 1, 2 * RATE, 9, 2 * RATE);
	mem_free(s);
	mem_free(path);
	remove_store();
}
END_TEST

START_TEST(sound_that_cannot_be_read_is_said)
{
	make_store();
	char *path = file_in_store("absent.wav");
	struct virtual_sound *v = rendering(path, 0, 0, 2000000);
	play(v, 0, &absent, 0, 48000, 1000);
	go(v, 2000000);
	struct err err = { "" };
	ck_assert(!virtual_render_end(v, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "d4-48000"));
	virtual_free(&v);
	v = virtual_new(&station, &hand_clock, (mono_us){ 0 });
	struct render_options o = { .path = "/nowhere/x.wav", .store = dir, .zone = 0 };
	ck_assert(!virtual_render(v, &o, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "/nowhere/x.wav"));
	virtual_free(&v);
	mem_free(path);
	remove_store();
}
END_TEST

START_TEST(flac_goes_through_the_other_program)
{
	make_store();
	char *path = file_in_store("x.FLAC"), *program = file_in_store("encode"), *got = file_in_store("x.FLAC.args");
	FILE *f = fopen(program, "w"); /* stands in for loaxa-prepare: keeps the raw frames and its arguments */
	fputs("#!/bin/sh\ncat >\"$2\"\necho \"$@\" >\"$2.args\"\n", f);
	fclose(f);
	chmod(program, 0755);
	hand.mono = 0;
	struct virtual_sound *v = virtual_new(&station, &hand_clock, (mono_us){ 0 });
	struct err err = { "" };
	struct render_options o = { .path = path, .program = program, .store = dir, .zone = -1, .until = { 1000000 } };
	ck_assert_msg(virtual_render(v, &o, &err), "%s", err.text);
	play(v, 0, &marker, 0, TOTAL, 1000);
	hand.mono = 1000000;
	virtual_advance(v, (mono_us){ 1000000 });
	ck_assert_msg(virtual_render_end(v, &err), "%s", err.text);
	struct stat st;
	ck_assert(!stat(path, &st));
	ck_assert_int_eq(st.st_size, RATE * 2 * 2);
	char line[256] = "", want[256];
	f = fopen(got, "r");
	ck_assert_ptr_nonnull(fgets(line, sizeof line, f));
	fclose(f);
	snprintf(want, sizeof want, "--encode %s --rate 48000 --channels 2\n", path);
	ck_assert_str_eq(line, want);
	virtual_free(&v);
	mem_free(path), mem_free(program), mem_free(got);
	remove_store();
}
END_TEST

START_TEST(an_encoder_that_dies_is_said)
{
	make_store();
	char *path = file_in_store("x.flac");
	struct virtual_sound *v = virtual_new(&station, &hand_clock, (mono_us){ 0 });
	struct err err = { "" };
	struct render_options o = { .path = path, .program = "/bin/false", .store = dir, .zone = -1, .until = { 60000000 } };
	ck_assert_msg(virtual_render(v, &o, &err), "%s", err.text);
	hand.mono = 60000000;
	virtual_advance(v, (mono_us){ 60000000 });
	ck_assert(!virtual_render_end(v, &err));
	ck_assert_ptr_nonnull(strstr(err.text, path));
	virtual_free(&v);
	mem_free(path);
	remove_store();
}
END_TEST

UNIT_MAIN("sound/render", a_cut_item_is_heard_once, items_follow_without_a_gap, only_the_window_is_written,
		a_dead_output_is_silent_at_once, volume_and_relay, a_reload_does_not_touch_what_plays,
		sound_that_cannot_be_read_is_said, flac_goes_through_the_other_program, an_encoder_that_dies_is_said)
