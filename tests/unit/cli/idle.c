/* When nobody would hear it. */
#include "cli/idle.h"
#include "../unit.h"

#include <inttypes.h>
#include <string.h>

#define AIR "{\"title\":\"Tin\"}"
#define Z(air, waiting, next) "{\"zone\":\"a\",\"on_air\":" air ",\"waiting\":[" waiting "],\"next\":[" next "]}"
#define AT(time) "{\"planned\":\"2021-07-14T" time "+07:00\"}"
#define S(emergencies, zones) "{\"now\":\"2021-07-14T05:00:00.000+07:00\",\"emergencies\":[" emergencies "],\"zones\":[" zones "]}"

START_TEST(how_long)
{
	static const struct {
		int line;
		const char *status;
		int64_t want;
	} T[] = {
		{ __LINE__, S("", Z("null", "", "")), INT64_MAX },
		{ __LINE__, S("", Z("null", "", "") "," Z(AIR, "", "")), 0 },
		{ __LINE__, S("", Z("null", AIR, "")), 0 },
		{ __LINE__, S("{\"rule\":\"bao\"}", Z("null", "", "")), 0 },
		{ __LINE__, S("", Z("null", "", AT("05:30:00.000")) "," Z("null", "", AT("05:03:00.500") "," AT("06:00:00.000"))), 180500 },
		{ __LINE__, S("", Z("null", "", AT("04:59:00.000"))), 0 },
		{ __LINE__, S("", Z("null", "", "{}")), 0 },
		/* without a schedule nothing is planned */
		{ __LINE__, "{\"schedule\":false,\"faults\":[]}", INT64_MAX },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct json *j = json_parse(T[i].status, strlen(T[i].status));
		int64_t got = idle_ms(j);
		ck_assert_msg(got == T[i].want, "line %d: %" PRId64, T[i].line, got);
		json_free(&j);
	}
}
END_TEST

UNIT_MAIN("cli/idle", how_long)
