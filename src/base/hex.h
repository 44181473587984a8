/* Bytes as lower-case hex digits, and back.  Pure; any thread. */
#ifndef LOAXA_BASE_HEX_H
#define LOAXA_BASE_HEX_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

void hex_write(const uint8_t *in, size_t bytes, char *out); /* out: 2 * bytes + 1, ended by a NUL */
/* Exactly that many bytes, in lower case: nothing has two spellings.  NULL is none. */
bool hex_read(const char *in, uint8_t *out, size_t bytes);

#endif
