#include "sound/live-level.h"

#include <string.h>

#define BLOCKS_A_S 10
#define BLOCK_US (1000000 / BLOCKS_A_S)
#define QUIET_SQUARE (104 * 104) /* -50 dBFS: 32768 / 316, squared */
#define BREAK_US 1000000

void live_level_init(struct live_level *l, int rate)
{
	memset(l, 0, sizeof *l);
	l->rate = rate;
	l->block = (size_t)(rate / BLOCKS_A_S);
}

static void quiet(struct live_level *l, int64_t us)
{
	l->pause_us += us;
	l->quiet_us += us;
	if (l->pause_us >= BREAK_US)
		l->loud_us = 0;
}

static void loud(struct live_level *l)
{
	l->pause_us = 0;
	l->loud_us += BLOCK_US;
	l->quiet_us = l->loud_us < LIVE_BACK_MS * 1000 ? l->quiet_us + BLOCK_US : 0;
}

static void end_block(struct live_level *l)
{
	int64_t n = (int64_t)l->in_block, mean = l->sum / n;
	if (l->squares / n - mean * mean < QUIET_SQUARE)
		quiet(l, BLOCK_US);
	else
		loud(l);
	l->sum = l->squares = 0;
	l->in_block = 0;
}

void live_level_add(struct live_level *l, const int16_t *frames, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		l->sum += frames[i];
		l->squares += (int64_t)frames[i] * frames[i];
		if (++l->in_block == l->block)
			end_block(l);
	}
}

void live_level_gap(struct live_level *l, int64_t us)
{
	quiet(l, us);
}

int64_t live_level_quiet_us(const struct live_level *l)
{
	return l->quiet_us;
}
