/* The journal itself, row by row, for whoever asks what exactly happened. */
#include "report/shapes.h"

#include "base/i18n.h"
#include "base/json.h"
#include "report/words.h"
#include "schedule/tz.h"

#include <inttypes.h>
#include <string.h>

/* What a row says beyond its kind: the plain members that people ask about, in this order. */
static void add_details(struct text *t, const struct json *j)
{
	static const char *const strings[] = { "name", "zone", "rule", "session", "bulletin", "exception", "day", "output",
		"what", "text", "dir", "state", "reason", "operator", "approved_by",
		"approved_via", "approved_on", "typed_by", "by", "account" };
	static const char *const numbers[] = { "volume", "frame", "frames_played", "frames_total", "uid", "more" };
	for (size_t i = 0; i < sizeof strings / sizeof *strings; i++) {
		const char *value = json_get_str(j, strings[i]);
		if (value && *value)
			text_addf(t, "  %s=%s", strings[i], value);
	}
	const struct json *zones = json_get(j, "zones");
	for (size_t i = 0; i < json_count(zones); i++)
		if (json_as_str(json_at(zones, i)))
			text_addf(t, "%s%s", i ? "," : "  zones=", json_as_str(json_at(zones, i)));
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
		int64_t value = json_get_int(j, numbers[i], INT64_MIN);
		if (value != INT64_MIN)
			text_addf(t, "  %s=%" PRId64, numbers[i], value);
	}
}

static void details(struct text *t, const struct journal_row *row)
{
	struct json *j = json_parse(row->body, strlen(row->body));
	if (!j)
		return;
	add_details(t, j);
	json_free(&j);
}

static void as_text(struct text *t, const struct journal_row *row, const char *stamp)
{
	text_addf(t, "%.10s %.12s  ", stamp, stamp + 11);
	text_add_cell(t, words_event(row->kind), 18);
	text_addf(t, "%s%s", row->airing ? "  " : "", row->airing ? row->airing : "");
	details(t, row);
	text_add(t, "\n");
}

static void as_json(struct text *t, const struct journal_row *row, const char *stamp)
{
	json_open(t, NULL, '{');
	json_str(t, "at", stamp);
	json_str(t, "kind", row->kind);
	json_str(t, "airing", row->airing);
	text_addf(t, ",\"body\":%s", row->body);
	json_close(t, '}');
	text_add(t, "\n");
}

static void as_csv(struct text *t, const struct journal_row *row, const char *stamp)
{
	struct text more = { 0 };
	details(&more, row);
	report_csv_field(t, stamp, false);
	report_csv_field(t, words_event(row->kind), false);
	report_csv_field(t, row->airing, false);
	report_csv_field(t, text_str(&more) + strspn(text_str(&more), " "), true);
	text_free(&more);
}

static void csv_head(struct text *t)
{
	text_add(t, "\xEF\xBB\xBF");
	report_csv_field(t, _("time"), false);
	report_csv_field(t, _("event"), false);
	report_csv_field(t, _("airing"), false);
	report_csv_field(t, _("details"), true);
}

void report_events(struct journal_reader *reader, const struct tz *tz, enum report_shape shape,
	const struct report_page *page, const struct report_out *out)
{
	void (*const as[])(struct text *, const struct journal_row *, const char *) = { as_text, as_json, as_csv };
	struct text t = { 0 };
	struct journal_row row;
	char stamp[RFC3339_BYTES];
	if (page->crossed && shape == REPORT_TEXT)
		text_addf(&t, "%s\n", words_rehearsal());
	if (shape == REPORT_CSV)
		csv_head(&t);
	while (reader->next(reader->self, &row)) {
		tz_rfc3339(tz, row.wall, stamp);
		as[shape](&t, &row, stamp);
		out->put(out->self, text_str(&t));
		text_clear(&t);
	}
	text_free(&t);
}
