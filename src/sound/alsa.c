#include "sound/alsa.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <alsa/asoundlib.h>
#include <errno.h>
#include <string.h>

/* The card's own beat: short, because many cards know where they are only at the end of a period.  Nobody is woken by
 * it but the kernel. */
#define PERIOD_US 10000
#define CAPTURE_WAKE_MS 40

struct alsa {
	snd_pcm_t *pcm;
	snd_pcm_status_t *status;
	int64_t buffer;
};

/* alsa-lib would write to stderr, dozens of lines where there is no card; what matters comes back as a number. */
static void stay_quiet(const char *file, int line, const char *function, int error, const char *fmt, ...)
{
	(void)file, (void)line, (void)function, (void)error, (void)fmt;
}

void alsa_setup(void)
{
	snd_lib_error_set_handler(stay_quiet);
}

void alsa_teardown(void)
{
	snd_lib_error_set_handler(NULL);
	snd_config_update_free_global();
}

/* ── Opening ── */

static bool refuse(struct err *err, const struct alsa_want *w, const char *what, int error)
{
	return err_set(err, _("card \"%s\": %s — %s — see the cards there are: loaxa devices"), w->device, what,
		snd_strerror(error));
}

/* ALSA must not resample: it would do so behind our back, and worse than the preparation does. */
static bool set_format(snd_pcm_t *pcm, snd_pcm_hw_params_t *hw, const struct alsa_want *w, struct err *err)
{
	int e = snd_pcm_hw_params_any(pcm, hw);
	if (e < 0)
		return refuse(err, w, _("it does not say what it can do"), e);
	snd_pcm_hw_params_set_rate_resample(pcm, hw, 0);
	if ((e = snd_pcm_hw_params_set_access(pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED)) < 0 ||
		(e = snd_pcm_hw_params_set_format(pcm, hw, SND_PCM_FORMAT_S16)) < 0)
		return refuse(err, w, _("it does not take 16-bit sound"), e);
	if ((e = snd_pcm_hw_params_set_rate(pcm, hw, (unsigned)w->rate, 0)) < 0)
		return err_set(err,
			_("card \"%s\" does not run at %d Hz — %s — set rate of the output to what it has; recordings "
			  "are converted to it beforehand"),
			w->device, w->rate, snd_strerror(e));
	if ((e = snd_pcm_hw_params_set_channels(pcm, hw, (unsigned)w->channels)) < 0)
		return err_set(err,
			_("card \"%s\" does not take %d channels — %s — set channels of the output to what "
			  "it has, or put \"plug\" before the name"),
			w->device, w->channels, snd_strerror(e));
	return true;
}

static bool set_buffer(struct alsa *a, snd_pcm_hw_params_t *hw, const struct alsa_want *w, struct err *err)
{
	unsigned buffer = (unsigned)w->buffer_ms * 1000, period = PERIOD_US;
	snd_pcm_uframes_t frames = 0;
	/* In this order: some have 32 periods at most, and the length of the queue matters more. */
	snd_pcm_hw_params_set_buffer_time_near(a->pcm, hw, &buffer, NULL);
	snd_pcm_hw_params_set_period_time_near(a->pcm, hw, &period, NULL);
	int e = snd_pcm_hw_params(a->pcm, hw);
	if (e < 0)
		return refuse(err, w, _("it refuses our settings"), e);
	snd_pcm_hw_params_get_buffer_size(hw, &frames);
	a->buffer = (int64_t)frames;
	return true;
}

/* What was asked for was set exactly; here the card repeats it. */
static bool verify(snd_pcm_hw_params_t *hw, const struct alsa_want *w, struct err *err)
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

/* It begins when it is told, stops when it has run dry, and stamps its positions with the monotonic clock. */
static bool set_conduct(struct alsa *a, const struct alsa_want *w, struct err *err)
{
	snd_pcm_uframes_t boundary = 0;
	snd_pcm_sw_params_t *sw;
	snd_pcm_sw_params_alloca(&sw);
	int e = snd_pcm_sw_params_current(a->pcm, sw);
	if (e >= 0)
		e = snd_pcm_sw_params_get_boundary(sw, &boundary);
	if (e >= 0)
		e = snd_pcm_sw_params_set_start_threshold(a->pcm, sw, boundary);
	if (e >= 0)
		e = snd_pcm_sw_params_set_stop_threshold(a->pcm, sw, (snd_pcm_uframes_t)a->buffer);
	/* What was played is overwritten with silence: a ring that turns on after an xrun must not say it again. */
	if (e >= 0)
		e = snd_pcm_sw_params_set_silence_threshold(a->pcm, sw, 0);
	if (e >= 0)
		e = snd_pcm_sw_params_set_silence_size(a->pcm, sw, boundary);
	if (e >= 0)
		e = snd_pcm_sw_params_set_tstamp_mode(a->pcm, sw, SND_PCM_TSTAMP_ENABLE);
	if (e >= 0)
		e = snd_pcm_sw_params_set_tstamp_type(a->pcm, sw, SND_PCM_TSTAMP_TYPE_MONOTONIC);
	if (e >= 0)
		e = snd_pcm_sw_params(a->pcm, sw);
	return e >= 0 || refuse(err, w, _("it refuses our settings"), e);
}

static bool configure(struct alsa *a, const struct alsa_want *w, struct err *err)
{
	snd_pcm_hw_params_t *hw;
	snd_pcm_hw_params_alloca(&hw);
	return set_format(a->pcm, hw, w, err) && set_buffer(a, hw, w, err) && verify(hw, w, err) &&
	       set_conduct(a, w, err);
}

static struct alsa *open_card(const struct alsa_want *w, snd_pcm_stream_t stream, struct err *err)
{
	struct alsa *a = mem_new(struct alsa);
	const char *device = *w->device ? w->device : "default";
	int e = snd_config_update(); /* reports a broken asound.conf as an error, here and not in the middle of an open */
	if (e >= 0)
		e = snd_pcm_open(&a->pcm, device, stream, SND_PCM_NONBLOCK);
	if (e < 0)
		refuse(err, w, e == -EBUSY ? _("another program has it") : _("it cannot be opened"), e);
	if (e < 0 || snd_pcm_status_malloc(&a->status) < 0)
		alsa_close(&a);
	return a;
}

struct alsa *alsa_open_playback(const struct alsa_want *w, struct err *err)
{
	struct alsa *a = open_card(w, SND_PCM_STREAM_PLAYBACK, err);
	if (a && !configure(a, w, err))
		alsa_close(&a);
	return a;
}

/* Whoever waits for frames is woken for so many at once. */
static void wake_seldom(struct alsa *a, int64_t frames)
{
	snd_pcm_sw_params_t *sw;
	snd_pcm_sw_params_alloca(&sw);
	if (snd_pcm_sw_params_current(a->pcm, sw) < 0)
		return;
	snd_pcm_sw_params_set_avail_min(a->pcm, sw, (snd_pcm_uframes_t)frames);
	snd_pcm_sw_params(a->pcm, sw);
}

struct alsa *alsa_open_capture(const struct alsa_want *want, int *channels, struct err *err)
{
	struct alsa_want w = *want;
	struct alsa *a = open_card(&w, SND_PCM_STREAM_CAPTURE, err);
	bool fine = false;
	for (w.channels = 1; a && !fine && w.channels <= 2; w.channels++) {
		fine = configure(a, &w, err);
		*channels = w.channels;
	}
	if (fine)
		wake_seldom(a, w.rate * CAPTURE_WAKE_MS / 1000);
	else
		alsa_close(&a);
	return a;
}

void alsa_close(struct alsa **a)
{
	if (!*a)
		return;
	if ((*a)->pcm) {
		snd_pcm_drop((*a)->pcm);
		snd_pcm_close((*a)->pcm);
	}
	snd_pcm_status_free((*a)->status);
	mem_free(*a);
	*a = NULL;
}

/* ── At work ── */

int64_t alsa_buffer(const struct alsa *a)
{
	return a->buffer;
}

static int error_of_state(snd_pcm_state_t state)
{
	switch (state) {
	case SND_PCM_STATE_XRUN:
		return -EPIPE;
	case SND_PCM_STATE_DISCONNECTED:
		return -ENODEV;
	case SND_PCM_STATE_SUSPENDED:
		return -ESTRPIPE;
	case SND_PCM_STATE_OPEN:
	case SND_PCM_STATE_SETUP:
		return -EBADFD;
	default:
		return 0;
	}
}

/* snd_pcm_avail() asks the hardware where it is; only after that may anything be rewound. */
int alsa_now(struct alsa *a, struct alsa_state *s)
{
	snd_htimestamp_t t;
	snd_pcm_sframes_t avail = snd_pcm_avail(a->pcm);
	if (avail < 0)
		return (int)avail;
	int e = snd_pcm_status(a->pcm, a->status);
	if (e >= 0)
		e = error_of_state(snd_pcm_status_get_state(a->status));
	if (e < 0)
		return e;
	snd_pcm_status_get_htstamp(a->status, &t);
	s->avail = (int64_t)snd_pcm_status_get_avail(a->status);
	s->delay = snd_pcm_status_get_delay(a->status);
	s->at.us = t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000;
	return 0;
}

/* A card that gives up for its own reasons says EPIPE too, and leaves frames behind. */
int64_t alsa_left(struct alsa *a)
{
	if (snd_pcm_status(a->pcm, a->status) < 0)
		return 0;
	int64_t left = a->buffer - (int64_t)snd_pcm_status_get_avail(a->status);
	return left > 0 ? left : 0;
}

int64_t alsa_write(struct alsa *a, const int16_t *interleaved, int64_t frames)
{
	snd_pcm_sframes_t n = snd_pcm_writei(a->pcm, interleaved, (snd_pcm_uframes_t)frames);
	return n == -EAGAIN || n == -EINTR ? 0 : n;
}

int64_t alsa_read(struct alsa *a, int16_t *interleaved, int64_t frames)
{
	snd_pcm_sframes_t n = snd_pcm_readi(a->pcm, interleaved, (snd_pcm_uframes_t)frames);
	return n == -EAGAIN || n == -EINTR ? 0 : n;
}

void alsa_wait(struct alsa *a, int ms)
{
	snd_pcm_wait(a->pcm, ms);
}

int64_t alsa_rewind(struct alsa *a, int64_t frames)
{
	snd_pcm_sframes_t n = snd_pcm_rewindable(a->pcm);
	if (n <= 0)
		return n;
	return snd_pcm_rewind(a->pcm, (snd_pcm_uframes_t)(n < frames ? n : frames));
}

int alsa_start(struct alsa *a)
{
	return snd_pcm_start(a->pcm);
}

int alsa_drop(struct alsa *a)
{
	int e = snd_pcm_drop(a->pcm);
	return e < 0 ? e : snd_pcm_prepare(a->pcm);
}

/* ── Which cards there are ── */

static void list_ports(snd_ctl_t *ctl, void (*port)(void *, const struct alsa_port *), void *self)
{
	static const snd_pcm_stream_t streams[] = { SND_PCM_STREAM_PLAYBACK, SND_PCM_STREAM_CAPTURE };
	snd_pcm_info_t *info;
	snd_pcm_info_alloca(&info);
	int device = -1;
	while (snd_ctl_pcm_next_device(ctl, &device) >= 0 && device >= 0)
		for (size_t i = 0; i < sizeof streams / sizeof *streams; i++) {
			snd_pcm_info_set_device(info, (unsigned)device);
			snd_pcm_info_set_subdevice(info, 0);
			snd_pcm_info_set_stream(info, streams[i]);
			if (snd_ctl_pcm_info(ctl, info) < 0)
				continue;
			struct alsa_port p = { .device = device, .capture = streams[i] == SND_PCM_STREAM_CAPTURE };
			snprintf(p.name, sizeof p.name, "%s", snd_pcm_info_get_name(info));
			port(self, &p);
		}
}

void alsa_list(void (*card)(void *self, const struct alsa_card *), void (*port)(void *self, const struct alsa_port *),
	void *self)
{
	snd_ctl_card_info_t *info;
	snd_ctl_card_info_alloca(&info);
	int number = -1;
	while (snd_card_next(&number) >= 0 && number >= 0) {
		char control[16];
		snd_ctl_t *ctl = NULL;
		snprintf(control, sizeof control, "hw:%d", number);
		if (snd_ctl_open(&ctl, control, SND_CTL_NONBLOCK) < 0)
			continue;
		if (snd_ctl_card_info(ctl, info) >= 0) {
			struct alsa_card c = { .number = number };
			snprintf(c.id, sizeof c.id, "%s", snd_ctl_card_info_get_id(info));
			snprintf(c.name, sizeof c.name, "%s", snd_ctl_card_info_get_longname(info));
			card(self, &c);
			list_ports(ctl, port, self);
		}
		snd_ctl_close(ctl);
	}
}

static void ask_rates(snd_pcm_t *pcm, snd_pcm_hw_params_t *hw, struct alsa_ability *a)
{
	static const unsigned usual[] = { 8000, 11025, 16000, 22050, 32000, 44100, 48000, 88200, 96000, 176400,
		192000 };
	size_t n = 0;
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (!snd_pcm_hw_params_test_rate(pcm, hw, usual[i], 0))
			a->rates[n++] = usual[i];
}

static void ask_formats(snd_pcm_t *pcm, snd_pcm_hw_params_t *hw, struct alsa_ability *a)
{
	static const snd_pcm_format_t usual[] = { SND_PCM_FORMAT_U8, SND_PCM_FORMAT_S16_LE, SND_PCM_FORMAT_S16_BE,
		SND_PCM_FORMAT_S24_3LE, SND_PCM_FORMAT_S24_LE, SND_PCM_FORMAT_S32_LE, SND_PCM_FORMAT_FLOAT_LE };
	size_t n = 0;
	for (size_t i = 0; i < sizeof usual / sizeof *usual; i++)
		if (!snd_pcm_hw_params_test_format(pcm, hw, usual[i]))
			n += (size_t)snprintf(a->formats + n, sizeof a->formats - n, "%s%s", n ? " " : "",
				snd_pcm_format_name(usual[i]));
}

void alsa_ask(const char *device, bool capture, struct alsa_ability *a)
{
	snd_pcm_t *pcm = NULL;
	snd_pcm_hw_params_t *hw;
	snd_pcm_hw_params_alloca(&hw);
	*a = (struct alsa_ability){ 0 };
	a->error = snd_config_update();
	if (a->error >= 0)
		a->error = snd_pcm_open(
			&pcm, device, capture ? SND_PCM_STREAM_CAPTURE : SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
	if (a->error >= 0)
		a->error = snd_pcm_hw_params_any(pcm, hw);
	if (a->error >= 0) {
		a->error = 0;
		snd_pcm_hw_params_set_rate_resample(pcm, hw, 0);
		snd_pcm_hw_params_get_channels_min(hw, &a->channels_min);
		snd_pcm_hw_params_get_channels_max(hw, &a->channels_max);
		ask_rates(pcm, hw, a);
		ask_formats(pcm, hw, a);
	}
	if (pcm)
		snd_pcm_close(pcm);
}
