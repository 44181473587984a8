#include "base/mem.h"
#include "control/protocol.h"
#include "../unit.h"

#include <string.h>

#define LONG100                                                                                              \
	"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

/* what: a part of the refusal, NULL = accepted */
#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static const struct {
	int line;
	const char *in, *what;
} rows[] = {
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"by\":\"Nguyễn Văn A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"by\":\"A\"}\n", NULL },
	{ __LINE__, "{\"do\":\"status\",\"v\":1}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"ping\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"clock-confirm\",\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"zones\":\"cum-1,cum-2\",\"level\":\"priority\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"at\":\"16h45\",\"times\":3,\"every_ms\":1800000}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"for\":\"1/x/20210714T053000+0700/1.a/z\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"times\":0}", "from 1 on" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"times\":4294967297}", "from 1 on" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"every_ms\":-1}", "of milliseconds" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"at\":7}", "must be text" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\",\"at\":\"" LONG100 "\"}", "longer than 40" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"A\",\"at\":\"16h45\"}", "no field \"at\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"skip-session\",\"name\":\"chieu\",\"date\":\"14/8/2021\",\"undo\":true,\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"skip-session\",\"name\":\"chieu\",\"undo\":false,\"by\":\"A\"}", "true or absent" },
	{ __LINE__, "{\"v\":1,\"do\":\"skip-session\",\"zones\":\"a\",\"by\":\"A\"}", "no field \"zones\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"duty\",\"text\":\"Trần Thị B\",\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"duty\",\"text\":\"" LONG100 LONG100 "a\",\"by\":\"A\"}", "longer than 200" },
	{ __LINE__, "{\"v\":1,\"do\":\"note\",\"about\":\"14/7/2021\",\"text\":\"mất điện\",\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"note\",\"text\":\"x\",\"by\":\"A\"}", "needs \"about\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"note\",\"about\":\"1/1/2021\",\"text\":\"x\\u202ey\",\"by\":\"A\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"by\":\"A\",\"ordered_by\":\"Chủ tịch\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"extend\",\"name\":\"bao\",\"by\":\"A\",\"more_ms\":21600000}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"extend\",\"name\":\"bao\",\"by\":\"A\",\"more_ms\":0}", "of milliseconds" },
	{ __LINE__, "{\"v\":1,\"do\":\"extend\",\"name\":\"bao\",\"by\":\"A\",\"more_ms\":9999999999999}", "of milliseconds" },
	{ __LINE__, "{\"v\":1,\"do\":\"drill\",\"name\":\"bao\",\"zones\":\"a\",\"now\":true,\"ordered_by\":\"C\",\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"reload\",\"dir\":\"/etc/loaxa\",\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"off\",\"zones\":\"cum-1\",\"reason\":\"loa hỏng\",\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"all\",\"volume\":100,\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"file\":\"tin mới.wav\",\"sound\":\"" HASH "\",\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"file\":\"a\",\"sound\":\"" HASH "\",\"now\":true,\"by\":\"A\"}",
			NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"a\",\"limit_ms\":600000,\"rate\":48000,\"by\":\"A\"}", NULL },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"all\",\"level\":\"emergency\",\"limit_ms\":1,\"rate\":8000,\"by\":\"A\"}", NULL },

	{ __LINE__, "", "one JSON object" },
	{ __LINE__, "status", "one JSON object" },
	{ __LINE__, "[]", "one JSON object" },
	{ __LINE__, "{}", "one JSON object" },
	{ __LINE__, "null", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"ping\"} {}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"ping\",\"do\":\"ping\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"\xC0\x80\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u0000y\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1e999,\"do\":\"ping\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":-1e999,\"by\":\"A\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":99999999999999999999,\"by\":\"A\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":5e1,\"by\":\"A\"}", "1 to 100" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":NaN,\"by\":\"A\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"A\",\"by\":\"B\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"A\",\"b\\u0079\":\"B\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":{\"a\":{\"b\":[]}},\"by\":\"A\"}", "must be text" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"\xed\xa0\x80\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"\\ud800\"}", "one JSON object" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\xe2\x80\xaey\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u00ady\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u3164y\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\ufe0fy\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"\\udbff\\udfff\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"A\",\"\\u202e\":1}", "no field \"…\"" },
	{ __LINE__, "{\"v\":2,\"do\":\"ping\"}", "version 1" },
	{ __LINE__, "{\"v\":\"1\",\"do\":\"ping\"}", "version 1" },
	{ __LINE__, "{\"do\":\"ping\"}", "version 1" },
	{ __LINE__, "{\"v\":1}", "\"do\" is missing" },
	{ __LINE__, "{\"v\":1,\"do\":7}", "\"do\" is missing" },
	{ __LINE__, "{\"v\":1,\"do\":\"explode\"}", "no \"do\":\"explode\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"\\u001b[2J\"}", "no \"do\":\"…\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"status\",\"by\":\"A\"}", "no field \"by\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"A\",\"colour\":1}", "no field \"colour\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"silence\",\"zones\":\"a\",\"by\":\"A\"}", "no field \"zones\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\"}", "needs \"by\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"by\":\"A\"}", "needs \"name\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"by\":\"A\"}", "needs \"volume\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":0,\"by\":\"A\"}", "1 to 100" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":101,\"by\":\"A\"}", "1 to 100" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":50.0,\"by\":\"A\"}", "1 to 100" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":\"50\",\"by\":\"A\"}", "1 to 100" },
	{ __LINE__, "{\"v\":1,\"do\":\"volume\",\"zones\":\"a\",\"volume\":4294967346,\"by\":\"A\"}", "1 to 100" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"Bão\",\"by\":\"A\"}", "is no name" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"" LONG100 "\",\"by\":\"A\"}", "longer than 48" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":[\"a\"],\"by\":\"A\"}", "must be text" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":null,\"by\":\"A\"}", "must be text" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"level\":\"emergency\",\"by\":\"A\"}", "test, normal or priority" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a,,b\",\"by\":\"A\"}", "separated by" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a,\",\"by\":\"A\"}", "separated by" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a b\",\"by\":\"A\"}", "separated by" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"" LONG100 "\",\"by\":\"A\"}", "separated by" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"\",\"by\":\"A\"}", "is empty" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"\"}", "is empty" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"" LONG100 LONG100 "a\"}", "longer than 200" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u001b[31m\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u009b31m\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\n\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u202Ey\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u2066y\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"x\\u200By\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"\\uDB40\\uDC41\"}", "do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"reload\",\"dir\":\"etc\",\"by\":\"A\"}", "begin with /" },
	{ __LINE__, "{\"v\":1,\"do\":\"reload\",\"digest\":\"12\",\"by\":\"A\"}", "64 digits" },
	{ __LINE__, "{\"v\":1,\"do\":\"rollback\",\"copy\":0,\"by\":\"A\"}", "number of an accepted" },
	{ __LINE__, "{\"v\":1,\"do\":\"rollback\",\"copy\":1000000,\"by\":\"A\"}", "number of an accepted" },
	{ __LINE__, "{\"v\":1,\"do\":\"rollback\",\"dir\":\"/etc\",\"by\":\"A\"}", "no field" },
	{ __LINE__, "{\"v\":1,\"do\":\"test\",\"zones\":\"a\",\"volume\":20,\"frames\":9,\"by\":\"A\"}", "needs \"sound\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"test\",\"zones\":\"a\",\"volume\":20,\"sound\":\"" HASH "\",\"by\":\"A\"}", "needs \"frames\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"test\",\"zones\":\"a\",\"volume\":20,\"sound\":\"" HASH "\",\"frames\":0,\"by\":\"A\"}",
		"number of frames" },
	{ __LINE__, "{\"v\":1,\"do\":\"test\",\"zones\":\"a\",\"volume\":20,\"sound\":\"abc\",\"frames\":9,\"by\":\"A\"}", "SHA-256" },
	{ __LINE__, "{\"v\":1,\"do\":\"test\",\"zones\":\"a\",\"volume\":20,\"sound\":\"" HASH "\",\"frames\":9,\"now\":false,\"by\":\"A\"}",
		"true or absent" },
	{ __LINE__, "{\"v\":1,\"do\":\"heard\",\"zones\":\"a\",\"by\":\"A\"}", "needs \"name\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"file\":\"a\",\"by\":\"A\"}", "needs \"sound\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"sound\":\"" HASH "\",\"by\":\"A\"}", "needs \"file\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"file\":\"a\",\"sound\":\"" HASH "0\",\"by\":\"A\"}",
			"longer than 64" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"file\":\"a\",\"sound\":\"0A\",\"by\":\"A\"}", "SHA-256" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"file\":\"a\\u001b\",\"sound\":\"" HASH "\",\"by\":\"A\"}",
			"do not show" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"now\":1,\"by\":\"A\"}", "true or absent" },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"limit_ms\":1,\"rate\":8000,\"by\":\"A\"}", "needs \"zones\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"a\",\"rate\":8000,\"by\":\"A\"}", "needs \"limit_ms\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"a\",\"limit_ms\":1,\"by\":\"A\"}", "needs \"rate\"" },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"a\",\"limit_ms\":0,\"rate\":8000,\"by\":\"A\"}", "milliseconds" },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"a\",\"limit_ms\":4294967296,\"rate\":8000,\"by\":\"A\"}", "milliseconds" },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"a\",\"limit_ms\":1,\"rate\":4000,\"by\":\"A\"}", "8000 to 192000" },
	{ __LINE__, "{\"v\":1,\"do\":\"speak\",\"zones\":\"a\",\"level\":\"loud\",\"limit_ms\":1,\"rate\":8000,\"by\":\"A\"}",
			"priority or emergency" },
};

START_TEST(requests_are_taken_or_refused_in_words)
{
	struct request r;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct err why = { "" };
		bool ok = protocol_read_request(rows[i].in, strlen(rows[i].in), &r, &why);
		ck_assert_msg(ok == !rows[i].what, "row of line %d: %s", rows[i].line, why.text);
		ck_assert_msg(ok || strstr(why.text, rows[i].what), "row of line %d: %s", rows[i].line, why.text);
	}
	struct err why;
	ck_assert(!protocol_read_request("{\"v\":1,\"do\":\"ping\"}\0 ", 21, &r, &why));
}
END_TEST

/* A whole line of brackets, closed or not. */
START_TEST(deep_nesting_is_refused)
{
	static const char *const forms[] = { "[", "{\"a\":" };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		struct text line = { 0 };
		struct request r;
		struct err why = { "" };
		while (line.n + strlen(forms[i]) <= PROTOCOL_LINE)
			text_add(&line, forms[i]);
		ck_assert(!protocol_read_request(line.at, line.n, &r, &why));
		ck_assert_ptr_nonnull(strstr(why.text, "one JSON object"));
		text_free(&line);
		text_add(&line, "{\"v\":1,\"do\":\"stop\",\"by\":\"A\",\"zones\":");
		for (int n = 0; n < 1000; n++)
			text_add(&line, "[");
		for (int n = 0; n < 1000; n++)
			text_add(&line, "]");
		text_add(&line, "}");
		ck_assert(!protocol_read_request(line.at, line.n, &r, &why));
		text_free(&line);
	}
}
END_TEST

START_TEST(the_longest_line_is_read_and_one_byte_more_refused)
{
	char line[PROTOCOL_LINE + 2];
	struct request r;
	struct err why = { "" };
	memset(line, ' ', sizeof line);
	memcpy(line, "{\"v\":1,\"do\":\"ping\"}", 19);
	ck_assert_msg(protocol_read_request(line, PROTOCOL_LINE, &r, &why), "%s", why.text);
	ck_assert(!protocol_read_request(line, PROTOCOL_LINE + 1, &r, &why));
	ck_assert_ptr_nonnull(strstr(why.text, "at most 4096"));
}
END_TEST

/* What is written is read back as it was, for every verb with all its fields. */
START_TEST(commands_survive_the_wire)
{
	for (enum verb v = 0; v < VERB_COUNT; v++) {
		bool named = v == VERB_PLAY || v == VERB_EMERGENCY || v == VERB_CANCEL || v == VERB_HEARD ||
			     v == VERB_SKIP_SESSION || v == VERB_EXTEND || v == VERB_DRILL;
		bool bare = v == VERB_SILENCE || v == VERB_DUTY || v == VERB_NOTE || v == VERB_RELOAD || v == VERB_ROLLBACK || v == VERB_CLOCK_CONFIRM;
		struct command c = { .verb = v,
			.name = named ? "bz.cai_dat-1" : NULL,
			.zones = bare || (named && v != VERB_PLAY && v != VERB_HEARD) ? NULL : "cum-1,cum-2",
			.dir = v == VERB_RELOAD ? "/etc/lịch \"mới\"" : NULL,
			.copy = v == VERB_ROLLBACK ? 17 : 0,
			.digest = v == VERB_RELOAD || v == VERB_ROLLBACK ? HASH : NULL,
			.reason = v == VERB_OFF ? "loa hỏng, chờ thợ" : NULL,
			.by = "Nguyễn Thị \\ \"Bảy\"",
			.level = v == VERB_PLAY ? LEVEL_PRIORITY : v == VERB_SPEAK ? LEVEL_EMERGENCY : LEVEL_COUNT,
			.at = v == VERB_PLAY ? "14/7/2021 16h45" : NULL,
			.times = v == VERB_PLAY ? 3 : 0,
			.every_ms = v == VERB_PLAY ? 1800000 : 0,
			.makes_up = v == VERB_PLAY ? "22363/sang/20210714T053000+0700/3.bz/cum-1" : NULL,
			.date = v == VERB_SKIP_SESSION ? "14/8/2021" : NULL,
			.undo = v == VERB_SKIP_SESSION,
			.about = v == VERB_NOTE ? "14/8/2021" : NULL,
			.text = v == VERB_NOTE || v == VERB_DUTY ? "mất điện \"cả xã\"" : NULL,
			.ordered_by = v == VERB_EMERGENCY || v == VERB_DRILL ? "Chủ tịch UBND" : NULL,
			.more_ms = v == VERB_EXTEND ? INT64_C(30) * 86400 * 1000 : 0,
			.limit_ms = v == VERB_SPEAK ? 600000 : 0,
			.rate = v == VERB_SPEAK ? 44100 : 0,
			.volume = v == VERB_VOLUME || v == VERB_TEST ? 37 : 0,
			.now = v == VERB_TEST,
			.sound = v == VERB_TEST ? HASH : NULL,
			.frames = v == VERB_TEST ? 400000 : 0 };
		struct text wire = { 0 }, again = { 0 };
		struct request r;
		struct err why = { "" };
		protocol_write_command(&c, &wire);
		ck_assert_int_eq(wire.at[wire.n - 1], '\n');
		ck_assert_msg(protocol_read_request(wire.at, wire.n, &r, &why), "%s: %s", wire.at, why.text);
		ck_assert_int_eq(r.kind, REQUEST_COMMAND);
		ck_assert_int_eq(r.command.verb, v);
		ck_assert_int_eq(r.command.level, c.level);
		protocol_write_command(&r.command, &again);
		ck_assert_str_eq(again.at, wire.at);
		text_free(&wire);
		text_free(&again);
	}
}
END_TEST

START_TEST(names_are_composed)
{
	struct request r;
	struct err why = { "" };
	const char *in = "{\"v\":1,\"do\":\"silence\",\"by\":\"Bao\\u0309o\"}";
	ck_assert_msg(protocol_read_request(in, strlen(in), &r, &why), "%s", why.text);
	ck_assert_str_eq(r.command.by, "Baỏo");
}
END_TEST

START_TEST(replies_survive_the_wire)
{
	static const char status[] = "{\"zones\":[{\"title\":\"},\\\"status\\\":{\"}]}";
	struct text wire = { 0 };
	struct answer a;
	protocol_write_reply(true, "xong\n,\"status\":{", status, &wire);
	ck_assert(protocol_read_reply(wire.at, wire.n, &a));
	ck_assert(a.done);
	ck_assert_str_eq(a.text, "xong\n,\"status\":{");
	ck_assert_str_eq(a.status, status);
	protocol_free_answer(&a);
	text_clear(&wire);
	protocol_write_reply(false, "không có", NULL, &wire);
	ck_assert(protocol_read_reply(wire.at, wire.n, &a));
	ck_assert(!a.done);
	ck_assert_ptr_null(a.status);
	protocol_free_answer(&a);
	static const char *const bad[] = { "", "[]", "{\"v\":1,\"ok\":true}", "{\"v\":2,\"ok\":true,\"text\":\"\"}" };
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		ck_assert(!protocol_read_reply(bad[i], strlen(bad[i]), &a));
		protocol_free_answer(&a);
	}
	text_free(&wire);
}
END_TEST

UNIT_MAIN("control/protocol", deep_nesting_is_refused, requests_are_taken_or_refused_in_words,
		the_longest_line_is_read_and_one_byte_more_refused, commands_survive_the_wire, names_are_composed,
		replies_survive_the_wire)
