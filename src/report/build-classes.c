/* By class, level and language. */
#include "report/build-inside.h"

#include <stdlib.h>
#include <string.h>

static const char *language_of(const struct build *b, const struct report_row *r)
{
	const struct station *s = report_build_station_at(b, r->planned);
	int i = station_bulletin(s, r->bulletin);
	return i < 0 ? s->language : s->bulletins.at[i].language;
}

static size_t slot(struct build *b, const struct report_class *want)
{
	for (size_t i = 0; i < b->out->classes.n; i++) {
		const struct report_class *c = &b->out->classes.at[i];
		if (c->class == want->class && c->level == want->level && !strcmp(c->language, want->language))
			return i;
	}
	struct report_class c = *want;
	c.language = mem_dup(want->language);
	vec_push(&b->out->classes, c);
	return b->out->classes.n - 1;
}

static int by_class(const void *va, const void *vb)
{
	const struct report_class *a = va, *b = vb;
	if (a->class != b->class)
		return (int)a->class - (int)b->class;
	return a->level != b->level ? (int)b->level - (int)a->level : strcmp(a->language, b->language);
}

void report_build_classes(struct build *b)
{
	size_t *slots = mem_new_n(size_t, b->rows.n + 1);
	for (size_t i = 0; i < b->rows.n; i++) {
		const struct report_row *r = &b->rows.at[i];
		struct report_class c = { .class = report_row_class(r), .level = report_row_level(r), .language = (char *)language_of(b, r) };
		slots[i] = slot(b, &c);
	}
	for (size_t k = 0; k < b->out->classes.n; k++) {
		VEC(struct report_row) rows = { 0 };
		for (size_t i = 0; i < b->rows.n; i++)
			if (slots[i] == k)
				vec_push(&rows, b->rows.at[i]);
		b->out->classes.at[k].sums = tally_of(rows.at, rows.n);
		vec_free(&rows);
	}
	if (b->out->classes.n)
		qsort(b->out->classes.at, b->out->classes.n, sizeof *b->out->classes.at, by_class);
	mem_free(slots);
}
