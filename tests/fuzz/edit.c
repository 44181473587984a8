/* Any bytes as a schedule file, and a change to the first section that has something to change.  Beyond not crashing:
 * what goes in can be found again; what goes in and comes out leaves every word of the file, comments included, as it
 * was; and a file in form stays in form, as the loader's own scanner sees it. */
#include "base/mem.h"
#include "config/clean.h"
#include "config/edit.h"
#include "config/scan.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void demand(bool truth)
{
	if (!truth)
		abort();
}

/* The file's bytes without blanks, line ends, commas and braces. */
static char *words_of(const struct edit *e)
{
	struct sources s = { 0 };
	struct text t = { 0 };
	edit_sources(e, &s);
	for (size_t i = 0; i < s.list.at[0].n; i++)
		if (!strchr(" \t\r\n,{}", s.list.at[0].bytes[i]))
			text_add_n(&t, s.list.at[0].bytes + i, 1);
	source_free(&s);
	return text_take(&t);
}

static void forget(void *self, struct block *b, const char *body)
{
	(void)self;
	(void)body;
	block_free(b);
}

/* Syntax errors the loader finds in it. */
static size_t faults(const struct edit *e)
{
	struct sources s = { 0 };
	struct findings fs = { 0 };
	size_t n = 0;
	edit_sources(e, &s);
	char *text = clean_text(s.list.at[0].bytes, s.list.at[0].n, "a.conf", &fs);
	if (text)
		scan_file(text, "a.conf", KEYS_SCHEDULE, &fs, forget, NULL);
	for (size_t i = 0; i < fs.list.n; i++)
		n += !strcmp(fs.list.at[i].code, "syntax") || !strcmp(fs.list.at[i].code, "not-closed");
	mem_free(text);
	findings_free(&fs);
	source_free(&s);
	return n;
}

/* A bare word of that kind as a value ("on = zone") before a section inside makes the scanner see a forgotten brace. */
static bool has_other_heads(const char *words)
{
	const char *session = strstr(words, "session");
	for (int i = 0; i < SECTION_COUNT; i++)
		if (keys_sections[i].inside == KEYS_SCHEDULE && i != SECTION_SESSION && strstr(words, keys_sections[i].word))
			return true;
	return session && strstr(session + 1, "session");
}

static void same_words(const struct edit *e, const char *before)
{
	char *now = words_of(e);
	demand(!strcmp(now, before));
	mem_free(now);
}

static void lists(struct edit *e, struct edit_at at, const char *after, const char *before)
{
	struct err err = { "" };
	size_t had = edit_list_count(e, at, "play", "zz@6h00");
	if (!edit_list_add(e, at, "play", "zz@6h00", after, 1, &err)) {
		demand(*err.text && !edit_changed(e));
		return;
	}
	demand(edit_list_count(e, at, "play", "zz@6h00") == had + 1 && faults(e) == 0);
	demand(edit_list_remove(e, at, "play", "zz@6h00", 1, &err));
	demand(edit_list_count(e, at, "play", "zz@6h00") == had);
	if (!had)
		same_words(e, before);
}

static void one_key(struct edit *e, struct edit_at at, const char *before)
{
	struct err err = { "" };
	bool was = strstr(before, "gap") != NULL;
	demand(edit_set(e, at, "gap", "7 \"}\\", &err) && faults(e) == 0);
	demand(edit_set(e, at, "gap", "7", &err) && faults(e) == 0);
	demand(edit_unset(e, at, "gap", &err) && faults(e) == 0);
	if (!was)
		same_words(e, before);
}

static void all(const char *data, size_t n, int what)
{
	static const struct edit_at at = { "session", "s", NULL, NULL };
	struct sources s = { 0 };
	struct err err = { "" };
	source_add(&s, "a.conf", data, n);
	struct edit *e = edit_of("d", &s);
	char *before = words_of(e);
	bool good = edit_has(e, at) && faults(e) == 0 && !has_other_heads(before);
	if (good && what < 2)
		lists(e, at, what ? "a" : NULL, before);
	else if (good && what == 2)
		one_key(e, at, before);
	else if (good)
		demand(edit_append_part(e, at, "directive q {\n}\n", &err) &&
			edit_append(e, "a.conf", "zone z { }\n", &err) && faults(e) == 0);
	mem_free(before);
	edit_free(&e);
	source_free(&s);
}

/* A second time as the inside of a section: a head is much to guess. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct text inside = { 0 };
	text_add(&inside, "session \"s\" {");
	text_add_n(&inside, (const char *)data, n);
	text_add(&inside, "}");
	for (int what = 0; what < 4; what++) {
		all((const char *)data, n, what);
		all(inside.at, inside.n, what);
	}
	text_free(&inside);
	return 0;
}
