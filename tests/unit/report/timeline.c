#include "base/mem.h"
#include "report/timeline.h"
#include "schedule/tz.h"
#include "../unit.h"

#include <string.h>

#define UTC_0530 INT64_C(1626240600) /* 2021-07-14T05:30:00Z */

/* One airing of 60 s or less: its marks must stand where its minute stands. */
struct given {
	const char *zone, *class, *priority;
	int order, start_s, seconds;
	enum state state;
};

static struct report_row row(const struct given *g, char *body, size_t bytes)
{
	int at = 30 * 60 + g->start_s;
	snprintf(body, bytes, "{\"segments\":[[0,%d,\"2021-07-14T05:%02d:%02d.000+00:00\"]]}", g->seconds * 1000, at / 60,
			at % 60);
	if (!g->seconds)
		snprintf(body, bytes, "{\"segments\":[]}");
	return (struct report_row){ .zone = g->zone,
		.zone_name = g->zone,
		.zone_order = g->order,
		.class = g->class,
		.priority = g->priority,
		.state = g->state,
		.planned = { (UTC_0530 + g->start_s) * US_PER_S },
		.frames_played = g->seconds * 1000,
		.heard_ms = g->seconds * 1000,
		.body = body };
}

static void put(void *self, const char *text)
{
	text_add(self, text);
}

static char *drawn(const struct given *given, size_t n, int columns)
{
	struct report_log log = { 0 };
	char bodies[8][160];
	for (size_t i = 0; i < n; i++)
		vec_push(&log.rows, row(&given[i], bodies[i], sizeof bodies[i]));
	struct tz *utc = tz_fixed(0);
	struct text t = { 0 };
	struct report_out out = { &t, put };
	struct timeline_options how = { .tz = utc, .columns = columns };
	timeline_draw(&log, &how, &out);
	vec_free(&log.rows);
	tz_free(&utc);
	return text_take(&t);
}

START_TEST(each_kind_has_its_mark_and_place)
{
	const struct given given[] = {
		{ "cum-1", "signature", "normal", 0, 0, 10, STATE_AIRED },
		{ "cum-1", "announcement", "normal", 0, 10, 20, STATE_AIRED },
		{ "cum-1", "music", "normal", 0, 30, 15, STATE_AIRED },
		{ "cum-1", "relay", "normal", 0, 50, 10, STATE_AIRED },
		{ "cum-2", "announcement", "emergency", 1, 5, 5, STATE_AIRED },
		{ "cum-2", "announcement", "normal", 1, 30, 0, STATE_MISSED },
	};
	char *got = drawn(given, sizeof given / sizeof *given, 80);
	ck_assert_msg(strstr(got, "cum-1             ~~████♪♪♪·▒▒\n"), "%s", got);
	ck_assert_msg(strstr(got, "cum-2             ·!····x·····\n"), "%s", got);
	mem_free(got);
}
END_TEST

START_TEST(a_short_emergency_is_never_hidden)
{
	const struct given given[] = {
		{ "cum-1", "relay", "normal", 0, 0, 1500, STATE_AIRED },
		{ "cum-1", "announcement", "emergency", 0, 700, 2, STATE_AIRED },
	};
	char *got = drawn(given, 2, 60);
	ck_assert_msg(strstr(got, "!"), "%s", got);
	mem_free(got);
}
END_TEST

START_TEST(zones_without_a_known_order_are_all_drawn)
{
	const struct given given[] = {
		{ "cum-2", "news", "normal", 64, 0, 10, STATE_AIRED },
		{ "cum-1", "news", "normal", 64, 0, 10, STATE_AIRED },
	};
	char *got = drawn(given, 2, 60);
	ck_assert_msg(strstr(got, "cum-1") && strstr(got, "cum-1") < strstr(got, "cum-2"), "%s", got);
	mem_free(got);
}
END_TEST

START_TEST(silence_splits_the_day_and_empty_days_draw_nothing)
{
	const struct given given[] = {
		{ "cum-1", "news", "normal", 0, 0, 30, STATE_AIRED },
		{ "cum-1", "news", "normal", 0, 1600, 30, STATE_AIRED },
	};
	char *got = drawn(given, 2, 80);
	char *first = strstr(got, "cum-1");
	ck_assert_msg(first && strstr(first + 1, "cum-1"), "%s", got);
	mem_free(got);
	got = drawn(NULL, 0, 80);
	ck_assert_str_eq(got, "");
	mem_free(got);
}
END_TEST

UNIT_MAIN("report/timeline", each_kind_has_its_mark_and_place, a_short_emergency_is_never_hidden,
		zones_without_a_known_order_are_all_drawn,
		silence_splits_the_day_and_empty_days_draw_nothing)
