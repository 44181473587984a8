/* Orders that were refused because of who gave them.  Somebody may try a thousand times a second: what a minute brings
 * beyond a number of rows is only counted, and the next row that is written says how many there were. */
#include "engine/engine-inside.h"

#include <string.h>

#define ROWS_A_MINUTE 20

static void add_zones(struct text *t, const char *list)
{
	json_open(t, "zones", '[');
	for (const char *p = list; *p;) {
		size_t n = strcspn(p, ",");
		char *one = mem_dup_n(p, n);
		json_str(t, NULL, one);
		mem_free(one);
		p += n + (p[n] == ',');
	}
	json_close(t, ']');
}

static void record_refused(struct engine *e, const struct command *c)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "what", c->verb < VERB_COUNT ? verb_name(c->verb) : "status");
	if (c->name)
		json_str(&t, "name", c->name);
	if (c->zones)
		add_zones(&t, c->zones);
	record_person(&t, c);
	if (e->refusals.uncounted)
		json_int(&t, "more", e->refusals.uncounted);
	json_close(&t, '}');
	record_event(e, "refused", text_str(&t));
	text_free(&t);
	e->refusals.uncounted = 0;
}

void engine_refused(struct engine *e, const struct command *c)
{
	engine_look_at_clock(e);
	bool over = !e->refusals.rows || e->mono.us - e->refusals.since.us >= 60 * US_PER_S;
	if (over) {
		e->refusals.since = e->mono;
		e->refusals.rows = 0;
	}
	if (e->refusals.rows >= ROWS_A_MINUTE) {
		e->refusals.uncounted++;
		return;
	}
	e->refusals.rows++;
	record_refused(e, c);
	if (e->desk)
		engine_settle(e); /* looking at the clock may have brought something */
	e->s.sound.commit(e->s.sound.self);
}
