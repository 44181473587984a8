#include "sound/relay/fetch.h"

#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

enum { NOT_THERE = 127, SAID_BYTES = 128, LINE_BYTES = 1024 };
#define MEMORY_BYTES ((rlim_t)1 << 30)
#define DESCRIPTORS 64

struct fetch {
	pid_t pid;
	int sound, words;
	bool there;
	char line[LINE_BYTES]; /* of complaints, as far as it has come */
	size_t line_n;
	char said[SAID_BYTES];
	char odd; /* half a frame, when odd_n */
	size_t odd_n;
};

/* ── The child ── */

static void bound(__rlimit_resource_t what, rlim_t most)
{
	setrlimit(what, &(struct rlimit){ most, most });
}

/* Between fork and exec of a program without threads; nothing here may fail silently but the limits. */
static void become_ffmpeg(pid_t parent, const int fds[3], char *const *argv, char *const *env)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(1);
	for (int i = 0; i < 3; i++)
		if (dup2(fds[i], i) < 0)
			_exit(1);
	sigset_t none;
	sigemptyset(&none);
	sigprocmask(SIG_SETMASK, &none, NULL);
	signal(SIGPIPE, SIG_DFL);
	bound(RLIMIT_AS, MEMORY_BYTES);
	bound(RLIMIT_NOFILE, DESCRIPTORS);
	bound(RLIMIT_FSIZE, 0); /* it writes no file */
	bound(RLIMIT_CORE, 0);
	setpriority(PRIO_PROCESS, 0, 5);
	execvpe(argv[0], argv, env);
	_exit(errno == ENOENT || errno == EACCES || errno == ENOTDIR ? NOT_THERE : 1);
}

static pid_t spawn(const char *url, const char *protocols, int rate, const int fds[3])
{
	char rate_text[16];
	char *path = mem_printf("PATH=%s", getenv("PATH") ? getenv("PATH") : "/usr/bin:/bin");
	char *env[] = { path, "LC_ALL=C", "HOME=/nonexistent", NULL };
	bool rtsp = !strncmp(protocols, "rtsp", 4);
	snprintf(rate_text, sizeof rate_text, "%d", rate);
	const char *argv[32] = { "ffmpeg", "-nostdin", "-hide_banner", "-loglevel", "error", "-threads", "1",
		"-protocol_whitelist", protocols };
	size_t n = 9;
	const char *const tcp[] = { "-rtsp_transport", "tcp" };
	for (size_t i = 0; rtsp && i < 2; i++)
		argv[n++] = tcp[i];
	const char *const rest[] = { "-i", url, "-map", "0:a:0", "-vn", "-sn", "-dn", "-ac", "1", "-ar", rate_text,
		"-c:a", "pcm_s16le", "-f", "s16le", "-flush_packets", "1", "pipe:1" };
	for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
		argv[n++] = rest[i];
	pid_t self = getpid(), pid = fork();
	if (!pid)
		become_ffmpeg(self, fds, (char *const *)argv, env);
	mem_free(path);
	return pid;
}

struct fetch *fetch_start(const char *url, const char *protocols, int rate)
{
	int out[2] = { -1, -1 }, words[2] = { -1, -1 };
	int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
	struct fetch *f = mem_new(struct fetch);
	f->pid = -1;
	f->there = true;
	f->sound = f->words = -1;
	if (null >= 0 && !pipe2(out, O_CLOEXEC) && !pipe2(words, O_CLOEXEC))
		f->pid = spawn(url, protocols, rate, (int[]){ null, out[1], words[1] });
	f->sound = out[0];
	f->words = words[0];
	const int given[] = { null, out[1], words[1] };
	for (size_t i = 0; i < 3; i++)
		if (given[i] >= 0)
			close(given[i]);
	if (f->pid < 0) {
		fetch_stop(&f);
		return NULL;
	}
	fcntl(f->sound, F_SETFL, O_NONBLOCK);
	fcntl(f->words, F_SETFL, O_NONBLOCK);
	return f;
}

/* Reaps it; when it could not even be run, that is known from here on. */
static void reap(struct fetch *f)
{
	int status = 0;
	if (f->pid <= 0)
		return;
	kill(f->pid, SIGKILL);
	while (waitpid(f->pid, &status, 0) < 0 && errno == EINTR)
		continue;
	f->there = !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE);
	f->pid = -1;
}

void fetch_stop(struct fetch **f)
{
	if (!*f)
		return;
	reap(*f);
	if ((*f)->sound >= 0)
		close((*f)->sound);
	if ((*f)->words >= 0)
		close((*f)->words);
	mem_free(*f);
	*f = NULL;
}

/* Its output is closed as it exits: what it exited with is there an instant later, unless it does something odd. */
bool fetch_was_there(struct fetch *f)
{
	for (int ms = 0; f->pid > 0 && ms < 100; ms++) {
		int status;
		if (waitpid(f->pid, &status, WNOHANG) == f->pid) {
			f->there = !(WIFEXITED(status) && WEXITSTATUS(status) == NOT_THERE);
			f->pid = -1;
		} else {
			poll(NULL, 0, 1);
		}
	}
	reap(f);
	return f->there;
}

/* ── Sound ── */

int fetch_fd(const struct fetch *f)
{
	return f->sound;
}

ssize_t fetch_read(struct fetch *f, int16_t *out, size_t frames)
{
	char *bytes = (char *)out;
	if (!frames)
		return 0;
	bytes[0] = f->odd;
	ssize_t n = read(f->sound, bytes + f->odd_n, frames * sizeof *out - f->odd_n);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR ? 0 : -1;
	if (!n)
		return -1;
	size_t all = (size_t)n + f->odd_n;
	f->odd_n = all % sizeof *out;
	f->odd = bytes[all - 1];
	return (ssize_t)(all / sizeof *out);
}

/* ── Complaints ── */

int fetch_words(const struct fetch *f)
{
	return f->words;
}

/* "https://user:secret@host/x: Server returned 404 Not Found" -> "Server returned 404 Not Found" */
void fetch_reason(const char *line, char *out, size_t bytes)
{
	const char *from = line;
	for (const char *p = line; (p = strstr(p, ": ")) != NULL; p += 2)
		if (p[2])
			from = p + 2;
	size_t n = 0;
	for (; from[n] && n + 1 < bytes; n++)
		out[n] = from[n] >= ' ' && from[n] <= '~' ? from[n] : '?';
	out[n] = '\0';
	if (strstr(out, "://"))
		snprintf(out, bytes, "?");
}

static void end_line(struct fetch *f)
{
	f->line[f->line_n] = '\0';
	if (f->line_n)
		fetch_reason(f->line, f->said, sizeof f->said);
	f->line_n = 0;
}

void fetch_listen(struct fetch *f)
{
	char part[512];
	ssize_t n = read(f->words, part, sizeof part);
	for (ssize_t i = 0; i < n; i++) {
		if (part[i] == '\n')
			end_line(f);
		else if (f->line_n + 1 < sizeof f->line)
			f->line[f->line_n++] = part[i];
	}
	if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)))
		return;
	end_line(f);
	close(f->words);
	f->words = -1;
}

const char *fetch_said(const struct fetch *f)
{
	return f->said;
}
