/* Any thread. */
#ifndef LOAXA_BASE_WRITE_H
#define LOAXA_BASE_WRITE_H

#include <stdbool.h>
#include <stddef.h>

/* All of it, however many calls that takes; false with errno. */
bool write_all(int fd, const void *data, size_t bytes);

#endif
