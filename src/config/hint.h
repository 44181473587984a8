/* The nearest known word to a misspelt one.  Pure. */
#ifndef LOAXA_CONFIG_HINT_H
#define LOAXA_CONFIG_HINT_H

struct hint {
	const char *wrong, *best; /* best: NULL when nothing is near enough */
	int distance;
};

struct hint hint_new(const char *wrong);
void hint_offer(struct hint *, const char *candidate); /* the first of equals stays */

#endif
