#include "cli/run-events.h"
#include "cli/status-view.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>

#define ZONE(name, air)                                                                                      \
	"{\"zone\":\"" name "\",\"title\":\"Cụm loa\",\"off\":null,\"held\":false,\"volume\":80,\"lost\":false,"  \
	"\"on_air\":" air ",\"waiting\":[{\"id\":\"x\",\"bulletin\":\"b\",\"title\":\"Tin chờ\","             \
	"\"priority\":\"priority\",\"planned\":\"2021-07-14T05:40:00.000+07:00\",\"why\":\"busy\"}],"        \
	"\"next\":[{\"planned\":\"2021-07-14T05:45:30.000+07:00\",\"bulletin\":\"c\",\"title\":\"Tin kế\","     \
	"\"from\":\"session:sang\"}]}"
#define AIR                                                                                                  \
	"{\"id\":\"y\",\"bulletin\":\"a\",\"title\":\"Hướng dẫn cài đặt\",\"class\":\"announcement\","           \
	"\"priority\":\"normal\",\"started\":\"2021-07-14T05:39:00.000+07:00\",\"position_ms\":65000,"           \
	"\"duration_ms\":130000}"

static char *view(const char *object, int columns)
{
	struct json *j = json_parse(object, strlen(object));
	struct text out = { 0 };
	ck_assert_ptr_nonnull(j);
	status_view(j, columns, &out);
	json_free(&j);
	return text_take(&out);
}

START_TEST(what_was_cut_says_how_much_of_it_was_heard)
{
	char *s = view("{\"station\":\"1\",\"clock\":\"synced\",\"schedule\":true,\"faults\":[],\"emergencies\":[],\"zones\":["
		       "{\"zone\":\"a\",\"off\":null,\"held\":false,\"lost\":true,\"on_air\":null,\"next\":[],\"waiting\":["
		       "{\"title\":\"Tin\",\"priority\":\"normal\",\"planned\":\"2021-07-14T05:40:00.000+07:00\","
		       "\"why\":\"device-lost\",\"position_ms\":61500,\"duration_ms\":130000}]}]}", 200);
	ck_assert_ptr_nonnull(strstr(s, "waits: 05:40 Tin — "));
	ck_assert_ptr_nonnull(strstr(s, ", heard 01:01 of 02:10\n"));
	mem_free(s);
}
END_TEST

START_TEST(volumes_that_differ_are_said)
{
	char *s = view("{\"station\":\"1\",\"clock\":\"synced\",\"schedule\":true,\"faults\":[],\"emergencies\":[],\"zones\":["
		       "{\"zone\":\"a\",\"off\":null,\"held\":false,\"lost\":false,\"volume\":37,\"volume_scheduled\":80,\"next\":[],"
		       "\"waiting\":[],\"on_air\":{\"title\":\"Tin\",\"priority\":\"normal\",\"position_ms\":0,"
		       "\"duration_ms\":1000,\"volume\":19}},"
		       "{\"zone\":\"b\",\"off\":null,\"held\":false,\"lost\":false,\"volume\":80,\"volume_scheduled\":80,\"next\":[],"
		       "\"waiting\":[],\"on_air\":{\"title\":\"Tin\",\"priority\":\"normal\",\"position_ms\":0,"
		       "\"duration_ms\":1000,\"volume\":100}}]}", 200);
	ck_assert_ptr_nonnull(strstr(s, "a             VOLUME 37% until the next start; the schedule says 80%\n"));
	ck_assert_ptr_nonnull(strstr(s, "Tin, volume 19%\n"));
	ck_assert_ptr_nonnull(strstr(s, "b             ▶"));
	ck_assert_ptr_nonnull(strstr(s, "(00:01 left)  Tin\n"));
	mem_free(s);
}
END_TEST

START_TEST(off_and_held_say_since_when_and_who)
{
	char *s = view("{\"station\":\"1\",\"now\":\"2021-07-14T06:00:00.000+07:00\",\"clock\":\"synced\",\"schedule\":true,\"faults\":[],\"emergencies\":[],\"zones\":["
		       "{\"zone\":\"a\",\"off\":\"hú\",\"off_since\":\"2021-07-13T18:02:05.000+07:00\",\"off_by\":\"Lan\","
		       "\"held\":true,\"held_since\":\"2021-07-14T05:00:00.000+07:00\",\"held_by\":\"Bình\"},"
		       "{\"zone\":\"b\",\"off\":\"\",\"off_since\":null,\"held\":true}]}", 200);
	ck_assert_str_eq(s, "no schedule — 06:00:00 14/07/2021\n" /* status without a station's name */
			    "a             OFF since 18:02 13/07: hú (Lan)\n"
			    "              HELD since 05:00 (Bình): only emergencies are aired\n"
			    "              – nothing on air\n"
			    "b             OFF: —\n"
			    "              HELD: only emergencies are aired\n"
			    "              – nothing on air\n");
	mem_free(s);
}
END_TEST

START_TEST(skipped_sessions_are_told)
{
	char *s = view("{\"station\":\"1\",\"now\":\"2021-07-14T05:40:05.000+07:00\",\"clock\":\"synced\",\"schedule\":true,"
		       "\"skips\":[{\"name\":\"chieu\",\"day\":\"2021-07-14\",\"since\":\"2021-07-14T05:00:00.000+07:00\",\"by\":\"Lan\"}],"
		       "\"zones\":[{\"zone\":\"a\",\"next\":[{\"planned\":\"2021-07-14T17:00:00.000+07:00\",\"title\":\"Tin\","
		       "\"from\":\"session:chieu\",\"skipped\":true}]}]}", 200);
	ck_assert_ptr_nonnull(strstr(s, "\nSession chieu of 14/07 is SKIPPED (Lan) — loaxa skip-session chieu --date 2021-07-14 --undo\n"));
	ck_assert_ptr_nonnull(strstr(s, "next: 17:00 Tin (session chieu) — skipped\n"));
	mem_free(s);
}
END_TEST

START_TEST(orders_are_told)
{
	char *s = view("{\"station\":\"1\",\"now\":\"2021-07-14T05:40:05.000+07:00\",\"clock\":\"synced\",\"schedule\":true,"
		       "\"orders\":[{\"order\":\"play-7\",\"bulletin\":\"c\",\"title\":\"Tin\",\"zones\":[\"a\",\"b\"],\"at\":["
		       "\"2021-07-14T16:45:00.000+07:00\",\"2021-07-15T05:30:00.000+07:00\"],\"makes_up\":null,\"by\":\"Lan\"}],"
		       "\"zones\":[]}", 200);
	ck_assert_ptr_nonnull(strstr(s, "\nOrdered by Lan: Tin, 2 zones, at 16:45, 05:30 15/07 — loaxa cancel play-7\n"));
	mem_free(s);
}
END_TEST

START_TEST(equal_zones_are_one_block)
{
	char *s = view("{\"station\":\"22363\",\"station_name\":\"Đài phường\",\"now\":\"2021-07-14T05:40:05.000+07:00\","
		       "\"clock\":\"synced\",\"schedule\":true,\"faults\":[],\"emergencies\":[],\"zones\":[" ZONE("a", AIR) ","
		       ZONE("b", "null") "," ZONE("c", AIR) "]}", 200);
	ck_assert_str_eq(s, "Đài phường — 05:40:05 14/07/2021\n"
			    "a, c          ▶ ████████░░░░░░░░ 01:05/02:10 (01:05 left)  Hướng dẫn cài đặt\n"
			    "              waits: 05:40 Tin chờ [priority] — the zone is busy\n"
			    "              next: 05:45:30 Tin kế (session sang)\n"
			    "b             – nothing on air\n"
			    "              waits: 05:40 Tin chờ [priority] — the zone is busy\n"
			    "              next: 05:45:30 Tin kế (session sang)\n");
	mem_free(s);
}
END_TEST

START_TEST(warnings_come_first_and_are_never_cut)
{
	char *s = view("{\"station\":\"1\",\"station_name\":\"Đài\",\"now\":\"2020-01-01T00:00:00.000+07:00\",\"clock\":"
		       "\"distrusted\",\"schedule\":false,\"faults\":[{\"code\":\"journal\",\"since\":\"2019-12-31T21:07:00.000+07:00\",\"text\":\"Ổ đĩa đầy\"}],\"emergencies\":[{\"rule\":\"bao\","
		       "\"since\":\"2020-01-01T00:00:00.000+07:00\",\"by\":\"A\",\"next\":null}],\"zones\":[]}", 40);
	ck_assert_int_eq(strncmp(s, "SCHEDULE HELD", 13), 0);
	ck_assert_ptr_nonnull(strstr(s, "confirm"));
	ck_assert_ptr_nonnull(strstr(s, "\nỔ đĩa đầy (since 21:07 31/12)\n"));
	ck_assert_ptr_nonnull(strstr(s, "ordered by"));
	ck_assert_ptr_null(strstr(s, "…"));
	for (const char *p = s; *p; p = strchr(p, '\n') + 1) {
		char *row = mem_dup_n(p, strcspn(p, "\n"));
		ck_assert_msg(text_width(row) <= 40, "%s", row);
		mem_free(row);
	}
	mem_free(s);
}
END_TEST

START_TEST(anything_that_parses_can_be_drawn)
{
	static const char *const odd[] = { "{}", "[]", "1", "{\"zones\":[1,{},null]}", "{\"zones\":{},\"now\":1}",
		"{\"zones\":[{\"on_air\":{\"position_ms\":-5,\"duration_ms\":0},\"waiting\":[1],\"next\":[\"\"]}]}",
		"{\"now\":\"x\",\"emergencies\":[{}],\"faults\":[1,{},{\"text\":2}]}",
		"{\"zones\":[{\"zone\":\"a\",\"on_air\":{\"position_ms\":99999,\"duration_ms\":5}}]}" };
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
		mem_free(view(odd[i], 30));
}
END_TEST

/* ── Events ── */

struct heard {
	struct text lines;
	int rows;
};

static uint64_t append(void *self, const struct journal_row *row)
{
	(void)row;
	return (uint64_t)++((struct heard *)self)->rows;
}

static const struct station *no_station(void *self)
{
	(void)self;
	return NULL;
}

static void on_line(void *self, const char *line)
{
	text_addf(&((struct heard *)self)->lines, "%s\n", line);
}

#define MISSED(zone)                                                                                         \
	"{\"zone\":\"" zone "\",\"title\":\"Tin\",\"state\":\"missed\",\"reason\":\"late\","                     \
	"\"planned\":\"2021-07-14T05:30:00.000+07:00\"}"

START_TEST(rows_pass_and_become_lines)
{
	static const struct journal_row rows[] = {
		{ .kind = "intent", .airing = "s/r/f/1.bz/cum-1", .body = "{}" },
		{ .kind = "started", .airing = "s/sang/20210714T053000+0700/3.bz-vi-sao/cum-1", .body = "{\"frame\":0}" },
		{ .kind = "started", .airing = "s/bao/20210714T053000+0700/1.2.het-bao/cum-2", .body = "{}" },
		{ .kind = "cut", .airing = "s/sang/20210714T053000+0700/3.bz/cum-1", .body = "{\"reason\":\"interrupted\"}" },
		{ .kind = "hold", .body = "{\"zones\":[\"cum-1\",\"cum-2\"],\"by\":\"A\"}" },
		{ .kind = "odd", .airing = "nothing", .body = "no json" },
		{ .kind = "verdict", .airing = "x", .body = MISSED("cum-1") },
		{ .kind = "verdict", .airing = "y", .body = MISSED("cum-2") },
		{ .kind = "started", .airing = "nothing", .body = "" },
	};
	struct heard h = { 0 };
	struct run_events *e = run_events_new((struct journal_port){ .self = &h, .append = append },
			(struct run_events_to){ &h, no_station, on_line });
	struct journal_port port = run_events_port(e);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		ck_assert_uint_eq(port.append(port.self, &rows[i]), i + 1);
	struct text bad = { 0 };
	run_events_flush(e, &bad);
	ck_assert_str_eq(text_str(&h.lines), "▶ cum-1: bz-vi-sao\n▶ cum-2: het-bao\n‖ cum-1: bz — interrupted\n"
			"• hold cum-1,cum-2 — A\n• odd\n"
			"✗ cum-1, cum-2: Tin — missed (later than allowed), planned 05:30:00\n▶ : \n");
	ck_assert_str_eq(text_str(&bad), "✗ cum-1, cum-2: Tin — missed (later than allowed), planned 05:30:00");
	text_free(&bad);
	ck_assert_str_eq(run_events_line(e, 0), "▶ : ");
	ck_assert_ptr_null(run_events_line(e, 7));
	for (int i = 0; i < 2 * RUN_EVENTS_KEPT; i++) {
		char n[16];
		snprintf(n, sizeof n, "%d", i);
		run_events_say(e, (wall_us){ 0 }, n);
	}
	ck_assert_str_eq(run_events_line(e, 0), "127");
	ck_assert_str_eq(run_events_line(e, RUN_EVENTS_KEPT - 1), "64");
	ck_assert_ptr_null(run_events_line(e, RUN_EVENTS_KEPT));
	run_events_free(&e);
	text_free(&h.lines);
}
END_TEST

START_TEST(relays_are_told)
{
	static const struct {
		int line;
		const char *relay, *want;
	} T[] = {
		{ __LINE__, "\"state\":\"on\",\"quiet_ms\":0,\"why\":null", "Relay vov: its source is heard\n" },
		{ __LINE__, "\"state\":\"connecting\",\"quiet_ms\":900,\"why\":null", "Relay vov: connecting\n" },
		{ __LINE__, "\"state\":\"quiet\",\"quiet_ms\":12345,\"why\":null", "Relay vov: no sound for 12 s\n" },
		{ __LINE__, "\"state\":\"lost\",\"quiet_ms\":1,\"why\":\"404\"", "Relay vov: 404\n" },
		{ __LINE__, "\"state\":\"lost\",\"quiet_ms\":1,\"why\":null", "Relay vov: its source is lost\n" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char object[512];
		snprintf(object, sizeof object, "{\"station_name\":\"x\",\"schedule\":true,\"clock\":\"synced\","
			"\"relays\":[{\"bulletin\":\"vov\",%s}],\"zones\":[]}", T[i].relay);
		char *s = view(object, 200);
		ck_assert_msg(!strncmp(s, "x\n", 2) && !strcmp(s + 2, T[i].want), "line %d: %s", T[i].line, s);
		mem_free(s);
	}
}
END_TEST

UNIT_MAIN("cli/status-view", off_and_held_say_since_when_and_who, orders_are_told, skipped_sessions_are_told, volumes_that_differ_are_said, what_was_cut_says_how_much_of_it_was_heard, relays_are_told, equal_zones_are_one_block, warnings_come_first_and_are_never_cut,
		anything_that_parses_can_be_drawn, rows_pass_and_become_lines)
