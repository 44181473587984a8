/* JSON: a writer for our own rows and listings (fields keep the order they are written in), and a bounded reader
 * for what comes from outside (jansson behind it: duplicate keys, bad UTF-8 and overlong numbers are refused).
 * Pure; any thread. */
#ifndef LOAXA_BASE_JSON_H
#define LOAXA_BASE_JSON_H

#include "base/text.h"

#include <stdint.h>

/* Writer: appends to a text.  Commas are put where needed by looking at what stands before.
 *   json_open(&t, NULL, '{'); json_str(&t, "zone", "cum-1"); json_close(&t, '}');
 * key = NULL inside arrays and at the top. */
void json_open(struct text *, const char *key, char bracket);
void json_close(struct text *, char bracket);
void json_str(struct text *, const char *key, const char *value); /* NULL writes null */
void json_int(struct text *, const char *key, int64_t value);
void json_milli(struct text *, const char *key, int64_t thousandths); /* 1234 -> 1.234 */
void json_bool(struct text *, const char *key, bool value);
struct json;
void json_add(struct text *, const char *key, const struct json *value); /* as it was read; NULL writes null */

/* Reader. */
struct json *json_parse(const char *s, size_t bytes); /* NULL when it is not one JSON value; json_free */
void json_free(struct json **);
/* Parts belong to the whole.  A key that is absent, or of another type, gives NULL, fallback or false. */
const struct json *json_get(const struct json *, const char *key);
const struct json *json_at(const struct json *array, size_t i);
size_t json_count(const struct json *);                    /* elements of an array, else 0 */
const char *json_key(const struct json *object, size_t i); /* its i-th key, in no useful order; NULL: no more */
const char *json_get_str(const struct json *, const char *key);
int64_t json_get_int(const struct json *, const char *key, int64_t fallback);
bool json_get_bool(const struct json *, const char *key);
const char *json_as_str(const struct json *);
int64_t json_as_int(const struct json *, int64_t fallback);

#endif
