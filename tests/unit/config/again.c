/* A station out of the row that keeps its schedule. */
#include "../unit.h"
#include "base/json.h"
#include "texts.h"

static char *row(const char *file, const char *text)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_open(&t, "files", '[');
	json_open(&t, NULL, '{');
	json_str(&t, "name", file);
	json_str(&t, "text", text);
	json_close(&t, '}');
	json_close(&t, ']');
	text_add(&t, ",\"recordings\":[{\"file\":\"tin.opus\",\"sha256\":\""
		     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
		     "\",\"state\":\"ready\",\"ms\":1500,\"frames\":[72000]},{\"file\":\"other.opus\"}],"
		     "\"texts\":[{\"file\":\"tin.txt\",\"sha256\":\""
		     "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb\"}]}");
	return text_take(&t);
}

START_TEST(facts_are_as_they_were)
{
	struct findings fs = { 0 };
	char *body = row("00.conf", TEXTS_STATION "bulletin \"loi\" { audio = \"la.opus\" text = \"tin.txt\" }");
	struct station *st = config_again(body, strlen(body), &texts_env, &fs);
	ck_assert_ptr_nonnull(st);
	const struct recording *known = &st->bulletins.at[0].audio.at[0], *unknown = &st->bulletins.at[1].audio.at[0];
	ck_assert_int_eq(known->state, RECORDING_READY);
	ck_assert_int_eq(known->ms, 1500);
	ck_assert_int_eq(known->frames[0], 72000);
	ck_assert_int_eq(strlen(known->sha256), 64);
	ck_assert_int_eq(unknown->state, RECORDING_UNKNOWN);
	ck_assert_str_eq(unknown->sha256, "");
	ck_assert_int_eq(st->bulletins.at[1].text_sha256[0], 'b');
	ck_assert_str_eq(st->sources.at[0].name, "00.conf");
	ck_assert_int_eq(strlen(st->digest), 64);
	station_free(&st);
	mem_free(body);
	findings_free(&fs);
}
END_TEST

START_TEST(what_is_no_schedule)
{
	static const struct {
		int line;
		const char *body; /* NULL: made of the next two */
		const char *file, *text;
	} T[] = {
		{ __LINE__, "", NULL, NULL },
		{ __LINE__, "[]", NULL, NULL },
		{ __LINE__, "{}", NULL, NULL },
		{ __LINE__, "{\"files\":[]}", NULL, NULL },
		{ __LINE__, "{\"files\":[{\"name\":\"x.conf\"}]}", NULL, NULL },
		{ __LINE__, "{\"files\":[1,null]}", NULL, NULL },
		{ __LINE__, NULL, "../x.conf", TEXTS_STATION },
		{ __LINE__, NULL, "x.conf", "station {" },
		{ __LINE__, NULL, "x.conf", "" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct findings fs = { 0 };
		char *body = T[i].body ? mem_dup(T[i].body) : row(T[i].file, T[i].text);
		struct station *st = config_again(body, strlen(body), &texts_env, &fs);
		ck_assert_msg(st == NULL, "row of line %d", T[i].line);
		mem_free(body);
		findings_free(&fs);
	}
}
END_TEST

UNIT_MAIN("config/again", facts_are_as_they_were, what_is_no_schedule)
