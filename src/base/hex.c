#include "base/hex.h"

#include <string.h>

static const char digits[] = "0123456789abcdef";

void hex_write(const uint8_t *in, size_t bytes, char *out)
{
	for (size_t i = 0; i < bytes; i++) {
		*out++ = digits[in[i] >> 4];
		*out++ = digits[in[i] & 15];
	}
	*out = '\0';
}

bool hex_read(const char *in, uint8_t *out, size_t bytes)
{
	if (!in || strlen(in) != 2 * bytes || strspn(in, digits) != 2 * bytes)
		return false;
	for (size_t i = 0; i < bytes; i++, in += 2)
		out[i] = (uint8_t)((strchr(digits, in[0]) - digits) << 4 | (strchr(digits, in[1]) - digits));
	return true;
}
