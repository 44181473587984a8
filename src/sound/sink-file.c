/* The file sink: what the loudspeakers would get, as a WAV file, in real time.  The header is brought up to date every
 * second, so that the file of a killed program ends where it was. */
#include "sound/sink.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/frames.h"
#include "sound/pace.h"
#include "sound/wav.h"

#define AHEAD_MS 40

struct sink {
	struct pace pace;
	struct wav *wav;
	int rate, channels;
	int64_t marked;
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
	s->wav = wav;
	s->rate = want->rate;
	s->channels = want->channels;
	pace_begin(&s->pace, want->clock, want->rate, frames_in_ms(want->rate, AHEAD_MS));
	return s;
}

static bool all_silent(const int16_t *samples, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (samples[i])
			return false;
	return true;
}

static enum sink_result file_write(struct sink *s, const int16_t *interleaved, size_t frames)
{
	bool good = all_silent(interleaved, frames * (size_t)s->channels) ? wav_silence(s->wav, (int64_t)frames)
									  : wav_write(s->wav, interleaved, frames);
	if (wav_frames(s->wav) - s->marked >= s->rate) {
		s->marked = wav_frames(s->wav);
		good = wav_mark(s->wav) && good;
	}
	pace_write(&s->pace, (int64_t)frames);
	return good ? SINK_WRITTEN : SINK_LOST;
}

static int64_t file_delay(struct sink *s)
{
	return pace_delay(&s->pace);
}

static void file_close(struct sink *s)
{
	wav_finish(&s->wav, NULL);
	mem_free(s);
}

const struct sink_ops sink_file_ops = { .prefix = "file",
	.stays_open = true,
	.open = file_open,
	.write = file_write,
	.delay = file_delay,
	.close = file_close };
