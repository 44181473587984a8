#include "report/period.h"
#include "../unit.h"

#include "base/mem.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

/* "month=7/2021 period=15-14": what was asked for; values end at a blank, "_" in them is one. */
struct words {
	char text[128];
	struct period_asked asked;
};

static void parse(struct words *w, const char *line)
{
	struct {
		const char *name, **to;
	} all[] = { { "month", &w->asked.month }, { "week", &w->asked.week }, { "quarter", &w->asked.quarter },
		{ "half", &w->asked.half }, { "year", &w->asked.year }, { "period", &w->asked.period },
		{ "from", &w->asked.from }, { "to", &w->asked.to } };
	*w = (struct words){ 0 };
	snprintf(w->text, sizeof w->text, "%s", line);
	char *save = NULL;
	for (char *word = strtok_r(w->text, " ", &save); word; word = strtok_r(NULL, " ", &save)) {
		char *value = strchr(word, '=');
		ck_assert_ptr_nonnull(value);
		*value++ = '\0';
		for (char *blank; (blank = strchr(value, '_')) != NULL;)
			*blank = ' ';
		for (size_t i = 0; i < sizeof all / sizeof *all; i++)
			if (!strcmp(all[i].name, word))
				*all[i].to = value;
	}
}

static void compare(int line, const char *asked, const char *on, const char *want)
{
	struct words w;
	struct period p;
	struct err err = { "" };
	day_num today;
	char from[VALUE_BYTES], until[VALUE_BYTES];
	ck_assert(value_date(on, &today));
	parse(&w, asked);
	bool ok = period_read(&w.asked, today, &p, &err);
	ck_assert_msg(ok == !!want, "line %d: \"%s\": %s", line, asked, ok ? "taken" : err.text);
	ck_assert_msg(ok || strstr(err.text, "—") || want, "line %d: says nothing", line);
	if (!ok)
		return;
	value_print_iso_date(p.days.from, from);
	value_print_iso_date(p.days.until, until);
	char *got = mem_printf("%s %s", from, until);
	ck_assert_msg(!strcmp(got, want), "line %d: \"%s\": %s, not %s", line, asked, got, want);
	ck_assert_msg(p.title && *p.title, "line %d: no title", line);
	mem_free(got);
	mem_free(p.title);
}

START_TEST(as_people_ask)
{
	static const struct {
		int line;
		const char *asked, *today, *days; /* days NULL: refused */
	} T[] = {
		/* nothing: the last month that is over */
		{ __LINE__, "", "1/8/2021", "2021-07-01 2021-07-31" },
		{ __LINE__, "", "31/7/2021", "2021-06-01 2021-06-30" },
		{ __LINE__, "", "15/1/2022", "2021-12-01 2021-12-31" },
		{ __LINE__, "month=7/2021", "1/1/2030", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=7-2021", "1/1/2030", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=7.2021", "1/1/2030", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=7//2021", "1/1/2030", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=7-", "1/1/2030", NULL },
		{ __LINE__, "month=07/2021", "1/1/2030", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=2021-07", "1/1/2030", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=2/2024", "1/1/2030", "2024-02-01 2024-02-29" },
		{ __LINE__, "month=tháng_7_năm_2021", "1/1/2030", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=T7/2021", "1/1/2030", NULL },
		{ __LINE__, "month=12/2021", "1/1/2030", "2021-12-01 2021-12-31" },
		/* without a year the latest that has begun */
		{ __LINE__, "month=7", "1/7/2021", "2021-07-01 2021-07-31" },
		{ __LINE__, "month=8", "31/7/2021", "2020-08-01 2020-08-31" },
		{ __LINE__, "month=0/2021", "1/1/2030", NULL },
		{ __LINE__, "month=13/2021", "1/1/2030", NULL },
		{ __LINE__, "month=7/21", "1/1/2030", NULL },
		{ __LINE__, "month=7/1999", "1/1/2030", NULL },
		{ __LINE__, "month=-7/2021", "1/1/2030", NULL },
		{ __LINE__, "month=7/2021x", "1/1/2030", NULL },
		{ __LINE__, "month=1/7/2021", "1/1/2030", NULL },
		{ __LINE__, "month=July", "1/1/2030", NULL },
		{ __LINE__, "month=", "1/1/2030", NULL },
		{ __LINE__, "month=99999999999/2021", "1/1/2030", NULL },
		{ __LINE__, "week=14/7/2021", "1/1/2030", "2021-07-12 2021-07-18" },
		{ __LINE__, "week=12/7/2021", "1/1/2030", "2021-07-12 2021-07-18" },
		{ __LINE__, "week=18/7/2021", "1/1/2030", "2021-07-12 2021-07-18" },
		{ __LINE__, "week=28/2021", "1/1/2030", "2021-07-12 2021-07-18" },
		{ __LINE__, "week=1/2021", "1/1/2030", "2021-01-04 2021-01-10" },
		{ __LINE__, "week=53/2020", "1/1/2030", "2020-12-28 2021-01-03" },
		{ __LINE__, "week=53/2021", "1/1/2030", NULL },
		{ __LINE__, "week=54/2021", "1/1/2030", NULL },
		{ __LINE__, "quarter=3/2021", "1/1/2030", "2021-07-01 2021-09-30" },
		{ __LINE__, "quarter=III/2021", "1/1/2030", "2021-07-01 2021-09-30" },
		{ __LINE__, "quarter=iv/2021", "1/1/2030", "2021-10-01 2021-12-31" },
		{ __LINE__, "quarter=quý_II_năm_2021", "1/1/2030", "2021-04-01 2021-06-30" },
		{ __LINE__, "quarter=I", "1/1/2021", "2021-01-01 2021-03-31" },
		{ __LINE__, "quarter=2", "1/1/2021", "2020-04-01 2020-06-30" },
		{ __LINE__, "quarter=5/2021", "1/1/2030", NULL },
		{ __LINE__, "half=1/2021", "1/1/2030", "2021-01-01 2021-06-30" },
		{ __LINE__, "half=II/2021", "1/1/2030", "2021-07-01 2021-12-31" },
		{ __LINE__, "half=3/2021", "1/1/2030", NULL },
		{ __LINE__, "year=2021", "1/1/2030", "2021-01-01 2021-12-31" },
		{ __LINE__, "year=năm_2021", "1/1/2030", "2021-01-01 2021-12-31" },
		{ __LINE__, "year=21", "1/1/2030", NULL },
		{ __LINE__, "year=2021-07", "1/1/2030", NULL },
		{ __LINE__, "period=15-14 month=7/2021", "1/1/2030", "2021-06-15 2021-07-14" },
		{ __LINE__, "period=15-14_7/2021", "1/1/2030", "2021-06-15 2021-07-14" },
		{ __LINE__, "period=15-14_7/2021 month=8/2021", "1/1/2030", NULL },
		{ __LINE__, "period=15-14 month=1/2021", "1/1/2030", "2020-12-15 2021-01-14" },
		{ __LINE__, "period=15-14", "14/7/2021", "2021-05-15 2021-06-14" },
		{ __LINE__, "period=15-14", "15/7/2021", "2021-06-15 2021-07-14" },
		{ __LINE__, "period=15-14", "3/1/2021", "2020-11-15 2020-12-14" },
		{ __LINE__, "period=31-30 month=3/2021", "1/1/2030", "2021-02-28 2021-03-30" },
		{ __LINE__, "period=14-15 month=7/2021", "1/1/2030", NULL },
		{ __LINE__, "period=15-14x", "1/1/2030", NULL },
		{ __LINE__, "period=week", "1/1/2030", NULL },
		{ __LINE__, "from=1/7/2021 to=15/7/2021", "1/1/2030", "2021-07-01 2021-07-15" },
		{ __LINE__, "from=1/7/2021 to=1/7/2021", "1/1/2030", "2021-07-01 2021-07-01" },
		{ __LINE__, "from=2021-07-01", "3/7/2021", "2021-07-01 2021-07-03" },
		{ __LINE__, "from=2/7/2021 to=1/7/2021", "1/1/2030", NULL },
		{ __LINE__, "to=1/7/2021", "1/1/2030", NULL },
		{ __LINE__, "from=32/7/2021", "1/1/2030", NULL },
		{ __LINE__, "from=1/7/2021 to=x", "1/1/2030", NULL },
		{ __LINE__, "from=1/1/2001 to=1/1/2021", "1/1/2030", NULL },
		{ __LINE__, "month=7/2021 year=2021", "1/1/2030", NULL },
		{ __LINE__, "month=7/2021 from=1/7/2021", "1/1/2030", NULL },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		compare(T[i].line, T[i].asked, T[i].today, T[i].days);
}
END_TEST

UNIT_MAIN("report/period", as_people_ask)
