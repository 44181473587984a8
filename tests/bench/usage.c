/* usage PID SECONDS: what a process uses meanwhile, all its threads: "CPU-% WAKE-UPS-A-SECOND RESIDENT-KIB".
 * usage clocks: how many nanoseconds the clock on the wall is ahead of the monotonic one. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int64_t ns_of(clockid_t clock)
{
	struct timespec t = { 0, 0 };
	clock_gettime(clock, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

/* The number behind `key` in a status file of /proc; 0: none. */
static long status_of(const char *path, const char *key)
{
	char line[256];
	long n = 0;
	FILE *f = fopen(path, "r");
	while (f && fgets(line, sizeof line, f))
		if (!strncmp(line, key, strlen(key)))
			n = atol(line + strlen(key));
	if (f)
		fclose(f);
	return n;
}

/* Times that a thread of it went to sleep of its own: each is a wake-up. */
static long sleeps(int pid)
{
	char path[512];
	long n = 0;
	snprintf(path, sizeof path, "/proc/%d/task", pid);
	DIR *d = opendir(path);
	for (struct dirent *e; d && (e = readdir(d));) {
		if (*e->d_name == '.')
			continue;
		snprintf(path, sizeof path, "/proc/%d/task/%s/status", pid, e->d_name);
		n += status_of(path, "voluntary_ctxt_switches:");
	}
	if (d)
		closedir(d);
	return n;
}

int main(int argc, char **argv)
{
	clockid_t cpu;
	char path[64];
	if (argc == 2 && !strcmp(argv[1], "clocks"))
		return printf("%lld\n", (long long)(ns_of(CLOCK_REALTIME) - ns_of(CLOCK_MONOTONIC))) < 0;
	int pid = argc == 3 ? atoi(argv[1]) : 0, seconds = argc == 3 ? atoi(argv[2]) : 0;
	if (pid <= 0 || seconds <= 0 || clock_getcpuclockid(pid, &cpu)) {
		fprintf(stderr, "usage PID SECONDS | clocks\n");
		return 2;
	}
	int64_t wall = ns_of(CLOCK_MONOTONIC), used = ns_of(cpu);
	long slept = sleeps(pid);
	sleep((unsigned)seconds);
	wall = ns_of(CLOCK_MONOTONIC) - wall;
	used = ns_of(cpu) - used;
	slept = sleeps(pid) - slept;
	snprintf(path, sizeof path, "/proc/%d/status", pid);
	printf("%.4f %.3f %ld\n", (double)used * 100 / (double)wall, (double)slept * 1e9 / (double)wall, status_of(path, "VmRSS:"));
	return 0;
}
