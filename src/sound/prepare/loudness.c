#include "sound/prepare/loudness.h"

#include "base/mem.h"
#include "sound/store.h"

#include <ebur128.h>
#include <math.h>
#include <string.h>

struct loudness {
	ebur128_state *state;
	/* the beginning, for what turns out to be shorter than a gating block */
	float *head;
	size_t head_n, block; /* block: frames of 0.4 s */
};

struct loudness *loudness_new(int rate)
{
	struct loudness *l = mem_new(struct loudness);
	l->block = (size_t)(rate + 5) / 10 * 4; /* as libebur128 rounds */
	l->head = mem_new_n(float, l->block);
	l->state = ebur128_init(1, (unsigned long)rate, EBUR128_MODE_I);
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
	mem_free((*l)->head);
	mem_free(*l);
	*l = NULL;
}

bool loudness_add(struct loudness *l, const float *in, size_t n)
{
	size_t room = l->block - l->head_n, some = n < room ? n : room;
	memcpy(l->head + l->head_n, in, some * sizeof *in);
	l->head_n += some;
	return ebur128_add_frames_float(l->state, in, n) == EBUR128_SUCCESS;
}

/* The loudness of the head over and over, until one block is full. */
static bool measure_repeated(const struct loudness *l, double *lufs)
{
	ebur128_state *again = ebur128_init(1, l->state->samplerate, EBUR128_MODE_I);
	bool fine = again != NULL;
	for (size_t done = 0; fine && done < l->block; done += l->head_n)
		fine = ebur128_add_frames_float(again, l->head, l->head_n) == EBUR128_SUCCESS;
	fine = fine && ebur128_loudness_global(again, lufs) == EBUR128_SUCCESS;
	if (again)
		ebur128_destroy(&again);
	return fine;
}

int32_t loudness_integrated(struct loudness *l)
{
	double lufs = -HUGE_VAL;
	bool brief = l->head_n && l->head_n < l->block;
	bool fine = brief ? measure_repeated(l, &lufs) : !ebur128_loudness_global(l->state, &lufs);
	if (!fine || !isfinite(lufs))
		return STORE_NO_LOUDNESS;
	return (int32_t)lround(lufs * 1000);
}
