#include "cli/voice.h"

#include "base/mem.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { PATIENCE_MS = 5000, LOOK_MS = 10, FILE_MAX = 4 << 20 };

/* The words are an argument behind "--", never an option. */
static pid_t start(const char *text, const char *language, const char *file)
{
	char *argv[] = { "espeak-ng", "-v", (char *)language, "-s", "120", "-w", (char *)file, "--", (char *)text,
		NULL };
	posix_spawn_file_actions_t actions;
	pid_t pid = 0;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
	int failed = posix_spawnp(&pid, argv[0], &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	return failed ? 0 : pid;
}

static bool ended_well(pid_t pid)
{
	int status = 0;
	pid_t done = 0;
	for (int waited = 0; !(done = waitpid(pid, &status, WNOHANG)) && waited < PATIENCE_MS; waited += LOOK_MS)
		nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000 }, NULL);
	if (!done) {
		kill(pid, SIGKILL);
		waitpid(pid, &status, 0);
	}
	return done == pid && WIFEXITED(status) && !WEXITSTATUS(status);
}

static uint32_t number(const uint8_t *at, int bytes)
{
	uint32_t n = 0;
	while (bytes--)
		n = n << 8 | at[bytes];
	return n;
}

/* 16-bit mono PCM, chunk by chunk; what is not that is no voice. */
static bool read_wav(const uint8_t *file, size_t bytes, struct voice *v)
{
	size_t at = 12;
	if (bytes < 12 || memcmp(file, "RIFF", 4) || memcmp(file + 8, "WAVE", 4))
		return false;
	while (at + 8 <= bytes) {
		const uint8_t *chunk = file + at;
		size_t length = number(chunk + 4, 4), left = bytes - at - 8;
		length = length < left ? length : left;
		if (!memcmp(chunk, "fmt ", 4) && length >= 16 && number(chunk + 10, 2) == 1 &&
			number(chunk + 22, 2) == 16)
			v->rate = (int)number(chunk + 12, 4);
		if (!memcmp(chunk, "data", 4)) {
			for (size_t i = 0; i + 1 < length; i += 2)
				vec_push(&v->samples, (int16_t)number(chunk + 8 + i, 2));
			break;
		}
		at += 8 + length + (length & 1);
	}
	return v->rate >= 8000 && v->rate <= 48000 && v->samples.n;
}

static bool read_file(const char *path, struct voice *v)
{
	FILE *f = fopen(path, "rbe");
	uint8_t *all = f ? mem_zero(FILE_MAX) : NULL;
	size_t n = f ? fread(all, 1, FILE_MAX, f) : 0;
	if (f)
		fclose(f);
	bool ok = n && read_wav(all, n, v);
	mem_free(all);
	return ok;
}

bool voice_say(const char *text, const char *language, const char *dir, struct voice *v)
{
	char *file = mem_printf("%s/voice.wav", dir);
	*v = (struct voice){ 0 };
	pid_t pid = start(text, language, file);
	bool ok = pid && ended_well(pid) && read_file(file, v);
	unlink(file);
	mem_free(file);
	return ok;
}

void voice_free(struct voice *v)
{
	vec_free(&v->samples);
}
