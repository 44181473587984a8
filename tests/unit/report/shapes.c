#include "report/shapes.h"
#include "../unit.h"

#include "base/mem.h"
#include "report/words.h"

#include <string.h>

#define assert_text(t, want)                                                                                 \
	do {                                                                                                 \
		ck_assert_str_eq(text_str(t), want);                                                         \
		text_clear(t);                                                                               \
	} while (0)

START_TEST(csv_fields)
{
	static const struct {
		int line;
		const char *in, *want;
	} T[] = {
		{ __LINE__, "Cụm loa 1", "\"Cụm loa 1\"," },
		{ __LINE__, "a \"b\"", "\"a \"\"b\"\"\"," },
		{ __LINE__, "=1+2", "\"'=1+2\"," },
		{ __LINE__, "+84", "\"'+84\"," },
		{ __LINE__, "-1", "\"'-1\"," },
		{ __LINE__, "@SUM(A1)", "\"'@SUM(A1)\"," },
		{ __LINE__, "\t=1", "\"'\t=1\"," },
		{ __LINE__, "1=2", "\"1=2\"," },
		{ __LINE__, "", "\"\"," },
		{ __LINE__, NULL, "\"\"," },
		{ __LINE__, "x,y\nz", "\"x,y\nz\"," },
	};
	struct text t = { 0 };
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		report_csv_field(&t, T[i].in, false);
		ck_assert_msg(!strcmp(text_str(&t), T[i].want), "row of line %d: %s", T[i].line, text_str(&t));
		text_clear(&t);
	}
	report_csv_field(&t, "z", true);
	assert_text(&t, "\"z\"\r\n");
	text_free(&t);
}
END_TEST

START_TEST(paragraphs_break_by_columns_not_bytes)
{
	struct text t = { 0 };
	report_paragraph(&t, "một hai ba bốn", "", 7);
	assert_text(&t, "một hai\nba bốn\n");
	report_paragraph(&t, "một hai ba", "  ", 9);
	assert_text(&t, "  một hai\n  ba\n");
	report_paragraph(&t, "khôngngắtđược x", "", 5);
	assert_text(&t, "khôngngắtđược\nx\n");
	report_paragraph(&t, "", "", 5);
	assert_text(&t, "\n");
	text_free(&t);
}
END_TEST

START_TEST(lengths_and_numbers)
{
	struct text t = { 0 };
	words_length(&t, 20499);
	assert_text(&t, "0:20");
	words_length(&t, 59500);
	assert_text(&t, "1:00");
	words_length(&t, 3661000);
	assert_text(&t, "1:01:01");
	words_minutes(&t, 90000);
	assert_text(&t, "1 min 30 s");
	words_minutes(&t, 119900);
	assert_text(&t, "2 min");
	words_number(&t, 150829);
	assert_text(&t, "150,829");
	words_number(&t, 0);
	assert_text(&t, "0");
	words_number(&t, 1234567);
	assert_text(&t, "1,234,567");
	words_directives(&t, "1704/STTTT-TTBCXB\n\n1234-CV/TU\n", false);
	assert_text(&t, "1704, (no number), 1234-CV");
	words_directives(&t, "1704/STTTT-TTBCXB\n", true);
	assert_text(&t, "1704/STTTT-TTBCXB");
	words_directives(&t, "", true);
	assert_text(&t, "");
	text_free(&t);
}
END_TEST

START_TEST(local_days_and_times)
{
	struct report_row r = { .offset_s = 7 * 3600 };
	wall_us before = { INT64_C(1626195599999999) }, after = { INT64_C(1626195600000000) }; /* midnight at +07:00 */
	struct text t = { 0 };
	ck_assert_int_eq(words_day(&r, after), words_day(&r, before) + 1);
	words_time(&t, &r, before);
	assert_text(&t, "23:59:59");
	words_time(&t, &r, after);
	assert_text(&t, "00:00:00");
	words_date(&t, words_day(&r, after));
	assert_text(&t, "Wednesday, 14/7/2021");
	text_free(&t);
}
END_TEST

/* ── The table ── */

static void put(void *self, const char *s)
{
	text_add(self, s);
}

static void add(struct report_log *log, int second, const char *item, const char *zone, enum state state,
		enum reason reason)
{
	char *id = mem_printf("22363/sang/f/%s/%s", item, zone);
	vec_push(&log->rows, (struct report_row){ .id = intern_string(log->strings, id), .kind = "planned",
			.from = "session:sang", .station = "22363", .station_name = "Đài", .zone = zone, .zone_name = zone,
			.bulletin = item, .title = item, .directives = "", .class = "news",
			.planned = { INT64_C(1626215400000000) + second * US_PER_S }, .offset_s = 25200, .state = state,
			.reason = reason, .frames_played = state == STATE_AIRED ? 480000 : 0,
			.heard_ms = state == STATE_AIRED ? 10000 : 0 });
	mem_free(id);
}

static char *table_of(struct report_log *log, int columns)
{
	struct text t = { 0 };
	report_table(log, &(struct report_page){ .columns = columns }, &(struct report_out){ &t, put });
	vec_free(&log->rows);
	return text_take(&t);
}

START_TEST(zones_that_fared_alike_are_one_line)
{
	struct report_log log = { .strings = intern_new() };
	add(&log, 0, "1.tin", "a", STATE_AIRED, REASON_NONE);
	add(&log, 0, "1.tin", "b", STATE_AIRED, REASON_NONE);
	add(&log, 0, "1.tin", "c", STATE_MISSED, REASON_LATE);
	add(&log, 10, "2.bài", "a", STATE_AIRED, REASON_NONE);
	add(&log, 10, "2.bài", "b", STATE_AIRED, REASON_NONE);
	add(&log, 10, "2.bài", "c", STATE_AIRED, REASON_NONE);
	char *got = table_of(&log, 200);
	ck_assert_str_eq(got, "AIRING LOG — Đài (22363)\n\n"
			      "Wednesday, 14/7/2021\n"
			      "planned   length  part  bulletin  zones         verdict\n"
			      "05:30:00    0:10  sang  1.tin     2 of 3 zones  ✓ aired\n"
			      "                                  c             ✗ missed: later than allowed\n"
			      "05:30:10    0:10  sang  2.bài     3 zones       ✓ aired\n");
	mem_free(got);
	intern_free(&log.strings);
}
END_TEST

START_TEST(a_zone_off_all_day_is_said_once)
{
	struct report_log log = { .strings = intern_new() };
	for (int i = 0; i < 3; i++) {
		char item[8];
		snprintf(item, sizeof item, "%d.tin", i + 1);
		const char *kept = intern_string(log.strings, item);
		add(&log, i, kept, "a", STATE_AIRED, REASON_NONE);
		add(&log, i, kept, "b", STATE_SKIPPED, REASON_ZONE_OFF);
	}
	char *got = table_of(&log, 200);
	ck_assert_ptr_nonnull(strstr(got, "\nb: – not aired: zone off (the whole day, 3 items)\n"));
	ck_assert_ptr_nonnull(strstr(got, "05:30:02    0:10  sang  3.tin     a      ✓ aired\n"));
	mem_free(got);
	intern_free(&log.strings);
}
END_TEST

START_TEST(no_line_is_wider_than_the_screen)
{
	static const int widths[] = { 80, 90, 100, 120 };
	struct report_log log = { .strings = intern_new() };
	for (size_t w = 0; w < sizeof widths / sizeof *widths; w++) {
		add(&log, 0, "1.Hướng dẫn cài đặt ứng dụng Bluezone trên điện thoại thông minh", "Cụm loa 1", STATE_AIRED,
				REASON_NONE);
		add(&log, 0, "1.Hướng dẫn cài đặt ứng dụng Bluezone trên điện thoại thông minh", "Cụm loa 2", STATE_FAILED,
				REASON_FILE_CHANGED);
		log.rows.at[0].directives = "1704/STTTT-TTBCXB\n4172/UBND-VHTT\n";
		char *got = table_of(&log, widths[w]), *save = NULL;
		ck_assert_ptr_nonnull(strstr(got, "file"));
		for (char *line = strtok_r(got, "\n", &save); line; line = strtok_r(NULL, "\n", &save))
			ck_assert_msg(text_width(line) <= widths[w], "%d columns: %s", widths[w], line);
		mem_free(got);
	}
	intern_free(&log.strings);
}
END_TEST

UNIT_MAIN("report/shapes", csv_fields, paragraphs_break_by_columns_not_bytes, lengths_and_numbers, local_days_and_times,
		zones_that_fared_alike_are_one_line, a_zone_off_all_day_is_said_once, no_line_is_wider_than_the_screen)
