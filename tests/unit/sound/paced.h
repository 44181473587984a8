/* A card of software (tests/card/paced.c) through alsa-lib: plugged in, filled with frames that say which they are, put
 * at fault, and its tape and log read. */
#ifndef LOAXA_TESTS_SOUND_PACED_H
#define LOAXA_TESTS_SOUND_PACED_H

#include "../unit.h"

#include <alsa/asoundlib.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { RATE = 48000, SPEED = 20, BUFFER = 9600, PERIOD = 960, PATIENCE_S = 60 };

static char dir[64];

static inline void at(const char *name, char path[128])
{
	snprintf(path, 128, "%s/%s", dir, name);
}

/* "card" with these settings beside the usual ones; the plugin lies beside this program's folder. */
static inline void plug_in(const char *settings)
{
	char self[512] = "", path[128];
	ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
	for (int up = 0; up < 3; up++)
		*strrchr(self, '/') = '\0';
	snprintf(dir, sizeof dir, "/tmp/loaxa-paced-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	at("asound.conf", path);
	FILE *f = fopen(path, "w");
	fprintf(f, "pcm_type.loaxa { lib \"%s/card/paced.so\" }\npcm.card { type loaxa dir \"%s\" channels 1 %s }\n", self, dir,
			settings);
	fclose(f);
	setenv("ALSA_CONFIG_PATH", path, 1);
	snd_config_update_free_global();
}

static inline void plug_out(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
	snd_config_update_free_global();
}

static inline void fault(const char *name, const char *content)
{
	char path[128];
	at(name, path);
	if (!content) {
		unlink(path);
		return;
	}
	FILE *f = fopen(path, "w");
	fputs(content, f);
	fclose(f);
}

static inline snd_pcm_t *open_card(snd_pcm_stream_t stream)
{
	snd_pcm_t *pcm = NULL;
	snd_pcm_hw_params_t *hw;
	snd_pcm_sw_params_t *sw;
	snd_pcm_uframes_t buffer = BUFFER, period = PERIOD;
	snd_pcm_hw_params_alloca(&hw);
	snd_pcm_sw_params_alloca(&sw);
	ck_assert_int_eq(snd_pcm_open(&pcm, "card", stream, SND_PCM_NONBLOCK), 0);
	ck_assert_int_ge(snd_pcm_hw_params_any(pcm, hw), 0);
	ck_assert_int_eq(snd_pcm_hw_params_set_access(pcm, hw, SND_PCM_ACCESS_RW_INTERLEAVED), 0);
	ck_assert_int_eq(snd_pcm_hw_params_set_format(pcm, hw, SND_PCM_FORMAT_S16), 0);
	ck_assert_int_eq(snd_pcm_hw_params_set_buffer_size_near(pcm, hw, &buffer), 0);
	ck_assert_int_eq(snd_pcm_hw_params_set_period_size_near(pcm, hw, &period, NULL), 0);
	ck_assert_int_eq(snd_pcm_hw_params(pcm, hw), 0);
	ck_assert_int_eq(snd_pcm_sw_params_current(pcm, sw), 0);
	ck_assert_int_eq(snd_pcm_sw_params_set_start_threshold(pcm, sw, 1 << 30), 0);
	ck_assert_int_eq(snd_pcm_sw_params_set_avail_min(pcm, sw, PERIOD), 0);
	ck_assert_int_eq(snd_pcm_sw_params_set_tstamp_type(pcm, sw, SND_PCM_TSTAMP_TYPE_MONOTONIC), 0);
	ck_assert_int_eq(snd_pcm_sw_params(pcm, sw), 0);
	return pcm;
}

/* Frames that say which they are: number `from` on, each plus `mark`. */
static inline snd_pcm_sframes_t write_frames(snd_pcm_t *pcm, int from, int n, int mark)
{
	static int16_t block[BUFFER];
	for (int i = 0; i < n; i++)
		block[i] = (int16_t)(from + i + mark);
	return snd_pcm_writei(pcm, block, (snd_pcm_uframes_t)n);
}

static inline int64_t ns_of(struct timespec t)
{
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return ns_of(t);
}

/* Until so many frames are left unheard at most; fails a card that never comes to that. */
static inline void wait_for_delay(snd_pcm_t *pcm, snd_pcm_sframes_t most)
{
	snd_pcm_sframes_t left = most + 1;
	for (int64_t until = now_ns() + PATIENCE_S * INT64_C(1000000000); left > most && now_ns() < until;)
		if (snd_pcm_delay(pcm, &left) < 0)
			return;
	ck_assert_int_le(left, most);
}

/* Until the card has heard what was written and stopped for want of more. */
static inline void run_dry(snd_pcm_t *pcm)
{
	for (int64_t until = now_ns() + PATIENCE_S * INT64_C(1000000000); now_ns() < until;)
		if (snd_pcm_avail(pcm) == -EPIPE)
			return;
	ck_abort_msg("it never ran dry");
}

static inline int tape_length(void)
{
	char path[128];
	struct stat st;
	at("tape", path);
	ck_assert_int_eq(stat(path, &st), 0);
	return (int)(st.st_size / 2);
}

static inline int on_tape(int frame)
{
	char path[128];
	int16_t value = 0;
	at("tape", path);
	int fd = open(path, O_RDONLY);
	ck_assert_int_eq(pread(fd, &value, 2, frame * 2), 2);
	close(fd);
	return value;
}

/* Of the log's n-th line of that kind: instant, frame of the tape and what follows.  False: there is none. */
static inline bool logged(const char *kind, int n, int64_t *ns, int64_t *frame, char rest[32])
{
	char path[128], word[16];
	long long t, k;
	bool found = false;
	at("log", path);
	FILE *f = fopen(path, "r");
	while (!found && fscanf(f, "%15s %lld %lld %31s", word, &t, &k, rest) == 4)
		found = !strcmp(word, kind) && n-- == 0;
	fclose(f);
	*ns = t, *frame = k;
	return found;
}

#endif
