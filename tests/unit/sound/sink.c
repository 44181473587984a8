/* The sinks themselves, without a card: ALSA on PCMs of its own making, libao's null driver, files.  The clock runs
 * ahead by itself, so that nothing waits. */
#include "sound/sink.h"
#include "sound/pace.h"
#include "sound/wav.h"
#include "../unit.h"

#include <stdatomic.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static _Atomic int64_t elapsed;

static mono_us running(void *self)
{
	(void)self;
	return (mono_us){ atomic_fetch_add(&elapsed, 5000) + 5000 };
}

static mono_us standing(void *self)
{
	(void)self;
	return (mono_us){ elapsed };
}

static const struct clock running_clock = { NULL, NULL, running, NULL, { 0 } };
static const struct clock standing_clock = { NULL, NULL, standing, NULL, { 0 } };
static char dir[64];

static char *in_dir(const char *name, char out[128])
{
	snprintf(out, 128, "%s/%s", dir, name);
	return out;
}

static void make_dir(void)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-sink-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
}

static void remove_dir(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

START_TEST(a_sink_is_found_by_its_prefix)
{
	static const struct {
		int line;
		const char *name, *prefix, *device;
	} T[] = {
		{ __LINE__, "dry-run", "dry-run", "" },
		{ __LINE__, "alsa:hw:CARD=Device", "alsa", "hw:CARD=Device" },
		{ __LINE__, "ao:pulse", "ao", "pulse" },
		{ __LINE__, "file:/tmp/x:y.wav", "file", "/tmp/x:y.wav" },
		{ __LINE__, "aoo:pulse", NULL, NULL },
		{ __LINE__, "", NULL, NULL },
		{ __LINE__, "dry", NULL, NULL },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		const char *device = NULL;
		const struct sink_ops *ops = sink_find(T[i].name, &device);
		ck_assert_msg(!ops == !T[i].prefix, "row of line %d", T[i].line);
		if (!ops)
			continue;
		ck_assert_str_eq(ops->prefix, T[i].prefix);
		ck_assert_str_eq(device, T[i].device);
	}
}
END_TEST

START_TEST(the_beat_hears_what_its_time_has_come_for)
{
	struct pace p;
	elapsed = 0;
	pace_init(&p, &standing_clock, 8000);
	pace_write(&p, 320);
	elapsed = 10000;
	ck_assert_int_eq(pace_queued(&p, standing(NULL)), 320); /* it stands still until it is told to go */
	pace_go(&p);
	elapsed = 20000;
	ck_assert_int_eq(pace_queued(&p, standing(NULL)), 240);
	pace_take_back(&p, 80);
	ck_assert_int_eq(pace_queued(&p, standing(NULL)), 160);
	elapsed = 30000;
	ck_assert(!pace_dry(&p, standing(NULL)));
	elapsed = 60000;
	ck_assert_int_eq(pace_queued(&p, standing(NULL)), 0);
	ck_assert(pace_dry(&p, standing(NULL)));
	ck_assert(!pace_dry(&p, standing(NULL)));
	pace_write(&p, 160);
	pace_go(&p);
	elapsed = 70000;
	ck_assert_int_eq(pace_queued(&p, standing(NULL)), 80);
}
END_TEST

START_TEST(a_file_holds_what_was_heard)
{
	char path[128];
	struct err err = { "" };
	struct sink_state state;
	int16_t block[160 * 2], got[160 * 2];
	make_dir();
	in_dir("x.wav", path);
	elapsed = 0;
	struct sink_want want = { path, 8000, 2, &standing_clock };
	struct sink *s = sink_file_ops.open(&want, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	for (int period = 0; period < 120; period++) {
		for (int again = 0; again < 2; again++) { /* what is taken back is as if it had never been */
			for (int i = 0; i < 320; i++)
				block[i] = (int16_t)(period % 3 ? period * 320 + i + again : 0);
			ck_assert_int_eq(sink_file_ops.look(s, &state), SINK_GOOD);
			ck_assert_int_ge(state.room, 160);
			ck_assert_int_eq(sink_file_ops.write(s, block, 160), 160);
			if (!again)
				ck_assert_int_eq(sink_file_ops.take_back(s, 160), 160);
		}
		ck_assert(sink_file_ops.go(s));
		elapsed = (period - 9) * 20000; /* ten periods are queued … */
		elapsed = elapsed > 0 ? elapsed : 0;
	}
	elapsed += 3 * 20000; /* … of which three more are heard, and seven are not */
	ck_assert_int_eq(sink_file_ops.look(s, &state), SINK_GOOD);
	ck_assert_int_eq(state.delay, 7 * 160);
	uint8_t head[WAV_HEADER_BYTES], want_head[WAV_HEADER_BYTES];
	int fd = open(path, O_RDONLY);
	ck_assert_int_eq(read(fd, head, sizeof head), sizeof head);
	wav_header(want_head, 8000, 2, 2 * 8000); /* of the last full second, while it is being written */
	ck_assert_mem_eq(head, want_head, sizeof head);
	sink_file_ops.close(s);
	for (int period = 0; period < 113; period++) {
		ck_assert_int_eq(read(fd, got, sizeof got), sizeof got);
		for (int i = 0; i < 320; i++)
			ck_assert_int_eq(got[i], (int16_t)(period % 3 ? period * 320 + i + 1 : 0));
	}
	ck_assert_int_eq(read(fd, got, 1), 0);
	close(fd);
	want.device = "";
	ck_assert_ptr_null(sink_file_ops.open(&want, &err));
	remove_dir();
}
END_TEST

START_TEST(the_dry_run_sink_keeps_time)
{
	struct err err = { "" };
	struct sink_state state;
	elapsed = 0;
	struct sink_want want = { "", 8000, 2, &standing_clock };
	struct sink *s = sink_dry_ops.open(&want, &err);
	ck_assert_int_eq(sink_dry_ops.look(s, &state), SINK_GOOD);
	ck_assert_int_eq(state.room, 8000);
	ck_assert_int_eq(sink_dry_ops.write(s, NULL, 8000), 8000);
	ck_assert(sink_dry_ops.go(s));
	elapsed = 250000;
	ck_assert_int_eq(sink_dry_ops.look(s, &state), SINK_GOOD);
	ck_assert_int_eq(state.room, 2000);
	ck_assert_int_eq(state.queued, 6000);
	elapsed = 1100000;
	ck_assert_int_eq(sink_dry_ops.look(s, &state), SINK_XRUN);
	ck_assert_int_eq(sink_dry_ops.look(s, &state), SINK_GOOD);
	sink_dry_ops.close(s);
}
END_TEST

static void use_asoundrc(const char *text)
{
	char path[128];
	FILE *f = fopen(in_dir("asound.conf", path), "w");
	fputs(text, f);
	fclose(f);
	setenv("ALSA_CONFIG_PATH", path, 1);
}

START_TEST(alsa_gets_every_frame_at_its_rate_and_channels)
{
	char conf[512], raw[128];
	struct err err = { "" };
	int16_t block[160 * 2], got[160 * 2];
	make_dir();
	in_dir("out.raw", raw);
	snprintf(conf, sizeof conf, "pcm.tape { type file slave.pcm { type null } file \"%s\" format raw }\n", raw);
	use_asoundrc(conf);
	sink_alsa_ops.setup();
	struct sink_want want = { "tape", 8000, 2, &running_clock };
	struct sink *s = sink_alsa_ops.open(&want, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	for (int period = 0; period < 50;) { /* the null PCM swallows everything: the sink holds it back by the clock */
		struct sink_state state;
		ck_assert_int_ne(sink_alsa_ops.look(s, &state), SINK_LOST);
		ck_assert_int_le(state.room, 8000);
		if (state.room < 160)
			continue;
		for (int i = 0; i < 320; i++)
			block[i] = (int16_t)(period * 320 + i);
		ck_assert_int_eq(sink_alsa_ops.write(s, block, 160), 160);
		ck_assert(sink_alsa_ops.go(s));
		period++;
	}
	sink_alsa_ops.close(s);
	int fd = open(raw, O_RDONLY);
	for (int period = 0; period < 50; period++) {
		ck_assert_int_eq(read(fd, got, sizeof got), sizeof got);
		for (int i = 0; i < 320; i++)
			ck_assert_int_eq(got[i], (int16_t)(period * 320 + i));
	}
	close(fd);
	sink_alsa_ops.teardown();
	remove_dir();
}
END_TEST

START_TEST(alsa_refuses_in_words)
{
	static const struct {
		int line;
		const char *conf, *device, *word;
	} T[] = {
		{ __LINE__, "", "hw:CARD=Nowhere", "hw:CARD=Nowhere" },
		{ __LINE__, "pcm.x { type nonsense }\n", "x", "\"x\"" },
		{ __LINE__, "pcm.x {{{ broken\n", "x", "\"x\"" },
		/* a card that has three channels and no others */
		{ __LINE__, "pcm.null { type null }\npcm.x { type multi slaves.a.pcm null slaves.a.channels 4 "
			    "bindings.0 { slave a channel 0 } bindings.1 { slave a channel 1 } "
			    "bindings.2 { slave a channel 2 } }\n", "x", "2 channels" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct err err = { "" };
		make_dir();
		use_asoundrc(T[i].conf);
		sink_alsa_ops.setup();
		struct sink_want want = { T[i].device, 48000, 2, &running_clock };
		ck_assert_msg(!sink_alsa_ops.open(&want, &err), "row of line %d", T[i].line);
		ck_assert_msg(strstr(err.text, T[i].word), "row of line %d: %s", T[i].line, err.text);
		sink_alsa_ops.teardown();
		remove_dir();
	}
}
END_TEST

START_TEST(libao_is_named_and_paced)
{
	struct err err = { "" };
	static int16_t block[960 * 2];
	sink_ao_ops.setup();
	struct sink_want want = { "null", 48000, 2, &running_clock };
	struct sink *s = sink_ao_ops.open(&want, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	int64_t before = elapsed;
	for (int i = 0; i < 20;) {
		struct sink_state state;
		ck_assert_int_ne(sink_ao_ops.look(s, &state), SINK_LOST);
		if (state.room < 960)
			continue;
		ck_assert_int_eq(sink_ao_ops.write(s, block, 960), 960);
		ck_assert(sink_ao_ops.go(s));
		i++;
	}
	ck_assert_int_gt(elapsed - before, 300000); /* 0.4 s of sound, less the buffer */
	sink_ao_ops.close(s);
	want.device = "gramophone";
	ck_assert_ptr_null(sink_ao_ops.open(&want, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "gramophone"));
	want.device = "wav";
	ck_assert_ptr_null(sink_ao_ops.open(&want, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "file:"));
	sink_ao_ops.teardown();
}
END_TEST

UNIT_MAIN("sound/sink", a_sink_is_found_by_its_prefix, the_beat_hears_what_its_time_has_come_for,
		a_file_holds_what_was_heard, the_dry_run_sink_keeps_time, alsa_gets_every_frame_at_its_rate_and_channels, alsa_refuses_in_words,
		libao_is_named_and_paced)
