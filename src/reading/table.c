/* Lines: "# …" is a comment, "[viet-tat]", "[don-vi]", "[chu-cai]", "[cach-noi]" begin a part, "KEY = words" is a row. */
#include "reading/table.h"

#include "base/vec.h"
#include "reading/letters.h"

#include <string.h>

enum { KEY_MOST = 48, WORDS_MOST = 240 };

struct row {
	char *key, *words;
	size_t bytes; /* of the key */
};

struct table {
	VEC(struct row) part[TABLE_PARTS];
	struct number_style style;
	const char *voice;
};

struct table *table_new(void)
{
	struct table *t = mem_new(struct table);
	t->style = (struct number_style){ "linh", "nghìn", "tư", "mùng" };
	t->voice = "vi";
	return t;
}

void table_free(struct table **t)
{
	if (!*t)
		return;
	for (int p = 0; p < TABLE_PARTS; p++) {
		for (size_t i = 0; i < (*t)->part[p].n; i++) {
			mem_free((*t)->part[p].at[i].key);
			mem_free((*t)->part[p].at[i].words);
		}
		vec_free(&(*t)->part[p]);
	}
	mem_free(*t);
	*t = NULL;
}

size_t table_rows(const struct table *t)
{
	size_t n = 0;
	for (int p = 0; p < TABLE_PARTS; p++)
		n += t->part[p].n;
	return n;
}

static struct row *find(const struct table *t, enum table_part p, const char *key, size_t bytes)
{
	for (size_t i = 0; i < t->part[p].n; i++) {
		struct row *r = &t->part[p].at[i];
		if (r->bytes == bytes && !memcmp(r->key, key, bytes))
			return r;
	}
	return NULL;
}

const char *table_get(const struct table *t, enum table_part p, const char *key, size_t bytes)
{
	const struct row *r = find(t, p, key, bytes);
	return r ? r->words : NULL;
}

static bool in_word(const char *s)
{
	return (*s >= '0' && *s <= '9') || letters_one(s);
}

/* A key that ends in a dot or a sign ends a word by itself. */
static bool ends_there(const struct row *r, const char *s)
{
	const char *last = r->key + r->bytes - 1;
	while (last > r->key && (*last & 0xC0) == 0x80)
		last--;
	return !in_word(last) || !in_word(s + r->bytes);
}

const char *table_match(const struct table *t, enum table_part p, const char *s, size_t *bytes)
{
	const struct row *best = NULL;
	for (size_t i = 0; i < t->part[p].n; i++) {
		const struct row *r = &t->part[p].at[i];
		if (r->key[0] == s[0] && (!best || r->bytes > best->bytes) && !strncmp(s, r->key, r->bytes) &&
			ends_there(r, s))
			best = r;
	}
	*bytes = best ? best->bytes : 0;
	return best ? best->words : NULL;
}

const struct number_style *table_style(const struct table *t)
{
	return &t->style;
}

const char *table_voice(const struct table *t)
{
	return t->voice;
}

/* ── Reading it ── */

struct piece {
	const char *at;
	size_t n;
};

static struct piece trimmed(const char *s, size_t n)
{
	while (n && strchr(" \t\r", *s))
		s++, n--;
	while (n && strchr(" \t\r", s[n - 1]))
		n--;
	return (struct piece){ s, n };
}

static bool is(struct piece p, const char *word)
{
	return p.n == strlen(word) && !memcmp(p.at, word, p.n);
}

static bool heading(struct piece line, enum table_part *part)
{
	static const char *const names[TABLE_PARTS] = { "[viet-tat]", "[don-vi]", "[chu-cai]", "[cach-noi]" };
	for (int p = 0; p < TABLE_PARTS; p++)
		if (is(line, names[p])) {
			*part = (enum table_part)p;
			return true;
		}
	return false;
}

static bool clean(struct piece p, size_t most)
{
	for (size_t i = 0; i < p.n; i++)
		if ((unsigned char)p.at[i] < ' ' || p.at[i] == 0x7F)
			return false;
	return p.n <= most;
}

/* Style rows have five keys; they point into the row, which stays. */
static bool restyle(struct table *t, const struct row *r)
{
	const struct {
		const char *key;
		const char **word;
	} keys[] = { { "linh", &t->style.linh }, { "nghin", &t->style.nghin }, { "tu", &t->style.tu },
		{ "mung", &t->style.mung }, { "giong", &t->voice } };
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (!strcmp(r->key, keys[i].key)) {
			*keys[i].word = r->words;
			return true;
		}
	return false;
}

static bool known_style(struct piece key)
{
	return is(key, "linh") || is(key, "nghin") || is(key, "tu") || is(key, "mung") || is(key, "giong");
}

static bool take(struct table *t, enum table_part part, struct piece line)
{
	const char *equals = memchr(line.at, '=', line.n);
	if (!equals || equals == line.at)
		return false;
	struct piece key = trimmed(line.at, (size_t)(equals - line.at));
	struct piece words = trimmed(equals + 1, line.n - (size_t)(equals + 1 - line.at));
	bool may_be_nothing = part == TABLE_STYLE && is(key, "mung");
	if (!key.n || (!words.n && !may_be_nothing) || !clean(key, KEY_MOST) || !clean(words, WORDS_MOST) ||
		(part == TABLE_STYLE && !known_style(key)))
		return false;
	struct row *r = find(t, part, key.at, key.n);
	if (!r && table_rows(t) >= TABLE_ROWS_MOST)
		return false;
	if (!r) {
		vec_push(&t->part[part], (struct row){ mem_dup_n(key.at, key.n), NULL, key.n });
		r = &t->part[part].at[t->part[part].n - 1];
	}
	mem_free(r->words);
	r->words = mem_dup_n(words.at, words.n);
	return part != TABLE_STYLE || restyle(t, r);
}

int table_read(struct table *t, const char *text, size_t bytes)
{
	enum table_part part = TABLE_WORDS;
	int number = 0, bad = 0;
	size_t mark = bytes >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3) ? 3 : 0;
	if (bytes > TABLE_BYTES_MOST || text_bad_utf8(text, bytes) >= 0)
		return 1;
	for (const char *p = text + mark, *end = text + bytes; p < end;) {
		const char *stop = memchr(p, '\n', (size_t)(end - p));
		struct piece line = trimmed(p, (size_t)((stop ? stop : end) - p));
		number++;
		bool fine = !line.n || line.at[0] == '#' || heading(line, &part) || take(t, part, line);
		bad = fine || bad ? bad : number;
		p = stop ? stop + 1 : end;
	}
	return bad;
}
