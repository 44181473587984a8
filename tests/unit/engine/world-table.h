/* Tables over worlds: rules and events in, verdicts out. */
#ifndef LOAXA_TESTS_ENGINE_WORLD_TABLE_H
#define LOAXA_TESTS_ENGINE_WORLD_TABLE_H

#include "world-check.h"

struct world_row_of_table {
	int line;
	const char *rules, *events, *want;
};

struct world_table {
	int zones;
	const char *from, *to;
	void (*prepare)(struct station *);
	struct station *(*load)(struct world *, const char *dir);
	bool marks;
	int64_t lossy_us;
};

static inline void world_table_check(const struct world_row_of_table *rows, size_t n, struct world_table t)
{
	struct text wrong = { 0 };
	for (size_t i = 0; i < n; i++) {
		struct world w;
		struct station *st = day_station(t.zones ? t.zones : 1);
		day_rules(st, rows[i].rules);
		if (t.prepare)
			t.prepare(st);
		world_open(&w, rows[i].line, st, t.from ? t.from : DAY_DATE, t.to ? t.to : "2021-07-15");
		w.load = t.load;
		w.marks = t.marks;
		w.lossy_us = t.lossy_us;
		world_script(&w, rows[i].events);
		world_boot(&w);
		world_run(&w);
		world_check(&w);
		char *got = world_show(&w);
		if (strcmp(got, rows[i].want))
			text_addf(&wrong, "\nrow of line %d:\n got %s\nwant %s", rows[i].line, got, rows[i].want);
		mem_free(got);
		world_close(&w);
	}
	ck_assert_msg(!wrong.n, "%.4000s", text_str(&wrong));
	text_free(&wrong);
}

#define WORLD_TABLE(rows, ...)                                                                               \
	world_table_check(rows, sizeof(rows) / sizeof *(rows), (struct world_table){ __VA_ARGS__ })

#endif
