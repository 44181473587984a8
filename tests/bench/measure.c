/* measure N COMMAND…: runs it N times without its output; prints median milliseconds and greatest resident set in KiB. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { RUNS_MAX = 100 };

static double run_ms(char **command, long *rss)
{
	struct timespec t0, t1;
	struct rusage used;
	int status;
	clock_gettime(CLOCK_MONOTONIC, &t0);
	pid_t pid = fork();
	if (!pid) {
		int null = open("/dev/null", O_RDWR);
		dup2(null, 0), dup2(null, 1), dup2(null, 2);
		execvp(*command, command);
		_exit(127);
	}
	if (pid < 0 || wait4(pid, &status, 0, &used) < 0 || status)
		return -1;
	clock_gettime(CLOCK_MONOTONIC, &t1);
	*rss = used.ru_maxrss > *rss ? used.ru_maxrss : *rss;
	return (double)(t1.tv_sec - t0.tv_sec) * 1e3 + (double)(t1.tv_nsec - t0.tv_nsec) / 1e6;
}

static int smaller(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(int argc, char **argv)
{
	int runs = argc > 2 ? atoi(argv[1]) : 0;
	double ms[RUNS_MAX];
	long rss = 0;
	if (runs < 1 || runs > RUNS_MAX)
		return 2;
	for (int i = 0; i < runs; i++) {
		ms[i] = run_ms(argv + 2, &rss);
		if (ms[i] < 0) {
			fprintf(stderr, "measure: %s failed\n", argv[2]);
			return 1;
		}
	}
	qsort(ms, (size_t)runs, sizeof *ms, smaller);
	printf("%.1f %ld\n", ms[runs / 2], rss);
	return 0;
}
