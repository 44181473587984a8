/* A station of two lines, its rows made from its own plan; then rows are left out, schedules exchanged, clocks doubted. */
#include "cli/covered.h"
#include "config/config.h"
#include "base/json.h"
#include "schedule/plan.h"
#include "../unit.h"

#include <string.h>

#define T0 INT64_C(1626109200000000) /* 2021-07-13T00:00+07:00 */
#define HOUR (INT64_C(3600) * US_PER_S)

static char *schedule_row(const char *at)
{
	char *conf = mem_printf(
		"station \"00001\" { name = \"Đài\" timezone = \"Asia/Ho_Chi_Minh\" audio-dir = \".\" }\n"
		"output \"o\" { sink = \"dry-run\" rate = 48000 channels = 1 }\n"
		"zone \"a\" { name = \"A\" output = \"o\" channel = 1 }\n"
		"bulletin \"x\" { title = \"X\" audio = { \"x.opus\" } }\n"
		"repeat \"r\" { play = { \"x\" } at = { %s } }\n",
		at);
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_open(&t, "files", '[');
	json_open(&t, NULL, '{');
	json_str(&t, "name", "station.conf");
	json_str(&t, "text", conf);
	json_close(&t, '}');
	json_close(&t, ']');
	json_open(&t, "recordings", '[');
	json_open(&t, NULL, '{');
	json_str(&t, "file", "x.opus");
	json_str(&t, "state", "ready");
	json_int(&t, "ms", 60000);
	json_close(&t, '}');
	json_close(&t, ']');
	json_close(&t, '}');
	mem_free(conf);
	return text_take(&t);
}

static void row(
	struct covered *c, const char *kind, const char *airing, int64_t at, enum clock_state clock, const char *body)
{
	covered_row(c, &(struct journal_row){ .wall = { T0 + at },
			       .kind = kind,
			       .airing = airing,
			       .planned = { T0 + at },
			       .clock = clock,
			       .body = body });
}

static void begin(struct covered *c, const char *kind, int64_t at, int64_t entered)
{
	char body[96];
	snprintf(body, sizeof body, "{\"entered_us\":%lld,\"schedule_sha256\":\"x\"}", (long long)(T0 + entered));
	row(c, kind, NULL, at, CLOCK_FREE, body);
}

/* A verdict a minute after its instant, which is that hour of the 13th or of a later day. */
static void aired(struct covered *c, int hour)
{
	char id[64];
	snprintf(id, sizeof id, "00001/r/202107%02dT%02d0000+0700/1.x/a", 13 + hour / 24, hour % 24);
	row(c, "intent", id, hour * HOUR - 3 * US_PER_S, CLOCK_FREE, "{}");
	row(c, "verdict", id, hour * HOUR + 60 * US_PER_S, CLOCK_FREE, "{}");
}

/* steps, one letter each: S schedule 7h 9h 11h · T schedule 7h 10h 11h · s start · d day · R reload at 8h · 7 9 0 1: aired
 * at 7h, 9h, 10h, 11h · i only the intent of 11h · n noon · e five past 11h · D a doubtful clock shows next week */
static const struct covered_sum *run(struct covered *c, const char *steps)
{
	char *first = schedule_row("\"7h\", \"9h\", \"11h\""), *second = schedule_row("\"7h\", \"10h\", \"11h\"");
	for (const char *s = steps; *s; s++)
		switch (*s) {
		case 'S':
			row(c, "schedule", NULL, 0, CLOCK_FREE, first);
			break;
		case 'T':
			row(c, "schedule", NULL, 8 * HOUR, CLOCK_FREE, second);
			break;
		case 's':
			begin(c, "start", 0, -1);
			break;
		case 'd':
			begin(c, "day", 24 * HOUR, 24 * HOUR);
			break;
		case 'R':
			row(c, "reload", NULL, 8 * HOUR, CLOCK_FREE, "{\"accounted\":[]}");
			break;
		case '7':
			aired(c, 7);
			break;
		case '9':
			aired(c, 9);
			break;
		case '0':
			aired(c, 10);
			break;
		case '1':
			aired(c, 11);
			break;
		case 'i':
			row(c, "intent", "00001/r/20210713T110000+0700/1.x/a", 11 * HOUR, CLOCK_FREE, "{}");
			break;
		case 'n':
			row(c, "note", NULL, 12 * HOUR, CLOCK_FREE, "{}");
			break;
		case 'e':
			row(c, "note", NULL, 11 * HOUR + 300 * US_PER_S, CLOCK_FREE, "{}");
			break;
		case 'D':
			row(c, "clock", NULL, 7 * 24 * HOUR, CLOCK_DISTRUSTED, "{}");
			break;
		}
	mem_free(first);
	mem_free(second);
	return covered_end(c);
}

START_TEST(each_planned_airing_is_looked_for)
{
	static const struct {
		int line;
		const char *steps;
		size_t planned, missing, undecided;
		const char *first; /* missing */
	} T[] = {
		{ __LINE__, "Ss791n", 3, 0, 0, NULL },
		{ __LINE__, "Ss71n", 3, 1, 0, "00001/r/20210713T090000+0700/1.x/a" },
		{ __LINE__, "Ssn", 3, 3, 0, "00001/r/20210713T070000+0700/1.x/a" },
		{ __LINE__, "Ss79in", 3, 0, 1, NULL },
		{ __LINE__, "Ss79e", 3, 0, 1, NULL }, /* may still begin until 11:10 */
		{ __LINE__, "Ss7", 1, 0, 0, NULL }, { __LINE__, "Ss7RT01n", 3, 0, 0, NULL },
		{ __LINE__, "Ss7RT91n", 3, 1, 0, "00001/r/20210713T100000+0700/1.x/a" },
		{ __LINE__, "Ss7R91n", 3, 0, 0, NULL }, /* the same schedule again has no row */
		{ __LINE__, "Ss791D", 3, 0, 0, NULL }, { __LINE__, "s791n", 0, 0, 0, NULL }, /* an old journal */
		{ __LINE__, "Sd", 0, 0, 0, NULL }, /* nothing before the first checkpoint is asked for */
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct covered *c = covered_new((wall_us){ T0 }, (wall_us){ T0 + 48 * HOUR });
		const struct covered_sum *s = run(c, T[i].steps);
		ck_assert_msg(
			s->planned == T[i].planned && s->missing == T[i].missing && s->undecided == T[i].undecided,
			"line %d: %zu planned, %zu missing, %zu undecided", T[i].line, s->planned, s->missing,
			s->undecided);
		ck_assert_uint_eq(s->unreadable, 0);
		if (T[i].first)
			ck_assert_str_eq(s->first[0].id, T[i].first);
		covered_free(&c);
	}
}
END_TEST

START_TEST(without_a_schedule_it_says_since_when)
{
	struct covered *c = covered_new((wall_us){ T0 + HOUR }, (wall_us){ T0 + 48 * HOUR });
	const struct covered_sum *s = run(c, "s791n");
	ck_assert_int_eq(s->unknown_from.us, T0 + HOUR);
	ck_assert_int_eq(s->unknown_to.us, T0 + 12 * HOUR);
	ck_assert_ptr_null(covered_station(c));
	covered_free(&c);
}
END_TEST

START_TEST(a_schedule_of_another_version)
{
	struct covered *c = covered_new((wall_us){ T0 }, (wall_us){ T0 + 48 * HOUR });
	row(c, "schedule", NULL, 0, CLOCK_FREE, "{\"files\":[]}");
	const struct covered_sum *s = run(c, "s7n");
	ck_assert_uint_eq(s->unreadable, 1);
	ck_assert_uint_eq(s->planned, 0);
	covered_free(&c);
}
END_TEST

/* What was planned before or after the days that are asked for is nobody's concern. */
START_TEST(only_the_days_asked_for)
{
	struct covered *c = covered_new((wall_us){ T0 + 8 * HOUR }, (wall_us){ T0 + 10 * HOUR });
	const struct covered_sum *s = run(c, "Ssn");
	ck_assert_uint_eq(s->planned, 1);
	ck_assert_uint_eq(s->missing, 1);
	covered_free(&c);
}
END_TEST

UNIT_MAIN("cli/covered", each_planned_airing_is_looked_for, without_a_schedule_it_says_since_when,
	a_schedule_of_another_version, only_the_days_asked_for)
