#include "cli/desk.h"
#include "../schedule/build.h"

/* A desk at 05:20 on 14/7/2021, with so much to do. */
static struct desk_look desk(int urgent, int later)
{
	struct desk_look d = { .running = true, .next_session = { US_NEVER } };
	text_add(&d.status, "{\"station_name\":\"Đài thử\",\"now\":\"2021-07-14T05:20:00.000+07:00\",\"clock\":\"synced\","
			    "\"schedule\":true,\"faults\":[],\"emergencies\":[],\"zones\":[{\"zone\":\"a\",\"off\":null,\"held\":false,"
			    "\"on_air\":null,\"waiting\":[],\"next\":[{\"planned\":\"2021-07-14T05:30:00.000+07:00\",\"title\":\"Tin\","
			    "\"from\":\"session:sang\"}]}]}");
	d.parsed = json_parse(d.status.at, d.status.n);
	ck_assert_ptr_nonnull(d.parsed);
	d.station = build_station("Asia/Ho_Chi_Minh", 1);
	build_bulletin(d.station, "tin", 1000, CLASS_ANNOUNCEMENT);
	build_session(d.station, "sang", "5h30", "6h30", "tin");
	d.now = build_instant(d.station, "2021-07-14T05:20");
	d.next_session = build_instant(d.station, "2021-07-14T05:30");
	for (int i = 0; i < urgent + later; i++)
		todo_add(&d.todos, (struct todo){ .code = "x", .urgent = i >= later, .at = d.now, .text = mem_printf("việc %d", i),
				.act = mem_dup("loaxa lam\nloaxa xong") });
	return d;
}

static char *view(struct desk_look *d, int rows)
{
	struct text t = { 0 };
	desk_view(d, 80, rows, false, &t);
	desk_look_free(d);
	return text_take(&t);
}

START_TEST(nothing_to_do)
{
	struct desk_look d = desk(0, 0);
	char *s = view(&d, 24);
	ck_assert_str_eq(s, "Đài thử — 05:20:00 14/07/2021\n\nON AIR\n  a               – nothing on air\n\nNEXT\n"
			    "  05:30 Tin (session sang)\n\nNOTHING TO DO before session sang at 05:30 (in 10 min)\n");
	mem_free(s);
}
END_TEST

START_TEST(what_is_urgent_stands_apart)
{
	struct desk_look d = desk(1, 1);
	char *s = view(&d, 24), *todo = strstr(s, "TO DO");
	ck_assert_ptr_nonnull(todo);
	ck_assert_str_eq(todo, "TO DO before session sang at 05:30 (in 10 min): 1\n  1 ✗ việc 1\n      → loaxa lam\n"
			       "      → loaxa xong\n\nCAN BE DONE LATER: 1\n  2 ! việc 0\n      → loaxa lam\n      → loaxa xong\n");
	mem_free(s);
}
END_TEST

START_TEST(what_can_wait_is_short_on_a_small_screen)
{
	struct desk_look d = desk(1, 6);
	char *s = view(&d, 24);
	ck_assert_ptr_nonnull(strstr(s, "  1 ✗ việc 6\n      → loaxa lam\n"));
	ck_assert_ptr_nonnull(strstr(s, "CAN BE DONE LATER: 6 (how: loaxa | less)\n  2 ! việc 0\n  3 ! việc 1\n"));
	mem_free(s);
	d = desk(1, 6);
	s = view(&d, 0); /* no screen: everything */
	ck_assert_ptr_nonnull(strstr(s, "CAN BE DONE LATER: 6\n  2 ! việc 0\n      → loaxa lam\n"));
	mem_free(s);
}
END_TEST

START_TEST(programs_get_the_same)
{
	struct desk_look d = desk(1, 1);
	struct text t = { 0 };
	desk_json(&d, &t);
	struct json *j = json_parse(t.at, t.n);
	ck_assert_ptr_nonnull(j);
	ck_assert(json_get_bool(j, "controller"));
	ck_assert_str_eq(json_get_str(json_get(j, "next_session"), "session"), "sang");
	ck_assert_str_eq(json_get_str(json_get(j, "next_session"), "at"), "2021-07-14T05:30:00.000+07:00");
	const struct json *one = json_at(json_get(j, "todo"), 0);
	ck_assert_uint_eq(json_count(json_get(j, "todo")), 2);
	ck_assert(json_get_bool(one, "urgent"));
	ck_assert_str_eq(json_get_str(one, "to_do"), "loaxa lam\nloaxa xong");
	ck_assert_str_eq(json_get_str(one, "at"), "2021-07-14T05:20:00.000+07:00");
	json_free(&j);
	text_free(&t);
	desk_look_free(&d);
}
END_TEST

UNIT_MAIN("cli/desk-view", nothing_to_do, what_is_urgent_stands_apart, what_can_wait_is_short_on_a_small_screen,
		programs_get_the_same)
