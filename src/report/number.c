#include "report/number.h"

#include "base/mem.h"
#include "base/text.h"

#include <ctype.h>

static const char *skip(const char *s)
{
	while (*s && !isalnum((unsigned char)*s))
		s++;
	return s;
}

/* Both folded. */
static bool begins(const char *number, const char *typed)
{
	typed = skip(typed);
	if (!*typed)
		return false;
	for (number = skip(number); *typed; number = skip(number), typed = skip(typed)) {
		if (*number != *typed)
			return false;
		bool ends = !*skip(typed + 1);
		number++;
		typed++;
		if (ends)
			return !isalnum((unsigned char)*number);
	}
	return false;
}

bool number_means(const char *typed, const char *number)
{
	char *want = text_fold(typed, false), *have = text_fold(number, false);
	bool means = false;
	if (want && have) {
		const char *digits = want;
		while (*digits && !isdigit((unsigned char)*digits))
			digits++;
		/* "số 1704", "CV 1704": words that people put before a number are not part of it */
		means = begins(have, want) || (isdigit((unsigned char)*skip(have)) && begins(have, digits));
	}
	mem_free(want);
	mem_free(have);
	return means;
}
