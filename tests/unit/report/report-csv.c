#include "report/report-csv.h"
#include "../unit.h"

#include "made-report.h"

#include <string.h>

static void put(void *self, const char *s)
{
	text_add(self, s);
}

static char *csv_of(const struct report *r, enum grid_view view)
{
	struct text t = { 0 };
	report_csv_write(r, view, &(struct report_out){ &t, put });
	return text_take(&t);
}

/* As RFC 4180 reads them: fields of all lines, and the columns of each line must be the same. */
static void read_fields(const char *csv, void (*each)(const char *field))
{
	struct text field = { 0 };
	size_t columns = 0, n = 0;
	for (const char *c = csv + 3; *c;) {
		ck_assert_msg(*c == '"', "not quoted: %.40s", c);
		for (c++; *c != '"' || c[1] == '"'; c += 1 + (*c == '"')) {
			ck_assert(*c);
			text_add_n(&field, c, 1);
		}
		each(text_str(&field));
		text_clear(&field);
		n++;
		c++;
		if (*c == ',') {
			c++;
			continue;
		}
		ck_assert_msg(!strncmp(c, "\r\n", 2), "neither comma nor line end: %.40s", c);
		ck_assert_uint_eq(n, columns ? columns : n);
		columns = n;
		n = 0;
		c += 2;
	}
	text_free(&field);
}

static void not_a_formula(const char *field)
{
	ck_assert_msg(!*field || !strchr("=+-@\t\r", *field), "a formula: %s", field);
	const char *mark;
	for (const char *at = field; (mark = strpbrk(at, ";\t\r\n")); at = mark + 1)
		ck_assert_msg(!mark[1] || !strchr("=+-@", mark[1]), "a formula behind a separator: %s", field);
	ck_assert_int_eq(text_bad_utf8(field, strlen(field)), -1);
	ck_assert_msg(!strstr(field, "\xE2\x80\xAE"), "turns the text round: %s", field);
}

START_TEST(no_text_becomes_a_formula_in_any_view)
{
	char *wide = mem_zero(40001);
	memset(wide, 'A', 40000);
	const char *texts[] = { "=1+2", "+84", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "\"=1\"", "a;=HYPERLINK(\"x\")",
		"a\"\";=1", "a\n=1", "＝1", "\xE2\x80\xAE=1", "\xFF\xFE=1", "\x01=1", "\x1b[31m=1", "a,\"b\"\r\nc", "", wide };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		struct report *r = made_report(texts[i], i % 2);
		for (int v = GRID_DIRECTIVE; v < GRID_VIEWS; v++) {
			char *csv = csv_of(r, (enum grid_view)v);
			ck_assert(!strncmp(csv, "\xEF\xBB\xBF\"", 4));
			read_fields(csv, not_a_formula);
			mem_free(csv);
		}
		made_free(&r);
	}
	mem_free(wide);
}
END_TEST

START_TEST(views_in_full)
{
	static const struct {
		int line;
		enum grid_view view;
		const char *want; /* stands in it */
	} T[] = {
		{ __LINE__, GRID_DIRECTIVE, "\"00363 Đài truyền thanh phường Lộc Thọ\",\"1704/STTTT-TTBCXB\",\"2021-07-13\"," },
		{ __LINE__, GRID_DIRECTIVE, "\"5\",\"6\",\"3\",\"1\",\"1\",\"1\",\"0\",\"48300\",\"24/6/2021: 150,829 of 422,893\"," },
		{ __LINE__, GRID_DIRECTIVE, "\"'12/2021\"," }, /* no date */
		{ __LINE__, GRID_DATES, "\"2021-07-14\",\"2\",\"5\",\"1\",\"not met\",\"10\",\"60\",\"later than allowed\",\"\"\r\n" },
		{ __LINE__, GRID_DAY, "\"2021-07-13\",\"Người trực\",\"1\",\"3\",\"2\",\"2\",\"91\",\"5\",\"6\",\"3\",\"1\",\"1\"," },
		{ __LINE__, GRID_DAY, "\"Total\",\"\",\"3\",\"9\",\"6\",\"2\",\"272\",\"15\",\"18\",\"9\",\"3\",\"3\",\"3\",\"0\"," },
		{ __LINE__, GRID_ZONE, "\"Cụm loa 1\",\"\",\"4\",\"1\",\"5400\"," },
		{ __LINE__, GRID_OFF, "\"2021-07-14 08:00:00\",\"2021-07-14 09:30:00\",\"5400\",\"mất điện\"," },
		{ __LINE__, GRID_CLASS, "\"announcement\",\"normal\",\"Vietnamese\"," },
		{ __LINE__, GRID_UNAIRED, "\"1\",\"2021-07-13\",\"05:30:00\",\"Tin\",\"1704/STTTT-TTBCXB\",\"Cụm loa 1\","
					  "\"missed\",\"later than allowed\",\"Tin\",\"\"\r\n" },
		{ __LINE__, GRID_LOGBOOK, "\"2021-07-13\",\"05:30:00\",\"05:30:00\",\"05:31:00\",\"60\",\"Tin\",\"announcement\","
					  "\"normal\",\"'12/2021\",\"'3/2\",\"1\",\"aired\",\"\",\"\",\"Người trực\",\"\",\"\"\r\n" },
		{ __LINE__, GRID_STRIP, "\"2021-07-13\",\"nothing planned\",\"aired\",\"aired in part\"," },
	};
	struct report *r = made_report("Tin", false);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *csv = csv_of(r, T[i].view);
		ck_assert_msg(strstr(csv, T[i].want) != NULL, "row of line %d: %s", T[i].line, csv);
		mem_free(csv);
	}
	made_free(&r);
}
END_TEST

START_TEST(a_rehearsal_says_so_in_every_line)
{
	struct report *r = made_report("Tin", true);
	char *csv = csv_of(r, GRID_DAY), *save = NULL;
	size_t lines = 0;
	strtok_r(csv, "\n", &save);
	for (char *line; (line = strtok_r(NULL, "\n", &save)); lines++)
		ck_assert_msg(strstr(line, "REHEARSAL") != NULL, "%s", line);
	ck_assert_uint_eq(lines, 4);
	mem_free(csv);
	made_free(&r);
}
END_TEST

START_TEST(cells_as_people_write_them)
{
	static const struct {
		int line;
		struct grid_cell cell;
		const char *want;
	} T[] = {
		{ __LINE__, { GRID_COUNT, 150829, NULL }, "150,829" },
		{ __LINE__, { GRID_SHARE, 3567, NULL }, "35.67%" },
		{ __LINE__, { GRID_SHARE, 10000, NULL }, "100.00%" },
		{ __LINE__, { GRID_MINUTES, 90500, NULL }, "1.5" },
		{ __LINE__, { GRID_MINUTES, 59999, NULL }, "1.0" },
		{ __LINE__, { GRID_LENGTH, 5400000, NULL }, "1:30:00" },
		{ __LINE__, { GRID_DATE, MADE_DAY, NULL }, "13/7/2021" },
		{ __LINE__, { GRID_MOMENT, INT64_C(86400) * MADE_DAY + 20467, NULL }, "13/7/2021 05:41:07" },
		{ __LINE__, { GRID_TIME, 20467, NULL }, "05:41:07" },
		{ __LINE__, { GRID_EMPTY, 0, NULL }, "" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct text t = { 0 };
		grid_print(&t, &T[i].cell);
		ck_assert_msg(!strcmp(text_str(&t), T[i].want), "row of line %d: %s", T[i].line, text_str(&t));
		text_free(&t);
	}
}
END_TEST

START_TEST(texts_fit_for_paper)
{
	static const struct {
		int line;
		const char *in, *want;
	} T[] = {
		{ __LINE__, "Lộc Thọ", "Lộc Thọ" },
		{ __LINE__, "a\tb\x01" "c\x7F" "d", "a b c d" },
		{ __LINE__, "a\nb", "a\nb" },
		{ __LINE__, "a\xE2\x80\xAE" "b\xE2\x80\x8B" "c", "abc" },
		{ __LINE__, "a\xFF" "b\xC3", "a\xEF\xBF\xBD" "b\xEF\xBF\xBD" },
		{ __LINE__, "\xEF\xBF\xBE", "" },
		{ __LINE__, "", "" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct text t = { 0 };
		grid_clean(&t, T[i].in);
		ck_assert_msg(!strcmp(text_str(&t), T[i].want), "row of line %d: %s", T[i].line, text_str(&t));
		text_free(&t);
	}
	struct text many = { 0 }, t = { 0 };
	for (int i = 0; i < 40000; i++)
		text_add(&many, "\xF0\x9F\x93\xA2"); /* a loudspeaker: two UTF-16 units */
	grid_clean(&t, text_str(&many));
	ck_assert_uint_le(t.n, 4 * 16000 + 3);
	ck_assert_uint_ge(t.n, 4 * 15990);
	text_free(&many);
	text_free(&t);
}
END_TEST

UNIT_MAIN("report/report-csv", no_text_becomes_a_formula_in_any_view, views_in_full, a_rehearsal_says_so_in_every_line,
		cells_as_people_write_them, texts_fit_for_paper)
