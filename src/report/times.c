#include "report/times.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

enum firing_state { FIRING_OPEN, FIRING_AIRED };

/* "22363/sang/20210714T053000+0700/3.bz-vi-sao/cum-1": the bytes up to and without the third slash, and the day. */
static size_t firing_bytes(const char *id, day_num *day)
{
	const char *rule = strchr(id, '/'), *at = rule ? strchr(rule + 1, '/') : NULL;
	struct civil c;
	if (!at || sscanf(at + 1, "%4d%2d%2dT", &c.year, &c.month, &c.day) != 3 || !civil_valid(c))
		return 0;
	*day = civil_to_day(c);
	return (size_t)(at + 1 - id) + strcspn(at + 1, "/");
}

static struct times_day *slot(struct times *t, const char *campaign, day_num day)
{
	for (size_t i = t->days.n; i > 0; i--)
		if (t->days.at[i - 1].day == day && !strcmp(t->days.at[i - 1].campaign, campaign))
			return &t->days.at[i - 1];
	vec_push(&t->days, (struct times_day){ campaign, day, 0, 0 });
	return &t->days.at[t->days.n - 1];
}

/* One item of a firing has that state; the firing has the best of its items. */
static void note(struct times *t, struct intern *seen, const struct report_row *r, enum firing_state state)
{
	day_num day;
	size_t n = firing_bytes(r->id, &day);
	if (!n)
		return;
	char *key = mem_printf("%.*s %s", (int)n, r->id, r->campaign);
	size_t *best = intern_number(seen, key);
	struct times_day *d = slot(t, r->campaign, day);
	if (*best == SIZE_MAX) {
		vec_push(&t->firings, (struct times_firing){ r->campaign, mem_dup_n(r->id, n) });
		d->open += state == FIRING_OPEN;
		d->aired += state == FIRING_AIRED;
		*best = state;
	} else if (*best == FIRING_OPEN && state == FIRING_AIRED) {
		d->open--;
		d->aired++;
		*best = state;
	}
	mem_free(key);
}

/* The item that row i begins, over its zones; at[0 .. n - 1] are the rows of its instant. */
static void note_item(struct times *t, struct intern *seen, const struct report_row *at, size_t n, size_t i)
{
	bool any = false, whole = true, open = false;
	for (size_t k = 0; k < i; k++)
		if (report_row_same_item(&at[i], &at[k]))
			return; /* looked at with its first row */
	for (size_t k = i; k < n; k++) {
		if (!report_row_same_item(&at[i], &at[k]))
			continue;
		any = any || at[k].state == STATE_AIRED;
		open = open || at[k].state == STATE_OPEN;
		whole = whole && (at[k].state == STATE_AIRED || at[k].state == STATE_OPEN ||
					 at[k].reason == REASON_ZONE_OFF);
	}
	if (whole && (any || open))
		note(t, seen, &at[i], open ? FIRING_OPEN : FIRING_AIRED);
}

void times_count(const struct report_row *rows, size_t n, struct times *t)
{
	struct intern *seen = intern_new();
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && rows[end].planned.us == rows[i].planned.us;)
			end++;
		for (size_t k = 0; k < end - i; k++)
			if (rows[i + k].campaign && report_row_countable(&rows[i + k]))
				note_item(t, seen, rows + i, end - i, k);
	}
	intern_free(&seen);
}

const struct times_day *times_find(const struct times *t, const char *campaign, day_num day)
{
	for (size_t i = 0; i < t->days.n; i++)
		if (t->days.at[i].day == day && !strcmp(t->days.at[i].campaign, campaign))
			return &t->days.at[i];
	return NULL;
}

bool times_counted(const struct times *t, const char *campaign, const char *id)
{
	day_num day;
	size_t n = firing_bytes(id, &day);
	for (size_t i = 0; i < t->firings.n; i++)
		if (!strcmp(t->firings.at[i].campaign, campaign) && strlen(t->firings.at[i].id) == n &&
			!strncmp(t->firings.at[i].id, id, n))
			return true;
	return false;
}

void times_free(struct times *t)
{
	for (size_t i = 0; i < t->firings.n; i++)
		mem_free(t->firings.at[i].id);
	vec_free(&t->firings);
	vec_free(&t->days);
}
