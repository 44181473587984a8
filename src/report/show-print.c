/* One airing for people: a fact a line, what it is on the left. */
#include "report/show.h"

#include "base/i18n.h"
#include "base/json.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

#define LABEL_COLUMNS 18

struct sheet {
	const struct show *show;
	const struct tz *tz;
	const struct report_page *page;
	const struct report_out *out;
};

static void put(const struct sheet *s, struct text *line)
{
	s->out->put(s->out->self, text_str(line));
	text_free(line);
}

/* The value broken between words; its first line has the label.  Empties the value. */
static void put_fact(const struct sheet *s, const char *label, struct text *value)
{
	struct text line = { 0 }, lines = { 0 };
	char indent[LABEL_COLUMNS + 1];
	memset(indent, ' ', LABEL_COLUMNS);
	indent[LABEL_COLUMNS] = '\0';
	if (s->page->plain) {
		text_addf(&line, "%s%s%s\n", label, *label ? ": " : "", text_str(value));
	} else {
		text_add_cell(&line, label, LABEL_COLUMNS);
		report_paragraph(&lines, text_str(value), indent, s->page->columns);
		text_add(&line, text_str(&lines) + (lines.n > LABEL_COLUMNS ? LABEL_COLUMNS : 0));
	}
	put(s, &line);
	text_free(&lines);
	text_free(value);
}

static void put_string(const struct sheet *s, const char *label, const char *value)
{
	struct text t = { 0 };
	if (!value || !*value)
		return;
	text_add(&t, value);
	put_fact(s, label, &t);
}

static void put_heading(const struct sheet *s, const char *words)
{
	struct text t = { 0 };
	text_addf(&t, "\n%s\n", words);
	put(s, &t);
}

/* ── Times and frames ── */

static void add_clock(struct text *t, const struct tz *tz, wall_us at)
{
	int32_t s = tz_local(tz, at).ms / 1000;
	text_addf(t, "%02d:%02d:%02d", (int)(s / 3600), (int)(s / 60 % 60), (int)(s % 60));
}

/* With its day where that is another than the airing's. */
static void add_moment(struct text *t, const struct sheet *s, wall_us at)
{
	char date[VALUE_BYTES];
	day_num day = tz_local(s->tz, at).day;
	add_clock(t, s->tz, at);
	if (day == words_day(s->show->row, s->show->row->planned))
		return;
	value_print_date(day, date);
	text_addf(t, " %s", date);
}

static void add_frames(struct text *t, int64_t first, int64_t end)
{
	text_add(t, _("frames "));
	words_number(t, (size_t)(first > 0 ? first : 0));
	text_add(t, "–");
	words_number(t, (size_t)(end > 0 ? end : 0));
}

/* ── Facts of the airing ── */

static void put_verdict(const struct sheet *s)
{
	const struct report_row *r = s->show->row;
	struct text t = { 0 };
	text_addf(&t, "%s %s", words_state_sign(r->state), words_state(r->state));
	if (r->reason != REASON_NONE)
		text_addf(&t, ": %s", words_reason(r->reason));
	if (r->made_up)
		text_addf(&t, " (%s)", _("made up"));
	if (r->test)
		text_addf(&t, " (%s)", words_level("test"));
	put_fact(s, _("verdict"), &t);
}

static void put_times(const struct sheet *s)
{
	const struct report_row *r = s->show->row;
	struct text t = { 0 };
	words_time(&t, r, r->planned);
	text_add(&t, ", ");
	words_date(&t, words_day(r, r->planned));
	put_fact(s, _("planned"), &t);
	if (!r->started.us)
		return;
	add_moment(&t, s, r->started);
	text_add(&t, " – ");
	if (r->ended.us)
		add_moment(&t, s, r->ended);
	else
		text_add(&t, "…");
	if (r->lateness_ms >= 1000) {
		text_add(&t, _(", late by "));
		words_minutes(&t, r->lateness_ms);
	}
	put_fact(s, _("on the air"), &t);
}

static void put_heard(const struct sheet *s)
{
	const struct report_row *r = s->show->row;
	struct text t = { 0 };
	if (!r->rate || !r->frames_total || r->state == STATE_OPEN)
		return;
	words_length(&t, r->frames_played * 1000 / r->rate);
	text_add(&t, " / ");
	words_length(&t, r->frames_total * 1000 / r->rate);
	text_add(&t, " (");
	words_number(&t, (size_t)r->frames_played);
	text_add(&t, " / ");
	words_number(&t, (size_t)r->frames_total);
	text_addf(&t, _(" frames at %d Hz)"), r->rate);
	put_fact(s, _("heard"), &t);
}

/* Why a segment that ends at that frame ended there. */
static void add_cut(const struct show *show, int64_t frame, struct text *why)
{
	for (size_t i = 0; i < show->rows.n; i++) {
		const struct show_row *r = &show->rows.at[i];
		struct json *j = strcmp(r->kind, "cut") ? NULL : json_parse(r->body, strlen(r->body));
		if (j && json_get_int(j, "frame", -1) == frame)
			text_addf(why, " — %s", words_code(json_get_str(j, "reason")));
		if (j)
			json_free(&j);
		if (why->n)
			return;
	}
}

static void put_segment(const struct sheet *s, size_t n, const struct json *segment)
{
	const struct report_row *r = s->show->row;
	int64_t first = json_as_int(json_at(segment, 0), 0), end = json_as_int(json_at(segment, 1), 0);
	struct text t = { 0 }, why = { 0 };
	char label[64];
	wall_us from;
	if (!report_instant(json_as_str(json_at(segment, 2)), &from, NULL))
		return;
	add_moment(&t, s, from);
	if (r->rate) {
		text_add(&t, " – ");
		add_moment(&t, s, (wall_us){ from.us + (end - first) * US_PER_S / r->rate });
	}
	text_add(&t, ", ");
	add_frames(&t, first, end);
	if (end < r->frames_total)
		add_cut(s->show, end, &why);
	text_add(&t, text_str(&why));
	snprintf(label, sizeof label, _("segment %zu"), n);
	put_fact(s, label, &t);
	text_free(&why);
}

static void put_segments(const struct sheet *s)
{
	const struct report_row *r = s->show->row;
	struct json *body = json_parse(r->body, strlen(r->body));
	const struct json *list = json_get(body, "segments");
	for (size_t i = 0; i < json_count(list); i++)
		put_segment(s, i + 1, json_at(list, i));
	if (body)
		json_free(&body);
}

/* "session:sang" and the firing of the id. */
static void put_part(const struct sheet *s)
{
	const char *from = s->show->row->from, *colon = strchr(from, ':');
	struct text t = { 0 };
	if (!strncmp(from, "session:", 8))
		text_addf(&t, _("session %s"), colon + 1);
	else if (!strncmp(from, "repeat:", 7))
		text_addf(&t, _("repeat %s"), colon + 1);
	else if (!strncmp(from, "emergency:", 10))
		text_addf(&t, "%s %s", words_event("emergency"), colon + 1);
	else
		text_add(&t, words_event(from)); /* "play", "speak", "test", "drill": by hand */
	put_fact(s, _("part of"), &t);
}

static void put_class(const struct sheet *s)
{
	const struct report_row *r = s->show->row;
	struct text t = { 0 };
	text_addf(&t, "%s, %s", words_class(r->class), words_level(r->priority ? r->priority : "normal"));
	put_fact(s, _("class, priority"), &t);
}

static void put_people(const struct sheet *s)
{
	const struct show *show = s->show;
	struct text t = { 0 };
	put_string(s, _("approved by"), show->row->approved_by ? show->row->approved_by : _("nobody"));
	put_string(s, _("ordered by"), show->row->operator? show->row->operator: _("nobody: the schedule"));
	if (!show->duty)
		return;
	text_addf(&t, "%s, ", show->duty);
	text_add(&t, _("since "));
	add_moment(&t, s, show->duty_since);
	put_fact(s, _("on duty"), &t);
}

static void put_hashes(const struct sheet *s)
{
	struct json *body = json_parse(s->show->row->body, strlen(s->show->row->body));
	const char *all = json_get_str(body, "audio_sha256");
	for (const char *at = all; at && *at;) {
		size_t n = strcspn(at, ",");
		struct text t = { 0 };
		text_addf(&t, "SHA-256 %.*s", (int)n, at);
		put_fact(s, at == all ? _("recording") : "", &t);
		at += n + (at[n] == ',');
	}
	if (s->show->text_sha256) {
		struct text t = { 0 };
		text_addf(&t, "SHA-256 %s", s->show->text_sha256);
		put_fact(s, _("text"), &t);
	}
	if (body)
		json_free(&body);
}

static void put_state(const struct sheet *s, const struct show_state *state, const char *label)
{
	struct text t = { 0 };
	if (!state->is)
		return;
	if (state->since.us) {
		text_add(&t, _("since "));
		add_moment(&t, s, state->since);
	} else {
		text_add(&t, _("by the schedule"));
	}
	if (state->reason && *state->reason)
		text_addf(&t, ": %s", state->reason);
	if (state->by)
		text_addf(&t, " (%s)", state->by);
	put_fact(s, label, &t);
}

/* ── Other zones of the same item ── */

static bool is_other(const struct sheet *s, const struct report_row *r)
{
	return r->planned.us == s->show->row->planned.us && strcmp(r->zone, s->show->row->zone) != 0 &&
	       report_row_same_item(r, s->show->row);
}

static bool fared_alike(const struct report_row *a, const struct report_row *b)
{
	return a->state == b->state && a->reason == b->reason;
}

static void put_others(const struct sheet *s, const struct report_log *day)
{
	const struct report_row *at = day->rows.at;
	bool first = true;
	for (size_t i = 0; i < day->rows.n; i++) {
		struct text t = { 0 };
		bool told = !is_other(s, &at[i]);
		for (size_t k = 0; k < i && !told; k++)
			told = is_other(s, &at[k]) && fared_alike(&at[k], &at[i]);
		if (told)
			continue;
		text_addf(&t, "%s %s", words_state_sign(at[i].state), words_state(at[i].state));
		if (at[i].reason != REASON_NONE)
			text_addf(&t, " (%s)", words_reason(at[i].reason));
		for (size_t k = i, n = 0; k < day->rows.n; k++)
			if (is_other(s, &at[k]) && fared_alike(&at[k], &at[i]))
				text_addf(&t, "%s%s", n++ ? ", " : ": ", at[k].zone_name ? at[k].zone_name : at[k].zone);
		put_fact(s, first ? _("other zones") : "", &t);
		first = false;
	}
}

/* ── Rows of the journal ── */

static void add_span(struct text *t, const struct sheet *s, const struct json *j)
{
	int64_t from = json_get_int(j, "from_us", 0), to = json_get_int(j, "to_us", 0);
	if (!from || !to)
		return;
	text_add(t, " ");
	add_moment(t, s, (wall_us){ from });
	text_add(t, " – ");
	add_moment(t, s, (wall_us){ to });
}

/* What was given as a reason is a person's own words, or one of ours. */
static void add_names(struct text *t, const struct json *j)
{
	static const char *const names[] = { "name", "session", "output" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (json_get_str(j, names[i]))
			text_addf(t, " %s", json_get_str(j, names[i]));
	if (json_get_str(j, "what"))
		text_addf(t, ": %s", words_code(json_get_str(j, "what")));
	if (json_get_int(j, "volume", 0))
		text_addf(t, " %d%%", (int)json_get_int(j, "volume", 0));
	if (json_get_str(j, "reason"))
		text_addf(t, ": %s", words_code(json_get_str(j, "reason")));
	if (json_get_str(j, "text"))
		text_addf(t, " %s", json_get_str(j, "text"));
	if (json_get_str(j, "by"))
		text_addf(t, " (%s)", json_get_str(j, "by"));
}

static void add_event(struct text *t, const struct sheet *s, const struct show_row *r, const struct json *j)
{
	bool over = !strcmp(r->kind, "fault") && !json_get_str(j, "text");
	text_add(t, words_event(over ? "fault-over" : r->kind));
	if (over && json_get_str(j, "source"))
		text_addf(t, " %s", json_get_str(j, "source"));
	add_span(t, s, j);
	add_names(t, j);
}

static void add_own(struct text *t, const struct sheet *s, const struct show_row *r, const struct json *j)
{
	const struct json *heard = json_get(j, "heard");
	int64_t frame = json_get_int(j, "frame", -1);
	text_add(t, words_event(r->kind));
	for (size_t i = 0; i < json_count(heard); i++) {
		const struct json *one = json_at(heard, i);
		if (json_as_str(json_at(one, 0)) && !strcmp(json_as_str(json_at(one, 0)), s->show->row->id))
			frame = json_as_int(json_at(one, 1), -1);
	}
	if (frame >= 0) {
		text_add(t, _(", frame "));
		words_number(t, (size_t)frame);
	}
	if (json_get_str(j, "state"))
		text_addf(t, ": %s", words_code(json_get_str(j, "state")));
	if (json_get_str(j, "reason"))
		text_addf(t, ": %s", words_code(json_get_str(j, "reason")));
}

static void put_row(const struct sheet *s, const struct show_row *r)
{
	struct json *j = json_parse(r->body, strlen(r->body));
	struct text t = { 0 };
	char label[32];
	add_moment(&t, s, r->at);
	text_add(&t, "  ");
	if (r->why == SHOW_OWN)
		add_own(&t, s, r, j);
	else
		add_event(&t, s, r, j);
	snprintf(label, sizeof label, _("row %lld"), (long long)r->seq);
	put_fact(s, label, &t);
	if (j)
		json_free(&j);
}

static void put_rows(const struct sheet *s)
{
	put_heading(s, _("In the journal"));
	for (size_t i = 0; i < s->show->rows.n; i++)
		put_row(s, &s->show->rows.at[i]);
}

static void put_notes(const struct sheet *s)
{
	if (s->show->notes.n)
		put_heading(s, _("Notes"));
	for (size_t i = 0; i < s->show->notes.n; i++)
		put_string(s, "", s->show->notes.at[i]);
}

static void put_head(const struct sheet *s)
{
	const struct report_row *r = s->show->row;
	struct text t = { 0 };
	if (s->page->crossed)
		text_addf(&t, "%s\n", words_rehearsal());
	text_addf(&t, "%s — %s\n", r->title ? r->title : r->bulletin, r->zone_name ? r->zone_name : r->zone);
	put(s, &t);
	put_string(s, _("id"), r->id);
	text_addf(&t, "%s (%s)", r->station_name ? r->station_name : "", r->station ? r->station : "");
	put_fact(s, _("station"), &t);
}

void report_show(const struct show *show, const struct report_log *day, const struct tz *tz,
	const struct report_page *page, const struct report_out *out)
{
	struct sheet s = { show, tz, page, out };
	struct text t = { 0 };
	put_head(&s);
	put_verdict(&s);
	put_times(&s);
	put_heard(&s);
	put_segments(&s);
	put_state(&s, &show->off, words_event("off"));
	put_state(&s, &show->held, words_event("hold"));
	put_others(&s, day);
	put_part(&s);
	put_class(&s);
	put_string(&s, _("campaign"), show->row->campaign);
	words_directives(&t, show->row->directives, true);
	if (t.n)
		put_fact(&s, _("directives"), &t);
	text_free(&t);
	put_people(&s);
	put_hashes(&s);
	put_rows(&s);
	put_notes(&s);
}

/* ── For programs ── */

static void add_stamp(struct text *t, const char *key, const struct tz *tz, wall_us at)
{
	char stamp[RFC3339_BYTES];
	if (at.us)
		tz_rfc3339(tz, at, stamp);
	json_str(t, key, at.us ? stamp : NULL);
}

static void json_state(struct text *t, const char *key, const struct show_state *s, const struct tz *tz)
{
	if (!s->is) {
		json_str(t, key, NULL);
		return;
	}
	json_open(t, key, '{');
	add_stamp(t, "since", tz, s->since);
	json_str(t, "reason", s->reason);
	json_str(t, "by", s->by);
	json_close(t, '}');
}

static void json_row(struct text *t, const struct show_row *r, const struct tz *tz)
{
	static const char *const why[] = { [SHOW_OWN] = "own", [SHOW_ORDER] = "order", [SHOW_MEANWHILE] = "meanwhile" };
	json_open(t, NULL, '{');
	json_int(t, "seq", r->seq);
	add_stamp(t, "at", tz, r->at);
	json_str(t, "why", why[r->why]);
	json_str(t, "kind", r->kind);
	text_addf(t, ",\"body\":%s", r->body);
	json_close(t, '}');
}

void report_show_json(const struct show *s, const struct tz *tz, const struct report_out *out)
{
	struct text t = { 0 };
	text_addf(&t, "{\"airing\":%s", s->row->body);
	json_str(&t, "text_sha256", s->text_sha256);
	json_int(&t, "rate", s->row->rate);
	json_str(&t, "duty", s->duty);
	add_stamp(&t, "duty_since", tz, s->duty ? s->duty_since : (wall_us){ 0 });
	json_state(&t, "off", &s->off, tz);
	json_state(&t, "held", &s->held, tz);
	json_open(&t, "rows", '[');
	for (size_t i = 0; i < s->rows.n; i++)
		json_row(&t, &s->rows.at[i], tz);
	json_close(&t, ']');
	json_open(&t, "notes", '[');
	for (size_t i = 0; i < s->notes.n; i++)
		json_str(&t, NULL, s->notes.at[i]);
	json_close(&t, ']');
	json_close(&t, '}');
	text_add(&t, "\n");
	out->put(out->self, text_str(&t));
	text_free(&t);
}
