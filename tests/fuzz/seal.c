/* Seals, keys and schedules as they come in the rows of somebody else's station.  Beyond not crashing: what was sealed is
 * sealed as it was and in no other way, however the bytes around it are changed. */
#include "base/mem.h"
#include "config/config.h"
#include "journal/seal.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void *no_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self, (void)zone, (void)bytes;
	return NULL;
}

static const struct config_env env = { .tzif = no_zone };

static struct key a_key(void)
{
	static const uint8_t seed[KEY_SEED_BYTES] = { 1, 2, 3 };
	struct key k;
	key_of_seed(&k, seed);
	return k;
}

/* Three bytes each: where, and what is put there. */
static void change(struct text *t, const uint8_t *data, size_t n)
{
	for (size_t i = 0; i + 2 < n; i += 3)
		t->at[(data[i] << 8 | data[i + 1]) % t->n] = (char)data[i + 2];
}

static void demand_same(struct text *a, struct text *b)
{
	if (strcmp(text_str(a), text_str(b)) != 0)
		abort();
	text_free(a);
	text_free(b);
}

static void changed_seal(const uint8_t *data, size_t n)
{
	struct key k = a_key();
	struct seal was = { .station = "22363", .seq = 4711, .head = { 9 } }, is;
	struct text t = { 0 };
	seal_sign(&was, &k, false);
	seal_write(&was, &t);
	change(&t, data, n);
	if (seal_read(&is, t.at, t.n) && seal_holds(&is, false)) {
		struct text a = { 0 }, b = { 0 };
		seal_write(&was, &a);
		seal_write(&is, &b);
		demand_same(&a, &b);
	}
	text_free(&t);
}

static void changed_key(const uint8_t *data, size_t n)
{
	struct key k = a_key();
	struct seal_key was = { .station = "22363", .previous = { 7 }, .lost = true }, is;
	struct text t = { 0 };
	memcpy(was.public, k.public, KEY_BYTES);
	seal_key_sign(&was, &k, false);
	seal_key_write(&was, &t);
	change(&t, data, n);
	if (seal_key_read(&is, t.at, t.n) && seal_key_holds(&is, false)) {
		struct text a = { 0 }, b = { 0 };
		seal_key_write(&was, &a);
		seal_key_write(&is, &b);
		demand_same(&a, &b);
	}
	text_free(&t);
}

static void read_all(const char *body, size_t n)
{
	struct seal s;
	struct seal_key k;
	struct findings fs = { 0 };
	if (seal_read(&s, body, n))
		seal_holds(&s, true);
	if (seal_key_read(&k, body, n))
		seal_key_holds(&k, true);
	struct station *st = config_again(body, n, &env, &fs);
	station_free(&st);
	findings_free(&fs);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	if (!n)
		return 0;
	if (data[0] % 3 == 0)
		changed_seal(data + 1, n - 1);
	else if (data[0] % 3 == 1)
		changed_key(data + 1, n - 1);
	else
		read_all((const char *)data + 1, n - 1);
	return 0;
}
