/* Changes to schedule files as a careful hand would make them: only the bytes that must change do; comments, order,
 * layout, line ends stay.  All of it happens in memory until edit_write(), which puts the whole set of files in place
 * or none of it.  Knows the form of the files only: whether what comes out is a good schedule, config_build() says.
 *
 * A file whose form cannot be read is never touched: every call then fails with the place.  A failed call has changed
 * nothing.  One thread. */
#ifndef LOAXA_CONFIG_EDIT_H
#define LOAXA_CONFIG_EDIT_H

#include "base/err.h"
#include "base/text.h"
#include "config/source.h"

struct edit;
struct edit *edit_open(const char *dir, struct findings *);    /* NULL when DIR cannot be read whole */
struct edit *edit_of(const char *dir, const struct sources *); /* the same from memory; takes copies */
void edit_free(struct edit **);

/* { "session", "sang" }, or a section inside one: { "campaign", "bluezone", "directive", "so-tttt" };
 * name and part_name are NULL where the section takes none. */
struct edit_at {
	const char *section, *name, *part, *part_name;
};

bool edit_has(const struct edit *, struct edit_at);
const char *edit_file(const struct edit *, struct edit_at); /* where it stands, without the directory; NULL */
/* The file that holds most sections of that kind: where people will look for the next one.  NULL: there is none. */
const char *edit_home(const struct edit *, const char *section);

/* key = "value"; values of digits only, yes and no go without quotes.  What stood there goes, comments in it too. */
bool edit_set(struct edit *, struct edit_at, const char *key, const char *value, struct err *);
bool edit_set_list(struct edit *, struct edit_at, const char *key, const char *const values[], size_t, struct err *);
bool edit_unset(struct edit *, struct edit_at, const char *key, struct err *); /* true also where it was not written */

/* Lists ("play").  A name without "@" also means the value with its time behind it: "tiep-am-vov@6h00". */
size_t edit_list_count(const struct edit *, struct edit_at, const char *key, const char *value);
/* after: the value it follows, or NULL for the front; which: 1 = the first value so named, 2 … */
bool edit_list_add(
	struct edit *, struct edit_at, const char *key, const char *value, const char *after, int which, struct err *);
bool edit_list_remove(struct edit *, struct edit_at, const char *key, const char *value, int which, struct err *);

/* Lines of a new section, with \n, after a blank line at the end of the file; a file that is not there is made. */
bool edit_append(struct edit *, const char *file, const char *lines, struct err *);
/* The same before the closing brace of a section, indented as its keys are. */
bool edit_append_part(struct edit *, struct edit_at, const char *lines, struct err *);
/* Appends  key = "value"  to lines being made for those; NULL appends nothing. */
void edit_put(struct text *lines, const char *key, const char *value);
void edit_literal(struct text *lines, const char *value); /* the value alone, in quotes where it needs them */
/* Can it stand in a schedule file at all: UTF-8 without line breaks, control characters and "${"? */
bool edit_can_write(const char *value);

bool edit_changed(const struct edit *);
/* The files as they would be, for config_build(); source_free() them. */
void edit_sources(const struct edit *, struct sources *);
/* Puts what changed into DIR: each file written beside its place, synced, then all renamed in name order.  When one
 * cannot be, or somebody changed a file meanwhile, all old ones are as they were. */
bool edit_write(struct edit *, struct err *);

#endif
