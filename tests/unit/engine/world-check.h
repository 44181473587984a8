/* What came of a run in the world of memory: its verdicts in one line, and what must hold of every run. */
#ifndef LOAXA_TESTS_ENGINE_WORLD_CHECK_H
#define LOAXA_TESTS_ENGINE_WORLD_CHECK_H

#include "world.h"

/* ── What came of it ── */

/* "2021-07-14T05:30:00.000+07:00" -> "05:30", with the day before it when it is not DAY_DATE. */
static inline void world_show_time(struct text *t, const char *stamp)
{
	char time[16];
	if (strncmp(stamp, DAY_DATE, 10))
		text_addf(t, "%.2s/", stamp + 8);
	snprintf(time, sizeof time, "%.12s", stamp + 11);
	size_t n = !strcmp(time + 8, ".000") ? 8 : 12;
	if (n == 8 && !strncmp(time + 5, ":00", 3))
		n = 5;
	text_add_n(t, time, n);
}

static inline void world_show_segments(struct text *t, const struct json *segments)
{
	for (size_t i = 0; i < json_count(segments); i++) {
		const struct json *s = json_at(segments, i);
		text_add(t, " ");
		world_show_time(t, json_as_str(json_at(s, 2)));
		text_add(t, "[");
		day_seconds(t, json_as_int(json_at(s, 0), -1));
		text_add(t, "-");
		day_seconds(t, json_as_int(json_at(s, 1), -1));
		text_add(t, "]");
	}
}

/* "a partial interrupted 05:30[0-60]", with the number of an emergency's repeat before it ("1 bao"), and * when made up;
 * a verdict without segments shows what was planned, as "@05:30". */
static inline void world_show_verdict(struct text *t, const struct journal_row *row)
{
	struct json *j = json_parse(row->body, strlen(row->body));
	const char *zone = json_get_str(j, "zone"), *reason = json_get_str(j, "reason");
	text_add(t, t->n ? "; " : "");
	if (!strcmp(json_get_str(j, "kind"), "emergency")) {
		const char *n = strchr(strchr(strchr(row->airing, '/') + 1, '/') + 1, '/') + 1;
		text_addf(t, "%d ", atoi(n));
	}
	text_add(t, json_get_str(j, "bulletin"));
	if (strcmp(zone, "cum-1"))
		text_addf(t, "/%s", zone + 4);
	text_addf(t, " %s%s%s%s", json_get_str(j, "state"), reason ? " " : "", reason ? reason : "",
			json_get_bool(j, "made_up") ? " *" : "");
	if (!json_count(json_get(j, "segments"))) {
		text_add(t, " @");
		world_show_time(t, json_get_str(j, "planned"));
	}
	world_show_segments(t, json_get(j, "segments"));
	json_free(&j);
}

static inline char *world_show(const struct world *w)
{
	struct text t = { 0 };
	for (size_t i = 0; i < w->rows.n; i++)
		if (!strcmp(w->rows.at[i].row.kind, "verdict"))
			world_show_verdict(&t, &w->rows.at[i].row);
	return text_take(&t);
}

/* How many rows of that kind there are; the last one's body in *body when asked for. */
static inline int world_count(const struct world *w, const char *kind, const char **body)
{
	int n = 0;
	for (size_t i = 0; i < w->rows.n; i++)
		if (!strcmp(w->rows.at[i].row.kind, kind)) {
			n++;
			if (body)
				*body = w->rows.at[i].row.body;
		}
	return n;
}

/* ── What holds of every run ── */

static inline void world_check_segments(const struct world *w, const struct json *j, bool relay)
{
	const struct json *segments = json_get(j, "segments");
	int64_t end = 0, total = json_get_int(j, "frames_total", -1);
	for (size_t i = 0; i < json_count(segments); i++) {
		const struct json *s = json_at(segments, i);
		int64_t from = json_as_int(json_at(s, 0), -1), to = json_as_int(json_at(s, 1), -1);
		bool follows = from == end || (from == 0 && !relay) || (relay && from >= end);
		WORLD_ASSERT(w, follows && from < to && to <= total, "%s: [%lld,%lld) after %lld", json_get_str(j, "id"),
				(long long)from, (long long)to, (long long)end);
		end = to;
	}
}

static inline void world_check_verdict(const struct world *w, const struct journal_row *row)
{
	struct json *j = json_parse(row->body, strlen(row->body));
	const char *state = json_get_str(j, "state"), *reason = json_get_str(j, "reason");
	int64_t heard = json_get_int(j, "frames_played", -1), total = json_get_int(j, "frames_total", -1);
	enum state s = STATE_OPEN + 1;
	enum reason r = REASON_NONE;
	WORLD_ASSERT(w, state && !strcmp(json_get_str(j, "id"), row->airing), "%s", row->body);
	while (s < STATE_COUNT && strcmp(verdict_state_name(s), state))
		s++;
	while (reason && ++r < REASON_COUNT && strcmp(verdict_reason_name(r), reason))
		;
	WORLD_ASSERT(w, verdict_allowed(s, r), "%s: %s %s", row->airing, state, reason ? reason : "");
	bool silent = s == STATE_MISSED || s == STATE_SKIPPED;
	WORLD_ASSERT(w, heard >= 0 && heard <= total, "%s", row->body);
	WORLD_ASSERT(w, !silent || heard == 0, "%s", row->body);
	WORLD_ASSERT(w, s != STATE_PARTIAL || heard > 0, "%s", row->body);
	WORLD_ASSERT(w, s != STATE_AIRED || heard == total, "%s", row->body);
	WORLD_ASSERT(w, (json_get_str(j, "started") != NULL) == (json_count(json_get(j, "segments")) > 0), "%s", row->body);
	world_check_segments(w, j, !strcmp(json_get_str(j, "class"), "relay"));
	json_free(&j);
}

static inline int world_by_airing(const void *pa, const void *pb)
{
	const struct journal_row *const *a = pa, *const *b = pb;
	int c = strcmp((*a)->airing, (*b)->airing);
	return c ? c : (*a < *b ? -1 : *a > *b);
}

/* Rows [first, end) of one airing, in their order. */
static inline void world_check_airing(const struct world *w, const struct journal_row **rows, size_t n)
{
	const struct journal_row *verdict = NULL;
	bool open = false, started = false, planned = strstr(rows[0]->body, "\"kind\":\"planned\"") != NULL;
	for (size_t i = 0; i < n; i++) {
		const char *kind = rows[i]->kind;
		WORLD_ASSERT(w, !verdict, "%s: %s after its verdict", rows[i]->airing, kind);
		if (!strcmp(kind, "verdict"))
			verdict = rows[i];
		else
			open = strcmp(kind, "withdrawn") != 0;
		if (!strcmp(kind, "started")) {
			const char *at = strstr(rows[i]->body, "\"at_us\":"); /* told late, the clock may differ */
			WORLD_ASSERT(w, started || !planned || atoll(at + 8) >= rows[i]->planned.us, "%s begins before its instant",
					rows[i]->airing);
			started = true;
		}
	}
	if (verdict)
		world_check_verdict(w, verdict);
	else
		WORLD_ASSERT(w, !open, "%s has no verdict", rows[0]->airing);
}

static inline void world_check(const struct world *w)
{
	VEC(const struct journal_row *) rows = { 0 };
	for (size_t i = 0; i < w->rows.n; i++)
		if (w->rows.at[i].row.airing)
			vec_push(&rows, &w->rows.at[i].row);
	if (rows.n)
		qsort(rows.at, rows.n, sizeof *rows.at, world_by_airing);
	for (size_t first = 0, end; first < rows.n; first = end) {
		for (end = first + 1; end < rows.n && !strcmp(rows.at[end]->airing, rows.at[first]->airing);)
			end++;
		world_check_airing(w, rows.at + first, end - first);
	}
	vec_free(&rows);
	for (int z = 0; z < ZONES_MAX; z++)
		WORLD_ASSERT(w, !w->on_air[z], "zone %d still has something on air", z);
	WORLD_ASSERT(w, !w->speeches[0], "somebody is still listened to");
}

#endif
