#include "sound/silences.h"

static mono_us since_when(const struct silences *s, const char *name)
{
	for (size_t i = 0; i < s->names.n; i++)
		if (!strcmp(s->names.at[i].name, name))
			return s->names.at[i].since;
	return (mono_us){ US_NEVER };
}

mono_us silences_due(const struct silences *s, const char *name, mono_us began, int64_t silence_us, mono_us *since)
{
	*since = name && silence_us ? since_when(s, name) : (mono_us){ US_NEVER };
	if (since->us == US_NEVER)
		return *since;
	if (since->us < began.us)
		*since = began;
	return (mono_us){ since->us + silence_us };
}

void silences_begin(struct silences *s, const char *name, mono_us now)
{
	if (since_when(s, name).us == US_NEVER)
		vec_push(&s->names, (struct silence){ mem_dup(name), now });
}

void silences_end(struct silences *s, const char *name)
{
	for (size_t i = 0; i < s->names.n; i++) {
		if (strcmp(s->names.at[i].name, name))
			continue;
		mem_free(s->names.at[i].name);
		vec_remove(&s->names, i);
		return;
	}
}

void silences_wait(struct silences *s, const char *name, uint32_t token)
{
	vec_push(&s->items, (struct silenced){ token, mem_dup(name) });
}

uint32_t silences_heard(struct silences *s)
{
	for (size_t i = 0; i < s->items.n; i++) {
		uint32_t token = s->items.at[i].token;
		if (since_when(s, s->items.at[i].name).us != US_NEVER)
			continue;
		mem_free(s->items.at[i].name);
		vec_remove(&s->items, i);
		return token;
	}
	return 0;
}

void silences_forget(struct silences *s)
{
	for (size_t i = 0; i < s->items.n; i++)
		mem_free(s->items.at[i].name);
	vec_free(&s->items);
}

void silences_free(struct silences *s)
{
	silences_forget(s);
	for (size_t i = 0; i < s->names.n; i++)
		mem_free(s->names.at[i].name);
	vec_free(&s->names);
}
