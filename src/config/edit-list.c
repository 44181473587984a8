/* One value into a list, or out of it.  A value that has its line for itself gets company on a line of its own, below
 * whatever comment stands behind it; values side by side get it at their side. */
#include "base/i18n.h"
#include "base/mem.h"
#include "config/edit-inside.h"

#include <string.h>

struct item {
	struct token value;
	size_t comma; /* of the comma behind it; 0 = none */
};

struct list {
	struct edit_file *f;
	struct edit_statement at;
	VEC(struct item) items;
};

/* play = "a" and play = { "a", "b", } alike; false when commas and values do not take turns. */
static bool read_items(struct list *l)
{
	struct cursor c = { .s = l->f->shadow, .at = l->at.open, .n = l->at.close, .line = 1 };
	if (l->at.list)
		c.at++;
	for (;;) {
		struct item item = { .value = token_next(&c) };
		if (item.value.kind == TOKEN_END)
			return true;
		struct token comma = token_next(&c);
		bool good = item.value.kind == TOKEN_WORD || item.value.kind == TOKEN_STRING;
		if (!good || (comma.kind != TOKEN_COMMA && comma.kind != TOKEN_END))
			return false;
		item.comma = comma.kind == TOKEN_COMMA ? comma.from : 0;
		vec_push(&l->items, item);
		if (comma.kind == TOKEN_END)
			return true;
	}
}

static bool find_list(const struct edit *e, struct edit_at at, const char *key, struct list *l, struct err *err)
{
	struct edit_statement section;
	size_t file;
	if (!edit_find(e, at, &file, &section, err))
		return false;
	l->f = &e->files.at[file];
	if (edit_find_key(l->f, &section, key, &l->at) && read_items(l))
		return true;
	return err_set(err, _("%s \"%s\" has no list \"%s\" that can be read — nothing was changed — see %s/%s"),
		at.section, at.name, key, e->dir, l->f->name);
}

static bool is_named(const struct list *l, size_t i, const char *wanted)
{
	char *text = token_text(l->f->shadow, l->items.at[i].value);
	size_t n = strcspn(text, "@");
	bool same = !strcmp(text, wanted) || (strlen(wanted) == n && !strncmp(text, wanted, n));
	mem_free(text);
	return same;
}

/* -1: there is none. */
static long find_value(const struct list *l, const char *value, int which)
{
	for (size_t i = 0; i < l->items.n; i++)
		if (is_named(l, i, value) && !--which)
			return (long)i;
	return -1;
}

size_t edit_list_count(const struct edit *e, struct edit_at at, const char *key, const char *value)
{
	struct list l = { 0 };
	struct err err;
	size_t n = 0;
	if (find_list(e, at, key, &l, &err))
		for (size_t i = 0; i < l.items.n; i++)
			n += is_named(&l, i, value);
	vec_free(&l.items);
	return n;
}

/* Behind it stands nothing but its comma and a comment that ends with the line. */
static bool ends_line(const struct list *l, const struct item *item)
{
	const struct edit_file *f = l->f;
	size_t behind = item->comma ? item->comma + 1 : item->value.to, end = edit_line_end(f, behind);
	if (behind > edit_line_end(f, item->value.to) || end == f->n)
		return false;
	while (behind < end && strchr(" \t\r", f->bytes[behind]))
		behind++;
	return behind == end || f->bytes[behind] == '#' ||
	       (!strncmp(f->bytes + behind, "//", 2) && f->shadow[behind] == ' ');
}

static bool begins_line(const struct list *l, const struct item *item)
{
	return edit_blank(l->f, edit_line_start(l->f, item->value.from), item->value.from);
}

static char *indent_of(const struct list *l, const struct item *item)
{
	size_t start = edit_line_start(l->f, item->value.from);
	return mem_dup_n(l->f->bytes + start, item->value.from - start);
}

static void add_below(struct list *l, const struct item *item, const char *literal)
{
	struct edit_file *f = l->f;
	char *indent = indent_of(l, item);
	char *line = mem_printf("%s%s,%s", indent, literal, edit_newline(f));
	size_t at = edit_line_end(f, item->value.to) + 1;
	edit_splice(f, at, at, line);
	if (!item->comma)
		edit_splice(f, item->value.to, item->value.to, ",");
	mem_free(line);
	mem_free(indent);
}

static void add_after(struct list *l, size_t i, const char *literal)
{
	const struct item *item = &l->items.at[i];
	if (begins_line(l, item) && ends_line(l, item)) {
		add_below(l, item, literal);
		return;
	}
	char *more = mem_printf(", %s", literal);
	edit_splice(l->f, item->value.to, item->value.to, more);
	mem_free(more);
}

static void add_first(struct list *l, const char *literal)
{
	const struct item *first = l->items.n ? &l->items.at[0] : NULL;
	struct edit_file *f = l->f;
	struct text t = { 0 };
	size_t at = first ? first->value.from : l->at.open + 1;
	if (first && begins_line(l, first) && ends_line(l, first)) {
		char *indent = indent_of(l, first);
		at = edit_line_start(f, at);
		text_addf(&t, "%s%s,%s", indent, literal, edit_newline(f));
		mem_free(indent);
	} else {
		text_addf(&t, first ? "%s, " : " %s ", literal);
	}
	edit_splice(f, at, at, text_str(&t));
	text_free(&t);
}

/* play = "a" becomes play = { "a" }: its places move on by two. */
static void put_braces(struct list *l)
{
	if (l->at.list)
		return;
	edit_splice(l->f, l->at.close, l->at.close, " }");
	edit_splice(l->f, l->at.open, l->at.open, "{ ");
	l->at.list = true;
	l->items.at[0].value.from += 2;
	l->items.at[0].value.to += 2;
}

static bool not_there(const struct edit *e, struct edit_at at, const char *key, const char *value, const struct list *l,
	struct err *err)
{
	return err_set(err, _("\"%s\" is not in the list \"%s\" of %s \"%s\" — nothing was changed — see %s/%s"), value,
		key, at.section, at.name, e->dir, l->f->name);
}

bool edit_list_add(struct edit *e, struct edit_at at, const char *key, const char *value, const char *after, int which,
	struct err *err)
{
	struct list l = { 0 };
	struct text t = { 0 };
	edit_literal(&t, value);
	bool ok = find_list(e, at, key, &l, err);
	if (ok && !edit_can_write(value))
		ok = err_set(err,
			_("\"%s\" cannot stand in a schedule file — it holds a line break, a control character or "
			  "\"${\" — write it without"),
			value);
	long i = ok && after ? find_value(&l, after, which) : -1;
	if (ok && after && i < 0)
		ok = not_there(e, at, key, after, &l, err);
	if (ok) {
		put_braces(&l);
		if (after)
			add_after(&l, (size_t)i, text_str(&t));
		else
			add_first(&l, text_str(&t));
	}
	vec_free(&l.items);
	text_free(&t);
	return ok;
}

/* The comma goes first: what stands between the two, a comment or a line's end, stays. */
static void take_out(struct list *l, size_t i)
{
	struct edit_file *f = l->f;
	const struct item *item = &l->items.at[i], *before = i ? item - 1 : NULL;
	size_t from = item->value.from, to = item->value.to;
	if (item->comma && edit_blank(f, to, item->comma) && item->comma < edit_line_end(f, to)) {
		to = item->comma + 1;
	} else if (item->comma) {
		edit_cut(f, item->comma, item->comma + 1);
	} else if (before && edit_blank(f, before->comma + 1, from) && edit_line_end(f, before->comma) > from) {
		from = before->comma;
	}
	edit_cut(f, from, to);
}

bool edit_list_remove(struct edit *e, struct edit_at at, const char *key, const char *value, int which, struct err *err)
{
	struct list l = { 0 };
	bool ok = find_list(e, at, key, &l, err);
	long i = ok ? find_value(&l, value, which) : -1;
	if (ok && i < 0)
		ok = not_there(e, at, key, value, &l, err);
	if (ok && !l.at.list)
		ok = err_set(err,
			_("\"%s\" is all that \"%s\" of %s \"%s\" holds — nothing was changed — take the section "
			  "out instead"),
			value, key, at.section, at.name);
	if (ok)
		take_out(&l, (size_t)i);
	vec_free(&l.items);
	return ok;
}
