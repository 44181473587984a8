/* What people write when they copy a letter, and what is understood. */
#include "../schedule/build.h"
#include "base/mem.h"
#include "cli/letter-values.h"

#define TODAY "13/7/2021"

static char *days_of(const char *text)
{
	day_span span;
	char from[VALUE_BYTES], until[VALUE_BYTES];
	if (!letter_days(text, build_day(TODAY), &span))
		return mem_dup("no");
	value_print_date(span.from, from);
	value_print_date(span.until, until);
	return mem_printf("%s %s", from, until);
}

static char *times_of(const char *text)
{
	int min, max;
	return letter_times(text, &min, &max) ? mem_printf("%d %d", min, max) : mem_dup("no");
}

static char *received_of(const char *text)
{
	char *s = letter_received(text, build_day(TODAY));
	return s ? s : mem_dup("no");
}

static char *urgency_of(const char *text)
{
	const char *s = letter_urgency(text);
	return mem_dup(s ? s : "no");
}

static char *name_of(const char *text)
{
	return letter_name(text, 20);
}

static char *approval_of(const char *text)
{
	char *by, *via;
	letter_approval(text, &by, &via);
	char *s = mem_printf("%s|%s", by, via ? via : "");
	mem_free(by);
	mem_free(via);
	return s;
}

static char *where_of(const char *text)
{
	struct station *s = build_station("Asia/Ho_Chi_Minh", 1);
	struct letter_where w = { 0 };
	struct text t = { 0 };
	build_bulletin(s, "a", 60000, CLASS_ANNOUNCEMENT);
	build_session(s, "sang", "5h30", "6h30", "a");
	build_session(s, "chieu", "17h", "17h30", "a");
	build_at(s, "trua", "11h15", "a");
	bool ok = letter_where(text, s, &w);
	for (size_t i = 0; i < w.sessions.n; i++)
		text_addf(&t, "%s ", s->rules.at[w.sessions.at[i]].name);
	for (size_t i = 0; i < w.times.n; i++)
		text_addf(&t, "%d ", w.times.at[i] / 60000);
	ck_assert(ok == (t.n > 0));
	vec_free(&w.sessions);
	vec_free(&w.times);
	station_free(&s);
	return text_take(&t);
}

static const struct {
	int line;
	char *(*of)(const char *);
	const char *text, *want;
} rows[] = {
	{ __LINE__, days_of, "14/7/2021 - 31/8/2021", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "14/7/2021–31/8/2021", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "14/7 - 31/8/2021", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "14/7-31/8", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "từ 14/7 đến hết 31/8.", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "14/7 den 31/8", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "2021-07-14..2021-08-31", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "2021-07-14 - 2021-08-31", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "2021-07-14-2021-08-31", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "31/8/2021", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "31/8", "14/7/2021 31/8/2021" },
	{ __LINE__, days_of, "30 ngày", "14/7/2021 12/8/2021" },
	{ __LINE__, days_of, "1d", "14/7/2021 14/7/2021" },
	{ __LINE__, days_of, "15/12 - 15/01/2022", "15/12/2021 15/01/2022" },
	{ __LINE__, days_of, "15/12/2021 - 15/01/2022", "15/12/2021 15/01/2022" },
	{ __LINE__, days_of, "31/8 - 14/7", "no" },
	{ __LINE__, days_of, "30/02 - 14/7", "no" },
	{ __LINE__, days_of, "0 ngày", "no" },
	{ __LINE__, days_of, "9999 ngày", "no" },
	{ __LINE__, days_of, "", "no" },
	{ __LINE__, days_of, "mai", "no" },
	{ __LINE__, days_of, "1/1/2021 - 1/1/2030", "no" },

	{ __LINE__, times_of, "3", "3 -1" },
	{ __LINE__, times_of, "3-5", "3 5" },
	{ __LINE__, times_of, "3–5 lần/ngày", "3 5" },
	{ __LINE__, times_of, "3..5", "3 5" },
	{ __LINE__, times_of, "từ 3 đến 5 lần", "3 5" },
	{ __LINE__, times_of, "ít nhất 2 lần", "2 -1" },
	{ __LINE__, times_of, "tối thiểu 2 lần mỗi ngày", "2 -1" },
	{ __LINE__, times_of, "5-3", "no" },
	{ __LINE__, times_of, "0", "no" },
	{ __LINE__, times_of, "3 4 5", "no" },
	{ __LINE__, times_of, "101", "no" },
	{ __LINE__, times_of, "99999999999999999999", "no" },
	{ __LINE__, times_of, "11h15", "no" },
	{ __LINE__, times_of, "sang", "no" },
	{ __LINE__, times_of, "", "no" },

	{ __LINE__, received_of, "16h05", "13/7/2021 16:05" },
	{ __LINE__, received_of, "13/7/2021 16:05", "13/7/2021 16:05" },
	{ __LINE__, received_of, "12/7 9h", "12/7/2021 09:00" },
	{ __LINE__, received_of, "12/7", "12/7/2021" },
	{ __LINE__, received_of, "chiều", "no" },
	{ __LINE__, received_of, "12/7 25h", "no" },

	{ __LINE__, urgency_of, "KHẨN", "khan" },
	{ __LINE__, urgency_of, "Thượng khẩn", "thuong-khan" },
	{ __LINE__, urgency_of, "HỎA TỐC", "hoa-toc" },
	{ __LINE__, urgency_of, "hỏa  tốc", "no" },
	{ __LINE__, urgency_of, "thường", "thuong" },

	{ __LINE__, where_of, "sang chieu 11h15", "sang chieu 675 " },
	{ __LINE__, where_of, "11h15, sang", "sang 675 " },
	{ __LINE__, where_of, "trua", "" },
	{ __LINE__, where_of, "sang toi", "" },
	{ __LINE__, where_of, "3", "" },
	{ __LINE__, where_of, " ", "" },

	{ __LINE__, approval_of, "Nguyễn Văn A, Chủ tịch; phiếu duyệt số 12", "Nguyễn Văn A, Chủ tịch|phiếu duyệt số 12" },
	{ __LINE__, approval_of, "Chủ tịch UBND phường", "Chủ tịch UBND phường|" },
	{ __LINE__, approval_of, "Chủ tịch ; ", "Chủ tịch|" },

	{ __LINE__, name_of, "1704/STTTT-TTBCXB", "1704-stttt-ttbcxb" },
	{ __LINE__, name_of, "4172 /UBND-VHTT", "4172-ubnd-vhtt" },
	{ __LINE__, name_of, "1706/SGDĐT-VP", "1706-sgddt-vp" },
	{ __LINE__, name_of, "39/2020/TT-BTTTT và thêm nữa", "39-2020-tt-btttt-va" },
	{ __LINE__, name_of, " -/- ", "" },
	{ __LINE__, name_of, "Số ký hiệu: dài, dài", "so-ky-hieu-dai-dai" },
};

START_TEST(what_people_write_is_understood)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char *got = rows[i].of(rows[i].text);
		ck_assert_msg(!strcmp(got, rows[i].want), "line %d: \"%s\": %s, not %s", rows[i].line, rows[i].text, got,
			rows[i].want);
		mem_free(got);
	}
}
END_TEST

UNIT_MAIN("cli/letter-values", what_people_write_is_understood)
