/* Any text as an answer of loaxa letter: refused, or a value in its range that the schedule files take. */
#include "base/text.h"
#include "cli/letter-values.h"
#include "schedule/values.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool truth)
{
	if (!truth)
		abort();
}

static void days(const char *s, day_num today)
{
	day_span span;
	day_num day;
	if (letter_days(s, today, &span))
		demand(span.from <= span.until && span.until - span.from < 1100 && span.from >= DAY_MIN &&
			span.until <= DAY_MAX);
	if (letter_date(s, today, &day))
		demand(day >= DAY_MIN && day <= DAY_MAX);
	char *received = letter_received(s, today), *time = received ? strchr(received, ' ') : NULL;
	tod_ms at;
	if (time)
		*time++ = '\0';
	demand(!received || (value_date(received, &day) && (!time || value_time(time, &at))));
	mem_free(received);
}

static void others(const char *s)
{
	int min, max;
	char *by, *via, *name = letter_name(s, 40);
	if (letter_times(s, &min, &max))
		demand(min > 0 && (max == -1 || max >= min) && min <= 100 && max <= 100);
	demand(!*name || value_name(name));
	letter_urgency(s);
	letter_approval(s, &by, &via);
	demand(by && (!via || *via));
	mem_free(by);
	mem_free(via);
	mem_free(name);
}

static void where(const char *s, const struct station *st)
{
	struct letter_where w = { 0 };
	bool ok = letter_where(s, st, &w);
	demand(ok == (w.sessions.n + w.times.n > 0));
	for (size_t i = 0; i < w.times.n; i++)
		demand(w.times.at[i] >= 0 && w.times.at[i] < MS_PER_DAY);
	vec_free(&w.sessions);
	vec_free(&w.times);
}

/* Answers are UTF-8 when they come here: the dialog sees to that. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	char *s = mem_dup_n((const char *)data, n);
	if (text_bad_utf8(s, strlen(s)) < 0) {
		struct station *st = station_new();
		vec_push(&st->rules, (struct rule){ .kind = RULE_SESSION, .name = mem_dup("sang") });
		days(s, 18821);
		days(s, DAY_MIN + 1);
		others(s);
		where(s, st);
		station_free(&st);
	}
	mem_free(s);
	return 0;
}
