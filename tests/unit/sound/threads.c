/* What threads share: rings, mailboxes, spans.  Under the thread sanitizer the two concurrent tests are the proof. */
#include "sound/mailbox.h"
#include "sound/ring.h"
#include "sound/spans.h"
#include "../unit.h"

#include <pthread.h>
#include <sched.h>
#include <stdint.h>
#include <string.h>

#define CAP 100
#define MANY 200000

static int16_t memory[CAP];

START_TEST(a_ring_gives_back_what_it_got)
{
	struct ring r;
	int16_t out[CAP + 10];
	ring_init(&r, memory, CAP, 1000);
	for (int64_t frame = 1000; frame < 5000;) {
		size_t n = CAP, got = 0;
		int16_t *room = ring_room(&r, &n);
		ck_assert_uint_le(n, CAP);
		n = n > 33 ? 33 : n;
		for (size_t i = 0; i < n; i++)
			room[i] = (int16_t)(ring_position(&r) + (int64_t)i);
		ring_wrote(&r, n);
		ck_assert_int_eq(ring_filled(&r), (int64_t)n);
		while (got < n) {
			size_t k = ring_source.read(&r, frame, out, got ? CAP : 10);
			for (size_t i = 0; i < k; i++)
				ck_assert_int_eq(out[i], (int16_t)(frame + (int64_t)i));
			got += k;
			frame += (int64_t)k;
		}
		/* Until it was heard it can be read again. */
		size_t again = ring_source.read(&r, frame - (int64_t)n, out, n);
		ck_assert_uint_eq(again, n);
		ck_assert_int_eq(out[0], (int16_t)(frame - (int64_t)n));
		ring_source.heard(&r, frame);
	}
	ck_assert_uint_eq(ring_source.read(&r, ring_position(&r), out, 1), 0);
	ck_assert_int_eq(ring_source.there(&r, ring_position(&r) - 5), 5);
	ck_assert_int_eq(ring_source.there(&r, ring_position(&r) + 5), 0);
	ck_assert(!ring_source.over(&r));
	ck_assert_int_eq(ring_state(&r), RING_OPEN);
	ring_end(&r, RING_GONE);
	ck_assert_int_eq(ring_state(&r), RING_GONE);
}
END_TEST

START_TEST(a_full_ring_has_no_room)
{
	struct ring r;
	ring_init(&r, memory, CAP, 7);
	size_t sum = 0;
	for (size_t n = CAP; ring_room(&r, &n) && n; n = CAP) {
		ring_wrote(&r, n);
		sum += n;
	}
	ck_assert_uint_eq(sum, CAP);
	ck_assert_int_eq(ring_filled(&r), CAP);
}
END_TEST

static void *feed(void *ring)
{
	for (int64_t frame = 0; frame < MANY;) {
		size_t n = (size_t)(MANY - frame < 37 ? MANY - frame : 37);
		int16_t *room = ring_room(ring, &n);
		for (size_t i = 0; i < n; i++)
			room[i] = (int16_t)(frame + (int64_t)i);
		ring_wrote(ring, n);
		frame += (int64_t)n;
		if (!n)
			sched_yield();
	}
	return NULL;
}

START_TEST(a_ring_between_two_threads)
{
	struct ring r;
	pthread_t feeder;
	int16_t out[64];
	ring_init(&r, memory, CAP, 0);
	ck_assert_int_eq(pthread_create(&feeder, NULL, feed, &r), 0);
	for (int64_t frame = 0; frame < MANY;) {
		size_t n = ring_source.read(&r, frame, out, 64);
		for (size_t i = 0; i < n; i++)
			ck_assert(out[i] == (int16_t)(frame + (int64_t)i));
		frame += (int64_t)n;
		ring_source.heard(&r, frame);
		if (!n)
			sched_yield();
	}
	pthread_join(feeder, NULL);
}
END_TEST

static void *post(void *mailbox)
{
	for (uint64_t i = 0; i < MANY;)
		if (mailbox_send(mailbox, &(uint64_t[2]){ i, ~i }))
			i++;
		else
			sched_yield();
	return NULL;
}

START_TEST(a_mailbox_between_two_threads)
{
	struct mailbox m;
	uint64_t slots[8][2], got[2];
	pthread_t sender;
	mailbox_init(&m, slots, sizeof slots[0], 8);
	ck_assert(!mailbox_take(&m, got));
	ck_assert_int_eq(pthread_create(&sender, NULL, post, &m), 0);
	for (uint64_t i = 0; i < MANY;) {
		ck_assert_uint_le(mailbox_waiting(&m), 8);
		if (!mailbox_take(&m, got)) {
			sched_yield();
			continue;
		}
		ck_assert(got[0] == i && got[1] == ~i);
		i++;
	}
	pthread_join(sender, NULL);
	for (int i = 0; i < 8; i++)
		ck_assert(mailbox_send(&m, got));
	ck_assert(!mailbox_send(&m, got));
}
END_TEST

START_TEST(spans_follow_one_another)
{
	int16_t a[] = { 1, 2, 3 }, b[] = { 4 }, c[] = { 5, 6, 7, 8 };
	struct span list[] = { { a, 3 }, { b, 1 }, { c, 4 } };
	struct spans s = { list, 3 };
	for (int64_t from = 0; from <= 9; from++)
		for (size_t n = 0; n < 10; n++) {
			int16_t out[10];
			size_t got = spans_source.read(&s, from, out, n), want = from < 8 ? (size_t)(8 - from) : 0;
			ck_assert_uint_eq(got, n < want ? n : want);
			for (size_t i = 0; i < got; i++)
				ck_assert_int_eq(out[i], from + (int64_t)i + 1);
		}
}
END_TEST

UNIT_MAIN("sound/threads", a_ring_gives_back_what_it_got, a_full_ring_has_no_room, a_ring_between_two_threads,
		a_mailbox_between_two_threads, spans_follow_one_another)
