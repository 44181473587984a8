/* Looking ahead at the desk: what it says will be started is what it starts when that instant has come, and to look
 * changes nothing.  See scene.h for the notation. */
#include "scene.h"

#define FAR (INT64_C(30) * 60 * US_PER_S)

static void look(const struct scene *sc, int64_t ahead_us, struct foreseen out[ZONES_MAX])
{
	wall_us ends[ZONES_MAX] = { 0 };
	for (int z = 0; z < (int)sc->st->zones.n; z++)
		if (desk_on_air(sc->desk, z))
			ends[z] = scene_end(desk_on_air(sc->desk, z));
	struct outlook o = { .now = sc->now, .until = { sc->now.us + ahead_us }, .ends = ends };
	desk_foresee(sc->desk, &o, out);
}

/* "c 06:00", "b/2 06:02[60]": zone, instant and first frame, or "" */
static void show(const struct scene *sc, const struct foreseen *all, struct text *t)
{
	for (int z = 0; z < (int)sc->st->zones.n; z++) {
		const struct foreseen *f = &all[z];
		if (!f->airing)
			continue;
		text_addf(t, "%s%s", t->n ? "; " : "", f->airing->bulletin->name);
		if (z)
			text_addf(t, "/%d", z + 1);
		text_add(t, " ");
		day_time(t, sc->st, f->at);
		if (f->from_frame) {
			text_add(t, "[");
			day_seconds(t, f->from_frame);
			text_add(t, "]");
		}
	}
}

/* What was foreseen when the events were over: for half an hour. */
static const struct scene_row foreseen_rows[] = {
	{ __LINE__, "x @06:00 c", "05:50 slow", "c 06:00" },
	{ __LINE__, "x @06:00 c", "05:20 slow", "" },
	{ __LINE__, "x @06:00 c,b", "06:00 slow", "b 06:02" },
	{ __LINE__, "x @06:00 a; y @06:01 b", "06:00:30 slow", "b 06:08" },
	{ __LINE__, "x @06:00 a; y @06:01 b; u @06:02 p", "06:00:30 slow", "p 06:08" },
	{ __LINE__, "x @06:00 a; y @06:01 b late=1m", "06:00:30 slow", "" },
	{ __LINE__, "x @06:00 a; bao! bao", "06:01 emergency bao", "a 06:02[60]" },
	{ __LINE__, "x @06:00 again; bao! bao", "06:01 emergency bao", "again 06:02" },
	{ __LINE__, "x @06:00 a; y @06:05 vov", "06:00 slow", "" },
	{ __LINE__, "x 05:30-05:32 b hard-end; y @05:31 c", "05:30 slow", "" },
	{ __LINE__, "quiet 06:05-06:30; x @06:00 a; y @06:04 b", "06:01 slow", "" },
	{ __LINE__, "x @06:00 c; y @06:10 b", "06:00:30 hold all", "" },
	{ __LINE__, "x @06:00 c; y @06:10 b", "06:00:30 off all", "" },
	{ __LINE__, "x @06:00 c; y @06:01 b", "06:00:30 lose", "" },
	{ __LINE__, "x @06:00 c; y @06:01 b", "05:30 gone c", "" },
	{ __LINE__, "x @06:00 c; y @06:01 b", "05:50 gone c", "b 06:01" },
	/* what is being stopped has still to tell where */
	{ __LINE__, "x @06:00 a; y @06:01 b", "05:50 slow; 06:01:30 skip cum-1", "" },
};

START_TEST(what_comes_next)
{
	struct text wrong = { 0 };
	for (size_t i = 0; i < sizeof foreseen_rows / sizeof *foreseen_rows; i++) {
		const struct scene_row *row = &foreseen_rows[i];
		struct scene sc;
		struct foreseen out[ZONES_MAX];
		struct text got = { 0 };
		scene_open(&sc, row->line, 1, row->rules);
		scene_each(&sc, row->events, scene_event);
		look(&sc, FAR, out);
		show(&sc, out, &got);
		if (strcmp(text_str(&got), row->want))
			text_addf(&wrong, "\nrow of line %d:\n got %s\nwant %s", row->line, text_str(&got), row->want);
		text_free(&got);
		scene_close(&sc);
	}
	ck_assert_msg(!wrong.n, "%.4000s", text_str(&wrong));
	text_free(&wrong);
}
END_TEST

/* At every instant of a busy day: the next start of each zone is the one that was foreseen just before it, unless it
 * cut something short. */
START_TEST(it_comes_so)
{
	struct scene sc;
	int seen = 0;
	scene_open(&sc, __LINE__, 2, "a @05:30,05:31,06:00,07:00 a,b,c late=30m; s 06:05-06:30 a,c,b gap=10s; p @06:10,07:01 p zone=2; "
				     "v @07:10 vov; k @07:05,07:06 keep late=1h; f @06:12 first zone=1");
	for (wall_us next; (next = scene_next(&sc)).us != US_NEVER;) {
		struct foreseen out[ZONES_MAX];
		char *was[2];
		for (int z = 0; z < 2; z++)
			was[z] = mem_dup(desk_on_air(sc.desk, z) ? desk_on_air(sc.desk, z)->id : "");
		look(&sc, next.us - sc.now.us, out);
		sc.now = next;
		scene_hear(&sc);
		scene_acts(&sc);
		for (int z = 0; z < 2; z++) {
			const struct airing *on = desk_on_air(sc.desk, z);
			bool same = on && !strcmp(on->id, was[z]), cut = !same && desk_find(sc.desk, was[z]);
			mem_free(was[z]);
			if (!on || same || cut)
				continue;
			ck_assert_msg(out[z].airing == on && out[z].from_frame == on->from_frame && out[z].at.us == next.us,
					"%s in zone %d", on->id, z);
			seen++;
		}
	}
	ck_assert_int_gt(seen, 30);
	scene_close(&sc);
}
END_TEST

/* Repeats that are no airings yet are looked at as if they were. */
START_TEST(further_ones)
{
	struct scene sc;
	scene_open(&sc, __LINE__, 1, "x @06:00 c; bao! bao");
	scene_run(&sc, build_instant(sc.st, DAY_DATE "T05:59"));
	wall_us at = { sc.now.us + 30 * US_PER_S }, over = { sc.now.us + FAR }, ends[ZONES_MAX] = { 0 };
	struct airing *further = airing_new_emergency(sc.st, station_rule(sc.st, "bao"), 0, sc.now, 1, 1, at, over);
	struct outlook o = { .now = sc.now, .until = over, .ends = ends, .further = &further, .n_further = 1 };
	struct foreseen out[ZONES_MAX];
	desk_foresee(sc.desk, &o, out);
	ck_assert_ptr_eq(out[0].airing, further);
	ck_assert_int_eq(out[0].at.us, at.us);
	ck_assert_int_eq(further->phase, AIR_UPCOMING);
	airing_free(&further);
	scene_close(&sc);
}
END_TEST

UNIT_MAIN("airing/foresee", what_comes_next, it_comes_so, further_ones)
