/* What the tests of schedule_check share: the findings as text, and a village. */
#ifndef LOAXA_TESTS_SCHEDULE_CHECK_BUILD_H
#define LOAXA_TESTS_SCHEDULE_CHECK_BUILD_H

#include "schedule/check.h"
#include "schedule/codes.h"

#include "build.h"

static inline int by_text(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static inline bool is_listed(const struct finding *f)
{
	for (const struct finding_code *c = schedule_codes; c->name; c++)
		if (!strcmp(c->name, f->code))
			return c->severity == f->severity;
	return false;
}

/* "E:201:quiet-hours: text" lines, in alphabetical order. */
static inline char *findings_of(const struct station *s)
{
	struct findings fs = { 0 };
	struct text t = { 0 };
	VEC(char *) lines = { 0 };
	schedule_check(s, &fs);
	for (size_t i = 0; i < fs.list.n; i++) {
		const struct finding *f = &fs.list.at[i];
		char *text = finding_text(f, f->pattern);
		ck_assert_msg(is_listed(f), "%s is not in the table of codes", f->code);
		vec_push(&lines, mem_printf("%c:%d:%s: %s", f->severity == FINDING_ERROR ? 'E' : 'W', f->line,
		                         f->code, text));
		mem_free(text);
	}
	if (lines.n)
		qsort(lines.at, lines.n, sizeof *lines.at, by_text);
	for (size_t i = 0; i < lines.n; i++) {
		text_addf(&t, "%s%s", i ? "\n" : "", lines.at[i]);
		mem_free(lines.at[i]);
	}
	vec_free(&lines);
	findings_free(&fs);
	return text_take(&t);
}

#define EXPECT(s, want)                                                                                      \
	do {                                                                                                 \
		char *got_ = findings_of(s);                                                                 \
		ck_assert_msg(!strcmp(got_, want), "line %d:\n got %s\nwant %s", __LINE__, got_, want);      \
		mem_free(got_);                                                                              \
	} while (0)

/* Bulletins a (1 min), b (5 min), m (music), vov (relay, 25 min); named days from 1/7/2021. */
static inline struct station *village(int zones)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", zones);
	build_guard(s, "21h", "5h", GUARD_REFUSE);
	build_guard(s, "5h", "5h30", GUARD_WARN);
	build_bulletin(s, "a", 60000, CLASS_ANNOUNCEMENT)->days.from = build_day("1/7/2021");
	build_bulletin(s, "b", 300000, CLASS_NEWS);
	build_bulletin(s, "m", 180000, CLASS_MUSIC);
	build_bulletin(s, "vov", 1500000, CLASS_RELAY);
	return s;
}

#endif
