#include "sound/spans.h"

#include <string.h>

static size_t source_read(void *self, int64_t frame, int16_t *out, size_t n)
{
	const struct spans *s = self;
	size_t done = 0;
	for (size_t i = 0; i < s->n && done < n; i++) {
		int64_t left = s->list[i].frames - frame;
		if (left <= 0) {
			frame = -left;
			continue;
		}
		size_t take = (uint64_t)left < n - done ? (size_t)left : n - done;
		memcpy(out + done, s->list[i].at + frame, take * sizeof *out);
		done += take;
		frame = 0;
	}
	return done;
}

const struct source_ops spans_source = { .read = source_read };
