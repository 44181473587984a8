/* Text: a growing buffer, UTF-8 checks, folding and width.  All strings of the program are UTF-8 in NFC.
 * Pure; any thread (each buffer has one owner). */
#ifndef LOAXA_BASE_TEXT_H
#define LOAXA_BASE_TEXT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>

struct text {
	char *at; /* always terminated once anything was added; NULL before */
	size_t n, cap;
};

void text_add(struct text *, const char *s); /* NULL adds nothing */
void text_add_n(struct text *, const char *s, size_t bytes);
void text_addf(struct text *, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
void text_clear(struct text *);            /* keeps the memory */
char *text_take(struct text *);            /* the string (never NULL), to mem_free; the buffer is empty again */
const char *text_str(const struct text *); /* never NULL */
void text_free(struct text *);

/* Offset of the first byte that is not valid UTF-8 (overlong, surrogate, > U+10FFFF and NUL count), or -1. */
long text_bad_utf8(const char *s, size_t bytes);
/* NFC copy, to mem_free; NULL when s is not UTF-8. */
char *text_nfc(const char *s);
/* Lower case without any Vietnamese mark: "Đồng HOÀ" -> "dong hoa"; to mem_free.  For searching, and for
 * terminals without Vietnamese letters when keep_case is set. */
char *text_fold(const char *s, bool keep_case);
/* "Phường Lộc Thọ" -> "PHƯỜNG LỘC THỌ"; to mem_free; what is not UTF-8 as it is. */
char *text_upper(const char *s);
/* Columns on a terminal. */
int text_width(const char *s);
/* s padded with spaces to that many columns (right-aligned when columns < 0); longer text is cut with "…". */
void text_add_cell(struct text *, const char *s, int columns);
/* Edits (insert, delete, change, swap of neighbours) that turn a into b; more than max counts as max + 1. */
int text_distance(const char *a, const char *b, int max);

#endif
