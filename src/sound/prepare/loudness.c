#include "sound/prepare/loudness.h"

#include "base/mem.h"
#include "sound/store.h"

#include <ebur128.h>
#include <math.h>

struct loudness {
	ebur128_state *state;
};

struct loudness *loudness_new(int rate, bool peaks)
{
	struct loudness *l = mem_new(struct loudness);
	l->state = ebur128_init(1, (unsigned long)rate, EBUR128_MODE_I | (peaks ? EBUR128_MODE_TRUE_PEAK : 0));
	if (!l->state)
		loudness_free(&l);
	return l;
}

void loudness_free(struct loudness **l)
{
	if (!*l)
		return;
	if ((*l)->state)
		ebur128_destroy(&(*l)->state);
	mem_free(*l);
	*l = NULL;
}

bool loudness_add(struct loudness *l, const float *in, size_t n)
{
	return ebur128_add_frames_float(l->state, in, n) == EBUR128_SUCCESS;
}

int32_t loudness_integrated(struct loudness *l)
{
	double lufs;
	if (ebur128_loudness_global(l->state, &lufs) || !isfinite(lufs))
		return STORE_NO_LOUDNESS;
	return (int32_t)lround(lufs * 1000);
}

int32_t loudness_true_peak(struct loudness *l)
{
	double peak;
	if (ebur128_true_peak(l->state, 0, &peak) || !(peak > 0))
		return STORE_NO_LOUDNESS;
	return (int32_t)lround(20 * log10(peak) * 1000);
}
