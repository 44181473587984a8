/* From the bytes of a file to text that can be scanned: UTF-8 in NFC, no byte order mark, no comments, no
 * line longer or shorter in lines than the file: every newline stays where it was, so line numbers stay
 * right. Pure but for the findings. */
#ifndef LOAXA_CONFIG_CLEAN_H
#define LOAXA_CONFIG_CLEAN_H

#include "base/finding.h"

#include <stddef.h>

/* The text, to mem_free; NULL (with a finding) when the bytes are no UTF-8 text. */
char *clean_text(const char *bytes, size_t n, const char *file, struct findings *);
/* Its last step alone, in place: comments and carriage returns become blanks, every byte stays where it was. */
void clean_blank(char *s, const char *file, struct findings *);

#endif
