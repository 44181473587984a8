/* A report of three days made by hand, with something of everything, for the tests of its shapes. */
#ifndef LOAXA_TESTS_MADE_REPORT_H
#define LOAXA_TESTS_MADE_REPORT_H

#include "report/report.h"
#include "schedule/tz.h"

#define MADE_DAY 18821 /* Tuesday 13/7/2021 */

static inline wall_us made_at(int day, int hour, int minute)
{
	return (wall_us){ (((int64_t)MADE_DAY + day) * 86400 + (hour - 7) * 3600 + minute * 60) * US_PER_S };
}

static inline struct tally made_tally(size_t n)
{
	struct tally t = { .planned = 6 * n, .broadcasts_planned = 3 * n, .broadcasts = 2 * n, .zone_broadcasts = 5 * n,
		.sessions = n, .bulletins = 2, .heard_ms = (int64_t)n * 90500 };
	t.by_state[STATE_AIRED] = 3 * n;
	t.by_state[STATE_PARTIAL] = n;
	t.by_state[STATE_MISSED] = n;
	t.by_state[STATE_SKIPPED] = n;
	t.by_reason[REASON_LATE] = n;
	t.by_reason[REASON_INTERRUPTED] = n;
	t.by_reason[REASON_ZONE_OFF] = n;
	return t;
}

static inline void made_directive(struct report *r, const char *number, const char *subject)
{
	struct report_directive d = { .campaign = mem_dup("bluezone"), .campaign_title = mem_dup("Vận động cài đặt Bluezone"),
		.name = mem_dup("so-tttt"), .number = mem_dup(number), .issuer = mem_dup("Sở Thông tin và Truyền thông"),
		.subject = mem_dup(subject), .issued = MADE_DAY, .days = { MADE_DAY, MADE_DAY + 2 }, .times = 5, .times_asked = 6,
		.days_asked = 3, .days_met = 1, .days_excused = 1, .first_airing_ms = 48300000, .sums = made_tally(3) };
	vec_push(&d.per_day, (struct report_directive_day){ MADE_DAY, 2, 5, 3, MET_YES, -1, 180000, REASON_NONE });
	vec_push(&d.per_day, (struct report_directive_day){ MADE_DAY + 1, 2, 5, 1, MET_NO, 10, 60000, REASON_LATE });
	vec_push(&d.per_day, (struct report_directive_day){ MADE_DAY + 2, 2, 5, 1, MET_EXCUSED, -1, 60000, REASON_NONE });
	vec_push(&d.uptakes, (struct uptake){ 18802, 150829, 422893 });
	vec_push(&r->directives, d);
}

/* title: of the one bulletin.  Freed by report_free, and r->tz by the caller. */
static inline struct report *made_report(const char *title, bool crossed)
{
	struct report *r = mem_new(struct report);
	r->station = mem_dup("00363");
	r->name = mem_dup("Đài truyền thanh phường Lộc Thọ");
	r->unit = mem_dup("UBND phường Lộc Thọ");
	r->reports_to = mem_dup("UBND thành phố Nha Trang");
	r->title = mem_dup("từ 13/7/2021 đến 15/7/2021");
	r->days = (day_span){ MADE_DAY, MADE_DAY + 2 };
	r->made = made_at(20, 8, 0);
	r->crossed = crossed;
	r->sums = made_tally(3);
	r->tz = tz_fixed(7 * 3600);
	made_directive(r, "1704/STTTT-TTBCXB", title);
	made_directive(r, "12/2021", "Trích yếu");
	for (int i = 0; i < 3; i++) {
		struct report_strip strip = { .day = MADE_DAY + i };
		for (int h = 0; h < 24; h++)
			strip.hour[h] = (unsigned char)((h + i) % (STRIP_OPEN + 1));
		vec_push(&r->strip, strip);
		vec_push(&r->per_day, (struct report_day){ .day = MADE_DAY + i, .sums = made_tally(1), .duty = mem_dup("Người trực"),
				.notes = mem_dup(i ? title : NULL) });
	}
	struct report_zone zone = { .name = mem_dup("cum-1"), .title = mem_dup("Cụm loa 1"), .speakers = 4,
		.sums = made_tally(3), .off_ms = 5400000 };
	vec_push(&zone.off, (struct report_off){ made_at(1, 8, 0), made_at(1, 9, 30), mem_dup("mất điện") });
	vec_push(&r->zones, zone);
	vec_push(&r->classes, (struct report_class){ CLASS_ANNOUNCEMENT, LEVEL_NORMAL, mem_dup("vi"), made_tally(3) });
	vec_push(&r->unaired, (struct report_unaired){ .planned = made_at(0, 5, 30), .offset_s = 25200, .title = mem_dup(title),
			.zones = mem_dup("Cụm loa 1"), .directives = mem_dup("1704/STTTT-TTBCXB"), .state = STATE_MISSED,
			.reason = REASON_LATE, .note = mem_dup(title) });
	vec_push(&r->logbook, (struct report_entry){ .day = MADE_DAY, .planned = made_at(0, 5, 30), .started = made_at(0, 5, 30),
			.ended = made_at(0, 5, 31), .offset_s = 25200, .heard_ms = 60000, .title = mem_dup(title),
			.directives = mem_dup("12/2021"), .zones = mem_dup("3/2"), .class = CLASS_ANNOUNCEMENT,
			.level = LEVEL_NORMAL, .nth = 1, .state = STATE_AIRED });
	return r;
}

static inline void made_free(struct report **r)
{
	struct tz *tz = (struct tz *)(*r)->tz; /* the maker owns it */
	report_free(r);
	tz_free(&tz);
}

#endif
