#include "report/row.h"

#include "base/json.h"
#include "base/mem.h"
#include "report/number.h"
#include "schedule/values.h"

#include <stdlib.h>
#include <string.h>

bool report_instant(const char *s, wall_us *out, int32_t *offset_s)
{
	size_t n = s ? strlen(s) : 0;
	if (n < 6 || !value_instant(s, NULL, out))
		return false;
	const char *zone = s + n - 6; /* "+07:00" */
	if (offset_s)
		*offset_s = (*zone == '-' ? -1 : 1) * (atoi(zone + 1) * 3600 + atoi(zone + 4) * 60);
	return true;
}

static enum state state_from(const char *name)
{
	for (int s = STATE_OPEN + 1; name && s < STATE_COUNT; s++)
		if (!strcmp(verdict_state_name((enum state)s), name))
			return (enum state)s;
	return STATE_OPEN;
}

static enum reason reason_from(const char *name)
{
	for (int r = REASON_NONE + 1; name && r < REASON_COUNT; r++)
		if (!strcmp(verdict_reason_name((enum reason)r), name))
			return (enum reason)r;
	return REASON_NONE;
}

static const char *read_directives(const struct json *j, struct intern *strings)
{
	struct text t = { 0 };
	const struct json *list = json_get(j, "directives");
	for (size_t i = 0; i < json_count(list); i++) {
		text_add(&t, json_as_str(json_at(list, i)));
		text_add(&t, "\n");
	}
	const char *kept = intern_string(strings, text_str(&t));
	text_free(&t);
	return kept;
}

/* The last segment ends at `ended`: the one stretch of which both frames and time are known. */
static void read_tail(struct report_row *r, const struct json *j)
{
	const struct json *list = json_get(j, "segments");
	const struct json *last = json_at(list, json_count(list) - 1);
	wall_us started;
	if (!json_count(list) || !r->ended.us || !report_instant(json_as_str(json_at(last, 2)), &started, NULL))
		return;
	r->tail_frames = json_as_int(json_at(last, 1), 0) - json_as_int(json_at(last, 0), 0);
	r->tail_us = r->ended.us - started.us;
}

static void read_strings(struct report_row *r, const struct json *j, struct intern *strings)
{
	const struct {
		const char **to, *key;
	} all[] = { { &r->id, "id" }, { &r->kind, "kind" }, { &r->from, "from" }, { &r->station, "station" },
		{ &r->station_name, "station_name" }, { &r->zone, "zone" }, { &r->zone_name, "zone_name" },
		{ &r->bulletin, "bulletin" }, { &r->title, "title" }, { &r->campaign, "campaign" },
		{ &r->class, "class" }, { &r->priority, "priority" },
		{
			&r->operator,
			"operator" },
			{ &r->approved_by, "approved_by" },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		*all[i].to = intern_string(strings, json_get_str(j, all[i].key));
}

bool report_row_read(struct report_row *r, const char *body, wall_us started, struct intern *strings)
{
	struct json *j = json_parse(body, strlen(body));
	bool ok = false;
	if (!j)
		return false;
	*r = (struct report_row){ 0 };
	read_strings(r, j, strings);
	if (!r->id || !r->zone || !r->bulletin || !r->from || !r->class ||
		!report_instant(json_get_str(j, "planned"), &r->planned, &r->offset_s))
		goto out;
	if (!report_instant(json_get_str(j, "started"), &r->started, NULL))
		r->started = started;
	report_instant(json_get_str(j, "ended"), &r->ended, NULL);
	r->directives = read_directives(j, strings);
	r->state = state_from(json_get_str(j, "state"));
	r->reason = reason_from(json_get_str(j, "reason"));
	r->frames_total = json_get_int(j, "frames_total", 0);
	r->frames_played = json_get_int(j, "frames_played", 0);
	r->lateness_ms = json_get_int(j, "lateness_ms", 0);
	r->made_up = json_get_bool(j, "made_up");
	r->rehearsal = json_get_bool(j, "rehearsal");
	r->test = json_get_bool(j, "test");
	read_tail(r, j);
	ok = true;
out:
	json_free(&j);
	return ok;
}

bool report_row_countable(const struct report_row *r)
{
	static const char *const never[] = { "signature", "music", "test" };
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		if (!strcmp(r->class, never[i]))
			return false;
	return !r->test;
}

static size_t item_bytes(const char *id)
{
	const char *slash = strrchr(id, '/');
	return slash ? (size_t)(slash - id) : strlen(id);
}

bool report_row_same_item(const struct report_row *a, const struct report_row *b)
{
	size_t n = item_bytes(a->id);
	return n == item_bytes(b->id) && !strncmp(a->id, b->id, n);
}

bool report_row_has_directive(const struct report_row *r, const char *number)
{
	bool found = false;
	for (const char *at = r->directives; at && *at && !found; at += strcspn(at, "\n") + 1) {
		char *one = mem_dup_n(at, strcspn(at, "\n"));
		found = number_means(number, one);
		mem_free(one);
	}
	return found;
}

enum bulletin_class report_row_class(const struct report_row *r)
{
	for (int c = 0; r->class && c < CLASS_COUNT; c++)
		if (!strcmp(class_name((enum bulletin_class)c), r->class))
			return (enum bulletin_class)c;
	return CLASS_ANNOUNCEMENT;
}

enum level report_row_level(const struct report_row *r)
{
	for (int l = 0; r->priority && l < LEVEL_COUNT; l++)
		if (!strcmp(level_name((enum level)l), r->priority))
			return (enum level)l;
	return LEVEL_NORMAL;
}
