#include "report/build.h"

#include <string.h>

/* Those of airings are in the log already; the others carry much that no report shows. */
static bool is_wanted(const char *kind)
{
	static const char *const never[] = { "intent", "entered", "started", "progress", "cut", "withdrawn", "verdict",
		"schedule", "key", "seal" };
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (!strcmp(kind, never[i]))
			return false;
	return true;
}

void report_events_read(struct report_events *all, struct journal_reader *reader)
{
	struct journal_row row;
	while (reader->next(reader->self, &row)) {
		if (!is_wanted(row.kind))
			continue;
		struct report_event e = { row.wall, mem_dup(row.kind), mem_dup(row.airing), mem_dup(row.body) };
		vec_push(&all->list, e);
	}
}

void report_events_free(struct report_events *all)
{
	for (size_t i = 0; i < all->list.n; i++) {
		mem_free(all->list.at[i].kind);
		mem_free(all->list.at[i].airing);
		mem_free(all->list.at[i].body);
	}
	vec_free(&all->list);
}
