/* One key and its values: their form, and whether the section has such a key at all.  What is wrong with a
 * word is blanked out and reading goes on; what is wrong with the form ends the section. */
#include "base/i18n.h"
#include "config/hint.h"
#include "config/scan-inside.h"

#include <stdio.h>
#include <string.h>

#define LIST_MAX 1000

struct place scan_place(const struct scan *sc, int line)
{
	return (struct place){ sc->file, line };
}

void scan_blank(struct scan *sc, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++)
		if (sc->text[i] != '\n')
			sc->text[i] = ' ';
}

/* The beginning of a long text, cut between two letters. */
static char *shorten(const char *s, size_t n)
{
	enum { MOST = 60 };
	if (n <= MOST)
		return mem_dup_n(s, n);
	for (n = MOST; n && ((unsigned char)s[n] & 0xC0) == 0x80;)
		n--;
	return mem_printf("%.*s…", (int)n, s);
}

bool scan_unexpected(struct scan *sc, struct token t, const char *after)
{
	char *shown = shorten(sc->text + t.from, t.to - t.from);
	const char *pattern = N_(
		"\"{1}\" cannot stand here, after {2} — write key = value, texts with spaces in quotes "
		"\"…\".");
	if (t.kind == TOKEN_UNCLOSED)
		pattern = N_("the text {1} has no closing quote — every text ends on the line where it "
			     "begins — put the "
			     "missing \" at its end.");
	else if (t.kind == TOKEN_SIGN)
		pattern = N_("the sign {1} cannot stand outside quotes — texts stand in straight quotes, "
			     "lines need no "
			     "mark at their end — put the text in \"…\" or take the sign away.");
	else if (t.kind == TOKEN_END)
		pattern = N_("something is missing after {2} — the section ends in the middle of it — write "
			     "it out.");
	if (!sc->quiet)
		finding_add(sc->fs, FINDING_ERROR, "syntax", scan_place(sc, t.line), pattern, shown, after, NULL);
	mem_free(shown);
	return false;
}

static void push_value(struct setting *s, int line)
{
	vec_push(&s->values, (struct value){ .line = line });
}

bool scan_is_value(struct token t)
{
	return t.kind == TOKEN_WORD || t.kind == TOKEN_STRING;
}

/* A key where a value should be means that the "}" was forgotten, a value that the comma was: two different
 * cures. After the opening brace, up to and with the closing one.  A last comma is welcome: it makes lines
 * alike. */
static bool scan_list(struct scan *sc, struct setting *s, const char *key)
{
	for (;;) {
		struct token t = token_next(&sc->in);
		if (t.kind == TOKEN_CLOSE)
			return true;
		if (!scan_is_value(t))
			return scan_unexpected(sc, t, key);
		push_value(s, t.line);
		t = token_next(&sc->in);
		if (t.kind == TOKEN_CLOSE)
			return true;
		if (t.kind == TOKEN_COMMA)
			continue;
		if (scan_is_value(t) && !sc->quiet) {
			finding_add(sc->fs, FINDING_ERROR, "syntax", scan_place(sc, t.line),
				token_peek(&sc->in).kind == TOKEN_EQUAL
					? N_("the list of \"{1}\" is not closed — its \"}\" is missing — "
					     "add it before this line.")
					: N_("a comma is missing in the list of \"{1}\" — its values are "
					     "set apart by commas — write { \"a\", \"b\" }."),
				key, NULL);
			return false;
		}
		return scan_unexpected(sc, t, key);
	}
}

/* `from =` at a line's end would take the next line's key for its value. */
static bool scan_value(struct scan *sc, struct setting *s, const char *key, bool *list)
{
	struct token t = token_next(&sc->in);
	*list = t.kind == TOKEN_OPEN;
	if (*list)
		return scan_list(sc, s, key);
	bool next_key = t.kind == TOKEN_WORD && token_peek(&sc->in).kind == TOKEN_EQUAL;
	if (!scan_is_value(t) || next_key)
		return scan_unexpected(sc, t, key);
	push_value(s, t.line);
	return true;
}

static void unknown_key(struct scan *sc, const struct block *b, const char *word, int line)
{
	struct hint hint = hint_new(word);
	size_t n;
	const struct key *k = keys_first(b->section, &n);
	for (size_t i = 0; i < n; i++)
		hint_offer(&hint, k[i].name);
	const struct key *near = hint.best ? keys_find(b->section, hint.best) : NULL;
	const char *section = keys_sections[b->section].word;
	if (near)
		finding_add(sc->fs, FINDING_ERROR, "unknown-key", scan_place(sc, line),
			N_("{1} has no key \"{2}\" — \"{3}\" ({4}) perhaps — correct it, run loaxa check."), section,
			word, near->name, _(near->help), NULL);
	else
		finding_add(sc->fs, FINDING_ERROR, "unknown-key", scan_place(sc, line),
			N_("{1} has no key \"{2}\" — nothing is near it — take it away or look it up: loaxa "
			   "help "
			   "--keys."),
			section, word, NULL);
}

/* What is wrong with a key and its values although their form is right. */
static bool refuse_setting(struct scan *sc, struct block *b, const struct setting *s, const char *word, bool list)
{
	struct place at = scan_place(sc, s->line);
	char number[16];
	if (!s->key) {
		unknown_key(sc, b, word, s->line);
		return true;
	}
	const struct setting *first = block_get(b, word);
	if (first) {
		snprintf(number, sizeof number, "%d", first->line);
		finding_add(sc->fs, FINDING_ERROR, "duplicate-key", at,
			N_("\"{1}\" stands here a second time — line {2} says it already — keep one of the "
			   "two."),
			word, number, NULL);
		return true;
	}
	if (list && !s->key->list) {
		finding_add(sc->fs, FINDING_ERROR, "bad-list", at,
			N_("\"{1}\" takes one value, not a list — write it without { }."), word, NULL);
		return true;
	}
	if (s->values.n > LIST_MAX) {
		snprintf(number, sizeof number, "%d", LIST_MAX);
		finding_add(sc->fs, FINDING_ERROR, "bad-list", at,
			N_("the list of \"{1}\" is too long — it holds {2} values at most — split it."), word, number,
			NULL);
		return true;
	}
	if (!s->values.n) {
		finding_add(sc->fs, FINDING_ERROR, "bad-list", at,
			N_("the list of \"{1}\" is empty — without the key its default holds — name "
			   "something or "
			   "take the line away."),
			word, NULL);
		return true;
	}
	return false;
}

bool scan_setting(struct scan *sc, struct block *b, struct token name)
{
	char *word = token_text(sc->text, name);
	struct setting s = { .key = keys_find(b->section, word), .line = name.line };
	bool list, ok = scan_value(sc, &s, word, &list);
	bool keep = ok && !refuse_setting(sc, b, &s, word, list);
	if (keep)
		vec_push(&b->settings, s);
	else
		vec_free(&s.values);
	if (ok && !keep)
		scan_blank(sc, name.from, sc->in.at);
	mem_free(word);
	return ok;
}
