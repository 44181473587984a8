#include "report/tally.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

/* Sets of names, each counted once at the end. */
struct sets {
	struct intern *sessions, *bulletins;
};

static void count_once(struct intern *set, const char *name, size_t *count)
{
	size_t *seen = intern_number(set, name);
	*count += *seen == SIZE_MAX;
	*seen = 1;
}

/* A firing is what its airings' ids have in common: station/rule/instant. */
static void count_session(struct sets *s, struct tally *t, const struct report_row *r)
{
	if (strncmp(r->from, "session:", 8) != 0)
		return;
	const char *end = r->id;
	for (int slashes = 0; *end && slashes < 3; end++)
		slashes += *end == '/';
	char *firing = mem_dup_n(r->id, (size_t)(end - r->id));
	count_once(s->sessions, firing, &t->sessions);
	mem_free(firing);
}

static void count_airing(struct tally *t, const struct report_row *r)
{
	if (r->test) {
		t->tests++;
		return;
	}
	t->planned++;
	t->open += r->state == STATE_OPEN;
	if (r->state == STATE_OPEN)
		return;
	t->by_state[r->state]++;
	if (r->reason != REASON_NONE)
		t->by_reason[r->reason]++;
	t->zone_broadcasts += r->state == STATE_AIRED && report_row_countable(r);
}

static bool same_broadcast(const struct report_row *a, const struct report_row *b)
{
	return report_row_countable(b) && !strcmp(a->bulletin, b->bulletin);
}

/* The broadcast that row i begins; the rows of its instant are at[0 .. n - 1]. */
static void count_broadcast(struct sets *s, struct tally *t, const struct report_row *at, size_t n, size_t i)
{
	bool any = false, whole = true;
	int64_t longest = 0;
	for (size_t k = 0; k < i; k++)
		if (same_broadcast(&at[i], &at[k]))
			return; /* counted with its first row */
	for (size_t k = i; k < n; k++) {
		if (!same_broadcast(&at[i], &at[k]))
			continue;
		any = any || at[k].state == STATE_AIRED;
		whole = whole && (at[k].state == STATE_AIRED || at[k].reason == REASON_ZONE_OFF);
		longest = at[k].heard_ms > longest ? at[k].heard_ms : longest;
	}
	t->broadcasts_planned++;
	t->heard_ms += longest;
	if (!any || !whole)
		return;
	t->broadcasts++;
	count_once(s->bulletins, at[i].bulletin, &t->bulletins);
	for (size_t k = i; k < n; k++)
		if (same_broadcast(&at[i], &at[k]) && at[k].state == STATE_AIRED)
			count_session(s, t, &at[k]);
}

struct tally tally_of(const struct report_row *rows, size_t n)
{
	struct tally t = { 0 };
	struct sets s = { .sessions = intern_new(), .bulletins = intern_new() };
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && rows[end].planned.us == rows[i].planned.us; end++)
			count_airing(&t, &rows[end]);
		for (size_t k = 0; k < end - i; k++)
			if (report_row_countable(&rows[i + k]))
				count_broadcast(&s, &t, rows + i, end - i, k);
	}
	intern_free(&s.sessions);
	intern_free(&s.bulletins);
	return t;
}
