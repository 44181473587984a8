#include "report/remarks.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

/* One row on its way into a remark. */
struct reading {
	const struct json *body;
	const char *clock; /* when it was written, "05:30" */
};

static const char *str(const struct reading *r, const char *key)
{
	const char *s = json_get_str(r->body, key);
	return s ? s : "";
}

static void add_zones(struct text *t, const struct reading *r)
{
	const struct json *zones = json_get(r->body, "zones");
	for (size_t i = 0; i < json_count(zones); i++)
		text_addf(t, "%s%s", i ? ", " : "", json_as_str(json_at(zones, i)) ? json_as_str(json_at(zones, i)) : "");
}

static void say_note(struct text *t, const struct reading *r)
{
	text_addf(t, _("note: %s (%s)"), str(r, "text"), str(r, "by"));
}

static void say_duty(struct text *t, const struct reading *r)
{
	text_addf(t, _("on duty from %s: %s"), r->clock, str(r, "name"));
}

/* A new schedule switches zones too. */
static const char *who(const struct reading *r)
{
	return *str(r, "by") ? str(r, "by") : _("by the schedule");
}

static void say_off(struct text *t, const struct reading *r)
{
	add_zones(t, r);
	text_addf(t, _(": off from %s: %s (%s)"), r->clock, *str(r, "reason") ? str(r, "reason") : "—", who(r));
}

static void say_on(struct text *t, const struct reading *r)
{
	add_zones(t, r);
	text_addf(t, _(": on again from %s (%s)"), r->clock, who(r));
}

static void say_skip(struct text *t, const struct reading *r)
{
	text_addf(t, _("session %s: skipped (%s)"), str(r, "name"), str(r, "by"));
}

static void say_unskip(struct text *t, const struct reading *r)
{
	text_addf(t, _("session %s: airs after all (%s)"), str(r, "name"), str(r, "by"));
}

const char *const report_remark_kinds[] = { "note", "duty", "off", "on", "skip-session", "unskip-session", NULL };

static const struct {
	const char *kind;
	void (*say)(struct text *, const struct reading *);
} kinds[] = {
	{ "note", say_note },
	{ "duty", say_duty },
	{ "off", say_off },
	{ "on", say_on },
	{ "skip-session", say_skip },
	{ "unskip-session", say_unskip },
};

/* The day that a row names is its own; else the one on which it was written. */
static void read_row(struct remarks *all, const struct journal_row *row, const struct tz *tz, size_t kind)
{
	struct json *body = json_parse(row->body, strlen(row->body));
	struct local l = tz_local(tz, row->wall);
	char clock[VALUE_BYTES];
	value_print_time(l.ms / 60000 * 60000, clock);
	struct reading r = { body, clock };
	struct remark one = { .kind = kinds[kind].kind, .day = l.day };
	struct text t = { 0 };
	if (!body)
		return;
	if (json_get_str(body, "airing")) {
		one.airing = mem_dup(json_get_str(body, "airing"));
		one.day = DAY_NONE;
	} else if (json_get_str(body, "day") && !value_date(json_get_str(body, "day"), &one.day)) {
		one.day = l.day;
	}
	kinds[kind].say(&t, &r);
	one.text = text_take(&t);
	vec_push(&all->list, one);
	json_free(&body);
}

void report_remarks_read(struct remarks *all, struct journal_reader *reader, const struct tz *tz)
{
	struct journal_row row;
	while (reader->next(reader->self, &row))
		for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
			if (!strcmp(row.kind, kinds[i].kind))
				read_row(all, &row, tz, i);
}

void report_remarks_free(struct remarks *all)
{
	for (size_t i = 0; i < all->list.n; i++) {
		mem_free(all->list.at[i].airing);
		mem_free(all->list.at[i].text);
	}
	vec_free(&all->list);
}
