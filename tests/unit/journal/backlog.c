#include "base/mem.h"
#include "journal/backlog.h"
#include "../unit.h"

#include <string.h>

static void add(struct backlog *b, uint64_t ticket, const char *kind)
{
	char copy[16];
	strcpy(copy, kind);
	backlog_add(b, ticket, &(struct chain_row){ .kind = copy, .body = "{}" });
	memset(copy, '?', sizeof copy - 1); /* the backlog must have its own */
}

/* Tickets in order, "p" behind those of progress rows. */
static char *list(const struct backlog *b)
{
	struct text t = { 0 };
	for (const struct waiting *w = b->first; w; w = w->next)
		text_addf(&t, "%d%s ", (int)w->ticket, strcmp(w->row.kind, "progress") ? "" : "p");
	return text_take(&t);
}

#define assert_list(b, want)                                                                                 \
	do {                                                                                                 \
		char *got_ = list(b);                                                                        \
		ck_assert_str_eq(got_, want);                                                                \
		mem_free(got_);                                                                              \
	} while (0)

START_TEST(takes_and_puts_back_in_order)
{
	struct backlog b;
	backlog_init(&b, 100);
	for (int i = 1; i <= 5; i++)
		add(&b, (uint64_t)i, "intent");
	struct waiting *taken = backlog_take(&b, 3);
	assert_list(&b, "4 5 ");
	ck_assert_uint_eq(b.n, 2);
	add(&b, 6, "intent");
	backlog_back(&b, taken);
	assert_list(&b, "1 2 3 4 5 6 ");
	taken = backlog_take(&b, 100);
	ck_assert_uint_eq(b.n, 0);
	ck_assert_ptr_null(b.first);
	add(&b, 7, "intent");
	backlog_back(&b, taken);
	add(&b, 8, "intent");
	assert_list(&b, "1 2 3 4 5 6 7 8 ");
	ck_assert_uint_eq(b.n, 8);
	backlog_back(&b, backlog_take(&b, 8));
	add(&b, 9, "intent");
	assert_list(&b, "1 2 3 4 5 6 7 8 9 ");
	backlog_free(&b);
	ck_assert_ptr_null(backlog_take(&b, 1));
}
END_TEST

START_TEST(progress_is_given_up_first)
{
	struct backlog b;
	backlog_init(&b, 8); /* gives up two at a time */
	for (int i = 1; i <= 8; i++)
		add(&b, (uint64_t)i, i % 4 ? "intent" : "progress");
	assert_list(&b, "1 2 3 4p 5 6 7 8p ");
	add(&b, 9, "progress");
	assert_list(&b, "1 2 3 5 6 7 9p ");
	ck_assert_uint_eq(b.dropped, 2);
	add(&b, 10, "verdict");
	add(&b, 11, "verdict"); /* one progress row is left, so one is what it takes */
	assert_list(&b, "1 2 3 5 6 7 10 11 ");
	add(&b, 12, "verdict"); /* none: the oldest */
	assert_list(&b, "3 5 6 7 10 11 12 ");
	ck_assert_uint_eq(b.dropped, 5);
	ck_assert_uint_eq(b.n, 7);
	backlog_free(&b);
}
END_TEST

START_TEST(a_last_row_given_up_leaves_a_good_end)
{
	struct backlog b;
	backlog_init(&b, 3);
	add(&b, 1, "intent");
	add(&b, 2, "intent");
	add(&b, 3, "progress");
	add(&b, 4, "intent");
	assert_list(&b, "1 2 4 ");
	backlog_free(&b);
}
END_TEST

UNIT_MAIN("journal/backlog", takes_and_puts_back_in_order, progress_is_given_up_first,
		a_last_row_given_up_leaves_a_good_end)
