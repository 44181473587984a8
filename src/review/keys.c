#include "review/keys.h"

#include "base/mem.h"

void review_keys_read(struct review_store *s, const char *station, struct review_keys *keys)
{
	struct review_query *q = review_query(s, "SELECT public, trusted FROM key JOIN station ON station.id = station "
						 "WHERE code = ? ORDER BY at_us, public");
	review_put_text(q, 1, station);
	while (review_row(q))
		vec_push(&keys->list, (struct review_key){ mem_dup(review_get_text(q, 0)), review_get(q, 1) });
}

void review_keys_free(struct review_keys *keys)
{
	for (size_t i = 0; i < keys->list.n; i++)
		mem_free(keys->list.at[i].public);
	vec_free(&keys->list);
}

void review_key_put(
	struct review_store *s, int64_t station, const char *public, bool trusted, const char *how, wall_us now)
{
	struct review_query *q = review_query(s, "INSERT INTO key VALUES(?1, ?2, ?3, ?4, ?5) ON CONFLICT DO UPDATE SET "
						 "trusted = ?3, at_us = ?4, how = ?5"
						 " WHERE ?3 > trusted");
	review_put(q, 1, station);
	review_put_text(q, 2, public);
	review_put(q, 3, trusted);
	review_put(q, 4, now.us);
	review_put_text(q, 5, how);
	review_do(q);
}
