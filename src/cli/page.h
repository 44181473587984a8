/* Rows for a screen, each with its style, and what has to be sent so that the screen shows them: of a row that changed
 * only the part that did.  Pure. */
#ifndef LOAXA_CLI_PAGE_H
#define LOAXA_CLI_PAGE_H

#include "base/text.h"
#include "base/vec.h"

/* Never alone: signs and words say the same. */
enum page_style { PAGE_PLAIN, PAGE_TITLE, PAGE_ALARM, PAGE_WARN, PAGE_QUIET };

struct page_row {
	enum page_style style;
	char *text;
};

struct page {
	VEC(struct page_row) rows;
};

void page_add(struct page *, int columns, enum page_style, const char *text); /* cut to the columns */
void page_add_sentence(struct page *, int columns, enum page_style, const char *first, const char *text); /* broken */
void page_free(struct page *); /* empties it */
bool page_equal(const struct page *, const struct page *);

/* Appends what turns a screen that shows `before` (NULL: nobody knows what) into one that shows `after`, at most `rows`
 * rows of it.  Rows and columns are those of the screen for both. */
void page_repaint(const struct page *before, const struct page *after, int rows, bool colour, struct text *out);

#endif
