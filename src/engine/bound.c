/* What an approval names, and what lies in the audio folder now.  A station in service airs from its store, where the
 * approved sound still is; but once the file is another one, nobody knows any more which of the two was meant. */
#include "base/i18n.h"
#include "engine/engine-inside.h"

#include <string.h>

/* What was seen since the schedule was loaded; NULL = as it was then. */
static const char *seen(const struct engine *e, const char *file)
{
	for (size_t i = 0; i < e->seen.n; i++)
		if (!strcmp(e->seen.at[i].file, file))
			return e->seen.at[i].sha256;
	return NULL;
}

/* A recording that went away is still in the store; words that went away are nowhere. */
static bool recording_changed(const struct engine *e, const struct recording *r)
{
	const char *now = r->bound ? seen(e, r->file) : NULL;
	return now && *now && strcmp(now, r->bound) != 0;
}

static bool text_changed(const struct engine *e, const struct bulletin *b)
{
	const char *now = b->text_bound && b->text ? seen(e, b->text) : NULL;
	return now ? strcmp(now, b->text_bound) != 0 : bulletin_text_changed(b);
}

bool bound_changed(const struct engine *e, const struct airing *a)
{
	const struct bulletin *b = a->bulletin;
	if (a->level == LEVEL_EMERGENCY)
		return false;
	for (size_t i = 0; i < b->audio.n; i++)
		if (recording_changed(e, &b->audio.at[i]))
			return true;
	return text_changed(e, b);
}

static bool names(const struct bulletin *b, const char *file)
{
	for (size_t i = 0; i < b->audio.n; i++)
		if (!strcmp(b->audio.at[i].file, file))
			return true;
	return b->text && !strcmp(b->text, file);
}

/* The first bulletin that will not be aired because of it. */
static const struct bulletin *victim(const struct engine *e, const char *file)
{
	for (size_t i = 0; e->station && i < e->station->bulletins.n; i++) {
		const struct bulletin *b = &e->station->bulletins.at[i];
		struct airing any = { .bulletin = b, .level = LEVEL_NORMAL };
		if (names(b, file) && bound_changed(e, &any))
			return b;
	}
	return NULL;
}

static void tell(struct engine *e, const char *file)
{
	const struct bulletin *b = victim(e, file);
	char *source = mem_printf("changed:%s", file), *text = NULL;
	if (b)
		text = mem_printf(_("\"%s\" was changed after its approval: \"%s\" will not be aired — restore the file, or "
				    "have it approved anew: loaxa approve %s --by \"NAME, OFFICE\""),
			file, b->title, b->name);
	engine_fault(e, source, text);
	mem_free(source);
	mem_free(text);
}

void engine_file_seen(struct engine *e, const char *file, const char *sha256)
{
	size_t i = 0;
	engine_look_at_clock(e);
	while (i < e->seen.n && strcmp(e->seen.at[i].file, file))
		i++;
	if (i == e->seen.n)
		vec_push(&e->seen, (struct seen_file){ .file = mem_dup(file) });
	struct seen_file *f = &e->seen.at[i];
	memset(f->sha256, 0, sizeof f->sha256);
	memcpy(f->sha256, sha256, strnlen(sha256, sizeof f->sha256 - 1));
	tell(e, file);
	arm_drop_all(e);
	if (e->desk)
		engine_settle(e); /* looking at the clock may have brought something */
	e->s.sound.commit(e->s.sound.self);
}

void bound_forget(struct engine *e)
{
	while (e->seen.n) {
		struct seen_file f = e->seen.at[e->seen.n - 1];
		char *source = mem_printf("changed:%s", f.file);
		engine_fault(e, source, NULL);
		mem_free(source);
		mem_free(f.file);
		e->seen.n--;
	}
	vec_free(&e->seen);
}
