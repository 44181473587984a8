#include "cli/glance.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/status-words.h"

#include <stdlib.h>
#include <string.h>

static size_t zone_count(const struct json *status)
{
	size_t n = json_count(json_get(status, "zones"));
	return n < ZONES_MAX ? n : ZONES_MAX;
}

static zone_set bit(size_t zone)
{
	return (zone_set)1 << zone;
}

/* Takes text. */
static void add(
	struct glance_rows *rows, size_t zone, char *text, const char *at, enum glance_weight weight, bool unite)
{
	for (size_t i = 0; unite && i < rows->list.n; i++)
		if (!strcmp(rows->list.at[i].text, text) && !strcmp(rows->list.at[i].at, at)) {
			rows->list.at[i].zones |= bit(zone);
			mem_free(text);
			return;
		}
	vec_push(&rows->list, (struct glance_row){ bit(zone), text, mem_dup(at), weight });
}

/* Moves what the part says, if anything, behind the others. */
static void join(struct text *t, struct text *part)
{
	if (part->n)
		text_addf(t, "%s%s", t->n ? " · " : "", text_str(part));
	text_clear(part);
}

static char *air_of(const struct json *z, const char *now, int cells, enum glance_weight *weight)
{
	const struct json *air = json_get(z, "on_air");
	struct text t = { 0 }, part = { 0 }, why = { 0 };
	status_zone_lost(&part, z);
	join(&why, &part);
	status_zone_off(&part, z, now);
	join(&why, &part);
	status_zone_held(&part, z, now);
	join(&why, &part);
	bool blocked = why.n > 0;
	status_zone_volume(&part, z);
	join(&why, &part);
	text_add(&t, blocked && !status_is_object(air) ? "✗ " : "");
	*weight = blocked ? GLANCE_BLOCKED : status_is_object(air) ? GLANCE_AIR : GLANCE_IDLE;
	if (!strcmp(status_str(air, "priority"), "emergency"))
		*weight = GLANCE_EMERGENCY;
	if (status_is_object(air) && cells == GLANCE_STEADY)
		status_airing(&t, air, now);
	else if (status_is_object(air))
		status_on_air(&t, air, cells, false);
	else if (!blocked)
		text_add(&t, _("– nothing on air"));
	if (why.n)
		text_addf(&t, "%s%s", blocked && !status_is_object(air) ? "" : " · ", text_str(&why));
	text_free(&why);
	text_free(&part);
	return text_take(&t);
}

void glance_air(const struct json *status, int cells, bool unite, struct glance_rows *rows)
{
	const char *now = status_str(status, "now");
	for (size_t i = 0; i < zone_count(status); i++) {
		enum glance_weight weight;
		char *text = air_of(json_at(json_get(status, "zones"), i), now, cells, &weight);
		add(rows, i, text, "", weight, unite);
	}
}

static int by_instant(const void *pa, const void *pb)
{
	const struct glance_row *a = pa, *b = pb;
	int order = strcmp(a->at, b->at);
	return order ? order : strcmp(a->text, b->text);
}

/* Each element of that list of every zone, in words. */
static void gather(const struct json *status, const char *list,
	void (*words)(struct text *, const struct json *, const char *now), struct glance_rows *rows)
{
	const char *now = status_str(status, "now");
	for (size_t i = 0; i < zone_count(status); i++) {
		const struct json *items = json_get(json_at(json_get(status, "zones"), i), list);
		for (size_t k = 0; k < json_count(items); k++) {
			struct text t = { 0 };
			words(&t, json_at(items, k), now);
			add(rows, i, text_take(&t), status_str(json_at(items, k), "planned"), GLANCE_IDLE, true);
		}
	}
	if (rows->list.n)
		qsort(rows->list.at, rows->list.n, sizeof *rows->list.at, by_instant);
}

void glance_waiting(const struct json *status, struct glance_rows *rows)
{
	gather(status, "waiting", status_waiting, rows);
}

static void free_row(struct glance_row *r)
{
	mem_free(r->text);
	mem_free(r->at);
}

void glance_next(const struct json *status, size_t most, struct glance_rows *rows)
{
	gather(status, "next", status_next, rows);
	while (rows->list.n > most)
		free_row(&rows->list.at[--rows->list.n]);
}

void glance_free(struct glance_rows *rows)
{
	for (size_t i = 0; i < rows->list.n; i++)
		free_row(&rows->list.at[i]);
	vec_free(&rows->list);
}

bool glance_is_all(const struct json *status, zone_set zones)
{
	size_t n = zone_count(status);
	return zones == (n < ZONES_MAX ? bit(n) - 1 : ~(zone_set)0);
}

static const char *name_of(const struct json *status, size_t zone)
{
	return status_str(json_at(json_get(status, "zones"), zone), "zone");
}

void glance_names(const struct json *status, zone_set zones, struct text *out)
{
	enum { RUN = 3 }; /* so many neighbours are said by the first and the last */
	size_t n = zone_count(status), named = 0;
	if (n > 1 && glance_is_all(status, zones)) {
		text_addf(out, _("all %zu zones"), n);
		return;
	}
	for (size_t i = 0, end; i < n; i = end) {
		for (end = i; end < n && zones & bit(end);)
			end++;
		bool run = end - i >= RUN;
		for (size_t k = i; k < end; k++)
			if (!run || k == i || k == end - 1)
				text_addf(out, "%s%s", !named++ ? "" : run && k > i ? "…" : ", ", name_of(status, k));
		end += end == i;
	}
}
