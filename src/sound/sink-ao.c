/* The libao sink: PulseAudio and whatever else libao drives.  libao accepts rates a card lacks and repairs or hides
 * every fault, so its silence proves nothing; a station's own card belongs to the ALSA sink.
 * The driver is always named and so is its device: libao's own choice follows files in the user's home. */
#include "sound/sink.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/frames.h"
#include "sound/pace.h"

#include <ao/ao.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>

/* libao drops nothing that it was given, so its buffer is the wait of an emergency: small, but 20 ms underran. */
#define BUFFER_MS 60

struct sink {
	ao_device *device;
	int channels;
	int64_t length;
	struct pace pace; /* the null driver takes everything at once; and libao cannot say what is still to be heard */
};

static void ao_sink_setup(void)
{
	ao_initialize();
}

static void ao_sink_teardown(void)
{
	ao_shutdown();
}

/* "pulse", "alsa:plughw:0": the driver, and behind a colon its device. */
static int driver_of(const char *name, const char **dev)
{
	char driver[32];
	size_t n = strcspn(name, ":");
	*dev = name[n] ? name + n + 1 : NULL;
	if (!n || n >= sizeof driver)
		return -1;
	memcpy(driver, name, n);
	driver[n] = '\0';
	return ao_driver_id(driver);
}

static const char *words_of(int error)
{
	switch (error) {
	case AO_ENOTLIVE:
		return _("this driver writes files — use the sink file:");
	case AO_EBADOPTION:
		return _("the driver does not know this device name");
	case AO_EOPENDEVICE:
		return _("the device cannot be opened");
	default:
		return _("the driver gave up");
	}
}

static ao_device *open_driver(const struct sink_want *w, int driver, const char *dev)
{
	ao_sample_format format;
	memset(&format, 0, sizeof format); /* a stray matrix pointer crashes libao */
	format.bits = 16;
	format.rate = w->rate;
	format.channels = w->channels;
	format.byte_format = AO_FMT_NATIVE;
	char buffer[16];
	snprintf(buffer, sizeof buffer, "%d", BUFFER_MS);
	ao_option *options = NULL;
	ao_append_option(&options, "buffer_time", buffer);
	if (!dev && !strcmp(ao_driver_info(driver)->short_name, "alsa"))
		dev = "default"; /* without a name stereo takes "front" and mono "default" */
	if (dev)
		ao_append_option(&options, "dev", dev);
	errno = 0;
	ao_device *device = ao_open_live(driver, &format, options);
	int error = errno;
	ao_free_options(options);
	errno = error;
	return device;
}

static struct sink *ao_sink_open(const struct sink_want *w, struct err *err)
{
	const char *dev;
	int driver = driver_of(w->device, &dev);
	if (driver < 0) {
		err_set(err, _("libao has no driver \"%s\" — write for example ao:pulse — or install libasound2"),
			w->device);
		return NULL;
	}
	ao_device *device = open_driver(w, driver, dev);
	if (!device) {
		err_set(err, _("libao \"%s\": %s"), w->device, words_of(errno));
		return NULL;
	}
	struct sink *s = mem_new(struct sink);
	s->device = device;
	s->channels = w->channels;
	s->length = frames_in_ms(w->rate, BUFFER_MS);
	pace_init(&s->pace, w->clock, w->rate);
	return s;
}

/* By our own clock: what of libao's buffer is left to be heard, it does not say. */
static enum sink_result ao_sink_look(struct sink *s, struct sink_state *state)
{
	state->at = s->pace.clock->mono(s->pace.clock->self);
	bool dry = pace_dry(&s->pace, state->at);
	state->queued = state->delay = pace_queued(&s->pace, state->at);
	state->room = s->length > state->queued ? s->length - state->queued : 0;
	return dry ? SINK_XRUN : SINK_GOOD;
}

static int64_t ao_sink_write(struct sink *s, const int16_t *interleaved, int64_t frames)
{
	size_t bytes = (size_t)frames * (size_t)s->channels * sizeof *interleaved;
	if (!ao_play(s->device, (char *)interleaved, (uint_32)bytes))
		return -1;
	pace_write(&s->pace, frames);
	return frames;
}

/* libao plays from the first frame on. */
static bool ao_sink_go(struct sink *s)
{
	pace_go(&s->pace);
	return true;
}

static void ao_sink_close(struct sink *s)
{
	ao_close(s->device);
	mem_free(s);
}

void sink_ao_drivers(void (*driver)(void *self, const char *name, const char *words), void *self)
{
	int n = 0;
	ao_initialize();
	ao_info **all = ao_driver_info_list(&n);
	for (int i = 0; i < n; i++)
		if (all[i]->type == AO_TYPE_LIVE)
			driver(self, all[i]->short_name, all[i]->name);
	ao_shutdown();
}

const struct sink_ops sink_ao_ops = { .prefix = "ao",
	.audible = true,
	.setup = ao_sink_setup,
	.teardown = ao_sink_teardown,
	.open = ao_sink_open,
	.look = ao_sink_look,
	.write = ao_sink_write,
	.go = ao_sink_go,
	.close = ao_sink_close };
