/* The meters of an output's channels: fed with each block the sink has taken.  Runs in the audio thread between two words
 * with the sink, so it is held to what device-turn.c is. */
#include "sound/device-inside.h"

#include "sound/volume.h"

#include <stdatomic.h>

/* Between two pieces of one play there is nothing only because its sound is late: it is on air all the same. */
static bool spans(const struct lane *l, size_t k, int64_t at, int64_t n)
{
	const struct piece *p = &l->pieces[k];
	const struct play *play = p->owner;
	bool goes_on = k ? l->pieces[k - 1].owner == p->owner : play->begun && !play->over;
	if (lane_piece_over(l, p) <= at)
		return false;
	return p->at < at + n || goes_on;
}

/* Below which peak a block of this lane is quiet: by the volume at which it plays.  0: nothing is on air. */
static int quiet_below(const struct lane *l, int64_t at, int64_t n)
{
	int64_t gain = -1;
	for (size_t k = 0; k < l->n; k++) {
		const struct piece *p = &l->pieces[k];
		if (spans(l, k, at, n))
			gain = p->to > gain ? p->to : gain;
	}
	if (gain < 0)
		return 0;
	int below = (int)(METER_QUIET * gain / GAIN_UNITY);
	return below ? below : 1;
}

static void publish(struct device *d)
{
	uint32_t silent = 0, noisy = 0;
	for (int c = 0; c < d->channels; c++) {
		silent |= (uint32_t)(d->meters[c].fault == METER_SILENT) << c;
		noisy |= (uint32_t)(d->meters[c].fault == METER_NOISY) << c;
	}
	bool changed = atomic_exchange(&d->silent, silent) != silent;
	changed |= atomic_exchange(&d->noisy, noisy) != noisy;
	d->told |= changed;
}

void device_meter_begin(struct device *d)
{
	for (int c = 0; c < d->channels; c++)
		meter_init(&d->meters[c], d->rate, d->written);
	publish(d);
}

void device_meter_took(struct device *d, int64_t n)
{
	int below[BUS_CHANNELS] = { 0 };
	size_t step = (size_t)d->channels;
	for (size_t i = 0; i < d->table->n; i++) {
		const struct device_lane *l = &d->table->lanes[i];
		int b = quiet_below(&l->lane, d->written, n);
		below[l->channel] = b > below[l->channel] ? b : below[l->channel];
	}
	for (int c = 0; c < d->channels; c++) {
		bool loud = meter_loud(d->out + c, (size_t)n, step, below[c] ? below[c] : METER_QUIET);
		meter_feed(&d->meters[c], d->written, n, loud, below[c] != 0);
	}
	publish(d);
}

void device_meter_back(struct device *d)
{
	for (int c = 0; c < d->channels; c++)
		meter_back(&d->meters[c], d->written);
}
