/* A spoken item: as long as its speaker talks, and gone when it is cut. */
#include "scene.h"

static struct airing *speak(struct scene *sc, struct bulletin *b, int limit_s)
{
	*b = (struct bulletin){
		.name = "speak", .campaign = -1, .order = 100, .relay = { .source = "speak", .ms = limit_s * 1000 }
	};
	struct airing *a = airing_new_spoken(sc->st, b, 0, LEVEL_NORMAL, sc->now, 1);
	desk_add(sc->desk, a);
	scene_acts(sc);
	return a;
}

static void at(struct scene *sc, const char *time)
{
	char stamp[64];
	snprintf(stamp, sizeof stamp, DAY_DATE "T%s", time);
	scene_run(sc, build_instant(sc->st, stamp));
}

static const struct {
	int line;
	int64_t said_s; /* after so long its speaker ends */
	const char *event, *want;
} T[] = {
	{ __LINE__, 42, NULL, "speak aired 05:30[0-42]" },
	{ __LINE__, 0, NULL, "speak skipped operator @05:30" },
	{ __LINE__, 60, NULL, "speak aired 05:30[0-60]" },
	{ __LINE__, -1, NULL, "speak aired 05:30[0-60]" },
	{ __LINE__, -1, "05:30:20 emergency bao", "speak partial interrupted 05:30[0-20]; bao aired 05:30:20[0-60]" },
	{ __LINE__, -1, "05:30:20 lose", "speak partial device-lost 05:30[0-20]" },
};

static void ends_at(size_t row)
{
	struct scene sc;
	struct bulletin b;
	char event[64];
	scene_open(&sc, T[row].line, 1, "bao! bao");
	at(&sc, "05:30");
	struct airing *a = speak(&sc, &b, 60);
	ck_assert_int_eq(a->frames, 60 * DAY_RATE);
	if (T[row].said_s >= 0) {
		sc.now.us += T[row].said_s * US_PER_S;
		desk_said(sc.desk, a, T[row].said_s * DAY_RATE, sc.now);
		scene_acts(&sc);
	}
	if (T[row].event)
		scene_event(&sc, strcpy(event, T[row].event));
	scene_run(&sc, (wall_us){ US_NEVER });
	ck_assert_msg(!strcmp(text_str(&sc.result), T[row].want), "row of line %d: %s", T[row].line, text_str(&sc.result));
	scene_close(&sc);
}

START_TEST(ends)
{
	for (size_t row = 0; row < sizeof T / sizeof *T; row++)
		ends_at(row);
}
END_TEST

START_TEST(names)
{
	struct scene sc;
	struct bulletin b;
	scene_open(&sc, __LINE__, 1, "");
	at(&sc, "05:30");
	struct airing *a = speak(&sc, &b, 60);
	ck_assert_msg(strstr(a->id, "/speak/20210714T053000+0700/1.speak/cum-1") != NULL, "%s", a->id);
	scene_close(&sc);
}
END_TEST

UNIT_MAIN("airing/spoken", ends, names)
