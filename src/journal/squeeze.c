#include "journal/squeeze.h"

#include "base/mem.h"

#include <stdlib.h>
#include <zstd.h>

/* Of levels 1 to 19 the last one that packs a station's year within a few seconds; beyond it rows shrink by little. */
#define LEVEL 9

void squeeze_pack(const void *in, size_t n, struct text *out)
{
	size_t most = ZSTD_compressBound(n);
	char *packed = mem_zero(most + 1);
	size_t got = ZSTD_compress(packed, most, in, n, LEVEL);
	if (ZSTD_isError(got)) /* only for want of memory */
		abort();
	text_add_n(out, packed, got);
	mem_free(packed);
}

/* Given whole, zstd decodes in one go and tells nothing of a piece that is damaged; in two parts it goes as far as it
 * can. */
static size_t follow(const void *in, size_t n, void *out, size_t most)
{
	ZSTD_DCtx *z = ZSTD_createDCtx();
	ZSTD_inBuffer from = { in, n ? 1 : 0, 0 };
	ZSTD_outBuffer to = { out, most, 0 };
	size_t left = 1;
	while (z && left && !ZSTD_isError(left)) {
		size_t before = from.pos + to.pos;
		left = ZSTD_decompressStream(z, &to, &from);
		if (from.size == n && from.pos + to.pos == before)
			break;
		from.size = n;
	}
	ZSTD_freeDCtx(z);
	return to.pos;
}

size_t squeeze_unpack(const void *in, size_t n, void *out, size_t most)
{
	size_t got = ZSTD_decompress(out, most, in, n);
	return ZSTD_isError(got) ? follow(in, n, out, most) : got;
}
