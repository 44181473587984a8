/* Where libconfuse is generous (a "*" is dropped without a word, a text runs over lines until some other
 * quote ends it), this reader is strict: what it refuses never reaches libconfuse, what it accepts libconfuse
 * reads alike.  The fuzz target holds the two together. */
#include "config/token.h"

#include "base/mem.h"

#include <stdbool.h>
#include <string.h>

/* Typographic quotes come with texts pasted from a word processor; as part of a word they would hide the
 * mistake. */
static size_t typographic_quote(const char *s)
{
	static const char *const quotes[] = { "“", "”", "„", "‘", "’" };
	if (*s != quotes[0][0])
		return 0;
	for (size_t i = 0; i < sizeof quotes / sizeof *quotes; i++)
		if (!strncmp(s, quotes[i], strlen(quotes[i])))
			return strlen(quotes[i]);
	return 0;
}

static bool in_word(const char *s)
{
	unsigned char c = (unsigned char)*s;
	return c > ' ' && c != 0x7F && !strchr("#\"'={}()+,*;", c) && !typographic_quote(s);
}

static void skip_blanks(struct cursor *c)
{
	for (; c->at < c->n && strchr(" \t\n", c->s[c->at]); c->at++)
		c->line += c->s[c->at] == '\n';
}

/* Ends with its line at the latest. */
static void read_string(struct cursor *c, struct token *t)
{
	char quote = c->s[c->at++];
	t->kind = TOKEN_UNCLOSED;
	for (; c->at < c->n && c->s[c->at] != '\n'; c->at++) {
		if (c->s[c->at] == quote) {
			c->at++;
			t->kind = TOKEN_STRING;
			return;
		}
		if (c->s[c->at] == '\\' && c->at + 1 < c->n && c->s[c->at + 1] != '\n')
			c->at++;
	}
}

static void read_word(struct cursor *c, struct token *t)
{
	const char *s = c->s + c->at;
	t->kind = TOKEN_WORD;
	while (c->at < c->n && in_word(c->s + c->at))
		c->at++;
	if (c->at > t->from)
		return;
	/* no word begins here: one whole character, so that it can be shown */
	t->kind = TOKEN_SIGN;
	size_t quote = typographic_quote(s);
	c->at += quote ? quote : 1;
}

struct token token_next(struct cursor *c)
{
	skip_blanks(c);
	struct token t = { .kind = TOKEN_END, .from = c->at, .line = c->line };
	if (c->at < c->n) {
		static const char signs[] = "{}=,";
		static const enum token_kind kinds[] = { TOKEN_OPEN, TOKEN_CLOSE, TOKEN_EQUAL, TOKEN_COMMA };
		char here = c->s[c->at];
		const char *sign = strchr(signs, here);
		if (sign) {
			t.kind = kinds[sign - signs];
			c->at++;
		} else if (here == '"' || here == '\'') {
			read_string(c, &t);
		} else {
			read_word(c, &t);
		}
	}
	t.to = c->at;
	return t;
}

struct token token_peek(const struct cursor *c)
{
	struct cursor ahead = *c;
	return token_next(&ahead);
}

char *token_text(const char *s, struct token t)
{
	if (t.kind != TOKEN_STRING)
		return mem_dup_n(s + t.from, t.to - t.from);
	char *out = mem_dup_n(s + t.from + 1, t.to - t.from - 2);
	char *to = out;
	for (const char *from = out; *from; from++) {
		if (*from == '\\' && from[1])
			from++;
		*to++ = *from;
	}
	*to = '\0';
	return out;
}
