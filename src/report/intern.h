/* One copy of each string: a year's log names the same zones, bulletins and titles ten thousand times.  Equal strings
 * get the same pointer.  Not thread-safe. */
#ifndef LOAXA_REPORT_INTERN_H
#define LOAXA_REPORT_INTERN_H

#include <stddef.h>

struct intern;

struct intern *intern_new(void);
void intern_free(struct intern **);
/* NULL stays NULL.  The string lives as long as the table. */
const char *intern_string(struct intern *, const char *);
/* A number kept with a string, SIZE_MAX until one is set; valid until the next call. */
size_t *intern_number(struct intern *, const char *);

#endif
