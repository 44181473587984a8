/* Inside of config/scan: what its two files share.  scan.c knows sections, scan-setting.c a key and its
 * values. */
#ifndef LOAXA_CONFIG_SCAN_INSIDE_H
#define LOAXA_CONFIG_SCAN_INSIDE_H

#include "config/block.h"
#include "config/token.h"

struct scan {
	char *text;
	struct cursor in;
	const char *file;
	int top; /* KEYS_SCHEDULE or KEYS_RECEIVER */
	struct findings *fs;
	bool quiet;     /* inside a section whose end is missing: that is its one syntax error */
	size_t cut;     /* where the first syntax error's statement begins; SIZE_MAX = none */
	int open_parts; /* blocks inside the section that are open there */
	int owed;       /* closing braces that will turn up without an open one */
};

struct place scan_place(const struct scan *, int line);
bool scan_is_value(struct token); /* a word or a text */
/* Takes out what was reported, keeping the lines. */
void scan_blank(struct scan *, size_t from, size_t to);
/* The token where it cannot stand; `after` = what stands before it.  Always false. */
bool scan_unexpected(struct scan *, struct token, const char *after);
/* The values of a key; the cursor stands behind its "=".  False = the first syntax error of the section. */
bool scan_setting(struct scan *, struct block *, struct token name);

#endif
