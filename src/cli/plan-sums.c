#include "cli/plan-sums.h"

#include "base/i18n.h"
#include "report/words.h"

struct campaign_sum {
	size_t times;
	int64_t ms;
	int32_t last_rule; /* the firing counted last */
	wall_us last_firing;
};

struct plan_sums {
	const struct station *station;
	size_t sessions, repeats, broadcasts, items;
	int64_t ms;
	bool *aired; /* by bulletin */
	struct campaign_sum *campaigns;
	int32_t last_rule;
	wall_us last_firing;
};

struct plan_sums *plan_sums_new(const struct station *s)
{
	struct plan_sums *sums = mem_new(struct plan_sums);
	sums->station = s;
	sums->aired = mem_zero(s->bulletins.n * sizeof *sums->aired);
	sums->campaigns = mem_zero(s->campaigns.n * sizeof *sums->campaigns);
	sums->last_rule = -1;
	for (size_t i = 0; i < s->campaigns.n; i++)
		sums->campaigns[i].last_rule = -1;
	return sums;
}

void plan_sums_free(struct plan_sums **ps)
{
	if (!*ps)
		return;
	mem_free((*ps)->aired);
	mem_free((*ps)->campaigns);
	mem_free(*ps);
	*ps = NULL;
}

static bool is_next_firing(int32_t *rule, wall_us *firing, const struct planned *p)
{
	if (*rule == p->rule && firing->us == p->firing.us)
		return false;
	*rule = p->rule;
	*firing = p->firing;
	return true;
}

static bool counts(enum bulletin_class class)
{
	return class == CLASS_ANNOUNCEMENT || class == CLASS_NEWS || class == CLASS_RELAY;
}

void plan_sums_add(struct plan_sums *sums, const struct plan_row *row)
{
	const struct planned *p = &row->planned;
	const struct bulletin *b = &sums->station->bulletins.at[p->bulletin];
	bool session = sums->station->rules.at[p->rule].kind == RULE_SESSION;
	if (is_next_firing(&sums->last_rule, &sums->last_firing, p))
		*(session ? &sums->sessions : &sums->repeats) += 1;
	if (!counts(b->class))
		return;
	sums->broadcasts++;
	sums->ms += p->ms;
	sums->items += !sums->aired[p->bulletin];
	sums->aired[p->bulletin] = true;
	if (b->campaign < 0)
		return;
	struct campaign_sum *c = &sums->campaigns[b->campaign];
	c->ms += p->ms;
	c->times += is_next_firing(&c->last_rule, &c->last_firing, p);
}

void plan_sums_print(const struct plan_sums *sums, const char *heading, struct text *out)
{
	text_addf(out, _("%s: sessions: %zu · repeats: %zu · broadcasts: %zu · bulletins: %zu · "), heading,
		sums->sessions, sums->repeats, sums->broadcasts, sums->items);
	words_minutes(out, sums->ms);
	text_add(out, "\n");
}

static void add_requirement(struct text *out, const struct campaign *c, size_t times)
{
	if (c->times_min < 0)
		return;
	if (c->times_max >= 0)
		text_addf(out, _(" — wanted %d to %d times a day"), c->times_min, c->times_max);
	else
		text_addf(out, _(" — wanted at least %d times a day"), c->times_min);
	if (times < (size_t)c->times_min)
		text_addf(out, ": ✗ %s", _("too few"));
	else if (c->times_max >= 0 && times > (size_t)c->times_max)
		text_addf(out, ": ! %s", _("too many"));
	else
		text_addf(out, ": ✓ %s", _("met"));
}

void plan_sums_print_campaigns(const struct plan_sums *sums, day_num day, struct text *out)
{
	for (size_t i = 0; i < sums->station->campaigns.n; i++) {
		const struct campaign *c = &sums->station->campaigns.at[i];
		const struct campaign_sum *sum = &sums->campaigns[i];
		if (!day_in(c->days, day))
			continue;
		text_addf(out, _("Campaign \"%s\": %zu times, "), c->name, sum->times);
		words_minutes(out, sum->ms);
		add_requirement(out, c, sum->times);
		text_add(out, "\n");
	}
}
