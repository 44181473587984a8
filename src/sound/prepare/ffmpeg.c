#include "sound/prepare/ffmpeg.h"

#include "base/mem.h"
#include "sound/prepare/bytes.h"
#include "sound/prepare/cage.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { CHUNK = 4096, CHANNELS_MAX = 64, POLL_MS = 250, STUCK_MS = 2000 };

struct ffmpeg {
	pid_t pid;
	int sound, words; /* its stdout and stderr */
	int channels, rate;
	bool stuck;
	uint8_t buf[CHUNK * 4];
};

bool ffmpeg_find(char *path, size_t cap)
{
	const char *dirs = getenv("PATH");
	for (const char *p = dirs ? dirs : "/usr/bin:/bin"; *p;) {
		size_t n = strcspn(p, ":");
		int len = snprintf(path, cap, "%.*s/ffmpeg", (int)n, p);
		if (n && p[0] == '/' && len > 0 && (size_t)len < cap && !access(path, X_OK))
			return true;
		p += n + (p[n] == ':');
	}
	return false;
}

static bool spawn(struct ffmpeg *f, const char *program, int source, int out, int words, bool roomy)
{
	/* one thread for the decoder (before -i) and one for the encoder: each takes 8 MB of address space */
	char *argv[] = { "ffmpeg", "-nostdin", "-hide_banner", "-v", "error", "-protocol_whitelist", "file",
		"-format_whitelist", "mp3,wav,ogg,flac,mov,amr,asf,aac,matroska", "-threads", "1", "-i",
		"file:/proc/self/fd/0", "-vn", "-sn", "-dn", "-map", "0:a:0", "-threads", "1", "-c:a", "pcm_f32be",
		"-f", "au", "-protocol_whitelist", "pipe", "pipe:1", NULL };
	char *env[] = { "LC_ALL=C", NULL };
	f->pid = fork();
	if (f->pid)
		return f->pid > 0;
	prctl(PR_SET_PDEATHSIG, SIGKILL); /* nobody else would end it when we are ended */
	if (dup2(source, 0) == 0 && dup2(out, 1) == 1 && dup2(words, 2) == 2) {
		cage_program(roomy);
		execve(program, argv, env);
	}
	_exit(127);
}

/* Processor time that it has used; 0 when that cannot be told. */
static int64_t used_ms(const struct ffmpeg *f)
{
	clockid_t clock;
	struct timespec t;
	if (clock_getcpuclockid(f->pid, &clock) || clock_gettime(clock, &t))
		return 0;
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for sound.  Processor time is counted, not the clock's: a busy machine is no fault of the file.  Who waits
 * without computing is ended by the parent, which looks at the clock too. */
static bool sound_comes(struct ffmpeg *f)
{
	struct pollfd p = { .fd = f->sound, .events = POLLIN };
	int64_t before = -1;
	while (!f->stuck) {
		int ready = poll(&p, 1, POLL_MS);
		if (ready > 0 || (ready < 0 && errno != EINTR))
			return true;
		int64_t used = used_ms(f);
		before = before < 0 ? used : before;
		f->stuck = used - before > STUCK_MS;
	}
	kill(f->pid, SIGKILL);
	return false;
}

static size_t read_sound(struct ffmpeg *f, uint8_t *buf, size_t n)
{
	size_t got = 0;
	while (got < n && sound_comes(f)) {
		ssize_t more = read(f->sound, buf + got, n - got);
		if (more < 0 && errno == EINTR)
			continue;
		if (more <= 0)
			break;
		got += (size_t)more;
	}
	return got;
}

/* An .au header: mark, where the sound begins, size, encoding, rate, channels. */
static void read_header(struct ffmpeg *f)
{
	uint8_t head[24];
	if (read_sound(f, head, sizeof head) != sizeof head || memcmp(head, ".snd", 4) || be32(head + 12) != 6)
		return;
	uint32_t rest = be32(head + 4) - (uint32_t)sizeof head, rate = be32(head + 16), channels = be32(head + 20);
	if (rest > sizeof f->buf || read_sound(f, f->buf, rest) != rest || rate > INT_MAX || channels > CHANNELS_MAX)
		return;
	f->rate = (int)rate;
	f->channels = (int)channels;
}

static void close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static bool start(struct ffmpeg *f, const char *program, int fd, bool roomy)
{
	int out[2] = { -1, -1 }, words[2] = { -1, -1 };
	bool fine = pipe2(out, O_CLOEXEC) == 0 && pipe2(words, O_CLOEXEC) == 0;
	/* a full pipe of complaints must not stop it: what does not fit is lost */
	fine = fine && fcntl(words[1], F_SETFL, O_NONBLOCK) == 0;
	fine = fine && spawn(f, program, fd, out[1], words[1], roomy);
	int why = errno;
	close_end(&out[1]);
	close_end(&words[1]);
	f->sound = out[0];
	f->words = words[0];
	errno = why;
	return fine;
}

/* Its libraries did not find room (127 is the loader's code): then it has not looked at the recording yet. */
static bool did_not_load(struct ffmpeg *f)
{
	int status = 0;
	if (f->channels || f->stuck || waitpid(f->pid, &status, 0) != f->pid)
		return false;
	f->pid = 0;
	return WIFEXITED(status) && WEXITSTATUS(status) == 127;
}

struct ffmpeg *ffmpeg_open(int fd)
{
	char program[PATH_MAX];
	struct ffmpeg *f = mem_new(struct ffmpeg);
	f->sound = f->words = -1;
	errno = ENOENT;
	bool fine = ffmpeg_find(program, sizeof program) && start(f, program, fd, false);
	if (fine) {
		read_header(f);
		if (did_not_load(f)) {
			close_end(&f->sound);
			close_end(&f->words);
			fine = start(f, program, fd, true);
			read_header(f);
			f->stuck = fine && did_not_load(f); /* not the recording's fault */
		}
	}
	if (!fine)
		ffmpeg_free(&f);
	return f;
}

void ffmpeg_free(struct ffmpeg **f)
{
	if (!*f)
		return;
	int why = errno;
	close_end(&(*f)->sound);
	close_end(&(*f)->words);
	if ((*f)->pid > 0) {
		kill((*f)->pid, SIGKILL);
		waitpid((*f)->pid, NULL, 0);
	}
	mem_free(*f);
	*f = NULL;
	errno = why;
}

pid_t ffmpeg_process(const struct ffmpeg *f)
{
	return f->pid;
}

bool ffmpeg_stuck(const struct ffmpeg *f)
{
	return f->stuck;
}

int ffmpeg_channels(const struct ffmpeg *f)
{
	return f->channels;
}

int ffmpeg_rate(const struct ffmpeg *f)
{
	return f->rate;
}

int64_t ffmpeg_read(struct ffmpeg *f, float *out, int64_t frames)
{
	int64_t done = 0;
	size_t frame = 4 * (size_t)f->channels, most = sizeof f->buf / frame;
	while (done < frames) {
		size_t want = (size_t)(frames - done) < most ? (size_t)(frames - done) : most;
		size_t got = read_sound(f, f->buf, want * frame) / frame;
		for (size_t i = 0; i < got * (size_t)f->channels; i++) {
			uint32_t bits = be32(f->buf + 4 * i);
			memcpy(out + (size_t)done * (size_t)f->channels + i, &bits, sizeof bits);
		}
		done += (int64_t)got;
		if (got < want)
			break;
	}
	return done;
}

bool ffmpeg_clean(struct ffmpeg *f)
{
	int status = -1;
	bool said = read(f->words, f->buf, 1) > 0;
	close(f->words);
	f->words = -1;
	bool reaped = waitpid(f->pid, &status, 0) == f->pid;
	f->pid = 0;
	return !said && reaped && WIFEXITED(status) && WEXITSTATUS(status) == 0;
}
