/* The words, texts and signs of a cleaned schedule file.  Knows exactly the tokens libconfuse knows, less
 * those that a schedule does not need (functions, +=, texts over several lines).  Pure. */
#ifndef LOAXA_CONFIG_TOKEN_H
#define LOAXA_CONFIG_TOKEN_H

#include <stddef.h>

enum token_kind {
	TOKEN_END,
	TOKEN_WORD,   /* bare */
	TOKEN_STRING, /* in quotes; from..to includes them */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_EQUAL,
	TOKEN_COMMA,
	TOKEN_UNCLOSED, /* a quote without its partner on the same line */
	TOKEN_SIGN      /* a character that has no place outside quotes */
};

struct token {
	enum token_kind kind;
	size_t from, to;
	int line;
};

/* Copying it is remembering the place. */
struct cursor {
	const char *s;
	size_t n, at;
	int line;
};

struct token token_next(struct cursor *);
struct token token_peek(const struct cursor *);
/* Without its quotes, escapes undone; to mem_free. */
char *token_text(const char *s, struct token);

#endif
