#include "sound/frames.h"

#define US_A_SECOND INT64_C(1000000)

/* Whole seconds are split off first: only the rest is multiplied, so nothing can overflow. */
int64_t frames_by(int rate, int64_t us)
{
	if (us <= 0)
		return 0;
	int64_t seconds = (us - 1) / US_A_SECOND, rest = (us - 1) % US_A_SECOND;
	return seconds * rate + rest * rate / US_A_SECOND + 1;
}

int64_t frames_us(int rate, int64_t frames)
{
	if (frames <= 0)
		return 0;
	int64_t seconds = frames / rate, rest = frames % rate;
	return seconds * US_A_SECOND + (rest * US_A_SECOND + rate - 1) / rate;
}

int64_t frames_in_ms(int rate, int64_t ms)
{
	return ms / 1000 * rate + ms % 1000 * rate / 1000;
}
