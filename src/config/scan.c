/* The form of a schedule file, section by section.
 *
 * A section is cut out first, by counting braces, and only then read key by key: a mistake in one section can
 * then not reach into the next.  Two things end a section besides its own brace: the end of the file, and the
 * head of another section (a kind of the top level, a name, a brace), which no section can hold.  The second
 * makes a forgotten brace cost one section instead of all that follow.
 *
 * Inside a section a wrong word is reported and blanked out, and reading goes on.  The first error of syntax
 * ends the section's reading: from there on nobody can tell keys from values.  What stood before it still
 * reaches libconfuse, so that its values are checked too; the section is marked broken, and nobody complains
 * of what it lacks.
 *
 * Everything is one pass over the text without recursion deeper than a section in a section, because the
 * input may be a hundred thousand braces. */
#include "config/scan.h"

#include "base/i18n.h"
#include "config/hint.h"
#include "config/scan-inside.h"

#include <stdio.h>
#include <string.h>

#define PARTS_MAX 500

/* Does a section of the top level begin with this word: word, title, brace?  c stands behind the
   word. */
static bool is_head(int top, struct cursor c, struct token word)
{
	char text[16] = "";
	if (word.kind != TOKEN_WORD || word.to - word.from >= sizeof text)
		return false;
	memcpy(text, c.s + word.from, word.to - word.from);
	return keys_section(text, top) >= 0 && scan_is_value(token_next(&c)) && token_next(&c).kind == TOKEN_OPEN;
}

static void step_back(struct cursor *c, struct token t)
{
	c->at = t.from;
	c->line = t.line;
}

/* Goes to the brace that closes the one just read; false at the end of the text, or before the head of the
 * next section: a forgotten brace costs one section, not all that follow.  *unclosed_text: a forgotten quote
 * may have swallowed that brace. */
static bool find_close(int top, struct cursor *c, bool *unclosed_text)
{
	*unclosed_text = false;
	for (int depth = 1;;) {
		struct token t = token_next(c);
		if (is_head(top, *c, t)) {
			step_back(c, t);
			return false;
		}
		depth += (t.kind == TOKEN_OPEN) - (t.kind == TOKEN_CLOSE);
		*unclosed_text |= t.kind == TOKEN_UNCLOSED;
		if (t.kind == TOKEN_END)
			return false;
		if (!depth) {
			step_back(c, t);
			return true;
		}
	}
}

static void unknown_section(struct scan *sc, const char *word, int inside, int line)
{
	struct hint hint = hint_new(word);
	for (int i = 0; i < SECTION_COUNT; i++)
		if (keys_sections[i].inside == inside)
			hint_offer(&hint, keys_sections[i].word);
	if (hint.best)
		finding_add(sc->fs, FINDING_ERROR, "unknown-section", scan_place(sc, line),
			N_("there is no section \"{1}\" here — \"{2}\" perhaps — correct it, run loaxa "
			   "check."),
			word, hint.best, NULL);
	else
		finding_add(sc->fs, FINDING_ERROR, "unknown-section", scan_place(sc, line),
			N_("there is no section \"{1}\" here — nothing is near it — take it away or look it "
			   "up: "
			   "loaxa help --keys."),
			word, NULL);
}

/* Steps over a section that nobody will read. */
static void skip_section(struct scan *sc)
{
	bool unclosed_text;
	if (find_close(sc->top, &sc->in, &unclosed_text))
		token_next(&sc->in);
}

static bool title_fits(struct scan *sc, enum section section, bool has, int line)
{
	const struct section_kind *k = &keys_sections[section];
	if (k->titled == has)
		return true;
	finding_add(sc->fs, FINDING_ERROR, "bad-name", scan_place(sc, line),
		k->titled ? N_("this {1} has no name — others refer to it by name — write {1} \"name\" { … }.")
			  : N_("{1} takes no name — there is nothing that refers to it — write {1} { … }."),
		k->word, NULL);
	return false;
}

/* libconfuse lets the second of two parts with one name replace the first without a word. */
static const struct block *twin(const struct block *b, const struct block *part)
{
	for (size_t i = 0; part->title && i < b->parts.n; i++)
		if (b->parts.at[i].section == part->section && b->parts.at[i].title &&
			!strcmp(b->parts.at[i].title, part->title))
			return &b->parts.at[i];
	return NULL;
}

static bool scan_body(struct scan *sc, struct block *b);

/* Keeps the part, or takes it out of the text when it must not reach libconfuse. */
static void keep_part(struct scan *sc, struct block *b, struct block *part, size_t from, bool wanted)
{
	const struct block *first = twin(b, part);
	if (b->parts.n >= PARTS_MAX) {
		finding_add(sc->fs, FINDING_ERROR, "too-many", part->place,
			N_("{1} stands too often in one section — 500 at most — split it."),
			keys_sections[part->section].word, NULL);
		wanted = false;
	} else if (wanted && !first) {
		vec_push(&b->parts, *part);
		return;
	}
	if (first) {
		char line[16];
		snprintf(line, sizeof line, "%d", first->place.line);
		finding_add(sc->fs, FINDING_ERROR, "duplicate-name", part->place,
			N_("{1} \"{2}\" stands here a second time — line {3} has one already — give it "
			   "another "
			   "name."),
			keys_sections[part->section].word, part->title, line, NULL);
	}
	scan_blank(sc, from, sc->in.at);
	block_free(part);
}

/* A section inside a section; its brace is the next token. */
static bool scan_part(struct scan *sc, struct block *b, struct token name, struct token title)
{
	char *word = token_text(sc->text, name);
	int section = keys_section(word, (int)b->section);
	bool titled = scan_is_value(title), ok = true;
	if (titled)
		token_next(&sc->in);
	if (section < 0) {
		if (!sc->quiet)
			unknown_section(sc, word, (int)b->section, name.line);
		skip_section(sc);
		scan_blank(sc, name.from, sc->in.at);
	} else {
		struct block part = { .section = (enum section)section,
			.title = titled ? token_text(sc->text, title) : NULL,
			.place = scan_place(sc, name.line) };
		bool fits = title_fits(sc, part.section, titled, name.line);
		ok = scan_body(sc, &part);
		if (ok) {
			keep_part(sc, b, &part, name.from, fits);
		} else if (fits && !twin(b, &part)) {
			part.broken = true;
			sc->open_parts++;
			vec_push(&b->parts, part);
		} else {
			sc->cut = name.from;
			block_free(&part);
		}
	}
	mem_free(word);
	return ok;
}

static bool scan_statement(struct scan *sc, struct block *b, struct token name)
{
	if (name.kind != TOKEN_WORD)
		return scan_unexpected(sc, name, keys_sections[b->section].word);
	struct token next = token_next(&sc->in);
	if (next.kind == TOKEN_EQUAL)
		return scan_setting(sc, b, name);
	if (next.kind == TOKEN_OPEN || (scan_is_value(next) && token_peek(&sc->in).kind == TOKEN_OPEN))
		return scan_part(sc, b, name, next);
	char *word = token_text(sc->text, name);
	bool ok = scan_unexpected(sc, next, word);
	mem_free(word);
	return ok;
}

/* Up to and with the closing brace, or the end of the section. */
static bool scan_body(struct scan *sc, struct block *b)
{
	for (;;) {
		struct token t = token_next(&sc->in);
		if (sc->fs->list.n >= SCAN_FINDINGS_MAX)
			t.kind = TOKEN_END;
		bool part = keys_sections[b->section].inside >= 0, end = t.kind == TOKEN_END;
		if (t.kind == TOKEN_CLOSE || (end && !part))
			return true;
		if (end || !scan_statement(sc, b, t)) {
			if (sc->cut == SIZE_MAX)
				sc->cut = t.from;
			b->broken = true;
			return false;
		}
	}
}

/* What libconfuse gets: up to the first syntax error, with the braces that are then missing. */
static char *body_text(const struct scan *sc, size_t from, size_t end)
{
	size_t n = (sc->cut < end ? sc->cut : end) - from;
	char *body = mem_resize(NULL, n + (size_t)sc->open_parts + 1, 1);
	memcpy(body, sc->text + from, n);
	memset(body + n, '}', (size_t)sc->open_parts);
	body[n + (size_t)sc->open_parts] = '\0';
	return body;
}

/* The cursor stands behind the section's opening brace. */
static void scan_section(struct scan *sc, struct block *b, scan_found *found, void *self)
{
	struct cursor end = sc->in;
	size_t from = sc->in.at, whole = sc->in.n;
	bool unclosed_text, closed = find_close(sc->top, &end, &unclosed_text);
	sc->quiet = !closed && !unclosed_text;
	if (sc->quiet) {
		finding_add(sc->fs, FINDING_ERROR, "not-closed", b->place,
			N_("{1} \"{2}\" begins here and does not end — its closing \"}\" is missing, the "
			   "file may "
			   "be cut off — add it and compare with the copy the file came from."),
			keys_sections[b->section].word, b->title, NULL);
		sc->owed++;
	}
	sc->in.n = end.at;
	sc->cut = SIZE_MAX;
	sc->open_parts = 0;
	scan_body(sc, b);
	b->broken |= !closed;
	char *body = body_text(sc, from, end.at);
	found(self, b, body);
	mem_free(body);
	end.n = whole;
	sc->in = end;
	sc->quiet = false;
	if (closed)
		token_next(&sc->in);
}

/* To the next place where reading makes sense. */
static void recover(struct scan *sc)
{
	for (;;) {
		struct token t = token_next(&sc->in);
		if (t.kind == TOKEN_END)
			return;
		if (is_head(sc->top, sc->in, t)) {
			step_back(&sc->in, t);
			return;
		}
	}
}

/* Between sections. */
static void outside(struct scan *sc, struct token t)
{
	if (t.kind == TOKEN_CLOSE && sc->owed) {
		sc->owed--;
		return;
	}
	if (t.kind == TOKEN_CLOSE) {
		finding_add(sc->fs, FINDING_ERROR, "syntax", scan_place(sc, t.line),
			N_("this \"}\" closes nothing — a section ended before it — take it away or look for "
			   "one "
			   "too many above."),
			NULL);
		return;
	}
	struct token next = t.kind == TOKEN_WORD ? token_next(&sc->in) : t;
	char *word = token_text(sc->text, t);
	if (next.kind == TOKEN_UNCLOSED || next.kind == TOKEN_SIGN)
		scan_unexpected(sc, next, word);
	else if (t.kind == TOKEN_WORD && next.kind == TOKEN_EQUAL)
		finding_add(sc->fs, FINDING_ERROR, "syntax", scan_place(sc, t.line),
			N_("the key \"{1}\" stands outside any section — every key belongs into one — move "
			   "it "
			   "between the braces of its section."),
			word, NULL);
	else
		finding_add(sc->fs, FINDING_ERROR, "syntax", scan_place(sc, t.line),
			N_("no section begins with \"{1}\" here — a section is its kind, its name and a "
			   "brace — "
			   "write e.g. session \"sang\" { … }."),
			word, NULL);
	mem_free(word);
	recover(sc);
}

void scan_file(char *text, const char *file, int top, struct findings *fs, scan_found *found, void *self)
{
	struct scan sc = {
		.text = text, .in = { .s = text, .n = strlen(text), .line = 1 }, .file = file, .top = top, .fs = fs
	};
	while (fs->list.n < SCAN_FINDINGS_MAX) {
		struct token t = token_next(&sc.in), title = token_peek(&sc.in);
		if (t.kind == TOKEN_END)
			break;
		struct cursor ahead = sc.in;
		if (scan_is_value(title))
			token_next(&ahead);
		if (t.kind != TOKEN_WORD || token_next(&ahead).kind != TOKEN_OPEN) {
			outside(&sc, t);
			continue;
		}
		sc.in = ahead;
		char *word = token_text(text, t);
		int section = keys_section(word, top);
		if (section < 0)
			unknown_section(&sc, word, top, t.line);
		if (section < 0 || !title_fits(&sc, (enum section)section, scan_is_value(title), t.line)) {
			skip_section(&sc);
		} else {
			struct block b = { .section = (enum section)section,
				.title = token_text(text, title),
				.place = scan_place(&sc, t.line) };
			scan_section(&sc, &b, found, self);
		}
		mem_free(word);
	}
}
