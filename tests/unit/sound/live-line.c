/* A line-in through ALSA: what it takes, what it refuses, and a plug pulled and put back. */
#include "sound/live-line.h"
#include "sound/alsa.h"
#include "paced.h"

#include <sys/eventfd.h>

static mono_us mono(void *self)
{
	(void)self;
	return (mono_us){ now_ns() / 1000 };
}

static const struct clock real_clock = { .mono = mono };
static const _Atomic bool going_on = false;

enum { LINE_FRAMES = 40000 };

/* Frame k of the line is k + 1 on every channel, but `twist` less on the second. */
static void fill_line(int channels, int twist)
{
	char path[128];
	at("line", path);
	FILE *f = fopen(path, "w");
	for (int k = 0; k < LINE_FRAMES; k++)
		for (int c = 0; c < channels; c++) {
			int16_t v = (int16_t)(k % 30000 + 1 - c * twist);
			fwrite(&v, sizeof v, 1, f);
		}
	fclose(f);
}

static struct live_setup setup_of(int rate, int notify)
{
	return (struct live_setup){
		.feed = &live_line_ops, .what = "card", .rate = rate, .clock = &real_clock, .notify = notify
	};
}

START_TEST(frames_come_in_order_as_mono)
{
	static const struct {
		int line;
		const char *card;
		int channels, twist;
	} T[] = {
		{ __LINE__, "speed 5", 1, 0 },
		{ __LINE__, "speed 5 channels 2", 2, 0 },
		{ __LINE__, "speed 5 channels 2", 2, 400 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct err err = { "" };
		struct live_setup setup = setup_of(RATE, -1);
		int16_t part[512];
		plug_in(T[i].card);
		fill_line(T[i].channels, T[i].twist);
		struct live_feed *f = live_line_ops.open(&setup, &going_on, &err);
		ck_assert_msg(f != NULL, "line %d: %s", T[i].line, err.text);
		for (int got = 0, next = 0; got < 15000;) {
			ssize_t n = live_line_ops.read(f, part, 512, 50, &err);
			ck_assert_msg(n >= 0, "line %d: %s", T[i].line, err.text);
			for (int k = 0; k < n; k++, next++) {
				int want = part[k] + T[i].twist / 2;
				if (want != next % 30000 + 1) /* this program was held up: some were lost */
					next = want - 1;
				ck_assert_int_eq(want, next % 30000 + 1);
			}
			got += (int)n;
		}
		live_line_ops.close(f);
		plug_out();
	}
}
END_TEST

START_TEST(another_rate_is_refused_in_words)
{
	struct err err = { "" };
	struct live_setup setup = setup_of(44100, -1);
	plug_in("rate 48000");
	ck_assert_ptr_null(live_line_ops.open(&setup, &going_on, &err));
	ck_assert_msg(strstr(err.text, "44100"), "%s", err.text);
	plug_out();
}
END_TEST

START_TEST(a_missing_card_is_said_in_words)
{
	struct err err = { "" };
	struct live_setup setup = setup_of(RATE, -1);
	alsa_setup();
	plug_in("");
	setup.what = "nobody";
	ck_assert_ptr_null(live_line_ops.open(&setup, &going_on, &err));
	ck_assert_msg(strstr(err.text, "nobody"), "%s", err.text);
	plug_out();
	alsa_teardown();
}
END_TEST

static void wait_for(struct live_source *s, int notify, enum live_state state, const char *what)
{
	struct live_news news;
	for (live_source_look(s, &news); news.state != state; live_source_look(s, &news)) {
		struct pollfd p = { .fd = notify, .events = POLLIN };
		eventfd_t n;
		ck_assert_msg(poll(&p, 1, PATIENCE_S * 1000) > 0, "never %s: %s", what, news.why.text);
		eventfd_read(notify, &n);
	}
}

START_TEST(a_pulled_line_comes_back)
{
	static const char *const faults[] = { "gone", "stall", "ebadfd" };
	int notify = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	struct live_setup setup = setup_of(RATE, notify);
	alsa_setup();
	plug_in("line_loop yes");
	fill_line(1, 0);
	struct live_source *s = live_source_new(&setup);
	for (size_t i = 0; i < sizeof faults / sizeof *faults; i++) {
		struct live_news news;
		wait_for(s, notify, LIVE_ON, "on");
		fault(faults[i], "");
		wait_for(s, notify, LIVE_LOST, faults[i]);
		live_source_look(s, &news);
		ck_assert_int_eq(news.times_lost, (int)i + 1);
		fault(faults[i], NULL);
	}
	wait_for(s, notify, LIVE_ON, "on again");
	fault("mute", "");
	wait_for(s, notify, LIVE_QUIET, "quiet");
	live_source_free(&s);
	plug_out();
	alsa_teardown();
	close(notify);
}
END_TEST

UNIT_MAIN("sound/live-line", frames_come_in_order_as_mono, another_rate_is_refused_in_words,
	a_missing_card_is_said_in_words, a_pulled_line_comes_back)
