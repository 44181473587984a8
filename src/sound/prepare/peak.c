#include "sound/prepare/peak.h"

#include "base/mem.h"
#include "sound/prepare/between.h"

#include <string.h>

enum { STEP = BETWEEN_STEP, KEPT = BETWEEN_BEFORE + BETWEEN_AFTER };

struct peak {
	struct between between;
	float window[KEPT + STEP]; /* the samples looked at before, then those that wait */
	size_t waiting;
	float most;
};

struct peak *peak_new(void)
{
	struct peak *p = mem_new(struct peak);
	between_init(&p->between);
	return p;
}

void peak_free(struct peak **p)
{
	mem_free(*p);
	*p = NULL;
}

/* Most of a recording comes nowhere near its peak, and costs no more than a glance. */
static void look(struct peak *p)
{
	float between[STEP];
	float most = between_largest(p->window + KEPT, STEP);
	p->most = most > p->most ? most : p->most;
	between_peaks(&p->between, p->window + BETWEEN_BEFORE, p->most, between);
	most = between_largest(between, STEP);
	p->most = most > p->most ? most : p->most;
	memmove(p->window, p->window + STEP, KEPT * sizeof *p->window);
	p->waiting = 0;
}

void peak_add(struct peak *p, const float *samples, size_t n)
{
	while (n) {
		size_t room = STEP - p->waiting, some = n < room ? n : room;
		memcpy(p->window + KEPT + p->waiting, samples, some * sizeof *samples);
		p->waiting += some;
		samples += some;
		n -= some;
		if (p->waiting == STEP)
			look(p);
	}
}

float peak_end(struct peak *p)
{
	static const float silence[STEP + KEPT];
	peak_add(p, silence, sizeof silence / sizeof *silence);
	return p->most;
}
