#include "cli/complete.h"

#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/peek.h"
#include "cli/place.h"
#include "cli/usage.h"

#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

struct cursor {
	char *const *words;
	size_t n;
	const char *unfinished;
	struct station *station; /* read when first asked for */
	bool asked;
};

/* The end of what may be added: of "cum-1,c" it is "c". */
static size_t kept(const char *unfinished)
{
	const char *comma = strrchr(unfinished, ',');
	return comma ? (size_t)(comma - unfinished) + 1 : 0;
}

static void offer(const struct cursor *c, const char *word)
{
	if (!strncmp(word, c->unfinished, strlen(c->unfinished)))
		puts(word);
}

/* A name that may stand behind others and a comma. */
static void offer_listed(const struct cursor *c, const char *word)
{
	size_t n = kept(c->unfinished);
	if (!strncmp(word, c->unfinished + n, strlen(c->unfinished + n)))
		printf("%.*s%s\n", (int)n, c->unfinished, word);
}

/* ── The station ──────────────────────────────────────────────────────────────────────────────────────────────── */

static const char *value_of(const struct cursor *c, const char *option)
{
	for (size_t i = 0; i + 2 < c->n; i++)
		if (!strcmp(c->words[i], option))
			return c->words[i + 1];
	return NULL;
}

/* A station directory among what was typed. */
static const char *given_dir(const struct cursor *c)
{
	struct stat st;
	for (size_t i = 1; i + 1 < c->n; i++) {
		bool value = i && !strncmp(c->words[i - 1], "--", 2);
		if (!value && strncmp(c->words[i], "--", 2) != 0 && !stat(c->words[i], &st) && S_ISDIR(st.st_mode))
			return c->words[i];
	}
	return NULL;
}

static const struct station *station(struct cursor *c)
{
	if (c->asked)
		return c->station;
	char *usual = place_state(), *from = NULL;
	const char *state = value_of(c, "--state");
	struct findings fs = { 0 };
	c->asked = true;
	c->station = peek_station(given_dir(c), state ? state : usual, &from, &fs);
	findings_free(&fs);
	mem_free(from);
	mem_free(usual);
	return c->station;
}

static void offer_zones(struct cursor *c)
{
	const struct station *s = station(c);
	for (size_t i = 0; s && i < s->zones.n; i++)
		offer_listed(c, s->zones.at[i].name);
}

static void offer_bulletins(struct cursor *c)
{
	const struct station *s = station(c);
	for (size_t i = 0; s && i < s->bulletins.n; i++)
		offer(c, s->bulletins.at[i].name);
}

static void offer_campaigns(struct cursor *c)
{
	const struct station *s = station(c);
	for (size_t i = 0; s && i < s->campaigns.n; i++)
		offer(c, s->campaigns.at[i].name);
}

static void offer_directives(struct cursor *c)
{
	const struct station *s = station(c);
	for (size_t i = 0; s && i < s->campaigns.n; i++)
		for (size_t k = 0; k < s->campaigns.at[i].directives.n; k++)
			if (s->campaigns.at[i].directives.at[k].number)
				offer(c, s->campaigns.at[i].directives.at[k].number);
}

static void offer_rules(struct cursor *c, int kind)
{
	const struct station *s = station(c);
	for (size_t i = 0; s && i < s->rules.n; i++)
		if (kind < 0 || (int)s->rules.at[i].kind == kind)
			offer(c, s->rules.at[i].name);
}

static void offer_sessions(struct cursor *c)
{
	offer_rules(c, RULE_SESSION);
}

static void offer_emergencies(struct cursor *c)
{
	offer_rules(c, RULE_EMERGENCY);
}

static void offer_any_rule(struct cursor *c)
{
	offer_rules(c, -1);
}

/* ── What else there is ───────────────────────────────────────────────────────────────────────────────────────── */

static void offer_commands(struct cursor *c)
{
	for (const struct cmd *const *k = commands; *k; k++)
		offer(c, (*k)->name);
}

static void offer_states(struct cursor *c)
{
	static const char *const states[] = { "aired", "partial", "missed", "skipped", "failed", "open" };
	for (size_t i = 0; i < sizeof states / sizeof *states; i++)
		offer(c, states[i]);
}

static void offer_files(struct cursor *c)
{
	(void)c;
	puts("<file>");
}

static void offer_dirs(struct cursor *c)
{
	(void)c;
	puts("<dir>");
}

/* By place holder, or by the option or fixed word before it. */
static const struct {
	const char *what;
	void (*offer)(struct cursor *);
} kinds[] = {
	{ "ZONE", offer_zones },
	{ "A,B", offer_zones },
	{ "BULLETIN", offer_bulletins },
	{ "EMERGENCY", offer_emergencies },
	{ "SESSION", offer_sessions },
	{ "RULE", offer_any_rule },
	{ "CAMPAIGN", offer_campaigns },
	{ "COMMAND", offer_commands },
	{ "STATE", offer_states },
	{ "FILE", offer_files },
	{ "DIR", offer_dirs },
	{ "--campaign", offer_campaigns },
	{ "--directive", offer_directives },
	{ "session", offer_sessions },
};

static bool offer_kind(struct cursor *c, const char *what)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i].what, what)) {
			kinds[i].offer(c);
			return true;
		}
	return false;
}

static void offer_place(struct cursor *c, const struct usage_place *p)
{
	char one[64];
	for (size_t i = 0; usage_alternative(p->what, i, one); i++) {
		bool fixed = strspn(one, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(one);
		if (fixed)
			offer(c, one);
		else if (!offer_kind(c, one) && *p->of)
			offer_kind(c, p->of);
	}
}

/* Is it named before the i-th, too? */
static bool named_before(const char *args, size_t i, const char *option)
{
	char name[32], value[64];
	while (i--)
		if (usage_option(args, i, name, value) && !strcmp(name, option))
			return true;
	return false;
}

static void offer_options(const struct cursor *c, const char *args)
{
	char name[32], value[64];
	for (size_t i = 0; usage_option(args, i, name, value); i++) {
		bool there = named_before(args, i, name);
		for (size_t k = 0; k + 1 < c->n; k++)
			there = there || !strcmp(c->words[k], name);
		if (!there)
			offer(c, name);
	}
	offer(c, "--plain");
}

void complete_print(char *const words[], size_t n)
{
	struct cursor c = { .words = words, .n = n, .unfinished = n ? words[n - 1] : "" };
	const struct cmd *const *k = commands;
	if (n < 2) {
		offer_commands(&c);
		return;
	}
	while (*k && strcmp((*k)->name, words[0]))
		k++;
	if (*k) {
		struct usage_place p = usage_place((*k)->args, words + 1, n - 1);
		if (p.kind == USAGE_OPERAND && c.unfinished[0] == '-')
			offer_options(&c, (*k)->args);
		else
			offer_place(&c, &p);
	}
	station_free(&c.station);
}
