/* A bulletin's text as a file on somebody's stick: Notepad's UTF-16 or UTF-8, made the UTF-8 that the station keeps. */
#ifndef LOAXA_CLI_IMPORT_TEXT_H
#define LOAXA_CLI_IMPORT_TEXT_H

#include "base/err.h"

#include <stddef.h>

#define IMPORT_TEXT_MOST (64 << 10) /* bytes */

/* UTF-8 in NFC, lines ended by one newline, no mark in front; to mem_free.  NULL: err says why it is no text. */
char *import_text_clean(const char *bytes, size_t n, struct err *);
/* "thong-bao.txt" beside "thong-bao.mp3" in that folder (whatever the case of its ending), cleaned.  NULL: there is
 * none (err is empty), or it cannot be taken (err says why). */
char *import_text_beside(int folder, const char *name, struct err *);

#endif
