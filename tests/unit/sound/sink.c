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

START_TEST(the_beat_holds_a_writer_back_and_begins_anew_when_he_is_late)
{
	struct pace p;
	elapsed = 0;
	pace_begin(&p, &standing_clock, 8000, 320);
	ck_assert(pace_write(&p, 160));
	ck_assert(pace_write(&p, 160));
	ck_assert_int_eq(pace_delay(&p), 320);
	elapsed = 10000;
	ck_assert_int_eq(pace_delay(&p), 240);
	elapsed = 50000;
	ck_assert_int_eq(pace_delay(&p), 0);
	ck_assert(!pace_write(&p, 160)); /* late */
	ck_assert_int_eq(pace_delay(&p), 160);
	pace_begin(&p, &running_clock, 8000, 320);
	for (int i = 0; i < 50; i++) {
		pace_write(&p, 160);
		ck_assert_int_le(pace_delay(&p), 320);
	}
}
END_TEST

START_TEST(a_file_holds_what_was_written)
{
	char path[128];
	struct err err = { "" };
	int16_t block[160 * 2], got[160 * 2];
	make_dir();
	in_dir("x.wav", path);
	struct sink_want want = { path, 8000, 2, &running_clock };
	struct sink *s = sink_file_ops.open(&want, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	for (int period = 0; period < 120; period++) {
		for (int i = 0; i < 320; i++)
			block[i] = (int16_t)(period % 3 ? period * 320 + i + 1 : 0);
		ck_assert_int_eq(sink_file_ops.write(s, block, 160), SINK_WRITTEN);
	}
	uint8_t head[WAV_HEADER_BYTES], want_head[WAV_HEADER_BYTES];
	int fd = open(path, O_RDONLY);
	ck_assert_int_eq(read(fd, head, sizeof head), sizeof head);
	wav_header(want_head, 8000, 2, 2 * 8000); /* of the last full second, while it is being written */
	ck_assert_mem_eq(head, want_head, sizeof head);
	sink_file_ops.close(s);
	for (int period = 0; period < 120; period++) {
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
	for (int period = 0; period < 50; period++) {
		for (int i = 0; i < 320; i++)
			block[i] = (int16_t)(period * 320 + i);
		ck_assert_int_eq(sink_alsa_ops.write(s, block, 160), SINK_WRITTEN);
	}
	ck_assert_int_ge(sink_alsa_ops.delay(s), 0);
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
	for (int i = 0; i < 20; i++)
		ck_assert_int_eq(sink_ao_ops.write(s, block, 960), SINK_WRITTEN);
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

UNIT_MAIN("sound/sink", a_sink_is_found_by_its_prefix, the_beat_holds_a_writer_back_and_begins_anew_when_he_is_late,
		a_file_holds_what_was_written, alsa_gets_every_frame_at_its_rate_and_channels, alsa_refuses_in_words,
		libao_is_named_and_paced)
