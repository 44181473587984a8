/* What the receiver knows already, as it is typed: keys and a checkpoint. */
#include "base/hex.h"
#include "base/i18n.h"
#include "cli/verify.h"
#include "journal/key.h"

#include <ctype.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 30
#define LINES_MOST 20000 /* keys of a file: every commune of the country, twice */

/* Hex digits of a key, or the digits that are read out over the telephone; blanks and dashes are nobody's concern.  NULL:
 * neither. */
static char *key_in(const char *s)
{
	struct text t = { 0 };
	for (; *s && *s != '#' && t.n < BUNDLE_KEY_HEX; s++)
		if (!isspace((unsigned char)*s) && *s != '-')
			text_add_n(&t, s, 1);
	uint8_t bytes[KEY_BYTES];
	bool hex = t.n == BUNDLE_KEY_HEX - 1 && hex_read(t.at, bytes, KEY_BYTES);
	bool digits = t.n == DIGITS && strspn(t.at, "0123456789") == DIGITS;
	char *key = hex || digits ? text_take(&t) : NULL;
	text_free(&t);
	return key;
}

bool verify_read_keys(const char *typed, struct verify_keys *out, struct err *err)
{
	char *key = key_in(typed), line[1024];
	if (key) {
		vec_push(&out->list, key);
		return true;
	}
	FILE *f = fopen(typed, "re");
	if (!f)
		return err_set(err,
			_("--key \"%s\" is neither a key nor a file of keys — a key is what loaxa key shows at the "
			  "station: 64 letters "
			  "and digits, or 30 digits for the telephone"),
			typed);
	while (fgets(line, sizeof line, f) && out->list.n < LINES_MOST) {
		key = key_in(line);
		if (key)
			vec_push(&out->list, key);
	}
	fclose(f);
	return out->list.n ||
	       err_set(err, _("there is no key in the file %s — write one a line, as loaxa key shows it"), typed);
}

void verify_keys_free(struct verify_keys *k)
{
	for (size_t i = 0; i < k->list.n; i++)
		mem_free(k->list.at[i]);
	vec_free(&k->list);
}

bool verify_key_is(const char *typed, const char *hex)
{
	uint8_t bytes[KEY_BYTES];
	char fingerprint[KEY_FINGERPRINT], *digits;
	if (!strcmp(typed, hex))
		return true;
	if (!hex_read(hex, bytes, KEY_BYTES))
		return false;
	key_fingerprint(bytes, fingerprint);
	digits = key_in(fingerprint);
	bool same = digits && !strcmp(typed, digits);
	mem_free(digits);
	return same;
}

bool verify_read_checkpoint(const char *typed, int64_t *seq, uint8_t head[SHA256_BYTES], struct err *err)
{
	char *end = NULL;
	errno = 0;
	*seq = strtoll(typed, &end, 10);
	if (!errno && isdigit((unsigned char)typed[0]) && *seq > 0 && *end == ':' &&
		hex_read(end + 1, head, SHA256_BYTES))
		return true;
	return err_set(err,
		_("--checkpoint \"%s\" is none — copy the whole of what loaxa verify or loaxa export showed: the row's "
		  "number, a "
		  "colon, 64 letters and digits"),
		typed);
}
