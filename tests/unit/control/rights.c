/* Who may what, cell by cell: every verb against every kind of account. */
#include "control/rights.h"
#include "../unit.h"

#include <string.h>

enum { OWNER = 990, LOAXA = 991, ALARM = 992, LAN = 1001 };

static const struct rights_house with_groups = { OWNER, LOAXA, ALARM }, bare = { OWNER, -1, -1 };

static const struct {
	int line;
	const struct rights_house *house;
	int64_t uid;
	uint32_t gids[3];
	unsigned has;
} people[] = {
	{ __LINE__, &with_groups, 0, { 0 }, RIGHT_ALL },
	{ __LINE__, &with_groups, OWNER, { 5 }, RIGHT_ALL },
	{ __LINE__, &with_groups, LAN, { 100 }, RIGHT_LOOK },
	{ __LINE__, &with_groups, LAN, { LOAXA }, RIGHT_LOOK | RIGHT_OPERATE },
	{ __LINE__, &with_groups, LAN, { 100, LOAXA }, RIGHT_LOOK | RIGHT_OPERATE },
	{ __LINE__, &with_groups, LAN, { 100, 7, ALARM }, RIGHT_LOOK | RIGHT_EMERGENCY },
	{ __LINE__, &with_groups, LAN, { ALARM, LOAXA }, RIGHT_ALL },
	{ __LINE__, &with_groups, LAN, { OWNER }, RIGHT_LOOK }, /* a group with the number of an account */
	{ __LINE__, &with_groups, LOAXA, { 100 }, RIGHT_LOOK },
	{ __LINE__, &with_groups, -1, { LOAXA }, 0 },
	{ __LINE__, &bare, 0, { 0 }, RIGHT_ALL },
	{ __LINE__, &bare, OWNER, { 5 }, RIGHT_ALL },
	{ __LINE__, &bare, LAN, { 100 }, 0 },
	{ __LINE__, &bare, LAN, { 0, UINT32_MAX }, 0 }, /* the group of root; -1 as the kernel would write it */
	{ __LINE__, &bare, -1, { 0 }, 0 },
	{ __LINE__, &(struct rights_house){ OWNER, LOAXA, -1 }, LAN, { UINT32_MAX }, RIGHT_LOOK },
	{ __LINE__, &(struct rights_house){ OWNER, -1, ALARM }, LAN, { ALARM }, RIGHT_LOOK | RIGHT_EMERGENCY },
	{ __LINE__, &(struct rights_house){ 0 }, LAN, { 0 }, 0 },
};

START_TEST(groups_give_rights)
{
	for (size_t i = 0; i < sizeof people / sizeof *people; i++) {
		size_t n = 1;
		while (n < 3 && people[i].gids[n])
			n++;
		unsigned has = rights_of(people[i].house, people[i].uid, people[i].gids, n);
		ck_assert_msg(has == people[i].has, "line %d: %u", people[i].line, has);
	}
	ck_assert(rights_open(&with_groups));
	ck_assert(!rights_open(&bare));
}
END_TEST

/* nobody, looks, operates, commands emergencies, both */
static const unsigned roles[] = { 0, RIGHT_LOOK, RIGHT_LOOK | RIGHT_OPERATE, RIGHT_LOOK | RIGHT_EMERGENCY, RIGHT_ALL };

static const struct {
	enum verb verb;
	enum level level;
	const char *may; /* one character a role: + or - */
} cells[] = {
	{ VERB_PLAY, LEVEL_COUNT, "--+-+" },
	{ VERB_PLAY, LEVEL_PRIORITY, "--+-+" },
	{ VERB_SPEAK, LEVEL_NORMAL, "--+-+" },
	{ VERB_SPEAK, LEVEL_PRIORITY, "--+-+" },
	{ VERB_SPEAK, LEVEL_EMERGENCY, "---++" },
	{ VERB_TEST, LEVEL_COUNT, "--+-+" },
	{ VERB_HEARD, LEVEL_COUNT, "--+-+" },
	{ VERB_EMERGENCY, LEVEL_COUNT, "---++" },
	{ VERB_DRILL, LEVEL_COUNT, "---++" },
	{ VERB_EXTEND, LEVEL_COUNT, "---++" },
	{ VERB_CANCEL, LEVEL_COUNT, "---++" },
	{ VERB_STOP, LEVEL_COUNT, "--+++" },
	{ VERB_SKIP, LEVEL_COUNT, "--+-+" },
	{ VERB_SKIP_SESSION, LEVEL_COUNT, "--+-+" },
	{ VERB_HOLD, LEVEL_COUNT, "--+++" },
	{ VERB_RELEASE, LEVEL_COUNT, "--+++" },
	{ VERB_OFF, LEVEL_COUNT, "--+-+" },
	{ VERB_ON, LEVEL_COUNT, "--+-+" },
	{ VERB_VOLUME, LEVEL_COUNT, "--+-+" },
	{ VERB_DUTY, LEVEL_COUNT, "--+++" },
	{ VERB_NOTE, LEVEL_COUNT, "--+++" },
	{ VERB_SILENCE, LEVEL_COUNT, "---++" },
	{ VERB_RELOAD, LEVEL_COUNT, "--+-+" },
	{ VERB_ROLLBACK, LEVEL_COUNT, "--+-+" },
	{ VERB_CLOCK_CONFIRM, LEVEL_COUNT, "--+-+" },
	{ VERB_COUNT, LEVEL_COUNT, "-++++" }, /* a look at the status */
};

/* What an operator ordered ahead an operator takes back. */
START_TEST(orders_are_the_operators)
{
	struct command c = { .verb = VERB_CANCEL, .level = LEVEL_COUNT, .name = "play-7" };
	for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
		ck_assert_msg(rights_allow(roles[r], &c) == ("--+-+"[r] == '+'), "role %zu", r);
	static const char *const emergencies[] = { "play-", "play-bao", "play-7b", "play" };
	for (size_t i = 0; i < 4; i++) { /* only begin like one */
		c.name = emergencies[i];
		for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
			ck_assert_msg(rights_allow(roles[r], &c) == ("---++"[r] == '+'), "%s, role %zu", c.name, r);
	}
}
END_TEST

START_TEST(every_verb_against_every_role)
{
	bool seen[VERB_COUNT + 1] = { false };
	for (size_t i = 0; i < sizeof cells / sizeof *cells; i++) {
		struct command c = { .verb = cells[i].verb, .level = cells[i].level };
		seen[c.verb] = true;
		for (size_t r = 0; r < sizeof roles / sizeof *roles; r++)
			ck_assert_msg(rights_allow(roles[r], &c) == (cells[i].may[r] == '+'), "%s, role %zu",
				c.verb < VERB_COUNT ? verb_name(c.verb) : "status", r);
	}
	/* A new verb: decide whose it is, in control/rights.c and here. */
	for (int v = 0; v <= VERB_COUNT; v++)
		ck_assert_msg(seen[v], "no row for \"%s\"", v < VERB_COUNT ? verb_name((enum verb)v) : "status");
}
END_TEST

static const struct {
	unsigned has;
	enum verb verb;
	const char *duty, *text;
} refusals[] = {
	{ RIGHT_LOOK, VERB_STOP, "Trần Thị B",
			"Not allowed: account \"lan\" may only look — to stop what is on air takes the right of the person "
			"on duty (group loaxa) — ask Trần Thị B (on duty) or the administrator. It is in the log." },
	{ RIGHT_LOOK | RIGHT_OPERATE, VERB_EMERGENCY, NULL,
			"Not allowed: account \"lan\" operates but does not command emergencies — to air an emergency takes the "
			"right to command emergencies (group loaxa-emergency) — ask somebody who has it, or the administrator. It "
			"is in the log." },
	{ RIGHT_LOOK | RIGHT_OPERATE, VERB_SILENCE, "Trần Thị B", "It is in the log. Meanwhile: loaxa stop all, then loaxa hold all." },
	{ RIGHT_LOOK | RIGHT_EMERGENCY, VERB_RELOAD, NULL, "commands emergencies but does not operate — to apply" },
	{ 0, VERB_COUNT, NULL, "has no rights here — to look at the station takes the account that the station runs under" },
};

START_TEST(a_refusal_says_whom_to_ask)
{
	for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
		struct command c = { .verb = refusals[i].verb, .level = LEVEL_COUNT };
		struct err err = { "" };
		ck_assert(!rights_allow(refusals[i].has, &c));
		rights_refuse(refusals[i].has, &c, "lan", refusals[i].duty, &err);
		ck_assert_msg(strstr(err.text, refusals[i].text) != NULL, "%s", err.text);
	}
}
END_TEST

UNIT_MAIN("control/rights", groups_give_rights, orders_are_the_operators, every_verb_against_every_role, a_refusal_says_whom_to_ask)
