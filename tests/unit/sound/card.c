/* The ALSA sink on a card of software (tests/card/paced.c) that runs ten times as fast as a real one and can be pulled
 * out, stalled and starved. */
#include "sound/sink.h"
#include "../unit.h"

#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SPEED 10
#define PERIOD 960

static char dir[64];

static mono_us fast(void *self)
{
	struct timespec t;
	(void)self;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (mono_us){ (t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000) * SPEED };
}

static const struct clock fast_clock = { NULL, NULL, fast, NULL, { 0 } };

/* The plugin lies beside this program's folder. */
static void plug_in(int rate)
{
	char self[512] = "", path[80];
	ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
	for (int up = 0; up < 3; up++)
		*strrchr(self, '/') = '\0';
	snprintf(dir, sizeof dir, "/tmp/loaxa-card-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(path, sizeof path, "%s/asound.conf", dir);
	FILE *f = fopen(path, "w");
	fprintf(f, "pcm_type.loaxa { lib \"%s/card/paced.so\" }\npcm.card { type loaxa dir \"%s\" speed %d rate %d }\n", self,
			dir, SPEED, rate);
	fclose(f);
	setenv("ALSA_CONFIG_PATH", path, 1);
	sink_alsa_ops.setup();
}

static void plug_out(void)
{
	char command[128];
	sink_alsa_ops.teardown();
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static void fault(const char *name, bool on)
{
	char path[80];
	snprintf(path, sizeof path, "%s/%s", dir, name);
	if (on)
		close(open(path, O_WRONLY | O_CREAT, 0666));
	else
		unlink(path);
}

static struct sink *open_card(void)
{
	struct err err = { "" };
	struct sink_want want = { "card", 48000, 2, &fast_clock };
	struct sink *s = sink_alsa_ops.open(&want, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	return s;
}

/* Each frame says which it is. */
static enum sink_result write_period(struct sink *s, int period)
{
	int16_t block[PERIOD * 2];
	for (int i = 0; i < PERIOD; i++) {
		block[2 * i] = (int16_t)(period * PERIOD + i);
		block[2 * i + 1] = (int16_t)~block[2 * i];
	}
	return sink_alsa_ops.write(s, block, PERIOD);
}

/* Until all is heard: on closing, the card drops the rest. */
static void let_be_heard(struct sink *s)
{
	while (sink_alsa_ops.delay(s) > 0)
		poll(NULL, 0, 1);
}

static int periods_on_tape(void)
{
	char path[80];
	int16_t frame[2];
	int n = 0;
	snprintf(path, sizeof path, "%s/tape", dir);
	FILE *f = fopen(path, "rb");
	for (; fread(frame, sizeof frame, 1, f) == 1; n++)
		ck_assert_msg(frame[0] == (int16_t)n && frame[1] == (int16_t)~n, "frame %d", n);
	fclose(f);
	return n / PERIOD;
}

START_TEST(every_frame_reaches_the_card_once)
{
	plug_in(48000);
	struct sink *s = open_card();
	for (int i = 0; i < 150; i++) {
		ck_assert_int_ne(write_period(s, i), SINK_LOST);
		ck_assert_int_le(sink_alsa_ops.delay(s), 9600); /* its buffer is 200 ms */
	}
	let_be_heard(s);
	sink_alsa_ops.close(s);
	ck_assert_int_eq(periods_on_tape(), 150);
	plug_out();
}
END_TEST

START_TEST(a_card_that_ran_dry_goes_on_without_losing_a_frame)
{
	plug_in(48000);
	struct sink *s = open_card();
	for (int i = 0; i < 20; i++)
		write_period(s, i);
	for (int64_t dry = fast(NULL).us + 400000; fast(NULL).us < dry;) /* its buffer lasts for 200 ms of that clock */
		sink_alsa_ops.delay(s);
	enum sink_result r = write_period(s, 20);
	ck_assert_int_eq(r, SINK_XRUN);
	for (int i = 21; i < 40; i++)
		ck_assert_int_ne(write_period(s, i), SINK_LOST);
	let_be_heard(s);
	sink_alsa_ops.close(s);
	ck_assert_int_eq(periods_on_tape(), 40);
	plug_out();
}
END_TEST

START_TEST(a_card_pulled_out_is_lost_and_comes_back)
{
	struct err err = { "" };
	struct sink_want want = { "card", 48000, 2, &fast_clock };
	plug_in(48000);
	struct sink *s = open_card();
	for (int i = 0; i < 30; i++)
		write_period(s, i);
	fault("gone", true);
	enum sink_result r = SINK_WRITTEN;
	for (int i = 0; i < 20 && r != SINK_LOST; i++)
		r = write_period(s, 30 + i);
	ck_assert_int_eq(r, SINK_LOST);
	sink_alsa_ops.close(s);
	ck_assert_ptr_null(sink_alsa_ops.open(&want, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "\"card\""));
	fault("gone", false);
	s = open_card();
	ck_assert_int_eq(write_period(s, 0), SINK_WRITTEN);
	sink_alsa_ops.close(s);
	plug_out();
}
END_TEST

START_TEST(a_card_that_stalls_is_lost)
{
	plug_in(48000);
	struct sink *s = open_card();
	for (int i = 0; i < 20; i++)
		write_period(s, i);
	fault("stall", true);
	enum sink_result r = SINK_WRITTEN;
	for (int i = 0; i < 20 && r != SINK_LOST; i++)
		r = write_period(s, 20 + i);
	ck_assert_int_eq(r, SINK_LOST);
	sink_alsa_ops.close(s);
	plug_out();
}
END_TEST

START_TEST(a_card_of_another_rate_is_refused)
{
	struct err err = { "" };
	struct sink_want want = { "card", 48000, 2, &fast_clock };
	plug_in(44100);
	ck_assert_ptr_null(sink_alsa_ops.open(&want, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "48000 Hz"));
	want.device = "plug:card"; /* asked for by name, ALSA converts */
	struct sink *s = sink_alsa_ops.open(&want, &err);
	if (s)
		sink_alsa_ops.close(s);
	plug_out();
}
END_TEST

UNIT_MAIN("sound/card", every_frame_reaches_the_card_once, a_card_that_ran_dry_goes_on_without_losing_a_frame,
		a_card_pulled_out_is_lost_and_comes_back, a_card_that_stalls_is_lost, a_card_of_another_rate_is_refused)
