/* A sound card of software: an ALSA plugin (type "loaxa") that takes frames exactly as fast as a card would, keeps what
 * it "plays" in a file, and can be pulled out or made to stall while it plays.
 *
 *   pcm_type.loaxa { lib "…/paced.so" }
 *   pcm.card { type loaxa dir "/tmp/x" speed 10 rate 48000 channels 2 }
 *
 * DIR/tape: the frames heard, raw.  DIR/gone: the card is not there.  DIR/stall: it stops taking frames.
 * speed: how many times faster than the clock on the wall it runs. */
#include <alsa/asoundlib.h>
#include <alsa/pcm_external.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

struct card {
	snd_pcm_ioplug_t io;
	char dir[128];
	long speed;
	int timer, tape;
	int64_t started_ns;
	snd_pcm_uframes_t taken, heard; /* since it was prepared */
};

static bool has(const struct card *c, const char *name)
{
	char path[160];
	snprintf(path, sizeof path, "%s/%s", c->dir, name);
	return !access(path, F_OK);
}

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int card_start(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	if (has(c, "gone"))
		return -ENODEV;
	c->started_ns = now_ns();
	return 0;
}

static int card_stop(snd_pcm_ioplug_t *io)
{
	(void)io;
	return 0;
}

/* Where the card reads now.  Behind what was written: it ran dry. */
static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	if (has(c, "gone"))
		return -ENODEV;
	if (io->state == SND_PCM_STATE_RUNNING && !has(c, "stall")) {
		int64_t us = (now_ns() - c->started_ns) / 1000 * c->speed;
		snd_pcm_uframes_t due = (snd_pcm_uframes_t)(us * io->rate / 1000000);
		if (due > c->taken)
			return -EPIPE;
		c->heard = due > c->heard ? due : c->heard;
	}
	return (snd_pcm_sframes_t)(c->heard % io->buffer_size);
}

static snd_pcm_sframes_t card_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
		snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
	struct card *c = io->private_data;
	size_t frame = io->channels * 2;
	const char *from = (const char *)areas->addr + areas->first / 8 + offset * frame;
	if (has(c, "gone"))
		return -ENODEV;
	if (write(c->tape, from, size * frame) < 0)
		return -errno;
	c->taken += size;
	return (snd_pcm_sframes_t)size;
}

static int card_prepare(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	c->taken = c->heard = 0;
	return has(c, "gone") ? -ENODEV : 0;
}

static int card_close(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	close(c->timer);
	close(c->tape);
	free(c);
	return 0;
}

/* The timer only wakes the waiter; whether there is room is ALSA's question to the pointer. */
static int card_poll_revents(snd_pcm_ioplug_t *io, struct pollfd *fd, unsigned n, unsigned short *events)
{
	struct card *c = io->private_data;
	uint64_t ticks;
	(void)n;
	if (fd->revents & POLLIN && read(c->timer, &ticks, sizeof ticks) < 0)
		return -errno;
	snd_pcm_sframes_t avail = snd_pcm_avail_update(io->pcm);
	*events = avail < 0 ? POLLERR | POLLOUT : (snd_pcm_uframes_t)avail >= io->period_size ? POLLOUT : 0;
	return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = { .start = card_start, .stop = card_stop, .pointer = card_pointer,
	.transfer = card_transfer, .prepare = card_prepare, .close = card_close, .poll_revents = card_poll_revents };

static int constrain(struct card *c, long rate, long channels)
{
	static const unsigned access_types[] = { SND_PCM_ACCESS_RW_INTERLEAVED };
	static const unsigned formats[] = { SND_PCM_FORMAT_S16 };
	int e = snd_pcm_ioplug_set_param_list(&c->io, SND_PCM_IOPLUG_HW_ACCESS, 1, access_types);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_list(&c->io, SND_PCM_IOPLUG_HW_FORMAT, 1, formats);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&c->io, SND_PCM_IOPLUG_HW_RATE, (unsigned)rate, (unsigned)rate);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_minmax(&c->io, SND_PCM_IOPLUG_HW_CHANNELS, (unsigned)channels, (unsigned)channels);
	return e;
}

SND_PCM_PLUGIN_DEFINE_FUNC(loaxa)
{
	const char *dir = "";
	long speed = 1, rate = 48000, channels = 2;
	snd_config_iterator_t i, next;
	(void)root;
	snd_config_for_each(i, next, conf)
	{
		snd_config_t *n = snd_config_iterator_entry(i);
		const char *id;
		if (snd_config_get_id(n, &id) < 0)
			continue;
		if (!strcmp(id, "dir"))
			snd_config_get_string(n, &dir);
		else if (!strcmp(id, "speed"))
			snd_config_get_integer(n, &speed);
		else if (!strcmp(id, "rate"))
			snd_config_get_integer(n, &rate);
		else if (!strcmp(id, "channels"))
			snd_config_get_integer(n, &channels);
	}
	struct card *c = calloc(1, sizeof *c);
	if (!c)
		return -ENOMEM;
	snprintf(c->dir, sizeof c->dir, "%s", dir);
	c->speed = speed;
	char tape[160];
	snprintf(tape, sizeof tape, "%s/tape", dir);
	if (has(c, "gone") || (c->tape = open(tape, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0666)) < 0) {
		free(c);
		return -ENODEV;
	}
	struct itimerspec tick = { { 0, 1000000 }, { 0, 1000000 } };
	c->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	timerfd_settime(c->timer, 0, &tick, NULL);
	c->io.version = SND_PCM_IOPLUG_VERSION;
	c->io.name = "loaxa's card of software";
	c->io.callback = &callbacks;
	c->io.private_data = c;
	c->io.poll_fd = c->timer;
	c->io.poll_events = POLLIN;
	int e = snd_pcm_ioplug_create(&c->io, name, stream, mode);
	if (e < 0) {
		close(c->timer);
		close(c->tape);
		free(c);
		return e;
	}
	if ((e = constrain(c, rate, channels)) < 0) {
		snd_pcm_ioplug_delete(&c->io);
		return e;
	}
	*pcmp = c->io.pcm;
	return 0;
}

SND_PCM_PLUGIN_SYMBOL(loaxa);
