/* Where things stand in a schedule file.  The file is read through its shadow: the same bytes, comments and carriage
 * returns blanked, cut into the tokens the loader knows.  So a place found in the shadow is a place in the file. */
#include "base/i18n.h"
#include "config/edit-inside.h"

#include <string.h>

static bool is_value(struct token t)
{
	return t.kind == TOKEN_WORD || t.kind == TOKEN_STRING;
}

/* The brace that closes the one just read. */
static enum edit_step to_close(struct cursor *c, struct edit_statement *out)
{
	for (int depth = 1; depth;) {
		struct token t = token_next(c);
		if (t.kind == TOKEN_END || t.kind == TOKEN_UNCLOSED)
			return EDIT_BROKEN;
		depth += (t.kind == TOKEN_OPEN) - (t.kind == TOKEN_CLOSE);
		out->close = t.from;
		out->end = t.to;
	}
	return EDIT_MORE;
}

enum edit_step edit_next(struct cursor *c, struct edit_statement *out)
{
	*out = (struct edit_statement){ .name = token_next(c) };
	if (out->name.kind == TOKEN_END)
		return EDIT_END;
	if (out->name.kind != TOKEN_WORD)
		return EDIT_BROKEN;
	struct token t = token_next(c);
	bool setting = t.kind == TOKEN_EQUAL;
	if (setting)
		t = token_next(c);
	else if (is_value(t)) {
		out->title = t;
		t = token_next(c);
	}
	out->open = t.from;
	out->close = out->end = t.to;
	out->section = !setting;
	out->list = setting && t.kind == TOKEN_OPEN;
	if (setting && is_value(t))
		return EDIT_MORE;
	return t.kind == TOKEN_OPEN ? to_close(c, out) : EDIT_BROKEN;
}

struct cursor edit_inside(const struct edit_file *f, const struct edit_statement *section)
{
	struct cursor c = { .s = f->shadow, .n = section ? section->close : f->n, .line = 1 };
	c.at = section ? section->open + 1 : 0;
	return c;
}

static bool is(const struct edit_file *f, struct token t, const char *wanted)
{
	if (!wanted || t.kind == TOKEN_END)
		return !wanted && t.kind == TOKEN_END;
	char *text = token_text(f->shadow, t);
	bool same = !strcmp(text, wanted);
	mem_free(text);
	return same;
}

/* Among the statements c stands before. */
static enum edit_step find(const struct edit_file *f, struct cursor c, const char *word, const char *title,
	bool section, struct edit_statement *out)
{
	for (;;) {
		enum edit_step step = edit_next(&c, out);
		if (step != EDIT_MORE)
			return step;
		if (out->section == section && is(f, out->name, word) && (!section || is(f, out->title, title)))
			return EDIT_MORE;
	}
}

static bool whole(const struct edit_file *f, const struct edit_statement *section, int depth)
{
	struct cursor c = edit_inside(f, section);
	struct edit_statement s;
	enum edit_step step;
	while ((step = edit_next(&c, &s)) == EDIT_MORE)
		if (s.section && (depth == 2 || !whole(f, &s, depth + 1)))
			return false;
	return step == EDIT_END;
}

bool edit_in_form(const struct edit_file *f)
{
	return f->shadow && whole(f, NULL, 0);
}

/* The whole file must be in form: a place found before the first fault may be the wrong one. */
static enum edit_step look(const struct edit_file *f, struct edit_at at, struct edit_statement *out)
{
	if (!edit_in_form(f))
		return EDIT_BROKEN;
	enum edit_step step = find(f, edit_inside(f, NULL), at.section, at.name, true, out);
	if (step != EDIT_MORE || !at.part)
		return step;
	struct edit_statement outer = *out;
	return find(f, edit_inside(f, &outer), at.part, at.part_name, true, out);
}

bool edit_find(const struct edit *e, struct edit_at at, size_t *file, struct edit_statement *out, struct err *err)
{
	const char *broken = NULL;
	for (size_t i = 0; i < e->files.n; i++) {
		enum edit_step step = look(&e->files.at[i], at, out);
		*file = i;
		if (step == EDIT_MORE)
			return true;
		if (step == EDIT_BROKEN)
			broken = e->files.at[i].name;
	}
	if (broken)
		return err_set(err,
			_("%s/%s cannot be changed: its form has a fault — nothing was changed — correct it first: "
			  "loaxa check %s"),
			e->dir, broken, e->dir);
	return err_set(err, _("there is no %s \"%s\" in %s — nothing was changed — look at its name there"),
		at.part ? at.part : at.section, at.part ? at.part_name : at.name, e->dir);
}

bool edit_find_key(
	const struct edit_file *f, const struct edit_statement *section, const char *key, struct edit_statement *out)
{
	return find(f, edit_inside(f, section), key, NULL, false, out) == EDIT_MORE;
}

bool edit_has(const struct edit *e, struct edit_at at)
{
	return edit_file(e, at) != NULL;
}

const char *edit_file(const struct edit *e, struct edit_at at)
{
	struct edit_statement s;
	struct err err;
	size_t file;
	return edit_find(e, at, &file, &s, &err) ? e->files.at[file].name : NULL;
}

const char *edit_home(const struct edit *e, const char *section)
{
	const char *home = NULL;
	for (size_t i = 0, most = 0; i < e->files.n; i++) {
		const struct edit_file *f = &e->files.at[i];
		struct cursor c = f->shadow ? edit_inside(f, NULL) : (struct cursor){ .s = "" };
		struct edit_statement s;
		size_t n = 0;
		while (edit_next(&c, &s) == EDIT_MORE)
			n += s.section && is(f, s.name, section);
		if (n > most) {
			most = n;
			home = f->name;
		}
	}
	return home;
}
