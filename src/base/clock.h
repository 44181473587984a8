/* Instants and clocks.  Two types, so that the compiler refuses to mix them.
 * Code that decides takes instants as parameters; only engine, os and cli hold a struct clock. */
#ifndef LOAXA_BASE_CLOCK_H
#define LOAXA_BASE_CLOCK_H

#include <stdbool.h>
#include <stdint.h>

typedef struct {
	int64_t us; /* µs since 1970-01-01T00:00:00Z, what the station believes; may step */
} wall_us;

typedef struct {
	int64_t us; /* µs since some start; never steps back; counts through suspend */
} mono_us;

#define US_PER_MS INT64_C(1000)
#define US_PER_S INT64_C(1000000)
#define US_NEVER INT64_MAX

struct clock {
	void *self;
	wall_us (*wall)(void *self);
	mono_us (*mono)(void *self);
	bool (*synchronised)(void *self); /* the kernel says an outside source disciplines it */
	wall_us floor; /* no honest clock shows less: the build date live, the first instant of a dry run */
};

#endif
