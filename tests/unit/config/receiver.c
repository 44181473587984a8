/* A receiver's files: who belongs where and when, and what is wrong with them. */
#include "../unit.h"
#include "base/text.h"
#include "texts.h"

static struct receiver *build(const char *text, struct findings *fs)
{
	struct sources s = { 0 };
	source_add(&s, "receiver.conf", text, strlen(text));
	struct receiver *r = config_receiver_build("d", s.list.at, s.list.n, fs);
	source_free(&s);
	return r;
}

static day_num day(int y, int m, int d)
{
	return civil_to_day((struct civil){ y, m, d });
}

#define HEAD "receiver \"tinh\" { name = \"Sở\" }\n"
#define KEY "0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef"

static const char whole[] = HEAD
	/* in any order: the ward stands before the city it is part of */
	"body \"phia-dong\" { name = \"Cụm phía đông\" part-of = \"nha-trang\" }\n"
	"body \"nha-trang\" { name = \"UBND thành phố Nha Trang\" part-of = \"tinh\" }\n"
	"station \"22363\" { name = \"phường Nha Trang\" key = { \"" KEY "\" } former-codes = { \"22360\", \"22361\" } from = \"1/1/2021\"\n"
	"  earlier { until = \"31/12/2023\" name = \"phường Xương Huân\" part-of = \"phia-dong\" }\n"
	"  earlier { until = \"30/6/2025\" name = \"phường Lộc Thọ\" part-of = \"nha-trang\" } }\n"
	"station \"22366\" { name = \"phường khác\" part-of = \"nha-trang\" }\n"
	"directive \"a\" { number = \"1704/STTTT-TTBCXB\" issued = \"13/7/2021\" bodies = { \"nha-trang\" } }\n"
	"directive \"b\" { number = \"9\" stations = { \"22361\" } from = \"1/1/2026\" }\n";

START_TEST(renamed_and_moved)
{
	struct findings fs = { 0 };
	struct receiver *r = build(whole, &fs);
	ck_assert_ptr_nonnull(r);
	ck_assert_uint_eq(fs.list.n, 0);
	ck_assert_int_eq(receiver_station(r, "22361"), 0);
	ck_assert_int_eq(receiver_station(r, "1"), -1);
	const struct receiver_station *s = &r->stations.at[0];
	const struct {
		int line;
		day_num day;
		const char *title, *body;
	} T[] = {
		{ __LINE__, day(2020, 12, 31), NULL, NULL },
		{ __LINE__, day(2021, 1, 1), "phường Xương Huân", "phia-dong" },
		{ __LINE__, day(2023, 12, 31), "phường Xương Huân", "phia-dong" },
		{ __LINE__, day(2024, 1, 1), "phường Lộc Thọ", "nha-trang" },
		{ __LINE__, day(2025, 7, 1), "phường Nha Trang", NULL },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		const struct receiver_time *t = receiver_when(s, T[i].day);
		ck_assert_msg(!t == !T[i].title, "row of line %d", T[i].line);
		if (!t)
			continue;
		ck_assert_str_eq(t->title, T[i].title);
		ck_assert_msg(T[i].body ? t->body == receiver_body(r, T[i].body) : t->body == -1, "row of line %d", T[i].line);
	}
	ck_assert_str_eq(s->keys.at[0], "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	receiver_free(&r);
}
END_TEST

START_TEST(who_must_answer)
{
	struct findings fs = { 0 };
	struct receiver *r = build(whole, &fs);
	const struct receiver_directive *a = &r->directives.at[0], *b = &r->directives.at[1];
	ck_assert(!receiver_asks(r, a, 0, day(2021, 7, 12))); /* before it was issued */
	ck_assert(receiver_asks(r, a, 0, day(2021, 7, 13)));  /* as part of a part of the city */
	ck_assert(receiver_asks(r, a, 1, day(2021, 7, 13)));
	ck_assert(!receiver_asks(r, a, 0, day(2025, 7, 1))); /* it left the city */
	ck_assert(receiver_asks(r, b, 0, day(2026, 1, 1)));  /* named by a former code */
	ck_assert(!receiver_asks(r, b, 1, day(2026, 1, 1)));
	receiver_free(&r);
}
END_TEST

START_TEST(what_is_wrong)
{
	static const struct {
		int line;
		const char *text, *want;
	} T[] = {
		{ __LINE__, "", "0:missing-key" },
		{ __LINE__, HEAD "zone \"x\" { }", "2:unknown-section" },
		{ __LINE__, HEAD "receiver \"y\" { name = \"z\" }", "2:duplicate-name" },
		{ __LINE__, HEAD "body \"a\" { }", "2:missing-key" },
		{ __LINE__, HEAD "body \"a\" { name = \"A\" part-of = \"b\" }\nbody \"b\" { name = \"B\" part-of = \"a\" }", "2:unknown-name" },
		{ __LINE__, HEAD "station \"1\" { name = \"A\" part-of = \"nirgends\" }", "2:unknown-name" },
		{ __LINE__, HEAD "station \"1\" { name = \"A\" key = \"abc\" }", "2:bad-sha256" },
		{ __LINE__, HEAD "station \"1\" { name = \"A\" }\nstation \"2\" { name = \"B\" former-codes = \"1\" }", "3:duplicate-name" },
		{ __LINE__, HEAD "station \"1\" { name = \"A\"\nearlier { until = \"1/1/2022\" }\nearlier { until = \"1/1/2021\" } }", "4:bad-date" },
		{ __LINE__, HEAD "station \"1\" { name = \"A\"\nearlier { name = \"B\" } }", "3:missing-key" },
		{ __LINE__, HEAD "directive \"x\" { number = \"1\" stations = { \"7\" } }", "2:unknown-name" },
		{ __LINE__, HEAD "station \"1\" { name = \"A\" ", "2:not-closed" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct findings fs = { 0 };
		struct text got = { 0 };
		struct receiver *r = build(T[i].text, &fs);
		findings_sort(&fs);
		for (size_t f = 0; f < fs.list.n; f++)
			text_addf(&got, "%s%d:%s", f ? " " : "", fs.list.at[f].line, fs.list.at[f].code);
		ck_assert_msg(!strcmp(text_str(&got), T[i].want), "row of line %d: %s", T[i].line, text_str(&got));
		ck_assert_ptr_null(r);
		text_free(&got);
		findings_free(&fs);
	}
}
END_TEST

UNIT_MAIN("config/receiver", renamed_and_moved, who_must_answer, what_is_wrong)
