/* Blocks are small (at most two dozen keys): looking a key up is a walk. */
#include "config/block.h"

#include <string.h>

const struct setting *block_get(const struct block *b, const char *key)
{
	for (size_t i = 0; i < b->settings.n; i++)
		if (!strcmp(b->settings.at[i].key->name, key))
			return &b->settings.at[i];
	return NULL;
}

struct place block_place(const struct block *b, const struct setting *s)
{
	return (struct place){ b->place.file, s ? s->line : b->place.line };
}

struct place block_value_place(const struct block *b, const struct value *v)
{
	return (struct place){ b->place.file, v->line };
}

static void setting_free(struct setting *s)
{
	for (size_t i = 0; i < s->values.n; i++)
		mem_free(s->values.at[i].text);
	vec_free(&s->values);
}

void block_free(struct block *b)
{
	for (size_t i = 0; i < b->settings.n; i++)
		setting_free(&b->settings.at[i]);
	vec_free(&b->settings);
	for (size_t i = 0; i < b->parts.n; i++)
		block_free(&b->parts.at[i]);
	vec_free(&b->parts);
	mem_free(b->title);
	b->title = NULL;
}
