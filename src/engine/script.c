#include "engine/script.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "schedule/values.h"

#include <string.h>

#define WORDS_MAX 16

static const char *const faults[FAULT_COUNT] = {
	[FAULT_POWER_OFF] = "power-off",
	[FAULT_KILL] = "kill",
	[FAULT_CLOCK] = "clock",
	[FAULT_LOSE] = "lose",
	[FAULT_RESTORE] = "restore",
	[FAULT_FILE_GONE] = "file-gone",
	[FAULT_FILE_CHANGED] = "file-changed",
	[FAULT_RELAY_SILENT] = "relay-silent",
	[FAULT_RELAY_BACK] = "relay-back",
};

const char *script_fault_name(enum fault f)
{
	return f < FAULT_COUNT ? faults[f] : NULL;
}

/* One line on its way in. */
struct reading {
	struct script *script;
	struct findings *findings;
	struct place place;
	char *word[WORDS_MAX];
	size_t n, next;
};

static bool refuse(struct reading *r, const char *pattern, const char *what)
{
	finding_add(r->findings, FINDING_ERROR, "script", r->place, pattern, what, NULL);
	return false;
}

/* ── Words ── */

/* Takes one word from *p: up to white space, or between double quotes.  NULL at the end or at a comment. */
static char *take_word(struct reading *r, const char **p)
{
	*p += strspn(*p, " \t");
	if (!**p || **p == '#')
		return NULL;
	bool quoted = **p == '"';
	const char *from = *p + quoted;
	size_t n = strcspn(from, quoted ? "\"" : " \t");
	if (quoted && !from[n])
		refuse(r, N_("a quotation mark is not closed: {1} — write it as \"…\""), from);
	*p = from + n + (quoted && from[n]);
	char *word = mem_dup_n(from, n);
	vec_push(&r->script->words, word);
	return word;
}

static bool split(struct reading *r, const char *line)
{
	size_t before = r->findings->errors;
	for (char *w; (w = take_word(r, &line)) != NULL;) {
		if (r->n == WORDS_MAX)
			return refuse(r, N_("the line has too many words, from \"{1}\" on"), w);
		r->word[r->n++] = w;
	}
	return r->findings->errors == before;
}

static const char *take(struct reading *r)
{
	return r->next < r->n ? r->word[r->next++] : NULL;
}

static bool need(struct reading *r, const char **out, const char *what)
{
	*out = take(r);
	return *out || refuse(r, N_("\"{1}\" needs a name or a value behind it"), what);
}

/* ── Commands ── */

/* most: the first level that may not be said. */
static bool read_level(struct reading *r, const char *word, enum level most, enum level *out)
{
	for (enum level l = LEVEL_TEST; l < most; l++)
		if (!strcmp(level_name(l), word)) {
			*out = l;
			return true;
		}
	return refuse(r, N_("\"{1}\" is no level — test, normal or priority"), word);
}

static bool is_of_order(const char *key)
{
	return !strcmp(key, "--at") || !strcmp(key, "--times") || !strcmp(key, "--every") || !strcmp(key, "--for");
}

/* play B --at 16h45 --times 3 --every 30m --for AIRING */
static bool read_order(struct reading *r, struct command *c, const char *key, const char *value)
{
	int64_t n = 0;
	if (!strcmp(key, "--at"))
		c->at = value;
	else if (!strcmp(key, "--for"))
		c->makes_up = value;
	else if (!strcmp(key, "--times") && !value_number(value, 1, 1000, &n))
		return refuse(r, N_("\"{1}\" is not how many times — write e.g. --times 3"), value);
	else if (!strcmp(key, "--every") && !value_duration(value, &c->every_ms))
		return refuse(r, N_("\"{1}\" is no duration — write 45m, 30s or 2h"), value);
	c->times = n ? (int)n : c->times;
	return true;
}

/* by "…", reason "…", with FILE now, --zones a,b, --level test: in any order at the end of the line. */
static bool read_tail(struct reading *r, struct command *c)
{
	for (const char *key, *value; (key = take(r)) != NULL;) {
		if ((!strcmp(key, "now") && c->verb == VERB_EMERGENCY && c->file) ||
			(!strcmp(key, "--now") && c->verb == VERB_DRILL)) {
			c->now = true;
			continue;
		}
		if (!strcmp(key, "--undo") && c->verb == VERB_SKIP_SESSION) {
			c->undo = true;
			continue;
		}
		if (!need(r, &value, key))
			return false;
		if (!strcmp(key, "by"))
			c->by = value;
		else if (!strcmp(key, "reason") && c->verb == VERB_OFF)
			c->reason = value;
		else if (!strcmp(key, "ordered-by") && (c->verb == VERB_EMERGENCY || c->verb == VERB_DRILL))
			c->ordered_by = value;
		else if (!strcmp(key, "for") && c->verb == VERB_EXTEND) {
			if (!value_duration(value, &c->more_ms) || !c->more_ms)
				return refuse(r, N_("\"{1}\" is no duration — write 45m, 30s or 2h"), value);
		} else if (!strcmp(key, "with") && c->verb == VERB_EMERGENCY)
			c->file = value;
		else if (!strcmp(key, "--zones") && (c->verb == VERB_PLAY || c->verb == VERB_DRILL))
			c->zones = value;
		else if (!strcmp(key, "--date") && c->verb == VERB_SKIP_SESSION)
			c->date = value;
		else if (c->verb == VERB_PLAY && is_of_order(key)) {
			if (!read_order(r, c, key, value))
				return false;
		} else if (strcmp(key, "--level") || (c->verb != VERB_PLAY && c->verb != VERB_SPEAK))
			return refuse(r,
				N_("\"{1}\" is not understood here — a line ends in by \"…\", off also in "
				   "reason \"…\""),
				key);
		else if (!read_level(r, value, c->verb == VERB_SPEAK ? LEVEL_COUNT : LEVEL_EMERGENCY, &c->level))
			return false;
	}
	return true;
}

static bool read_volume(struct reading *r, struct command *c)
{
	const char *word;
	int64_t n;
	if (!need(r, &c->zones, "volume") || !need(r, &word, "volume"))
		return false;
	if (!value_number(word, 1, 100, &n))
		return refuse(r, N_("volume \"{1}\" is outside 1..100 — to silence a zone: off ZONE reason \"…\""),
			word);
	c->volume = (int)n;
	return true;
}

static bool read_speech(struct reading *r, struct command *c)
{
	const char *word;
	if (!need(r, &c->zones, "speak") || !need(r, &word, "speak"))
		return false;
	if (strcmp(word, "for") || !need(r, &word, "for") || !value_duration(word, &c->limit_ms))
		return refuse(r, N_("\"{1}\" is not how long somebody speaks — write: speak ZONE for 30s"), word);
	return true;
}

/* ZONE [at N] [--now] */
static bool read_test(struct reading *r, struct command *c)
{
	const char *word;
	int64_t n = 20;
	if (!need(r, &c->zones, "test"))
		return false;
	if (r->next < r->n && !strcmp(r->word[r->next], "at")) {
		r->next++;
		if (!need(r, &word, "at") || !value_number(word, 1, 100, &n))
			return refuse(r, N_("\"{1}\" is no volume of a test — write: test ZONE at 20"), word);
	}
	c->volume = (int)n;
	c->now = r->next < r->n && !strcmp(r->word[r->next], "--now");
	r->next += c->now;
	return true;
}

static bool read_command(struct reading *r, struct script_line *l)
{
	struct command *c = &l->command;
	const char *verb = verb_name(c->verb);
	c->by = "script";
	c->uid = -1;
	c->pcm = -1;
	c->level = LEVEL_COUNT;
	bool ok = true;
	switch (c->verb) {
	case VERB_PLAY:
	case VERB_EMERGENCY:
	case VERB_CANCEL:
	case VERB_SKIP_SESSION:
	case VERB_EXTEND:
	case VERB_DRILL:
		ok = need(r, &c->name, verb);
		break;
	case VERB_VOLUME:
		ok = read_volume(r, c);
		break;
	case VERB_SPEAK:
		ok = read_speech(r, c);
		break;
	case VERB_TEST:
		ok = read_test(r, c);
		break;
	case VERB_HEARD:
		ok = need(r, &c->zones, verb) && need(r, &c->name, verb);
		break;
	case VERB_RELOAD:
		ok = need(r, &c->dir, verb);
		break;
	case VERB_DUTY:
		ok = need(r, &c->text, verb);
		break;
	case VERB_NOTE:
		ok = need(r, &c->about, verb) && need(r, &c->text, verb);
		break;
	case VERB_SILENCE:
	case VERB_ROLLBACK:
	case VERB_CLOCK_CONFIRM:
		break;
	default:
		ok = need(r, &c->zones, verb);
	}
	return ok && read_tail(r, c);
}

/* ── Faults ── */

static bool read_clock(struct reading *r, struct script_line *l)
{
	const char *word;
	int64_t ms;
	if (!need(r, &word, "clock"))
		return false;
	if (!strcmp(word, "confirm")) {
		l->fault = FAULT_NONE;
		l->command.verb = VERB_CLOCK_CONFIRM;
		return read_command(r, l);
	}
	if ((*word != '+' && *word != '-') || !value_duration(word + 1, &ms))
		return refuse(r, N_("\"{1}\" is no step of the clock — write +1h or -90s"), word);
	l->us = (*word == '-' ? -ms : ms) * US_PER_MS;
	return true;
}

static bool read_fault(struct reading *r, struct script_line *l)
{
	const char *word;
	int64_t ms;
	bool ok = true;
	if (l->fault == FAULT_CLOCK) {
		ok = read_clock(r, l);
	} else if (l->fault == FAULT_POWER_OFF) {
		ok = need(r, &word, "power-off");
		if (ok && !value_duration(word, &ms))
			ok = refuse(r, N_("\"{1}\" is no duration — write 45m, 30s or 2h"), word);
		l->us = ok ? ms * US_PER_MS : 0;
	} else if (l->fault != FAULT_KILL) {
		ok = need(r, &l->name, script_fault_name(l->fault));
	}
	struct command ignored = { .verb = VERB_COUNT };
	return ok && read_tail(r, l->fault ? &ignored : &l->command);
}

/* ── Lines ── */

static enum fault fault_by_name(const char *word)
{
	enum fault f = FAULT_POWER_OFF;
	while (f < FAULT_COUNT && strcmp(faults[f], word))
		f++;
	return f;
}

static bool read_words(struct reading *r, struct script_line *l, const struct tz *tz)
{
	const char *word = take(r);
	if (!value_instant(word, tz, &l->at))
		return refuse(r, N_("\"{1}\" is no instant — write e.g. 2021-07-14T05:41:10"), word);
	const struct script *s = r->script;
	if (s->lines.n && l->at.us < s->lines.at[s->lines.n - 1].at.us)
		return refuse(
			r, N_("{1} lies before the line above — lines stand in the order of their instants"), word);
	if (!need(r, &word, word))
		return false;
	l->command.verb = verb_by_name(word);
	l->fault = l->command.verb < VERB_COUNT ? FAULT_NONE : fault_by_name(word);
	if (l->fault == FAULT_COUNT)
		return refuse(r, N_("\"{1}\" is no verb of a script — see loaxa-script(5)"), word);
	return l->fault ? read_fault(r, l) : read_command(r, l);
}

static void read_line(struct reading *r, const char *line, const struct tz *tz)
{
	struct script_line l = { .line = r->place.line };
	if (split(r, line) && r->n && read_words(r, &l, tz))
		vec_push(&r->script->lines, l);
}

void script_read(struct script *s, const char *text, const char *file, const struct tz *tz, struct findings *fs)
{
	int number = 0;
	for (const char *p = text; *p;) {
		size_t n = strcspn(p, "\n");
		char *line = mem_dup_n(p, n);
		line[strcspn(line, "\r")] = '\0';
		struct reading r = { .script = s, .findings = fs, .place = { file, ++number } };
		read_line(&r, line, tz);
		mem_free(line);
		p += n + (p[n] == '\n');
	}
}

void script_free(struct script *s)
{
	for (size_t i = 0; i < s->words.n; i++)
		mem_free(s->words.at[i]);
	vec_free(&s->words);
	vec_free(&s->lines);
}
