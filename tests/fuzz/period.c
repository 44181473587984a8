/* Any text as every way to name the days of a report, and as the number of a directive: refused with words, or days in
 * their order within the calendar. */
#include "report/number.h"
#include "report/period.h"

#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool truth)
{
	if (!truth)
		abort();
}

static void read_as(const struct period_asked *asked)
{
	struct period p;
	struct err err = { "" };
	day_num today = civil_to_day((struct civil){ 2021, 8, 1 });
	if (!period_read(asked, today, &p, &err)) {
		demand(*err.text && !p.title);
		return;
	}
	demand(p.days.from <= p.days.until && p.days.until - p.days.from < PERIOD_DAYS_MOST);
	demand(p.days.from >= DAY_MIN - 31 && p.days.until <= DAY_MAX);
	demand(p.title && *p.title);
	mem_free(p.title);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = mem_dup_n((const char *)data, n);
	const struct period_asked all[] = { { .month = s }, { .week = s }, { .quarter = s }, { .half = s }, { .year = s },
		{ .period = s }, { .period = "15-14", .month = s }, { .from = s }, { .from = s, .to = s },
		{ .from = "1/7/2021", .to = s } };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		read_as(&all[i]);
	number_means(s, "1704/STTTT-TTBCXB");
	if (number_means(s, s))
		demand(strlen(s) > 0);
	number_means("1704", s);
	mem_free(s);
	return 0;
}
