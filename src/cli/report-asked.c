#include "cli/report-asked.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "report/number.h"
#include "report/words.h"

#include <string.h>

static bool same(const char *a, const char *b)
{
	char *x = text_fold(a, false), *y = text_fold(b ? b : "", false);
	bool yes = x && y && !strcmp(x, y);
	mem_free(x);
	mem_free(y);
	return yes;
}

static void offer(struct text *names, const char *name)
{
	text_addf(names, "%s%s", names->n ? ", " : "", name);
}

/* ── Zone, campaign: of any schedule, the latest first ─────────────────────────────────────────────────────── */

static bool take_zone(struct report_asked *a, const struct schedules *all, struct err *err)
{
	struct text names = { 0 };
	const char *found = NULL;
	for (size_t i = all->list.n; a->zone && i-- > 0 && !found;) {
		const struct station *s = all->list.at[i].station;
		for (size_t k = 0; k < s->zones.n && !found; k++)
			if (same(a->zone, s->zones.at[k].name) || same(a->zone, s->zones.at[k].title))
				found = s->zones.at[k].name;
	}
	const struct station *last = all->list.at[all->list.n - 1].station;
	for (size_t k = 0; k < last->zones.n; k++)
		offer(&names, last->zones.at[k].name);
	if (a->zone && !found)
		err_set(err, _("there is no zone \"%s\" — the station has: %s"), a->zone, text_str(&names));
	bool ok = !a->zone || found;
	a->zone = found;
	text_free(&names);
	return ok;
}

static bool take_campaign(struct report_asked *a, const struct schedules *all, struct err *err)
{
	struct text names = { 0 };
	const char *found = NULL;
	for (size_t i = all->list.n; a->campaign && i-- > 0 && !found;) {
		const struct station *s = all->list.at[i].station;
		for (size_t k = 0; k < s->campaigns.n && !found; k++)
			if (same(a->campaign, s->campaigns.at[k].name) || same(a->campaign, s->campaigns.at[k].title))
				found = s->campaigns.at[k].name;
	}
	const struct station *last = all->list.at[all->list.n - 1].station;
	for (size_t k = 0; k < last->campaigns.n; k++)
		offer(&names, last->campaigns.at[k].name);
	if (a->campaign && !found)
		err_set(err, _("there is no campaign \"%s\" — the schedule has: %s"), a->campaign,
			names.n ? names.at : _("none"));
	bool ok = !a->campaign || found;
	a->campaign = found;
	text_free(&names);
	return ok;
}

/* ── Directives ────────────────────────────────────────────────────────────────────────────────────────────── */

static bool is_it(const char *typed, const struct directive *d)
{
	return number_means(typed, d->number) || !strcmp(typed, d->name);
}

static bool check_directive(const struct report_asked *a, const struct schedules *all, struct err *err)
{
	struct text names = { 0 };
	bool found = !a->directive;
	for (size_t i = 0; i < all->list.n && !found; i++) {
		const struct station *s = all->list.at[i].station;
		for (size_t k = 0; k < s->campaigns.n; k++)
			for (size_t d = 0; d < s->campaigns.at[k].directives.n; d++) {
				const struct directive *one = &s->campaigns.at[k].directives.at[d];
				found = found || is_it(a->directive, one);
				if (i + 1 == all->list.n)
					offer(&names, *one->number ? one->number : one->name);
			}
	}
	if (!found)
		err_set(err, _("no campaign carries out a directive \"%s\" — the schedule has: %s — a new letter is entered "
			       "with: loaxa letter"), a->directive, names.n ? names.at : _("none"));
	text_free(&names);
	return found;
}

/* ── Words ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* names: gets those there are, when it is none of them. */
static bool take_word(const char **asked, const char *(*name)(int), int n, const char *(*word)(const char *), struct text *names)
{
	const char *found = NULL;
	text_clear(names);
	for (int i = 0; *asked && i < n; i++) {
		if (same(*asked, name(i)) || same(*asked, word(name(i))))
			found = name(i);
		offer(names, word(name(i)));
	}
	bool ok = !*asked || found;
	*asked = found ? found : *asked;
	return ok;
}

static const char *class_at(int i)
{
	return class_name((enum bulletin_class)i);
}

static const char *level_at(int i)
{
	return level_name((enum level)i);
}

bool report_asked_names(struct report_asked *a, const struct schedules *all, struct err *err)
{
	struct text names = { 0 };
	bool ok = take_zone(a, all, err) && take_campaign(a, all, err) && check_directive(a, all, err);
	if (ok && !take_word(&a->class, class_at, CLASS_COUNT, words_class, &names))
		ok = err_set(err, _("there is no class \"%s\" — classes are: %s"), a->class, text_str(&names));
	if (ok && !take_word(&a->priority, level_at, LEVEL_COUNT, words_level, &names))
		ok = err_set(err, _("there is no priority \"%s\" — priorities are: %s"), a->priority, text_str(&names));
	text_free(&names);
	return ok;
}

bool report_asked_campaign(const struct report_asked *a, const struct schedules *all, day_span *days, const char **title,
	struct err *err)
{
	const struct station *s = all->list.at[all->list.n - 1].station;
	const struct campaign *found = NULL;
	struct text names = { 0 };
	for (size_t i = 0; i < s->campaigns.n; i++) {
		const struct campaign *c = &s->campaigns.at[i];
		bool wanted = !a->campaign || !strcmp(a->campaign, c->name);
		bool carries = !a->directive;
		for (size_t k = 0; k < c->directives.n; k++)
			carries = carries || is_it(a->directive, &c->directives.at[k]);
		if (!wanted || !carries)
			continue;
		found = c;
		offer(&names, c->name);
	}
	bool one = found && !strchr(names.at, ',');
	if (one) {
		*days = found->days;
		*title = found->title;
	} else if (found) {
		err_set(err, _("more than one campaign is meant: %s — name one: --campaign NAME"), text_str(&names));
	} else {
		err_set(err, _("the schedule has no such campaign now — name the days: --from 1/7/2021 --to 31/8/2021"));
	}
	text_free(&names);
	return one;
}
