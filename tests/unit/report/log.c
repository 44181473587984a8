#include "report/log.h"
#include "../unit.h"

#include "base/mem.h"
#include "base/text.h"
#include "report/row.h"

#include <string.h>

/* A journal of rows in memory. */
struct rows {
	struct journal_row at[16];
	char *bodies[16];
	int n, next;
};

static bool next(void *self, struct journal_row *out)
{
	struct rows *r = self;
	if (r->next == r->n)
		return false;
	*out = r->at[r->next++];
	return true;
}

#define STAMP "2021-07-14T05:%02d:00.000+07:00"
#define BODY                                                                                                 \
	"{\"id\":\"%s\",\"kind\":\"planned\",\"from\":\"session:sang\",\"planned\":\"" STAMP                 \
	"\",\"started\":null,\"ended\":null,\"station\":\"22363\",\"station_name\":\"Đài\",\"zone\":\"%s\"," \
	"\"zone_name\":\"Cụm\",\"bulletin\":\"tin\",\"title\":\"Tin\",\"campaign\":\"bluezone\","            \
	"\"directives\":[\"1704/STTTT-TTBCXB\",\"\"],\"class\":\"announcement\",\"priority\":\"normal\","    \
	"\"state\":%s,\"reason\":null,\"frames_total\":9,\"frames_played\":0,\"segments\":[],"               \
	"\"lateness_ms\":null,\"operator\":null,\"uid\":null,\"approved_by\":null,\"audio_sha256\":null,"    \
	"\"made_up\":false,\"rehearsal\":true,\"test\":false}"

/* "intent a cum-1 30": kind, airing, zone, minute of the plan after 05:00 */
static void add(struct rows *r, const char *kind, const char *airing, const char *zone, int minute)
{
	bool whole = !strcmp(kind, "intent") || !strcmp(kind, "entered") || !strcmp(kind, "verdict");
	char *body = whole ? mem_printf(BODY, airing, minute, zone, strcmp(kind, "verdict") ? "null" : "\"aired\"") : NULL;
	r->bodies[r->n] = body;
	r->at[r->n++] = (struct journal_row){ .wall = { 1626213600 * US_PER_S + minute * 60 * US_PER_S }, .kind = kind,
		.airing = airing, .body = body ? body : "{}" };
}

static char *ids(const struct report_log *log)
{
	struct text t = { 0 };
	for (size_t i = 0; i < log->rows.n; i++)
		text_addf(&t, "%s%s ", log->rows.at[i].id, log->rows.at[i].state == STATE_OPEN ? "?" : "");
	return text_take(&t);
}

static void expect(struct rows *r, const struct report_filter *f, const char *checkpoint, const char *want)
{
	struct journal_reader reader = { .self = r, .next = next };
	r->next = 0;
	struct report_log *log = report_log_read(&reader, f, checkpoint);
	char *got = ids(log);
	ck_assert_str_eq(got, want);
	mem_free(got);
	report_log_free(&log);
	ck_assert_ptr_null(log);
}

static void clear(struct rows *r)
{
	for (int i = 0; i < r->n; i++)
		mem_free(r->bodies[i]);
	*r = (struct rows){ 0 };
}

static const struct report_filter everything = { .state = -1 };

START_TEST(each_airing_is_one_row)
{
	struct rows r = { 0 };
	add(&r, "intent", "a", "z", 1);
	add(&r, "started", "a", "z", 1);
	add(&r, "verdict", "a", "z", 1);
	add(&r, "intent", "gone", "z", 2);
	add(&r, "withdrawn", "gone", "z", 2);
	add(&r, "entered", "open", "z", 3);
	add(&r, "intent", "open", "z", 3);
	add(&r, "verdict", "skipped-at-once", "z", 4); /* without any intent */
	add(&r, "intent", "again", "z", 5);
	add(&r, "withdrawn", "again", "z", 5);
	add(&r, "intent", "again", "z", 5);
	expect(&r, &everything, NULL, "a open? skipped-at-once again? ");
	expect(&r, &(struct report_filter){ .state = STATE_OPEN }, NULL, "open? again? ");
	expect(&r, &(struct report_filter){ .state = STATE_AIRED }, NULL, "a skipped-at-once ");
	clear(&r);
}
END_TEST

START_TEST(order_is_plan_zone_id)
{
	struct rows r = { 0 };
	add(&r, "verdict", "e", "cum-2", 30);
	add(&r, "verdict", "d", "cum-10", 30);
	add(&r, "verdict", "c", "cum-1", 30);
	add(&r, "verdict", "b", "cum-1", 30);
	add(&r, "verdict", "x", "cum-1", 29);
	add(&r, "verdict", "a", "a-former-zone", 30);
	expect(&r, &everything, "{\"zones\":[\"cum-1\",\"cum-2\",\"cum-10\"]}", "x b c e d a ");
	expect(&r, &everything, NULL, "x a b c d e "); /* names alone: cum-10 before cum-2 */
	clear(&r);
}
END_TEST

START_TEST(filters)
{
	struct rows r = { 0 };
	add(&r, "verdict", "a", "cum-1", 1);
	add(&r, "verdict", "b", "cum-2", 2);
	static const struct {
		int line;
		struct report_filter filter;
		const char *want;
	} T[] = {
		{ __LINE__, { .state = -1, .zone = "cum-2" }, "b " },
		{ __LINE__, { .state = -1, .zone = "cum" }, "" },
		{ __LINE__, { .state = -1, .campaign = "bluezone" }, "a b " },
		{ __LINE__, { .state = -1, .campaign = "ncovi" }, "" },
		{ __LINE__, { .state = STATE_MISSED }, "" },
		{ __LINE__, { .state = -1, .directive = "1704" }, "a b " },
		{ __LINE__, { .state = -1, .directive = "1704 /stttt" }, "a b " },
		{ __LINE__, { .state = -1, .directive = "170" }, "" },
		{ __LINE__, { .state = -1, .directive = "" }, "" },
		{ __LINE__, { .state = -1, .directive = "1704/STTTT-TTBCXB" }, "a b " },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		expect(&r, &T[i].filter, NULL, T[i].want);
	clear(&r);
}
END_TEST

START_TEST(bodies_are_kept_as_they_stand)
{
	struct rows r = { 0 };
	add(&r, "verdict", "a", "z", 1);
	add(&r, "intent", "b", "z", 2);
	add(&r, "started", "b", "z", 3);
	struct journal_reader reader = { .self = &r, .next = next };
	struct report_log *log = report_log_read(&reader, &(struct report_filter){ .state = -1, .bodies = true }, NULL);
	ck_assert_uint_eq(log->rows.n, 2);
	ck_assert_str_eq(log->rows.at[0].body, r.bodies[0]);
	/* an intent whose airing began says when */
	ck_assert_ptr_nonnull(strstr(log->rows.at[1].body, "\"started\":\"2021-07-14T05:03:00.000+07:00\",\"ended\":null"));
	ck_assert_ptr_null(strstr(r.bodies[1], "\"started\":\"2021"));
	report_log_free(&log);
	clear(&r);
}
END_TEST

START_TEST(a_row_that_is_none_is_counted)
{
	struct rows r = { 0 };
	r.at[r.n++] = (struct journal_row){ .kind = "verdict", .airing = "x", .body = "{\"id\":\"x\"}" };
	r.at[r.n++] = (struct journal_row){ .kind = "verdict", .airing = "y", .body = "torn" };
	struct journal_reader reader = { .self = &r, .next = next };
	struct report_log *log = report_log_read(&reader, &everything, "no json");
	ck_assert_uint_eq(log->rows.n, 0);
	ck_assert_uint_eq(log->unreadable, 2);
	report_log_free(&log);
}
END_TEST

START_TEST(instants_carry_their_offset)
{
	static const struct {
		int line;
		const char *in;
		bool ok;
		int64_t us;
		int32_t offset_s;
	} T[] = {
		{ __LINE__, "2021-07-14T05:30:00.000+07:00", true, 1626215400000000, 25200 },
		{ __LINE__, "2021-07-14T05:30:00.250-03:30", true, 1626253200250000, -12600 },
		{ __LINE__, "1970-01-01", false, 0, 0 },
		{ __LINE__, "2021-02-30T05:30:00.000+07:00", false, 0, 0 },
		{ __LINE__, "", false, 0, 0 },
		{ __LINE__, NULL, false, 0, 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		wall_us at = { 0 };
		int32_t offset = 0;
		bool ok = report_instant(T[i].in, &at, &offset);
		ck_assert_msg(ok == T[i].ok, "row of line %d", T[i].line);
		ck_assert_msg(!ok || (at.us == T[i].us && offset == T[i].offset_s), "row of line %d: %lld %d", T[i].line,
				(long long)at.us, offset);
	}
}
END_TEST

/* frames say nothing without a rate; the zone's longest stretch tells it */
START_TEST(length_comes_from_the_zones_rate)
{
	static const char body[] =
			"{\"id\":\"s/r/f/1.t/z\",\"kind\":\"planned\",\"from\":\"session:sang\","
			"\"planned\":\"2021-07-14T05:30:00.000+07:00\",\"started\":\"2021-07-14T05:30:00.000+07:00\","
			"\"ended\":\"2021-07-14T05:40:30.003+07:00\",\"zone\":\"z\",\"bulletin\":\"t\",\"directives\":[],"
			"\"class\":\"news\",\"state\":\"aired\",\"frames_total\":2646000,\"frames_played\":2646000,"
			"\"segments\":[[0,1323000,\"2021-07-14T05:30:00.000+07:00\"],"
			"[1323000,2646000,\"2021-07-14T05:40:00.000+07:00\"]]}";
	struct rows r = { .n = 1, .at = { { .kind = "verdict", .airing = "s/r/f/1.t/z", .body = body } } };
	struct journal_reader reader = { .self = &r, .next = next };
	struct report_log *log = report_log_read(&reader, &everything, NULL);
	ck_assert_uint_eq(log->rows.n, 1);
	ck_assert_int_eq(log->rows.at[0].heard_ms, 60000); /* 44,100 a second; the pause between is not heard */
	report_log_free(&log);
}
END_TEST

UNIT_MAIN("report/log", each_airing_is_one_row, order_is_plan_zone_id, filters, bodies_are_kept_as_they_stand,
		a_row_that_is_none_is_counted, instants_carry_their_offset, length_comes_from_the_zones_rate)
