/* The file sink: what the loudspeakers would get, as a WAV file, in real time.  A frame is in the file once it would
 * have been heard; the header is brought up to date every second, so that the file of a killed program ends there. */
#include "sound/sink.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/frames.h"
#include "sound/pace.h"
#include "sound/wav.h"

#include <string.h>

struct sink {
	struct pace pace;
	struct wav *wav;
	int rate;
	size_t channels;
	int16_t *ring; /* what is queued */
	int64_t length;
	int64_t passed, marked; /* frames in the file, and said to be in it */
};

static struct sink *file_open(const struct sink_want *want, struct err *err)
{
	if (!*want->device) {
		err_set(err, _("the sink \"file\" needs a name — write for example file:/tmp/loa.wav"));
		return NULL;
	}
	struct wav *wav = wav_create(want->device, want->rate, want->channels, err);
	if (!wav)
		return NULL;
	struct sink *s = mem_new(struct sink);
	pace_init(&s->pace, want->clock, want->rate);
	s->wav = wav;
	s->rate = want->rate;
	s->channels = (size_t)want->channels;
	s->length = frames_in_ms(want->rate, SINK_QUEUE_MS);
	s->ring = mem_new_n(int16_t, (size_t)s->length * s->channels);
	return s;
}

static bool all_silent(const int16_t *samples, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (samples[i])
			return false;
	return true;
}

/* The place of a frame in the ring, and how many follow it in one piece. */
static int16_t *place(const struct sink *s, int64_t frame, int64_t *n)
{
	int64_t slot = frame % s->length;
	*n = *n < s->length - slot ? *n : s->length - slot;
	return s->ring + (size_t)slot * s->channels;
}

static bool pass(struct sink *s, int64_t until)
{
	bool good = true;
	while (good && s->passed < until) {
		int64_t n = until - s->passed;
		const int16_t *at = place(s, s->passed, &n);
		good = all_silent(at, (size_t)n * s->channels) ? wav_silence(s->wav, n)
							       : wav_write(s->wav, at, (size_t)n);
		s->passed += n;
	}
	if (s->passed - s->marked < s->rate)
		return good;
	s->marked = s->passed;
	return wav_mark(s->wav) && good;
}

static enum sink_result file_look(struct sink *s, struct sink_state *state)
{
	state->at = s->pace.clock->mono(s->pace.clock->self);
	bool dry = pace_dry(&s->pace, state->at);
	state->queued = state->delay = pace_queued(&s->pace, state->at);
	state->room = s->length - state->queued;
	if (!pass(s, s->pace.written - state->queued))
		return SINK_LOST;
	return dry ? SINK_XRUN : SINK_GOOD;
}

static int64_t file_write(struct sink *s, const int16_t *interleaved, int64_t frames)
{
	for (int64_t done = 0, n; done < frames; done += n) {
		n = frames - done;
		int16_t *at = place(s, s->pace.written, &n);
		memcpy(at, interleaved + (size_t)done * s->channels, (size_t)n * s->channels * sizeof *at);
		pace_write(&s->pace, n);
	}
	return frames;
}

static bool file_go(struct sink *s)
{
	pace_go(&s->pace);
	return true;
}

static int64_t file_take_back(struct sink *s, int64_t frames)
{
	pace_take_back(&s->pace, frames);
	return frames;
}

static void file_close(struct sink *s)
{
	struct sink_state last;
	file_look(s, &last);
	wav_finish(&s->wav, NULL);
	mem_free(s->ring);
	mem_free(s);
}

const struct sink_ops sink_file_ops = { .prefix = "file",
	.stays_open = true,
	.open = file_open,
	.look = file_look,
	.write = file_write,
	.go = file_go,
	.take_back = file_take_back,
	.close = file_close };
