/* Is it a picture, and how large?  Told by its head: JPEG and PNG, as telephones make them.  Pure. */
#ifndef LOAXA_REPORT_PICTURE_H
#define LOAXA_REPORT_PICTURE_H

#include <stdbool.h>
#include <stddef.h>

#define PICTURE_SIDE_MOST 30000
#define PICTURE_BYTES_MOST ((size_t)20 << 20)     /* of one */
#define PICTURE_ALL_BYTES_MOST ((size_t)60 << 20) /* of all in one report */

struct picture {
	const char *type, *ending; /* "image/jpeg", ".jpg" */
	int width, height;         /* pixels, 1 .. PICTURE_SIDE_MOST */
};

bool picture_look(const void *data, size_t bytes, struct picture *);

#endif
