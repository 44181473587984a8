/* Finds the sections of a cleaned text and every key in them, before libconfuse sees it: libconfuse stops at
 * its first error and knows no line of any value, so all that can be said about form is said here.  What was
 * reported is blanked out; what is left, libconfuse reads without complaint.  Pure but for the findings. */
#ifndef LOAXA_CONFIG_SCAN_H
#define LOAXA_CONFIG_SCAN_H

#include "config/block.h"

/* Called for each section of the top level, in file order.  The block (its values still empty) passes to the
 * callee; body = what stands between its braces, on `lines` as in the file, good until the call returns. */
typedef void scan_found(void *self, struct block *, const char *body);

/* text is changed; file must outlive the blocks.  top: KEYS_SCHEDULE or KEYS_RECEIVER, which kind of file it is. */
void scan_file(char *text, const char *file, int top, struct findings *, scan_found *, void *self);

/* So many errors in one schedule, and nobody reads on: reading stops there. */
#define SCAN_FINDINGS_MAX 500

#endif
