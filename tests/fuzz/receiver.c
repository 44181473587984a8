/* Fuzzing a receiver's files: bytes -> sections -> receiver, from memory.  A receiver comes exactly when there is no error;
 * each station's times have no gap, and no body is part of itself. */
#include "config/config.h"
#include "config/source.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void look_at(const struct receiver *r)
{
	for (size_t i = 0; i < r->bodies.n; i++)
		if (r->bodies.at[i].part_of >= (int)i)
			abort();
	for (size_t i = 0; i < r->stations.n; i++) {
		const struct receiver_station *s = &r->stations.at[i];
		for (size_t k = 0; k < s->times.n; k++)
			if (s->times.at[k].days.from > s->times.at[k].days.until ||
				(k && s->times.at[k].days.from != s->times.at[k - 1].days.until + 1))
				abort();
		if (receiver_station(r, s->code) != (int)i)
			abort();
		for (size_t k = 0; k < r->directives.n; k++)
			receiver_asks(r, &r->directives.at[k], (int)i, 18822);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct sources s = { 0 };
	struct findings fs = { 0 };
	source_add(&s, "a.conf", (const char *)data, n);
	struct receiver *r = config_receiver_build("d", s.list.at, s.list.n, &fs);
	if (!r == !fs.errors)
		abort();
	if (r)
		look_at(r);
	for (size_t i = 0; i < fs.list.n; i++)
		mem_free(finding_text(&fs.list.at[i], fs.list.at[i].pattern));
	findings_sort(&fs);
	receiver_free(&r);
	findings_free(&fs);
	source_free(&s);
	return 0;
}
