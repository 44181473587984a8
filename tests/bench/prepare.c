/* How fast recordings are made ready and renders are encoded, on one core: two lines for `make bench`.
 * The recordings are those of audio/; the render is half an hour of which one minute sounds. */
#include "base/json.h"
#include "base/mem.h"

#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RATE = 48000, RENDER_S = 1800, SOUND_S = 60, ENCODE_BOUND = 1500 };

static double now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

/* Seconds of sound that the lines of loaxa-prepare tell of. */
static double sound_in(FILE *lines)
{
	char line[8192];
	double seconds = 0;
	while (fgets(line, sizeof line, lines)) {
		struct json *j = json_parse(line, strlen(line));
		if (j)
			seconds += (double)json_get_int(json_at(json_get(j, "rates"), 0), "frames", 0) / RATE;
		json_free(&j);
	}
	return seconds;
}

static bool bench_prepare(const char *program, const char *dir)
{
	char *command = mem_printf("%s --jobs 1 --store %s audio/*.opus", program, dir);
	double start = now();
	FILE *lines = popen(command, "r");
	double seconds = lines ? sound_in(lines) : 0;
	bool fine = lines && pclose(lines) == 0 && seconds > 0;
	double took = now() - start;
	printf("prepare: %.0f s of recordings in %.1f s, %.0f x real time\n", seconds, took, seconds / took);
	mem_free(command);
	return fine;
}

static bool bench_encode(const char *program, const char *dir)
{
	int16_t second[RATE], silence[RATE] = { 0 };
	for (int i = 0; i < RATE; i++)
		second[i] = (int16_t)(8000 * sin(i * 0.06) + 2000 * sin(i * 0.31));
	char *command = mem_printf("%s --encode %s/render.flac --rate %d --channels 1", program, dir, RATE);
	double start = now();
	FILE *pipe = popen(command, "w");
	bool fine = pipe != NULL;
	for (int i = 0; fine && i < RENDER_S; i++)
		fine = fwrite(i < SOUND_S ? second : silence, sizeof second, 1, pipe) == 1;
	fine = pipe && pclose(pipe) == 0 && fine;
	double times = RENDER_S / (now() - start);
	printf("encode: %d s of a render, %.0f x real time (at least %d)%s\n", RENDER_S, times, ENCODE_BOUND,
			times >= ENCODE_BOUND ? "" : "  TOO SLOW");
	mem_free(command);
	return fine && times >= ENCODE_BOUND;
}

int main(int argc, char **argv)
{
	char dir[] = "/tmp/loaxa-bench-XXXXXX";
	const char *slash = argc ? strrchr(argv[0], '/') : NULL;
	char *program = mem_printf("%.*s/../../loaxa-prepare", slash ? (int)(slash - argv[0]) : 1, slash ? argv[0] : ".");
	bool fine = mkdtemp(dir) && bench_prepare(program, dir);
	fine = bench_encode(program, dir) && fine;
	char *clear = mem_printf("rm -rf %s", dir);
	if (system(clear))
		fine = false;
	mem_free(clear);
	mem_free(program);
	return fine ? EXIT_SUCCESS : EXIT_FAILURE;
}
