/* A receiver's folder -> struct receiver: the same reader as a schedule's, with sections of its own.  Bodies come before
 * stations, stations before directives, in whatever order they are written. */
#include "base/i18n.h"
#include "config/clean.h"
#include "config/config.h"
#include "config/index.h"
#include "config/hint.h"
#include "config/parse.h"
#include "config/scan.h"
#include "config/source.h"
#include "config/take.h"
#include "schedule/values.h"

#include <ctype.h>
#include <string.h>

struct reading {
	struct receiver *r;
	struct findings *fs;
	struct parse *parse;
	VEC(struct block) blocks;
	struct index names, bodies, stations, directives;
};

static void keep_block(void *self, struct block *block, const char *body)
{
	struct reading *l = self;
	if (parse_body(l->parse, block, body))
		vec_push(&l->blocks, *block);
	else
		block_free(block);
}

static void read_source(struct reading *l, const char *dir, const struct source *s)
{
	char *path = mem_printf("%s/%s", dir, s->name);
	vec_push(&l->r->files, path);
	char *text = s->bytes ? clean_text(s->bytes, s->n, path, l->fs) : NULL;
	if (text)
		scan_file(text, path, KEYS_RECEIVER, l->fs, keep_block, l);
	mem_free(text);
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void enter(struct reading *l, struct index *names, const char *name, size_t at, struct place place)
{
	const struct index_entry *first = index_find(names, name);
	if (!value_name(name)) {
		finding_add(l->fs, FINDING_ERROR, "bad-name", place,
			N_("\"{1}\" cannot be used as a name here — names and codes are 1 to 48 of a–z, 0–9, \".\", "
			   "\"_\", "
			   "\"-\" — write e.g. \"nha-trang\" and keep the full name as name = …"),
			name, NULL);
	} else if (first) {
		char *where = mem_printf("%s:%d", first->place.file, first->place.line);
		finding_add(l->fs, FINDING_ERROR, "duplicate-name", place,
			N_("the name \"{1}\" is given a second time — {2} has it already — give this one "
			   "another name."),
			name, where, NULL);
		mem_free(where);
		return;
	}
	if (!first)
		index_add(names, name, (int)at, place);
}

/* Number of what is named; -1 after a finding. */
static int refer(struct reading *l, const struct index *names, const char *kind, const char *name, struct place at)
{
	const struct index_entry *e = index_find(names, name);
	struct hint hint = hint_new(name);
	if (e)
		return e->at;
	for (size_t i = 0; i < names->entries.n; i++)
		hint_offer(&hint, names->entries.at[i].name);
	if (hint.best)
		finding_add(l->fs, FINDING_ERROR, "unknown-name", at,
			N_("there is no {1} \"{2}\" — \"{3}\" perhaps — correct it."), kind, name, hint.best, NULL);
	else
		finding_add(l->fs, FINDING_ERROR, "unknown-name", at,
			N_("there is no {1} \"{2}\" — nothing has a name like it — correct it, or add this "
			   "{1}."),
			kind, name, NULL);
	return -1;
}

/* The body that `part-of` names; -1: the receiver itself, or a finding. */
static int take_body(struct reading *l, const struct block *b)
{
	const struct setting *s = block_get(b, "part-of");
	if (!s || (l->r->name && !strcmp(s->values.at[0].text, l->r->name)))
		return -1;
	return refer(l, &l->bodies, "body", s->values.at[0].text, block_value_place(b, &s->values.at[0]));
}

/* ── Sections ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void take_receiver(struct reading *l, const struct block *b)
{
	struct receiver *r = l->r;
	take_required(l->fs, b);
	if (r->name) {
		finding_add(l->fs, FINDING_ERROR, "duplicate-name", b->place,
			N_("there is a second section receiver — one folder is one receiver's — keep one of them."),
			NULL);
		return;
	}
	r->name = mem_dup(b->title);
	r->title = take_text_or(l->fs, b, "name", b->title);
	r->language = mem_dup(take_word(l->fs, b, "language", 0) ? "en" : "vi");
	r->sample = take_yes(l->fs, b, "sample");
	enter(l, &l->names, b->title, 0, b->place);
}

/* Bodies may be written in any order: those whose superior is known are entered until no more are. */
static bool take_one_body(struct reading *l, const struct block *b, bool last)
{
	const struct setting *s = block_get(b, "part-of");
	const char *above = s ? s->values.at[0].text : NULL;
	bool top = !above || (l->r->name && !strcmp(above, l->r->name));
	if (!top && !index_find(&l->bodies, above) && !last)
		return false;
	take_required(l->fs, b);
	struct receiver_body body = { .name = mem_dup(b->title), .place = b->place };
	body.title = take_text_or(l->fs, b, "name", b->title);
	body.part_of = take_body(l, b);
	int levels = 1;
	for (int up = body.part_of; up >= 0; up = l->r->bodies.at[up].part_of)
		levels++;
	if (levels > RECEIVER_LEVELS)
		finding_add(l->fs, FINDING_ERROR, "too-many", b->place,
			N_("body \"{1}\" lies too deep — a receiver has 4 levels of bodies at most — take a level "
			   "out."),
			b->title, NULL);
	enter(l, &l->bodies, b->title, l->r->bodies.n, b->place);
	vec_push(&l->r->bodies, body);
	return true;
}

static void take_bodies(struct reading *l)
{
	VEC(const struct block *) open = { 0 };
	for (size_t i = 0; i < l->blocks.n; i++)
		if (l->blocks.at[i].section == SECTION_BODY)
			vec_push(&open, &l->blocks.at[i]);
	for (size_t before = SIZE_MAX; open.n;) {
		bool last = open.n == before; /* a circle, or a name that is nowhere */
		before = open.n;
		for (size_t i = 0; i < open.n;) {
			if (take_one_body(l, open.at[i], last))
				vec_remove(&open, i);
			else
				i++;
		}
	}
	vec_free(&open);
}

static void take_keys(struct reading *l, const struct block *b, struct receiver_station *s)
{
	const struct setting *k = block_get(b, "key");
	for (size_t i = 0; k && i < k->values.n; i++) {
		char *hex = mem_dup(k->values.at[i].text);
		for (char *c = hex; *c; c++)
			*c = (char)tolower((unsigned char)*c);
		if (strlen(hex) != 64 || strspn(hex, "0123456789abcdef") != 64)
			finding_add(l->fs, FINDING_ERROR, "bad-sha256", block_value_place(b, &k->values.at[i]),
				N_("\"{1}\" is no public key — one has 64 digits 0–9 and a–f — have the station run "
				   "loaxa key, "
				   "or use: loaxa review trust {2}"),
				hex, b->title, NULL);
		vec_push(&s->keys, hex);
	}
}

/* `earlier` blocks by their last day, then what holds now; each begins where the one before ended. */
static void take_times(struct reading *l, const struct block *b, struct receiver_station *s)
{
	day_span all = take_span(l->fs, b);
	day_num from = all.from;
	char *title = take_text_or(l->fs, b, "name", b->title);
	int body = take_body(l, b);
	for (size_t i = 0; i < b->parts.n; i++) {
		const struct block *part = &b->parts.at[i];
		take_required(l->fs, part);
		day_num until = take_date(l->fs, part, "until", DAY_NONE);
		if (until == DAY_NONE)
			continue;
		if (until < from || until >= all.until) {
			finding_add(l->fs, FINDING_ERROR, "bad-date", part->place,
				N_("this earlier does not fit — they stand in the order of their days, and inside "
				   "those on which "
				   "station \"{1}\" reports — correct its until."),
				b->title, NULL);
			continue;
		}
		struct receiver_time t = { .days = { from, until }, .title = take_text_or(l->fs, part, "name", title) };
		t.body = block_get(part, "part-of") ? take_body(l, part) : body;
		vec_push(&s->times, t);
		from = until + 1;
	}
	vec_push(&s->times, (struct receiver_time){ { from, all.until }, title, body });
}

static void take_station(struct reading *l, const struct block *b)
{
	struct receiver_station s = { .code = mem_dup(b->title), .place = b->place };
	const struct setting *former = block_get(b, "former-codes");
	take_required(l->fs, b);
	take_times(l, b, &s);
	take_keys(l, b, &s);
	enter(l, &l->stations, b->title, l->r->stations.n, b->place);
	for (size_t i = 0; former && i < former->values.n; i++) {
		enter(l, &l->stations, former->values.at[i].text, l->r->stations.n,
			block_value_place(b, &former->values.at[i]));
		vec_push(&s.former, mem_dup(former->values.at[i].text));
	}
	vec_push(&l->r->stations, s);
}

static void take_directive(struct reading *l, const struct block *b)
{
	struct receiver_directive d = { .name = mem_dup(b->title), .place = b->place };
	const struct setting *stations = block_get(b, "stations"), *bodies = block_get(b, "bodies");
	take_required(l->fs, b);
	d.number = take_text_or(l->fs, b, "number", "");
	d.issuer = take_text_or(l->fs, b, "issuer", "");
	d.issued = take_date(l->fs, b, "issued", DAY_NONE);
	d.days = take_span(l->fs, b);
	if (d.days.from == DAY_MIN && d.issued != DAY_NONE)
		d.days.from = d.issued;
	for (size_t i = 0; stations && i < stations->values.n; i++)
		vec_push(&d.stations, refer(l, &l->stations, "station", stations->values.at[i].text,
					      block_value_place(b, &stations->values.at[i])));
	for (size_t i = 0; bodies && i < bodies->values.n; i++)
		vec_push(&d.bodies, refer(l, &l->bodies, "body", bodies->values.at[i].text,
					    block_value_place(b, &bodies->values.at[i])));
	enter(l, &l->directives, b->title, l->r->directives.n, b->place);
	vec_push(&l->r->directives, d);
}

static void take_all(struct reading *l, enum section section, void (*take)(struct reading *, const struct block *))
{
	for (size_t i = 0; i < l->blocks.n; i++)
		if (l->blocks.at[i].section == section)
			take(l, &l->blocks.at[i]);
}

struct receiver *config_receiver_build(const char *dir, const struct source *sources, size_t count, struct findings *fs)
{
	size_t before = fs->errors;
	struct reading l = { .r = receiver_new(), .fs = fs, .parse = parse_new() };
	for (size_t i = 0; i < count && fs->list.n < SCAN_FINDINGS_MAX; i++)
		read_source(&l, dir, &sources[i]);
	take_all(&l, SECTION_RECEIVER, take_receiver);
	take_bodies(&l);
	take_all(&l, SECTION_REPORTER, take_station);
	take_all(&l, SECTION_ASKED, take_directive);
	if (count && !l.r->name && fs->errors == before)
		finding_add(fs, FINDING_ERROR, "missing-key", (struct place){ dir, 0 },
			N_("there is no section receiver in this folder — it says who receives — add: receiver "
			   "\"name\" { "
			   "name = … }."),
			NULL);
	for (size_t i = 0; i < l.blocks.n; i++)
		block_free(&l.blocks.at[i]);
	vec_free(&l.blocks);
	index_free(&l.names);
	index_free(&l.bodies);
	index_free(&l.stations);
	index_free(&l.directives);
	parse_free(&l.parse);
	if (fs->errors > before)
		receiver_free(&l.r);
	return l.r;
}

struct receiver *config_receiver(const char *dir, struct findings *fs)
{
	size_t before = fs->errors;
	struct sources sources = { 0 };
	struct receiver *r = NULL;
	source_read_dir(dir, &sources, fs);
	if (fs->errors == before)
		r = config_receiver_build(dir, sources.list.at, sources.list.n, fs);
	source_free(&sources);
	return r;
}
