#include "sound/live-line.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/alsa.h"

#include <errno.h>
#include <string.h>

#define BUFFER_MS 200
#define STALL_US (500 * US_PER_MS) /* a line that gives nothing for so long has been pulled or hangs */
#define PIECE_FRAMES 1024

struct live_feed {
	struct alsa *card;
	char *name;
	int channels;
	const struct clock *clock;
	mono_us heard; /* when the last frame came */
	int16_t piece[PIECE_FRAMES * 2];
};

static mono_us now(const struct live_feed *f)
{
	return f->clock->mono(f->clock->self);
}

static void line_close(struct live_feed *f)
{
	alsa_close(&f->card);
	mem_free(f->name);
	mem_free(f);
}

static bool lost(const struct live_feed *f, int error, struct err *err)
{
	return err_set(err,
		_("line-in \"%s\" gives no sound — %s (cable, power or another program) — plug it in again; it is "
		  "opened by "
		  "itself"),
		f->name, strerror(error));
}

static struct live_feed *line_open(const struct live_setup *setup, const _Atomic bool *stop, struct err *err)
{
	struct live_feed *f = mem_new(struct live_feed);
	struct alsa_want want = { .device = setup->what, .rate = setup->rate, .buffer_ms = BUFFER_MS };
	(void)stop;
	f->name = mem_dup(setup->what);
	f->clock = setup->clock;
	f->card = alsa_open_capture(&want, &f->channels, err);
	int e = f->card ? alsa_start(f->card) : 0;
	if (e < 0)
		lost(f, -e, err);
	f->heard = now(f);
	if (f->card && e >= 0)
		return f;
	line_close(f);
	return NULL;
}

static void to_mono(const struct live_feed *f, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++)
		out[i] = f->channels == 1 ? f->piece[i] : (int16_t)((f->piece[2 * i] + f->piece[2 * i + 1]) / 2);
}

/* Nobody fetched in time: what was said meanwhile is gone, the line goes on. */
static int64_t begin_again(struct live_feed *f)
{
	int e = alsa_drop(f->card);
	return e < 0 ? e : alsa_start(f->card);
}

static ssize_t line_read(struct live_feed *f, int16_t *out, size_t n, int wait_ms, struct err *err)
{
	int64_t want = (int64_t)(n < PIECE_FRAMES ? n : PIECE_FRAMES);
	alsa_wait(f->card, wait_ms);
	int64_t got = alsa_read(f->card, f->piece, want);
	if (got == -EPIPE)
		got = begin_again(f);
	if (got > 0)
		f->heard = now(f);
	else if (!got && now(f).us - f->heard.us > STALL_US)
		got = -EIO;
	if (got < 0) {
		lost(f, (int)-got, err);
		return -1;
	}
	to_mono(f, out, (size_t)got);
	return (ssize_t)got;
}

const struct live_feed_ops live_line_ops = { line_open, line_read, line_close };
