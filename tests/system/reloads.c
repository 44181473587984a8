/* reloads SOCKET N DIR…: tells a controller N times to take the next of these directories, round and round.  A DIR that
 * begins with "!" must be refused (its name without the "!"), every other one taken; what comes otherwise is an end with
 * an error.  Says at last how many were taken, how many refused, and how long one took (ms: mean, longest). */
#include "base/mem.h"
#include "control/client.h"
#include "control/protocol.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

static double now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* false: no answer, or the wrong one. */
static bool tell(const char *socket, const char *dir)
{
	bool refused = *dir == '!';
	struct command c = {
		.verb = VERB_RELOAD, .dir = dir + refused, .by = "reloads", .uid = -1, .level = LEVEL_COUNT, .pcm = -1
	};
	struct text request = { 0 };
	struct answer a = { 0 };
	struct err err = { "" };
	protocol_write_command(&c, &request);
	bool answered = client_ask(socket, &request, 60000, &a, &err);
	if (!answered)
		fprintf(stderr, "%s: %s\n", dir, err.text);
	else if (a.done == refused)
		fprintf(stderr, "%s: %s %s\n", dir, a.done ? "taken" : "refused", a.text);
	bool good = answered && a.done != refused;
	protocol_free_answer(&a);
	text_free(&request);
	return good;
}

int main(int argc, char **argv)
{
	if (argc < 4)
		return 2;
	int n = atoi(argv[2]), dirs = argc - 3, taken = 0;
	double longest = 0, all = now_ms();
	for (int i = 0; i < n; i++) {
		const char *dir = argv[3 + i % dirs];
		double before = now_ms();
		if (!tell(argv[1], dir))
			return 1;
		double took = now_ms() - before;
		longest = took > longest ? took : longest;
		taken += *dir != '!';
	}
	printf("taken %d refused %d mean %.1f longest %.1f\n", taken, n - taken, (now_ms() - all) / (n ? n : 1), longest);
	return 0;
}
