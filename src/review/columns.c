/* Which letters are asked about.  Stations type numbers with blanks, some leave out the date: what can be the same letter is
 * one column. */
#include "base/mem.h"
#include "base/text.h"
#include "report/number.h"
#include "review/answer.h"
#include "review/take.h"

#include <string.h>

static bool same_letter(const struct review_column *c, const char *number, const char *issuer, day_num issued)
{
	char *a = review_fold(*c->number ? c->number : c->issuer), *b = review_fold(*number ? number : issuer);
	bool same = !strcmp(a, b) && (c->issued == issued || c->issued == DAY_NONE || issued == DAY_NONE);
	mem_free(a);
	mem_free(b);
	return same;
}

static struct review_column *column_of(struct review_answer *a, const char *number, const char *issuer, day_num issued)
{
	for (size_t i = 0; i < a->columns.n; i++)
		if (same_letter(&a->columns.at[i], number, issuer, issued))
			return &a->columns.at[i];
	vec_push(&a->columns, (struct review_column){ .number = mem_dup(number),
				      .issuer = mem_dup(issuer),
				      .subject = mem_dup(""),
				      .issued = issued,
				      .asked = -1 });
	return &a->columns.at[a->columns.n - 1];
}

static void own_columns(const struct review_question *q, struct review_answer *a)
{
	for (size_t i = 0; i < q->receiver->directives.n; i++) {
		const struct receiver_directive *d = &q->receiver->directives.at[i];
		if (d->days.from > q->days.until || d->days.until < q->days.from)
			continue;
		if (!q->directive || number_means(q->directive, d->number))
			column_of(a, d->number, d->issuer, d->issued)->asked = (int)i;
	}
}

void review_columns(struct review_store *s, const struct review_question *q, struct review_answer *a)
{
	own_columns(q, a);
	/* those with a date first, so that those without find them */
	struct review_query *all = review_query(s, "SELECT id, number, issuer, subject, issued FROM directive d WHERE "
						   "EXISTS(SELECT 1 FROM done WHERE directive = d.id"
						   " AND day BETWEEN ? AND ?) ORDER BY issued DESC, number, id");
	review_put(all, 1, q->days.from);
	review_put(all, 2, q->days.until);
	while (review_row(all)) {
		const char *number = review_get_text(all, 1);
		if (q->directive && !number_means(q->directive, number))
			continue;
		struct review_column *c = column_of(a, number, review_get_text(all, 2), (day_num)review_get(all, 4));
		if (!*c->subject)
			mem_renew(&c->subject, review_get_text(all, 3));
		if (!*c->issuer)
			mem_renew(&c->issuer, review_get_text(all, 2));
		if (c->issued == DAY_NONE)
			c->issued = (day_num)review_get(all, 4);
		vec_push(&c->ids, review_get(all, 0));
	}
}
