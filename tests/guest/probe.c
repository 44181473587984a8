/* What a card's driver really does: a tool of its own inside the guest, for facts that loaxa's sound core relies on.
 *
 *   probe params DEVICE                      rates, channels, formats; the smallest and largest buffer and period
 *   probe pointer DEVICE RATE CH PERIOD_MS   how finely the position moves, delay against avail, time stamps
 *   probe rewind DEVICE RATE CH PERIOD_MS KEEP_MS  plays numbered frames, rewinds to hardware pointer + k, k down to
 *                                            KEEP_MS, and writes others; ends before the queue does
 *   probe pull DEVICE RATE CH SECONDS        plays until an error, says what came when, opens again
 *   probe runs FILE CH                       what numbered frames a recording holds, run by run (raw or WAV)
 *
 * A numbered frame n of generation g: left = 1 + n % 30000, right (or the next frame, in mono) = 256 g + n / 30000. */
#include <alsa/asoundlib.h>
#include <errno.h>
#include <poll.h>
#include <sched.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>

#define WRAP 30000

struct card {
	snd_pcm_t *pcm;
	unsigned rate, channels;
	snd_pcm_uframes_t buffer, period;
	int64_t written; /* frames since the start, rewinds taken off */
};

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void sleep_ms(double ms)
{
	struct timespec t = { (time_t)(ms / 1000), (long)((ms - 1000 * (int)(ms / 1000)) * 1e6) };
	clock_nanosleep(CLOCK_MONOTONIC, 0, &t, NULL);
}

static int fail(const char *what, int e)
{
	printf("%s: %s\n", what, snd_strerror(e));
	return 1;
}

static void frame(const struct card *c, int16_t *to, int64_t n, int generation)
{
	to[0] = (int16_t)(1 + n % WRAP);
	if (c->channels > 1)
		to[1] = (int16_t)(256 * generation + n / WRAP);
}

/* Frames from c->written on, of that generation; returns what writei returned. */
static snd_pcm_sframes_t put(struct card *c, snd_pcm_sframes_t frames, int generation)
{
	static int16_t block[192000 * 2];
	for (snd_pcm_sframes_t i = 0; i < frames; i++)
		frame(c, block + i * c->channels, c->written + i, generation);
	snd_pcm_sframes_t n = snd_pcm_writei(c->pcm, block, (snd_pcm_uframes_t)frames);
	if (n > 0)
		c->written += n;
	return n;
}

static int card_open(struct card *c, const char *device, unsigned rate, unsigned channels, unsigned period_ms)
{
	int e = snd_pcm_open(&c->pcm, device, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
	if (e < 0)
		return e;
	snd_pcm_hw_params_t *hw;
	snd_pcm_sw_params_t *sw;
	snd_pcm_hw_params_alloca(&hw);
	snd_pcm_sw_params_alloca(&sw);
	snd_pcm_hw_params_any(c->pcm, hw);
	snd_pcm_hw_params_set_rate_resample(c->pcm, hw, 0);
	snd_pcm_hw_params_set_access(c->pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED);
	if ((e = snd_pcm_hw_params_set_format(c->pcm, hw, SND_PCM_FORMAT_S16)) < 0 ||
		(e = snd_pcm_hw_params_set_channels(c->pcm, hw, channels)) < 0 ||
		(e = snd_pcm_hw_params_set_rate(c->pcm, hw, rate, 0)) < 0)
		return e;
	unsigned buffer_us = 1000000, period_us = period_ms * 1000;
	snd_pcm_hw_params_set_period_time_near(c->pcm, hw, &period_us, NULL);
	snd_pcm_hw_params_set_buffer_time_near(c->pcm, hw, &buffer_us, NULL);
	if ((e = snd_pcm_hw_params(c->pcm, hw)) < 0)
		return e;
	snd_pcm_hw_params_get_buffer_size(hw, &c->buffer);
	snd_pcm_hw_params_get_period_size(hw, &c->period, NULL);
	c->rate = rate, c->channels = channels, c->written = 0;
	printf("%s: %u Hz, %u channels: buffer %lu frames (%.1f ms), period %lu (%.1f ms), batch %d, double %d, block "
	       "transfer %d, "
	       "audio wallclock %d, monotonic %d, can pause %d, fifo %d\n",
		device, rate, channels, c->buffer, 1e3 * (double)c->buffer / rate, c->period,
		1e3 * (double)c->period / rate, snd_pcm_hw_params_is_batch(hw), snd_pcm_hw_params_is_double(hw),
		snd_pcm_hw_params_is_block_transfer(hw), snd_pcm_hw_params_supports_audio_wallclock_ts(hw),
		snd_pcm_hw_params_is_monotonic(hw), snd_pcm_hw_params_can_pause(hw),
		snd_pcm_hw_params_get_fifo_size(hw));
	snd_pcm_sw_params_current(c->pcm, sw);
	snd_pcm_uframes_t never;
	snd_pcm_sw_params_get_boundary(sw, &never);
	snd_pcm_sw_params_set_start_threshold(c->pcm, sw, never);
	snd_pcm_sw_params_set_tstamp_mode(c->pcm, sw, SND_PCM_TSTAMP_ENABLE);
	snd_pcm_sw_params_set_tstamp_type(c->pcm, sw, SND_PCM_TSTAMP_TYPE_MONOTONIC);
	snd_pcm_sw_params_set_avail_min(c->pcm, sw, c->period);
	return snd_pcm_sw_params(c->pcm, sw);
}

/* ── params ── */

static int params(const char *device)
{
	snd_pcm_t *pcm;
	int e = snd_pcm_open(&pcm, device, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK), dir;
	if (e < 0)
		return fail(device, e);
	snd_pcm_hw_params_t *hw;
	snd_pcm_hw_params_alloca(&hw);
	snd_pcm_hw_params_any(pcm, hw);
	printf("%s: rates", device);
	static const unsigned rates[] = { 8000, 16000, 22050, 32000, 44100, 48000, 96000, 192000 };
	for (size_t i = 0; i < sizeof rates / sizeof *rates; i++)
		if (!snd_pcm_hw_params_test_rate(pcm, hw, rates[i], 0))
			printf(" %u", rates[i]);
	printf("; channels");
	for (unsigned n = 1; n <= 8; n++)
		if (!snd_pcm_hw_params_test_channels(pcm, hw, n))
			printf(" %u", n);
	printf("; formats");
	for (int f = 0; f <= SND_PCM_FORMAT_LAST; f++)
		if (snd_pcm_format_name(f) && !snd_pcm_hw_params_test_format(pcm, hw, f))
			printf(" %s", snd_pcm_format_name(f));
	printf("\n");
	snd_pcm_hw_params_set_access(pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED);
	snd_pcm_hw_params_set_format(pcm, hw, SND_PCM_FORMAT_S16);
	snd_pcm_hw_params_set_rate(pcm, hw, 48000, 0);
	unsigned channels = 2;
	snd_pcm_hw_params_set_channels_near(pcm, hw, &channels);
	snd_pcm_uframes_t low = 0, high = 0;
	unsigned p0 = 0, p1 = 0;
	snd_pcm_hw_params_get_buffer_size_min(hw, &low);
	snd_pcm_hw_params_get_buffer_size_max(hw, &high);
	printf("  at 48000 Hz, S16, %u channels: buffer %lu..%lu frames (%.1f..%.1f ms)", channels, low, high,
		(double)low / 48, (double)high / 48);
	snd_pcm_hw_params_get_period_size_min(hw, &low, &dir);
	snd_pcm_hw_params_get_period_size_max(hw, &high, &dir);
	snd_pcm_hw_params_get_periods_min(hw, &p0, &dir);
	snd_pcm_hw_params_get_periods_max(hw, &p1, &dir);
	printf(", period %lu..%lu (%.2f..%.1f ms), periods %u..%u\n", low, high, (double)low / 48, (double)high / 48,
		p0, p1);
	snd_pcm_close(pcm);
	return 0;
}

/* ── pointer ── */

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

static void quantiles(const char *what, double *v, size_t n)
{
	if (!n)
		return;
	qsort(v, n, sizeof *v, by_size);
	printf("  %s: n %zu, min %.3f, median %.3f, p90 %.3f, p99 %.3f, max %.3f\n", what, n, v[0], v[n / 2],
		v[n * 9 / 10], v[n * 99 / 100], v[n - 1]);
}

static int pointer(const char *device, unsigned rate, unsigned channels, unsigned period_ms)
{
	struct card c;
	int e = card_open(&c, device, rate, channels, period_ms);
	if (e < 0)
		return fail(device, e);
	static double steps[200000], gaps[200000], ages[200000], extra[200000], skew[200000], asks[200000];
	size_t n = 0, m = 0, asked = 0;
	put(&c, (snd_pcm_sframes_t)c.buffer, 1);
	double before = now();
	e = snd_pcm_start(c.pcm);
	double after = now();
	snd_pcm_sframes_t last = snd_pcm_avail(c.pcm);
	printf("  start: %s, took %.3f ms; avail then %ld, after 20 ms ", snd_strerror(e), 1e3 * (after - before),
		last);
	sleep_ms(20);
	printf("%ld\n", snd_pcm_avail(c.pcm));
	double changed = now(), began = changed, first_ts = 0, first_frame = 0;
	last = snd_pcm_avail(c.pcm);
	snd_pcm_status_t *st;
	snd_pcm_status_alloca(&st);
	while (now() < began + 3) {
		double ask = now();
		snd_pcm_sframes_t avail = snd_pcm_avail(c.pcm);
		double t = now();
		if (asked < 200000)
			asks[asked++] = 1e3 * (t - ask);
		if (avail < 0)
			return fail("  avail", (int)avail);
		if (avail != last && n < 200000) {
			steps[n] = (double)(avail - last);
			gaps[n++] = 1e3 * (t - changed);
			changed = t;
			last = avail;
		}
		if (snd_pcm_status(c.pcm, st) >= 0 && m < 200000) {
			snd_htimestamp_t ts;
			snd_pcm_status_get_htstamp(st, &ts);
			double stamp = (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
			double heard = (double)c.written - (double)snd_pcm_status_get_delay(st);
			ages[m] = 1e3 * (now() - stamp);
			extra[m] = (double)snd_pcm_status_get_delay(st) -
				   (double)(c.buffer - snd_pcm_status_get_avail(st));
			if (!first_ts)
				first_ts = stamp, first_frame = heard;
			skew[m++] = 1e3 * ((stamp - first_ts) - (heard - first_frame) / rate);
		}
		snd_pcm_sframes_t room = snd_pcm_avail_update(c.pcm);
		if (room > (snd_pcm_sframes_t)c.buffer / 4) {
			put(&c, room, 1);
			last = snd_pcm_avail(c.pcm);
			changed = now();
		}
		sleep_ms(0.1);
	}
	quantiles("steps of the position, frames", steps, n);
	quantiles("between two steps, ms", gaps, n);
	quantiles("snd_pcm_avail takes, ms", asks, asked);
	quantiles("age of htstamp, ms (monotonic now - stamp)", ages, m);
	quantiles("delay - (buffer - avail), frames", extra, m);
	quantiles("stamp against written - delay, ms (as begun = 0)", skew, m);
	snd_pcm_audio_tstamp_config_t cfg = { 0 };
	for (unsigned type = 0; type <= 5; type++) {
		cfg.type_requested = type, cfg.report_delay = 1;
		snd_pcm_status_set_audio_htstamp_config(st, &cfg);
		snd_pcm_status(c.pcm, st);
		snd_pcm_audio_tstamp_report_t rep;
		snd_htimestamp_t a, d, s, tr;
		snd_pcm_status_get_audio_htstamp_report(st, &rep);
		snd_pcm_status_get_audio_htstamp(st, &a);
		snd_pcm_status_get_driver_htstamp(st, &d);
		snd_pcm_status_get_htstamp(st, &s);
		snd_pcm_status_get_trigger_htstamp(st, &tr);
		printf("  audio time stamp %u: got %u, valid %u, audio %ld.%09ld, stamp %ld.%09ld, driver %ld.%09ld, "
		       "trigger %ld.%09ld\n",
			type, rep.actual_type, rep.valid, a.tv_sec, a.tv_nsec, s.tv_sec, s.tv_nsec, d.tv_sec, d.tv_nsec,
			tr.tv_sec, tr.tv_nsec);
	}
	snd_pcm_drop(c.pcm);
	snd_pcm_close(c.pcm);
	return 0;
}

/* ── rewind ── */

static int rewinds(const char *device, unsigned rate, unsigned channels, unsigned period_ms, double smallest)
{
	struct card c;
	int e = card_open(&c, device, rate, channels, period_ms);
	if (e < 0)
		return fail(device, e);
	static const double keeps[] = { 100, 50, 20, 15, 10, 8, 6, 4, 3, 2, 1, 0.5, 0 };
	put(&c, (snd_pcm_sframes_t)c.buffer, 1);
	snd_pcm_start(c.pcm);
	int generation = 1;
	for (size_t round = 0; round < sizeof keeps / sizeof *keeps && keeps[round] >= smallest; round++) {
		for (int i = 0; i < 6; i++) {
			sleep_ms(40 + 17.3 * i);
			snd_pcm_sframes_t avail = snd_pcm_avail(c.pcm);
			if (avail < 0) {
				printf("  avail: %s\n", snd_strerror((int)avail));
				snd_pcm_prepare(c.pcm);
				put(&c, (snd_pcm_sframes_t)c.buffer, generation);
				snd_pcm_start(c.pcm);
				continue;
			}
			put(&c, avail, generation);
			sleep_ms(3.7);
			avail = snd_pcm_avail(c.pcm);
			if (i)
				continue;
			double t0 = now();
			snd_pcm_sframes_t can = snd_pcm_rewindable(c.pcm),
					  keep = (snd_pcm_sframes_t)(keeps[round] * rate / 1000);
			snd_pcm_sframes_t queued = (snd_pcm_sframes_t)c.buffer - avail, back = queued - keep;
			snd_pcm_sframes_t got = snd_pcm_rewind(c.pcm, back > 0 ? (snd_pcm_uframes_t)back : 0);
			double t1 = now();
			if (got > 0)
				c.written -= got;
			int64_t at = c.written;
			generation++;
			snd_pcm_sframes_t put_back = put(&c, back > 0 ? back : 0, generation);
			printf("  keep %.1f ms: avail %ld, rewindable %ld, asked %ld, got %ld, wrote %ld, state %s, "
			       "%.3f ms + %.3f ms: "
			       "generation %d from frame %lld\n",
				keeps[round], avail, can, back, got, put_back, snd_pcm_state_name(snd_pcm_state(c.pcm)),
				1e3 * (t1 - t0), 1e3 * (now() - t1), generation, (long long)at);
		}
	}
	sleep_ms(1e3 * (double)c.buffer / rate - 300);
	printf("  at the end: %s\n", snd_pcm_state_name(snd_pcm_state(c.pcm)));
	snd_pcm_drop(c.pcm);
	snd_pcm_close(c.pcm);
	return 0;
}

/* ── pull ── */

static void quiet(const char *file, int line, const char *function, int error, const char *fmt, ...)
{
	(void)file, (void)line, (void)function, (void)error, (void)fmt;
}

static int pull(const char *device, unsigned rate, unsigned channels, double seconds)
{
	struct card c;
	snd_lib_error_set_handler(quiet);
	int e = card_open(&c, device, rate, channels, 100);
	if (e < 0)
		return fail(device, e);
	snd_pcm_sw_params_t *sw; /* poll wakes for nothing but an end */
	snd_pcm_sw_params_alloca(&sw);
	snd_pcm_sw_params_current(c.pcm, sw);
	snd_pcm_sw_params_set_avail_min(c.pcm, sw, c.buffer);
	snd_pcm_sw_params(c.pcm, sw);
	put(&c, (snd_pcm_sframes_t)c.buffer, 1);
	snd_pcm_start(c.pcm);
	double began = now(), moved = began;
	snd_pcm_sframes_t last = 0;
	printf("playing at %.3f\n", began);
	fflush(stdout);
	struct pollfd fds[4];
	int count = snd_pcm_poll_descriptors(c.pcm, fds, 4);
	bool over = false;
	snd_pcm_sframes_t delay;
	while (!over && now() < began + seconds) {
		unsigned short revents = 0;
		double t0 = now();
		int ready = poll(fds, (nfds_t)count, 50);
		snd_pcm_poll_descriptors_revents(c.pcm, fds, (unsigned)count, &revents);
		double t1 = now();
		snd_pcm_sframes_t avail = snd_pcm_avail(c.pcm);
		snd_pcm_sframes_t left = avail >= 0 ? (snd_pcm_sframes_t)c.buffer - avail : avail;
		if (avail >= 0 && left != last)
			moved = now(), last = left;
		if (avail < 0 || revents & (POLLERR | POLLHUP | POLLNVAL)) {
			printf("error at %.3f (last progress %.1f ms before, poll %d returned 0x%x after %.1f ms): "
			       "avail %ld (%s), state %s\n",
				now(), 1e3 * (t1 - moved), ready, revents, 1e3 * (t1 - t0), avail,
				avail < 0 ? snd_strerror((int)avail) : "", snd_pcm_state_name(snd_pcm_state(c.pcm)));
			e = snd_pcm_delay(c.pcm, &delay);
			printf("  delay %d (%s) %ld", e, snd_strerror(e), delay);
			snd_pcm_sframes_t n = put(&c, 1000, 1);
			printf("; writei %ld (%s)", n, n < 0 ? snd_strerror((int)n) : "");
			n = snd_pcm_rewind(c.pcm, 100);
			printf("; rewind %ld (%s)", n, n < 0 ? snd_strerror((int)n) : "");
			n = snd_pcm_prepare(c.pcm);
			printf("; prepare %ld (%s)\n", n, n < 0 ? snd_strerror((int)n) : "");
			over = true;
		} else if (left < (snd_pcm_sframes_t)c.buffer / 2) {
			put(&c, avail, 1);
			last = (snd_pcm_sframes_t)c.buffer - snd_pcm_avail(c.pcm);
		}
	}
	double t = now();
	e = snd_pcm_drop(c.pcm);
	printf("  drop %d (%s) took %.1f ms", e, snd_strerror(e), 1e3 * (now() - t));
	t = now();
	e = snd_pcm_close(c.pcm);
	printf("; close %d took %.1f ms\n", e, 1e3 * (now() - t));
	fflush(stdout);
	int previous = 0;
	while (over && now() < began + seconds) {
		t = now();
		e = snd_pcm_open(&c.pcm, device, SND_PCM_STREAM_PLAYBACK, SND_PCM_NONBLOCK);
		if (e != previous) {
			printf("open at %.3f: %d (%s), took %.1f ms\n", now(), e, snd_strerror(e), 1e3 * (now() - t));
			fflush(stdout);
		}
		previous = e;
		if (e >= 0) {
			snd_pcm_close(c.pcm);
			return 0;
		}
		sleep_ms(20);
	}
	return 0;
}

/* ── runs ── */

static int runs(const char *path, unsigned channels)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return fail(path, -errno);
	int16_t head[22], s[2];
	if (fread(head, 1, 44, f) != 44 || memcmp(head, "RIFF", 4))
		rewind(f);
	long at = 0, first = 0, from = 0, last = -2, generation = -1;
	while (true) {
		bool there = fread(s, 2, channels, f) == channels;
		long g = there ? (channels > 1 ? s[1] / 256 : s[0] > 0) : -2,
		     n = there ? s[0] - 1 + (channels > 1 ? s[1] % 256 : 0) * (long)WRAP : 0;
		if (there && s[0] == 0)
			g = 0, n = 0;
		if (g != generation || (g > 0 && n != last + 1)) {
			if (generation >= 0)
				printf("at %ld: generation %ld, frames %ld..%ld (%ld)\n", first, generation, from,
					last + 1, at - first);
			first = at, from = n, generation = g;
		}
		last = n;
		at++;
		if (!there)
			break;
	}
	fclose(f);
	return 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 2 ? argv[1] : "";
	struct sched_param param = { .sched_priority = 10 };
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (strcmp(verb, "runs")) {
		sched_setscheduler(0, SCHED_FIFO, &param);
		mlockall(MCL_CURRENT | MCL_FUTURE);
	}
	unsigned rate = argc > 3 ? (unsigned)atoi(argv[3]) : 0, channels = argc > 4 ? (unsigned)atoi(argv[4]) : 0;
	if (!strcmp(verb, "params"))
		return params(argv[2]);
	if (!strcmp(verb, "pointer") && argc == 6)
		return pointer(argv[2], rate, channels, (unsigned)atoi(argv[5]));
	if (!strcmp(verb, "rewind") && argc == 7)
		return rewinds(argv[2], rate, channels, (unsigned)atoi(argv[5]), atof(argv[6]));
	if (!strcmp(verb, "pull") && argc == 6)
		return pull(argv[2], rate, channels, atof(argv[5]));
	if (!strcmp(verb, "runs") && argc == 4)
		return runs(argv[2], rate);
	fprintf(stderr, "usage: see the head of tests/guest/probe.c\n");
	return 2;
}
