/* A sound card of software: an ALSA plugin (type "loaxa") that plays and records exactly as fast as a card would, keeps
 * on tape what was heard, and shows the faults of cards to order.
 *
 *   pcm_type.loaxa { lib "…/paced.so" }
 *   pcm.card { type loaxa dir "/tmp/x" speed 10 rate 48000 channels 2 }
 *
 *   key           default  what
 *   dir                    where tape, log, line and faults lie; one program at a time has it (EBUSY)
 *   rate channels 48000 2  the only ones it takes          lie_rate     it says `rate` and runs at this
 *   speed         1        times faster than the wall      ppm     0    how far its crystal is off
 *   buffer_max    65536    frames of its ring at most      period_max   the same for a period
 *   grain         1        its pointer moves by so many frames; delay is exact, unless grain_delay yes
 *   prefetch      0        frames it has taken from the ring ahead of the ear: no rewinding these
 *   norewind      no       it refuses to rewind            line_loop no  the line begins anew at its end
 *
 * Playback: the ring keeps what was written, last written wins, until the ear passes it.  DIR/tape: the frames heard, raw.
 * DIR/log, CLOCK_MONOTONIC nanoseconds, one line each:
 *   start NS FRAME RATE   frame FRAME of the tape was heard at NS, those after it at RATE a second of the wall
 *   stop NS FRAME WHY     until this frame, which was not heard any more
 *   late NS FRAME N       N frames came too late: they should have been heard from FRAME of the tape on, others were
 * What a program that is killed let be heard since its last call is not on the tape.
 *
 * Capture: DIR/line, raw, from its beginning at each start, then silence; DIR/line-log like DIR/log.
 *
 * Faults: a file in DIR, for as long as it is there; a number in it where N is said.  gone: pulled out (ENODEV; poll
 * wakes) · stall: its pointer stands still · xrun: once, the card takes the file away · ebadfd, suspend: what the call
 * returns then · eagain: no frame is taken although there is room, for ever · short N: at most N frames a call ·
 * rate N: runs at N from the next start on · mute: the line is silent · hang: a call that brings frames does not
 * return, as in a driver that hangs. */
#include "card.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/file.h>
#include <sys/inotify.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

static const char *const number_names[N_NUMBERS] = { "speed", "rate", "channels", "lie_rate", "ppm", "buffer_max",
	"period_max", "grain", "prefetch" };
static const char *const switch_names[N_SWITCHES] = { "norewind", "line_loop", "grain_delay" };

enum { PERIOD_MIN = 16, FRESH_NS = 100000 };

static snd_pcm_state_t state_of(int error)
{
	return error == -ENODEV ? SND_PCM_STATE_DISCONNECTED :
	       error == -EBADFD ? SND_PCM_STATE_SETUP :
				  SND_PCM_STATE_SUSPENDED;
}

static bool runs(const snd_pcm_ioplug_t *io)
{
	return io->state == SND_PCM_STATE_RUNNING || io->state == SND_PCM_STATE_DRAINING;
}

/* ── What ALSA calls ─────────────────────────────────────────────────────────────────────────────────────────── */

/* The frame that whoever polls waits for; 0: none. */
static frames awaited(const struct card *c, frames appl)
{
	frames room = appl + c->avail_min;
	if (!card_plays(c))
		return room;
	if (c->io.state == SND_PCM_STATE_DRAINING)
		return appl;
	return room > c->io.buffer_size ? room - c->io.buffer_size : 0;
}

/* The next wake-up of whoever polls, the application's pointer being at appl; at once where nothing is to be awaited.
 * A program that never polls does not pay for it. */
static void arm(struct card *c, frames appl)
{
	struct itimerspec at = { { 0, 0 }, { 0, 1 } };
	if (!c->polled)
		return;
	frames wanted = awaited(c, appl), grain = (frames)c->number[GRAIN], ahead = (frames)c->number[PREFETCH];
	if (wanted > c->shown && (runs(&c->io) || c->io.state == SND_PCM_STATE_PREPARED)) {
		if (c->io.state == SND_PCM_STATE_DRAINING || !card_plays(c))
			ahead = 0;
		if (c->io.state != SND_PCM_STATE_DRAINING)
			wanted = (wanted + grain - 1) / grain * grain;
		int64_t ns = c->moving ? card_instant(c, wanted > ahead ? wanted - ahead : 0) + 1000 : 0;
		at.it_value.tv_sec = ns / 1000000000;
		at.it_value.tv_nsec = ns % 1000000000;
	}
	timerfd_settime(c->timer, TFD_TIMER_ABSTIME, &at, NULL);
}

static int card_start(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	card_heed(c);
	if (card_error(c))
		return card_error(c);
	card_begin_moving(c);
	arm(c, io->appl_ptr);
	return 0;
}

static int card_stop(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	if (!c->moving)
		return 0;
	card_catch_up(c);
	card_end_moving(c, io->state == SND_PCM_STATE_DRAINING ? "drained" : "dropped");
	return 0;
}

/* Where the pointer stands: in steps, ahead of the ear, never backwards. */
static snd_pcm_sframes_t show(struct card *c)
{
	bool drains = c->io.state == SND_PCM_STATE_DRAINING;
	frames at = card_plays(c) && !drains ? c->fetched : c->ear;
	if (!drains || c->ear < c->io.appl_ptr)
		at -= at % (frames)c->number[GRAIN];
	c->shown = at > c->shown ? at : c->shown;
	return (snd_pcm_sframes_t)c->shown;
}

/* ALSA makes an xrun of every error that a pointer returns; so the state says what it was. */
static snd_pcm_sframes_t card_pointer(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	card_heed(c);
	bool fine = card_catch_up(c);
	if (card_error(c)) {
		card_end_moving(c, "fault");
		snd_pcm_ioplug_set_state(io, state_of(card_error(c)));
	} else if (runs(io) && c->dry) {
		return -EPIPE;
	} else if (runs(io) && (c->fault[XRUN] || (!fine && io->state == SND_PCM_STATE_RUNNING))) {
		char path[160];
		snprintf(path, sizeof path, "%s/xrun", c->dir);
		unlink(path);
		c->fault[XRUN] = false;
		card_end_moving(c, "xrun");
		c->dry = true; /* said when asked again: ALSA forgets where the pointer is of one that says it at once */
	} else if (runs(io) && c->fault[STALL]) {
		card_end_moving(c, "stall");
	} else if (runs(io) && !c->fault[AGAIN]) {
		card_begin_moving(c);
	}
	return show(c);
}

static void hang(const struct card *c)
{
	char path[160];
	snprintf(path, sizeof path, "%s/hang", c->dir);
	while (!access(path, F_OK))
		nanosleep(&(struct timespec){ 0, 10000000 }, NULL);
}

static snd_pcm_sframes_t card_transfer(snd_pcm_ioplug_t *io, const snd_pcm_channel_area_t *areas,
		snd_pcm_uframes_t offset, snd_pcm_uframes_t size)
{
	struct card *c = io->private_data;
	char *data = (char *)areas->addr + areas->first / 8 + offset * c->frame;
	hang(c);
	if (card_error(c) || c->fault[AGAIN])
		return card_error(c) ? card_error(c) : -EAGAIN;
	if (c->fault[SHORT]) { /* ALSA asks for the rest in the same call, with an offset */
		frames most = c->fault_number[SHORT] > 0 ? (frames)c->fault_number[SHORT] : 1;
		if (offset)
			return -EAGAIN;
		size = size < most ? size : most;
	}
	card_catch_up(c);
	if (card_plays(c))
		card_store(c, data, size);
	else
		card_record(c, data, size);
	arm(c, io->appl_ptr + size);
	return (snd_pcm_sframes_t)size;
}

static int card_delay(snd_pcm_ioplug_t *io, snd_pcm_sframes_t *delay)
{
	struct card *c = io->private_data;
	bool fresh = card_now() - c->looked_ns < FRESH_NS; /* by the status that asks: all of it is of one instant */
	if (!fresh && card_pointer(io) < 0)
		snd_pcm_ioplug_set_state(io, SND_PCM_STATE_XRUN);
	if (io->state == SND_PCM_STATE_XRUN)
		return -EPIPE;
	frames ear = c->on[GRAIN_DELAY] ? c->shown : c->ear;
	*delay = card_plays(c) ? (snd_pcm_sframes_t)(io->appl_ptr - ear) : (snd_pcm_sframes_t)(ear - io->appl_ptr);
	return 0;
}

static int card_prepare(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	card_heed(c);
	card_end_moving(c, "prepared");
	card_new_stretch(c);
	c->dry = false;
	arm(c, io->appl_ptr);
	return card_error(c);
}

static int card_hw_params(snd_pcm_ioplug_t *io, snd_pcm_hw_params_t *params)
{
	struct card *c = io->private_data;
	(void)params;
	c->frame = io->channels * 2;
	c->avail_min = io->period_size;
	free(c->ring);
	c->ring_size = io->buffer_size + (frames)c->number[PREFETCH];
	c->ring = calloc(c->ring_size, c->frame);
	return c->ring ? 0 : -ENOMEM;
}

static int card_sw_params(snd_pcm_ioplug_t *io, snd_pcm_sw_params_t *params)
{
	struct card *c = io->private_data;
	int e = snd_pcm_sw_params_get_avail_min(params, &c->avail_min);
	arm(c, io->appl_ptr);
	return e;
}

static int card_poll_descriptors(snd_pcm_ioplug_t *io, struct pollfd *fd, unsigned room)
{
	struct card *c = io->private_data;
	if (!room)
		return 0;
	*fd = (struct pollfd){ .fd = c->events, .events = POLLIN };
	c->polled = true;
	arm(c, io->appl_ptr);
	return 1;
}

/* The timer and the watch only wake the waiter; whether there is room is the pointer's answer. */
static int card_poll_revents(snd_pcm_ioplug_t *io, struct pollfd *fd, unsigned n, unsigned short *events)
{
	struct card *c = io->private_data;
	uint64_t ticks;
	(void)fd, (void)n;
	if (read(c->timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN)
		return -errno;
	unsigned short ready = card_plays(c) ? POLLOUT : POLLIN;
	snd_pcm_sframes_t avail = snd_pcm_avail_update(io->pcm);
	bool fails = avail < 0;
	bool enough = (frames)avail >= c->avail_min || io->state == SND_PCM_STATE_DRAINING;
	*events = fails ? POLLERR | ready : enough ? ready : 0;
	arm(c, io->appl_ptr);
	return 0;
}

static void discard(struct card *c)
{
	int fds[] = { c->events, c->timer, c->watch, c->tape, c->log, c->lock };
	for (unsigned i = 0; i < sizeof fds / sizeof *fds; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	free(c->ring);
	free(c);
}

static int card_close(snd_pcm_ioplug_t *io)
{
	struct card *c = io->private_data;
	card_stop(io); /* ALSA does not drop a card that is gone */
	discard(c);
	return 0;
}

static const snd_pcm_ioplug_callback_t callbacks = { .start = card_start, .stop = card_stop, .pointer = card_pointer,
	.transfer = card_transfer, .prepare = card_prepare, .close = card_close, .delay = card_delay,
	.hw_params = card_hw_params, .sw_params = card_sw_params, .poll_descriptors = card_poll_descriptors,
	.poll_revents = card_poll_revents };

/* ── Opening ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* ALSA asks no plugin of this kind whether it can rewind, and makes an xrun of its every error.  A card in the kernel is
 * asked and says what it is.  So the table of what can be done is exchanged for one of our own: in alsa-lib 1.1 to 1.2 it
 * stands before the two pointers of a PCM to itself, the plugin's own struct behind them. */
enum { SEARCHED = 80, ENTRIES = 30, HWSYNC = 8, REWINDABLE = 14, REWIND = 15, AVAIL_UPDATE = 22 };

static struct tables {
	int self; /* the word of the PCM that points to itself */
	const void *alsa[ENTRIES], *sees[ENTRIES], *no_rewind[ENTRIES];
} tables;

static struct card *card_of(snd_pcm_t *pcm)
{
	return **(struct card ***)((void **)pcm + tables.self + 2);
}

static int error_of(const snd_pcm_ioplug_t *io)
{
	return io->state == SND_PCM_STATE_DISCONNECTED ? -ENODEV :
	       io->state == SND_PCM_STATE_SUSPENDED    ? -ESTRPIPE :
	       io->state == SND_PCM_STATE_SETUP	       ? -EBADFD :
							 0;
}

static int see_hwsync(snd_pcm_t *pcm)
{
	int e = ((int (*)(snd_pcm_t *))tables.alsa[HWSYNC])(pcm);
	return error_of(&card_of(pcm)->io) ? error_of(&card_of(pcm)->io) : e;
}

static snd_pcm_sframes_t see_avail(snd_pcm_t *pcm)
{
	snd_pcm_sframes_t n = ((snd_pcm_sframes_t(*)(snd_pcm_t *))tables.alsa[AVAIL_UPDATE])(pcm);
	return error_of(&card_of(pcm)->io) ? error_of(&card_of(pcm)->io) : n;
}

static snd_pcm_sframes_t no_rewindable(snd_pcm_t *pcm)
{
	(void)pcm;
	return 0;
}

static snd_pcm_sframes_t no_rewind(snd_pcm_t *pcm, snd_pcm_uframes_t n)
{
	(void)pcm, (void)n;
	return 0;
}

static int exchange_table(struct card *c)
{
	void **words = (void **)c->io.pcm;
	int i = 1;
	while (i < SEARCHED && (words[i] != c->io.pcm || words[i + 1] != c->io.pcm))
		i++;
	if (i == SEARCHED)
		return -ENOSYS;
	if (!tables.self) {
		memcpy(tables.alsa, words[i - 1], sizeof tables.alsa);
		memcpy(tables.sees, tables.alsa, sizeof tables.sees);
		tables.sees[HWSYNC] = (void *)see_hwsync;
		tables.sees[AVAIL_UPDATE] = (void *)see_avail;
		memcpy(tables.no_rewind, tables.sees, sizeof tables.no_rewind);
		tables.no_rewind[REWINDABLE] = (void *)no_rewindable;
		tables.no_rewind[REWIND] = (void *)no_rewind;
		tables.self = i;
	}
	words[i - 1] = c->on[NOREWIND] ? tables.no_rewind : tables.sees;
	return 0;
}

static int constrain(struct card *c)
{
	static const unsigned access_types[] = { SND_PCM_ACCESS_RW_INTERLEAVED };
	static const unsigned formats[] = { SND_PCM_FORMAT_S16 };
	unsigned frame = 2 * (unsigned)c->number[CHANNELS], buffer = frame * (unsigned)c->number[BUFFER_MAX];
	const struct {
		int what;
		unsigned min, max;
	} ranges[] = { { SND_PCM_IOPLUG_HW_RATE, (unsigned)c->number[HZ], (unsigned)c->number[HZ] },
		{ SND_PCM_IOPLUG_HW_CHANNELS, (unsigned)c->number[CHANNELS], (unsigned)c->number[CHANNELS] },
		{ SND_PCM_IOPLUG_HW_PERIOD_BYTES, PERIOD_MIN * frame, frame * (unsigned)c->number[PERIOD_MAX] },
		{ SND_PCM_IOPLUG_HW_BUFFER_BYTES, 2 * PERIOD_MIN * frame, buffer },
		{ SND_PCM_IOPLUG_HW_PERIODS, 2, 1024 } };
	int e = snd_pcm_ioplug_set_param_list(&c->io, SND_PCM_IOPLUG_HW_ACCESS, 1, access_types);
	if (e >= 0)
		e = snd_pcm_ioplug_set_param_list(&c->io, SND_PCM_IOPLUG_HW_FORMAT, 1, formats);
	for (unsigned i = 0; e >= 0 && i < sizeof ranges / sizeof *ranges; i++)
		e = snd_pcm_ioplug_set_param_minmax(&c->io, ranges[i].what, ranges[i].min, ranges[i].max);
	return e;
}

static struct card *configure(snd_config_t *conf)
{
	static const long defaults[N_NUMBERS] = { [SPEED] = 1, [HZ] = 48000, [CHANNELS] = 2, [BUFFER_MAX] = 65536,
		[PERIOD_MAX] = 32768, [GRAIN] = 1 };
	struct card *c = calloc(1, sizeof *c);
	snd_config_iterator_t i, next;
	if (!c)
		return NULL;
	c->events = c->timer = c->watch = c->tape = c->log = c->lock = -1;
	memcpy(c->number, defaults, sizeof defaults);
	snd_config_for_each(i, next, conf)
	{
		snd_config_t *n = snd_config_iterator_entry(i);
		const char *id, *dir;
		if (snd_config_get_id(n, &id) < 0)
			continue;
		if (!strcmp(id, "dir") && snd_config_get_string(n, &dir) >= 0)
			snprintf(c->dir, sizeof c->dir, "%s", dir);
		for (int k = 0; k < N_NUMBERS; k++)
			if (!strcmp(id, number_names[k]))
				snd_config_get_integer(n, &c->number[k]);
		for (int k = 0; k < N_SWITCHES; k++)
			if (!strcmp(id, switch_names[k]))
				c->on[k] = snd_config_get_bool(n) == 1;
	}
	return c;
}

static int open_in(const struct card *c, const char *name, int flags)
{
	char path[160];
	snprintf(path, sizeof path, "%s/%s", c->dir, name);
	return open(path, flags | O_CLOEXEC, 0666);
}

/* 0, or what keeps the card from being opened. */
static int set_up(struct card *c, snd_pcm_stream_t stream)
{
	bool plays = stream == SND_PCM_STREAM_PLAYBACK;
	struct epoll_event in = { .events = EPOLLIN };
	c->lock = open_in(c, plays ? "lock" : "line-lock", O_RDWR | O_CREAT);
	card_look_at_faults(c);
	if (c->lock < 0 || c->fault[GONE])
		return -ENODEV;
	if (flock(c->lock, LOCK_EX | LOCK_NB))
		return -EBUSY;
	c->tape = plays ? open_in(c, "tape", O_WRONLY | O_CREAT | O_APPEND) : open_in(c, "line", O_RDONLY | O_CREAT);
	c->log = open_in(c, plays ? "log" : "line-log", O_WRONLY | O_CREAT | O_APPEND);
	c->timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK | TFD_CLOEXEC);
	c->watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	c->events = epoll_create1(EPOLL_CLOEXEC);
	if (c->tape < 0 || c->log < 0 || c->timer < 0 || c->watch < 0 || c->events < 0 ||
			inotify_add_watch(c->watch, c->dir, IN_CLOSE_WRITE | IN_CREATE | IN_DELETE | IN_MOVE) < 0 ||
			epoll_ctl(c->events, EPOLL_CTL_ADD, c->timer, &in) ||
			epoll_ctl(c->events, EPOLL_CTL_ADD, c->watch, &in))
		return -errno;
	card_look_at_faults(c); /* again: what came before the watch */
	if (plays)
		c->taped = lseek(c->tape, 0, SEEK_END) / (2 * c->number[CHANNELS]);
	return 0;
}

SND_PCM_PLUGIN_DEFINE_FUNC(loaxa)
{
	struct card *c = configure(conf);
	(void)root;
	int e = c ? set_up(c, stream) : -ENOMEM;
	if (e >= 0) {
		c->io.version = SND_PCM_IOPLUG_VERSION;
		c->io.name = "loaxa's card of software";
		c->io.flags = SND_PCM_IOPLUG_FLAG_MONOTONIC | SND_PCM_IOPLUG_FLAG_BOUNDARY_WA;
		c->io.callback = &callbacks;
		c->io.private_data = c;
		c->io.poll_fd = c->events;
		c->io.poll_events = POLLIN;
		e = snd_pcm_ioplug_create(&c->io, name, stream, mode);
	}
	if (e < 0) {
		if (c)
			discard(c);
		return e;
	}
	e = constrain(c);
	if (e >= 0)
		e = exchange_table(c);
	if (e < 0) {
		snd_pcm_ioplug_delete(&c->io);
		return e;
	}
	*pcmp = c->io.pcm;
	return 0;
}

SND_PCM_PLUGIN_SYMBOL(loaxa);
