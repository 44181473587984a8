/* The card of software at fault (tests/card/paced.c), and the one that records. */
#include "paced.h"

/* ── Faults ──────────────────────────────────────────────────────────────────────────────────────────────────── */

START_TEST(a_card_pulled_out_wakes_the_waiter_and_comes_back)
{
	struct pollfd fd;
	unsigned short events = 0;
	plug_in("rate 8000");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK), *again = NULL;
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	ck_assert_int_eq(snd_pcm_poll_descriptors(pcm, &fd, 1), 1);
	fault("gone", "");
	for (int i = 0; i < 100 && !(events & POLLERR); i++) {
		ck_assert_int_eq(poll(&fd, 1, PATIENCE_S * 1000), 1);
		ck_assert_int_eq(snd_pcm_poll_descriptors_revents(pcm, &fd, 1, &events), 0);
	}
	ck_assert(events & POLLERR);
	ck_assert_int_eq(snd_pcm_open(&again, "card", SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK), -ENODEV);
	fault("gone", NULL); /* put back: the old handle stays dead */
	ck_assert_int_eq(write_frames(pcm, 0, 10, 0), -ENODEV);
	ck_assert_int_eq(snd_pcm_avail(pcm), -ENODEV);
	ck_assert_int_eq(snd_pcm_prepare(pcm), -ENODEV);
	snd_pcm_close(pcm);
	ck_assert_int_lt(tape_length(), BUFFER);
	pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	ck_assert_int_eq(write_frames(pcm, 0, 10, 0), 10);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

START_TEST(a_card_pulled_and_put_back_unseen_is_gone_all_the_same)
{
	plug_in("rate 8000");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	fault("gone", "");
	fault("gone", NULL);
	snd_pcm_avail(pcm);
	ck_assert_int_eq(snd_pcm_avail(pcm), -ENODEV);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

START_TEST(an_xrun_to_order_happens_once)
{
	plug_in("rate 8000");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	fault("xrun", "");
	ck_assert_int_eq(snd_pcm_avail(pcm), -EPIPE);
	ck_assert_int_eq(write_frames(pcm, 0, 10, 0), -EPIPE);
	ck_assert_int_eq(snd_pcm_state(pcm), SND_PCM_STATE_XRUN);
	ck_assert_int_eq(snd_pcm_prepare(pcm), 0);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	ck_assert_int_ge(snd_pcm_avail(pcm), 0);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

static void is_in_a_bad_state(const char *name, int error)
{
	plug_in("speed 1");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	fault(name, "");
	snd_pcm_avail(pcm);
	ck_assert_int_eq(snd_pcm_avail(pcm), error);
	ck_assert_int_eq(write_frames(pcm, 0, 10, 0), error);
	ck_assert_int_eq(snd_pcm_prepare(pcm), error);
	fault(name, NULL);
	ck_assert_int_eq(snd_pcm_prepare(pcm), 0);
	ck_assert_int_eq(write_frames(pcm, 0, 10, 0), 10);
	snd_pcm_close(pcm);
	plug_out();
}

START_TEST(a_card_in_a_bad_state_says_which)
{
	is_in_a_bad_state("ebadfd", -EBADFD);
	is_in_a_bad_state("suspend", -ESTRPIPE);
}
END_TEST

START_TEST(a_card_that_always_says_later_hears_the_rest_and_takes_nothing)
{
	plug_in("speed 20");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, 2000, 0);
	fault("eagain", "");
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	wait_for_delay(pcm, 0);
	for (int i = 0; i < 3; i++)
		ck_assert_int_eq(write_frames(pcm, 2000, 10, 0), -EAGAIN);
	ck_assert_int_eq(snd_pcm_state(pcm), SND_PCM_STATE_RUNNING);
	fault("eagain", NULL);
	run_dry(pcm); /* there is nothing left */
	ck_assert_int_eq(snd_pcm_prepare(pcm), 0);
	ck_assert_int_eq(write_frames(pcm, 2000, 10, 0), 10);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	run_dry(pcm);
	snd_pcm_close(pcm);
	ck_assert_int_eq(tape_length(), 2010);
	plug_out();
}
END_TEST

START_TEST(a_card_that_stalls_stands_still_and_goes_on)
{
	snd_pcm_sframes_t a, b;
	int64_t ns, first, stopped;
	char rest[32];
	plug_in("speed 2");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	fault("stall", "");
	a = snd_pcm_avail(pcm);
	for (int64_t until = now_ns() + 1000000; now_ns() < until;)
		b = snd_pcm_avail(pcm);
	ck_assert_int_eq(a, b);
	fault("stall", NULL);
	run_dry(pcm);
	snd_pcm_close(pcm);
	ck_assert_int_eq(tape_length(), BUFFER);
	ck_assert(logged("stop", 0, &ns, &stopped, rest) && !strcmp(rest, "stall"));
	ck_assert(logged("start", 1, &ns, &first, rest) && first == stopped);
	plug_out();
}
END_TEST

START_TEST(a_card_takes_few_frames_a_call)
{
	plug_in("speed 20");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	fault("short", "7");
	ck_assert_int_eq(write_frames(pcm, 0, 100, 0), 7);
	ck_assert_int_eq(write_frames(pcm, 7, 5, 0), 5);
	fault("short", NULL);
	ck_assert_int_eq(write_frames(pcm, 12, 100, 0), 100);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	run_dry(pcm);
	snd_pcm_close(pcm);
	ck_assert_int_eq(tape_length(), 112);
	for (int i = 0; i < 112; i++)
		ck_assert_int_eq(on_tape(i), i);
	plug_out();
}
END_TEST

START_TEST(a_card_that_lies_runs_at_another_rate)
{
	int64_t ns, frame;
	char rest[32];
	plug_in("lie_rate 44100");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	for (int round = 0; round < 2; round++) {
		ck_assert_int_eq(snd_pcm_prepare(pcm), 0);
		write_frames(pcm, 0, BUFFER, 0);
		ck_assert_int_eq(snd_pcm_start(pcm), 0);
		ck_assert(logged("start", round, &ns, &frame, rest));
		ck_assert_double_eq(atof(rest), round ? 32000 : 44100);
		fault("rate", "32000");
		snd_pcm_drop(pcm);
	}
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

/* ── Capture ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void lay_line(int frames)
{
	char path[128];
	at("line", path);
	FILE *f = fopen(path, "wb");
	for (int16_t i = 1; i <= frames; i++)
		fwrite(&i, 2, 1, f);
	fclose(f);
}

static void read_frames(snd_pcm_t *pcm, int16_t *to, int n)
{
	int64_t until = now_ns() + PATIENCE_S * INT64_C(1000000000);
	for (int done = 0; done < n; ck_assert(now_ns() < until)) {
		snd_pcm_sframes_t r = snd_pcm_readi(pcm, to + done, (snd_pcm_uframes_t)(n - done));
		ck_assert(r >= 0 || r == -EAGAIN);
		done += r > 0 ? (int)r : 0;
	}
}

static void record_line(bool loops)
{
	static int16_t got[4000];
	plug_in(loops ? "rate 8000 line_loop yes" : "rate 8000");
	lay_line(1500);
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_CAPTURE);
	int64_t before = now_ns();
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	read_frames(pcm, got, 4000);
	ck_assert_int_ge(now_ns() - before, INT64_C(4000) * 1000000000 / 8000);
	for (int i = 0; i < 4000; i++)
		ck_assert_int_eq(got[i], loops ? i % 1500 + 1 : i < 1500 ? i + 1 : 0);
	fault("mute", "");
	read_frames(pcm, got, 100);
	for (int i = 0; i < 100; i++)
		ck_assert_int_eq(got[i], 0);
	snd_pcm_close(pcm);
	plug_out();
}

START_TEST(a_line_is_recorded_at_its_pace_then_it_is_silent)
{
	record_line(false);
	record_line(true);
}
END_TEST

START_TEST(a_line_not_read_runs_over_and_one_pulled_is_gone)
{
	int16_t got[10];
	plug_in("speed 20");
	lay_line(100);
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_CAPTURE);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	run_dry(pcm);
	ck_assert_int_eq(snd_pcm_readi(pcm, got, 10), -EPIPE);
	ck_assert_int_eq(snd_pcm_prepare(pcm), 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	read_frames(pcm, got, 10);
	ck_assert_int_eq(got[0], 1);
	fault("gone", "");
	snd_pcm_avail(pcm);
	ck_assert_int_eq(snd_pcm_readi(pcm, got, 10), -ENODEV);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

UNIT_MAIN("sound/paced_faults", a_card_pulled_out_wakes_the_waiter_and_comes_back,
		a_card_pulled_and_put_back_unseen_is_gone_all_the_same, an_xrun_to_order_happens_once,
		a_card_in_a_bad_state_says_which, a_card_that_always_says_later_hears_the_rest_and_takes_nothing,
		a_card_that_stalls_stands_still_and_goes_on, a_card_takes_few_frames_a_call,
		a_card_that_lies_runs_at_another_rate, a_line_is_recorded_at_its_pace_then_it_is_silent,
		a_line_not_read_runs_over_and_one_pulled_is_gone)
