#include "sound/volume.h"

int32_t volume_gain(int permille)
{
	int64_t p = permille < 0 ? 0 : permille > 1000 ? 1000 : permille;
	return (int32_t)((p * p * GAIN_UNITY + 500000) / 1000000);
}
