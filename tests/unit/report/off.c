/* When nothing could be heard: intervals from the rows of a journal, clipped to the days of a report, and what the strip
 * makes of them. */
#include "report/build.h"
#include "../config/texts.h"
#include "../unit.h"

#include "base/mem.h"
#include "base/text.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>

#define TWO_ZONES "output \"hai\" { sink = \"dry-run\" } zone \"cum-2\" { output = \"hai\" }\n"
#define DAY0 18821 /* 13/7/2021 */

/* One row: "14 10:50 off {…}". */
static void add_event(struct report_events *all, const struct tz *tz, const char *line)
{
	int day, bytes = 0;
	char clock[16], kind[32];
	tod_ms ms;
	ck_assert_msg(sscanf(line, "%d %15s %31s %n", &day, clock, kind, &bytes) == 3 && value_time(clock, &ms), "%s", line);
	wall_us at = tz_instant(tz, DAY0 + day - 13, ms);
	/* absences name instants: "@14T10:50" stands for the number */
	struct text body = { 0 };
	for (const char *s = line + bytes; *s;) {
		int d, h, m, n = 0;
		if (sscanf(s, "@%dT%d:%d%n", &d, &h, &m, &n) == 3) {
			text_addf(&body, "%lld", (long long)tz_instant(tz, DAY0 + d - 13, (h * 60 + m) * 60000).us);
			s += n;
		} else {
			text_add_n(&body, s++, 1);
		}
	}
	vec_push(&all->list, (struct report_event){ at, mem_dup(kind), NULL, text_take(&body) });
}

static void tell(struct text *t, const struct tz *tz, const char *where, const struct report_off *off, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct local a = tz_local(tz, off[i].from), b = tz_local(tz, off[i].to);
		text_addf(t, "%s%s %d %02d:%02d-%d %02d:%02d %s", t->n ? "; " : "", where, civil_from_day(a.day).day,
				a.ms / 3600000, a.ms / 60000 % 60, civil_from_day(b.day).day, b.ms / 3600000, b.ms / 60000 % 60,
				off[i].why);
	}
}

static struct report *build(struct report_events *events, const struct station *st, const char *made, const char *known)
{
	static const struct report_log none;
	struct report_schedule schedule = { { 1 }, st };
	struct report_source in = { .log = &none, .schedules = &schedule, .n_schedules = 1, .events = events };
	struct report_asked asked = { .days = { DAY0 + 1, DAY0 + 2 }, .title = "" }; /* 14 and 15/7 */
	ck_assert(value_instant(made, st->tz, &in.made) && value_instant(known, st->tz, &in.known));
	return report_build(&in, &asked);
}

#define START "13 05:00 start {\"zones\":[\"cum-1\",\"cum-2\"],\"notes\":[{},{}]}"
#define ONE "\"zones\":[\"cum-1\"]"
#define BOTH "\"zones\":[\"cum-1\",\"cum-2\"]"

START_TEST(intervals)
{
	static const struct {
		int line;
		const char *events[8];
		const char *made, *known; /* NULL: long after */
		const char *want;
	} T[] = {
		{ __LINE__, { START }, NULL, NULL, "" },
		{ __LINE__, { START, "14 10:00 off {" ONE ",\"reason\":\"hong\",\"by\":\"Lan\"}", "14 11:00 on {" ONE "}" }, NULL, NULL,
				"cum-1 14 10:00-14 11:00 hong (Lan)" },
		/* ordered before the report and never taken back; said again it is so since the first time */
		{ __LINE__, { START, "13 10:00 off {" ONE ",\"reason\":\"a\",\"by\":\"Lan\"}", "14 11:00 off {" ONE ",\"reason\":\"b\"}" },
				NULL, NULL, "cum-1 14 00:00-16 00:00 a (Lan)" },
		/* … known from the checkpoint alone */
		{ __LINE__, { "13 23:00 day {\"zones\":[\"cum-2\",\"cum-1\"],\"notes\":[{\"off\":true,\"off_reason\":\"x\",\"off_by\":\"Lan\",\"off_since_us\":1},"
				"{\"held\":true,\"held_by\":\"Mai\"}]}", "14 01:00 release {" ONE "}" },
				NULL, NULL, "cum-1 14 00:00-14 01:00 held (Mai); cum-2 14 00:00-16 00:00 x (Lan)" },
		/* what lasts ends now, in a report of days that are not over */
		{ __LINE__, { START, "14 10:00 hold {" ONE ",\"by\":\"Lan\"}" }, "2021-07-14T12:00", "2021-07-14T12:00",
				"cum-1 14 10:00-14 12:00 held (Lan)" },
		{ __LINE__, { START, "14 10:00 off {" ONE ",\"schedule\":true}", "14 12:00 on {" ONE ",\"schedule\":true}" }, NULL, NULL,
				"cum-1 14 10:00-14 12:00 switched off (by the schedule)" },
		/* a device: by the zones of its row, by its output where that is all there is, until it is back or a start */
		{ __LINE__, { START, "14 10:00 device {\"output\":\"ampli\"," ONE ",\"what\":\"lost\"}",
				"14 10:30 device {\"output\":\"ampli\"," ONE ",\"what\":\"xrun\"}",
				"14 11:00 device {\"output\":\"ampli\"," ONE ",\"what\":\"back\"}" }, NULL, NULL,
				"cum-1 14 10:00-14 11:00 device \"ampli\" gone" },
		{ __LINE__, { START, "14 10:00 device {\"output\":\"hai\",\"what\":\"lost\"}",
				"14 11:00 device {\"output\":\"ampli\",\"what\":\"back\"}", "14 12:00 device {\"output\":\"hai\",\"what\":\"back\"}" },
				NULL, NULL, "cum-2 14 10:00-14 12:00 device \"hai\" gone" },
		{ __LINE__, { START, "14 10:00 device {\"output\":\"ampli\"," ONE ",\"what\":\"lost\"}",
				"14 13:00 start {\"zones\":[\"cum-1\"],\"notes\":[{}]}" }, NULL, NULL,
				"cum-1 14 10:00-14 13:00 device \"ampli\" gone" },
		/* a zone that the next schedule does not have */
		{ __LINE__, { START, "14 10:00 off {" ONE ",\"by\":\"Lan\"}", "14 12:00 reload {\"zones\":[\"cum-2\"]}" }, NULL, NULL,
				"cum-1 14 10:00-14 12:00 switched off (Lan)" },
		{ __LINE__, { START, "14 10:00 absence {\"from_us\":@13T20:00,\"to_us\":@14T10:00,\"reason\":\"station-off\"}",
				"16 03:00 absence {\"from_us\":@15T22:00,\"to_us\":@16T03:00,\"reason\":\"clock\"}" }, NULL, NULL,
				"- 14 00:00-14 10:00 station off; - 15 22:00-16 00:00 clock set" },
		/* of what comes after its last sign of life nobody knows anything, nor of what came before its first row */
		{ __LINE__, { START }, NULL, "2021-07-15T08:00", "- 15 08:00-16 00:00 no sign of life since" },
		{ __LINE__, { START }, "2021-07-15T08:01", "2021-07-15T08:00", "" },
		{ __LINE__, { "14 07:00 start {\"zones\":[],\"notes\":[]}" }, NULL, NULL, "- 14 00:00-14 07:00 nothing on record yet" },
		/* rows that mean nothing */
		{ __LINE__, { START, "14 10:00 off {}", "14 10:00 off {\"zones\":[\"khac\",null,1]}", "14 10:00 device {}", "14 11:00 hold []" },
				NULL, NULL, "" },
	};
	struct findings fs = { 0 };
	struct station *st = texts_load(TEXTS_STATION TWO_ZONES, NULL, &fs);
	ck_assert_ptr_nonnull(st);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct report_events events = { 0 };
		struct text got = { 0 };
		for (size_t k = 0; k < 8 && T[i].events[k]; k++)
			add_event(&events, st->tz, T[i].events[k]);
		struct report *r = build(&events, st, T[i].made ? T[i].made : "2021-08-01", T[i].known ? T[i].known : "2021-08-01");
		tell(&got, st->tz, "-", r->station_off.at, r->station_off.n);
		for (size_t z = 0; z < r->zones.n; z++)
			tell(&got, st->tz, r->zones.at[z].name, r->zones.at[z].off.at, r->zones.at[z].off.n);
		ck_assert_msg(!strcmp(text_str(&got), T[i].want), "row of line %d: %s", T[i].line, text_str(&got));
		report_free(&r);
		report_events_free(&events);
		text_free(&got);
	}
	station_free(&st);
	findings_free(&fs);
}
END_TEST

/* Off and held at once are one silence; an hour counts as off when more than half of it was, in every zone. */
START_TEST(sums_and_hours)
{
	static const char *const rows[] = { START, "14 10:00 off {" ONE "}", "14 11:00 hold {" BOTH "}",
		"14 12:00 on {" ONE "}", "14 13:05 off {" BOTH "}", "14 13:25 on {" BOTH "}",
		"14 13:25 release {" BOTH "}" };
	struct findings fs = { 0 };
	struct station *st = texts_load(TEXTS_STATION TWO_ZONES, NULL, &fs);
	struct report_events events = { 0 };
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
		add_event(&events, st->tz, rows[i]);
	struct report *r = build(&events, st, "2021-08-01", "2021-08-01");
	ck_assert_int_eq(r->zones.at[0].off_ms, 205 * 60000);
	ck_assert_int_eq(r->zones.at[1].off_ms, 145 * 60000);
	for (int h = 0; h < 24; h++)
		ck_assert_int_eq(r->strip.at[0].hour[h], h == 11 || h == 12 ? STRIP_OFF : STRIP_NOTHING);
	report_free(&r);
	report_events_free(&events);
	station_free(&st);
	findings_free(&fs);
}
END_TEST

UNIT_MAIN("report/off", intervals, sums_and_hours)
