/* The card of software itself (tests/card/paced.c): what other tests take for granted of what it plays. */
#include "paced.h"

START_TEST(what_is_heard_is_on_the_tape_once_and_only_that)
{
	plug_in("speed 20");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	ck_assert_int_eq(write_frames(pcm, 0, BUFFER, 0), BUFFER);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	wait_for_delay(pcm, BUFFER / 2);
	snd_pcm_drop(pcm);
	int heard = tape_length();
	ck_assert_int_ge(heard, BUFFER / 2);
	snd_pcm_close(pcm);
	ck_assert_int_eq(tape_length(), heard);
	for (int i = 0; i < heard; i++)
		ck_assert_int_eq(on_tape(i), i);
	plug_out();
}
END_TEST

START_TEST(the_log_says_when_each_frame_was_heard)
{
	int64_t start, stop, first, last;
	char rest[32];
	plug_in("speed 20 ppm 500");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	for (int round = 0; round < 2; round++) {
		ck_assert_int_eq(snd_pcm_prepare(pcm), 0);
		write_frames(pcm, 0, 4800, 0);
		int64_t before = now_ns();
		ck_assert_int_eq(snd_pcm_start(pcm), 0);
		run_dry(pcm);
		int64_t after = now_ns();
		ck_assert(logged("start", round, &start, &first, rest));
		ck_assert_double_eq_tol(atof(rest), RATE * SPEED * 1.0005, 0.01);
		ck_assert(logged("stop", round, &stop, &last, rest));
		ck_assert_str_eq(rest, "xrun");
		ck_assert_int_eq(first, round * 4800);
		ck_assert_int_eq(last, first + 4800);
		ck_assert(before <= start && stop <= after);
		ck_assert_int_le(llabs(stop - start - (int64_t)(4800 * 1e9 / (RATE * SPEED * 1.0005))), 1);
	}
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

START_TEST(what_is_rewound_and_rewritten_is_heard_as_last_written)
{
	plug_in("speed 20");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	fault("stall", ""); /* time for what follows */
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	ck_assert_int_eq(snd_pcm_avail(pcm), 0);
	ck_assert_int_eq(snd_pcm_rewindable(pcm), BUFFER);
	ck_assert_int_eq(snd_pcm_rewind(pcm, BUFFER / 2), BUFFER / 2);
	ck_assert_int_eq(write_frames(pcm, BUFFER / 2, 1000, 10000), 1000);
	fault("stall", NULL);
	run_dry(pcm);
	snd_pcm_close(pcm);
	ck_assert_int_eq(tape_length(), BUFFER / 2 + 1000);
	ck_assert_int_eq(on_tape(BUFFER / 2 - 1), BUFFER / 2 - 1);
	ck_assert_int_eq(on_tape(BUFFER / 2), BUFFER / 2 + 10000);
	ck_assert_int_eq(on_tape(BUFFER / 2 + 999), BUFFER / 2 + 10999);
	plug_out();
}
END_TEST

START_TEST(what_comes_too_late_does_not_change_the_tape_and_is_logged)
{
	int64_t ns, frame;
	char rest[32];
	snd_pcm_sframes_t delay = 0;
	plug_in("speed 1 rate 8000 prefetch 480");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	wait_for_delay(pcm, BUFFER - 200);
	fault("stall", "");
	ck_assert_int_ge(snd_pcm_avail(pcm), 0);
	ck_assert_int_eq(snd_pcm_delay(pcm, &delay), 0);
	int heard = (int)(BUFFER - delay);
	ck_assert_int_eq(snd_pcm_rewindable(pcm), delay - 480);
	ck_assert_int_eq(snd_pcm_rewind(pcm, (snd_pcm_uframes_t)delay - 100), delay - 100);
	write_frames(pcm, heard + 100, 1000, 10000); /* the card has the first 380 of these already */
	fault("stall", NULL);
	run_dry(pcm);
	snd_pcm_close(pcm);
	ck_assert(logged("late", 0, &ns, &frame, rest));
	ck_assert_int_eq(frame, heard + 100);
	ck_assert_int_eq(atoi(rest), 380);
	ck_assert_int_eq(tape_length(), heard + 1100);
	for (int i = 0; i < heard + 1100; i++)
		ck_assert_int_eq(on_tape(i), i < heard + 480 ? i : i + 10000);
	plug_out();
}
END_TEST

START_TEST(what_it_has_taken_ahead_of_the_ear_is_not_written_over)
{
	plug_in("rate 8000 prefetch 480");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	int more = (int)snd_pcm_avail(pcm);
	ck_assert_int_ge(more, 480);
	ck_assert_int_eq(write_frames(pcm, BUFFER, more, 0), more);
	wait_for_delay(pcm, BUFFER - 480);
	snd_pcm_close(pcm);
	for (int i = 0; i < 480; i++)
		ck_assert_int_eq(on_tape(i), i);
	plug_out();
}
END_TEST

START_TEST(a_card_that_cannot_rewind_says_so)
{
	plug_in("speed 1 norewind yes");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	ck_assert_int_ge(snd_pcm_avail(pcm), 0);
	ck_assert_int_eq(snd_pcm_rewindable(pcm), 0);
	ck_assert_int_eq(snd_pcm_rewind(pcm, 1000), 0);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

START_TEST(its_status_is_of_one_instant)
{
	snd_pcm_status_t *status;
	int64_t start, first;
	char rest[32];
	snd_htimestamp_t when;
	snd_pcm_status_alloca(&status);
	plug_in("rate 8000 grain 441");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	ck_assert(logged("start", 0, &start, &first, rest));
	for (int i = 0, seen = 0; i < 1000 && seen < 20; i++) {
		ck_assert_int_eq(snd_pcm_status(pcm, status), 0);
		snd_pcm_status_get_htstamp(status, &when);
		int64_t heard = BUFFER - snd_pcm_status_get_delay(status), due = (ns_of(when) - start) * 8000 / 1000000000;
		snd_pcm_sframes_t moved = (snd_pcm_sframes_t)snd_pcm_status_get_avail(status);
		ck_assert_int_eq(moved % 441, 0); /* the buffer was full */
		ck_assert_int_le(heard, due);
		ck_assert_int_le(moved, heard);
		seen += due - heard <= 2; /* else this program was held up between the two */
		ck_assert_msg(i < 999, "delay and instant never fitted: %ld and %ld", (long)heard, (long)due);
	}
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

START_TEST(draining_hears_the_end)
{
	plug_in("speed 20 grain 500 prefetch 100");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	snd_pcm_nonblock(pcm, 0);
	write_frames(pcm, 0, 3333, 0);
	ck_assert_int_eq(snd_pcm_drain(pcm), 0);
	ck_assert_int_eq(tape_length(), 3333);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

START_TEST(a_poll_wakes_when_there_is_room)
{
	struct pollfd fd;
	unsigned short events = 0;
	int wakes = 0;
	plug_in("rate 8000");
	snd_pcm_t *pcm = open_card(SND_PCM_STREAM_PLAYBACK);
	write_frames(pcm, 0, BUFFER, 0);
	ck_assert_int_eq(snd_pcm_start(pcm), 0);
	ck_assert_int_eq(snd_pcm_poll_descriptors(pcm, &fd, 1), 1);
	for (; !(events & POLLOUT) && wakes < 100; wakes++) {
		ck_assert_int_eq(poll(&fd, 1, PATIENCE_S * 1000), 1);
		ck_assert_int_eq(snd_pcm_poll_descriptors_revents(pcm, &fd, 1, &events), 0);
	}
	ck_assert_int_le(wakes, 3); /* the start may wake it, and a change in the folder */
	ck_assert_int_ge(snd_pcm_avail_update(pcm), PERIOD);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

START_TEST(it_takes_only_what_it_was_made_for)
{
	snd_pcm_t *pcm = NULL, *second = NULL;
	snd_pcm_hw_params_t *hw;
	snd_pcm_uframes_t most = 0;
	snd_pcm_hw_params_alloca(&hw);
	plug_in("rate 44100 buffer_max 4096");
	ck_assert_int_eq(snd_pcm_open(&pcm, "card", SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK), 0);
	ck_assert_int_ge(snd_pcm_hw_params_any(pcm, hw), 0);
	ck_assert_int_ne(snd_pcm_hw_params_test_rate(pcm, hw, 48000, 0), 0);
	ck_assert_int_eq(snd_pcm_hw_params_test_rate(pcm, hw, 44100, 0), 0);
	ck_assert_int_ne(snd_pcm_hw_params_test_channels(pcm, hw, 2), 0);
	ck_assert_int_ne(snd_pcm_hw_params_test_format(pcm, hw, SND_PCM_FORMAT_S32), 0);
	ck_assert_int_eq(snd_pcm_hw_params_get_buffer_size_max(hw, &most), 0);
	ck_assert_int_eq(most, 4096);
	ck_assert_int_eq(snd_pcm_open(&second, "card", SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK), -EBUSY);
	snd_pcm_close(pcm);
	plug_out();
}
END_TEST

UNIT_MAIN("sound/paced", what_is_heard_is_on_the_tape_once_and_only_that, the_log_says_when_each_frame_was_heard,
		what_is_rewound_and_rewritten_is_heard_as_last_written,
		what_comes_too_late_does_not_change_the_tape_and_is_logged,
		what_it_has_taken_ahead_of_the_ear_is_not_written_over, a_card_that_cannot_rewind_says_so,
		its_status_is_of_one_instant, draining_hears_the_end, a_poll_wakes_when_there_is_room,
		it_takes_only_what_it_was_made_for)
