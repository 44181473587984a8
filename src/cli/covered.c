/* The engine's own account (feed.c, reload.c, recover.c), told by its rows: `until` is what engine->entered was, the
 * instant up to which planned airings had entered the account.  A reload ends what the schedule before planned at its own
 * instant; a start at `entered_us` of its row; the new schedule counts from there. */
#include "cli/covered.h"

#include "base/json.h"
#include "base/mem.h"
#include "config/config.h"
#include "os/tzfile.h"
#include "schedule/plan.h"

#include <stdlib.h>
#include <string.h>

#define DAY (INT64_C(86400) * US_PER_S)

struct span { /* a schedule and the planned instants it counts for: (after, until] */
	size_t station;
	wall_us after, until;
};

struct covered {
	wall_us from, to;
	VEC(struct station *) stations;
	VEC(struct span) spans;
	VEC(uint64_t) begun, ended; /* ids with any row, ids with a verdict; hashed; sorted at the end */
	bool doubted;               /* the clock, at the last row */
	bool any;                   /* a row that says where the account begins was there */
	size_t in_force, next;      /* + 1; 0 = none: in force, and written down for the next start */
	wall_us until, reloaded, last;
	struct covered_sum sum;
};

/* FNV-1a, 64 bits: of a million ids two are the same once in 37 million journals. */
static uint64_t hash(const char *s)
{
	uint64_t h = UINT64_C(14695981039346656037);
	for (; *s; s++)
		h = (h ^ (uint8_t)*s) * UINT64_C(1099511628211);
	return h;
}

static void *read_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

struct covered *covered_new(wall_us from, wall_us to)
{
	struct covered *c = mem_new(struct covered);
	c->from = from;
	c->to = to;
	return c;
}

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void close_span(struct covered *c, wall_us until)
{
	if (until.us <= c->until.us)
		return;
	if (c->in_force) {
		vec_push(&c->spans, (struct span){ c->in_force - 1, c->until, until });
	} else if (c->any && until.us > c->from.us && c->until.us < c->to.us) {
		if (!c->sum.unknown_to.us)
			c->sum.unknown_from.us = c->until.us > c->from.us ? c->until.us : c->from.us;
		c->sum.unknown_to.us = until.us < c->to.us ? until.us : c->to.us;
	}
	c->until = until;
}

static void see_schedule(struct covered *c, const struct journal_row *r)
{
	struct config_env env = { NULL, read_zone };
	struct findings fs = { 0 };
	struct station *st = config_again(r->body, strlen(r->body), &env, &fs);
	findings_free(&fs);
	c->sum.unreadable += !st;
	if (st)
		vec_push(&c->stations, st);
	c->next = st ? c->stations.n : 0;
	if (c->reloaded.us && c->reloaded.us == r->wall.us) /* a reload's stands behind it, a start's before */
		c->in_force = c->next;
}

static void see_accounted(struct covered *c, const struct json *j)
{
	const struct json *list = json_get(j, "accounted");
	for (size_t i = 0; list && i < json_count(list); i++)
		if (json_as_str(json_at(list, i)))
			vec_push(&c->ended, hash(json_as_str(json_at(list, i))));
}

/* In force from here on is what the last schedule row says, if it belongs to this checkpoint. */
static void see_checkpoint(struct covered *c, const struct journal_row *r, const struct json *j)
{
	wall_us entered = { json_get_int(j, "entered_us", r->wall.us) };
	bool start = !strcmp(r->kind, "start");
	if (!c->any)
		c->until = entered;
	else if (start)
		close_span(c, entered);
	if (start || !c->any)
		c->in_force = json_get_str(j, "schedule_sha256") ? c->next : 0;
	c->any = true;
	see_accounted(c, j);
}

/* What is behind the station when its clock steps, or a schedule takes another's place: the account never goes back. */
static wall_us behind(const struct covered *c, const struct journal_row *r)
{
	bool ahead = r->clock != CLOCK_DISTRUSTED && r->wall.us > c->last.us;
	return ahead ? (wall_us){ r->wall.us - 1 } : c->last;
}

static void see_reload(struct covered *c, const struct journal_row *r, const struct json *j)
{
	bool now = r->wall.us == c->last.us; /* of rows of this very instant nothing can be told: the new one's */
	close_span(c, now ? (wall_us){ r->wall.us - 1 } : behind(c, r));
	c->reloaded = r->wall;
	see_accounted(c, j);
}

static void see_event(struct covered *c, const struct journal_row *r)
{
	bool clock = !strcmp(r->kind, "clock"), reload = !strcmp(r->kind, "reload") || !strcmp(r->kind, "rollback");
	if (!clock && !reload && strcmp(r->kind, "start") != 0 && strcmp(r->kind, "day") != 0)
		return;
	struct json *j = json_parse(r->body, strlen(r->body));
	int64_t was = json_get_int(j, "was_us", 0);
	if (j && reload)
		see_reload(c, r, j);
	else if (j && clock && !c->doubted && was > c->last.us)
		c->last.us = was;
	else if (j && !clock)
		see_checkpoint(c, r, j);
	json_free(&j);
}

void covered_row(struct covered *c, const struct journal_row *r)
{
	if (!strcmp(r->kind, "schedule")) {
		see_schedule(c, r);
		return;
	}
	if (r->airing && !strcmp(r->kind, "verdict"))
		vec_push(&c->ended, hash(r->airing));
	else if (r->airing && !strcmp(r->kind, "intent"))
		vec_push(&c->begun, hash(r->airing));
	else if (!r->airing)
		see_event(c, r);
	if (!strcmp(r->kind, "seal")) /* whoever makes the last one does not know whether the clock is trusted */
		return;
	c->doubted = r->clock == CLOCK_DISTRUSTED;
	if (c->any && !c->doubted && r->wall.us > c->last.us)
		c->last = r->wall;
}

/* ── The plan again ────────────────────────────────────────────────────────────────────────────────────────── */

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

#define sort_hashes(v) ((v)->n ? qsort((v)->at, (v)->n, sizeof *(v)->at, by_value) : (void)0)
#define has_hash(v, h) ((v)->n && bsearch(&(h), (v)->at, (v)->n, sizeof *(v)->at, by_value))

/* From when on it cannot begin any more. */
static wall_us deadline(const struct station *st, const struct planned *p)
{
	if (p->over.us != US_NEVER)
		return p->over;
	return (wall_us){ p->at.us + st->rules.at[p->rule].max_late_ms * US_PER_MS };
}

static void miss(struct covered *c, wall_us at, struct text *id)
{
	if (c->sum.missing < COVERED_NAMED) {
		c->sum.first[c->sum.missing].id = mem_dup(text_str(id));
		c->sum.first[c->sum.missing].at = at;
	}
	c->sum.missing++;
}

static void look_at(struct covered *c, const struct station *st, const struct planned *p, struct text *id)
{
	text_clear(id);
	plan_id(st, p, id);
	uint64_t h = hash(text_str(id));
	c->sum.planned++;
	if (has_hash(&c->ended, h))
		return;
	if (has_hash(&c->begun, h) || deadline(st, p).us >= c->last.us)
		c->sum.undecided++;
	else
		miss(c, p->at, id);
}

/* A day at a time: a journal may span years. */
static void look_over(struct covered *c, const struct span *s)
{
	const struct station *st = c->stations.at[s->station];
	struct text id = { 0 };
	wall_us from = { s->after.us + 1 > c->from.us ? s->after.us + 1 : c->from.us };
	wall_us to = { s->until.us + 1 < c->to.us ? s->until.us + 1 : c->to.us };
	while (from.us < to.us) {
		wall_us end = { to.us - from.us > DAY ? from.us + DAY : to.us };
		struct plan plan = { 0 };
		plan_between(st, from, end, &plan);
		for (size_t i = 0; i < plan.items.n; i++)
			look_at(c, st, &plan.items.at[i], &id);
		plan_free(&plan);
		from = end;
	}
	text_free(&id);
}

const struct covered_sum *covered_end(struct covered *c)
{
	if (c->any)
		close_span(c, c->last);
	sort_hashes(&c->begun);
	sort_hashes(&c->ended);
	for (size_t i = 0; i < c->spans.n; i++)
		look_over(c, &c->spans.at[i]);
	return &c->sum;
}

const struct station *covered_station(const struct covered *c)
{
	return c->stations.n ? c->stations.at[c->stations.n - 1] : NULL;
}

void covered_free(struct covered **covered)
{
	struct covered *c = *covered;
	if (!c)
		return;
	for (size_t i = 0; i < c->stations.n; i++)
		station_free(&c->stations.at[i]);
	for (size_t i = 0; i < c->sum.missing && i < COVERED_NAMED; i++)
		mem_free(c->sum.first[i].id);
	vec_free(&c->stations);
	vec_free(&c->spans);
	vec_free(&c->begun);
	vec_free(&c->ended);
	mem_free(c);
	*covered = NULL;
}
