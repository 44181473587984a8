#include "schedule/station.h"
#include "../unit.h"

static struct station *sample(void)
{
	struct station *s = station_new();
	s->name = mem_dup("Đài truyền thanh phường Lộc Thọ");
	vec_push(&s->outputs, (struct output){ .name = mem_dup("a"), .rate = 48000, .channels = 2 });
	vec_push(&s->outputs, (struct output){ .name = mem_dup("b"), .rate = 44100, .channels = 2 });
	vec_push(&s->zones, (struct zone){ .name = mem_dup("cum-1"), .output = 0 });
	vec_push(&s->zones, (struct zone){ .name = mem_dup("cum-2"), .output = 1 });
	struct bulletin b = { .name = mem_dup("two-files") };
	vec_push(&b.audio,
	        (struct recording){ .state = RECORDING_READY, .ms = 1001, .frames = { 48001, 44101 } });
	vec_push(&b.audio,
	        (struct recording){ .state = RECORDING_READY, .ms = 2000, .frames = { 96000, 88200 } });
	vec_push(&s->bulletins, b);
	vec_push(&s->bulletins,
	        (struct bulletin){ .name = mem_dup("relay"), .relay = { .source = mem_dup("alsa:hw:1"), .ms = 1500000 } });
	vec_push(&s->rules, (struct rule){ .name = mem_dup("sang") });
	return s;
}

START_TEST(names_are_found)
{
	struct station *s = sample();
	ck_assert_int_eq(station_zone(s, "cum-2"), 1);
	ck_assert_int_eq(station_zone(s, "cum-3"), -1);
	ck_assert_int_eq(station_bulletin(s, "relay"), 1);
	ck_assert_int_eq(station_rule(s, "sang"), 0);
	ck_assert_int_eq(station_rule(s, "relay"), -1);
	station_free(&s);
	ck_assert_ptr_null(s);
	station_free(&s);
}
END_TEST

START_TEST(a_bulletin_is_the_sum_of_its_recordings)
{
	struct station *s = sample();
	ck_assert_int_eq(bulletin_ms(&s->bulletins.at[0]), 3001);
	ck_assert_int_eq(bulletin_frames(&s->bulletins.at[0], s, 0), 144001);
	ck_assert_int_eq(bulletin_frames(&s->bulletins.at[0], s, 1), 132301);
	ck_assert_int_eq(bulletin_ms(&s->bulletins.at[1]), 1500000);
	ck_assert_int_eq(bulletin_frames(&s->bulletins.at[1], s, 1), 66150000);
	s->bulletins.at[0].audio.at[1].state = RECORDING_CORRUPT;
	ck_assert_int_eq(bulletin_ms(&s->bulletins.at[0]), 0);
	ck_assert_int_eq(bulletin_frames(&s->bulletins.at[0], s, 0), 0);
	station_free(&s);
}
END_TEST

START_TEST(all_zones_are_as_many_bits)
{
	struct station *s = sample();
	ck_assert_uint_eq(station_all_zones(s), 3);
	while (s->zones.n < ZONES_MAX)
		vec_push(&s->zones, (struct zone){ .name = NULL });
	ck_assert_uint_eq(station_all_zones(s), UINT64_MAX);
	station_free(&s);
}
END_TEST

START_TEST(test_same_device)
{
	static const struct {
		int line;
		const char *a, *b;
		bool same;
	} T[] = {
		{ __LINE__, "ao:pulse", "ao:pulse", true },
		{ __LINE__, "ao:pulse", "ao:alsa:hw:0", false },
		{ __LINE__, "dry-run", "dry-run", false }, /* nobody hears either */
		{ __LINE__, "file:a", "file:a", true },
		{ __LINE__, "alsa:hw:CARD=A", "alsa:plughw:CARD=A", true },
		{ __LINE__, "alsa:hw:CARD=A,DEV=0", "alsa:hw:A", true },
		{ __LINE__, "alsa:hw:A,1", "alsa:hw:CARD=A,DEV=1", true },
		{ __LINE__, "alsa:hw:A,1", "alsa:hw:A", false },
		{ __LINE__, "alsa:hw:CARD=A", "alsa:hw:CARD=AB", false },
		{ __LINE__, "alsa:default", "alsa:default", true },
		{ __LINE__, "alsa:default", "alsa:hw:0", false }, /* may be, but no name tells */
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		ck_assert_msg(station_same_device(T[i].a, T[i].b) == T[i].same, "line %d", T[i].line);
		ck_assert_msg(station_same_device(T[i].b, T[i].a) == T[i].same, "line %d, turned round", T[i].line);
	}
}
END_TEST

UNIT_MAIN("schedule/station", test_same_device, names_are_found, a_bulletin_is_the_sum_of_its_recordings,
        all_zones_are_as_many_bits)
