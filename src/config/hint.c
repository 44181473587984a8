/* A hint that is wrong is worse than none, so the limit of edits is low. */
#include "config/hint.h"

#include "base/text.h"

#include <string.h>

/* In a short word every letter counts: "to" is no misspelt "on". */
struct hint hint_new(const char *wrong)
{
	size_t n = strlen(wrong);
	return (struct hint){ .wrong = wrong, .distance = n <= 3 ? 2 : n <= 6 ? 3 : 4 };
}

void hint_offer(struct hint *h, const char *candidate)
{
	/* lengths that differ by more need more edits than that */
	size_t a = strlen(h->wrong), b = strlen(candidate);
	size_t apart = a > b ? a - b : b - a;
	if (h->distance <= 0 || apart >= (size_t)h->distance)
		return;
	int d = text_distance(h->wrong, candidate, h->distance - 1);
	if (d < h->distance) {
		h->distance = d;
		h->best = candidate;
	}
}
