/* Tests of loudspeakers (thử loa): what a technician hears on purpose, and whether it was heard.  A test is an item like
 * any other, of level and class `test`, so it is journalled and never counted; its bulletin belongs to no schedule and
 * lives here until its airing has its verdict. */
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

#define HOUR_MS (3600 * 1000)
#define DAY_FROM (6 * HOUR_MS) /* tests are for working hours: people sleep */
#define DAY_TO (20 * HOUR_MS)
#define LONGEST_MS (60 * 1000)
#define REHEARSED_MS 8000 /* in a script nobody prepares a sound: so long is a usual one */
#define TESTS_MAX ZONES_MAX
/* Between the end of a test and what is planned: a test must never make anything late. */
#define MARGIN_US US_PER_S

struct loudtest {
	struct bulletin bulletin;
};

/* ── May it? ── */

static const struct output *output_of(const struct engine *e, int zone)
{
	return &e->station->outputs.at[e->station->zones.at[zone].output];
}

static int64_t length_ms(const struct engine *e, const struct command *c, int zone)
{
	return c->sound ? c->frames * 1000 / output_of(e, zone)->rate : REHEARSED_MS;
}

static bool by_day(const struct engine *e, const struct command *c, struct err *err)
{
	tod_ms now = tz_local(e->station->tz, e->now).ms;
	if (c->now || (now >= DAY_FROM && now < DAY_TO))
		return true;
	return err_set(err, _("loudspeakers are tested from 06:00 to 20:00 — now people sleep — wait, or say --now"));
}

static const struct airing *waiting_in(const struct engine *e, int zone)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->zone == zone && desk_at(e->desk, i)->phase == AIR_WAITING)
			return desk_at(e->desk, i);
	return NULL;
}

static const struct planned *planned_until(const struct engine *e, int zone, wall_us until)
{
	for (size_t i = 0; i < e->ahead.items.n; i++) {
		const struct planned *p = &e->ahead.items.at[i];
		if (p->zone == zone && p->at.us > e->now.us && p->at.us <= until.us)
			return p;
	}
	return NULL;
}

/* The programme goes first: a test takes the air only where nobody else wants it. */
static bool zone_idle(const struct engine *e, int zone, int64_t ms, struct err *err)
{
	const char *name = e->station->zones.at[zone].name;
	const struct airing *on = desk_on_air(e->desk, zone);
	on = on ? on : waiting_in(e, zone);
	if (on)
		return err_set(err, _("zone %s is busy with \"%s\" — the programme goes first — wait for its end"),
			name, on->bulletin->title);
	const struct planned *p = planned_until(e, zone, (wall_us){ e->now.us + ms * US_PER_MS + MARGIN_US });
	if (!p)
		return true;
	char at[VALUE_BYTES];
	value_print_time(tz_local(e->station->tz, p->at).ms, at);
	return err_set(err, _("in zone %s \"%s\" begins at %s — a test would make it late — wait for its end"), name,
		e->station->bulletins.at[p->bulletin].title, at);
}

static bool may_test(const struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	if (!by_day(e, c, err))
		return false;
	if (c->sound && (zones & (zones - 1)))
		return err_set(err, _("one zone is tested at a time, so that people know which one they hear"));
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		int64_t ms = length_ms(e, c, z);
		if (!(zones >> z & 1))
			continue;
		if (ms < 1 || ms > LONGEST_MS)
			return err_set(err, _("the sound of a test lasts from 1 ms to 1 minute"));
		if (!zone_idle(e, z, ms, err))
			return false;
	}
	return e->tests.n < TESTS_MAX || err_set(err, _("%d tests wait already"), TESTS_MAX);
}

/* ── Begin and end ── */

static void free_test(struct loudtest **tp)
{
	struct loudtest *t = *tp;
	mem_free(t->bulletin.name);
	mem_free(t->bulletin.title);
	mem_free(t->bulletin.relay.source);
	for (size_t i = 0; i < t->bulletin.audio.n; i++)
		mem_free(t->bulletin.audio.at[i].file);
	vec_free(&t->bulletin.audio);
	mem_free(t);
	*tp = NULL;
}

static struct loudtest *new_test(const struct engine *e, const struct command *c, int zone)
{
	struct loudtest *t = mem_new(struct loudtest);
	t->bulletin = (struct bulletin){ .name = mem_dup("test"),
		.title = mem_printf(_("Loudspeaker test: %s"), e->station->zones.at[zone].title),
		.campaign = -1,
		.class = CLASS_TEST,
		.level = LEVEL_NORMAL,
		.order = 100,
		.after = AFTER_DROP,
		.after_said = true };
	if (!c->sound) {
		t->bulletin.relay.source = mem_dup("test");
		t->bulletin.relay.ms = REHEARSED_MS;
		return t;
	}
	struct recording r = { .file = mem_dup("test"), .state = RECORDING_READY, .ms = length_ms(e, c, zone) };
	memcpy(r.sha256, c->sound, sizeof r.sha256 - 1);
	r.frames[e->station->zones.at[zone].output] = c->frames;
	vec_push(&t->bulletin.audio, r);
	return t;
}

bool engine_test(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	if (!may_test(e, c, zones, err))
		return false;
	int number = engine_number(e, "test", 1, 0);
	engine_record_numbered(e, "test", c, zones, number);
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		if (!(zones >> z & 1))
			continue;
		struct loudtest *t = new_test(e, c, z);
		vec_push(&e->tests, t);
		struct airing *a = airing_new_test(e->station, &t->bulletin, z, c->volume, e->now, number);
		a->by = mem_dup(c->by);
		a->uid = c->uid;
		desk_add(e->desk, a);
	}
	return true;
}

bool engine_at_desk(const struct engine *e, const struct bulletin *b)
{
	for (size_t i = 0; i < desk_count(e->desk); i++)
		if (desk_at(e->desk, i)->bulletin == b)
			return true;
	return false;
}

void engine_forget_tests(struct engine *e)
{
	for (size_t i = 0; i < e->tests.n;) {
		if (engine_at_desk(e, &e->tests.at[i]->bulletin)) {
			i++;
			continue;
		}
		free_test(&e->tests.at[i]);
		vec_remove(&e->tests, i);
	}
}

void engine_free_tests(struct engine *e)
{
	for (size_t i = 0; i < e->tests.n; i++)
		free_test(&e->tests.at[i]);
	vec_free(&e->tests);
}

/* ── Was it heard? ── */

bool engine_heard(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	static const char *const answers[] = { "yes", "no", "unclear" };
	for (size_t i = 0; i < sizeof answers / sizeof *answers; i++)
		if (!strcmp(c->name, answers[i])) {
			engine_record_numbered(e, "heard", c, zones, -1);
			return true;
		}
	return err_set(err, _("whether it was heard is yes, no or unclear, not \"%s\""), c->name);
}
