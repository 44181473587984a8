#include "sound/live-source.h"
#include "../unit.h"

#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define RATE 8000

/* A feed that does what `what` says, a letter each time it is asked: "x" cannot be opened (or is lost), "s" sound,
 * "." silence, "-" nothing comes; the last letter for ever. */
struct live_feed {
	const char *left;
};

static mono_us mono(void *self)
{
	struct timespec t;
	(void)self;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (mono_us){ t.tv_sec * US_PER_S + t.tv_nsec / 1000 };
}

static const struct clock real_clock = { .mono = mono };

static struct live_feed feeds[1]; /* one source at a time; its thread has it from open() to close() */

static struct live_feed *feed_open(const struct live_setup *setup, const _Atomic bool *stop, struct err *err)
{
	struct live_feed *f = &feeds[0];
	ck_assert_int_eq(setup->rate, RATE);
	ck_assert(!atomic_load(stop) || *setup->what);
	if (!f->left)
		f->left = setup->what;
	if (*f->left == 'x') {
		f->left += f->left[1] != '\0';
		err_set(err, "nobody there");
		return NULL;
	}
	return f;
}

static ssize_t feed_read(struct live_feed *f, int16_t *out, size_t n, int wait_ms, struct err *err)
{
	char c = *f->left;
	f->left += f->left[1] != '\0';
	if (c == 'x') {
		err_set(err, "gone");
		return -1;
	}
	if (c == '-' || f->left[1] == '\0')
		poll(NULL, 0, wait_ms / 10);
	n = c == '-' ? 0 : n < RATE / 10 ? n : RATE / 10;
	for (size_t i = 0; i < n; i++)
		out[i] = c == 's' ? (i / 4 % 2 ? 5000 : -5000) : 0;
	return (ssize_t)n;
}

static void feed_close(struct live_feed *f)
{
	ck_assert_ptr_eq(f, &feeds[0]);
}

static const struct live_feed_ops ops = { feed_open, feed_read, feed_close };

static struct live_source *source(const char *what, int notify)
{
	feeds[0].left = NULL;
	return live_source_new(&(struct live_setup){
		.feed = &ops, .what = what, .rate = RATE, .clock = &real_clock, .notify = notify });
}

/* Until it is in that state (or the test's own limit ends it). */
static struct live_news wait_for(struct live_source *s, int notify, enum live_state state)
{
	struct live_news news;
	for (live_source_look(s, &news); news.state != state; live_source_look(s, &news)) {
		struct pollfd p = { .fd = notify, .events = POLLIN };
		eventfd_t n;
		poll(&p, 1, 1000);
		eventfd_read(notify, &n);
	}
	return news;
}

START_TEST(states)
{
	static const struct {
		int line;
		const char *what;
		enum live_state state;
		const char *why;
	} T[] = {
		{ __LINE__, "s", LIVE_ON, "" },
		{ __LINE__, "sssssss.............", LIVE_QUIET, "" },
		{ __LINE__, "--s", LIVE_ON, "" },
		{ __LINE__, "x", LIVE_LOST, "nobody there" },
		{ __LINE__, "xs", LIVE_ON, "" },
		{ __LINE__, "sssx", LIVE_LOST, "gone" },
		{ __LINE__, "xssxs.............", LIVE_QUIET, "" },
	};
	int notify = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct live_source *s = source(T[i].what, notify);
		ck_assert_ptr_nonnull(s);
		struct live_news news = wait_for(s, notify, T[i].state);
		if (T[i].state == LIVE_LOST)
			ck_assert_msg(!strcmp(news.why.text, "gone") || !strcmp(news.why.text, "nobody there"),
				"line %d: %s", T[i].line, news.why.text);
		else
			ck_assert_msg(!strcmp(news.why.text, T[i].why), "line %d: %s", T[i].line, news.why.text);
		if (T[i].state == LIVE_QUIET)
			ck_assert_int_ge(news.quiet_us, US_PER_S);
		live_source_free(&s);
		ck_assert_ptr_null(s);
	}
	close(notify);
}
END_TEST

START_TEST(every_tap_hears_it)
{
	int notify = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	struct live_source *s = source("s", notify);
	struct live_tap *a = live_source_tap(s), *b = live_source_tap(s);
	int16_t from_a[80], from_b[80];
	int64_t frame = 0;
	do { /* silence first: nothing is there yet */
		live_tap_source.read(a, frame, from_a, 80);
		live_tap_source.read(b, frame, from_b, 80);
		frame += 80;
		poll(NULL, 0, 1);
	} while (!from_a[79] || !from_b[79]);
	ck_assert_int_eq(abs(from_a[79]), 5000);
	live_source_untap(s, &a);
	ck_assert_ptr_null(a);
	live_tap_source.read(b, frame, from_b, 80);
	live_source_untap(s, &b);
	live_source_end(s);
	while (!live_source_reap(&s)) {
		struct pollfd p = { .fd = notify, .events = POLLIN };
		eventfd_t n;
		poll(&p, 1, 1000);
		eventfd_read(notify, &n);
	}
	ck_assert_ptr_null(s);
	close(notify);
}
END_TEST

START_TEST(nothing_to_free)
{
	struct live_source *s = NULL;
	live_source_free(&s);
}
END_TEST

UNIT_MAIN("sound/live-source", states, every_tap_hears_it, nothing_to_free)
