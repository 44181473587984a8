#include "base/i18n.h"
#include "base/json.h"
#include "cli/cmd.h"
#include "cli/letters.h"
#include "cli/load.h"
#include "cli/options.h"
#include "cli/place.h"
#include "cli/plan-plain.h"
#include "cli/plan-sheet.h"
#include "cli/screen.h"
#include "os/clock.h"
#include "schedule/plan.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdlib.h>
#include <unistd.h>

extern const struct cmd cmd_plan;

/* A piece of a long plan: memory stays small, and the day before is expanded once a piece only. */
enum { DAYS_AT_ONCE = 31, DAYS_MOST = 400000 };

static void json_line(const struct station *s, const struct planned *p, struct text *out)
{
	const struct bulletin *b = &s->bulletins.at[p->bulletin];
	const struct rule *r = &s->rules.at[p->rule];
	struct text id = { 0 };
	char planned[RFC3339_BYTES], from[16 + NAME_BYTES];
	plan_id(s, p, &id);
	tz_rfc3339(s->tz, p->at, planned);
	snprintf(from, sizeof from, "%s:%s", rule_kind_name(r->kind), r->name);
	json_open(out, NULL, '{');
	json_str(out, "id", text_str(&id));
	json_str(out, "planned", planned);
	json_str(out, "zone", s->zones.at[p->zone].name);
	json_str(out, "bulletin", b->name);
	json_str(out, "campaign", b->campaign >= 0 ? s->campaigns.at[b->campaign].name : NULL);
	json_str(out, "priority", level_name(b->level));
	json_str(out, "class", class_name(b->class));
	json_milli(out, "duration_s", p->ms);
	json_str(out, "from", from);
	json_close(out, '}');
	text_free(&id);
}

static void print_json(const struct station *s, day_num from, int days)
{
	struct plan plan = { 0 };
	struct text line = { 0 };
	for (day_num day = from; day < from + days; day += DAYS_AT_ONCE) {
		day_num to = day + DAYS_AT_ONCE < from + days ? day + DAYS_AT_ONCE : from + days;
		plan.items.n = 0;
		plan_between(s, tz_instant(s->tz, day, 0), tz_instant(s->tz, to, 0), &plan);
		for (size_t i = 0; i < plan.items.n; i++) {
			text_clear(&line);
			json_line(s, &plan.items.at[i], &line);
			puts(text_str(&line));
		}
	}
	text_free(&line);
	plan_free(&plan);
}

static void put(void *self, const char *text)
{
	fputs(text, self);
}

static void print_sheet(const struct station *s, day_num from, int days)
{
	struct plan_sheet_how how = { .columns = screen_columns(STDOUT_FILENO),
		.emphasis = letters_colour(STDOUT_FILENO) };
	if (letters_plain())
		plan_plain_print(s, from, days, put, stdout);
	else
		plan_sheet_print(s, from, days, &how, put, stdout);
}

struct plan_options {
	const char *from, *days, *store;
	bool json;
};

static bool read_period(const struct plan_options *o, const struct station *s, day_num *from, int *days)
{
	int64_t n = 1;
	struct clock clock = os_clock();
	*from = tz_local(s->tz, clock.wall(clock.self)).day;
	if (o->from && !value_date(o->from, from)) {
		fprintf(stderr, _("loaxa: \"%s\" is no date — write for example 14/7/2021 or 2021-07-14\n"), o->from);
		return false;
	}
	if (o->days && !value_number(o->days, 1, DAYS_MOST, &n)) {
		fprintf(stderr, _("loaxa: \"%s\" is no number of days — write for example --days 7\n"), o->days);
		return false;
	}
	*days = *from + n <= DAY_MAX + 1 ? (int)n : DAY_MAX + 1 - *from;
	return true;
}

static int plan_dir(const char *dir, const struct plan_options *o)
{
	struct findings fs = { 0 };
	struct err err = { 0 };
	struct load_options options = { .store = o->store, .progress = true };
	struct station *s = load_station(dir, &options, &fs, &err);
	int code = EXIT_REFUSED, days;
	day_num from;
	if (!s) {
		load_complain(&fs, &err);
	} else if (!read_period(o, s, &from, &days)) {
		code = EXIT_USAGE;
	} else {
		(o->json ? print_json : print_sheet)(s, from, days);
		code = EXIT_DONE;
	}
	station_free(&s);
	findings_free(&fs);
	return code;
}

static int run(int argc, char **argv)
{
	struct plan_options o = { 0 };
	const struct option_row rows[] = {
		{ .name = "from", .text = &o.from },
		{ .name = "days", .text = &o.days },
		{ .name = "store", .text = &o.store },
		{ .name = "json", .flag = &o.json },
		{ 0 },
	};
	int n = options_parse(argc, argv, rows);
	if (n < 0)
		return EXIT_USAGE;
	if (n > 1)
		return options_usage(&cmd_plan);
	char *usual = place_station();
	int code = plan_dir(n ? argv[1] : usual, &o);
	mem_free(usual);
	return code;
}

const struct cmd cmd_plan = { "plan", "[DIR] [--from DATE] [--days N] [--store DIR] [--json]",
	N_("what is planned: day sheets, or one JSON object an airing"), run };
