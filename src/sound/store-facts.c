/* The text of a .facts and of a .bad file: one "key value" a line, in fixed order.  The reader is strict in the
 * simplest way there is: it takes the numbers out, writes the text anew and compares. */
#include "base/text.h"
#include "sound/store-inside.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void milli(struct text *t, const char *key, int32_t v)
{
	if (v == STORE_NO_LOUDNESS)
		text_addf(t, "%s none\n", key);
	else
		text_addf(t, "%s %s%d.%03d\n", key, v < 0 ? "-" : "", abs(v / 1000), abs(v % 1000));
}

size_t store_facts_write(const struct store_facts *f, const char *sha256, char out[STORE_FACTS_BYTES])
{
	struct text t = { 0 };
	text_addf(&t, "loaxa-facts %d\nsource %s\nrate %d\nhigh-pass %d\nframes %" PRId64 "\npcm %s\n", STORE_RECIPE,
		sha256, f->form.rate, f->form.high_pass, f->frames, f->pcm_sha256);
	milli(&t, "source-lufs", f->source_lufs);
	milli(&t, "gain-db", f->gain);
	milli(&t, "lufs", f->lufs);
	milli(&t, "peak-dbtp", f->peak);
	milli(&t, "limiting-db", f->limiting);
	text_addf(&t, "limited %s\n", f->limited ? "yes" : "no");
	size_t n = t.n < STORE_FACTS_BYTES ? t.n : 0;
	memcpy(out, text_str(&t), n);
	out[n] = '\0';
	text_free(&t);
	return n;
}

/* The value of "key value\n" at *p, which moves on to the next line; "" when the line is another one. */
static const char *value_of(const char **p, const char *key, char buf[SHA256_HEX])
{
	size_t k = strlen(key);
	const char *end = strchr(*p, '\n');
	buf[0] = '\0';
	if (!end || strncmp(*p, key, k) || (*p)[k] != ' ')
		return buf;
	size_t n = (size_t)(end - *p) - k - 1;
	if (n < SHA256_HEX) {
		memcpy(buf, *p + k + 1, n);
		buf[n] = '\0';
	}
	*p = end + 1;
	return buf;
}

static int64_t number_of(const char **p, const char *key, int64_t low, int64_t high)
{
	char buf[SHA256_HEX];
	int64_t v = strtoll(value_of(p, key, buf), NULL, 10);
	return v < low ? low : v > high ? high : v;
}

static int32_t milli_of(const char **p, const char *key)
{
	char buf[SHA256_HEX];
	value_of(p, key, buf);
	if (!strcmp(buf, "none"))
		return STORE_NO_LOUDNESS;
	bool minus = buf[0] == '-';
	char *dot = NULL;
	long whole = strtol(buf + minus, &dot, 10);
	long part = *dot == '.' ? strtol(dot + 1, NULL, 10) : 0;
	if (whole < 0 || whole > 1000 || part < 0 || part > 999)
		return 0;
	return (int32_t)(minus ? -(whole * 1000 + part) : whole * 1000 + part);
}

bool store_facts_read(const char *text, size_t bytes, char sha256[SHA256_HEX], struct store_facts *f)
{
	char copy[STORE_FACTS_BYTES], again[STORE_FACTS_BYTES], buf[SHA256_HEX];
	if (bytes >= sizeof copy || memchr(text, '\0', bytes))
		return false;
	memcpy(copy, text, bytes);
	copy[bytes] = '\0';
	const char *p = copy;
	number_of(&p, "loaxa-facts", 0, INT32_MAX);
	snprintf(sha256, SHA256_HEX, "%s", value_of(&p, "source", buf));
	f->form.rate = (int)number_of(&p, "rate", 1, 768000);
	f->form.high_pass = (int)number_of(&p, "high-pass", 0, STORE_HIGH_PASS_MAX);
	f->frames = number_of(&p, "frames", 0, INT64_C(1) << 40);
	snprintf(f->pcm_sha256, SHA256_HEX, "%s", value_of(&p, "pcm", buf));
	f->source_lufs = milli_of(&p, "source-lufs");
	f->gain = milli_of(&p, "gain-db");
	f->lufs = milli_of(&p, "lufs");
	f->peak = milli_of(&p, "peak-dbtp");
	f->limiting = milli_of(&p, "limiting-db");
	f->limited = !strcmp(value_of(&p, "limited", buf), "yes");
	if (!store_is_hash(sha256) || !store_is_hash(f->pcm_sha256))
		return false;
	return store_facts_write(f, sha256, again) == bytes && !memcmp(again, text, bytes);
}

bool store_is_hash(const char *s)
{
	for (int i = 0; i < SHA256_HEX - 1; i++)
		if (!isdigit((unsigned char)s[i]) && (s[i] < 'a' || s[i] > 'f'))
			return false;
	return s[SHA256_HEX - 1] == '\0';
}

static int bad_write(char out[STORE_FACTS_BYTES], const char *sha256, const struct why_facts *w)
{
	return snprintf(out, STORE_FACTS_BYTES, "loaxa-bad %d\nsource %s\nwhy %s\na %" PRId64 "\nb %" PRId64 "\n",
		STORE_RECIPE, sha256, why_name(w->code), w->a, w->b);
}

bool store_bad(struct store *s, const char *sha256, struct why_facts *w)
{
	char name[STORE_NAME_BYTES], text[STORE_FACTS_BYTES], again[STORE_FACTS_BYTES], buf[SHA256_HEX];
	int64_t age;
	if (!store_is_hash(sha256))
		return false;
	store_name(name, sha256, STORE_PLAIN(0), "bad");
	long n = store_read(s, name, text, sizeof text - 1, &age);
	if (n < 0 || age < 0 || age > STORE_DAY_S)
		return false;
	text[n] = '\0';
	const char *p = text;
	number_of(&p, "loaxa-bad", 0, INT32_MAX);
	value_of(&p, "source", buf);
	w->code = why_by_name(value_of(&p, "why", buf));
	w->a = number_of(&p, "a", 0, INT64_MAX);
	w->b = number_of(&p, "b", 0, INT64_MAX);
	return why_is_lasting(w->code) && bad_write(again, sha256, w) == n && !memcmp(again, text, (size_t)n);
}

void store_note_bad(struct store *s, const char *sha256, const struct why_facts *w)
{
	char name[STORE_NAME_BYTES], text[STORE_FACTS_BYTES];
	if (!store_is_hash(sha256) || !why_is_lasting(w->code) || !store_shelf(s, sha256))
		return;
	store_name(name, sha256, STORE_PLAIN(0), "bad");
	store_write(s, name, text, (size_t)bad_write(text, sha256, w));
}
