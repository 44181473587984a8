/* The station's memory and the look-ups by name. */
#include "schedule/station.h"

#include "schedule/tz.h"

struct station *station_new(void)
{
	struct station *s = mem_new(struct station);
	s->drill = -1;
	return s;
}

static void free_campaign(struct campaign *c)
{
	for (size_t i = 0; i < c->directives.n; i++) {
		struct directive *d = &c->directives.at[i];
		char *const owned[] = { d->name, d->number, d->issuer, d->subject, d->report_to, d->received };
		for (size_t k = 0; k < sizeof owned / sizeof *owned; k++)
			mem_free(owned[k]);
	}
	vec_free(&c->directives);
	vec_free(&c->uptakes);
	mem_free(c->name);
	mem_free(c->title);
	mem_free(c->set_by);
}

static void free_bulletin(struct bulletin *b)
{
	for (size_t i = 0; i < b->audio.n; i++) {
		mem_free(b->audio.at[i].file);
		mem_free(b->audio.at[i].bound);
		mem_free(b->audio.at[i].why);
	}
	vec_free(&b->audio);
	char *const owned[] = { b->name, b->title, b->text, b->language, b->relay.source, b->approved_by,
		b->approved_via, b->approved_typed, b->text_bound };
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		mem_free(owned[i]);
}

static void free_rule(struct rule *r)
{
	mem_free(r->name);
	vec_free(&r->play);
	vec_free(&r->at);
	vec_free(&r->within);
}

static void free_exception(struct exception *e)
{
	mem_free(e->name);
	mem_free(e->title);
	vec_free(&e->dates);
	vec_free(&e->skip);
	vec_free(&e->only);
}

static void free_outputs_and_zones(struct station *s)
{
	for (size_t i = 0; i < s->outputs.n; i++) {
		mem_free(s->outputs.at[i].name);
		mem_free(s->outputs.at[i].sink);
		mem_free(s->outputs.at[i].key);
	}
	vec_free(&s->outputs);
	for (size_t i = 0; i < s->zones.n; i++) {
		mem_free(s->zones.at[i].name);
		mem_free(s->zones.at[i].title);
		mem_free(s->zones.at[i].area);
	}
	vec_free(&s->zones);
}

#define FREE_EACH(vec, free_one)                                                                                       \
	do {                                                                                                           \
		for (size_t i_ = 0; i_ < (vec)->n; i_++)                                                               \
			free_one(&(vec)->at[i_]);                                                                      \
		vec_free(vec);                                                                                         \
	} while (0)
#define FREE_NAME(part) mem_free((part)->name)
#define FREE_FILE(file) mem_free(*(file))

static void free_source(struct schedule_file *f)
{
	mem_free(f->name);
	mem_free(f->text);
}

void station_free(struct station **ps)
{
	struct station *s = *ps;
	if (!s)
		return;
	free_outputs_and_zones(s);
	FREE_EACH(&s->guards, FREE_NAME);
	FREE_EACH(&s->limits, FREE_NAME);
	FREE_EACH(&s->exceptions, free_exception);
	FREE_EACH(&s->campaigns, free_campaign);
	FREE_EACH(&s->bulletins, free_bulletin);
	FREE_EACH(&s->rules, free_rule);
	FREE_EACH(&s->files, FREE_FILE);
	FREE_EACH(&s->sources, free_source);
	char *const owned[] = { s->dir, s->code, s->name, s->unit, s->reports_to, s->timezone, s->language,
		s->audio_dir, s->microphone, s->on_fault };
	for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
		mem_free(owned[i]);
	paper_free(&s->paper);
	struct tz *tz = (struct tz *)s->tz; /* const for readers; this is its owner */
	tz_free(&tz);
	mem_free(s);
	*ps = NULL;
}

#define FIND_BY_NAME(vec, wanted)                                                                                      \
	do {                                                                                                           \
		for (size_t i_ = 0; i_ < (vec)->n; i_++)                                                               \
			if ((vec)->at[i_].name && !strcmp((vec)->at[i_].name, wanted))                                 \
				return (int)i_;                                                                        \
		return -1;                                                                                             \
	} while (0)

int station_zone(const struct station *s, const char *name)
{
	FIND_BY_NAME(&s->zones, name);
}

int station_bulletin(const struct station *s, const char *name)
{
	FIND_BY_NAME(&s->bulletins, name);
}

int station_rule(const struct station *s, const char *name)
{
	FIND_BY_NAME(&s->rules, name);
}

zone_set station_all_zones(const struct station *s)
{
	return s->zones.n >= ZONES_MAX ? ~(zone_set)0 : ((zone_set)1 << s->zones.n) - 1;
}

int station_monitor(const struct station *s)
{
	for (size_t i = 0; i < s->outputs.n; i++)
		if (s->outputs.at[i].monitor)
			return (int)i;
	return -1;
}

/* The card and port that a name of ALSA's hardware means: "alsa:plughw:CARD=Device,DEV=1" -> "Device,1".  false: another
 * kind of name. */
static bool hardware(const char *sink, char *out, size_t bytes)
{
	const char *at = !strncmp(sink, "alsa:", 5) ? sink + 5 : "";
	at += strncmp(at, "plug", 4) ? 0 : 4;
	if (strncmp(at, "hw:", 3))
		return false;
	at += 3;
	at += strncmp(at, "CARD=", 5) ? 0 : 5;
	size_t n = strcspn(at, ",");
	const char *port = at[n] ? at + n + 1 : "0";
	port += strncmp(port, "DEV=", 4) ? 0 : 4;
	snprintf(out, bytes, "%.*s,%s", (int)n, at, port);
	return true;
}

bool station_same_device(const char *sink, const char *other)
{
	char a[128], b[128];
	if (!strcmp(sink, "dry-run"))
		return false;
	if (hardware(sink, a, sizeof a) && hardware(other, b, sizeof b))
		return !strcmp(a, b);
	return !strcmp(sink, other);
}

bool bulletin_open(const struct station *s, int bulletin, day_num day)
{
	const struct bulletin *b = &s->bulletins.at[bulletin];
	if (!day_in(b->days, day))
		return false;
	return b->campaign < 0 || day_in(s->campaigns.at[b->campaign].days, day);
}

bool bulletin_text_changed(const struct bulletin *b)
{
	return b->text_bound && strcmp(b->text_bound, b->text_sha256) != 0;
}

int64_t bulletin_ms(const struct bulletin *b)
{
	if (b->relay.source)
		return b->relay.ms;
	int64_t sum = 0;
	for (size_t i = 0; i < b->audio.n; i++) {
		if (b->audio.at[i].state != RECORDING_READY)
			return 0;
		sum += b->audio.at[i].ms;
	}
	return sum;
}

int64_t bulletin_frames(const struct bulletin *b, const struct station *s, int zone)
{
	int output = s->zones.at[zone].output;
	if (b->relay.source)
		return b->relay.ms * s->outputs.at[output].rate / 1000;
	int64_t sum = 0;
	for (size_t i = 0; i < b->audio.n; i++) {
		if (b->audio.at[i].state != RECORDING_READY)
			return 0;
		sum += b->audio.at[i].frames[output];
	}
	return sum;
}
