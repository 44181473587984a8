/* Values, their defaults, and the words for what is wrong with them.  Defaults go the way of written values,
 * so that the table, the manual and what the program does cannot differ. */
#include "config/take.h"

#include "base/i18n.h"
#include "config/hint.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <string.h>

struct written {
	const struct key *key;
	const char *text; /* NULL = neither written nor a default */
	struct place at;
};

static struct written written(const struct block *b, const char *key)
{
	const struct setting *s = block_get(b, key);
	if (s)
		return (struct written){ s->key, s->values.at[0].text, block_value_place(b, &s->values.at[0]) };
	const struct key *k = keys_find(b->section, key);
	return (struct written){ k, k->fallback, b->place };
}

bool take_one_time(struct findings *fs, const struct key *k, const char *text, struct place at, tod_ms *out)
{
	if (value_time(text, out))
		return true;
	finding_add(fs, FINDING_ERROR, "bad-time", at,
		N_("time \"{1}\" does not exist — times run 00:00–23:59 — write e.g. {2} = \"5h30\"."), text, k->name,
		NULL);
	return false;
}

bool take_one_window(struct findings *fs, const struct key *k, const char *text, struct place at, struct window *out)
{
	if (value_window(text, out) && out->from != out->to)
		return true;
	finding_add(fs, FINDING_ERROR, "bad-time", at,
		N_("\"{1}\" is no window of time — it has a beginning and an end that differ — write e.g. "
		   "{2} = "
		   "{ \"8h-10h\" }."),
		text, k->name, NULL);
	return false;
}

bool take_one_date(struct findings *fs, const struct key *k, const char *text, struct place at, day_num *out)
{
	if (value_date(text, out))
		return true;
	finding_add(fs, FINDING_ERROR, "bad-date", at,
		N_("date \"{1}\" does not exist — a date is day/month/year, years 2000–3026 — write e.g. {2} "
		   "= "
		   "\"13/7/2021\"."),
		text, k->name, NULL);
	return false;
}

/* WORD_BYTES holds the longest word of the key table.  Takes the first of "a|b|c"; returns the rest, or NULL
 * after the last. */
#define WORD_BYTES 32
static const char *next_word(const char *words, char out[WORD_BYTES])
{
	size_t n = strcspn(words, "|");
	snprintf(out, WORD_BYTES, "%.*s", (int)n, words);
	return words[n] ? words + n + 1 : NULL;
}

static void list_words(const char *words, char *out, size_t bytes)
{
	size_t n = 0;
	for (; *words && n + 3 < bytes; words++) {
		if (*words == '|')
			out[n++] = ',', out[n++] = ' ';
		else
			out[n++] = *words;
	}
	out[n] = '\0';
}

bool take_one_word(struct findings *fs, const struct key *k, const char *text, struct place at, int *out)
{
	char word[WORD_BYTES], best[WORD_BYTES] = "", all[128];
	struct hint hint = hint_new(text);
	const char *rest = k->words;
	for (int i = 0; rest; i++) {
		rest = next_word(rest, word);
		if (!strcmp(word, text)) {
			*out = i;
			return true;
		}
		int before = hint.distance;
		hint_offer(&hint, word);
		if (hint.distance < before)
			memcpy(best, word, sizeof best);
	}
	list_words(k->words, all, sizeof all);
	if (*best)
		finding_add(fs, FINDING_ERROR, "bad-word", at,
			N_("{2} = \"{1}\" is not known — \"{4}\" perhaps — it can be: {3}."), text, k->name, all, best,
			NULL);
	else
		finding_add(fs, FINDING_ERROR, "bad-word", at,
			N_("{2} = \"{1}\" is not known — it takes one of a few words — write one of: {3}."), text,
			k->name, all, NULL);
	return false;
}

bool take_one_text(struct findings *fs, const struct key *k, const char *text, struct place at)
{
	bool plain = true;
	for (const unsigned char *c = (const unsigned char *)text; *c; c++)
		plain &= *c >= ' ' && *c != 0x7F;
	if (plain && strlen(text) <= TEXT_MOST)
		return true;
	finding_add(fs, FINDING_ERROR, "bad-text", at,
		plain ? N_("the text of {1} is too long — 1,000 bytes at most — shorten it.")
		      : N_("the text of {1} holds an invisible control character — it would spoil papers and "
			   "screens — type the line anew."),
		k->name, NULL);
	return false;
}

static bool leaves_folder(const char *path)
{
	if (!*path || *path == '/')
		return true;
	for (const char *p = path; p; p = strchr(p, '/')) {
		p += *p == '/';
		if (!strncmp(p, "..", 2) && (p[2] == '/' || !p[2]))
			return true;
	}
	return false;
}

bool take_one_file(struct findings *fs, const struct key *k, const char *text, struct place at)
{
	if (!take_one_text(fs, k, text, at))
		return false;
	if (!leaves_folder(text))
		return true;
	finding_add(fs, FINDING_ERROR, "bad-file", at,
		N_("{2} = \"{1}\" is outside the audio folder — recordings and texts lie in it — copy the "
		   "file "
		   "there and write its name alone."),
		text, k->name, NULL);
	return false;
}

char *take_text(struct findings *fs, const struct block *b, const char *key)
{
	struct written w = written(b, key);
	if (!w.text || !take_one_text(fs, w.key, w.text, w.at))
		return NULL;
	/* number = "" is how a letter without a number is written; elsewhere an empty text says nothing */
	if (!*w.text && w.key->required)
		finding_add(fs, FINDING_ERROR, "bad-text", w.at,
			N_("{1} is empty — it cannot go without — write it between the quotes."), key, NULL);
	return mem_dup(w.text);
}

char *take_text_or(struct findings *fs, const struct block *b, const char *key, const char *otherwise)
{
	char *text = take_text(fs, b, key);
	if (text && *text)
		return text;
	mem_free(text);
	return mem_dup(otherwise);
}

bool take_yes(struct findings *fs, const struct block *b, const char *key)
{
	struct written w = written(b, key);
	bool yes = false;
	if (w.text && !value_bool(w.text, &yes))
		finding_add(fs, FINDING_ERROR, "bad-yes-no", w.at,
			N_("{2} = \"{1}\" is neither yes nor no — it is a switch — write {2} = yes or {2} = "
			   "no."),
			w.text, key, NULL);
	return yes;
}

int take_number(struct findings *fs, const struct block *b, const char *key, int otherwise)
{
	struct written w = written(b, key);
	int64_t n = otherwise;
	char min[24], max[24];
	if (!w.text || value_number(w.text, w.key->min, w.key->max, &n))
		return (int)n;
	snprintf(min, sizeof min, "%" PRId64, w.key->min);
	snprintf(max, sizeof max, "%" PRId64, w.key->max);
	finding_add(fs, FINDING_ERROR, "bad-number", w.at,
		N_("{2} = \"{1}\" does not fit — it is a whole number from {3} to {4} — correct it."), w.text, key, min,
		max, NULL);
	return w.key->fallback && value_number(w.key->fallback, w.key->min, w.key->max, &n) ? (int)n : otherwise;
}

int64_t take_duration(struct findings *fs, const struct block *b, const char *key, int64_t otherwise)
{
	struct written w = written(b, key);
	int64_t ms = otherwise;
	char min[VALUE_BYTES], max[VALUE_BYTES];
	if (!w.text)
		return ms;
	bool ok = value_duration(w.text, &ms);
	if (ok && ms >= w.key->min && ms <= w.key->max)
		return ms;
	value_print_duration(w.key->min, min);
	value_print_duration(w.key->max, max);
	if (ok)
		finding_add(fs, FINDING_ERROR, "bad-duration", w.at,
			N_("{2} = \"{1}\" does not fit — it lies between {3} and {4} — correct it."), w.text, key, min,
			max, NULL);
	else
		finding_add(fs, FINDING_ERROR, "bad-duration", w.at,
			N_("{2} = \"{1}\" is no length of time — it is seconds, minutes or hours — write "
			   "e.g. 30s, "
			   "10m, 1h30, 2h."),
			w.text, key, NULL);
	return w.key->fallback && value_duration(w.key->fallback, &ms) ? ms : otherwise;
}

tod_ms take_time(struct findings *fs, const struct block *b, const char *key)
{
	struct written w = written(b, key);
	tod_ms t;
	return w.text && take_one_time(fs, w.key, w.text, w.at, &t) ? t : -1;
}

day_num take_date(struct findings *fs, const struct block *b, const char *key, day_num otherwise)
{
	struct written w = written(b, key);
	day_num d;
	return w.text && take_one_date(fs, w.key, w.text, w.at, &d) ? d : otherwise;
}

/* Kept as written: the report quotes it, nothing is computed from it. */
char *take_stamp(struct findings *fs, const struct block *b, const char *key)
{
	struct written w = written(b, key);
	if (!w.text || !take_one_text(fs, w.key, w.text, w.at))
		return NULL;
	char *date = mem_dup(w.text), *time = strchr(date, ' ');
	if (time)
		*time++ = '\0';
	day_num d;
	tod_ms t;
	bool ok = take_one_date(fs, w.key, date, w.at, &d) && (!time || take_one_time(fs, w.key, time, w.at, &t));
	mem_free(date);
	return ok ? mem_dup(w.text) : NULL;
}

int take_word(struct findings *fs, const struct block *b, const char *key, int otherwise)
{
	struct written w = written(b, key);
	int word = otherwise;
	return w.text && take_one_word(fs, w.key, w.text, w.at, &word) ? word : otherwise;
}

uint8_t take_days(struct findings *fs, const struct block *b)
{
	const struct setting *s = block_get(b, "days");
	uint8_t all = 0;
	for (size_t i = 0; s && i < s->values.n; i++) {
		uint8_t bits = 0;
		const char *text = s->values.at[i].text;
		if (!value_weekdays(text, &bits))
			finding_add(fs, FINDING_ERROR, "bad-days", block_value_place(b, &s->values.at[i]),
				N_("\"{1}\" names no days of the week — they are T2 T3 T4 T5 T6 T7 CN — "
				   "write e.g. "
				   "days = \"T2..T7\" or days = \"T2,T4,CN\"."),
				text, NULL);
		all |= bits;
	}
	return all ? all : 0x7F;
}

void take_range(struct findings *fs, const struct block *b, const char *key, int *min, int *max)
{
	struct written w = written(b, key);
	*min = *max = -1;
	if (!w.text)
		return;
	bool ok = value_range(w.text, min, max);
	if (ok && *min >= w.key->min && *min <= w.key->max && *max <= w.key->max)
		return;
	char low[24], high[24];
	snprintf(low, sizeof low, "%" PRId64, w.key->min);
	snprintf(high, sizeof high, "%" PRId64, w.key->max);
	finding_add(fs, FINDING_ERROR, "bad-range", w.at,
		N_("{2} = \"{1}\" does not fit — it is a minimum or from..to, from {3} to {4} — write e.g. "
		   "{2} = "
		   "\"3\" or {2} = \"2..5\"."),
		w.text, key, low, high, NULL);
	*min = *max = -1;
}

day_span take_span(struct findings *fs, const struct block *b)
{
	day_span span = { take_date(fs, b, "from", DAY_MIN), take_date(fs, b, "until", DAY_MAX) };
	if (span.from <= span.until)
		return span;
	char from[VALUE_BYTES], until[VALUE_BYTES];
	value_print_date(span.from, from);
	value_print_date(span.until, until);
	finding_add(fs, FINDING_ERROR, "bad-date", block_place(b, block_get(b, "until")),
		N_("the last day {2} lies before the first day {1} — nothing would be left — swap or correct "
		   "them."),
		from, until, NULL);
	/* all days: an empty span would give "never fires" on top of it */
	return (day_span){ DAY_MIN, DAY_MAX };
}

void take_required(struct findings *fs, const struct block *b)
{
	size_t n;
	const struct key *k = keys_first(b->section, &n);
	for (size_t i = 0; !b->broken && i < n; i++)
		if (k[i].required && !block_get(b, k[i].name))
			finding_add(fs, FINDING_ERROR, "missing-key", b->place,
				N_("this {1} lacks \"{2}\" ({3}) — it cannot go without — add {2} = …"),
				keys_sections[b->section].word, k[i].name, _(k[i].help), NULL);
}
