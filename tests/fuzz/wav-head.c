/* Whatever is piped into loaxa speak: what is taken for a head lies within it. */
#include "sound/wav-head.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct wav_head h;
	size_t n = size < WAV_HEAD_BYTES ? size : WAV_HEAD_BYTES;
	enum wav_head_result r = wav_head_read(data, n, &h);
	if (r == WAV_HEAD_READ && (h.begins > n || h.rate <= 0 || h.channels < 0 || h.bytes == 0))
		abort();
	if (r == WAV_HEAD_MORE && n == WAV_HEAD_BYTES)
		abort();
	return 0;
}
