#include "report/tally.h"
#include "../unit.h"

#include "base/mem.h"
#include "base/vec.h"

#include <stdio.h>
#include <string.h>

/* "05 session:sang@05 1.tin announcement cum-1 aired 60", one row each, parted by ";": planned instant (a number),
 * rule@firing, place.bulletin, class, zone, state[:reason], seconds heard.  "open" is no verdict yet. */
struct table {
	VEC(struct report_row) rows;
	VEC(char *) strings;
};

static char *own(struct table *t, char *s)
{
	vec_push(&t->strings, s);
	return s;
}

static void parse_outcome(struct report_row *r, char *word)
{
	char *reason = strchr(word, ':');
	if (reason)
		*reason++ = '\0';
	for (int s = STATE_OPEN + 1; s < STATE_COUNT; s++)
		if (!strcmp(verdict_state_name((enum state)s), word))
			r->state = (enum state)s;
	for (int n = REASON_NONE + 1; reason && n < REASON_COUNT; n++)
		if (!strcmp(verdict_reason_name((enum reason)n), reason))
			r->reason = (enum reason)n;
}

static void parse_row(struct table *t, const char *line)
{
	char planned[16], from[32], item[32], class[16], zone[16], state[32];
	int seconds;
	ck_assert_msg(sscanf(line, " %15s %31s %31s %15s %15s %31s %d", planned, from, item, class, zone, state,
				      &seconds) == 7,
			"bad row: %s", line);
	char *at = strchr(from, '@');
	ck_assert_ptr_nonnull(at);
	*at++ = '\0';
	char *colon = strchr(from, ':');
	struct report_row r = { .planned = { atoi(planned) * US_PER_S }, .heard_ms = seconds * 1000 };
	r.id = own(t, mem_printf("22363/%s/%s/%s/%s", colon ? colon + 1 : from, at, item, zone));
	r.from = own(t, mem_dup(from));
	r.class = own(t, mem_dup(class));
	r.zone = own(t, mem_dup(zone));
	r.bulletin = own(t, mem_dup(strchr(item, '.') + 1));
	r.test = !strcmp(class, "test");
	parse_outcome(&r, state);
	vec_push(&t->rows, r);
}

static struct tally count(const char *rows)
{
	struct table t = { 0 };
	char *copy = mem_dup(rows), *save = NULL;
	for (char *line = strtok_r(copy, ";", &save); line; line = strtok_r(NULL, ";", &save))
		parse_row(&t, line);
	struct tally sums = tally_of(t.rows.at, t.rows.n);
	for (size_t i = 0; i < t.strings.n; i++)
		mem_free(t.strings.at[i]);
	vec_free(&t.strings);
	vec_free(&t.rows);
	mem_free(copy);
	return sums;
}

START_TEST(broadcasts_are_counted_once_over_all_zones)
{
	static const struct {
		int line;
		const char *rows;
		size_t sessions, broadcasts, of, bulletins, zone_broadcasts;
		int seconds;
	} T[] = {
		{ __LINE__, "", 0, 0, 0, 0, 0, 0 },
		/* twelve clusters that hear one item are one broadcast; here: three */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;1 session:sang@1 1.tin announcement b aired 60;"
				"1 session:sang@1 1.tin announcement c aired 60", 1, 1, 1, 1, 3, 60 },
		/* one zone off: the others decide */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;1 session:sang@1 1.tin announcement b skipped:zone-off 0",
				1, 1, 1, 1, 1, 60 },
		/* all zones off: nothing was aired */
		{ __LINE__, "1 session:sang@1 1.tin announcement a skipped:zone-off 0", 0, 0, 1, 0, 0, 0 },
		/* a held zone is on: it should have got it */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;1 session:sang@1 1.tin announcement b skipped:held 0",
				0, 0, 1, 0, 1, 60 },
		/* one zone partial: no broadcast, but its minutes were heard, the longest zone's */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a partial:interrupted 30;"
				"1 session:sang@1 1.tin announcement b aired 60;1 session:sang@1 1.tin announcement c partial:operator 10",
				0, 0, 1, 0, 1, 60 },
		/* two bulletins in one firing: two broadcasts, one session */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;61 session:sang@1 2.bai announcement a aired 40",
				1, 2, 2, 2, 2, 100 },
		/* the same bulletin twice in a firing: two broadcasts of one bulletin */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;61 session:sang@1 2.tin announcement a aired 60",
				1, 2, 2, 1, 2, 120 },
		/* two rules plan one bulletin at one instant in different zones: one broadcast, of both */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;1 repeat:lai@1 1.tin announcement b missed:late 0",
				0, 0, 1, 0, 1, 60 },
		/* two bulletins at one instant are two broadcasts */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;1 repeat:lai@1 1.bai announcement b aired 50",
				1, 2, 2, 2, 2, 110 },
		/* signature, music and tests never count; a session of only these is none */
		{ __LINE__,
				"1 session:sang@1 1.hieu signature a aired 20;21 session:sang@1 2.ca music a aired 90;"
				"200 play@200 1.thu test a aired 10", 0, 0, 0, 0, 0, 0 },
		/* relays do */
		{ __LINE__, "1 session:sang@1 1.vov relay a aired 1500", 1, 1, 1, 1, 1, 1500 },
		/* repeats and emergencies are no sessions; each repeat of an emergency is at its own instant */
		{ __LINE__,
				"1 emergency:bao@1 1.bao announcement a aired 35;301 emergency:bao@1 2.bao announcement a aired 35;"
				"900 repeat:lai@900 1.tin announcement a aired 60", 0, 3, 3, 2, 3, 130 },
		/* one session on two days is two */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;86401 session:sang@86401 1.tin announcement a aired 60",
				2, 2, 2, 1, 2, 120 },
		/* not decided yet: not aired yet */
		{ __LINE__,
				"1 session:sang@1 1.tin announcement a aired 60;1 session:sang@1 1.tin announcement b open 0",
				0, 0, 1, 0, 1, 60 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct tally t = count(T[i].rows);
		ck_assert_msg(t.sessions == T[i].sessions, "row of line %d: %zu sessions", T[i].line, t.sessions);
		ck_assert_msg(t.broadcasts == T[i].broadcasts, "row of line %d: %zu broadcasts", T[i].line, t.broadcasts);
		ck_assert_msg(t.broadcasts_planned == T[i].of, "row of line %d: of %zu", T[i].line, t.broadcasts_planned);
		ck_assert_msg(t.bulletins == T[i].bulletins, "row of line %d: %zu bulletins", T[i].line, t.bulletins);
		ck_assert_msg(t.zone_broadcasts == T[i].zone_broadcasts, "row of line %d: %zu x zones", T[i].line,
				t.zone_broadcasts);
		ck_assert_msg(t.heard_ms == T[i].seconds * 1000, "row of line %d: %d s", T[i].line, (int)t.heard_ms / 1000);
	}
}
END_TEST

/* planned = aired + partial + missed + skipped + failed (+ open), music too, tests apart. */
START_TEST(airings_add_up)
{
	struct tally t = count("1 session:sang@1 1.hieu signature a aired 20;"
			       "2 session:sang@1 2.tin announcement a partial:interrupted 9;"
			       "3 session:sang@1 3.tin announcement a missed:session-over 0;"
			       "4 session:sang@1 4.tin announcement a skipped:quiet-hours 0;"
			       "5 session:sang@1 5.tin announcement a skipped:zone-off 0;"
			       "6 session:sang@1 6.tin announcement a failed:device-lost 0;"
			       "7 session:sang@1 7.tin announcement a partial:device-lost 5;"
			       "8 session:sang@1 8.tin announcement a open 0;"
			       "9 play@9 1.thu test a aired 10;"
			       "10 play@10 1.thu test a failed:file-missing 0");
	ck_assert_uint_eq(t.planned, 8);
	ck_assert_uint_eq(t.tests, 2);
	ck_assert_uint_eq(t.open, 1);
	ck_assert_uint_eq(t.by_state[STATE_AIRED], 1);
	ck_assert_uint_eq(t.by_state[STATE_PARTIAL], 2);
	ck_assert_uint_eq(t.by_state[STATE_MISSED], 1);
	ck_assert_uint_eq(t.by_state[STATE_SKIPPED], 2);
	ck_assert_uint_eq(t.by_state[STATE_FAILED], 1);
	ck_assert_uint_eq(t.by_reason[REASON_DEVICE_LOST], 2);
	ck_assert_uint_eq(t.by_reason[REASON_FILE_MISSING], 0); /* a test's reason is nobody's */
	ck_assert_uint_eq(t.by_reason[REASON_NONE], 0);
}
END_TEST

UNIT_MAIN("report/tally", broadcasts_are_counted_once_over_all_zones, airings_add_up)
