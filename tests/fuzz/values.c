/* Any text as every kind of value: refused, or a value in its range that, printed, is read back as itself. */
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool truth)
{
	if (!truth)
		abort();
}

static void times(const char *s)
{
	char printed[VALUE_BYTES];
	tod_ms t, again;
	struct window w;
	if (value_time(s, &t)) {
		demand(t >= 0 && t < MS_PER_DAY);
		value_print_time(t, printed);
		demand(value_time(printed, &again) && again == t);
	}
	if (value_window(s, &w))
		demand(w.from >= 0 && w.from < MS_PER_DAY && w.to >= 0 && w.to < MS_PER_DAY);
}

static void dates_and_durations(const char *s)
{
	char printed[VALUE_BYTES];
	day_num day, again;
	int64_t ms, ms_again;
	if (value_date(s, &day)) {
		value_print_date(day, printed);
		demand(value_date(printed, &again) && again == day);
		value_print_iso_date(day, printed);
		demand(value_date(printed, &again) && again == day);
	}
	if (value_duration(s, &ms)) {
		demand(ms >= 0);
		value_print_duration(ms, printed);
		demand(value_duration(printed, &ms_again) && ms_again == ms);
	}
}

static void others(const char *s, const struct tz *tz)
{
	uint8_t bits;
	int min, max;
	bool yes;
	int64_t number;
	wall_us at;
	if (value_weekdays(s, &bits))
		demand(bits > 0 && bits < 0x80);
	if (value_range(s, &min, &max))
		demand(min >= 0 && (max == -1 || max >= min));
	if (value_number(s, -5, 100, &number))
		demand(number >= -5 && number <= 100);
	value_bool(s, &yes);
	value_name(s);
	value_instant(s, tz, &at);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = malloc(n + 1);
	struct tz *tz = tz_fixed(7 * 3600);
	for (size_t i = 0; i < n; i++)
		s[i] = (char)data[i];
	s[n] = '\0';
	times(s);
	dates_and_durations(s);
	others(s, tz);
	tz_free(&tz);
	free(s);
	return 0;
}
