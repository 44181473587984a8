#include "cli/usage.h"

#include "base/i18n.h"

#include <stdio.h>
#include <string.h>

/* A word of the usage line, its brackets taken off. */
struct word {
	char at[64];
	bool opens, closes; /* a bracket stood before it, behind it */
	bool more;          /* "…": any number of them */
};

static void strip(struct word *w, const char *s, size_t n)
{
	size_t k = 0;
	*w = (struct word){ .opens = n && (s[0] == '[' || s[0] == '('),
		.closes = n && (s[n - 1] == ']' || s[n - 1] == ')') };
	for (size_t i = 0; i < n && k + 1 < sizeof w->at; i++) {
		bool dots = !strncmp(s + i, "…", strlen("…")), three = !strncmp(s + i, "...", 3);
		w->more = w->more || dots || three;
		if (dots || three)
			i += 2; /* three bytes either way */
		else if (!strchr("[]()", s[i]))
			w->at[k++] = s[i];
	}
}

/* The next word at *s; false at the end. */
static bool next(const char **s, struct word *w)
{
	*s += strspn(*s, " ");
	/* "NAME, OFFICE" is one word. */
	size_t quoted = **s == '"' ? strcspn(*s + 1, "\"") + 1 : 0, n = quoted + strcspn(*s + quoted, " ");
	strip(w, *s, n);
	*s += n;
	return n;
}

static bool is_option(const struct word *w)
{
	return !strncmp(w->at, "--", 2);
}

/* The value of the option that was just read, taken from *s, or "". */
static void take_value(const struct word *option, const char **s, char value[64])
{
	const char *rest = *s;
	struct word w;
	value[0] = '\0';
	if (option->closes || !next(&rest, &w) || w.opens || is_option(&w) || !strcmp(w.at, "|"))
		return;
	snprintf(value, 64, "%s", w.at);
	*s = rest;
}

bool usage_option(const char *args, size_t i, char name[32], char value[64])
{
	struct word w;
	while (next(&args, &w)) {
		if (!is_option(&w))
			continue;
		take_value(&w, &args, value);
		char one[64];
		for (size_t k = 0; usage_alternative(w.at, k, one); k++) { /* --json|--csv */
			snprintf(name, 32, "%.31s", one);
			if (!i--)
				return true;
		}
	}
	return false;
}

static bool find_option(const char *args, const char *typed, char value[64])
{
	char name[32];
	for (size_t i = 0; usage_option(args, i, name, value); i++)
		if (!strcmp(name, typed))
			return true;
	return false;
}

static bool is_fixed(const char *s)
{
	return *s && strspn(s, "abcdefghijklmnopqrstuvwxyz-") == strlen(s);
}

/* The i-th operand.  Behind one of which there may be any number it may be that one still: "ZONE|N". */
static void operand(const char *args, size_t i, struct usage_place *out)
{
	struct word w;
	char value[64], before[32] = "", many[64] = "";
	while (next(&args, &w)) {
		if (is_option(&w)) {
			take_value(&w, &args, value);
			continue;
		}
		if (!strcmp(w.at, "|"))
			continue;
		if (w.more)
			snprintf(many, sizeof many, "%s", w.at);
		if (!i--) {
			bool still = *many && !w.more;
			snprintf(
				out->what, sizeof out->what, "%.31s%s%.31s", still ? many : "", still ? "|" : "", w.at);
			snprintf(out->of, sizeof out->of, "%s", before);
			return;
		}
		snprintf(before, sizeof before, "%.31s", is_fixed(w.at) ? w.at : "");
	}
	snprintf(out->what, sizeof out->what, "%s", many);
}

struct usage_place usage_place(const char *args, char *const words[], size_t n)
{
	struct usage_place out = { .kind = USAGE_OPERAND };
	char value[64];
	size_t operands = 0;
	for (size_t i = 0; i + 1 < n; i++) {
		bool option = !strncmp(words[i], "--", 2);
		bool takes = option && find_option(args, words[i], value) && *value;
		if (takes && i + 2 == n) {
			out.kind = USAGE_VALUE;
			snprintf(out.what, sizeof out.what, "%s", value);
			snprintf(out.of, sizeof out.of, "%.31s", words[i]);
			return out;
		}
		i += takes;
		operands += !option;
	}
	operand(args, operands, &out);
	return out;
}

bool usage_alternative(const char *what, size_t i, char out[64])
{
	for (; i; i--) {
		what += strcspn(what, "|");
		if (!*what++)
			return false;
	}
	size_t n = strcspn(what, "|");
	snprintf(out, 64, "%.*s", (int)n, what);
	return n;
}

void usage_spoken(const char *args, struct text *out)
{
	static const char *const known[] = { N_("ZONE"), N_("BULLETIN"), N_("EMERGENCY"), N_("SESSION"), N_("DIR"),
		N_("FILE"), N_("NAME"), N_("TEXT"), N_("DATE"), N_("DAY"), N_("TIME"), N_("DURATION"), N_("INSTANT"),
		N_("AIRING"), N_("N"), N_("NUMBER"), N_("STATE"), N_("SINK"), N_("DEVICE"), N_("COMMAND"), N_("WORD"),
		N_("PAPER"), N_("OFFICE"), N_("VOICE"), N_("CODE"), N_("KEY") };
	for (size_t n; *args; args += n) {
		const char *word = NULL;
		n = strspn(args, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		for (size_t i = 0; n && i < sizeof known / sizeof *known; i++)
			if (strlen(known[i]) == n && !strncmp(known[i], args, n))
				word = known[i];
		n = n ? n : strcspn(args, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
		if (word)
			text_add(out, _(word));
		else
			text_add_n(out, args, n);
	}
}
