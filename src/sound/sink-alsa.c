/* The ALSA sink: the card itself, 16-bit interleaved, at exactly the rate and channels the station names.
 * Non-blocking writes and a wait of our own, so that a card that stalls costs SINK_STALL_MS and not ten seconds. */
#include "sound/sink.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/frames.h"
#include "sound/pace.h"

#include <alsa/asoundlib.h>
#include <errno.h>
#include <string.h>
#include <time.h>

#define BUFFER_US 200000
#define PERIOD_US (SINK_PERIOD_MS * 1000)
#define STALL_US (SINK_STALL_MS * 1000)
#define SHORTEST_WAIT_US 1000

struct sink {
	snd_pcm_t *pcm;
	int rate, channels;
	struct pace governor;
};

/* alsa-lib would write to stderr, dozens of lines where there is no card; what matters comes back as a number. */
static void stay_quiet(const char *file, int line, const char *function, int error, const char *fmt, ...)
{
	(void)file, (void)line, (void)function, (void)error, (void)fmt;
}

static void alsa_setup(void)
{
	snd_lib_error_set_handler(stay_quiet);
}

static void alsa_teardown(void)
{
	snd_lib_error_set_handler(NULL);
	snd_config_update_free_global();
}

static bool refuse(struct err *err, const struct sink_want *w, const char *what, int error)
{
	return err_set(err, _("card \"%s\": %s — %s — see the cards there are: aplay -l"), w->device, what,
		snd_strerror(error));
}

/* A name that begins with "plug" asks for conversion in so many words; all others must fit by themselves. */
static bool set_format(snd_pcm_t *pcm, snd_pcm_hw_params_t *hw, const struct sink_want *w, struct err *err)
{
	int e = snd_pcm_hw_params_any(pcm, hw);
	if (e < 0)
		return refuse(err, w, _("it does not say what it can do"), e);
	snd_pcm_hw_params_set_rate_resample(pcm, hw, !strncmp(w->device, "plug", 4));
	if ((e = snd_pcm_hw_params_set_access(pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED)) < 0 ||
		(e = snd_pcm_hw_params_set_format(pcm, hw, SND_PCM_FORMAT_S16)) < 0)
		return refuse(err, w, _("it does not take 16-bit sound"), e);
	if ((e = snd_pcm_hw_params_set_channels(pcm, hw, (unsigned)w->channels)) < 0)
		return err_set(err,
			_("card \"%s\" does not take %d channels — %s — set channels of the output to what "
			  "it has, or put \"plug\" before the name"),
			w->device, w->channels, snd_strerror(e));
	if ((e = snd_pcm_hw_params_set_rate(pcm, hw, (unsigned)w->rate, 0)) < 0)
		return err_set(err,
			_("card \"%s\" does not run at %d Hz — %s — set rate of the output to what it has, "
			  "or put \"plug\" before the name"),
			w->device, w->rate, snd_strerror(e));
	return true;
}

static bool set_buffer(snd_pcm_t *pcm, snd_pcm_hw_params_t *hw, const struct sink_want *w, struct err *err)
{
	unsigned buffer = BUFFER_US, period = PERIOD_US;
	snd_pcm_hw_params_set_buffer_time_near(pcm, hw, &buffer, NULL);
	snd_pcm_hw_params_set_period_time_near(pcm, hw, &period, NULL);
	int e = snd_pcm_hw_params(pcm, hw);
	return e >= 0 || refuse(err, w, _("it refuses our settings"), e);
}

/* What was asked for was set exactly; here the card repeats it. */
static bool verify(snd_pcm_hw_params_t *hw, const struct sink_want *w, struct err *err)
{
	unsigned rate = 0, channels = 0;
	snd_pcm_hw_params_get_rate(hw, &rate, NULL);
	snd_pcm_hw_params_get_channels(hw, &channels);
	if (rate == (unsigned)w->rate && channels == (unsigned)w->channels)
		return true;
	return err_set(err,
		_("card \"%s\" runs at %u Hz with %u channels, the station wants %d Hz and %d — correct "
		  "rate and channels of the output"),
		w->device, rate, channels, w->rate, w->channels);
}

/* It starts with two periods in the buffer, and a buffer that ran empty stops it (an xrun). */
static bool set_starting(snd_pcm_t *pcm, snd_pcm_hw_params_t *hw, const struct sink_want *w, struct err *err)
{
	snd_pcm_uframes_t buffer = 0, period = 0;
	snd_pcm_sw_params_t *sw;
	snd_pcm_sw_params_alloca(&sw);
	snd_pcm_hw_params_get_buffer_size(hw, &buffer);
	snd_pcm_hw_params_get_period_size(hw, &period, NULL);
	snd_pcm_uframes_t start = 2 * period < buffer ? 2 * period : buffer;
	int e = snd_pcm_sw_params_current(pcm, sw);
	if (e >= 0)
		e = snd_pcm_sw_params_set_start_threshold(pcm, sw, start);
	if (e >= 0)
		e = snd_pcm_sw_params_set_avail_min(pcm, sw, period);
	if (e >= 0)
		e = snd_pcm_sw_params(pcm, sw);
	return e >= 0 || refuse(err, w, _("it refuses our settings"), e);
}

static bool configure(snd_pcm_t *pcm, const struct sink_want *w, struct err *err)
{
	snd_pcm_hw_params_t *hw;
	snd_pcm_hw_params_alloca(&hw);
	return set_format(pcm, hw, w, err) && set_buffer(pcm, hw, w, err) && verify(hw, w, err) &&
	       set_starting(pcm, hw, w, err);
}

static struct sink *alsa_open(const struct sink_want *w, struct err *err)
{
	snd_pcm_t *pcm = NULL;
	const char *device = *w->device ? w->device : "default";
	int e = snd_config_update(); /* reports a broken asound.conf as an error, here and not in the middle of an open */
	if (e >= 0)
		e = snd_pcm_open(&pcm, device, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
	if (e < 0) {
		refuse(err, w, e == -EBUSY ? _("another program has it") : _("it cannot be opened"), e);
		return NULL;
	}
	if (!configure(pcm, w, err)) {
		snd_pcm_close(pcm);
		return NULL;
	}
	struct sink *s = mem_new(struct sink);
	s->pcm = pcm;
	s->rate = w->rate;
	s->channels = w->channels;
	/* 2 % fast: an honest card, whose crystal is off by far less, is never held back. */
	pace_begin(&s->governor, w->clock, w->rate + w->rate / 50, frames_in_ms(w->rate, BUFFER_US / 1000));
	return s;
}

/* Sleeps until there should be room for that many frames; returns for how long (µs).  Not snd_pcm_wait(): each wake-up
 * that brings no room begins its time-out anew, so a card that stalls could hold the thread for ever. */
static int64_t wait_for_room(const struct sink *s, size_t frames, snd_pcm_sframes_t avail)
{
	int64_t missing = (int64_t)frames - avail, us = missing > 0 ? frames_us(s->rate, missing) : 0;
	us = us < SHORTEST_WAIT_US ? SHORTEST_WAIT_US : us > PERIOD_US ? PERIOD_US : us;
	struct timespec t = { 0, us * 1000 };
	clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
	return us;
}

static enum sink_result alsa_write(struct sink *s, const int16_t *interleaved, size_t frames)
{
	bool xrun = false;
	int64_t waited = 0;
	for (size_t done = 0; done < frames && waited < STALL_US;) {
		snd_pcm_sframes_t n = snd_pcm_writei(s->pcm, interleaved + done * (size_t)s->channels, frames - done);
		if (n > 0) {
			done += (size_t)n;
			waited = 0;
			continue;
		}
		if (n == 0 || n == -EAGAIN)
			n = snd_pcm_avail(s->pcm);
		if (n >= 0) {
			waited += wait_for_room(s, frames - done, n);
		} else if (n == -EPIPE && !xrun && snd_pcm_prepare(s->pcm) >= 0) {
			xrun = true;
		} else if (n != -EINTR) {
			return SINK_LOST;
		}
	}
	if (waited >= STALL_US)
		return SINK_LOST;
	pace_write(&s->governor, (int64_t)frames);
	return xrun ? SINK_XRUN : SINK_WRITTEN;
}

static int64_t alsa_delay(struct sink *s)
{
	snd_pcm_sframes_t n = 0;
	return snd_pcm_delay(s->pcm, &n) < 0 || n < 0 ? 0 : n;
}

static void alsa_close(struct sink *s)
{
	snd_pcm_drop(s->pcm);
	snd_pcm_close(s->pcm);
	mem_free(s);
}

const struct sink_ops sink_alsa_ops = { .prefix = "alsa",
	.audible = true,
	.setup = alsa_setup,
	.teardown = alsa_teardown,
	.open = alsa_open,
	.write = alsa_write,
	.delay = alsa_delay,
	.close = alsa_close };
