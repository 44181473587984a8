/* A report made by hand: Lộc Thọ's July of 2021 as its papers are tested with, no journal behind it.  Each figure is
 * what a test may look for. */
#ifndef LOAXA_TESTS_HAND_MADE_H
#define LOAXA_TESTS_HAND_MADE_H

#include "report/report.h"
#include "schedule/tz.h"

#define HAND_DAY 18809 /* 01/7/2021 */
#define HAND_DAYS 31

static inline wall_us hand_instant(const struct tz *tz, int day, int hour, int minute)
{
	return tz_instant(tz, HAND_DAY + day - 1, (int64_t)(hour * 60 + minute) * 60000);
}

static inline struct tally hand_tally(size_t scale)
{
	struct tally t = { .planned = 60 * scale, .broadcasts_planned = 10 * scale, .broadcasts = 10 * scale,
		.zone_broadcasts = 60 * scale, .sessions = 2 * scale, .bulletins = 6, .heard_ms = 2100000 * (int64_t)scale };
	t.by_state[STATE_AIRED] = 60 * scale;
	return t;
}

/* Takes broadcasts away from a tally: in six zones each. */
static inline void hand_miss(struct tally *t, size_t n, enum state state, enum reason reason)
{
	t->broadcasts -= n;
	t->zone_broadcasts -= 6 * n;
	t->by_state[STATE_AIRED] -= 6 * n;
	t->by_state[state] += 6 * n;
	t->by_reason[reason] += 6 * n;
}

static inline void hand_directive(struct report *r, const char *number, const char *issuer, int issued, int from)
{
	struct report_directive d = { .campaign = mem_dup("bluezone"), .campaign_title = mem_dup("Vận động cài đặt và sử dụng ứng dụng Bluezone"),
		.set_by = mem_dup("UBND phường Lộc Thọ"), .name = mem_dup("so-tttt"), .number = mem_dup(number),
		.issuer = mem_dup(issuer), .subject = mem_dup(""), .report_to = mem_dup(issuer),
		.issued = HAND_DAY + issued - 1, .days = { HAND_DAY + from - 1, HAND_DAY + HAND_DAYS - 1 },
		.first_airing_ms = 48300000, .sums = hand_tally((size_t)(HAND_DAYS - from + 1)) };
	for (int day = from; day <= HAND_DAYS; day++) {
		bool missed = day == 20, excused = day == 25;
		struct report_directive_day one = { .day = HAND_DAY + day - 1, .asked_min = 3, .asked_max = -1, .asked_minutes = -1,
			.times = missed ? 1 : excused ? 0 : 3 + day % 2,
			.met = missed ? MET_NO : excused ? MET_EXCUSED : MET_YES };
		vec_push(&d.per_day, one);
		d.times += one.times;
		d.days_asked++;
		d.days_met += one.met == MET_YES;
		d.days_excused += excused;
	}
	d.times_asked = 3 * d.days_asked;
	hand_miss(&d.sums, 5, STATE_MISSED, REASON_STATION_OFF);
	vec_push(&d.uptakes, (struct uptake){ HAND_DAY - 7, 150829, 422893 });
	vec_push(&r->directives, d);
}

static inline void hand_days(struct report *r)
{
	for (int day = 1; day <= HAND_DAYS; day++) {
		struct report_day d = { .day = HAND_DAY + day - 1, .sums = hand_tally(1), .duty = mem_dup("Người trực ca sáng") };
		struct report_strip strip = { .day = d.day };
		for (int h = 0; h < 24; h++)
			strip.hour[h] = h == 5 || h == 6 || h == 11 || h == 17 ? STRIP_AIRED : STRIP_NOTHING;
		if (day == 20) {
			hand_miss(&d.sums, 5, STATE_MISSED, REASON_STATION_OFF);
			d.notes = mem_dup("Mất điện cả phường từ 05:10");
			strip.hour[5] = strip.hour[6] = STRIP_OFF;
			strip.hour[11] = STRIP_MISSED;
		}
		if (day == 25) {
			d.exceptions = mem_dup("Quốc tang");
			strip.hour[11] = STRIP_EXCUSED;
			strip.hour[17] = STRIP_PART;
		}
		if (day == 14)
			strip.hour[9] = STRIP_EMERGENCY;
		vec_push(&r->per_day, d);
		vec_push(&r->strip, strip);
	}
}

static inline void hand_zones(struct report *r)
{
	for (int i = 1; i <= 6; i++) {
		struct report_zone z = { .name = mem_printf("cum-%d", i), .title = mem_printf("Cụm loa %d", i), .speakers = 4,
			.area = i == 1 ? mem_dup("Trụ sở UBND phường") : NULL, .sums = hand_tally(HAND_DAYS) };
		if (i == 4) {
			vec_push(&z.off, (struct report_off){ hand_instant(r->tz, 10, 8, 0), hand_instant(r->tz, 12, 16, 30),
						 mem_dup("hỏng ampli, chờ thay") });
			z.off_ms = (z.off.at[0].to.us - z.off.at[0].from.us) / US_PER_MS;
		}
		vec_push(&r->zones, z);
	}
	static const enum bulletin_class classes[] = { CLASS_ANNOUNCEMENT, CLASS_RELAY, CLASS_ANNOUNCEMENT };
	static const enum level levels[] = { LEVEL_NORMAL, LEVEL_NORMAL, LEVEL_EMERGENCY };
	for (size_t i = 0; i < 3; i++)
		vec_push(&r->classes, (struct report_class){ classes[i], levels[i], mem_dup("vi"), hand_tally(i == 2 ? 1 : 10) });
}

/* A day's lines; the 20th with its misses. */
static inline void hand_entries(struct report *r, int day, int lines)
{
	for (int i = 0; i < lines; i++) {
		struct report_entry e = { .day = HAND_DAY + day - 1, .planned = hand_instant(r->tz, day, 5, 30 + i), .offset_s = 25200,
			.heard_ms = 57000, .title = mem_dup(i % 2 ? "Hướng dẫn cài đặt Bluezone" : "Bluezone: vì sao nên cài"),
			.directives = mem_dup("1704/STTTT-TTBCXB, 4172/UBND-VHTT"), .zones = mem_dup("6/6 cụm loa"),
			.approved_by = mem_dup("Chủ tịch UBND phường"), .campaign = mem_dup("bluezone"), .class = CLASS_ANNOUNCEMENT,
			.level = LEVEL_NORMAL, .nth = 1, .state = day == 20 ? STATE_MISSED : STATE_AIRED,
			.reason = day == 20 ? REASON_STATION_OFF : REASON_NONE };
		if (day != 20) {
			e.started = e.planned;
			e.ended = (wall_us){ e.planned.us + 57 * US_PER_S };
		} else {
			struct report_unaired u = { .planned = e.planned, .offset_s = e.offset_s, .title = mem_dup(e.title),
				.zones = mem_dup("Cụm loa 1, Cụm loa 2, Cụm loa 3, Cụm loa 4, Cụm loa 5, Cụm loa 6"),
				.directives = mem_dup(e.directives), .state = e.state, .reason = e.reason,
				.note = i ? NULL : mem_dup("Mất điện cả phường từ 05:10") };
			vec_push(&r->unaired, u);
			e.heard_ms = 0;
		}
		vec_push(&r->logbook, e);
	}
}

/* To report_free; tz outlives it. */
static inline struct report *hand_made(const struct tz *tz)
{
	struct report *r = mem_new(struct report);
	r->station = mem_dup("22363");
	r->name = mem_dup("Đài truyền thanh phường Lộc Thọ");
	r->unit = mem_dup("UBND phường Lộc Thọ");
	r->reports_to = mem_dup("UBND thành phố Nha Trang");
	r->title = mem_dup("tháng 7 năm 2021");
	r->days = (day_span){ HAND_DAY, HAND_DAY + HAND_DAYS - 1 };
	r->tz = tz;
	r->made = hand_instant(tz, 32, 8, 0);
	r->sums = hand_tally(HAND_DAYS);
	hand_miss(&r->sums, 5, STATE_MISSED, REASON_STATION_OFF);
	hand_directive(r, "4172/UBND-VHTT", "UBND thành phố Nha Trang", 1, 1);
	hand_directive(r, "1704/STTTT-TTBCXB", "Sở Thông tin và Truyền thông tỉnh Khánh Hòa", 13, 13);
	hand_days(r);
	hand_zones(r);
	for (int day = 1; day <= HAND_DAYS; day++)
		hand_entries(r, day, 8);
	vec_push(&r->station_off, (struct report_off){ hand_instant(tz, 20, 5, 10), hand_instant(tz, 20, 12, 40), mem_dup("mất điện") });
	return r;
}

#endif
