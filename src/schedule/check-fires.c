/* never-fires: rules without a single airing in all the days, and why. */
#include "base/i18n.h"
#include "schedule/calendar.h"
#include "schedule/check-parts.h"
#include "schedule/values.h"

struct fires {
	const struct check *check;
	bool *fired; /* by rule */
};

static void *open_fires(const struct check *c)
{
	struct fires *f = mem_new(struct fires);
	f->check = c;
	f->fired = mem_zero(c->station->rules.n * sizeof *f->fired);
	return f;
}

static void day_fires(void *self, const struct check_day *d)
{
	struct fires *f = self;
	for (size_t i = 0; i < d->n; i++)
		f->fired[d->items[i].rule] = true;
}

/* Days on which the rule is due, and those of them that exceptions leave. */
static void count_days(const struct check *c, int rule, int *due, int *left)
{
	*due = *left = 0;
	for (day_num day = c->first; day <= c->last; day++) {
		struct calendar calendar;
		calendar_open(&calendar, c->station, day);
		*due += calendar_rule_due(&calendar, rule);
		*left += calendar_rule_runs(&calendar, rule);
		calendar_close(&calendar);
	}
}

static void report(const struct check *c, int rule)
{
	const struct rule *r = &c->station->rules.at[rule];
	char first[VALUE_BYTES], last[VALUE_BYTES];
	int due, left;
	value_print_date(c->first, first);
	value_print_date(c->last, last);
	count_days(c, rule, &due, &left);
	if (!due)
		finding_add(c->findings, FINDING_WARNING, "never-fires", r->place,
			N_("\"{1}\" never fires — from {2} to {3} no day is one of its weekdays within its "
			   "from and until — correct days, from or until"),
			r->name, first, last, NULL);
	else if (!left)
		finding_add(c->findings, FINDING_WARNING, "never-fires", r->place,
			N_("\"{1}\" never fires — exceptions take away every one of its days from {2} to {3} "
			   "— correct the exceptions, or drop it"),
			r->name, first, last, NULL);
	else
		finding_add(c->findings, FINDING_WARNING, "never-fires", r->place,
			N_("\"{1}\" never fires — none of its bulletins is open on any of its days from {2} "
			   "to {3} — compare their from and until, and the campaign's, with the rule's"),
			r->name, first, last, NULL);
}

static void close_fires(void *self)
{
	struct fires *f = self;
	const struct check *c = f->check;
	for (size_t i = 0; i < c->station->rules.n; i++) {
		const struct rule *r = &c->station->rules.at[i];
		bool beyond = r->days.from > c->last;
		if (!f->fired[i] && !beyond && r->kind != RULE_EMERGENCY)
			report(c, (int)i);
	}
	mem_free(f->fired);
	mem_free(f);
}

const struct checker check_fires = { open_fires, day_fires, close_fires };
