#include "report/letter.h"
#include "../unit.h"
#include "hand-made.h"

#include "base/text.h"

#include <string.h>

/* The English of the catalogue; Vietnamese is looked at in tests/system. */
static char *all_of(const struct report_letter *l)
{
	struct text t = { 0 };
	for (size_t i = 0; i < l->issuer.n; i++)
		text_addf(&t, "%s\n", l->issuer.at[i]);
	text_addf(&t, "%s|%s\n%s %s\n", l->number, l->place_date, l->kind, l->title);
	for (size_t i = 0; i < l->to.n; i++)
		text_addf(&t, "to %s\n", l->to.at[i]);
	for (size_t i = 0; i < l->body.n; i++)
		text_addf(&t, "%s\n", l->body.at[i].text);
	for (size_t i = 0; i < l->sign.n; i++)
		text_addf(&t, "sign %s\n", l->sign.at[i]);
	for (size_t i = 0; i < l->copies.n; i++)
		text_addf(&t, "%s\n", l->copies.at[i]);
	text_addf(&t, "%s\n", l->attached);
	return text_take(&t);
}

static void has(const struct report *r, const char *const parts[], size_t n)
{
	struct report_letter *l = report_letter_new(r);
	char *all = all_of(l);
	for (size_t i = 0; i < n; i++)
		ck_assert_msg(parts[i][0] == '!' ? !strstr(all, parts[i] + 1) : strstr(all, parts[i]) != NULL, "%s\n— %s", all, parts[i]);
	mem_free(all);
	report_letter_free(&l);
	ck_assert_ptr_null(l);
}
#define HAS(r, ...) has(r, (const char *const[]){ __VA_ARGS__ }, sizeof(const char *[]){ __VA_ARGS__ } / sizeof(const char *))

START_TEST(words_follow_the_figures)
{
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	HAS(r, "ỦY BAN NHÂN DÂN\nPHƯỜNG LỘC THỌ\n", "/BC-UBND|Lộc Thọ, day      month 8 year 2021\n", "to - UBND thành phố Nha Trang;\n",
		"to - Sở Thông tin và Truyền thông tỉnh Khánh Hòa.\n", "4172/UBND-VHTT of 01/7/2021 by UBND", "1704/STTTT-TTBCXB of 13/7/2021",
		"in 6 zones with 24 loudspeakers.", "at least 3 times a day, set by UBND phường Lộc Thọ", "13 hours 25 minutes",
		"was approved before", "In all: 62 sessions, 305 broadcasts, 6 bulletins, 1,085 minutes; 98.38% of the 310",
		"29 of 31 days met; 1 days not met (20/7/2021); 1 days excused (25/7/2021)", "150,829 of 422,893, 35.67%.",
		"5 were not aired whole", "station off: 30.", "The whole station could not be heard from 05:10 to 12:40 on 20/7/2021: mất điện.",
		"Cụm loa 4 could not be heard from 08:00 on 10/7/2021 to 16:30 on 12/7/2021: hỏng ampli, chờ thay.", "25/7/2021 (Quốc tang).",
		"to mend these zones: Cụm loa 4.", "reserve supply", "!sound equipment", "!None.", "./.\n",
		"sign TM. ỦY BAN NHÂN DÂN\nsign CHỦ TỊCH\n", "- As above;\n- File: VT.\n");
	r->logbook.at[0].approved_by = (mem_free(r->logbook.at[0].approved_by), NULL);
	HAS(r, "!was approved before");
	report_free(&r);
	tz_free(&tz);
}
END_TEST

START_TEST(minutes_may_be_what_is_asked)
{
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	for (size_t i = 0; i < r->directives.n; i++) {
		struct report_directive *d = &r->directives.at[i];
		d->times_asked = -1;
		for (size_t k = 0; k < d->per_day.n; k++) {
			d->per_day.at[k].asked_min = -1;
			d->per_day.at[k].asked_minutes = 5;
		}
	}
	HAS(r, "at least 5 minutes a day, set by UBND phường Lộc Thọ", "aired 103 times, 29 of 31 days met;", "!at least -1");
	report_free(&r);
	tz_free(&tz);
}
END_TEST

START_TEST(a_part_says_that_it_is_one)
{
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	r->filtered = true;
	r->filter = mem_dup("cụm loa 4");
	HAS(r, "- Of cụm loa 4: 62 sessions", "!In all", "Results of public information over", "to - UBND thành phố Nha Trang;");
	struct report_letter *l = report_letter_new(r);
	ck_assert_str_eq(l->part, "(Only a part: cụm loa 4)");
	report_letter_free(&l);
	r->directives.n = 1;
	HAS(r, "Results of public information under Letter no. 4172/UBND-VHTT over");
	r->directives.n = 2;
	report_free(&r);
	tz_free(&tz);
}
END_TEST

START_TEST(a_quiet_month_says_so)
{
	struct tz *tz = tz_fixed(25200);
	struct report r = { .station = "1", .name = "Đài truyền thanh xã A", .unit = "", .reports_to = "", .title = "1/2022", .tz = tz,
		.days = { 18993, 19023 }, .made = { 1643700000 * US_PER_S } };
	HAS(&r, "ĐÀI TRUYỀN THANH XÃ A\n", "/BC|…………, day      month 02 year 2022", "to …", "shows none.", "IV. Proposals\n- None.\n", "!of the 0",
		"sign HEAD OF THE UNIT\n");
	tz_free(&tz);
}
END_TEST

START_TEST(the_station_says_who_signs)
{
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	r->paper.issuer = mem_dup("Trung tâm Văn hóa phường");
	r->paper.sign = mem_dup("TM. ỦY BAN NHÂN DÂN\nKT. Chủ tịch");
	r->paper.signer = mem_dup("Phó Chủ tịch");
	r->paper.archive = mem_dup("VT, VHXH");
	r->paper.symbol = mem_dup("");
	vec_push(&r->paper.recipients, mem_dup("Đảng ủy phường"));
	HAS(r, "TRUNG TÂM VĂN HÓA PHƯỜNG\n", "/BC|", "sign KT. CHỦ TỊCH\nsign PHÓ CHỦ TỊCH\n", "- As above;\n- Đảng ủy phường;\n- File: VT, VHXH.\n");
	struct report_letter *l = report_letter_new(r);
	ck_assert_str_eq(l->over, "ỦY BAN NHÂN DÂN PHƯỜNG LỘC THỌ");
	ck_assert_ptr_null(l->crossing);
	report_letter_free(&l);
	r->crossed = true;
	l = report_letter_new(r);
	ck_assert_ptr_nonnull(l->crossing);
	report_letter_free(&l);
	report_free(&r);
	tz_free(&tz);
}
END_TEST

/* What comes of a letter's number, date and subject. */
START_TEST(letters_are_called_what_they_are)
{
	static const struct {
		int line;
		const char *number, *subject, *want;
	} T[] = {
		{ __LINE__, "1704/STTTT-TTBCXB", "V/v tăng cường", "Letter no. 1704/STTTT-TTBCXB of 02/8/2020 by Sở about tăng cường" },
		{ __LINE__, "1234-CV/TU", "", "Letter no. 1234-CV/TU of 02/8/2020 by Sở" },
		{ __LINE__, "12/KH-UBND", "Về việc A", "Plan no. 12/KH-UBND of 02/8/2020 by Sở about A" },
		{ __LINE__, "", "", "Paper of 02/8/2020 by Sở" },
	};
	struct tz *tz = tz_fixed(25200);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct report *r = hand_made(tz);
		struct report_directive *d = &r->directives.at[0];
		mem_renew(&d->number, T[i].number);
		mem_renew(&d->subject, T[i].subject);
		mem_renew(&d->issuer, "Sở");
		d->issued = 18476;
		struct report_letter *l = report_letter_new(r);
		char *want = mem_printf("Carrying out %s; ", T[i].want);
		ck_assert_msg(strstr(l->body.at[0].text, want) != NULL, "row of line %d: %s", T[i].line, l->body.at[0].text);
		mem_free(want);
		report_letter_free(&l);
		report_free(&r);
	}
	tz_free(&tz);
}
END_TEST

UNIT_MAIN("report/letter", words_follow_the_figures, minutes_may_be_what_is_asked, a_part_says_that_it_is_one, a_quiet_month_says_so, the_station_says_who_signs, letters_are_called_what_they_are)
