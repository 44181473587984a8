/* A station for one day, written in one line; its frames are microseconds (a rate of 1 MHz), so that rows can be
 * read.
 *
 *	"sang 05:30-06:30 a,b,vov@06:00 hard-end gap=10s"   a session
 *	"nhac @08:00,09:00 a late=5m once"                  a repeat
 *	"bao! bao,lu rank=1 first=2x5m then=2h align=1h until=7h clear=het"   an emergency
 *	"quiet 21:00-05:00", "warn 05:00-05:30"             guards */
#ifndef LOAXA_TESTS_AIRING_DAY_H
#define LOAXA_TESTS_AIRING_DAY_H

#include "../schedule/build.h"

#define DAY_DATE "2021-07-14"
#define DAY_RATE 1000000
#define DAY_MINUTE (INT64_C(60) * DAY_RATE)

/* Bulletins of fixed lengths: a, drop, again, soon: 8 min; b: 4; p (priority): 3; c, first (order 1), keep: 2;
 * vov (hard-start), relay: 10; bao, lu, het, raw (not approved), thu (test): 1. */
static inline struct station *day_station(int zones)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", zones);
	s->outputs.at[0].rate = DAY_RATE;
	static const struct {
		const char *name;
		int minutes;
		enum bulletin_class class;
	} B[] = {
		{ "a", 8, CLASS_ANNOUNCEMENT }, { "b", 4, CLASS_ANNOUNCEMENT }, { "c", 2, CLASS_NEWS },
		{ "p", 3, CLASS_ANNOUNCEMENT }, { "first", 2, CLASS_ANNOUNCEMENT }, { "drop", 8, CLASS_MUSIC },
		{ "again", 8, CLASS_ANNOUNCEMENT }, { "soon", 8, CLASS_ANNOUNCEMENT }, { "raw", 1, CLASS_ANNOUNCEMENT },
		{ "vov", 10, CLASS_RELAY }, { "relay", 10, CLASS_RELAY }, { "bao", 1, CLASS_ANNOUNCEMENT },
		{ "lu", 1, CLASS_ANNOUNCEMENT }, { "het", 1, CLASS_ANNOUNCEMENT }, { "thu", 1, CLASS_TEST },
		{ "keep", 2, CLASS_ANNOUNCEMENT },
	};
	for (size_t i = 0; i < sizeof B / sizeof *B; i++) {
		struct bulletin *b = build_bulletin(s, B[i].name, B[i].minutes * 60000, B[i].class);
		if (b->audio.n)
			b->audio.at[0].frames[0] = b->audio.at[0].ms * (DAY_RATE / 1000);
		b->approved_by = strcmp(b->name, "raw") ? mem_dup("Chủ tịch UBND") : NULL;
	}
#define DAY_BULLETIN(s, name) (&(s)->bulletins.at[station_bulletin(s, name)])
	DAY_BULLETIN(s, "p")->level = LEVEL_PRIORITY;
	DAY_BULLETIN(s, "first")->order = 1;
	DAY_BULLETIN(s, "drop")->after = AFTER_DROP;
	DAY_BULLETIN(s, "again")->after = AFTER_RESTART;
	DAY_BULLETIN(s, "soon")->resume_within_ms = 60000;
	DAY_BULLETIN(s, "vov")->hard_start = true;
	DAY_BULLETIN(s, "keep")->after = AFTER_RESUME;
	DAY_BULLETIN(s, "keep")->after_said = true;
	return s;
}

static inline void day_duration(const char *text, int64_t *out)
{
	ck_assert_msg(value_duration(text, out), "%s is no duration", text);
}

/* "first=2x5m" */
static inline void day_first(struct rule *r, const char *value)
{
	r->first_repeats = atoi(value);
	day_duration(strchr(value, 'x') + 1, &r->first_every_ms);
}

static inline bool day_duration_option(struct rule *r, const char *word, const char *value)
{
	struct {
		const char *key;
		int64_t *out;
	} const keys[] = { { "late=", &r->max_late_ms }, { "gap=", &r->gap_ms }, { "until=", &r->until_ms },
		{ "then=", &r->then_every_ms }, { "align=", &r->align_ms } };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!strncmp(word, keys[i].key, strlen(keys[i].key))) {
			day_duration(value, keys[i].out);
			return true;
		}
	return false;
}

static inline void day_option(struct station *s, struct rule *r, const char *word)
{
	const char *value = strchr(word, '=') ? strchr(word, '=') + 1 : "";
	if (day_duration_option(r, word, value))
		return;
	if (!strcmp(word, "hard-end"))
		r->hard_end = true;
	else if (!strcmp(word, "once"))
		r->catch_up = CATCH_UP_ONCE;
	else if (!strcmp(word, "all"))
		r->catch_up = CATCH_UP_ALL;
	else if (!strncmp(word, "first=", 6))
		day_first(r, value);
	else if (!strncmp(word, "rank=", 5))
		r->rank = atoi(value);
	else if (!strncmp(word, "volume=", 7))
		r->volume = atoi(value);
	else if (!strncmp(word, "clear=", 6))
		r->all_clear = station_bulletin(s, value);
	else if (!strncmp(word, "zone=", 5))
		r->zones = (zone_set)1 << (atoi(value) - 1);
	else
		ck_abort_msg("no option %s", word);
}

static inline void day_rule(struct station *s, char *text)
{
	char *save = NULL, *name = strtok_r(text, " ", &save), *when = strtok_r(NULL, " ", &save);
	char *dash = strchr(when, '-');
	struct rule *r;
	if (!strcmp(name, "quiet") || !strcmp(name, "warn")) {
		*dash = '\0';
		build_guard(s, when, dash + 1, strcmp(name, "quiet") ? GUARD_WARN : GUARD_REFUSE);
		return;
	}
	if (name[strlen(name) - 1] == '!') {
		name[strlen(name) - 1] = '\0';
		r = build_rule(s, RULE_EMERGENCY, name, when);
		r->until_ms = 24 * 3600000;
	} else if (*when == '@') {
		r = build_at(s, name, when + 1, strtok_r(NULL, " ", &save));
	} else {
		*dash = '\0';
		r = build_session(s, name, when, dash + 1, strtok_r(NULL, " ", &save));
	}
	for (char *word; (word = strtok_r(NULL, " ", &save)) != NULL;)
		day_option(s, r, word);
}

/* Rules, with semicolons between them. */
static inline void day_rules(struct station *s, const char *list)
{
	char *copy = mem_dup(list), *save = NULL;
	for (char *part = strtok_r(copy, ";", &save); part; part = strtok_r(NULL, ";", &save)) {
		part += strspn(part, " ");
		if (*part)
			day_rule(s, part);
	}
	mem_free(copy);
}

/* ── What is shown ── */

static inline void day_time(struct text *t, const struct station *s, wall_us at)
{
	char time[VALUE_BYTES];
	value_print_time(tz_local(s->tz, at).ms, time);
	text_add(t, time);
}

static inline void day_seconds(struct text *t, int64_t frames)
{
	text_addf(t, frames % DAY_RATE ? "%lld.%03lld" : "%lld", (long long)frames / DAY_RATE,
			(long long)frames % DAY_RATE / (DAY_RATE / 1000));
}

#endif
