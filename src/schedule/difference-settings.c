/* Settings of two schedules compared by name: each section is put into words that leave out nothing that acts, and
 * the words are compared.  Parts refer to each other by name there, since every schedule numbers them anew. */
#include "schedule/difference-settings.h"

#include "base/text.h"

typedef struct text words;

static void add_number(words *t, int64_t n)
{
	text_addf(t, "|%lld", (long long)n);
}

static void add_string(words *t, const char *s)
{
	text_addf(t, "|%s", s ? s : "\001");
}

static void add_zones(words *t, const struct station *s, zone_set zones)
{
	for (size_t z = 0; z < s->zones.n; z++)
		if (zones >> z & 1)
			add_string(t, s->zones.at[z].name);
}

static void add_days(words *t, day_span days)
{
	add_number(t, days.from);
	add_number(t, days.until);
}

static void add_bulletin(words *t, const struct station *s, int b)
{
	add_string(t, b >= 0 ? s->bulletins.at[b].name : NULL);
}

static void say_station(const struct station *s, size_t i, words *t)
{
	(void)i;
	add_string(t, s->code);
	add_string(t, s->name);
	add_string(t, s->unit);
	add_string(t, s->reports_to);
	add_string(t, s->timezone);
	add_string(t, s->language);
	add_string(t, s->microphone);
	add_bulletin(t, s, s->drill);
	text_addf(t, "|%d%d%d", s->approval, s->sample, s->keep_speech);
	const struct paper *p = &s->paper;
	const char *const paper[] = { p->issuer, p->place, p->symbol, p->sign, p->signer, p->archive };
	for (size_t k = 0; k < sizeof paper / sizeof *paper; k++)
		add_string(t, paper[k]);
	for (size_t k = 0; k < p->recipients.n; k++)
		add_string(t, p->recipients.at[k]);
}

static void say_output(const struct station *s, size_t i, words *t)
{
	const struct output *o = &s->outputs.at[i];
	add_string(t, o->sink);
	add_string(t, o->key);
	text_addf(t, "|%d|%d|%d|%d|%d%d", o->rate, o->channels, o->high_pass, o->warm_up_ms, o->idle, o->monitor);
}

static void say_zone(const struct station *s, size_t i, words *t)
{
	const struct zone *z = &s->zones.at[i];
	add_string(t, z->title);
	add_string(t, z->area);
	add_string(t, z->output >= 0 ? s->outputs.at[z->output].name : NULL);
	text_addf(t, "|%d|%d|%d|%d", z->channel, z->volume, z->speakers, z->on);
}

static void say_guard(const struct station *s, size_t i, words *t)
{
	const struct guard *g = &s->guards.at[i];
	text_addf(t, "|%d|%d|%d", g->from, g->to, g->action);
	add_zones(t, s, g->zones);
}

static void say_limit(const struct station *s, size_t i, words *t)
{
	const struct limit *l = &s->limits.at[i];
	text_addf(t, "|%d|%d|%d|%d|%d", l->weekdays, l->sessions_per_day, l->minutes_per_session, l->minutes_min,
		l->minutes_max);
}

static void say_directive(words *t, const struct directive *d)
{
	add_string(t, d->name);
	add_string(t, d->number);
	add_string(t, d->issuer);
	add_string(t, d->subject);
	add_string(t, d->report_to);
	add_string(t, d->received);
	text_addf(t, "|%d|%d|%d|%d|%d", d->issued, d->from, d->urgency, d->report_every_days, d->pictures);
}

static void say_campaign(const struct station *s, size_t i, words *t)
{
	const struct campaign *c = &s->campaigns.at[i];
	add_string(t, c->title);
	add_string(t, c->set_by);
	add_days(t, c->days);
	text_addf(t, "|%d|%d|%d|%d", c->times_min, c->times_max, c->minutes_min, c->minutes_max);
	for (size_t k = 0; k < c->directives.n; k++)
		say_directive(t, &c->directives.at[k]);
	for (size_t k = 0; k < c->uptakes.n; k++) {
		add_number(t, c->uptakes.at[k].date);
		add_number(t, c->uptakes.at[k].count);
		add_number(t, c->uptakes.at[k].of);
	}
}

static void say_bulletin(const struct station *s, size_t i, words *t)
{
	const struct bulletin *b = &s->bulletins.at[i];
	add_string(t, b->title);
	add_string(t, b->language);
	add_string(t, b->campaign >= 0 ? s->campaigns.at[b->campaign].name : NULL);
	add_days(t, b->days);
	text_addf(t, "|%d|%d|%d|%d|%d|%d|%d", b->class, b->level, b->hard_start, b->order, b->after, b->after_said,
		b->has_until);
	add_number(t, b->resume_within_ms);
	if (!b->relay.source)
		return;
	add_string(t, b->relay.source);
	add_number(t, b->relay.ms);
	add_number(t, b->relay.silence_ms);
	add_bulletin(t, s, b->relay.instead);
}

static void say_sound(const struct station *s, size_t i, words *t)
{
	const struct bulletin *b = &s->bulletins.at[i];
	for (size_t k = 0; k < b->audio.n; k++) {
		add_string(t, b->audio.at[k].file);
		add_string(t, b->audio.at[k].sha256);
	}
}

static void say_text(const struct station *s, size_t i, words *t)
{
	add_string(t, s->bulletins.at[i].text);
}

static void say_approval(const struct station *s, size_t i, words *t)
{
	const struct bulletin *b = &s->bulletins.at[i];
	add_string(t, b->approved_by);
	add_string(t, b->approved_via);
	add_number(t, b->approved_on);
	add_string(t, b->approved_typed);
	add_string(t, b->text_bound);
	for (size_t k = 0; k < b->audio.n; k++)
		add_string(t, b->audio.at[k].bound);
}

static void say_times(const struct rule *r, words *t)
{
	text_addf(t, "|%d|%d|%d|%d", r->start, r->end, r->hard_end, r->rotate);
	add_number(t, r->gap_ms);
	add_number(t, r->every_ms);
	for (size_t k = 0; k < r->at.n; k++)
		add_number(t, r->at.at[k]);
	for (size_t k = 0; k < r->within.n; k++)
		text_addf(t, "|%d-%d", r->within.at[k].from, r->within.at[k].to);
}

static void say_pattern(const struct station *s, const struct rule *r, words *t)
{
	text_addf(t, "|%d|%d", r->rank, r->first_repeats);
	add_number(t, r->first_every_ms);
	add_number(t, r->then_every_ms);
	add_number(t, r->align_ms);
	add_number(t, r->until_ms);
	add_bulletin(t, s, r->all_clear);
}

static void say_rule(const struct station *s, size_t i, words *t)
{
	const struct rule *r = &s->rules.at[i];
	text_addf(t, "|%d|%d|%d|%d", r->kind, r->weekdays, r->volume, r->catch_up);
	add_days(t, r->days);
	add_zones(t, s, r->zones);
	add_number(t, r->max_late_ms);
	for (size_t k = 0; k < r->play.n; k++) {
		add_bulletin(t, s, r->play.at[k].bulletin);
		add_number(t, r->play.at[k].anchor);
	}
	say_times(r, t);
	say_pattern(s, r, t);
}

static void say_exception(const struct station *s, size_t i, words *t)
{
	const struct exception *e = &s->exceptions.at[i];
	add_string(t, e->title);
	add_days(t, e->span);
	for (size_t k = 0; k < e->dates.n; k++)
		add_number(t, e->dates.at[k]);
	for (int k = 0; k < CLASS_COUNT; k++)
		add_number(t, e->suppress[k]);
	add_number(t, e->skip_all);
	for (size_t k = 0; k < e->skip.n; k++)
		add_string(t, s->rules.at[e->skip.at[k]].name);
	text_add(t, "|only");
	for (size_t k = 0; k < e->only.n; k++)
		add_string(t, s->rules.at[e->only.at[k]].name);
}

/* ── Names ── */

static size_t one(const struct station *s)
{
	(void)s;
	return 1;
}

static const char *no_name(const struct station *s, size_t i)
{
	(void)s;
	(void)i;
	return "";
}

#define SECTION(part)                                                                                                  \
	static size_t count_##part(const struct station *s)                                                            \
	{                                                                                                              \
		return s->part.n;                                                                                      \
	}                                                                                                              \
	static const char *name_##part(const struct station *s, size_t i)                                              \
	{                                                                                                              \
		return s->part.at[i].name;                                                                             \
	}

SECTION(outputs)
SECTION(zones)
SECTION(guards)
SECTION(limits)
SECTION(campaigns)
SECTION(bulletins)
SECTION(rules)
SECTION(exceptions)

static const struct {
	size_t (*count)(const struct station *);
	const char *(*name)(const struct station *, size_t);
	void (*say)(const struct station *, size_t, words *);
	bool both; /* only of what is in both schedules */
} sections[DIFFERENCE_WHATS] = {
	[DIFFERENCE_STATION] = { one, no_name, say_station, true },
	[DIFFERENCE_OUTPUT] = { count_outputs, name_outputs, say_output, false },
	[DIFFERENCE_ZONE] = { count_zones, name_zones, say_zone, false },
	[DIFFERENCE_GUARD] = { count_guards, name_guards, say_guard, false },
	[DIFFERENCE_LIMIT] = { count_limits, name_limits, say_limit, false },
	[DIFFERENCE_CAMPAIGN] = { count_campaigns, name_campaigns, say_campaign, false },
	[DIFFERENCE_BULLETIN] = { count_bulletins, name_bulletins, say_bulletin, false },
	[DIFFERENCE_SOUND] = { count_bulletins, name_bulletins, say_sound, true },
	[DIFFERENCE_TEXT] = { count_bulletins, name_bulletins, say_text, true },
	[DIFFERENCE_APPROVAL] = { count_bulletins, name_bulletins, say_approval, true },
	[DIFFERENCE_RULE] = { count_rules, name_rules, say_rule, false },
	[DIFFERENCE_EXCEPTION] = { count_exceptions, name_exceptions, say_exception, false },
};

/* ── Comparing ── */

static int find(enum difference_what what, const struct station *s, const char *name)
{
	for (size_t i = 0; s && i < sections[what].count(s); i++)
		if (!strcmp(sections[what].name(s, i), name))
			return (int)i;
	return -1;
}

/* Nobody looks into the texts of the schedule that runs: what is not known is not another. */
static bool same_text(const struct bulletin *was, const struct bulletin *is)
{
	return !*was->text_sha256 || !*is->text_sha256 || !strcmp(was->text_sha256, is->text_sha256);
}

static bool same(const struct station *before, const struct station *after, enum difference_what what, int was, int is)
{
	words a = { 0 }, b = { 0 };
	if (what == DIFFERENCE_TEXT && !same_text(&before->bulletins.at[was], &after->bulletins.at[is]))
		return false;
	sections[what].say(before, (size_t)was, &a);
	sections[what].say(after, (size_t)is, &b);
	bool equal = !strcmp(text_str(&a), text_str(&b));
	text_free(&a);
	text_free(&b);
	return equal;
}

static void compare(const struct station *before, const struct station *after, enum difference_what what,
	struct difference_settings *out)
{
	for (size_t i = 0; i < sections[what].count(after); i++) {
		int was = find(what, before, sections[what].name(after, i));
		if (was >= 0 && !same(before, after, what, was, (int)i))
			vec_push(&out->list, (struct difference_setting){ what, DIFFERENCE_CHANGED, was, (int)i });
		else if (was < 0 && !sections[what].both)
			vec_push(&out->list, (struct difference_setting){ what, DIFFERENCE_ADDED, -1, (int)i });
	}
	for (size_t i = 0; before && !sections[what].both && i < sections[what].count(before); i++)
		if (find(what, after, sections[what].name(before, i)) < 0)
			vec_push(&out->list, (struct difference_setting){ what, DIFFERENCE_REMOVED, (int)i, -1 });
}

void difference_settings_find(
	const struct station *before, const struct station *after, struct difference_settings *out)
{
	for (enum difference_what what = 0; what < DIFFERENCE_WHATS; what++)
		compare(before, after, what, out);
}
