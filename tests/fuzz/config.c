/* Fuzzing the loader: bytes -> sections -> station, all from memory.  The byte 0x1E parts one file from the next.
 * Beyond not crashing: a station comes exactly when there is no error, and what the scanner lets through libconfuse
 * reads alike (else the finding "internal").
 *
 *   make fuzz RUNS=10000000
 *
 * Short inputs hold every mistake a long one can hold; the options of run.sh give 9,000 runs a second of one core. */
#include "config/config.h"
#include "config/source.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* Version 2 header twice, no change, one type (UTC), footer. */
static void *tiny_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	if (strcmp(zone, "Asia/Ho_Chi_Minh"))
		return NULL;
	static const char head[20] = "TZif2", counts[24] = { [19] = 1, [23] = 4 }, type[10] = { [6] = 'U', 'T', 'C' };
	char *at = malloc(sizeof head * 2 + sizeof counts * 2 + sizeof type * 2 + 8), *to = at;
	for (int i = 0; i < 2; i++) {
		memcpy(to, head, sizeof head);
		memcpy(to += sizeof head, counts, sizeof counts);
		memcpy(to += sizeof counts, type, sizeof type);
		to += sizeof type;
	}
	memcpy(to, "\nUTC0\n", 6);
	*bytes = (size_t)(to + 6 - at);
	return at;
}

static void split(const char *data, size_t n, struct sources *s)
{
	for (int file = 0; file < 4; file++) {
		const char name[] = { (char)('a' + file), '.', 'c', 'o', 'n', 'f', '\0' };
		const char *end = file < 3 ? memchr(data, 0x1E, n) : NULL;
		size_t part = end ? (size_t)(end - data) : n;
		source_add(s, name, data, part);
		if (!end)
			return;
		data += part + 1;
		n -= part + 1;
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const struct config_env env = { .tzif = tiny_zone };
	struct sources s = { 0 };
	struct findings fs = { 0 };
	split((const char *)data, n, &s);
	struct station *st = config_build("d", s.list.at, s.list.n, &env, &fs);
	if (!st == !fs.errors)
		abort();
	for (size_t i = 0; i < fs.list.n; i++) {
		if (!strcmp(fs.list.at[i].code, "internal"))
			abort();
		mem_free(finding_text(&fs.list.at[i], fs.list.at[i].pattern));
	}
	findings_sort(&fs);
	station_free(&st);
	findings_free(&fs);
	source_free(&s);
	return 0;
}
