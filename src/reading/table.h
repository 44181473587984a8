/* The table that people edit (cach-doc.txt): abbreviations, units and letters with the words they are read as, and the
 * few words that differ between North and South.  A later text adds rows and takes the place of rows that are there.
 * Pure; one owner. */
#ifndef LOAXA_READING_TABLE_H
#define LOAXA_READING_TABLE_H

#include "reading/number.h"

enum table_part { TABLE_WORDS, TABLE_UNITS, TABLE_LETTERS, TABLE_STYLE, TABLE_PARTS };

#define TABLE_ROWS_MOST 4000
#define TABLE_BYTES_MOST (1 << 20)

struct table;
struct table *table_new(void);
void table_free(struct table **);
/* Takes a text's rows.  Returns the number of the first line that is none (the others are taken), 0 when all are. */
int table_read(struct table *, const char *text, size_t bytes);
size_t table_rows(const struct table *);

/* The row whose key the text at s begins with, the longest there is, ended where a word ends; *bytes of it.  NULL: none. */
const char *table_match(const struct table *, enum table_part, const char *s, size_t *bytes);
/* The row with exactly that key. */
const char *table_get(const struct table *, enum table_part, const char *key, size_t bytes);
const struct number_style *table_style(const struct table *);
/* The voice that the station wants, as espeak-ng names it. */
const char *table_voice(const struct table *);

#endif
