#include "report/build.h"

const char *const report_event_kinds[] = { "start", "day", "stop", "absence", "off", "on", "hold",
	"release", "device", "reload", "rollback", "exception", "duty", NULL };

void report_events_read(struct report_events *all, struct journal_reader *reader)
{
	struct journal_row row;
	while (reader->next(reader->self, &row)) {
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
