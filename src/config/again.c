/* A station out of a "schedule" row of the journal: its files are read as they were then, and what was known of its
 * recordings and texts is entered. */
#include "config/config.h"

#include "base/json.h"
#include "config/index.h"
#include "config/source.h"

#include <string.h>

static bool take_files(const struct json *row, struct sources *out)
{
	const struct json *list = json_get(row, "files");
	bool ok = json_count(list) && json_count(list) <= SOURCE_FILES_MOST;
	for (size_t i = 0; ok && i < json_count(list); i++) {
		const char *name = json_get_str(json_at(list, i), "name"), *text = json_get_str(json_at(list, i), "text");
		ok = name && text && !strchr(name, '/') && strlen(text) <= SOURCE_FILE_MOST;
		if (ok)
			source_add(out, name, text, strlen(text));
	}
	return ok;
}

static enum recording_state state_of(const char *name)
{
	return !name                     ? RECORDING_UNKNOWN
	       : !strcmp(name, "ready")   ? RECORDING_READY
	       : !strcmp(name, "missing") ? RECORDING_MISSING
	       : !strcmp(name, "corrupt") ? RECORDING_CORRUPT
					  : RECORDING_UNKNOWN;
}

static void take_hash(char to[65], const struct json *j)
{
	const char *hash = json_get_str(j, "sha256");
	if (hash && strlen(hash) == 64)
		memcpy(to, hash, 65);
}

static void take_recording(struct recording *r, const struct json *j)
{
	const struct json *frames = json_get(j, "frames");
	r->state = state_of(json_get_str(j, "state"));
	r->ms = json_get_int(j, "ms", 0);
	take_hash(r->sha256, j);
	for (size_t o = 0; o < OUTPUTS_MAX && o < json_count(frames); o++)
		r->frames[o] = json_as_int(json_at(frames, o), 0);
}

static void enter(struct index *to, const struct json *list)
{
	for (size_t i = 0; i < json_count(list); i++) {
		const char *file = json_get_str(json_at(list, i), "file");
		if (file && !index_find(to, file))
			index_add(to, file, (int)i, (struct place){ 0 });
	}
}

static const struct json *find(const struct index *in, const struct json *list, const char *file)
{
	const struct index_entry *e = file ? index_find(in, file) : NULL;
	return e ? json_at(list, (size_t)e->at) : NULL;
}

static void take_facts(struct station *st, const struct json *row)
{
	const struct json *recordings = json_get(row, "recordings"), *texts = json_get(row, "texts");
	struct index of_recordings = { 0 }, of_texts = { 0 };
	enter(&of_recordings, recordings);
	enter(&of_texts, texts);
	for (size_t b = 0; b < st->bulletins.n; b++) {
		struct bulletin *at = &st->bulletins.at[b];
		for (size_t i = 0; i < at->audio.n; i++)
			take_recording(&at->audio.at[i], find(&of_recordings, recordings, at->audio.at[i].file));
		take_hash(at->text_sha256, find(&of_texts, texts, at->text));
	}
	index_free(&of_recordings);
	index_free(&of_texts);
}

struct station *config_again(const char *body, size_t bytes, const struct config_env *env, struct findings *fs)
{
	struct sources files = { 0 };
	struct station *st = NULL;
	struct json *row = json_parse(body, bytes);
	if (row && take_files(row, &files))
		st = config_build(".", files.list.at, files.list.n, env, fs);
	if (st)
		take_facts(st, row);
	source_free(&files);
	json_free(&row);
	return st;
}
