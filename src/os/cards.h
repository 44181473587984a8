/* Which sound cards the kernel knows, without opening one.  Any thread. */
#ifndef LOAXA_OS_CARDS_H
#define LOAXA_OS_CARDS_H

#include <stdbool.h>
#include <stddef.h>

bool cards_any(void);
/* By its id ("Device") or number ("0"). */
bool cards_has(const char *id, size_t bytes);

#endif
