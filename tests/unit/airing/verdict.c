#include "airing/verdict.h"
#include "../unit.h"

#include <string.h>

/* Design, section 3, "States and reasons", word for word. */
static const struct {
	int line;
	enum state state;
	const char *name, *reasons;
} TABLE[] = {
	{ __LINE__, STATE_AIRED, "aired", "" },
	{ __LINE__, STATE_MISSED, "missed", "late session-over station-off clock" },
	{ __LINE__, STATE_SKIPPED, "skipped", "quiet-hours not-approved out-of-window zone-off held operator replaced" },
	{ __LINE__, STATE_PARTIAL, "partial", "interrupted quiet-hours operator held session-over power-cut device-lost" },
	{ __LINE__, STATE_FAILED, "failed", "file-missing file-corrupt file-changed device-lost crashed" },
};

static int listed(const char *list, const char *word)
{
	size_t n = strlen(word);
	for (const char *p = list; (p = strstr(p, word)) != NULL; p += n)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return 1;
	return 0;
}

START_TEST(pairs)
{
	for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++) {
		ck_assert_str_eq(verdict_state_name(TABLE[i].state), TABLE[i].name);
		ck_assert_int_eq(verdict_allowed(TABLE[i].state, REASON_NONE), TABLE[i].state == STATE_AIRED);
		for (enum reason r = REASON_NONE + 1; r < REASON_COUNT; r++)
			ck_assert_msg(verdict_allowed(TABLE[i].state, r)
							== listed(TABLE[i].reasons, verdict_reason_name(r)),
					"row of line %d: %s", TABLE[i].line, verdict_reason_name(r));
	}
}
END_TEST

START_TEST(every_word_is_known)
{
	size_t words = 0;
	for (size_t i = 0; i < sizeof TABLE / sizeof *TABLE; i++)
		for (const char *p = TABLE[i].reasons; *p; p += strcspn(p, " "), p += *p == ' ') {
			int known = 0;
			for (enum reason r = REASON_NONE + 1; r < REASON_COUNT; r++)
				known |= strlen(verdict_reason_name(r)) == strcspn(p, " ")
						&& !strncmp(p, verdict_reason_name(r), strcspn(p, " "));
			ck_assert_msg(known, "%s", p);
			words++;
		}
	ck_assert_uint_eq(words, 4 + 7 + 7 + 5);
}
END_TEST

START_TEST(nothing_else)
{
	for (enum reason r = REASON_NONE; r < REASON_COUNT; r++) {
		ck_assert(!verdict_allowed(STATE_OPEN, r));
		ck_assert(!verdict_allowed(STATE_COUNT, r));
	}
	ck_assert(!verdict_allowed(STATE_AIRED, REASON_COUNT));
	ck_assert_ptr_null(verdict_state_name(STATE_OPEN));
	ck_assert_ptr_null(verdict_state_name(STATE_COUNT));
	ck_assert_ptr_null(verdict_reason_name(REASON_NONE));
	ck_assert_ptr_null(verdict_reason_name(REASON_COUNT));
}
END_TEST

UNIT_MAIN("airing/verdict", pairs, every_word_is_known, nothing_else)
