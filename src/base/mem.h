/* Memory that either is there or ends the program: every caller may use the result at once.
 * Any thread.  A station cannot go on half-built, and no caller ever had a better idea than abort(). */
#ifndef LOAXA_BASE_MEM_H
#define LOAXA_BASE_MEM_H

#include <stddef.h>

void *mem_zero(size_t bytes);                           /* zeroed; free with mem_free */
void *mem_resize(void *old, size_t count, size_t each); /* overflow-checked realloc */
char *mem_dup(const char *text);                        /* NULL stays NULL */
char *mem_dup_n(const char *text, size_t bytes);        /* at most that many bytes, always terminated */
char *mem_printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
void mem_free(void *p);
void mem_renew(char **slot, const char *text); /* a copy takes the place of what was there; NULL empties the slot */

#define mem_new(type) ((type *)mem_zero(sizeof(type)))
#define mem_new_n(type, n) ((type *)mem_resize(NULL, (n), sizeof(type)))

#endif
