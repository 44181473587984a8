/* Names and references: entering, looking up, the nearest one for a hint.  A name that cannot be used is
 * entered all the same: whoever refers to it made no mistake of his own. */
#include "config/build.h"

#include "base/i18n.h"
#include "config/hint.h"
#include "schedule/values.h"

#include <string.h>

/* What the section of a name is called in messages. */
static const char *const kinds[NAMES_COUNT] = { "output", "zone", "guard", "limit", "exception", "campaign", "bulletin",
	"session/repeat" };

/* "all", "play" and "speak" mean something of their own in commands, exceptions and airing ids. */
static bool reserved(const char *name)
{
	return !strcmp(name, "all") || !strcmp(name, "play") || !strcmp(name, "speak");
}

static void check_name(struct build *b, const struct block *block)
{
	if (!value_name(block->title))
		finding_add(b->fs, FINDING_ERROR, "bad-name", block->place,
			N_("the name \"{1}\" cannot be used — names are 1 to 48 of a–z, 0–9, \".\", \"_\", "
			   "\"-\", so "
			   "that anyone can type them — write e.g. \"cum-1\" and keep the full name as "
			   "title."),
			block->title, NULL);
	else if (reserved(block->title))
		finding_add(b->fs, FINDING_ERROR, "bad-name", block->place,
			N_("the name \"{1}\" cannot be used — commands use this word for something else — "
			   "choose "
			   "another name."),
			block->title, NULL);
}

bool build_enter(struct build *b, enum names names, const struct block *block, size_t at)
{
	const struct index_entry *first = index_find(&b->names[names], block->title);
	if (!first) {
		check_name(b, block);
		index_add(&b->names[names], block->title, (int)at, block->place);
		return true;
	}
	char *where = mem_printf("%s:%d", first->place.file, first->place.line);
	finding_add(b->fs, FINDING_ERROR, "duplicate-name", block->place,
		names == NAMES_RULE ? N_("the name \"{1}\" is given a second time — {2} has it already, and sessions, "
					 "repeats and emergencies share their names — give this one another name.")
				    : N_("the name \"{1}\" is given a second time — {2} has it already — give this one "
					 "another name."),
		block->title, where, NULL);
	mem_free(where);
	return false;
}

static const char *nearest(struct build *b, const struct index *names, const char *name)
{
	struct hint hint = hint_new(name);
	for (size_t i = 0; i < names->entries.n && b->hints; i++, b->hints--)
		hint_offer(&hint, names->entries.at[i].name);
	return hint.best;
}

int build_ref(struct build *b, enum names names, const char *name, struct place at)
{
	const struct index_entry *e = index_find(&b->names[names], name);
	if (e)
		return e->at;
	if (b->partial)
		return -1;
	const char *best = nearest(b, &b->names[names], name);
	if (best)
		finding_add(b->fs, FINDING_ERROR, "unknown-name", at,
			N_("there is no {1} \"{2}\" — \"{3}\" perhaps — correct it, run loaxa check."), kinds[names],
			name, best, NULL);
	else
		finding_add(b->fs, FINDING_ERROR, "unknown-name", at,
			N_("there is no {1} \"{2}\" — nothing has a name like it — correct it, or add this "
			   "{1}."),
			kinds[names], name, NULL);
	return -1;
}

int build_key_ref(struct build *b, enum names names, const struct block *block, const char *key)
{
	const struct setting *s = block_get(block, key);
	if (!s)
		return -1;
	return build_ref(b, names, s->values.at[0].text, block_value_place(block, &s->values.at[0]));
}

zone_set build_zones(struct build *b, const struct block *block)
{
	const struct setting *s = block_get(block, "zones");
	if (!s)
		return station_all_zones(b->st);
	zone_set set = 0;
	for (size_t i = 0; i < s->values.n; i++) {
		int z = build_ref(b, NAMES_ZONE, s->values.at[i].text, block_value_place(block, &s->values.at[i]));
		if (z >= 0)
			set |= (zone_set)1 << z;
	}
	return set;
}

void build_complain(struct build *b, const struct block *block, const char *key, const char *code, const char *pattern,
	const char *extra)
{
	finding_add(b->fs, FINDING_ERROR, code, block_place(block, key ? block_get(block, key) : NULL), pattern,
		keys_sections[block->section].word, block->title ? block->title : "", extra, NULL);
}

static void add_guard(struct build *b, const char *name, tod_ms from, tod_ms to, enum guard_action action)
{
	vec_push(&b->st->guards, (struct guard){ .name = mem_dup(name),
					 .from = from,
					 .to = to,
					 .action = action,
					 .zones = station_all_zones(b->st),
					 .place = b->st->place });
}

/* The night of QCVN 26:2010, and the half hour before people get up. */
static void default_guards(struct build *b)
{
	enum { HOUR = 3600000 };
	add_guard(b, "default-night", 21 * HOUR, 5 * HOUR, GUARD_REFUSE);
	add_guard(b, "default-dawn", 5 * HOUR, 5 * HOUR + HOUR / 2, GUARD_WARN);
}

void build_finish(struct build *b)
{
	struct station *st = b->st;
	if (st->code && !b->partial && (!st->outputs.n || !st->zones.n))
		finding_add(b->fs, FINDING_ERROR, "no-zone", st->place,
			st->outputs.n ? N_("the station has no zone — a bulletin needs a speaker cluster to "
					   "be heard "
					   "from — add zone \"cum-1\" { output = … }.")
				      : N_("the station has no output — a bulletin needs a sound device to "
					   "be heard "
					   "from — add output \"ampli\" { sink = … }."),
			NULL);
	if (!st->guards.n)
		default_guards(b);
}
