#include "os/clock.h"

#include <fcntl.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>
#include <unistd.h>

#ifndef LOAXA_BUILD_EPOCH
#define LOAXA_BUILD_EPOCH 1625097600 /* 2021-07-01: built by hand, without the Makefile */
#endif

static int64_t read_us(clockid_t id)
{
	struct timespec ts;
	clock_gettime(id, &ts);
	return (int64_t)ts.tv_sec * US_PER_S + ts.tv_nsec / 1000;
}

static wall_us read_wall(void *self)
{
	(void)self;
	return (wall_us){ read_us(CLOCK_REALTIME) };
}

static mono_us read_mono(void *self)
{
	(void)self;
	return (mono_us){ read_us(CLOCK_BOOTTIME) };
}

/* A container may forbid the call: then nobody vouches for the clock. */
static bool read_synchronised(void *self)
{
	(void)self;
	struct timex now = { .modes = 0 };
	int state = adjtimex(&now);
	return state >= 0 && state != TIME_ERROR && !(now.status & STA_UNSYNC);
}

struct clock os_clock(void)
{
	return (struct clock){ .wall = read_wall,
		.mono = read_mono,
		.synchronised = read_synchronised,
		.floor = { LOAXA_BUILD_EPOCH * US_PER_S } };
}

void os_boot_id(char out[OS_BOOT_ID_BYTES])
{
	out[0] = '\0';
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return;
	ssize_t n = read(fd, out, OS_BOOT_ID_BYTES - 1);
	close(fd);
	out[n == OS_BOOT_ID_BYTES - 1 ? n : 0] = '\0';
}
