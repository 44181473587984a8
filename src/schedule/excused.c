/* What exceptions take away: only from rules that would have aired something that day. */
#include "schedule/calendar.h"
#include "schedule/plan.h"

static int suppressed_by(const struct calendar *c, enum bulletin_class class)
{
	for (size_t i = 0; i < c->exceptions.n; i++)
		if (c->station->exceptions.at[c->exceptions.at[i]].suppress[class])
			return c->exceptions.at[i];
	return -1;
}

static bool has_open_bulletin(const struct calendar *c, const struct rule *r)
{
	for (size_t i = 0; i < r->play.n; i++)
		if (bulletin_open(c->station, r->play.at[i].bulletin, c->day))
			return true;
	return false;
}

static bool stands_earlier(const struct rule *r, size_t place)
{
	for (size_t i = 0; i < place; i++)
		if (r->play.at[i].bulletin == r->play.at[place].bulletin)
			return true;
	return false;
}

typedef void excused_fn(void *self, const struct excused *);

static void excused_bulletins(const struct calendar *c, int rule, excused_fn *fn, void *self)
{
	const struct rule *r = &c->station->rules.at[rule];
	for (size_t i = 0; i < r->play.n; i++) {
		int bulletin = r->play.at[i].bulletin;
		enum bulletin_class class = c->station->bulletins.at[bulletin].class;
		if (!c->suppressed[class] || stands_earlier(r, i) || !bulletin_open(c->station, bulletin, c->day))
			continue;
		fn(self, &(struct excused){ suppressed_by(c, class), rule, bulletin, c->day });
	}
}

void plan_excused(const struct station *s, day_num day, excused_fn *fn, void *self)
{
	struct calendar c;
	calendar_open(&c, s, day);
	for (int rule = 0; c.exceptions.n && rule < (int)s->rules.n; rule++) {
		if (!calendar_rule_due(&c, rule) || !has_open_bulletin(&c, &s->rules.at[rule]))
			continue;
		int taker = calendar_rule_taken_by(&c, rule);
		if (taker >= 0)
			fn(self, &(struct excused){ taker, rule, -1, day });
		else
			excused_bulletins(&c, rule, fn, self);
	}
	calendar_close(&c);
}
