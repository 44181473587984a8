/* Sections and keys.  A new key goes before the closing brace: on a line of its own where the brace has one, else
 * behind the last statement. */
#include "config/edit.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "config/edit-inside.h"

#include <string.h>

static char *copy(const char *bytes, size_t n)
{
	char *out = mem_resize(NULL, n + 1, 1);
	memcpy(out, bytes, n);
	out[n] = '\0';
	return out;
}

static struct edit_file file_of(const struct source *s)
{
	struct edit_file f = { .name = mem_dup(s->name), .bytes = copy(s->bytes, s->n), .n = s->n };
	f.was = copy(s->bytes, s->n);
	f.was_n = s->n;
	edit_shadow(&f);
	return f;
}

struct edit *edit_of(const char *dir, const struct sources *s)
{
	struct edit *e = mem_new(struct edit);
	e->dir = mem_dup(dir);
	for (size_t i = 0; i < s->list.n; i++)
		if (s->list.at[i].bytes)
			vec_push(&e->files, file_of(&s->list.at[i]));
	return e;
}

struct edit *edit_open(const char *dir, struct findings *fs)
{
	struct sources s = { 0 };
	size_t before = fs->errors;
	source_read_dir(dir, &s, fs);
	struct edit *e = fs->errors == before ? edit_of(dir, &s) : NULL;
	source_free(&s);
	return e;
}

void edit_free(struct edit **pe)
{
	struct edit *e = *pe;
	if (!e)
		return;
	for (size_t i = 0; i < e->files.n; i++) {
		mem_free(e->files.at[i].name);
		mem_free(e->files.at[i].bytes);
		mem_free(e->files.at[i].was);
		mem_free(e->files.at[i].shadow);
	}
	vec_free(&e->files);
	mem_free(e->dir);
	mem_free(e);
	*pe = NULL;
}

bool edit_differs(const struct edit_file *f)
{
	return !f->was || f->n != f->was_n || memcmp(f->bytes, f->was, f->n) != 0;
}

bool edit_changed(const struct edit *e)
{
	for (size_t i = 0; i < e->files.n; i++)
		if (edit_differs(&e->files.at[i]))
			return true;
	return false;
}

void edit_sources(const struct edit *e, struct sources *out)
{
	for (size_t i = 0; i < e->files.n; i++)
		source_add(out, e->files.at[i].name, e->files.at[i].bytes, e->files.at[i].n);
}

/* Lines as the file ends its own. */
static void add_lines(struct text *t, const char *lines, const char *indent, const char *newline)
{
	while (*lines) {
		size_t n = strcspn(lines, "\n");
		if (n) {
			text_add(t, indent);
			text_add_n(t, lines, n);
		}
		text_add(t, newline);
		lines += n + (lines[n] == '\n');
	}
}

/* The blanks its keys stand behind; the result is to mem_free. */
static char *indent_of(const struct edit_file *f, const struct edit_statement *section)
{
	struct cursor c = edit_inside(f, section);
	struct edit_statement s;
	if (edit_next(&c, &s) == EDIT_MORE) {
		size_t start = edit_line_start(f, s.name.from);
		if (edit_blank(f, start, s.name.from))
			return mem_dup_n(f->bytes + start, s.name.from - start);
	}
	size_t start = edit_line_start(f, section->close), n = strspn(f->bytes + start, " \t");
	return mem_printf("%.*s\t", (int)n, f->bytes + start);
}

static size_t end_of_last(const struct edit_file *f, const struct edit_statement *section)
{
	struct cursor c = edit_inside(f, section);
	struct edit_statement s;
	size_t end = section->open + 1;
	while (edit_next(&c, &s) == EDIT_MORE)
		end = s.end;
	return end;
}

static bool brace_has_line(const struct edit_file *f, const struct edit_statement *section)
{
	size_t start = edit_line_start(f, section->close);
	return start > section->open && edit_blank(f, start, section->close);
}

static void add_key(struct edit_file *f, const struct edit_statement *section, const char *key, const char *value)
{
	struct text t = { 0 };
	if (brace_has_line(f, section)) {
		char *indent = indent_of(f, section);
		size_t at = edit_line_start(f, section->close);
		text_addf(&t, "%s%s = %s%s", indent, key, value, edit_newline(f));
		edit_splice(f, at, at, text_str(&t));
		mem_free(indent);
	} else {
		size_t at = end_of_last(f, section);
		text_addf(&t, "%s%s = %s", at == section->open + 1 ? " " : "   ", key, value);
		edit_splice(f, at, at, text_str(&t));
	}
	text_free(&t);
}

static bool can_write(const char *value, struct err *err)
{
	return edit_can_write(value) ||
	       err_set(err,
		       _("\"%s\" cannot stand in a schedule file — it holds a line break, a control character or "
			 "\"${\" — write it without"),
		       value);
}

static bool set(struct edit *e, struct edit_at at, const char *key, const char *literal, struct err *err)
{
	struct edit_statement section, setting;
	size_t file;
	if (!edit_find(e, at, &file, &section, err))
		return false;
	struct edit_file *f = &e->files.at[file];
	if (edit_find_key(f, &section, key, &setting))
		edit_splice(f, setting.open, setting.end, literal);
	else
		add_key(f, &section, key, literal);
	return true;
}

bool edit_set(struct edit *e, struct edit_at at, const char *key, const char *value, struct err *err)
{
	struct text t = { 0 };
	edit_literal(&t, value);
	bool ok = can_write(value, err) && set(e, at, key, text_str(&t), err);
	text_free(&t);
	return ok;
}

bool edit_set_list(
	struct edit *e, struct edit_at at, const char *key, const char *const values[], size_t n, struct err *err)
{
	struct text t = { 0 };
	bool ok = true;
	text_add(&t, "{ ");
	for (size_t i = 0; ok && i < n; i++) {
		text_add(&t, i ? ", " : "");
		edit_literal(&t, values[i]);
		ok = can_write(values[i], err);
	}
	text_add(&t, " }");
	ok = ok && set(e, at, key, text_str(&t), err);
	text_free(&t);
	return ok;
}

bool edit_unset(struct edit *e, struct edit_at at, const char *key, struct err *err)
{
	struct edit_statement section, setting;
	size_t file;
	if (!edit_find(e, at, &file, &section, err))
		return false;
	if (edit_find_key(&e->files.at[file], &section, key, &setting))
		edit_cut(&e->files.at[file], setting.name.from, setting.end);
	return true;
}

static struct edit_file *file_named(struct edit *e, const char *name)
{
	size_t i = 0;
	while (i < e->files.n && strcmp(e->files.at[i].name, name) < 0)
		i++;
	if (i < e->files.n && !strcmp(e->files.at[i].name, name))
		return &e->files.at[i];
	struct edit_file f = { .name = mem_dup(name), .bytes = mem_dup(""), .shadow = mem_dup("") };
	vec_push(&e->files, f);
	memmove(&e->files.at[i + 1], &e->files.at[i], (e->files.n - 1 - i) * sizeof f);
	e->files.at[i] = f;
	return &e->files.at[i];
}

bool edit_append(struct edit *e, const char *file, const char *lines, struct err *err)
{
	struct edit_file *f = file_named(e, file);
	if (!edit_in_form(f))
		return err_set(err,
			_("%s/%s cannot be changed: its form has a fault — nothing was changed — correct it first: "
			  "loaxa check %s"),
			e->dir, file, e->dir);
	const char *newline = edit_newline(f);
	struct text t = { 0 };
	if (f->n && edit_line_start(f, f->n) != f->n)
		text_add(&t, newline);
	if (f->n)
		text_add(&t, newline);
	add_lines(&t, lines, "", newline);
	edit_splice(f, f->n, f->n, text_str(&t));
	text_free(&t);
	return true;
}

bool edit_append_part(struct edit *e, struct edit_at at, const char *lines, struct err *err)
{
	struct edit_statement section;
	size_t file;
	if (!edit_find(e, at, &file, &section, err))
		return false;
	struct edit_file *f = &e->files.at[file];
	const char *newline = edit_newline(f);
	char *indent = indent_of(f, &section);
	bool own = brace_has_line(f, &section);
	size_t at_byte = own ? edit_line_start(f, section.close) : end_of_last(f, &section);
	struct text t = { 0 };
	if (!own)
		text_add(&t, newline);
	add_lines(&t, lines, indent, newline);
	edit_splice(f, at_byte, at_byte, text_str(&t));
	text_free(&t);
	mem_free(indent);
	return true;
}
