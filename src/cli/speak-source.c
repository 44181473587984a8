#include "cli/speak-source.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "os/clock.h"
#include "sound/alsa.h"
#include "sound/live-line.h"
#include "sound/wav-head.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define BUFFER_BYTES 16384
#define CHANNELS_MAX 8

struct speak_source {
	/* a microphone */
	char *device; /* NULL: standard input */
	struct clock clock;
	struct live_setup setup;
	struct live_feed *feed;
	struct err fault;
	/* standard input */
	struct wav_head head;
	uint8_t buffer[BUFFER_BYTES];
	size_t at, n; /* [at, n) is not yet given away */
	int64_t left; /* bytes of samples still to come from outside; -1: nobody knows */
	bool ended;
};

/* ── Standard input ── */

/* false: nothing more comes. */
static bool fill(struct speak_source *s)
{
	memmove(s->buffer, s->buffer + s->at, s->n - s->at);
	s->n -= s->at;
	s->at = 0;
	ssize_t got;
	do
		got = read(STDIN_FILENO, s->buffer + s->n, sizeof s->buffer - s->n);
	while (got < 0 && errno == EINTR);
	if (got <= 0)
		return false;
	s->n += (size_t)got;
	return true;
}

static bool head_fits(const struct wav_head *h, int rate, struct err *err)
{
	bool fits = h->pcm && h->bits == 16 && h->rate == rate && h->channels >= 1 && h->channels <= CHANNELS_MAX;
	return fits ||
	       err_set(err,
		       _("the sound on standard input has %d bits, %d Hz and %d channels — the station takes 16-bit "
			 "PCM at "
			 "%d Hz — write: arecord -f S16_LE -r %d -c 1 | loaxa speak …, or: ffmpeg -i … -ar %d -ac 1 -f "
			 "wav - | loaxa speak …"),
		       h->bits, h->rate, h->channels, rate, rate, rate);
}

static bool read_head(struct speak_source *s, int rate, struct err *err)
{
	enum wav_head_result r = WAV_HEAD_MORE;
	while (r == WAV_HEAD_MORE && fill(s))
		r = wav_head_read(s->buffer, s->n < WAV_HEAD_BYTES ? s->n : WAV_HEAD_BYTES, &s->head);
	if (r != WAV_HEAD_READ)
		return err_set(err,
			_("what comes on standard input is not sound in WAV form — write: arecord -f S16_LE -r %d -c 1 "
			  "| "
			  "loaxa speak …"),
			rate);
	s->at = s->head.begins;
	s->left = s->head.bytes;
	return head_fits(&s->head, rate, err);
}

/* The channels' mean: nobody knows on which of them the voice is. */
static int16_t mono(const uint8_t *frame, int channels)
{
	int32_t sum = 0;
	for (int c = 0; c < channels; c++)
		sum += (int16_t)(frame[2 * c] | frame[2 * c + 1] << 8);
	return (int16_t)(sum / channels);
}

static int64_t read_input(struct speak_source *s, int16_t *out, size_t n)
{
	size_t frame = 2 * (size_t)s->head.channels, whole;
	if (!s->ended && s->n - s->at < frame)
		s->ended = !fill(s);
	whole = (s->n - s->at) / frame;
	if (s->left >= 0 && (int64_t)(whole * frame) > s->left)
		whole = (size_t)s->left / frame;
	if (!whole)
		return s->ended || (s->left >= 0 && s->left < (int64_t)frame) ? -1 : 0;
	n = whole < n ? whole : n;
	for (size_t i = 0; i < n; i++)
		out[i] = mono(s->buffer + s->at + i * frame, s->head.channels);
	s->at += n * frame;
	if (s->left >= 0)
		s->left -= (int64_t)(n * frame);
	return (int64_t)n;
}

bool speak_source_has(const struct speak_source *s)
{
	if (s->device)
		return false;
	return s->ended || s->n - s->at >= 2 * (size_t)s->head.channels || s->left == 0;
}

/* ── A microphone ── */

static bool open_microphone(struct speak_source *s, struct err *err)
{
	static const _Atomic bool never;
	s->feed = live_line_ops.open(&s->setup, &never, err);
	return s->feed;
}

static void close_microphone(struct speak_source *s)
{
	if (s->feed)
		live_line_ops.close(s->feed);
	s->feed = NULL;
}

/* Opened for a moment, to know before anybody hears anything that it is there. */
static bool find_microphone(struct speak_source *s, const char *device, int rate, struct err *err)
{
	alsa_setup();
	s->device = mem_dup(device);
	s->clock = os_clock();
	s->setup = (struct live_setup){ .feed = &live_line_ops, .what = s->device, .rate = rate, .clock = &s->clock };
	bool there = open_microphone(s, err);
	close_microphone(s);
	return there;
}

/* ── Either ── */

int64_t speak_source_read(struct speak_source *s, int16_t *out, size_t n)
{
	if (!s->device)
		return read_input(s, out, n);
	int64_t got = live_line_ops.read(s->feed, out, n, 0, &s->fault);
	if (got < 0)
		err_set(&s->fault, _("the microphone \"%s\" gives no sound any more — plug it in and speak again"),
			s->device);
	return got;
}

struct speak_source *speak_source_new(const char *from, int rate, struct err *err)
{
	static const char alsa[] = "alsa:";
	struct speak_source *s = mem_new(struct speak_source);
	bool good;
	if (!strcmp(from, "-"))
		good = read_head(s, rate, err);
	else if (!strncmp(from, alsa, sizeof alsa - 1))
		good = find_microphone(s, from + sizeof alsa - 1, rate, err);
	else
		good = err_set(err, _("--from is alsa:DEVICE or -, not \"%s\""), from);
	if (!good)
		speak_source_free(&s);
	return s;
}

void speak_source_free(struct speak_source **sp)
{
	struct speak_source *s = *sp;
	if (!s)
		return;
	close_microphone(s);
	if (s->device)
		alsa_teardown();
	mem_free(s->device);
	mem_free(s);
	*sp = NULL;
}

bool speak_source_begin(struct speak_source *s, struct err *err)
{
	return !s->device || open_microphone(s, err);
}

int speak_source_fd(const struct speak_source *s)
{
	return s->device ? -1 : STDIN_FILENO;
}

const char *speak_source_fault(const struct speak_source *s)
{
	return s->fault.text;
}
