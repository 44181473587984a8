/* Campaigns with their directives and uptakes; exceptions. */
#include "base/i18n.h"
#include "config/build.h"
#include "config/take.h"

#include <string.h>

/* A report is due on a day; "36h" would be due at some hour nobody waits for. */
static int32_t report_days(struct build *b, const struct block *block)
{
	int64_t day = MS_PER_DAY, ms = take_duration(b->fs, block, "report-every", 0);
	if (ms % day)
		finding_add(b->fs, FINDING_ERROR, "bad-duration", block_place(block, block_get(block, "report-every")),
			N_("report-every is no number of whole days — reports are due by the day — write "
			   "e.g. "
			   "report-every = \"7d\"."),
			NULL);
	return (int32_t)(ms / day);
}

static void build_directive(struct build *b, const struct block *block, struct campaign *c)
{
	struct directive d = { .name = mem_dup(block->title), .place = block->place };
	d.number = take_text_or(b->fs, block, "number", "");
	d.issuer = take_text_or(b->fs, block, "issuer", "");
	d.subject = take_text_or(b->fs, block, "subject", "");
	d.report_to = take_text_or(b->fs, block, "report-to", "");
	d.issued = take_date(b->fs, block, "issued", DAY_NONE);
	d.from = take_date(b->fs, block, "from", DAY_NONE);
	d.received = take_stamp(b->fs, block, "received");
	d.urgency = (enum urgency)take_word(b->fs, block, "urgency", URGENCY_THUONG);
	d.report_every_days = report_days(b, block);
	d.pictures = take_yes(b->fs, block, "pictures");
	vec_push(&c->directives, d);
}

static void build_uptake(struct build *b, const struct block *block, struct campaign *c)
{
	take_required(b->fs, block);
	struct uptake u = { .date = take_date(b->fs, block, "date", DAY_NONE),
		.count = take_number(b->fs, block, "count", 0),
		.of = take_number(b->fs, block, "of", 0) };
	if (u.of && u.count > u.of)
		finding_add(b->fs, FINDING_ERROR, "bad-number", block_place(block, block_get(block, "count")),
			N_("count is greater than of — that would be more than everybody — swap or correct "
			   "them."),
			NULL);
	vec_push(&c->uptakes, u);
}

void build_campaign(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_CAMPAIGN, block, b->st->campaigns.n))
		return;
	struct campaign c = { .name = mem_dup(block->title), .place = block->place };
	c.title = take_text_or(b->fs, block, "title", c.name);
	c.set_by = take_text_or(b->fs, block, "set-by", "");
	c.days = take_span(b->fs, block);
	take_range(b->fs, block, "times-per-day", &c.times_min, &c.times_max);
	take_range(b->fs, block, "minutes-per-day", &c.minutes_min, &c.minutes_max);
	for (size_t i = 0; i < block->parts.n; i++) {
		const struct block *part = &block->parts.at[i];
		if (part->section == SECTION_DIRECTIVE)
			build_directive(b, part, &c);
		else
			build_uptake(b, part, &c);
	}
	vec_push(&b->st->campaigns, c);
}

/* Dates one by one, a span, or both. */
static void take_dates(struct build *b, const struct block *block, struct exception *e)
{
	const struct setting *dates = block_get(block, "dates");
	for (size_t i = 0; dates && i < dates->values.n; i++) {
		day_num day;
		if (take_one_date(b->fs, dates->key, dates->values.at[i].text,
			    block_value_place(block, &dates->values.at[i]), &day))
			vec_push(&e->dates, day);
	}
	bool from = block_get(block, "from"), until = block_get(block, "until");
	e->span = from && until ? take_span(b->fs, block) : (day_span){ 1, 0 };
	if (from != until && !block->broken)
		build_complain(b, block, from ? "from" : "until", "missing-key",
			N_("{1} \"{2}\" has only one of from and until — an exception has a first and a last "
			   "day — "
			   "add the other one."),
			NULL);
	else if (!from && !dates && !block->broken)
		build_complain(b, block, NULL, "missing-key",
			N_("{1} \"{2}\" names no date — it needs dates, or from and until — add e.g. dates = "
			   "{ "
			   "\"2/9/2021\" }."),
			NULL);
}

static void take_suppress(struct build *b, const struct block *block, struct exception *e)
{
	const struct setting *s = block_get(block, "suppress");
	for (size_t i = 0; s && i < s->values.n; i++) {
		int class;
		if (take_one_word(
			    b->fs, s->key, s->values.at[i].text, block_value_place(block, &s->values.at[i]), &class))
			e->suppress[class] = true;
	}
}

/* Number of a rule an exception can take away. */
static int planned_rule(struct build *b, const char *name, struct place at)
{
	int rule = build_ref(b, NAMES_RULE, name, at);
	if (rule < 0 || b->st->rules.at[rule].kind != RULE_EMERGENCY)
		return rule;
	finding_add(b->fs, FINDING_ERROR, "unknown-name", at,
		N_("\"{1}\" is an emergency — it airs only on command, and no exception stops it — take it "
		   "out of "
		   "the list."),
		name, NULL);
	return -1;
}

static void take_rules(struct build *b, const struct block *block, struct exception *e)
{
	const struct setting *skip = block_get(block, "skip"), *only = block_get(block, "only");
	for (size_t i = 0; skip && i < skip->values.n; i++) {
		const struct value *v = &skip->values.at[i];
		bool all = !strcmp(v->text, "all");
		int rule = all ? -1 : planned_rule(b, v->text, block_value_place(block, v));
		e->skip_all |= all;
		if (rule >= 0)
			vec_push(&e->skip, rule);
	}
	for (size_t i = 0; only && i < only->values.n; i++) {
		const struct value *v = &only->values.at[i];
		int rule = planned_rule(b, v->text, block_value_place(block, v));
		if (rule >= 0)
			vec_push(&e->only, rule);
	}
}

void build_exception(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_EXCEPTION, block, b->st->exceptions.n))
		return;
	struct exception e = { .name = mem_dup(block->title), .place = block->place };
	e.title = take_text(b->fs, block, "title");
	take_dates(b, block, &e);
	take_suppress(b, block, &e);
	take_rules(b, block, &e);
	bool skip = block_get(block, "skip"), only = block_get(block, "only");
	if (skip && only)
		build_complain(b, block, "only", "conflict",
			N_("{1} \"{2}\" has skip and only — they say the same thing in two ways — keep one "
			   "of the "
			   "two."),
			NULL);
	if (!skip && !only && !block_get(block, "suppress") && !block->broken)
		build_complain(b, block, NULL, "missing-key",
			N_("{1} \"{2}\" changes nothing — it needs skip, only or suppress — add one of "
			   "them."),
			NULL);
	vec_push(&b->st->exceptions, e);
}
