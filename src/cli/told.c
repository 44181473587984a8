#include "cli/told.h"

#include <string.h>

/* ── Lists ── */

static void add(struct told_list *l, const char *code, const char *since, const char *text)
{
	if (code && since && text)
		vec_push(l, (struct told_fault){ mem_dup(code), mem_dup(since), mem_dup(text) });
}

static void free_fault(const struct told_fault *f)
{
	mem_free(f->code);
	mem_free(f->since);
	mem_free(f->text);
}

static void free_list(struct told_list *l)
{
	for (size_t i = 0; i < l->n; i++)
		free_fault(&l->at[i]);
	vec_free(l);
}

/* A fault is its code: what began anew meanwhile is the same trouble to who was told of it. */
static bool has(const struct told_list *l, const char *code)
{
	for (size_t i = 0; i < l->n; i++)
		if (!strcmp(l->at[i].code, code))
			return true;
	return false;
}

static void read_list(const struct json *array, struct told_list *out)
{
	for (size_t i = 0; i < json_count(array) && i < TOLD_FAULTS_MAX; i++) {
		const struct json *f = json_at(array, i);
		add(out, json_get_str(f, "code"), json_get_str(f, "since"), json_get_str(f, "text"));
	}
}

static void write_list(struct text *out, const struct told_list *l)
{
	json_open(out, "faults", '[');
	for (size_t i = 0; i < l->n; i++) {
		json_open(out, NULL, '{');
		json_str(out, "code", l->at[i].code);
		json_str(out, "since", l->at[i].since);
		json_str(out, "text", l->at[i].text);
		json_close(out, '}');
	}
	json_close(out, ']');
}

/* ── Files ── */

bool told_read_wanted(const char *text, size_t bytes, struct told_wanted *out)
{
	struct json *j = json_parse(text, bytes);
	*out = (struct told_wanted){ .command = mem_dup(json_get_str(j, "command")),
		.language = mem_dup(json_get_str(j, "language")),
		.timezone = mem_dup(json_get_str(j, "timezone")),
		.station = mem_dup(json_get_str(j, "station")),
		.station_name = mem_dup(json_get_str(j, "station_name")),
		.day = mem_dup(json_get_str(j, "day")) };
	read_list(json_get(j, "faults"), &out->faults);
	if (j)
		json_free(&j);
	if (out->command && out->language && out->timezone && out->station && out->station_name && out->day)
		return true;
	told_free_wanted(out);
	return false;
}

void told_free_wanted(struct told_wanted *w)
{
	free_list(&w->faults);
	mem_free(w->command);
	mem_free(w->language);
	mem_free(w->timezone);
	mem_free(w->station);
	mem_free(w->station_name);
	mem_free(w->day);
	*w = (struct told_wanted){ 0 };
}

void told_read_known(const char *text, size_t bytes, struct told_known *out)
{
	struct json *j = json_parse(text, bytes);
	*out = (struct told_known){ .day = mem_dup(json_get_str(j, "day")),
		.paced.us = json_get_int(j, "paced_us", 0) };
	read_list(json_get(j, "faults"), &out->faults);
	if (j)
		json_free(&j);
}

void told_write_known(const struct told_known *k, struct text *out)
{
	json_open(out, NULL, '{');
	json_str(out, "day", k->day);
	json_int(out, "paced_us", k->paced.us);
	write_list(out, &k->faults);
	json_close(out, '}');
	text_add(out, "\n");
}

void told_free_known(struct told_known *k)
{
	free_list(&k->faults);
	mem_free(k->day);
	*k = (struct told_known){ 0 };
}

/* ── What is next ── */

const struct told_fault *told_about(
	const struct told_known *k, const struct told_wanted *w, enum told_what what, size_t n)
{
	const struct told_list *from = what == TOLD_RAISED ? &w->faults : &k->faults;
	const struct told_list *not_in = what == TOLD_RAISED ? &k->faults : &w->faults;
	for (size_t i = 0; (what == TOLD_RAISED || what == TOLD_CLEARED) && i < from->n; i++)
		if (!has(not_in, from->at[i].code) && !n--)
			return &from->at[i];
	return NULL;
}

/* When a message may go out; a clock that was set back must not silence the station. */
static wall_us free_at(struct told_known *k, wall_us now)
{
	int64_t most = now.us + TOLD_AT_ONCE * TOLD_EVERY_US;
	if (k->paced.us > most)
		k->paced.us = most;
	return (wall_us){ k->paced.us - (TOLD_AT_ONCE - 1) * TOLD_EVERY_US };
}

static enum told_what changed(const struct told_known *k, const struct told_wanted *w)
{
	if (told_about(k, w, TOLD_RAISED, 0))
		return TOLD_RAISED;
	return told_about(k, w, TOLD_CLEARED, 0) ? TOLD_CLEARED : TOLD_NOTHING;
}

enum told_what told_next(struct told_known *k, const struct told_wanted *w, wall_us now, wall_us *when)
{
	enum told_what what = changed(k, w);
	if (what == TOLD_NOTHING) {
		k->pending_since.us = 0;
		if (!k->day || strcmp(k->day, w->day) < 0)
			return TOLD_DAY;
		return TOLD_NOTHING;
	}
	if (!k->pending_since.us || k->pending_since.us > now.us)
		k->pending_since = now;
	*when = free_at(k, now);
	if (when->us < k->pending_since.us + TOLD_SETTLE_US)
		when->us = k->pending_since.us + TOLD_SETTLE_US;
	return now.us < when->us ? TOLD_WAIT : what;
}

static void forget_cleared(struct told_known *k, const struct told_wanted *w)
{
	for (size_t i = k->faults.n; i-- > 0;) {
		if (has(&w->faults, k->faults.at[i].code))
			continue;
		free_fault(&k->faults.at[i]);
		vec_remove(&k->faults, i);
	}
}

static void learn_raised(struct told_known *k, const struct told_wanted *w)
{
	for (size_t i = 0; i < w->faults.n; i++) {
		const struct told_fault *f = &w->faults.at[i];
		if (!has(&k->faults, f->code))
			add(&k->faults, f->code, f->since, f->text);
	}
}

void told_done(struct told_known *k, const struct told_wanted *w, enum told_what what, wall_us now)
{
	if (what == TOLD_DAY) {
		mem_renew(&k->day, w->day);
		return;
	}
	if (what == TOLD_RAISED)
		learn_raised(k, w);
	else
		forget_cleared(k, w);
	k->pending_since.us = 0;
	k->paced.us = (k->paced.us > now.us ? k->paced.us : now.us) + TOLD_EVERY_US;
}
