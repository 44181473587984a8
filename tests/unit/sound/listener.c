/* A speaker on one end of a socket, two zones on the other: the test is the audio thread that takes from their rings. */
#include "sound/listener.h"
#include "base/mem.h"
#include "../unit.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#define RATE 8000
#define OPENING 4000

struct booth {
	int line, notify; /* the speaker's end */
	struct listener *listener;
	struct play *play[2];
	int64_t heard[2];
	int16_t last[2];
};

static int16_t opening_mark(int64_t frame)
{
	return (int16_t)(-1 - frame % 1000);
}

static int16_t word_mark(int64_t frame)
{
	return (int16_t)(1 + frame % 30000);
}

static struct play *new_play(int64_t frames)
{
	struct play *p = mem_new(struct play);
	p->frames = frames;
	return p;
}

static void open_booth(struct booth *b, int64_t limit_ms, struct recorder *record)
{
	int two[2];
	struct err err = { "" };
	*b = (struct booth){ .notify = eventfd(0, EFD_NONBLOCK) };
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, two), 0);
	b->line = two[0];
	struct listener_setup setup = { .pcm = two[1], .rate = RATE, .limit_ms = limit_ms, .opening_frames = OPENING,
		.record = record, .notify = b->notify };
	setup.opening = mem_new_n(int16_t, OPENING);
	for (int i = 0; i < OPENING; i++)
		setup.opening[i] = opening_mark(i);
	b->listener = listener_new(&setup, &err);
	ck_assert_msg(b->listener != NULL, "%s", err.text);
	close(two[1]);
	for (int i = 0; i < 2; i++)
		listener_add(b->listener, b->play[i] = new_play(limit_ms * RATE / 1000));
	listener_begin(b->listener);
}

static void close_booth(struct booth *b)
{
	for (int i = 0; i < 2; i++)
		if (b->play[i])
			listener_drop(b->listener, b->play[i]);
	listener_free(&b->listener);
	close(b->line);
	close(b->notify);
}

/* Takes what is there; every frame is the one behind the last, the opening first. */
static void take(struct booth *b, int i)
{
	struct ring *r = b->play[i]->ring;
	int16_t got[512];
	size_t n = 512;
	int64_t there = ring_position(r) - b->heard[i];
	n = there < 512 ? (size_t)there : 512;
	ck_assert_uint_eq(ring_source.read(r, b->heard[i], got, n), n);
	for (size_t k = 0; k < n; k++, b->heard[i]++) {
		int64_t at = b->heard[i];
		int16_t want = at < OPENING ? opening_mark(at) : word_mark(at - OPENING);
		ck_assert_msg(got[k] == want, "zone %d frame %lld: %d, not %d", i, (long long)at, got[k], want);
	}
	ring_source.heard(r, b->heard[i]);
}

/* Both zones hear on until that many frames; the speaker's answers, if any, into said. */
static void hear_until(struct booth *b, int64_t frames, char *said, size_t room)
{
	struct pollfd p = { .fd = b->line, .events = POLLIN };
	size_t n = strlen(said);
	while (b->heard[0] < frames || b->heard[1] < frames) {
		for (int i = 0; i < 2; i++)
			take(b, i);
		if (poll(&p, 1, 1) > 0 && n + 1 < room) {
			ssize_t got = recv(b->line, said + n, room - n - 1, MSG_DONTWAIT);
			n += got > 0 ? (size_t)got : 0;
			said[n] = '\0';
		}
	}
}

static void speak(struct booth *b, int64_t from, int64_t n)
{
	static int16_t words[16000];
	const char *bytes = (const char *)words;
	for (int64_t i = 0; i < n; i++)
		words[i] = word_mark(from + i);
	/* in odd pieces: nobody promises that the halves of a sample come together */
	for (int64_t at = 0, piece; at < 2 * n; at += piece) {
		piece = 2 * n - at < 333 ? 2 * n - at : 333;
		ck_assert_int_eq(send(b->line, bytes + at, (size_t)piece, MSG_NOSIGNAL), piece);
	}
}

static void wait_for_end(struct booth *b)
{
	struct pollfd p = { .fd = b->line, .events = POLLIN };
	while (ring_state(b->play[0]->ring) == RING_OPEN)
		poll(&p, 0, 1);
}

START_TEST(words_come_behind_the_opening_once_and_in_order)
{
	struct booth b;
	char said[16] = "";
	open_booth(&b, 60000, NULL);
	speak(&b, 0, 500); /* before anybody said go: it waits in the socket */
	hear_until(&b, OPENING + 500, said, sizeof said);
	ck_assert_str_eq(said, "g");
	for (int64_t at = 500; at < 40500; at += 400) {
		speak(&b, at, 400);
		hear_until(&b, OPENING + at + 400, said, sizeof said);
	}
	ck_assert_int_eq(ring_state(b.play[0]->ring), RING_OPEN);
	shutdown(b.line, SHUT_WR);
	wait_for_end(&b);
	for (int i = 0; i < 2; i++) {
		ck_assert_int_eq(ring_state(b.play[i]->ring), RING_OVER);
		ck_assert_int_eq(ring_position(b.play[i]->ring), OPENING + 40500);
	}
	close_booth(&b);
}
END_TEST

START_TEST(the_speaker_is_told_of_the_limit)
{
	struct booth b;
	char said[16] = "";
	open_booth(&b, 1000, NULL); /* 8000 frames, half of them the opening */
	speak(&b, 0, 6000);
	hear_until(&b, 8000, said, sizeof said);
	wait_for_end(&b);
	ck_assert_int_eq(ring_position(b.play[0]->ring), 8000);
	ck_assert_int_eq(ring_position(b.play[1]->ring), 8000);
	hear_until(&b, 8000, said, sizeof said);
	struct pollfd p = { .fd = b.line, .events = POLLIN };
	if (!strchr(said, LISTENER_LIMIT)) {
		ck_assert_int_eq(poll(&p, 1, 60000), 1);
		ck_assert_int_ge(recv(b.line, said + strlen(said), 4, 0), 1);
	}
	ck_assert_str_eq(said, "gl");
	close_booth(&b);
}
END_TEST

/* No word before both have heard the opening; then the one that was cut holds up nobody. */
START_TEST(zones)
{
	struct booth b;
	char said[16] = "";
	open_booth(&b, 60000, NULL);
	struct pollfd p = { .fd = b.line, .events = POLLIN };
	while (b.heard[0] < OPENING)
		take(&b, 0);
	ck_assert_int_eq(poll(&p, 1, 50), 0);
	hear_until(&b, OPENING, said, sizeof said);
	speak(&b, 0, 2000);
	hear_until(&b, OPENING + 2000, said, sizeof said);
	ck_assert_str_eq(said, "g");
	atomic_store(&b.play[1]->stop, true);
	speak(&b, 2000, 9000);
	while (b.heard[0] < OPENING + 11000)
		take(&b, 0);
	ck_assert_int_lt(ring_position(b.play[1]->ring), OPENING + 2000 + RATE);
	close_booth(&b);
}
END_TEST

START_TEST(the_end)
{
	struct booth b;
	char said[16] = "";
	open_booth(&b, 60000, NULL);
	hear_until(&b, OPENING, said, sizeof said);
	close(b.line); /* killed */
	wait_for_end(&b);
	ck_assert(!listener_done(b.listener));
	for (int i = 0; i < 2; i++)
		listener_drop(b.listener, b.play[i]);
	b.play[0] = b.play[1] = NULL;
	listener_hang_up(b.listener);
	struct pollfd p = { .fd = b.notify, .events = POLLIN };
	ck_assert_int_eq(poll(&p, 1, 60000), 1);
	ck_assert(listener_done(b.listener));
	b.line = dup(b.notify);
	close_booth(&b);
	/* nobody listens any more: the speaker sees it, and what is said then goes nowhere */
	open_booth(&b, 60000, NULL);
	listener_hang_up(b.listener);
	p.fd = b.line;
	while (poll(&p, 1, 60000) == 1 && recv(b.line, said, sizeof said, 0) > 0)
		;
	ck_assert_int_eq(send(b.line, "ab", 2, MSG_NOSIGNAL), -1);
	close_booth(&b);
}
END_TEST

UNIT_MAIN("sound/listener", words_come_behind_the_opening_once_and_in_order, the_speaker_is_told_of_the_limit, zones,
		the_end)
