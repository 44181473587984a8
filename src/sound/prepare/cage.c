#include "sound/prepare/cage.h"

#include <stdio.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#define FILE_BYTES ((rlim_t)6 << 30)          /* 4 h at 96 kHz as floats are 5.2 GiB */
#define PROGRAM_ADDRESSES ((rlim_t)512 << 20) /* ffmpeg maps some 250 MB of libraries */
#define DECODER_ADDRESSES ((rlim_t)64 << 20)

enum { FILES = 64 };

static void bound(__rlimit_resource_t what, rlim_t most)
{
	struct rlimit now;
	if (getrlimit(what, &now))
		return;
	if (now.rlim_max != RLIM_INFINITY && now.rlim_max < most)
		most = now.rlim_max;
	setrlimit(what, &(struct rlimit){ most, most });
}

/* Memory that is filled (RLIMIT_DATA), and addresses beyond what is mapped already.  Sanitizers map terabytes and keep
 * books of all memory, so a build with them (SAN=, which defines LOAXA_SANITIZED) is not bounded. */
#ifndef LOAXA_SANITIZED
static void bound_program(void)
{
	long pages = 0;
	FILE *f = fopen("/proc/self/statm", "re");
	if (f && fscanf(f, "%ld", &pages) == 1)
		bound(RLIMIT_AS, (rlim_t)pages * (rlim_t)sysconf(_SC_PAGESIZE) + PROGRAM_ADDRESSES);
	if (f)
		fclose(f);
	bound(RLIMIT_DATA, CAGE_PROGRAM_BYTES_MOST);
}

static void bound_loaded(bool roomy)
{
	if (!roomy)
		bound(RLIMIT_DATA, CAGE_PROGRAM_BYTES);
}

static void bound_decoder(void)
{
	struct rlimit addresses;
	if (!getrlimit(RLIMIT_AS, &addresses) && addresses.rlim_cur != RLIM_INFINITY)
		bound(RLIMIT_AS, addresses.rlim_cur - PROGRAM_ADDRESSES + DECODER_ADDRESSES);
	bound(RLIMIT_DATA, CAGE_DECODER_BYTES);
}
#else
static void bound_program(void)
{
}

static void bound_loaded(bool roomy)
{
	(void)roomy;
}

static void bound_decoder(void)
{
}
#endif

void cage_look(struct cage_state *s)
{
	s->landlock = cage_files_version();
	s->seccomp = cage_calls_known();
}

void cage_enter(int source, const char *program)
{
	bound(RLIMIT_CPU, CAGE_CPU_SECONDS);
	bound(RLIMIT_FSIZE, FILE_BYTES);
	bound(RLIMIT_CORE, 0);
	bound(RLIMIT_NOFILE, FILES);
	bound_program();
	if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0))
		return;
	cage_allow_files(source, program);
	cage_allow_calls(CAGE_ENTERED, 0);
}

void cage_program(bool roomy)
{
	bound_loaded(roomy);
	cage_allow_calls(CAGE_PROGRAM, 0);
}

void cage_close(pid_t helper)
{
	bound_decoder();
	cage_allow_files(-1, NULL);
	cage_allow_calls(CAGE_CLOSED, helper);
}
