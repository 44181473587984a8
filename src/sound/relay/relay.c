#include "sound/relay/relay.h"

#include "base/clock.h"
#include "sound/relay/fetch.h"
#include "sound/relay/pace.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FIRST_WAIT_MS 500
#define LONGEST_WAIT_MS 10000
#define PATIENCE_MS 20000 /* to connect; and between two pieces of a playlist */
#define TURN_MS 20

struct relay {
	const struct relay_setup *setup;
	struct fetch *fetch;
	struct relay_pace pace;
	int64_t heard_us; /* when something last came */
	bool any;         /* something came since it was fetched */
	int wait_ms;
	bool gone; /* nobody listens */
};

static int64_t now_us(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * US_PER_S + t.tv_nsec / 1000;
}

/* ── To whom it goes ── */

static void write_all(struct relay *r, const void *data, size_t bytes)
{
	for (const char *p = data; bytes;) {
		ssize_t n = write(STDOUT_FILENO, p, bytes);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0) {
			r->gone = true;
			return;
		}
		p += n;
		bytes -= (size_t)n;
	}
}

static void give_sound(struct relay *r, const int16_t *frames, size_t n)
{
	if (r->setup->fd >= 0)
		r->gone |= !relay_talk_sound(r->setup->fd, frames, n);
	else
		write_all(r, frames, n * sizeof *frames);
}

static void give_trouble(struct relay *r, enum relay_trouble trouble, const char *text)
{
	struct err words;
	if (r->setup->fd >= 0) {
		r->gone |= !relay_talk_trouble(r->setup->fd, trouble, text);
		return;
	}
	relay_talk_words(trouble, text, &words);
	if (words.text[0])
		fprintf(stderr, "loaxa-relay: %s\n", words.text);
}

/* Waits for one of these, the listener's end included. */
static void wait_for(struct relay *r, struct pollfd *p, nfds_t n, int ms)
{
	if (poll(p, n, ms) > 0 && p[0].revents)
		r->gone = true; /* it has nothing to say to us: it went away */
}

static struct pollfd listener(const struct relay *r)
{
	return (struct pollfd){ .fd = r->setup->fd, .events = POLLIN };
}

static void rest(struct relay *r)
{
	for (int64_t end = now_us() + r->wait_ms * US_PER_MS; !r->gone && now_us() < end;) {
		struct pollfd p = listener(r);
		wait_for(r, &p, 1, (int)((end - now_us()) / US_PER_MS) + 1);
	}
	r->wait_ms = r->wait_ms * 2 < LONGEST_WAIT_MS ? r->wait_ms * 2 : LONGEST_WAIT_MS;
}

/* ── Fetching ── */

/* False: it has ended. */
static bool pass_on(struct relay *r)
{
	int16_t frames[RELAY_TALK_FRAMES];
	size_t room = relay_pace_room(&r->pace, now_us());
	ssize_t n = fetch_read(r->fetch, frames, room < RELAY_TALK_FRAMES ? room : RELAY_TALK_FRAMES);
	if (n <= 0)
		return n == 0;
	r->heard_us = now_us();
	if (!r->any)
		give_trouble(r, RELAY_WELL, "");
	r->any = true;
	r->wait_ms = FIRST_WAIT_MS;
	relay_pace_used(&r->pace, (size_t)n);
	give_sound(r, frames, (size_t)n);
	return true;
}

/* Sound is looked for only when some may go on: else the pipe fills, and whoever sends waits. */
static bool turn(struct relay *r)
{
	bool room = relay_pace_room(&r->pace, now_us()) >= (size_t)r->setup->rate * TURN_MS / 1000;
	struct pollfd p[] = { listener(r), { .fd = fetch_words(r->fetch), .events = POLLIN },
		{ .fd = room ? fetch_fd(r->fetch) : -1, .events = POLLIN } };
	wait_for(r, p, 3, room ? 1000 : TURN_MS);
	if (p[1].revents)
		fetch_listen(r->fetch);
	return !p[2].revents || pass_on(r);
}

static void say_why_it_ended(struct relay *r)
{
	while (fetch_words(r->fetch) >= 0) {
		struct pollfd p = { .fd = fetch_words(r->fetch), .events = POLLIN };
		if (poll(&p, 1, 100) <= 0)
			break;
		fetch_listen(r->fetch);
	}
	if (!fetch_was_there(r->fetch))
		give_trouble(r, RELAY_NO_FFMPEG, "");
	else if (*fetch_said(r->fetch))
		give_trouble(r, RELAY_FAILED, fetch_said(r->fetch));
	else
		give_trouble(r, r->any ? RELAY_OVER : RELAY_MUTE, "");
}

static void fetch_once(struct relay *r)
{
	r->heard_us = now_us();
	r->any = false;
	relay_pace_start(&r->pace, r->setup->rate, now_us());
	r->fetch = fetch_start(r->setup->url, r->setup->protocols, r->setup->rate);
	if (!r->fetch) {
		give_trouble(r, RELAY_FAILED, strerror(errno));
		return;
	}
	bool on = true;
	while (on && !r->gone) {
		on = turn(r);
		if (now_us() - r->heard_us > PATIENCE_MS * US_PER_MS) {
			give_trouble(r, RELAY_MUTE, "");
			break;
		}
	}
	if (!on && !r->gone)
		say_why_it_ended(r);
	fetch_stop(&r->fetch);
}

void relay_run(const struct relay_setup *setup)
{
	struct relay r = { .setup = setup, .wait_ms = FIRST_WAIT_MS };
	while (!r.gone) {
		fetch_once(&r);
		if (!r.gone)
			rest(&r);
	}
}
