#include "cli/voice.h"

#include "base/mem.h"
#include "base/spawn.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 5000, FILE_MAX = 4 << 20 };

/* The words are an argument behind "--", never an option. */
static bool speak(const char *text, const char *language, const char *file)
{
	char *argv[] = { "espeak-ng", "-v", (char *)language, "-s", "120", "-w", (char *)file, "--", (char *)text,
		NULL };
	struct err why;
	return spawn_run(argv, (struct spawn_files){ -1, -1, -1 }, PATIENCE_MS, &why);
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
	bool ok = speak(text, language, file) && read_file(file, v);
	unlink(file);
	mem_free(file);
	return ok;
}

void voice_free(struct voice *v)
{
	vec_free(&v->samples);
}
