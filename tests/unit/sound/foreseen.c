/* Arms: what the engine foresees is mixed ahead, and told when it has been started.  And a card that cannot be believed. */
#include "crank-station.h"

static struct sound_item foreseen(int zone, int bulletin, int64_t in_us)
{
	struct sound_item item = item_of(zone, bulletin, 0);
	item.at.us = NOON + elapsed_us + in_us;
	return item;
}

START_TEST(what_was_foreseen_leaves_to_the_frame_and_is_told_when_it_was_started)
{
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	struct sound_event e;
	crank(), crank();
	struct sound_item one = foreseen(0, 1, 1000000), two = foreseen(0, 0, 1200000); /* before the first has ended */
	p.arm(s, &one);
	p.commit(s);
	for (int i = 0; i < 60; i++)
		crank();
	ck_assert(!p.next_event(s, &e)); /* it is on air; nobody asked for it yet */
	p.start(s, &one);
	p.arm(s, &two);
	p.commit(s);
	e = await(__LINE__, s, SOUND_STARTED, one.token);
	ck_assert_int_ge(e.at.us, one.at.us - 1);
	ck_assert_int_le(e.at.us, one.at.us + 125);
	int64_t end = tape_frame(await(__LINE__, s, SOUND_ENDED, one.token));
	p.start(s, &two);
	p.commit(s);
	ck_assert_int_eq(tape_frame(await(__LINE__, s, SOUND_STARTED, two.token)), end);
	await(__LINE__, s, SOUND_ENDED, two.token);
	int64_t from = find_sound(__LINE__, 0);
	ck_assert_int_eq(expect(__LINE__, 0, from, 0, ALARM, alarm_mark) - from, ALARM);
	ck_assert_int_eq(expect(__LINE__, 0, from + ALARM, 0, ITEM, mark) - from, ALARM + ITEM);
	power_off(&s);
}
END_TEST

/* What the clock of frames is unsure of is no gap between two items; what was planned as one is. */
START_TEST(no_seam_where_one_follows_another)
{
	static const struct {
		int line;
		int64_t behind, gap; /* frames */
	} T[] = { { __LINE__, 0, 0 }, { __LINE__, 1, 0 }, { __LINE__, 3, 0 }, { __LINE__, 9, 9 } };
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct live_sound *s = power_on();
		struct sound_port p = live_sound_port(s);
		int64_t begin = card.passed;
		crank(), crank();
		struct sound_item one = foreseen(0, 1, 1000000), two = foreseen(0, 0, 0);
		p.arm(s, &one);
		p.commit(s);
		for (int k = 0; k < 60; k++)
			crank();
		p.start(s, &one);
		two.at.us = one.at.us + (ALARM + T[i].behind) * US_PER_S / RATE;
		p.arm(s, &two);
		p.commit(s);
		await(T[i].line, s, SOUND_STARTED, one.token);
		await(T[i].line, s, SOUND_ENDED, one.token);
		p.start(s, &two);
		p.commit(s);
		struct sound_event e = await(T[i].line, s, SOUND_STARTED, two.token);
		ck_assert_msg(e.at.us >= two.at.us - 1, "row of line %d", T[i].line);
		await(T[i].line, s, SOUND_ENDED, two.token);
		int64_t end = begin, gap = 0;
		while (!card.tape[2 * end])
			end++;
		for (end += ALARM; !card.tape[2 * (end + gap)];)
			gap++;
		ck_assert_msg(gap == T[i].gap, "row of line %d: %d", T[i].line, (int)gap);
		power_off(&s);
		unplug(false);
	}
}
END_TEST

START_TEST(what_was_foreseen_wrongly_is_never_heard)
{
	static const struct {
		int line;
		bool disarm, another;
	} T[] = {
		{ __LINE__, true, false },  /* nothing comes */
		{ __LINE__, false, true },  /* something else is started */
		{ __LINE__, true, true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct live_sound *s = power_on();
		struct sound_port p = live_sound_port(s);
		int64_t from = card.passed;
		struct sound_item wrong = foreseen(0, 0, 400000), right = foreseen(0, 1, 0);
		p.arm(s, &wrong);
		p.commit(s);
		for (int k = 0; k < 10; k++)
			crank();
		if (T[i].disarm)
			p.disarm(s, 0);
		if (T[i].another)
			p.start(s, &right);
		p.commit(s);
		if (T[i].another) {
			await(T[i].line, s, SOUND_STARTED, right.token);
			await(T[i].line, s, SOUND_ENDED, right.token);
		}
		for (int k = 0; k < 30; k++)
			crank();
		for (int64_t k = from; k < card.passed; k++)
			ck_assert_msg(!card.tape[2 * k] || (T[i].another && card.tape[2 * k] >= 30000), "row of line %d", T[i].line);
		ck_assert(!p.next_event(s, &(struct sound_event){ 0 }));
		ck_assert_uint_eq(s->plays.n, 0);
		power_off(&s);
		unplug(false);
	}
}
END_TEST

/* The loop was away for longer than the item: it plays all the same, and all of it is told then. */
START_TEST(what_was_foreseen_and_is_over_is_told_late)
{
	struct live_sound *s = power_on();
	struct sound_port p = live_sound_port(s);
	struct sound_event e;
	struct sound_item one = foreseen(0, 1, 100000), never = foreseen(1, 1, 100000);
	p.arm(s, &one);
	p.arm(s, &never);
	p.commit(s);
	for (int i = 0; i < 120; i++)
		crank();
	ck_assert(!p.next_event(s, &e));
	p.start(s, &one);
	p.disarm(s, 1);
	p.commit(s);
	e = await(__LINE__, s, SOUND_STARTED, one.token);
	ck_assert_int_le(llabs(e.at.us - one.at.us), 125);
	ck_assert_int_eq(await(__LINE__, s, SOUND_ENDED, one.token).frame, ALARM);
	ck_assert_uint_eq(s->plays.n, 0);
	power_off(&s);
}
END_TEST

START_TEST(a_card_that_stands_still_is_given_up_and_not_believed_at_once)
{
	struct live_sound *s = power_on();
	struct sound_event e;
	struct err why;
	play(s, 0, 0, 0);
	await(__LINE__, s, SOUND_STARTED, token);
	card.stuck = true;
	await(__LINE__, s, SOUND_LOST, token);
	await(__LINE__, s, SOUND_LOST, 0);
	for (int i = 0; i < 300; i++) {
		struct pollfd fd = { live_sound_fd(s), POLLIN, 0 };
		crank();
		poll(&fd, 1, 1);
		ck_assert(!live_sound_port(s).next_event(s, &e)); /* it opens, and does not play */
	}
	live_sound_fault(s, 0, &why);
	ck_assert_ptr_nonnull(strstr(why.text, "stands still"));
	card.stuck = false;
	await(__LINE__, s, SOUND_BACK, 0);
	live_sound_fault(s, 0, &why);
	ck_assert_str_eq(why.text, "");
	power_off(&s);
}
END_TEST

UNIT_MAIN("sound/foreseen", no_seam_where_one_follows_another, what_was_foreseen_leaves_to_the_frame_and_is_told_when_it_was_started,
		what_was_foreseen_wrongly_is_never_heard, what_was_foreseen_and_is_over_is_told_late,
		a_card_that_stands_still_is_given_up_and_not_believed_at_once)
