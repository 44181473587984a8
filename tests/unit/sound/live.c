/* Live playout on a card that is cranked by hand. */
#include "crank-station.h"

START_TEST(an_item_is_heard_whole_and_once)
{
	struct live_sound *s = power_on();
	play(s, 1, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	struct sound_event ended = await(__LINE__, s, SOUND_ENDED, token);
	ck_assert_int_eq(ended.frame, ITEM);
	ck_assert_int_eq(live_sound_port(s).position(s, 1, token), ITEM);
	for (int i = 0; i < 10; i++)
		crank();
	int64_t end = expect(__LINE__, 1, 0, 0, ITEM, mark);
	ck_assert_int_le(llabs(ended.at.us - NOON - end * 1000000 / RATE), 1000);
	expect_silence(__LINE__, 1, end);
	expect_silence(__LINE__, 0, 0);
	power_off(&s);
}
END_TEST

START_TEST(an_emergency_cuts_and_the_item_goes_on_at_that_frame)
{
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	uint32_t item = token;
	await(__LINE__, s, SOUND_STARTED, item);
	for (int i = 0; i < 100; i++)
		crank();
	play(s, 0, 1, 0);
	struct sound_event cut = await(__LINE__, s, SOUND_STOPPED, item);
	int64_t alarm = tape_frame(await(__LINE__, s, SOUND_STARTED, token));
	await(__LINE__, s, SOUND_ENDED, token);
	play(s, 0, 0, cut.frame);
	await(__LINE__, s, SOUND_STARTED, token);
	await(__LINE__, s, SOUND_ENDED, token);
	crank();
	ck_assert_int_le(expect(__LINE__, 0, 0, 0, cut.frame, mark), alarm);
	for (int64_t i = 0; i < FADE; i++) /* whole from its first frame; what is added is less than the cut item */
		ck_assert_int_le(abs(card.tape[2 * (alarm + i)] - alarm_mark(i)), abs(mark(cut.frame + i)));
	for (int64_t i = FADE; i < ALARM; i++)
		ck_assert_int_eq(card.tape[2 * (alarm + i)], alarm_mark(i));
	expect(__LINE__, 0, alarm + ALARM, cut.frame, ITEM, mark);
	power_off(&s);
}
END_TEST

START_TEST(a_stopped_item_counts_what_left_before_the_fade)
{
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	play(s, 0, 0, 123);
	await(__LINE__, s, SOUND_STARTED, token);
	for (int i = 0; i < 20; i++)
		crank();
	ck_assert_int_gt(p.position(s, 0, token), 123);
	p.stop(s, 0, token);
	p.stop(s, 0, token + 1); /* nobody */
	struct sound_event e = await(__LINE__, s, SOUND_STOPPED, token);
	crank(), crank(), crank();
	int64_t end = expect(__LINE__, 0, 0, 123, e.frame, mark);
	ck_assert_int_eq(card.tape[2 * end], mark(e.frame)); /* the fade begins there, still at full level … */
	ck_assert_int_eq(card.tape[2 * (end + FADE)], 0);    /* … and is over in 30 ms */
	ck_assert_int_eq(p.position(s, 0, token), e.frame);
	power_off(&s);
}
END_TEST

START_TEST(a_start_keeps_its_instant_to_the_frame)
{
	struct live_sound *s = power_on();
	struct sound_item item = item_of(0, 1, 0); /* from memory: it is ready whatever the disk does */
	item.at.us = NOON + 2000000 + 125 * 37; /* 37 frames into a period, if the tape began at 0 */
	struct sound_item cue = item;
	cue.token = 0;
	live_sound_port(s).cue(s, &cue);
	for (int i = 0; i < 20; i++)
		crank();
	live_sound_port(s).start(s, &item);
	struct sound_event e = await(__LINE__, s, SOUND_STARTED, item.token);
	ck_assert_int_le(llabs(e.at.us - item.at.us), 125);
	crank(), crank();
	int64_t at = find_sound(__LINE__, 0);
	ck_assert_int_le(llabs(at - (2 * RATE + 37)), 1);
	expect(__LINE__, 0, at, 0, PERIOD, alarm_mark);
	power_off(&s);
}
END_TEST

START_TEST(a_lost_card_is_a_state)
{
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	uint32_t first = token;
	await(__LINE__, s, SOUND_STARTED, first);
	play(s, 1, 0, 7);
	await(__LINE__, s, SOUND_STARTED, token);
	for (int i = 0; i < 50; i++)
		crank();
	unplug(true);
	struct sound_event left = await(__LINE__, s, SOUND_LOST, first);
	struct sound_event right = await(__LINE__, s, SOUND_LOST, token);
	struct sound_event lost = await(__LINE__, s, SOUND_LOST, 0);
	ck_assert_int_eq(lost.output, 0);
	/* All that is on the tape, and nothing of what was mixed and never written. */
	expect_silence(__LINE__, 0, expect(__LINE__, 0, 0, 0, left.frame, mark));
	expect_silence(__LINE__, 1, expect(__LINE__, 1, 0, 7, right.frame, mark));
	play(s, 0, 0, left.frame);
	ck_assert_int_eq(await(__LINE__, s, SOUND_LOST, token).frame, left.frame);
	unplug(false);
	await(__LINE__, s, SOUND_BACK, 0);
	int64_t again = card.passed;
	play(s, 0, 0, left.frame);
	await(__LINE__, s, SOUND_STARTED, token);
	await(__LINE__, s, SOUND_ENDED, token);
	crank();
	expect(__LINE__, 0, again, left.frame, ITEM, mark);
	power_off(&s);
}
END_TEST

START_TEST(an_absent_card_is_said_at_once)
{
	card.absent = true;
	struct live_sound *s = power_on();
	await(__LINE__, s, SOUND_LOST, 0);
	struct err why;
	live_sound_fault(s, 0, &why);
	ck_assert_str_eq(why.text, "no card");
	unplug(false);
	await(__LINE__, s, SOUND_BACK, 0);
	live_sound_fault(s, 0, &why);
	ck_assert_str_eq(why.text, "");
	power_off(&s);
}
END_TEST

START_TEST(broken_sound_is_played_as_far_as_it_goes)
{
	struct live_sound *s = power_on();
	play(s, 0, 2, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	struct sound_event e = await(__LINE__, s, SOUND_BROKEN, token);
	ck_assert_int_eq(e.frame, 20000);
	ck_assert_int_eq(e.reason, REASON_FILE_CORRUPT);
	expect(__LINE__, 0, 0, 0, 20000, mark);
	/* What cannot be played cuts nothing. */
	play(s, 0, 0, 0);
	uint32_t item = token;
	await(__LINE__, s, SOUND_STARTED, item);
	play(s, 0, 3, 0);
	e = await(__LINE__, s, SOUND_BROKEN, token);
	ck_assert_int_eq(e.frame, 0);
	ck_assert_int_eq(e.reason, REASON_FILE_MISSING);
	await(__LINE__, s, SOUND_ENDED, item);
	power_off(&s);
}
END_TEST

START_TEST(a_reload_moves_lanes_and_the_sound_goes_on)
{
	static struct zone moved[] = { { .name = "new", .channel = 2 }, { .name = "left", .channel = 1 } };
	static struct output louder[] = { { .name = "ampli", .sink = "dry-run", .rate = RATE, .channels = 2, .idle = IDLE_OPEN } };
	static const struct station next = { .outputs = { louder, 1, 1 }, .zones = { moved, 2, 2 },
		.bulletins = { bulletins, 5, 5 }, .rules = { rules, 1, 1 } };
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	uint32_t stays = token;
	await(__LINE__, s, SOUND_STARTED, stays);
	play(s, 1, 1, 0);
	uint32_t goes = token;
	await(__LINE__, s, SOUND_STARTED, goes);
	live_sound_port(s).adopt(s, &next);
	struct sound_event e = await(__LINE__, s, SOUND_STOPPED, goes);
	ck_assert_int_eq(e.zone, -1);
	play(s, 0, 1, 5);
	await(__LINE__, s, SOUND_STARTED, token);
	await(__LINE__, s, SOUND_ENDED, token);
	e = await(__LINE__, s, SOUND_ENDED, stays);
	ck_assert_int_eq(e.zone, 1);
	crank();
	expect(__LINE__, 0, 0, 0, ITEM, mark);
	/* An output with another rate is another device. */
	louder[0].channels = 2, louder[0].idle = IDLE_CLOSE;
	play(s, 1, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	unplug(true);
	live_sound_adopt(s, &next);
	unplug(false);
	e = await(__LINE__, s, SOUND_LOST, token);
	ck_assert_int_eq(e.zone, 1);
	await(__LINE__, s, SOUND_LOST, 0);
	await(__LINE__, s, SOUND_BACK, 0);
	live_sound_adopt(s, NULL);
	power_off(&s);
}
END_TEST

/* Whether the card is open or not; sound comes from a disk that takes its time: they begin on one frame all the same. */
START_TEST(zones_started_together_begin_together)
{
	outputs[0].idle = IDLE_CLOSE;
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	for (int round = 0; round < 20; round++) {
		struct sound_item left = item_of(0, round % 2, 0), right = item_of(1, round % 2, 0);
		while (card.open && round % 4 > 1)
			crank();
		p.start(s, &left);
		p.start(s, &right);
		p.commit(s);
		struct sound_event one = await(__LINE__, s, SOUND_STARTED, left.token);
		struct sound_event two = await(__LINE__, s, SOUND_STARTED, right.token);
		ck_assert_int_eq(one.at.us, two.at.us);
		p.stop(s, 0, left.token);
		p.stop(s, 1, right.token);
		p.commit(s);
		await(__LINE__, s, SOUND_STOPPED, left.token);
		await(__LINE__, s, SOUND_STOPPED, right.token);
	}
	outputs[0].idle = IDLE_OPEN;
	power_off(&s);
}
END_TEST

/* However long the queue: what cannot wait is heard before the hardware has gone on for 10 ms, and the other zone of the
 * card does not notice; on a card that cannot go back too, which is emptied and filled anew. */
START_TEST(an_order_that_cannot_wait_is_heard_at_once)
{
	card.stiff = _i;
	struct live_sound *s = power_on();
	play(s, 1, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	for (int i = 0; i < 50; i++)
		crank();
	ck_assert_int_eq(card.written - card.heard, QUEUE);
	int64_t now = card.passed;
	play(s, 0, 1, 0);
	let_it_turn();
	int64_t at = tape_frame(await(__LINE__, s, SOUND_STARTED, token));
	ck_assert_int_ge(at, now);
	ck_assert_int_le(at - now, RATE / 100);
	await(__LINE__, s, SOUND_ENDED, token);
	await(__LINE__, s, SOUND_ENDED, token - 1);
	expect(__LINE__, 0, find_sound(__LINE__, 0), 0, ALARM, alarm_mark);
	int64_t from = find_sound(__LINE__, 1);
	ck_assert_int_eq(expect(__LINE__, 1, from, 0, ITEM, mark) - from, ITEM); /* not a frame of silence in between */
	card.stiff = false;
	power_off(&s);
}
END_TEST

START_TEST(volume_follows_while_it_plays)
{
	struct live_sound *s = power_on();
	play(s, 0, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	live_sound_port(s).set_volume(s, 0, 500);
	struct sound_event e = await(__LINE__, s, SOUND_ENDED, token);
	crank();
	ck_assert_int_eq(e.frame, ITEM);
	int64_t last = card.passed - 1;
	while (last > 0 && !card.tape[2 * last])
		last--;
	ck_assert_int_le(abs(card.tape[2 * last] * 4 - mark(ITEM - 1)), 2);
	power_off(&s);
}
END_TEST

START_TEST(a_relay_is_live_or_stood_in_for)
{
	struct live_sound *s = power_on();
	struct bulletin stream = { .relay = { .source = "https://h/x", .ms = 60000 } };
	ck_assert_int_eq(live_sound_port(s).playable(s, &bulletins[4], 0), REASON_NONE); /* a line-in */
	ck_assert_int_eq(live_sound_port(s).playable(s, &stream, 0), REASON_DEVICE_LOST); /* nobody to fetch it */
	ck_assert_int_eq(live_sound_port(s).playable(s, &bulletins[0], 0), REASON_NONE);
	recordings[0].bound = "0";
	ck_assert_int_eq(live_sound_port(s).playable(s, &bulletins[0], 0), REASON_FILE_CHANGED);
	recordings[0].bound = NULL;
	power_off(&s);
	struct err err = { "" };
	struct live_options o = { .store = "/tmp", .clock = &card_clock };
	s = live_sound_new(&station, &o, &err); /* the station's own sink: dry-run */
	ck_assert_int_eq(live_sound_port(s).playable(s, &stream, 0), REASON_NONE);
	live_sound_free(&s);
	o.sink_override = "gramophone:1";
	ck_assert_ptr_null(live_sound_new(&station, &o, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "gramophone:1"));
}
END_TEST

int main(void)
{
	const TTest *const all[] = { an_item_is_heard_whole_and_once,
		an_emergency_cuts_and_the_item_goes_on_at_that_frame, a_stopped_item_counts_what_left_before_the_fade,
		a_start_keeps_its_instant_to_the_frame, a_lost_card_is_a_state, an_absent_card_is_said_at_once,
		broken_sound_is_played_as_far_as_it_goes, a_reload_moves_lanes_and_the_sound_goes_on,
		zones_started_together_begin_together, volume_follows_while_it_plays,
		a_relay_is_live_or_stood_in_for };
	Suite *suite = suite_create("sound/live");
	TCase *cases = tcase_create("all");
	tcase_set_timeout(cases, 300);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		tcase_add_test(cases, all[i]);
	tcase_add_loop_test(cases, an_order_that_cannot_wait_is_heard_at_once, 0, 2);
	suite_add_tcase(suite, cases);
	SRunner *runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	int failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
