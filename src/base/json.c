#include "base/json.h"

#include "base/mem.h"

#include <inttypes.h>
#include <jansson.h>

static void quoted(struct text *t, const char *s)
{
	text_add(t, "\"");
	const char *plain = s;
	for (; *s; s++) {
		unsigned char c = (unsigned char)*s;
		if (c >= 0x20 && c != '"' && c != '\\' && c != 0x7F)
			continue;
		text_add_n(t, plain, (size_t)(s - plain));
		plain = s + 1;
		if (c == '"' || c == '\\')
			text_addf(t, "\\%c", c);
		else
			text_addf(t, "\\u%04x", c);
	}
	text_add_n(t, plain, (size_t)(s - plain));
	text_add(t, "\"");
}

static void lead(struct text *t, const char *key)
{
	char last = t->n ? t->at[t->n - 1] : '\0';
	if (last && last != '{' && last != '[' && last != '\n')
		text_add(t, ",");
	if (!key)
		return;
	quoted(t, key);
	text_add(t, ":");
}

void json_open(struct text *t, const char *key, char bracket)
{
	lead(t, key);
	text_add_n(t, &bracket, 1);
}

void json_close(struct text *t, char bracket)
{
	text_add_n(t, &bracket, 1);
}

void json_str(struct text *t, const char *key, const char *value)
{
	lead(t, key);
	if (value)
		quoted(t, value);
	else
		text_add(t, "null");
}

void json_int(struct text *t, const char *key, int64_t value)
{
	lead(t, key);
	text_addf(t, "%" PRId64, value);
}

void json_milli(struct text *t, const char *key, int64_t thousandths)
{
	lead(t, key);
	uint64_t v = thousandths < 0 ? -(uint64_t)thousandths : (uint64_t)thousandths;
	text_addf(t, "%s%" PRIu64 ".%03" PRIu64, thousandths < 0 ? "-" : "", v / 1000, v % 1000);
}

void json_bool(struct text *t, const char *key, bool value)
{
	lead(t, key);
	text_add(t, value ? "true" : "false");
}

/* struct json is jansson's json_t by another name, so that jansson.h stays in this file. */
static const json_t *in(const struct json *j)
{
	return (const json_t *)(const void *)j;
}

static const struct json *out(const json_t *j)
{
	return (const struct json *)(const void *)j;
}

struct json *json_parse(const char *s, size_t bytes)
{
	return (struct json *)(void *)json_loadb(s, bytes, JSON_REJECT_DUPLICATES | JSON_DECODE_ANY, NULL);
}

void json_free(struct json **j)
{
	json_decref((json_t *)(void *)*j);
	*j = NULL;
}

const struct json *json_get(const struct json *j, const char *key)
{
	return out(json_object_get(in(j), key));
}

const struct json *json_at(const struct json *array, size_t i)
{
	return out(json_array_get(in(array), i));
}

size_t json_count(const struct json *j)
{
	return json_array_size(in(j));
}

const char *json_key(const struct json *object, size_t i)
{
	json_t *o = (json_t *)(uintptr_t)object;
	void *it = json_object_iter(o);
	while (it && i--)
		it = json_object_iter_next(o, it);
	return it ? json_object_iter_key(it) : NULL;
}

const char *json_as_str(const struct json *j)
{
	return json_string_value(in(j));
}

int64_t json_as_int(const struct json *j, int64_t fallback)
{
	return json_is_integer(in(j)) ? json_integer_value(in(j)) : fallback;
}

const char *json_get_str(const struct json *j, const char *key)
{
	return json_as_str(json_get(j, key));
}

int64_t json_get_int(const struct json *j, const char *key, int64_t fallback)
{
	return json_as_int(json_get(j, key), fallback);
}

bool json_get_bool(const struct json *j, const char *key)
{
	return json_is_true(in(json_get(j, key)));
}

static void add_parts(struct text *t, const char *key, const struct json *value)
{
	bool object = json_is_object(in(value));
	json_open(t, key, object ? '{' : '[');
	for (size_t i = 0; !object && i < json_count(value); i++)
		json_add(t, NULL, json_at(value, i));
	const char *name;
	for (size_t i = 0; object && (name = json_key(value, i)) != NULL; i++)
		json_add(t, name, json_get(value, name));
	json_close(t, object ? '}' : ']');
}

void json_add(struct text *t, const char *key, const struct json *value)
{
	if (json_is_object(in(value)) || json_is_array(in(value)))
		add_parts(t, key, value);
	else if (json_is_integer(in(value)))
		json_int(t, key, json_integer_value(in(value)));
	else if (json_is_boolean(in(value)))
		json_bool(t, key, json_is_true(in(value)));
	else
		json_str(t, key, json_as_str(value));
}
