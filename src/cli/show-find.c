#include "cli/show-find.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "schedule/values.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#define DAY_US (INT64_C(86400) * US_PER_S)
#define MINUTE_US (INT64_C(60) * US_PER_S)

/* ── What was typed ── */

static bool same_folded(const char *a, const char *b)
{
	char *fa = text_fold(a, false), *fb = text_fold(b, false);
	bool same = !strcmp(fa, fb);
	mem_free(fa);
	mem_free(fb);
	return same;
}

static bool is_zone(const char *checkpoint, const char *word)
{
	struct json *j = json_parse(checkpoint, strlen(checkpoint));
	const struct json *zones = json_get(j, "zones");
	bool found = false;
	for (size_t i = 0; i < json_count(zones) && !found; i++)
		found = json_as_str(json_at(zones, i)) && same_folded(json_as_str(json_at(zones, i)), word);
	if (j)
		json_free(&j);
	return found;
}

static bool read_time(struct show_asked *a, const char *word)
{
	if (!value_time(word, &a->time))
		return false;
	size_t colons = 0;
	for (const char *s = word; *s; s++)
		colons += *s == ':';
	a->seconds = colons == 2;
	return true;
}

/* "14/7/2021T5h30" in one word. */
static bool read_both(struct show_asked *a, const char *word)
{
	const char *t = strchr(word, 'T');
	char *date = t ? mem_dup_n(word, (size_t)(t - word)) : NULL;
	bool ok = t && value_date(date, &a->day) && read_time(a, t + 1);
	mem_free(date);
	return ok;
}

static void read_word(struct show_asked *a, const char *word, const char *checkpoint)
{
	if (strchr(word, '/') && !value_date(word, &a->day) && !read_both(a, word))
		mem_renew(&a->id, word);
	else if (strchr(word, '/') || value_date(word, &a->day) || read_time(a, word) || read_both(a, word))
		return;
	else if (!a->zone && (is_zone(checkpoint, word) || strchr(word, ' ')))
		a->zone = mem_dup(word);
	else if (!a->bulletin)
		a->bulletin = mem_dup(word);
	else
		mem_renew(&a->zone, word);
}

bool show_asked_read(struct show_asked *a, char *const *words, size_t n, const char *checkpoint)
{
	*a = (struct show_asked){ .day = DAY_NONE, .time = -1 };
	for (size_t i = 0; i < n; i++)
		read_word(a, words[i], checkpoint);
	return a->id || a->day != DAY_NONE || a->time >= 0;
}

void show_asked_free(struct show_asked *a)
{
	mem_free(a->id);
	mem_free(a->zone);
	mem_free(a->bulletin);
	*a = (struct show_asked){ 0 };
}

/* ── Which days ── */

/* The day of the firing, which every id names; DAY_NONE: what was typed does not reach so far. */
static day_num day_of_id(const char *id)
{
	for (const char *at = id; (at = strchr(at, '/')) != NULL;) {
		struct civil c;
		at++;
		if (strspn(at, "0123456789") == 8 && (at[8] == 'T' || !at[8]) &&
			sscanf(at, "%4d%2d%2d", &c.year, &c.month, &c.day) == 3 && civil_valid(c))
			return civil_to_day(c);
	}
	return DAY_NONE;
}

static day_num last_day(struct journal_log *log, const struct tz *tz)
{
	struct journal_reader r = journal_log_latest(log, 5000);
	struct journal_row row;
	day_num day = DAY_NONE;
	while (r.next(r.self, &row))
		if (row.airing)
			day = tz_local(tz, row.planned).day;
	return day;
}

/* ── Which of them ── */

static bool id_begins(const char *id, const char *typed)
{
	const char *without_code = strchr(id, '/');
	size_t n = strlen(typed);
	return !strncmp(id, typed, n) || (without_code && !strncmp(without_code + 1, typed, n));
}

static bool in_zone(const struct report_row *r, const char *zone)
{
	return !zone || same_folded(r->zone, zone) || (r->zone_name && same_folded(r->zone_name, zone));
}

static bool of_bulletin(const struct report_row *r, const char *bulletin)
{
	return !bulletin || same_folded(r->bulletin, bulletin) || (r->title && same_folded(r->title, bulletin));
}

static bool at_time(const struct report_row *r, const struct show_asked *a, const struct tz *tz)
{
	wall_us from = tz_instant(tz, a->day, a->time >= 0 ? a->time : 0);
	int64_t to = a->time < 0 ? tz_instant(tz, a->day + 1, 0).us : from.us + (a->seconds ? US_PER_S : MINUTE_US);
	bool planned = r->planned.us >= from.us && r->planned.us < to;
	bool heard = a->time >= 0 && r->started.us && r->started.us < to && (!r->ended.us || r->ended.us > from.us);
	return planned || heard;
}

static bool is_meant(const struct report_row *r, const struct show_asked *a, const struct tz *tz)
{
	return a->id ? id_begins(r->id, a->id) : in_zone(r, a->zone) && of_bulletin(r, a->bulletin) && at_time(r, a, tz);
}

/* An id that is there is meant, though it may be the beginning of others ("…/cum-1" of "…/cum-10"). */
static void keep_the_exact(struct show_found *f, const char *id)
{
	for (size_t i = 0; i < f->at.n && id; i++) {
		const char *without_code = strchr(f->at.at[i]->id, '/');
		if (strcmp(f->at.at[i]->id, id) != 0 && (!without_code || strcmp(without_code + 1, id) != 0))
			continue;
		f->at.at[0] = f->at.at[i];
		f->at.n = 1;
	}
}

bool show_find(struct journal_log *log, struct show_asked *a, const struct tz *tz, const char *checkpoint,
	struct show_found *f, struct err *err)
{
	struct report_filter all = { .state = -1, .bodies = true };
	*f = (struct show_found){ 0 };
	if (a->id)
		a->day = day_of_id(a->id);
	if (a->id && a->day == DAY_NONE)
		return err_set(err,
			_("\"%s\" says no day — write the id up to its day at least, for example "
			  "22363/sang/20210714 — or a time and a zone: loaxa show 14/7/2021 5h32 cum-1"),
			a->id);
	if (a->day == DAY_NONE)
		a->day = last_day(log, tz);
	if (a->day == DAY_NONE)
		return err_set(err, _("the journal knows of no airing yet"));
	/* What was begun the day before may be on air; what fires today may be planned for tomorrow. */
	wall_us from = tz_instant(tz, a->day, 0), to = tz_instant(tz, a->day + 1, 0);
	struct journal_reader rows = journal_log_airings(log, (wall_us){ from.us - DAY_US }, (wall_us){ to.us + DAY_US });
	f->log = report_log_read(&rows, &all, checkpoint);
	for (size_t i = 0; i < f->log->rows.n; i++)
		if (is_meant(&f->log->rows.at[i], a, tz))
			vec_push(&f->at, &f->log->rows.at[i]);
	keep_the_exact(f, a->id);
	return true;
}

void show_found_free(struct show_found *f)
{
	vec_free(&f->at);
	if (f->log)
		report_log_free(&f->log);
}
