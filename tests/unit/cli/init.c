#include "base/mem.h"
#include "cli/init-card.h"
#include "cli/init-station.h"
#include "../unit.h"

#include <string.h>

/* Two cards: one of 2 channels at 44100 and 48000, one of exactly 8 at 44100; between them one that records. */
static void make_devices(struct devices *d, bool busy)
{
	static struct devices_port ports[3];
	memset(d, 0, sizeof *d);
	ports[0] = (struct devices_port){ .device = "hw:CARD=Device", .asked = !busy, .used = busy };
	ports[0].ability = (struct alsa_ability){ .channels_min = 1, .channels_max = 2, .rates = { 44100, 48000 } };
	ports[1] = (struct devices_port){ .device = "hw:CARD=Mic", .port = { .capture = true }, .asked = true };
	ports[2] = (struct devices_port){ .device = "hw:CARD=Big", .asked = true };
	ports[2].ability = (struct alsa_ability){ .channels_min = 8, .channels_max = 8, .rates = { 44100 } };
	for (int i = 0; i < 3; i++) {
		struct devices_card c = { .card = { .number = i, .id = "x", .name = "USB Audio" } };
		vec_push(&c.ports, ports[i]);
		vec_push(&d->cards, c);
	}
}

static void drop_devices(struct devices *d)
{
	for (size_t i = 0; i < d->cards.n; i++)
		vec_free(&d->cards.at[i].ports);
	vec_free(&d->cards);
}

/* outputs: "sink rate channels;…" after fitting; what: a part of the refusal */
static const struct {
	int line;
	const char *answer, *zones, *outputs, *what;
} rows[] = {
	{ __LINE__, "1", "A", "alsa:hw:CARD=Device 48000 1;", NULL },
	{ __LINE__, "1", "A,B", "alsa:hw:CARD=Device 48000 2;", NULL },
	{ __LINE__, "2", "A", "alsa:hw:CARD=Big 44100 8;", NULL },
	{ __LINE__, "1 2", "A,B,C", "alsa:hw:CARD=Device 48000 2;alsa:hw:CARD=Big 44100 8;", NULL },
	{ __LINE__, "1,2", "A", "alsa:hw:CARD=Device 48000 1;", NULL }, /* nobody hears the second one */
	{ __LINE__, "0", "A,B,C", "dry-run 48000 4;", NULL },
	{ __LINE__, "dry-run", "A", "dry-run 48000 2;", NULL },
	{ __LINE__, "ao:pulse", "A", "ao:pulse 48000 2;", NULL },
	{ __LINE__, "3", "A", NULL, "none of the cards" },
	{ __LINE__, "hw:0", "A", NULL, "none of the cards" },
	{ __LINE__, "9999999999", "A", NULL, "none of the cards" },
	{ __LINE__, "1 1", "A", NULL, "named twice" },
	{ __LINE__, " , ", "A", NULL, "no card is named" },
};

START_TEST(cards_are_chosen_by_number)
{
	struct devices d;
	make_devices(&d, false);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct init_station st = { 0 };
		struct err why = { "" };
		struct text got = { 0 };
		bool ok = init_card_choose(&d, rows[i].answer, &st, &why);
		ck_assert_msg(ok == !rows[i].what, "row of line %d: %s", rows[i].line, why.text);
		ck_assert_msg(ok || strstr(why.text, rows[i].what), "row of line %d: %s", rows[i].line, why.text);
		init_split_zones(&st, rows[i].zones);
		init_card_fit(&st);
		for (size_t k = 0; ok && k < st.outputs.n; k++)
			text_addf(&got, "%s %d %d;", st.outputs.at[k].sink, st.outputs.at[k].rate, st.outputs.at[k].channels);
		ck_assert_msg(!ok || !strcmp(text_str(&got), rows[i].outputs), "row of line %d: %s", rows[i].line, text_str(&got));
		text_free(&got);
		init_free(&st);
	}
	ck_assert_str_eq(init_card_proposal(&d), "1");
	drop_devices(&d);
	make_devices(&d, true);
	ck_assert_str_eq(init_card_proposal(&d), "0");
	drop_devices(&d);
	memset(&d, 0, sizeof d);
	ck_assert_str_eq(init_card_proposal(&d), "0");
}
END_TEST

START_TEST(names_are_taken_apart_and_guessed)
{
	struct init_station st = { 0 };
	init_split_zones(&st, " Cụm loa chợ ,, Cụm loa đình,");
	ck_assert_uint_eq(st.zones.n, 2);
	ck_assert_str_eq(st.zones.at[0], "Cụm loa chợ");
	ck_assert_str_eq(st.zones.at[1], "Cụm loa đình");
	init_free(&st);
	char *unit = init_unit_of("Đài truyền thanh xã An Bình"), *none = init_unit_of("Loa xã");
	ck_assert_str_eq(unit, "UBND xã An Bình");
	ck_assert_str_eq(none, "");
	mem_free(unit);
	mem_free(none);
}
END_TEST

/* Zones go on to the next card where one is full; what is quoted stays quoted. */
START_TEST(the_file_is_as_it_was_answered)
{
	struct init_station st = { .code = mem_dup("1"),
		.name = mem_dup("Đài \"Bình\" \\ 1"),
		.unit = mem_dup(""),
		.reports_to = mem_dup("UBND huyện"),
		.language = mem_dup("vi"),
		.timezone = mem_dup("UTC") };
	struct text t = { 0 };
	vec_push(&st.outputs, (struct init_output){ "alsa:a", 48000, 2, 2 });
	vec_push(&st.outputs, (struct init_output){ "alsa:b", 44100, 8, 8 });
	init_split_zones(&st, "A,B,C");
	ck_assert_uint_eq(init_room(&st), 10);
	init_write(&st, &t);
	static const char *const parts[] = { "name = \"Đài \\\"Bình\\\" \\\\ 1\"\n", "reports-to = \"UBND huyện\"\n",
		"approval = no\n", "zone \"cum-2\" { name = \"B\"   output = \"ampli-1\"   channel = 2 ",
		"zone \"cum-3\" { name = \"C\"   output = \"ampli-2\"   channel = 1 ", "rate = 44100\n\tchannels = 8\n" };
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		ck_assert_msg(strstr(text_str(&t), parts[i]) != NULL, "%s lacks %s", text_str(&t), parts[i]);
	ck_assert_ptr_null(strstr(text_str(&t), "unit ="));
	ck_assert_ptr_null(strstr(text_str(&t), "paper"));
	mem_renew(&st.unit, "UBND xã A");
	text_clear(&t);
	init_write(&st, &t);
	ck_assert_ptr_nonnull(strstr(text_str(&t), "\t\tissuer = \"Ủy ban nhân dân xã A\"\n\t\tplace = \"A\"\n\t\tsymbol = \"BC-UBND\"\n"));
	text_free(&t);
	init_free(&st);
}
END_TEST

UNIT_MAIN("cli/init", cards_are_chosen_by_number, names_are_taken_apart_and_guessed, the_file_is_as_it_was_answered)
