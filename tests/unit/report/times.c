#include "report/times.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>

#define MOST 16

/* "05 sang@20210714T053000+0700 1.tin bz cum-1 aired": planned instant, rule@firing, place.bulletin, campaign, zone,
 * verdict[:reason]; parted by ";".  "open" is no verdict yet, campaign "-" none. */
struct table {
	struct report_row rows[MOST];
	char text[MOST][6][64], id[MOST][320];
	size_t n;
};

static void parse(struct table *t, const char *line)
{
	char (*w)[64] = t->text[t->n];
	struct report_row *r = &t->rows[t->n];
	ck_assert_msg(sscanf(line, " %63s %63s %63s %63s %63s %63s", w[0], w[1], w[2], w[3], w[4], w[5]) == 6, "%s", line);
	char *at = strchr(w[1], '@'), *reason = strchr(w[5], ':');
	ck_assert_ptr_nonnull(at);
	char *id = mem_printf("22363/%.*s/%s/%s/%s", (int)(at - w[1]), w[1], at + 1, w[2], w[4]);
	strcpy(t->id[t->n], id);
	mem_free(id);
	if (reason)
		*reason++ = '\0';
	*r = (struct report_row){ .id = t->id[t->n], .class = "announcement", .zone = w[4] };
	r->planned.us = atoi(w[0]);
	r->campaign = strcmp(w[3], "-") ? w[3] : NULL;
	r->bulletin = strchr(w[2], '.') + 1;
	r->class = !strcmp(r->bulletin, "nhac") ? "music" : "announcement";
	for (int s = STATE_OPEN + 1; s < STATE_COUNT; s++)
		r->state = strcmp(w[5], verdict_state_name((enum state)s)) ? r->state : (enum state)s;
	r->reason = reason ? REASON_ZONE_OFF : REASON_NONE;
	t->n++;
}

#define A "@20210714T053000+0700 "
#define B "@20210714T170000+0700 "
#define C "@20210715T053000+0700 "

START_TEST(times_are_firings)
{
	static const struct {
		int line;
		const char *rows;
		int aired, open; /* of "bz" on 14/7 */
	} T[] = {
		{ __LINE__, "1 sang" A "1.tin bz a aired", 1, 0 },
		{ __LINE__, "1 sang" A "1.tin - a aired", 0, 0 },
		{ __LINE__, "1 sang" A "1.nhac bz a aired", 0, 0 },
		/* two of one session are one time, in however many zones */
		{ __LINE__, "1 sang" A "1.tin bz a aired; 1 sang" A "1.tin bz b aired; 2 sang" A "2.ban bz a aired", 1, 0 },
		{ __LINE__, "1 sang" A "1.tin bz a aired; 9 chieu" B "1.tin bz a aired", 2, 0 },
		{ __LINE__, "1 sang" A "1.tin bz a aired; 9 sang" C "1.tin bz a aired", 1, 0 },
		/* heard in every zone that was on */
		{ __LINE__, "1 sang" A "1.tin bz a aired; 1 sang" A "1.tin bz b missed", 0, 0 },
		{ __LINE__, "1 sang" A "1.tin bz a aired; 1 sang" A "1.tin bz b skipped:zone-off", 1, 0 },
		{ __LINE__, "1 sang" A "1.tin bz a skipped:zone-off; 1 sang" A "1.tin bz b skipped:zone-off", 0, 0 },
		{ __LINE__, "1 sang" A "1.tin bz a partial; 2 sang" A "2.ban bz a aired", 1, 0 },
		/* not decided yet */
		{ __LINE__, "1 sang" A "1.tin bz a open", 0, 1 },
		{ __LINE__, "1 sang" A "1.tin bz a aired; 1 sang" A "1.tin bz b open", 0, 1 },
		{ __LINE__, "1 sang" A "1.tin bz a missed; 1 sang" A "1.tin bz b open", 0, 0 },
		{ __LINE__, "1 sang" A "1.tin bz a open; 2 sang" A "2.ban bz a aired", 1, 0 },
		{ __LINE__, "1 sang" A "1.tin bz a aired; 2 sang" A "2.ban bz a open", 1, 0 },
		{ __LINE__, "1 odd@x 1.tin bz a aired", 0, 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct table t = { 0 };
		struct times times = { 0 };
		char *copy = mem_dup(T[i].rows), *save = NULL;
		for (char *line = strtok_r(copy, ";", &save); line; line = strtok_r(NULL, ";", &save))
			parse(&t, line);
		times_count(t.rows, t.n, &times);
		const struct times_day *d = times_find(&times, "bz", civil_to_day((struct civil){ 2021, 7, 14 }));
		ck_assert_msg((d ? d->aired : 0) == T[i].aired && (d ? d->open : 0) == T[i].open, "line %d: %d, %d",
			T[i].line, d ? d->aired : 0, d ? d->open : 0);
		bool counted = times_counted(&times, "bz", "22363/sang/20210714T053000+0700/9.khac/z");
		ck_assert_msg(counted == (d && strstr(T[i].rows, "sang" A)), "line %d", T[i].line);
		ck_assert(!times_counted(&times, "khac", "22363/sang/20210714T053000+0700/9.khac/z"));
		times_free(&times);
		mem_free(copy);
	}
}
END_TEST

UNIT_MAIN("report/times", times_are_firings)
