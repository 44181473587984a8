#include "schedule/receiver.h"

#include <string.h>

struct receiver *receiver_new(void)
{
	return mem_new(struct receiver);
}

#define FREE_ALL(v)                                                                                                    \
	do {                                                                                                           \
		for (size_t k = 0; k < (v)->n; k++)                                                                    \
			mem_free((v)->at[k]);                                                                          \
		vec_free(v);                                                                                           \
	} while (0)

static void free_station(struct receiver_station *s)
{
	for (size_t i = 0; i < s->times.n; i++)
		mem_free(s->times.at[i].title);
	vec_free(&s->times);
	FREE_ALL(&s->former);
	FREE_ALL(&s->keys);
	mem_free(s->code);
}

void receiver_free(struct receiver **receiver)
{
	struct receiver *r = *receiver;
	if (!r)
		return;
	for (size_t i = 0; i < r->bodies.n; i++) {
		mem_free(r->bodies.at[i].name);
		mem_free(r->bodies.at[i].title);
	}
	for (size_t i = 0; i < r->stations.n; i++)
		free_station(&r->stations.at[i]);
	for (size_t i = 0; i < r->directives.n; i++) {
		struct receiver_directive *d = &r->directives.at[i];
		mem_free(d->name);
		mem_free(d->number);
		mem_free(d->issuer);
		vec_free(&d->stations);
		vec_free(&d->bodies);
	}
	vec_free(&r->bodies);
	vec_free(&r->stations);
	vec_free(&r->directives);
	FREE_ALL(&r->files);
	mem_free(r->name);
	mem_free(r->title);
	mem_free(r->language);
	mem_free(r);
	*receiver = NULL;
}

int receiver_body(const struct receiver *r, const char *name)
{
	for (size_t i = 0; i < r->bodies.n; i++)
		if (!strcmp(r->bodies.at[i].name, name))
			return (int)i;
	return -1;
}

static bool has_code(const struct receiver_station *s, const char *code)
{
	bool yes = !strcmp(s->code, code);
	for (size_t i = 0; i < s->former.n && !yes; i++)
		yes = !strcmp(s->former.at[i], code);
	return yes;
}

int receiver_station(const struct receiver *r, const char *code)
{
	for (size_t i = 0; i < r->stations.n; i++)
		if (has_code(&r->stations.at[i], code))
			return (int)i;
	return -1;
}

const struct receiver_time *receiver_when(const struct receiver_station *s, day_num day)
{
	for (size_t i = 0; i < s->times.n; i++)
		if (day_in(s->times.at[i].days, day))
			return &s->times.at[i];
	return NULL;
}

bool receiver_within(const struct receiver *r, int body, int above)
{
	while (body >= 0 && body != above)
		body = r->bodies.at[body].part_of;
	return body == above;
}

bool receiver_asks(const struct receiver *r, const struct receiver_directive *d, int station, day_num day)
{
	const struct receiver_time *t = receiver_when(&r->stations.at[station], day);
	if (!t || !day_in(d->days, day))
		return false;
	bool yes = !d->stations.n && !d->bodies.n;
	for (size_t i = 0; i < d->stations.n && !yes; i++)
		yes = d->stations.at[i] == station;
	for (size_t i = 0; i < d->bodies.n && !yes; i++)
		yes = receiver_within(r, t->body, d->bodies.at[i]);
	return yes;
}
