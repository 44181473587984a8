#include "cli/run-told.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/place.h"
#include "os/notice.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdlib.h>
#include <string.h>

/* The line about a day comes when people are up and the first session is near or over, not at midnight. */
#define DAY_TOLD_AT_MS (6 * 3600 * 1000)

struct run_told {
	struct notice *notice; /* NULL until a station wants it */
	const char *state;
	char *last; /* the notice put last, without its words: some of them change with every row that waits */
};

struct run_told *run_told_new(const char *state)
{
	struct run_told *t = mem_new(struct run_told);
	t->state = state;
	return t;
}

void run_told_free(struct run_told **pt)
{
	struct run_told *t = *pt;
	if (!t)
		return;
	notice_free(&t->notice);
	mem_free(t->last);
	mem_free(t);
	*pt = NULL;
}

static void add_fault(struct text *out, const struct tz *tz, const struct engine_fault_seen *f, bool words)
{
	char since[RFC3339_BYTES];
	tz_rfc3339(tz, f->since, since);
	json_open(out, NULL, '{');
	json_str(out, "code", f->code);
	json_str(out, "since", since);
	if (words)
		json_str(out, "text", f->text);
	json_close(out, '}');
}

static void write_notice(const struct engine *e, wall_us now, bool words, struct text *out)
{
	const struct station *st = engine_station(e);
	struct local local = tz_local(st->tz, now);
	struct engine_fault_seen f;
	char day[VALUE_BYTES];
	value_print_iso_date(local.day - (local.ms < DAY_TOLD_AT_MS ? 2 : 1), day);
	json_open(out, NULL, '{');
	json_str(out, "command", st->on_fault);
	json_str(out, "language", st->language);
	json_str(out, "timezone", st->timezone);
	json_str(out, "station", st->code);
	json_str(out, "station_name", st->name);
	json_str(out, "day", day);
	json_open(out, "faults", '[');
	for (size_t i = 0; engine_fault_at(e, i, &f); i++)
		if (strcmp(f.code, RUN_TOLD_CODE))
			add_fault(out, st->tz, &f, words);
	json_close(out, ']');
	json_close(out, '}');
	text_add(out, "\n");
}

void run_told_notice(const struct engine *e, wall_us now, struct text *out)
{
	write_notice(e, now, true, out);
}

static struct notice *open_board(const char *state)
{
	char *program = place_program("loaxa");
	char *teller[] = { program, "tell", "--state", (char *)state, NULL };
	struct notice *n = notice_new(state, getenv("NOTIFY_SOCKET") ? NULL : teller);
	mem_free(program);
	return n;
}

static void say_trouble(struct run_told *t, struct engine *e)
{
	struct err why;
	bool told = !t->notice || !notice_trouble(t->notice, &why);
	char *text = told ? NULL
			  : mem_printf(
				    _("NOBODY IS TOLD OF FAULTS: %s — the station airs as before — try it: loaxa tell "
				      "--try"),
				    why.text);
	engine_fault(e, RUN_TOLD_CODE, text);
	mem_free(text);
}

void run_told_turn(struct run_told *t, struct engine *e, wall_us now)
{
	const struct station *st = engine_station(e);
	struct text notice = { 0 };
	if (st && st->on_fault) {
		if (!t->notice)
			t->notice = open_board(t->state);
		write_notice(e, now, false, &notice);
		if (!t->last || strcmp(t->last, text_str(&notice))) {
			mem_renew(&t->last, text_str(&notice));
			text_clear(&notice);
			run_told_notice(e, now, &notice);
			notice_put(t->notice, text_str(&notice));
		}
	} else {
		notice_free(&t->notice);
	}
	text_free(&notice);
	say_trouble(t, e);
}
