/* A text as people write it -> the words an announcer says: numbers, dates, times, money, telephones, document numbers,
 * units, abbreviations.  For a voice that knows none of these; punctuation stays, since it pauses there.  Pure. */
#ifndef LOAXA_READING_READING_H
#define LOAXA_READING_READING_H

#include "reading/table.h"

/* UTF-8 in, UTF-8 in NFC out, to mem_free; NULL when the text is not UTF-8.  No digit is left in it, and no sign but
 * . , ; : ! ? and newlines. */
char *reading_words(const char *text, const struct table *);

#endif
