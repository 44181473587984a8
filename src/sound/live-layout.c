/* Which zones hang on which threads, and what of it stays when the schedule is replaced. */
#include "sound/live-inside.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/sink.h"

#include <stdatomic.h>
#include <string.h>

static void copy_name(char to[NAME_BYTES], const char *from)
{
	size_t n = strnlen(from, NAME_BYTES - 1);
	memcpy(to, from, n);
	to[n] = '\0';
}

int live_output_named(const struct live_layout *l, const char *name)
{
	for (size_t i = 0; i < l->outputs.n; i++)
		if (!strcmp(l->outputs.at[i].name, name))
			return (int)i;
	return -1;
}

static int zone_named(const struct live_layout *l, const char *name)
{
	for (size_t i = 0; i < l->zones.n; i++)
		if (!strcmp(l->zones.at[i].name, name))
			return (int)i;
	return -1;
}

/* ── What a station wants ── */

/* "x/loa.wav" -> "x/loa-ampli.wav": two outputs must not write one file. */
static char *file_of_output(const char *path, const char *output)
{
	const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
	int stem = dot ? (int)(dot - path) : (int)strlen(path);
	return mem_printf("%.*s-%s%s", stem, path, output, dot ? dot : "");
}

static void choose_sink(const struct live_sound *s, struct live_output *o, const char *own, bool several)
{
	const char *device = "";
	o->ops = s->sink ? s->sink : sink_find(s->override ? s->override : own, &device);
	bool shared = o->ops && o->ops->stays_open && s->override && several && *device;
	o->device_name = shared ? file_of_output(device, o->name) : mem_dup(device);
}

/* Lanes of an output: its zones in the station's order. */
static void place_zone(struct live_layout *l, const struct zone *z)
{
	struct live_zone new = { .output = z->output };
	const struct live_output *o = &l->outputs.at[z->output];
	copy_name(new.name, z->name);
	new.channel = z->channel < 1 ? 0 : z->channel > o->channels ? o->channels - 1 : z->channel - 1;
	for (size_t i = 0; i < l->zones.n; i++)
		new.lane += l->zones.at[i].output == z->output;
	vec_push(&l->zones, new);
}

static struct live_layout layout_of(const struct live_sound *s, const struct station *st)
{
	struct live_layout l = { 0 };
	bool several = st && st->outputs.n - (station_monitor(st) >= 0) > 1;
	for (size_t i = 0; st && i < st->outputs.n; i++) {
		const struct output *from = &st->outputs.at[i];
		struct live_output o = { .rate = from->rate,
			.channels = from->channels,
			.high_pass = from->high_pass,
			.idle_open = from->idle == IDLE_OPEN,
			.monitor = from->monitor };
		copy_name(o.name, from->name);
		choose_sink(s, &o, from->sink, several);
		/* Where nothing is to be heard, nothing is switched on. */
		if (!s->override || o.ops != &sink_dry_ops) {
			o.key = mem_dup(from->key);
			o.warm_up_us = from->warm_up_ms * US_PER_MS;
		}
		vec_push(&l.outputs, o);
	}
	for (size_t i = 0; st && i < st->zones.n; i++)
		place_zone(&l, &st->zones.at[i]);
	return l;
}

static void free_layout(struct live_layout *l)
{
	for (size_t i = 0; i < l->outputs.n; i++) {
		device_free(&l->outputs.at[i].device);
		mem_free(l->outputs.at[i].device_name);
	}
	live_amp_free(l);
	vec_free(&l->outputs);
	vec_free(&l->zones);
}

/* ── Threads ── */

void live_sound_set_up(struct live_sound *s, const struct sink_ops *ops)
{
	for (size_t i = 0; i < LIVE_SINK_KINDS; i++) {
		if (s->set_up[i] == ops)
			return;
		if (s->set_up[i])
			continue;
		s->set_up[i] = ops;
		if (ops->setup)
			ops->setup();
		return;
	}
}

/* The table of an output's lanes; was: where the same zone's lane is in the layout that is left. */
static struct device_table *table_of(const struct live_layout *l, int output, const struct live_layout *before, int old)
{
	size_t n = 0;
	for (size_t i = 0; i < l->zones.n; i++)
		n += l->zones.at[i].output == output;
	struct device_table *t = device_table_new(n);
	for (size_t i = 0; i < l->zones.n; i++) {
		const struct live_zone *z = &l->zones.at[i];
		if (z->output != output)
			continue;
		int was = old >= 0 ? zone_named(before, z->name) : -1;
		t->lanes[z->lane].channel = z->channel;
		t->lanes[z->lane].was = was >= 0 && before->zones.at[was].output == old ? before->zones.at[was].lane
											: -1;
	}
	device_table_seal(t, l->outputs.at[output].rate, l->outputs.at[output].channels);
	return t;
}

static void start_device(struct live_sound *s, struct live_layout *l, int output, bool lost)
{
	struct live_output *o = &l->outputs.at[output];
	if (!o->ops || o->monitor)
		return;
	live_sound_set_up(s, o->ops);
	struct device_table *t = table_of(l, output, NULL, -1);
	struct device_setup setup = { .ops = o->ops,
		.device = o->device_name,
		.rate = o->rate,
		.channels = o->channels,
		.idle_open = o->idle_open,
		.lost = lost,
		.clock = s->clock,
		.notify = s->notify };
	o->device = device_new(&setup, t);
}

bool live_sound_layout_make(struct live_sound *s, const struct station *station, struct err *err)
{
	s->layout = layout_of(s, station);
	for (size_t i = 0; i < s->layout.outputs.n; i++)
		if (!s->layout.outputs.at[i].ops)
			return err_set(err,
				_("there is no sink \"%s\" — there are alsa:CARD, ao:DRIVER, file:PATH and dry-run "
				  "— correct it in the output or behind --sink"),
				s->override ? s->override : station->outputs.at[i].sink);
	for (size_t i = 0; i < s->layout.outputs.n; i++) {
		start_device(s, &s->layout, (int)i, false);
		if (!s->layout.outputs.at[i].device && !s->layout.outputs.at[i].monitor)
			return err_set(
				err, _("the sound cannot start — the system gives no thread — end other programs"));
	}
	live_amp_make(s);
	return true;
}

void live_sound_layout_free(struct live_sound *s)
{
	free_layout(&s->layout);
	live_amp_reap(s);
	for (size_t i = 0; i < LIVE_SINK_KINDS && s->set_up[i]; i++)
		if (s->set_up[i]->teardown)
			s->set_up[i]->teardown();
}

void live_sound_fault(struct live_sound *s, int output, struct err *err)
{
	struct device *d = s->layout.outputs.at[output].device;
	*err = (struct err){ "" };
	if (d)
		device_fault(d, err);
}

/* ── Another schedule ── */

static bool same_sink(const struct live_output *a, const struct live_output *b)
{
	return a->ops == b->ops && a->rate == b->rate && a->channels == b->channels && a->idle_open == b->idle_open &&
	       !strcmp(a->device_name, b->device_name);
}

static bool same_lanes(const struct device_table *t, const struct live_layout *old, int output)
{
	size_t n = 0;
	for (size_t i = 0; i < old->zones.n; i++) {
		const struct live_zone *z = &old->zones.at[i];
		if (z->output != output)
			continue;
		n++;
		if ((size_t)z->lane >= t->n || t->lanes[z->lane].was != z->lane ||
			t->lanes[z->lane].channel != z->channel)
			return false;
	}
	return n == t->n;
}

/* The thread goes on; it gets another table when its zones changed. */
static void carry_over(struct live_layout *next, int output, struct live_layout *old, int was)
{
	struct live_output *to = &next->outputs.at[output];
	to->device = old->outputs.at[was].device;
	to->lost = old->outputs.at[was].lost;
	old->outputs.at[was].device = NULL;
	struct device_table *t = table_of(next, output, old, was);
	bool same = same_lanes(t, old, was);
	if (!same && device_order(to->device, &(struct device_order){ .kind = ORDER_TABLE, .table = t }))
		return;
	/* A thread that hangs did not get its table: its lanes are not these, nothing more is started there. */
	for (size_t i = 0; i < next->zones.n; i++)
		if (!same && next->zones.at[i].output == output)
			next->zones.at[i].lane = -1;
	device_table_free(&t);
}

/* Its thread ends; what it still had to say is kept, what played on it is lost with it. */
static void retire(struct live_sound *s, int output)
{
	struct device *d = s->layout.outputs.at[output].device;
	struct sound_event e;
	if (!d)
		return;
	device_halt(d);
	while (live_sound_take(s, output, &e))
		live_sound_tell(s, e);
	for (size_t i = s->plays.n; i-- > 0;) {
		struct play *p = s->plays.at[i];
		if (p->output != output)
			continue;
		e = (struct sound_event){ .kind = SOUND_LOST,
			.token = p->token,
			.zone = p->zone,
			.output = output,
			.frame = atomic_load(&p->frame),
			.at = s->clock->wall(s->clock->self) };
		if (!p->over && !p->armed) /* the thread has ended: its fields are ours */
			live_sound_tell(s, e);
		live_sound_done(s, p);
	}
}

static void renumber_event(const struct live_sound *s, const struct live_layout *next, struct sound_event *e)
{
	e->zone = e->zone < 0 ? -1 : zone_named(next, s->layout.zones.at[e->zone].name);
	e->output = e->output < 0 ? -1 : live_output_named(next, s->layout.outputs.at[e->output].name);
}

/* Everything that names a zone or an output by number, to the new numbers. */
static void renumber(struct live_sound *s, const struct live_layout *next)
{
	size_t kept = s->taken;
	for (size_t i = 0; i < s->plays.n; i++) {
		struct play *p = s->plays.at[i];
		p->zone = p->zone < 0 ? -1 : zone_named(next, s->layout.zones.at[p->zone].name);
		p->output = live_output_named(next, s->layout.outputs.at[p->output].name);
	}
	for (size_t i = s->taken; i < s->events.n; i++) {
		struct sound_event *e = &s->events.at[i];
		renumber_event(s, next, e);
		if (e->token || e->output >= 0)
			s->events.at[kept++] = *e;
	}
	s->events.n = kept;
	for (size_t i = 0; i < s->early.n; i++)
		renumber_event(s, next, &s->early.at[i]);
	for (size_t i = 0; i < next->zones.n; i++) {
		int was = zone_named(&s->layout, next->zones.at[i].name);
		if (was < 0)
			continue;
		next->zones.at[i].last_token = s->layout.zones.at[was].last_token;
		next->zones.at[i].last_frame = s->layout.zones.at[was].last_frame;
	}
}

/* The new device of an output that was replaced; the engine hears once that it is lost and once that it is back. */
static void replace_device(struct live_sound *s, int output)
{
	struct live_output *o = &s->layout.outputs.at[output];
	if (!o->lost)
		live_sound_tell(s, (struct sound_event){ .kind = SOUND_LOST,
					   .zone = -1,
					   .output = output,
					   .at = s->clock->wall(s->clock->self) });
	o->lost = true;
	start_device(s, &s->layout, output, true);
}

void live_sound_adopt(struct live_sound *s, const struct station *station)
{
	struct live_layout next = layout_of(s, station);
	bool replaced[OUTPUTS_MAX] = { false };
	live_sound_drop_cues(s);
	for (size_t i = 0; i < s->layout.outputs.n; i++) {
		struct live_output *old = &s->layout.outputs.at[i];
		int to = live_output_named(&next, old->name);
		if (to >= 0 && old->device && same_sink(&next.outputs.at[to], old)) {
			carry_over(&next, to, &s->layout, (int)i);
			continue;
		}
		retire(s, (int)i);
		if (to >= 0 && !next.outputs.at[to].monitor) {
			next.outputs.at[to].lost = old->lost;
			replaced[to] = true;
		}
	}
	renumber(s, &next);
	live_amp_adopt(s, &next);
	free_layout(&s->layout);
	s->layout = next;
	live_amp_make(s);
	vault_fill_later(s->vault, station, s->store);
	for (size_t i = 0; i < next.outputs.n; i++) {
		if (replaced[i])
			replace_device(s, (int)i);
		else if (!next.outputs.at[i].device)
			start_device(s, &s->layout, (int)i, false);
		else
			device_commit(next.outputs.at[i].device);
	}
}
