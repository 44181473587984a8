/* The way from a folder to a station: bytes, text, blocks, station.  Every step goes on after an error, so
 * that one run of `loaxa check` names all there is to correct; findings that only follow from others are held
 * back, because an operator corrects from the top and trusts the rest. */
#include "config/config.h"

#include "base/i18n.h"
#include "config/accepted.h"
#include "config/build.h"
#include "config/clean.h"
#include "config/parse.h"
#include "config/scan.h"
#include "config/source.h"

#include <string.h>

/* Comparing every wrong name with every right one must not take minutes. */
#define HINTS_MOST 200000

struct load {
	struct build build;
	struct parse *parse;
	VEC(struct block) blocks; /* of all files, in the order they were read */
};

/* Told by the scanner for each section.  That libconfuse disagrees with it has never been seen, only provided
 * for. */
static void keep_block(void *self, struct block *block, const char *body)
{
	struct load *l = self;
	if (parse_body(l->parse, block, body)) {
		vec_push(&l->blocks, *block);
		return;
	}
	l->build.partial = true;
	finding_add(l->build.fs, FINDING_ERROR, "internal", block->place,
		N_("this section cannot be read — the program does not understand its own reader, which is a "
		   "fault of the program — please report the section."),
		NULL);
	block_free(block);
}

static void read_source(struct load *l, const char *dir, const struct source *s)
{
	char *path = mem_printf("%s/%s", dir, s->name);
	vec_push(&l->build.st->files, path);
	char *text = s->bytes ? clean_text(s->bytes, s->n, path, l->build.fs) : NULL;
	if (text) {
		vec_push(&l->build.st->sources, (struct schedule_file){ mem_dup(s->name), mem_dup_n(s->bytes, s->n) });
		scan_file(text, path, KEYS_SCHEDULE, l->build.fs, keep_block, l);
	} else {
		l->build.partial = true;
	}
	mem_free(text);
}

/* A wrong file (a film, somebody's letter) would else give a finding a line. */
static bool too_many_findings(struct load *l, struct place at)
{
	if (l->build.fs->list.n < SCAN_FINDINGS_MAX)
		return false;
	l->build.partial = true;
	finding_add(l->build.fs, FINDING_ERROR, "too-many", at,
		N_("reading stopped here — there are 500 findings already — correct those first."), NULL);
	return true;
}

static const struct {
	int pass; /* what a section may refer to comes earlier */
	void (*fn)(struct build *, const struct block *);
	void (*last)(struct build *, const struct block *); /* in the last pass: what may refer to its own kind */
} steps[SECTION_COUNT] = {
	[SECTION_STATION] = { 1, build_station, build_drill },
	[SECTION_OUTPUT] = { 2, build_output, NULL },
	[SECTION_ZONE] = { 3, build_zone, NULL },
	[SECTION_GUARD] = { 4, build_guard, NULL },
	[SECTION_LIMIT] = { 4, build_limit, NULL },
	[SECTION_CAMPAIGN] = { 4, build_campaign, NULL },
	[SECTION_BULLETIN] = { 5, build_bulletin, build_instead },
	[SECTION_SESSION] = { 6, build_session, NULL },
	[SECTION_REPEAT] = { 6, build_repeat, NULL },
	[SECTION_EMERGENCY] = { 6, build_emergency, NULL },
	[SECTION_EXCEPTION] = { 7, build_exception, NULL },
};
#define PASSES 7

static void build_blocks(struct load *l)
{
	for (int pass = 1; pass <= PASSES; pass++)
		for (size_t i = 0; i < l->blocks.n; i++) {
			const struct block *block = &l->blocks.at[i];
			bool own = steps[block->section].pass == pass, last = pass == PASSES && steps[block->section].last;
			if (!own && !last)
				continue;
			if (too_many_findings(l, block->place))
				return;
			(own ? steps[block->section].fn : steps[block->section].last)(&l->build, block);
		}
	build_finish(&l->build);
}

static void want_station(struct load *l, const char *dir)
{
	if (l->build.st->code || l->build.partial)
		return;
	char *path = mem_printf("%s/station.conf", dir);
	finding_add(l->build.fs, FINDING_ERROR, "no-station", (struct place){ path, 0 },
		N_("there is no section station in this folder — it says whose schedule this is — a new "
		   "station: loaxa init {1}; else add station.conf with station \"CODE\" { name = …  timezone = "
		   "… }."),
		dir, NULL);
	mem_free(path);
}

/* "schedules/loc-tho/" and "schedules/loc-tho" are the same to the user, and look the same in findings. */
static char *without_slash(const char *dir)
{
	size_t n = strlen(dir);
	while (n > 1 && dir[n - 1] == '/')
		n--;
	return mem_dup_n(dir, n);
}

static struct station *load(const char *dir, const struct source *sources, size_t count, const struct config_env *env,
	const struct accepted *copy, struct findings *fs)
{
	char *shown = without_slash(dir);
	struct load l = { .build = { .st = station_new(),
				  .fs = fs,
				  .env = env,
				  .base = shown,
				  .audio_dir = copy ? copy->audio_dir : NULL,
				  .hints = HINTS_MOST },
		.parse = parse_new() };
	l.build.st->dir = mem_dup(dir);
	source_digest(sources, count, l.build.st->digest);
	for (size_t i = 0; i < count; i++)
		if (!too_many_findings(&l, (struct place){ shown, 0 }))
			read_source(&l, shown, &sources[i]);
	build_blocks(&l);
	want_station(&l, shown);
	for (size_t i = 0; i < l.blocks.n; i++)
		block_free(&l.blocks.at[i]);
	vec_free(&l.blocks);
	for (size_t i = 0; i < NAMES_COUNT; i++)
		index_free(&l.build.names[i]);
	parse_free(&l.parse);
	mem_free(shown);
	return l.build.st;
}

struct station *config_build(
	const char *dir, const struct source *sources, size_t count, const struct config_env *env, struct findings *fs)
{
	size_t before = fs->errors;
	struct station *st = load(dir, sources, count, env, NULL, fs);
	if (fs->errors > before)
		station_free(&st);
	return st;
}

struct station *config_load(const char *dir, const struct config_env *env, struct findings *fs)
{
	size_t before = fs->errors;
	/* a folder that cannot be read at all is one finding, not also "no station in it" */
	struct sources sources = { 0 };
	struct accepted copy = { 0 };
	struct station *st = NULL;
	source_read_dir(dir, &sources, fs);
	bool is_copy = accepted_read(dir, &copy);
	if (sources.list.n || fs->errors == before)
		st = load(dir, sources.list.at, sources.list.n, env, is_copy ? &copy : NULL, fs);
	if (fs->errors > before)
		station_free(&st);
	else if (is_copy)
		accepted_name_recordings(&copy, st);
	accepted_free(&copy);
	source_free(&sources);
	return st;
}
