#include "schedule/amp-key.h"

#include "schedule/values.h"

#include <stddef.h>
#include <string.h>

static const char *behind(const char *text, const char *prefix)
{
	size_t n = strlen(prefix);
	return strncmp(text, prefix, n) ? NULL : text + n;
}

const char *amp_key_word(const char **at, int *length)
{
	const char *word = *at + strspn(*at, " \t");
	*length = (int)strcspn(word, " \t");
	*at = word + *length;
	return *length ? word : NULL;
}

static bool gpio(const char *rest, struct amp_key *out)
{
	const char *slash = strrchr(rest, '/');
	size_t n = slash ? (size_t)(slash - rest) : 0;
	int64_t line;
	if (!n || n >= sizeof out->chip || memchr(rest, '/', n) || !value_number(slash + 1, 0, AMP_KEY_LINE, &line))
		return false;
	out->kind = AMP_KEY_GPIO;
	memcpy(out->chip, rest, n);
	out->chip[n] = '\0';
	out->line = (int)line;
	return true;
}

static bool command(const char *rest, struct amp_key *out)
{
	int words = 0, length;
	for (const char *at = rest; amp_key_word(&at, &length);)
		words++;
	out->kind = AMP_KEY_COMMAND;
	out->command = rest;
	return words >= 1 && words <= AMP_KEY_WORDS;
}

bool amp_key(const char *text, struct amp_key *out)
{
	const char *rest;
	*out = (struct amp_key){ .line = -1 };
	if ((rest = behind(text, "gpio:")))
		return gpio(rest, out);
	if ((rest = behind(text, "command:")))
		return command(rest, out);
	return false;
}
