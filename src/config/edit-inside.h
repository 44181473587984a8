/* Inside of config/edit: the files being changed, and where in their bytes things stand. */
#ifndef LOAXA_CONFIG_EDIT_INSIDE_H
#define LOAXA_CONFIG_EDIT_INSIDE_H

#include "config/edit.h"
#include "config/token.h"

struct edit_file {
	char *name;
	char *bytes; /* as it will be; terminated */
	size_t n;
	char *was; /* as it was read; NULL = new */
	size_t was_n;
	char *shadow; /* as long as bytes, comments blanked: what is read when looking for something; NULL = its form
	                 cannot be read */
};

struct edit {
	char *dir;
	VEC(struct edit_file) files; /* by name */
};

/* One statement of a section, or of the top of a file. */
struct edit_statement {
	struct token name, title; /* title.kind = TOKEN_END where there is none */
	bool section, list;
	size_t open, close; /* the braces of a section or a list; else the first byte of the value and the one behind */
	size_t end;         /* behind all of it */
};

enum edit_step { EDIT_MORE, EDIT_END, EDIT_BROKEN };
enum edit_step edit_next(struct cursor *, struct edit_statement *);
/* The statements between the braces of a section, or of the whole file with section = NULL. */
struct cursor edit_inside(const struct edit_file *, const struct edit_statement *section);

/* Sections, sections in them, settings, nothing else and nothing open. */
bool edit_in_form(const struct edit_file *);

/* Finds the section; false: err says why. */
bool edit_find(const struct edit *, struct edit_at, size_t *file, struct edit_statement *, struct err *);
/* The section's setting of that key. */
bool edit_find_key(
	const struct edit_file *, const struct edit_statement *section, const char *key, struct edit_statement *);

bool edit_differs(const struct edit_file *); /* from what was read */
void edit_shadow(struct edit_file *);        /* after its bytes were changed */
/* Puts text where from..to was, and blanks where two words would else become one. */
void edit_splice(struct edit_file *, size_t from, size_t to, const char *text);
/* Takes from..to out, and the line when nothing else is on it. */
void edit_cut(struct edit_file *, size_t from, size_t to);

/* Layout, in bytes. */
size_t edit_line_start(const struct edit_file *, size_t at);
size_t edit_line_end(const struct edit_file *, size_t at); /* of its newline, or the end of the file */
bool edit_blank(const struct edit_file *, size_t from, size_t to);
const char *edit_newline(const struct edit_file *);

#endif
