/* Sessions, repeats and emergencies, in file order in one array.  Only what one rule says about itself is
 * checked here; what rules do to each other, schedule/check finds by expanding them. */
#include "base/i18n.h"
#include "config/build.h"
#include "config/take.h"
#include "schedule/values.h"

#include <stdlib.h>
#include <string.h>

/* "tiep-am-vov@6h00": names have no "@", so the first one parts name and time. */
static struct list_item take_item(struct build *b, const struct key *k, const char *text, struct place at)
{
	struct list_item item = { .anchor = -1, .place = at };
	char *name = mem_dup(text), *time = strchr(name, '@');
	if (time)
		*time++ = '\0';
	item.bulletin = build_ref(b, NAMES_BULLETIN, name, at);
	if (time && k->section != SECTION_SESSION)
		finding_add(b->fs, FINDING_ERROR, "anchor", at,
			N_("\"{1}\" has a time of its own — only items of a session can have one — write "
			   "\"{2}\" and "
			   "put the time into at or first-every."),
			text, name, NULL);
	else if (time && !take_one_time(b->fs, k, time, at, &item.anchor))
		item.anchor = -1;
	mem_free(name);
	return item;
}

static void take_items(struct build *b, const struct block *block, const char *key, struct rule *r)
{
	const struct setting *s = block_get(block, key);
	for (size_t i = 0; s && i < s->values.n; i++) {
		const struct value *v = &s->values.at[i];
		struct list_item item = take_item(b, s->key, v->text, block_value_place(block, v));
		if (item.bulletin >= 0)
			vec_push(&r->play, item);
	}
}

static struct rule new_rule(struct build *b, const struct block *block, enum rule_kind kind)
{
	take_required(b->fs, block);
	return (struct rule){ .kind = kind,
		.name = mem_dup(block->title),
		.place = block->place,
		.weekdays = 0x7F,
		.days = { DAY_MIN, DAY_MAX },
		.zones = build_zones(b, block),
		.volume = take_number(b->fs, block, "volume", 100),
		.all_clear = -1 };
}

static void take_scheduled(struct build *b, const struct block *block, struct rule *r)
{
	r->weekdays = take_days(b->fs, block);
	r->days = take_span(b->fs, block);
	r->catch_up = (enum catch_up)take_word(b->fs, block, "catch-up", CATCH_UP_DROP);
	r->max_late_ms = take_duration(b->fs, block, "max-late", -1);
}

/* From a beginning to a time of day, over midnight if need be. */
static int32_t since(tod_ms start, tod_ms t)
{
	return (t - start + MS_PER_DAY) % MS_PER_DAY;
}

static void check_anchors(struct build *b, const struct rule *r)
{
	char start[VALUE_BYTES], end[VALUE_BYTES], anchor[VALUE_BYTES];
	value_print_time(r->start, start);
	value_print_time(r->end, end);
	int32_t last = -1;
	for (size_t i = 0; i < r->play.n; i++) {
		const struct list_item *item = &r->play.at[i];
		if (item->anchor < 0)
			continue;
		value_print_time(item->anchor, anchor);
		int32_t at = since(r->start, item->anchor);
		if (at >= since(r->start, r->end))
			finding_add(b->fs, FINDING_ERROR, "anchor", item->place,
				N_("{1} is outside session \"{2}\" ({3}–{4}) — nothing of it can start then "
				   "— choose a "
				   "time inside, or move the session."),
				anchor, r->name, start, end, NULL);
		else if (at <= last)
			finding_add(b->fs, FINDING_ERROR, "anchor", item->place,
				N_("{1} in session \"{2}\" is not after the time given before it — the list "
				   "is aired in "
				   "order — put the items in the order of their times."),
				anchor, r->name, NULL);
		if (at > last)
			last = at;
	}
}

void build_session(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_RULE, block, b->st->rules.n))
		return;
	struct rule r = new_rule(b, block, RULE_SESSION);
	take_scheduled(b, block, &r);
	r.start = take_time(b->fs, block, "start");
	r.end = take_time(b->fs, block, "end");
	r.gap_ms = take_duration(b->fs, block, "gap", 0);
	r.hard_end = take_yes(b->fs, block, "hard-end");
	take_items(b, block, "play", &r);
	if (r.start >= 0 && r.start == r.end)
		build_complain(b, block, "end", "bad-time",
			N_("{1} \"{2}\" ends when it begins — nothing of it could be aired — give it a later "
			   "end."),
			NULL);
	else if (r.start >= 0 && r.end >= 0)
		check_anchors(b, &r);
	vec_push(&b->st->rules, r);
}

static int by_time(const void *a, const void *b)
{
	tod_ms x = *(const tod_ms *)a, y = *(const tod_ms *)b;
	return (x > y) - (x < y);
}

static void take_at(struct build *b, const struct block *block, struct rule *r)
{
	const struct setting *s = block_get(block, "at");
	for (size_t i = 0; s && i < s->values.n; i++) {
		tod_ms t;
		if (take_one_time(b->fs, s->key, s->values.at[i].text, block_value_place(block, &s->values.at[i]), &t))
			vec_push(&r->at, t);
	}
	/* a rotation takes its turns in the order of the day, however the times were written */
	if (r->at.n)
		qsort(r->at.at, r->at.n, sizeof *r->at.at, by_time);
}

static int32_t length(struct window w)
{
	return w.to > w.from ? w.to - w.from : w.to - w.from + MS_PER_DAY;
}

/* A window over midnight meets the early ones of the next day. */
static bool overlap(struct window a, struct window b)
{
	return since(a.from, b.from) < length(a) || since(b.from, a.from) < length(b);
}

static int by_beginning(const void *a, const void *b)
{
	return by_time(&((const struct window *)a)->from, &((const struct window *)b)->from);
}

/* Each window is compared with those before it; a rule has a handful. */
static void take_within(struct build *b, const struct block *block, struct rule *r)
{
	const struct setting *s = block_get(block, "within");
	for (size_t i = 0; s && i < s->values.n; i++) {
		struct window w;
		const char *text = s->values.at[i].text;
		struct place at = block_value_place(block, &s->values.at[i]);
		if (!take_one_window(b->fs, s->key, text, at, &w))
			continue;
		for (size_t k = 0; k < r->within.n; k++)
			if (overlap(w, r->within.at[k])) {
				char from[VALUE_BYTES], to[VALUE_BYTES];
				value_print_time(r->within.at[k].from, from);
				value_print_time(r->within.at[k].to, to);
				finding_add(b->fs, FINDING_ERROR, "window-overlap", at,
					N_("window \"{1}\" overlaps {2}–{3} of the same rule — it would air "
					   "twice there — "
					   "make one window of the two."),
					text, from, to, NULL);
				break;
			}
		vec_push(&r->within, w);
	}
	if (r->within.n)
		qsort(r->within.at, r->within.n, sizeof *r->within.at, by_beginning);
}

/* Which keys of a repeat ask for, or shut out, which others. */
static void check_repeat(struct build *b, const struct block *block)
{
	bool play = block_get(block, "play"), rotate = block_get(block, "rotate"), at = block_get(block, "at"),
	     every = block_get(block, "every"), within = block_get(block, "within");
	if (play && rotate)
		build_complain(b, block, "rotate", "conflict",
			N_("{1} \"{2}\" has play and rotate — play airs all of them each time, rotate the "
			   "next one — "
			   "keep one of the two."),
			NULL);
	if (block->broken)
		return;
	if (!play && !rotate)
		build_complain(b, block, NULL, "missing-key",
			N_("{1} \"{2}\" says not what to air — it needs play or rotate — add e.g. play = { "
			   "\"NAME\" "
			   "}."),
			NULL);
	if (every && !within)
		build_complain(b, block, "every", "missing-key",
			N_("{1} \"{2}\" has every but not within — it must know from when to when — add e.g. "
			   "within = "
			   "{ \"8h-10h\" }."),
			NULL);
	if (within && !every)
		build_complain(b, block, "within", "missing-key",
			N_("{1} \"{2}\" has within but not every — it must know how often — add e.g. every = "
			   "\"1h\"."),
			NULL);
	if (!at && !every && !within)
		build_complain(b, block, NULL, "missing-key",
			N_("{1} \"{2}\" says not when to air — it needs at, or every and within — add e.g. "
			   "at = { "
			   "\"11h15\" }."),
			NULL);
}

void build_repeat(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_RULE, block, b->st->rules.n))
		return;
	struct rule r = new_rule(b, block, RULE_REPEAT);
	take_scheduled(b, block, &r);
	check_repeat(b, block);
	r.rotate = block_get(block, "rotate");
	take_items(b, block, r.rotate ? "rotate" : "play", &r);
	take_at(b, block, &r);
	take_within(b, block, &r);
	r.every_ms = take_duration(b->fs, block, "every", 0);
	vec_push(&b->st->rules, r);
}

/* "now, then k times every a, then every b": each number is useless without its partner. */
static void check_pattern(struct build *b, const struct block *block, const struct rule *r)
{
	bool every = block_get(block, "first-every"), align = block_get(block, "align");
	if (r->first_repeats && !every)
		build_complain(b, block, "first-repeats", "missing-key",
			N_("{1} \"{2}\" has first-repeats but not first-every — it must know how far apart — "
			   "add e.g. "
			   "first-every = \"5m\"."),
			NULL);
	if (!r->first_repeats && every)
		build_complain(b, block, "first-every", "missing-key",
			N_("{1} \"{2}\" has first-every but no first-repeats — it must know how often — add "
			   "e.g. "
			   "first-repeats = 2."),
			NULL);
	if (align && !r->then_every_ms)
		build_complain(b, block, "align", "missing-key",
			N_("{1} \"{2}\" has align but not then-every — only the later repeats are aligned — "
			   "add e.g. "
			   "then-every = \"2h\"."),
			NULL);
	if (r->align_ms && MS_PER_DAY % r->align_ms)
		build_complain(b, block, "align", "bad-duration",
			N_("align of {1} \"{2}\" does not divide the day — its steps would fall elsewhere "
			   "each day — "
			   "write e.g. 30m, 1h, 2h."),
			NULL);
}

void build_emergency(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_RULE, block, b->st->rules.n))
		return;
	struct rule r = new_rule(b, block, RULE_EMERGENCY);
	take_items(b, block, "play", &r);
	r.rank = take_number(b->fs, block, "rank", 0);
	r.first_repeats = take_number(b->fs, block, "first-repeats", 0);
	r.first_every_ms = take_duration(b->fs, block, "first-every", 0);
	r.then_every_ms = take_duration(b->fs, block, "then-every", 0);
	r.align_ms = take_duration(b->fs, block, "align", 0);
	r.until_ms = take_duration(b->fs, block, "until", 0);
	r.all_clear = build_key_ref(b, NAMES_BULLETIN, block, "all-clear");
	if (!block->broken)
		check_pattern(b, block, &r);
	vec_push(&b->st->rules, r);
}
