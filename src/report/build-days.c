/* Day by day: the figures, who was on duty, what was written down, what exceptions took away. */
#include "report/build-inside.h"

#include "base/json.h"
#include "base/text.h"
#include "report/words.h"
#include "schedule/plan.h"
#include "schedule/tz.h"

#include <string.h>

static void add_once(struct text *t, const char *between, const char *s)
{
	const char *at = t->n ? strstr(t->at, s) : NULL;
	if (at && (at == t->at || at[-1] == ' ') && strchr(",;", at[strlen(s)]))
		return; /* strchr finds the end of the text too */
	text_addf(t, "%s%s", t->n ? between : "", s);
}

struct taken {
	const struct station *station;
	struct text names;
};

static void take(void *self, const struct excused *e)
{
	struct taken *t = self;
	const struct exception *x = &t->station->exceptions.at[e->exception];
	add_once(&t->names, ", ", x->title && *x->title ? x->title : x->name);
}

static char *exceptions_of(const struct build *b, day_num day)
{
	struct taken t = { .station = report_build_station_of(b, day) };
	plan_excused(t.station, day, take, &t);
	return t.names.n ? text_take(&t.names) : NULL;
}

/* Whoever took over last is on duty until somebody else does. */
struct duty {
	size_t next; /* event not looked at yet */
	char *name;  /* who took over last */
};

/* Of a "duty" row, or as a checkpoint remembers it; "" = none, NULL = the row does not say. */
static char *duty_said(const struct report_event *e)
{
	bool order = !strcmp(e->kind, "duty");
	if (!order && strcmp(e->kind, "day") != 0 && strcmp(e->kind, "start") != 0)
		return NULL;
	struct json *body = json_parse(e->body, strlen(e->body));
	const struct json *duty = body && !order ? json_get(body, "duty") : body;
	char *name = duty ? mem_dup(json_get_str(duty, "name")) : NULL;
	json_free(&body);
	return name;
}

static char *duty_of(const struct build *b, day_num day, struct duty *duty)
{
	struct text names = { 0 };
	wall_us begin = tz_instant(b->out->tz, day, 0), end = tz_instant(b->out->tz, day + 1, 0);
	for (; duty->next < b->in->events->list.n; duty->next++) {
		const struct report_event *e = &b->in->events->list.at[duty->next];
		if (e->wall.us >= end.us)
			break;
		char *name = duty_said(e);
		if (name && e->wall.us >= begin.us && !strcmp(e->kind, "duty"))
			add_once(&names, "; ", name);
		if (name)
			mem_renew(&duty->name, name);
		mem_free(name);
	}
	return names.n ? text_take(&names) : mem_dup(duty->name);
}

static char *notes_of(const struct build *b, day_num day)
{
	struct text t = { 0 };
	for (size_t i = 0; b->in->remarks && i < b->in->remarks->list.n; i++) {
		const struct remark *r = &b->in->remarks->list.at[i];
		if (!r->airing && r->day == day && strcmp(r->kind, "duty") != 0)
			text_addf(&t, "%s%s", t.n ? "\n" : "", r->text);
	}
	return t.n ? text_take(&t) : NULL;
}

void report_build_days(struct build *b)
{
	struct duty duty = { 0 };
	size_t at = 0;
	for (day_num day = b->asked->days.from; day <= b->asked->days.until; day++) {
		struct report_day d = { .day = day };
		size_t first = at;
		while (at < b->rows.n && words_day(&b->rows.at[at], b->rows.at[at].planned) <= day)
			at++;
		d.sums = tally_of(b->rows.at + first, at - first);
		d.duty = duty_of(b, day, &duty);
		d.notes = notes_of(b, day);
		d.exceptions = exceptions_of(b, day);
		vec_push(&b->out->per_day, d);
	}
	mem_free(duty.name);
}
