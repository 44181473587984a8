#include "report/print/pdf.h"
#include "../report/hand-made.h"
#include "../unit.h"
#include "report/print/canvas.h"
#include "report/print/page.h"
#include "report/print/ruled.h"

#include <string.h>

static size_t pages(const struct text *bytes)
{
	size_t n = 0;
	const char *at = bytes->at, *end = bytes->at + bytes->n;
	while ((at = memmem(at, (size_t)(end - at), "/Type /Page %", 13)) != NULL)
		n++, at += 13;
	return n;
}

static size_t make(const struct report *r, unsigned parts, struct text *bytes)
{
	struct err err = { 0 };
	ck_assert_msg(pdf_make(r, parts, bytes, &err), "%s", err.text);
	ck_assert(bytes->n > 1000 && !memcmp(bytes->at, "%PDF-1.", 7));
	return pages(bytes);
}

START_TEST(the_same_report_is_the_same_bytes)
{
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	struct text a = { 0 }, b = { 0 };
	make(r, PDF_REPORT | PDF_LOGBOOK, &a);
	make(r, PDF_REPORT | PDF_LOGBOOK, &b);
	ck_assert(a.n == b.n && !memcmp(a.at, b.at, a.n));
	r->made.us += US_PER_S;
	text_clear(&b);
	make(r, PDF_REPORT | PDF_LOGBOOK, &b);
	ck_assert(a.n != b.n || memcmp(a.at, b.at, a.n));
	text_free(&a);
	text_free(&b);
	report_free(&r);
	tz_free(&tz);
}
END_TEST

START_TEST(parts_have_pages_of_their_own)
{
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	struct text bytes = { 0 };
	size_t sum = 0;
	for (unsigned part = PDF_LETTER; part <= PDF_LOGBOOK; part *= 2) {
		size_t n = make(r, part, &bytes);
		ck_assert_msg(part == PDF_FORM ? n <= 2 : part == PDF_LOGBOOK ? n == HAND_DAYS : n >= 2, "part %u: %zu", part, n);
		sum += n;
		text_clear(&bytes);
	}
	ck_assert_uint_eq(make(r, PDF_REPORT | PDF_LOGBOOK, &bytes), sum);
	text_free(&bytes);
	report_free(&r);
	tz_free(&tz);
}
END_TEST

/* Nothing but a station and days: still a paper. */
START_TEST(a_report_of_nothing_is_a_paper)
{
	struct tz *tz = tz_fixed(25200);
	struct report r = { .station = "1", .name = "Đài", .unit = "", .reports_to = "", .title = "7/2021", .tz = tz,
		.days = { HAND_DAY, HAND_DAY + 1 }, .made = { US_PER_S }, .crossed = true };
	struct text bytes = { 0 };
	ck_assert_uint_eq(make(&r, PDF_REPORT | PDF_LOGBOOK, &bytes), 6);
	text_free(&bytes);
	tz_free(&tz);
}
END_TEST

/* What people write may be long, or hold letters that no typeface has. */
START_TEST(words_of_people_never_stop_a_paper)
{
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	struct text bytes = { 0 }, longest = { 0 };
	for (int i = 0; i < 4000; i++)
		text_add(&longest, i % 7 ? "máy hỏng " : "\xF0\x9F\x98\x80\xE1\x9E\x80 ");
	mem_renew(&r->unaired.at[1].note, text_str(&longest));
	mem_renew(&r->logbook.at[0].title, text_str(&longest));
	mem_renew(&r->name, text_str(&longest));
	ck_assert(make(r, PDF_REPORT | PDF_LOGBOOK, &bytes) > 45);
	text_free(&bytes);
	text_free(&longest);
	report_free(&r);
	tz_free(&tz);
}
END_TEST

START_TEST(a_letter_that_the_face_lacks_is_an_error)
{
	struct canvas_style style = { .points = 12 };
	struct canvas *c = canvas_new("", (wall_us){ 0 });
	struct text bytes = { 0 }, fit = { 0 };
	struct err err = { 0 };
	canvas_page(c, 100, 100);
	struct canvas_text *t = canvas_lay(c, "Ế \xE1\x9E\x80", &style);
	canvas_put(c, t, 0, canvas_lines(t), 10, 10);
	canvas_text_free(&t);
	ck_assert(!canvas_pdf(c, &bytes, &err) && bytes.n == 0);
	ck_assert_msg(strstr(err.text, "U+1780") || strstr(err.text, "fonts-liberation2"), "%s", err.text);
	canvas_free(&c);
	ck_assert_ptr_null(c);
	c = canvas_new("", (wall_us){ 0 });
	canvas_fit(c, &fit, "Ữ đ \xE1\x9E\x80\xFF – “”≥");
	ck_assert_str_eq(text_str(&fit), "Ữ đ [U+1780] – “”≥");
	canvas_free(&c);
	text_free(&fit);
	text_free(&bytes);
}
END_TEST

/* A JPEG goes in as it is; what cannot be shown is named. */
START_TEST(pictures_are_attached)
{
	static const unsigned char png[] = { 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0x00, 0x00, 0x00, 0x0d, 0x49, 0x48, 0x44, 0x52, 0x00, 0x00, 0x00, 0x02, 0x00, 0x00, 0x00, 0x01, 0x08, 0x00, 0x00, 0x00, 0x00, 0xd1, 0x49, 0x20, 0x56, 0x00, 0x00, 0x00, 0x0b, 0x49, 0x44, 0x41, 0x54, 0x78, 0x9c, 0x63, 0x60, 0xf8, 0x0f, 0x00, 0x01, 0x02, 0x01, 0x00, 0x42, 0xbe, 0xbc, 0x68, 0x00, 0x00, 0x00, 0x00, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82 };
	static const unsigned char jpeg[] = { 0xff, 0xd8, 0xff, 0xc0, 0x00, 0x0b, 0x08, 0x00, 0x10, 0x00, 0x20, 0x01, 0x01, 0x11, 0x00, 0xff, 0xd9 };
	static const struct {
		int line;
		const char *type;
		const unsigned char *data;
		size_t bytes;
		int width, height;
		const char *want;
	} T[] = {
		{ __LINE__, "image/jpeg", jpeg, sizeof jpeg, 32, 16, "/DCTDecode" },
		{ __LINE__, "image/png", png, sizeof png, 2, 1, "/Subtype /Image" },
		{ __LINE__, "image/png", png, sizeof png - 20, 2, 1, NULL },
		{ __LINE__, "image/png", png, sizeof png, 200, 100, NULL },
		{ __LINE__, "image/jpeg", jpeg, sizeof jpeg, 100000, 100000, NULL },
		{ __LINE__, "image/jpeg", jpeg, 0, 0, 0, NULL },
	};
	struct tz *tz = tz_fixed(25200);
	struct report *r = hand_made(tz);
	struct text bytes = { 0 };
	size_t before = make(r, PDF_APPENDICES, &bytes);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct report_picture pic = { .name = "loa.jpg", .type = T[i].type, .width = T[i].width, .height = T[i].height,
			.data = (char *)T[i].data, .bytes = T[i].bytes };
		vec_push(&r->pictures, pic);
		text_clear(&bytes);
		ck_assert_uint_eq(make(r, PDF_APPENDICES, &bytes), before + 1);
		bool image = memmem(bytes.at, bytes.n, "/Subtype /Image", 15) != NULL;
		ck_assert_msg(T[i].want ? memmem(bytes.at, bytes.n, T[i].want, strlen(T[i].want)) != NULL : !image,
			"row of line %d", T[i].line);
		vec_free(&r->pictures);
	}
	text_free(&bytes);
	report_free(&r);
	tz_free(&tz);
}
END_TEST

/* Pages fill from the top: a row goes on to the next one whole, the last takes the one before along. */
START_TEST(tables_break_between_rows)
{
	static const struct {
		int line, rows;
		size_t pages;
	} T[] = { { __LINE__, 1, 1 }, { __LINE__, 20, 1 }, { __LINE__, 60, 2 }, { __LINE__, 150, 4 } };
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct page p = { .canvas = canvas_new("", (wall_us){ 0 }) };
		struct ruled *t = ruled_new(10);
		struct text bytes = { 0 };
		struct err err = { 0 };
		ruled_column(t, "STT", 10, CANVAS_CENTRE);
		ruled_column(t, "Bản tin", 50, CANVAS_LEFT);
		for (int k = 0; k < T[i].rows; k++) {
			ruled_number(t, (size_t)k);
			ruled_cell(t, "Hướng dẫn");
		}
		ck_assert_int_eq(ruled_rows(t), T[i].rows);
		page_part(&p, false);
		ruled_print(t, &p);
		ck_assert(canvas_pdf(p.canvas, &bytes, &err));
		ck_assert_msg(pages(&bytes) == T[i].pages, "row of line %d: %zu pages", T[i].line, pages(&bytes));
		ruled_free(&t);
		canvas_free(&p.canvas);
		text_free(&bytes);
	}
}
END_TEST

UNIT_MAIN("print/pdf", the_same_report_is_the_same_bytes, parts_have_pages_of_their_own, a_report_of_nothing_is_a_paper,
	words_of_people_never_stop_a_paper, a_letter_that_the_face_lacks_is_an_error, pictures_are_attached, tables_break_between_rows)
