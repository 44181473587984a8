/* How loud a volume is.  The figure people set is not a share of the amplitude: an ear hears half the loudness only
 * at about -10 dB.  So the gain is the square of the figure, which is close to that and exact where it matters:
 *
 *   100 %   0 dB, bit for bit     80 %  -3.9 dB     50 %  -12 dB     25 %  -24 dB     10 %  -40 dB     1 %  -80 dB
 *
 * Zone and rule volumes are multiplied as figures; the square of the product is the product of the squares, so the
 * order of the two does not matter.  Pure; any thread, the audio thread among them. */
#ifndef LOAXA_SOUND_VOLUME_H
#define LOAXA_SOUND_VOLUME_H

#include <stdint.h>

#define GAIN_BITS 24
#define GAIN_UNITY (1 << GAIN_BITS)

/* permille 0..1000 (others are brought there) -> gain, GAIN_UNITY at 1000. */
int32_t volume_gain(int permille);

/* One sample at that gain, rounded; at GAIN_UNITY the sample itself. */
static inline int16_t volume_apply(int16_t sample, int32_t gain)
{
	return (int16_t)(((int64_t)sample * gain + (GAIN_UNITY >> 1)) >> GAIN_BITS);
}

#endif
