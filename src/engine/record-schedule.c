/* The schedule as it was: files, and what was known of each recording and text, so that a report, a check of the evidence
 * and a review need nothing but the journal.  Appended only when it differs from the last one: a station keeps the same
 * schedule for weeks.  No folder is named in it: a station that moved has the same schedule. */
#include "engine/engine-inside.h"

#include <stdlib.h>
#include <string.h>

static const char *const states[] = { [RECORDING_UNKNOWN] = "unknown",
	[RECORDING_READY] = "ready",
	[RECORDING_MISSING] = "missing",
	[RECORDING_CORRUPT] = "corrupt" };

static void add_files(struct text *t, const struct station *st)
{
	json_open(t, "files", '[');
	for (size_t i = 0; i < st->sources.n; i++) {
		json_open(t, NULL, '{');
		json_str(t, "name", st->sources.at[i].name);
		json_str(t, "text", st->sources.at[i].text);
		json_close(t, '}');
	}
	json_close(t, ']');
}

static void add_recording(struct text *t, const struct station *st, const struct recording *r)
{
	json_open(t, NULL, '{');
	json_str(t, "file", r->file);
	json_str(t, "sha256", r->sha256[0] ? r->sha256 : NULL);
	json_str(t, "state", states[r->state]);
	json_int(t, "ms", r->ms);
	json_open(t, "frames", '[');
	for (size_t o = 0; o < st->outputs.n; o++)
		json_int(t, NULL, r->frames[o]);
	json_close(t, ']');
	json_close(t, '}');
}

static int by_file(const void *a, const void *b)
{
	return strcmp((*(const struct recording *const *)a)->file, (*(const struct recording *const *)b)->file);
}

/* By name; a file that several bulletins play is one. */
static void add_recordings(struct text *t, const struct station *st)
{
	VEC(const struct recording *) all = { 0 };
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; i < st->bulletins.at[b].audio.n; i++)
			vec_push(&all, &st->bulletins.at[b].audio.at[i]);
	if (all.n)
		qsort(all.at, all.n, sizeof *all.at, by_file);
	json_open(t, "recordings", '[');
	for (size_t i = 0; i < all.n; i++)
		if (!i || strcmp(all.at[i - 1]->file, all.at[i]->file) != 0)
			add_recording(t, st, all.at[i]);
	json_close(t, ']');
	vec_free(&all);
}

static int by_text(const void *a, const void *b)
{
	return strcmp((*(const struct bulletin *const *)a)->text, (*(const struct bulletin *const *)b)->text);
}

static void add_texts(struct text *t, const struct station *st)
{
	VEC(const struct bulletin *) all = { 0 };
	for (size_t b = 0; b < st->bulletins.n; b++)
		if (st->bulletins.at[b].text)
			vec_push(&all, &st->bulletins.at[b]);
	if (all.n)
		qsort(all.at, all.n, sizeof *all.at, by_text);
	json_open(t, "texts", '[');
	for (size_t i = 0; i < all.n; i++) {
		if (i && !strcmp(all.at[i - 1]->text, all.at[i]->text))
			continue;
		json_open(t, NULL, '{');
		json_str(t, "file", all.at[i]->text);
		json_str(t, "sha256", all.at[i]->text_sha256[0] ? all.at[i]->text_sha256 : NULL);
		json_close(t, '}');
	}
	json_close(t, ']');
	vec_free(&all);
}

static void hash(const char *body, char hex[SHA256_HEX])
{
	uint8_t sum[SHA256_BYTES];
	sha256_of(body, strlen(body), sum);
	sha256_hex(sum, hex);
}

void record_schedule(struct engine *e)
{
	struct text t = { 0 };
	char is[SHA256_HEX] = "";
	if (e->station) {
		json_open(&t, NULL, '{');
		json_str(&t, "digest", e->station->digest);
		json_str(&t, "station", e->station->code);
		add_files(&t, e->station);
		add_recordings(&t, e->station);
		add_texts(&t, e->station);
		json_close(&t, '}');
		hash(text_str(&t), is);
	}
	if (is[0] && strcmp(is, e->schedule_sha256) != 0)
		record_row(e, "schedule", NULL, (wall_us){ 0 }, text_str(&t));
	memcpy(e->schedule_sha256, is, sizeof is);
	text_free(&t);
}

void record_schedule_seen(struct engine *e, const char *body)
{
	hash(body, e->schedule_sha256);
}
