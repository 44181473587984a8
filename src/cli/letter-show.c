/* What a letter sounds like, before anybody says yes to it. */
#include "base/i18n.h"
#include "cli/difference-print.h"
#include "cli/letter.h"
#include "cli/letters.h"
#include "cli/plan-plain.h"
#include "cli/plan-sheet.h"
#include "cli/screen.h"
#include "schedule/plan.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* ── The sum ── */

struct sum {
	wall_us first;
	int64_t total;
	int days, least, most; /* days with an airing; times on such a day */
};

static int by_firing(const void *pa, const void *pb)
{
	const struct planned *a = *(const struct planned *const *)pa, *b = *(const struct planned *const *)pb;
	if (a->firing.us != b->firing.us)
		return a->firing.us < b->firing.us ? -1 : 1;
	return (a->rule > b->rule) - (a->rule < b->rule);
}

/* Firings in which it, or what belongs to its campaign, airs from now on. */
static int times_on(const struct station *st, const struct plan *plan, int campaign, wall_us now)
{
	VEC(const struct planned *) own = { 0 };
	int times = 0;
	for (size_t i = 0; i < plan->items.n; i++) {
		const struct planned *p = &plan->items.at[i];
		const struct bulletin *b = &st->bulletins.at[p->bulletin];
		bool counts = b->class == CLASS_ANNOUNCEMENT || b->class == CLASS_NEWS || b->class == CLASS_RELAY;
		if (b->campaign == campaign && counts && p->at.us > now.us)
			vec_push(&own, p);
	}
	if (own.n)
		qsort(own.at, own.n, sizeof *own.at, by_firing);
	for (size_t i = 0; i < own.n; i++)
		times += i == 0 || by_firing(&own.at[i - 1], &own.at[i]) != 0;
	vec_free(&own);
	return times;
}

static void find_first(const struct letter *l, const struct plan *plan, struct sum *s)
{
	int bulletin = station_bulletin(l->draft->is, l->bulletin_name);
	for (size_t i = 0; i < plan->items.n; i++) {
		const struct planned *p = &plan->items.at[i];
		if (p->bulletin == bulletin && p->at.us > l->now.us && p->at.us < s->first.us)
			s->first = p->at;
	}
}

static struct sum sum_up(const struct letter *l)
{
	const struct station *st = l->draft->is;
	struct sum s = { .first = { US_NEVER } };
	int campaign = -1;
	for (size_t i = 0; i < st->campaigns.n; i++)
		if (!strcmp(st->campaigns.at[i].name, l->campaign_name))
			campaign = (int)i;
	for (day_num day = l->days.from > l->today ? l->days.from : l->today; day <= l->days.until; day++) {
		struct plan plan = { 0 };
		plan_day(st, day, &plan);
		int times = times_on(st, &plan, campaign, l->now);
		find_first(l, &plan, &s);
		plan_free(&plan);
		if (!times)
			continue;
		s.least = s.days && s.least < times ? s.least : times;
		s.most = s.most > times ? s.most : times;
		s.total += times;
		s.days++;
	}
	return s;
}

void letter_summary(const struct letter *l, struct text *out)
{
	struct sum s = sum_up(l);
	char time[VALUE_BYTES], date[VALUE_BYTES], last[VALUE_BYTES];
	if (s.first.us == US_NEVER) {
		text_add(out, _("It is never aired: no place was found for it"));
		return;
	}
	struct local first = tz_local(l->draft->is->tz, s.first);
	value_print_time(first.ms / 1000 * 1000, time);
	value_print_date(first.day, date);
	value_print_date(l->days.until, last);
	text_addf(out, _("First airing %s on %s; "), time, date);
	if (s.least == s.most)
		text_addf(out, _("%d times × %d days = %d times; "), s.least, s.days, (int)s.total);
	else
		text_addf(out, _("%d to %d times a day, %d days = %d times; "), s.least, s.most, s.days, (int)s.total);
	text_addf(out, _("last day %s"), last);
}

/* ── Before the yes ── */

static void show_sum(const struct letter *l)
{
	struct text t = { 0 };
	letter_summary(l, &t);
	printf("\n%s.\n", text_str(&t));
	int joined = letter_campaign(l);
	const struct campaign *c = joined < 0 ? NULL : &l->draft->was->campaigns.at[joined];
	if (c && l->times_min > c->times_min && !letter_raises(l))
		printf(_("Campaign \"%s\" goes on requiring %d times a day: it has begun, and the days that are over "
			 "count by "
			 "that.\n"),
			c->name, c->times_min > 0 ? c->times_min : 0);
	if (l->by)
		printf(_("Approved by %s%s%s.\n"), l->by, l->via ? ", " : "", l->via ? l->via : "");
	text_free(&t);
}

static void put(void *self, const char *text)
{
	fputs(text, self);
}

void letter_show(const struct letter *l, const struct station *running)
{
	const struct station *is = l->draft->is;
	struct plan_sheet_how how = { .columns = screen_columns(STDOUT_FILENO),
		.emphasis = letters_colour(STDOUT_FILENO) };
	struct difference d;
	struct text t = { 0 };
	day_num day = l->days.from > l->today ? l->days.from : l->today + 1;
	puts("");
	if (letters_plain())
		plan_plain_print(is, day, 1, put, stdout);
	else
		plan_sheet_print(is, day, 1, &how, put, stdout);
	difference_find(running ? running : l->draft->was, is, l->now, DIFFERENCE_WEEK, &d);
	difference_print(&d, &t);
	puts("");
	fputs(text_str(&t), stdout);
	if (running && strcmp(running->digest, l->draft->was->digest) != 0)
		puts(_("The files held other changes before, not applied yet: the yes applies them too."));
	difference_free(&d);
	text_free(&t);
	show_sum(l);
}
