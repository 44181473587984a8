/* Any bytes as a picture: refused, or of a size that is in bounds. */
#include "report/picture.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct picture p;
	if (picture_look(data, n, &p) && (p.width < 1 || p.width > PICTURE_SIDE_MOST || p.height < 1 || p.height > PICTURE_SIDE_MOST))
		abort();
	return 0;
}
