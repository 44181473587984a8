#include "cli/schedules.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "config/config.h"
#include "os/tzfile.h"

#include <string.h>

static void *read_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

static const struct config_env env = { .tzif = read_zone };

static void say_first(const struct findings *fs, struct err *err)
{
	for (size_t i = 0; i < fs->list.n; i++) {
		if (fs->list.at[i].severity != FINDING_ERROR)
			continue;
		char *text = finding_text(&fs->list.at[i], _(fs->list.at[i].pattern));
		err_set(err, "%s", text);
		mem_free(text);
		return;
	}
	err_set(err, _("it holds no schedule"));
}

struct station *schedules_build(const char *body, size_t bytes, struct err *err)
{
	struct findings fs = { 0 };
	struct station *st = config_again(body, bytes, &env, &fs);
	if (!st)
		say_first(&fs, err);
	findings_free(&fs);
	return st;
}

static bool read_rows(struct schedules *all, struct journal_log *log, struct err *err)
{
	static const char *const kinds[] = { "schedule", NULL };
	struct journal_reader r = journal_log_events(log, kinds, (wall_us){ 1 }, (wall_us){ US_NEVER });
	struct journal_row row;
	while (r.next(r.self, &row)) {
		struct err why = { "" };
		struct station *st = schedules_build(row.body, strlen(row.body), &why);
		if (st)
			vec_push(&all->list, (struct schedules_one){ row.wall, st });
		else
			return err_set(err, _("a schedule that the journal holds cannot be read: %s"), why.text);
	}
	all->from_journal = all->list.n;
	return journal_log_done(log, err);
}

/* What the last checkpoint says; an old one does not, but its airings do.  NULL: nothing does; to mem_free. */
static char *code_of(struct journal_log *log)
{
	struct text checkpoint = { 0 };
	journal_log_checkpoint(log, &checkpoint);
	struct json *j = json_parse(text_str(&checkpoint), checkpoint.n);
	char *code = j ? mem_dup(json_get_str(j, "station")) : NULL;
	json_free(&j);
	text_free(&checkpoint);
	struct journal_reader airings = journal_log_airings(log, (wall_us){ 1 }, (wall_us){ US_NEVER });
	struct journal_row row;
	while (!code && airings.next(airings.self, &row)) {
		j = json_parse(row.body, strlen(row.body));
		code = j ? mem_dup(json_get_str(j, "station")) : NULL;
		json_free(&j);
	}
	return code;
}

/* Is it the station that the journal is of? */
static bool is_same(struct journal_log *log, const struct station *st)
{
	char *code = code_of(log);
	bool same = !code || !strcmp(code, st->code);
	mem_free(code);
	return same;
}

static bool read_directory(
	struct schedules *all, struct journal_log *log, const char *state_dir, const char *dir, struct err *err)
{
	char *from = dir ? mem_dup(dir) : accepted_load_dir(state_dir);
	struct findings fs = { 0 };
	if (!from)
		from = place_station();
	struct station *st = config_load(from, &env, &fs);
	bool same = st && is_same(log, st);
	if (same)
		vec_push(&all->list, (struct schedules_one){ { 1 }, st });
	else if (st)
		err_set(err, _("the journal does not say what was planned, and %s is the schedule of another station — name "
			       "its own: --station DIR"), from);
	else
		say_first(&fs, err);
	if (!same)
		station_free(&st);
	findings_free(&fs);
	mem_free(from);
	return same;
}

bool schedules_read(
	struct schedules *all, struct journal_log *log, const char *state_dir, const char *dir, struct err *err)
{
	*all = (struct schedules){ 0 };
	bool ok = read_rows(all, log, err) && (all->list.n || read_directory(all, log, state_dir, dir, err));
	if (!ok)
		schedules_free(all);
	return ok;
}

void schedules_free(struct schedules *all)
{
	for (size_t i = 0; i < all->list.n; i++)
		station_free(&all->list.at[i].station);
	vec_free(&all->list);
}
