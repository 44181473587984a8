/* The card's time: what the ear has heard of the ring, onto the tape, and the faults shown to order.  See paced.c. */
#include "card.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static const char *const fault_names[N_FAULTS] = { "gone", "stall", "xrun", "ebadfd", "suspend", "eagain", "short",
	"rate", "mute" };

#define FLUSH_S 0.05 /* of the wall: as long may a test wait for the tape of a program that calls */

/* ── Faults ──────────────────────────────────────────────────────────────────────────────────────────────────── */

void card_look_at_faults(struct card *c)
{
	for (int i = 0; i < N_FAULTS; i++) {
		char path[160], text[32] = "";
		snprintf(path, sizeof path, "%s/%s", c->dir, fault_names[i]);
		int fd = open(path, O_RDONLY | O_CLOEXEC);
		c->fault[i] = fd >= 0 || (i == GONE && c->fault[GONE]);
		if (fd >= 0 && read(fd, text, sizeof text - 1) >= 0)
			c->fault_number[i] = atol(text);
		if (fd >= 0)
			close(fd);
	}
}

void card_heed(struct card *c)
{
	_Alignas(struct inotify_event) char events[4096];
	bool changed = false;
	for (ssize_t n; (n = read(c->watch, events, sizeof events)) > 0; changed = true)
		for (char *p = events; p < events + n;) {
			const struct inotify_event *e = (const struct inotify_event *)p;
			if (e->mask & (IN_CREATE | IN_MOVED_TO) && e->len && !strcmp(e->name, "gone"))
				c->fault[GONE] = true;
			p += sizeof *e + e->len;
		}
	if (changed)
		card_look_at_faults(c);
}

int card_error(const struct card *c)
{
	return c->fault[GONE] ? -ENODEV : c->fault[BADFD] ? -EBADFD : c->fault[SUSPEND] ? -ESTRPIPE : 0;
}

/* ── Time and the ear ────────────────────────────────────────────────────────────────────────────────────────── */

/* Not clock_gettime(): a clock that is bent for the program (libfaketime) is not bent for its card. */
int64_t card_now(void)
{
	struct timespec t;
	syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

__attribute__((format(printf, 2, 3))) static void note(const struct card *c, const char *fmt, ...)
{
	va_list ap;
	va_start(ap, fmt);
	vdprintf(c->log, fmt, ap);
	va_end(ap);
}

int64_t card_instant(const struct card *c, frames at)
{
	return c->origin_ns + (int64_t)((double)(int64_t)(at - c->origin) * 1e9 / c->per_s);
}

static long long on_tape(const struct card *c, frames at)
{
	return (long long)(c->taped + (int64_t)at);
}

/* What was heard goes onto the tape, until `until`. */
static void flush(struct card *c, frames until)
{
	while (c->flushed < until) {
		frames at = c->flushed % c->ring_size, n = until - c->flushed;
		if (n > c->ring_size - at)
			n = c->ring_size - at;
		if (card_plays(c) && write(c->tape, c->ring + at * c->frame, n * c->frame) != (ssize_t)(n * c->frame))
			abort(); /* a tape with a hole would prove nothing */
		c->flushed += n;
	}
}

void card_begin_moving(struct card *c)
{
	long hz = c->fault[RATE] && c->fault_number[RATE] > 0 ? c->fault_number[RATE] : c->number[LIE_RATE];
	if (c->moving || c->fault[STALL])
		return;
	c->per_s = (double)(hz ? hz : c->number[HZ]) * (double)c->number[SPEED] * (1 + (double)c->number[PPM] / 1e6);
	c->origin = c->ear;
	c->looked_ns = c->origin_ns = card_now();
	c->moving = true;
	note(c, "start %lld %lld %.6f\n", (long long)c->origin_ns, on_tape(c, c->ear), c->per_s);
}

void card_end_moving(struct card *c, const char *why)
{
	flush(c, c->ear);
	if (c->moving)
		note(c, "stop %lld %lld %s\n", (long long)card_instant(c, c->ear), on_tape(c, c->ear), why);
	c->moving = false;
}

/* A line begins anew at each start, a tape goes on. */
void card_new_stretch(struct card *c)
{
	if (card_plays(c))
		c->taped += (int64_t)c->ear;
	c->origin = c->ear = c->flushed = c->fetched = c->shown = 0;
}

static void hear(struct card *c, frames until)
{
	c->ear = until > c->ear ? until : c->ear;
	if ((double)(c->ear - c->flushed) >= c->per_s * FLUSH_S)
		flush(c, c->ear);
	frames fetched = c->ear + (frames)c->number[PREFETCH], last = c->io.appl_ptr ? c->io.appl_ptr - 1 : 0;
	fetched = fetched < last ? fetched : last; /* the last one only with the ear: then it has run dry */
	fetched = fetched > c->ear ? fetched : c->ear;
	c->fetched = fetched > c->fetched ? fetched : c->fetched;
}

bool card_catch_up(struct card *c)
{
	c->looked_ns = card_now();
	if (!c->moving)
		return true;
	frames due = c->origin + (frames)((double)(c->looked_ns - c->origin_ns) * c->per_s / 1e9);
	frames end = card_plays(c) ? c->io.appl_ptr : c->io.appl_ptr + c->io.buffer_size;
	hear(c, due < end ? due : end);
	if (due >= end && c->fault[AGAIN])
		card_end_moving(c, "eagain");
	return due <= end || c->fault[AGAIN];
}

void card_store(struct card *c, const char *from, frames size)
{
	frames at = c->io.appl_ptr, late = c->fetched > at ? c->fetched - at : 0;
	late = late < size ? late : size;
	if (late)
		note(c, "late %lld %lld %lu\n", (long long)c->looked_ns, on_tape(c, at), late);
	if (at + size > c->flushed + c->ring_size)
		flush(c, c->ear); /* it lies where these go */
	for (frames i = late, n; i < size; i += n) {
		frames to = (at + i) % c->ring_size;
		n = size - i < c->ring_size - to ? size - i : c->ring_size - to;
		memcpy(c->ring + to * c->frame, from + i * c->frame, n * c->frame);
	}
}

void card_record(struct card *c, char *to, frames size)
{
	off_t length = lseek(c->tape, 0, SEEK_END) / (off_t)c->frame;
	memset(to, 0, size * c->frame);
	for (frames done = 0; done < size && length > 0 && !c->fault[MUTE];) {
		off_t at = (off_t)(c->io.appl_ptr + done);
		if (c->on[LINE_LOOP])
			at %= length;
		ssize_t n = pread(c->tape, to + done * c->frame, (size - done) * c->frame, at * (off_t)c->frame);
		if (n < (ssize_t)c->frame)
			break;
		done += (frames)n / c->frame;
	}
}
