#include "report/tally.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdlib.h>
#include <string.h>

struct tally_run {
	struct tally sums;
	struct intern *sessions, *bulletins; /* sets of names, each counted once */
};

static void count_once(struct intern *set, const char *name, size_t *count)
{
	size_t *seen = intern_number(set, name);
	*count += *seen == SIZE_MAX;
	*seen = 1;
}

/* A firing is what its airings' ids have in common: station/rule/instant. */
static void count_session(struct tally_run *run, const struct report_row *r)
{
	if (strncmp(r->from, "session:", 8) != 0)
		return;
	const char *end = r->id;
	for (int slashes = 0; *end && slashes < 3; end++)
		slashes += *end == '/';
	char *firing = mem_dup_n(r->id, (size_t)(end - r->id));
	count_once(run->sessions, firing, &run->sums.sessions);
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
static void count_broadcast(struct tally_run *run, const struct report_row *at, size_t n, size_t i)
{
	struct tally *t = &run->sums;
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
	count_once(run->bulletins, at[i].bulletin, &t->bulletins);
	for (size_t k = i; k < n; k++)
		if (same_broadcast(&at[i], &at[k]) && at[k].state == STATE_AIRED)
			count_session(run, &at[k]);
}

struct tally_run *tally_new(void)
{
	struct tally_run *run = mem_new(struct tally_run);
	run->sessions = intern_new();
	run->bulletins = intern_new();
	return run;
}

void tally_add(struct tally_run *run, const struct report_row *rows, size_t n)
{
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && rows[end].planned.us == rows[i].planned.us; end++)
			count_airing(&run->sums, &rows[end]);
		for (size_t k = 0; k < end - i; k++)
			if (report_row_countable(&rows[i + k]))
				count_broadcast(run, rows + i, end - i, k);
	}
}

struct tally tally_end(struct tally_run **prun)
{
	struct tally_run *run = *prun;
	struct tally sums = run->sums;
	intern_free(&run->sessions);
	intern_free(&run->bulletins);
	mem_free(run);
	*prun = NULL;
	return sums;
}

struct tally tally_of(const struct report_row *rows, size_t n)
{
	struct tally_run *run = tally_new();
	tally_add(run, rows, n);
	return tally_end(&run);
}
