/* Writers of single values: what they write, values.c reads back (dates of letters and ISO dates alike). */
#include "schedule/values.h"

#include <stdio.h>

void value_print_time(tod_ms t, char out[VALUE_BYTES])
{
	int s = t / 1000;
	if (t % 1000)
		snprintf(out, VALUE_BYTES, "%02d:%02d:%02d.%03d", s / 3600, s / 60 % 60, s % 60, t % 1000);
	else if (s % 60)
		snprintf(out, VALUE_BYTES, "%02d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
	else
		snprintf(out, VALUE_BYTES, "%02d:%02d", s / 3600, s / 60 % 60);
}

/* A zero before days below 10 and before months 1 and 2 only: so that nobody can add a digit to a signed
 * paper. */
void value_print_date(day_num day, char out[VALUE_BYTES])
{
	struct civil c = civil_from_day(day);
	snprintf(out, VALUE_BYTES, "%02d/%s%d/%d", c.day, c.month <= 2 ? "0" : "", c.month, c.year);
}

void value_print_iso_date(day_num day, char out[VALUE_BYTES])
{
	struct civil c = civil_from_day(day);
	snprintf(out, VALUE_BYTES, "%04d-%02d-%02d", c.year, c.month, c.day);
}

static int print_seconds(char *out, size_t room, int64_t ms)
{
	long s = (long)(ms / 1000), rest = (long)(ms % 1000);
	return rest ? snprintf(out, room, "%ld.%03lds", s, rest) : snprintf(out, room, "%lds", s);
}

/* Below two minutes people think in seconds: 75s, not 1m15s. */
void value_print_duration(int64_t ms, char out[VALUE_BYTES])
{
	enum { MINUTE = 60000, HOUR = 3600000 };
	if (ms < 2 * MINUTE && ms % MINUTE) {
		print_seconds(out, VALUE_BYTES, ms);
		return;
	}
	if (ms >= 2 * MS_PER_DAY && ms % MS_PER_DAY == 0) {
		snprintf(out, VALUE_BYTES, "%ldd", (long)(ms / MS_PER_DAY));
		return;
	}
	int n = 0;
	if (ms >= HOUR)
		n += snprintf(out, VALUE_BYTES, "%ldh", (long)(ms / HOUR));
	if (ms % HOUR >= MINUTE)
		n += snprintf(out + n, VALUE_BYTES - (size_t)n, "%ldm", (long)(ms % HOUR / MINUTE));
	if (ms % MINUTE || !ms)
		print_seconds(out + n, VALUE_BYTES - (size_t)n, ms % MINUTE);
}
