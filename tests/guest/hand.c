/* What the tests do inside the guest besides running loaxa.
 *
 *   hand loud CARD                               every volume of that card ("hw:0") to its end, every switch on
 *   hand record DEVICE RATE CHANNELS SECONDS FILE  captures raw frames
 *   hand step SECONDS                            sets the wall clock by that much forward, or back
 *   hand now                                     the wall clock, seconds with their fraction */
#include <alsa/asoundlib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int fail(const char *what, int e)
{
	fprintf(stderr, "%s: %s\n", what, snd_strerror(e));
	return 1;
}

static int loud(const char *card)
{
	snd_mixer_t *m;
	int e = snd_mixer_open(&m, 0);
	if (e < 0)
		return fail(card, e);
	if ((e = snd_mixer_attach(m, card)) < 0 || (e = snd_mixer_selem_register(m, NULL, NULL)) < 0 ||
		(e = snd_mixer_load(m)) < 0) {
		snd_mixer_close(m);
		return fail(card, e);
	}
	for (snd_mixer_elem_t *el = snd_mixer_first_elem(m); el; el = snd_mixer_elem_next(el)) {
		long low, high;
		if (snd_mixer_selem_has_playback_volume(el) &&
			snd_mixer_selem_get_playback_volume_range(el, &low, &high) >= 0)
			snd_mixer_selem_set_playback_volume_all(el, high);
		if (snd_mixer_selem_has_playback_switch(el))
			snd_mixer_selem_set_playback_switch_all(el, 1);
	}
	return snd_mixer_close(m);
}

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static int record(const char *device, unsigned rate, unsigned channels, double seconds, const char *path)
{
	snd_pcm_t *pcm;
	int e = snd_pcm_open(&pcm, device, SND_PCM_STREAM_CAPTURE, SND_PCM_NONBLOCK);
	if (e < 0)
		return fail(device, e);
	FILE *f = NULL;
	e = snd_pcm_set_params(pcm, SND_PCM_FORMAT_S16, SND_PCM_ACCESS_RW_INTERLEAVED, channels, rate, 0, 1000000);
	if (e >= 0 && !(f = fopen(path, "wb")))
		e = -errno;
	if (e >= 0)
		e = snd_pcm_start(pcm);
	int16_t block[4800 * 2];
	/* By the clock: whoever plays into a loop may come late and stop early. */
	for (double end = now() + seconds; f && channels <= 2 && now() < end;) {
		snd_pcm_sframes_t n = snd_pcm_readi(pcm, block, 4800);
		if (n > 0 && fwrite(block, 2 * channels, (size_t)n, f) != (size_t)n)
			break;
		if (n < 0 && n != -EAGAIN) {
			fprintf(stderr, "capture: %s\n", snd_strerror((int)n));
			snd_pcm_prepare(pcm);
			snd_pcm_start(pcm);
		}
		if (n <= 0)
			usleep(20000);
	}
	if (f)
		fclose(f);
	snd_pcm_close(pcm);
	return e < 0 ? fail(device, e) : 0;
}

static int step(double seconds)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	t.tv_sec += (time_t)seconds;
	return clock_settime(CLOCK_REALTIME, &t) ? fail("clock_settime", -errno) : 0;
}

int main(int argc, char **argv)
{
	const char *verb = argc > 1 ? argv[1] : "";
	if (!strcmp(verb, "loud") && argc == 3)
		return loud(argv[2]);
	if (!strcmp(verb, "record") && argc == 7)
		return record(argv[2], (unsigned)atoi(argv[3]), (unsigned)atoi(argv[4]), atof(argv[5]), argv[6]);
	if (!strcmp(verb, "step") && argc == 3)
		return step(atof(argv[2]));
	if (!strcmp(verb, "now")) {
		struct timespec t;
		clock_gettime(CLOCK_REALTIME, &t);
		printf("%lld.%03ld\n", (long long)t.tv_sec, t.tv_nsec / 1000000);
		return 0;
	}
	fprintf(stderr, "usage: see the head of tests/guest/hand.c\n");
	return 2;
}
