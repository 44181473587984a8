#include "cli/watch-view.h"
#include "cli/glance.h"
#include "../unit.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

/* A station of n zones, each in a state of its own at second s: what is on air moves. */
static char *station(int n, int s, bool alike)
{
	struct text t = { 0 };
	text_addf(&t, "{\"station_name\":\"Đài truyền thanh phường Lộc Thọ\",\"now\":\"2021-07-14T05:40:%02d.000+07:00\","
		      "\"clock\":\"free\",\"schedule\":true,\"faults\":[],\"emergencies\":[],\"relays\":[],\"zones\":[", s % 60);
	for (int z = 0; z < n; z++)
		text_addf(&t, "%s{\"zone\":\"cum-%d\",\"off\":null,\"held\":false,\"on_air\":{\"title\":\"Hướng dẫn cài đặt Bluezone %d\","
			      "\"priority\":\"normal\",\"started\":\"2021-07-14T05:39:00.000+07:00\",\"position_ms\":%d,"
			      "\"duration_ms\":%d},\"waiting\":[{\"title\":\"Tin chờ %d\",\"priority\":\"normal\",\"planned\":"
			      "\"2021-07-14T05:40:00.000+07:00\",\"why\":\"busy\"}],\"next\":[{\"planned\":"
			      "\"2021-07-14T05:4%d:00.000+07:00\",\"title\":\"Tin kế %d\",\"from\":\"session:sang\"}]}",
			z ? "," : "", z + 1, alike ? 0 : z, alike ? s * 1000 : s * 1000 + z * 137, alike ? 120000 : 120000 + z * 1000,
			alike ? 0 : z, alike ? 5 : z % 10, alike ? 0 : z);
	text_add(&t, "]}");
	return text_take(&t);
}

static void look(const char *object, int columns, int rows, struct page *p)
{
	struct json *j = json_parse(object, strlen(object));
	ck_assert_ptr_nonnull(j);
	watch_view(j, columns, rows, p);
	json_free(&j);
}

static size_t rows_with(const struct page *p, const char *part)
{
	size_t n = 0;
	for (size_t i = 0; i < p->rows.n; i++)
		n += strstr(p->rows.at[i].text, part) != NULL;
	return n;
}

static void fits(const struct page *p, int columns, int rows)
{
	ck_assert_int_eq((int)p->rows.n, rows);
	for (size_t i = 0; i < p->rows.n; i++)
		ck_assert_msg(text_width(p->rows.at[i].text) <= columns, "%s", p->rows.at[i].text);
	ck_assert_ptr_nonnull(strstr(p->rows.at[rows - 1].text, "q: leave"));
}

START_TEST(twelve_zones_fit)
{
	for (int alike = 0; alike < 2; alike++) {
		struct page p = { 0 };
		char *object = station(12, 7, alike);
		look(object, 80, 24, &p);
		fits(&p, 80, 24);
		ck_assert_uint_eq(rows_with(&p, "▶ "), 12);
		ck_assert_ptr_nonnull(strstr(p.rows.at[0].text, "05:40:07"));
		ck_assert_uint_ge(rows_with(&p, "the zone is busy"), alike ? 1 : 2);
		ck_assert_uint_eq(rows_with(&p, "(session sang)"), alike ? 1 : 3);
		ck_assert_uint_eq(rows_with(&p, "more — all:"), alike ? 0 : 1);
		mem_free(object);
		page_free(&p);
	}
}
END_TEST

START_TEST(any_screen_is_filled_and_no_more)
{
	static const int zones[] = { 0, 1, 2, 12, 40, 64 };
	for (size_t z = 0; z < sizeof zones / sizeof *zones; z++)
		for (int alike = 0; alike < 2; alike++)
			for (int rows = 5; rows < 60; rows += 9)
				for (int columns = 20; columns < 140; columns += 30) {
					struct page p = { 0 };
					char *object = station(zones[z], 3, alike);
					look(object, columns, rows, &p);
					ck_assert_int_eq((int)p.rows.n, rows);
					for (size_t i = 1; i < p.rows.n; i++)
						ck_assert_int_le(text_width(p.rows.at[i].text), columns);
					mem_free(object);
					page_free(&p);
				}
}
END_TEST

START_TEST(zones_that_fare_alike_share_a_row_when_there_is_no_room)
{
	struct page p = { 0 };
	char *object = station(40, 7, true);
	look(object, 80, 24, &p);
	fits(&p, 80, 24);
	ck_assert_uint_eq(rows_with(&p, "▶ "), 1);
	ck_assert_uint_eq(rows_with(&p, "all 40 zones"), 1);
	mem_free(object);
	page_free(&p);
}
END_TEST

START_TEST(runs_of_zones_are_said_by_their_ends)
{
	static const struct {
		int line;
		unsigned zones;
		const char *want;
	} T[] = {
		{ __LINE__, 0x3F, "all 6 zones" },
		{ __LINE__, 0x37, "cum-1…cum-3, cum-5, cum-6" },
		{ __LINE__, 0x1E, "cum-2…cum-5" },
		{ __LINE__, 0x15, "cum-1, cum-3, cum-5" },
		{ __LINE__, 0x20, "cum-6" },
		{ __LINE__, 0, "" },
	};
	char *object = station(6, 7, true);
	struct json *j = json_parse(object, strlen(object));
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct text t = { 0 };
		glance_names(j, T[i].zones, &t);
		ck_assert_msg(!strcmp(text_str(&t), T[i].want), "line %d: %s", T[i].line, text_str(&t));
		text_free(&t);
	}
	json_free(&j);
	mem_free(object);
}
END_TEST

/* What waits says why, in two rows where there is room. */
START_TEST(reasons_are_not_cut_while_there_is_room)
{
	struct page p = { 0 };
	char *object = station(2, 7, true);
	look(object, 30, 24, &p);
	ck_assert_uint_eq(rows_with(&p, "busy"), 1);
	page_free(&p);
	look(object, 30, 9, &p);
	ck_assert_uint_eq(rows_with(&p, "busy"), 0);
	page_free(&p);
	mem_free(object);
}
END_TEST

/* A second over a line of 9,600 baud is 960 bytes. */
START_TEST(a_second_costs_little)
{
	for (int alike = 0; alike < 2; alike++) {
		size_t most = 0, sum = 0;
		struct page before = { 0 };
		for (int s = 0; s < 110; s++) {
			struct page p = { 0 };
			struct text sent = { 0 };
			char *object = station(12, s, alike);
			look(object, 80, 24, &p);
			page_repaint(s ? &before : NULL, &p, 24, true, &sent);
			if (s) {
				most = sent.n > most ? sent.n : most;
				sum += sent.n;
			}
			text_free(&sent);
			page_free(&before);
			before = p;
			mem_free(object);
		}
		ck_assert_msg(most < 960 && sum / 109 < 240, "%zu at most, %zu on the average", most, sum / 109);
		page_free(&before);
	}
}
END_TEST

START_TEST(what_is_wrong_comes_first_and_is_never_cut)
{
	struct page p = { 0 };
	look("{\"station_name\":\"Đài\",\"now\":\"2021-07-14T05:40:00.000+07:00\",\"clock\":\"distrusted\",\"schedule\":true,"
	     "\"faults\":[{\"code\":\"output\",\"since\":\"2021-07-14T05:01:00.000+07:00\",\"text\":\"NO SOUND in two zones, "
	     "device gone, plug it in again and wait\"}],\"emergencies\":[{\"rule\":\"bao\",\"since\":"
	     "\"2021-07-14T02:10:00.000+07:00\",\"by\":\"Lan\",\"next\":\"2021-07-14T06:00:00.000+07:00\"}],\"zones\":["
	     "{\"zone\":\"a\",\"off\":\"hú\",\"off_since\":\"2021-07-13T18:02:05.000+07:00\",\"off_by\":\"Lan\",\"next\":[]},"
	     "{\"zone\":\"b\",\"off\":null,\"held\":true,\"next\":[]},{\"zone\":\"c\",\"off\":null,\"held\":true,\"on_air\":"
	     "{\"title\":\"Bão\",\"priority\":\"emergency\",\"position_ms\":1,\"duration_ms\":9}}]}", 50, 20, &p);
	fits(&p, 50, 20);
	ck_assert_str_eq(p.rows.at[1].text, "✗ THE CLOCK IS NOT TRUSTED: the schedule is held");
	ck_assert_uint_eq(rows_with(&p, "EMERGENCY \"bao\" since 02:10"), 1);
	ck_assert_uint_eq(rows_with(&p, "wait (since 05:01)"), 1);
	ck_assert_uint_eq(rows_with(&p, "a         ✗ OFF since 18:02 13/07: hú (Lan)"), 1);
	ck_assert_uint_eq(rows_with(&p, "b         ✗ HELD: only emergencies are aired"), 1);
	ck_assert_uint_eq(rows_with(&p, "c         ▶ "), 1);
	page_free(&p);
}
END_TEST

START_TEST(blocks_have_nothing_that_moves)
{
	struct page early = { 0 }, late = { 0 };
	char *a = station(3, 7, true), *b = station(3, 9, true);
	struct json *ja = json_parse(a, strlen(a)), *jb = json_parse(b, strlen(b));
	watch_view_plain(ja, &early);
	watch_view_plain(jb, &late);
	ck_assert(page_equal(&early, &late));
	ck_assert_uint_eq(rows_with(&early, "all 3 zones  ▶ Hướng dẫn cài đặt Bluezone 0, since 05:39, 02:00 long"), 1);
	json_free(&ja);
	json_free(&jb);
	mem_free(a);
	mem_free(b);
	page_free(&early);
	page_free(&late);
}
END_TEST

START_TEST(nobody_answers)
{
	struct page p = { 0 };
	watch_view_lost("05:41:07", "loaxa run is not running", 40, &p);
	ck_assert_uint_eq(rows_with(&p, "NO ANSWER since 05:41:07"), 1);
	ck_assert_uint_eq(rows_with(&p, "loaxa run is not running"), 1);
	ck_assert_uint_eq(rows_with(&p, "▶"), 0);
	page_free(&p);
}
END_TEST

START_TEST(anything_that_parses_can_be_drawn)
{
	static const char *const odd[] = { "{}", "[]", "1", "{\"zones\":[1,{},null]}", "{\"zones\":{},\"now\":1}",
		"{\"zones\":[{\"on_air\":{\"position_ms\":-5,\"duration_ms\":0},\"waiting\":[1],\"next\":[\"\"]}]}",
		"{\"now\":\"x\",\"emergencies\":[{}],\"faults\":[1,{},{\"text\":2}],\"orders\":[{}],\"relays\":[1]}",
		"{\"zones\":[{\"zone\":\"a\",\"on_air\":{\"position_ms\":99999,\"duration_ms\":5}}]}" };
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		struct page p = { 0 };
		look(odd[i], 30, 10, &p);
		page_free(&p);
	}
}
END_TEST

UNIT_MAIN("cli/watch-view", twelve_zones_fit, any_screen_is_filled_and_no_more, a_second_costs_little,
		zones_that_fare_alike_share_a_row_when_there_is_no_room, what_is_wrong_comes_first_and_is_never_cut,
		blocks_have_nothing_that_moves, nobody_answers, runs_of_zones_are_said_by_their_ends,
		reasons_are_not_cut_while_there_is_room, anything_that_parses_can_be_drawn)
