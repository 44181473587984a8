/* Approvals enter the journal when they come into force: with the schedule in which they stand, whoever wrote them. */
#include "engine/engine-inside.h"
#include "schedule/values.h"

#include <string.h>

static bool same_text(const char *a, const char *b)
{
	return a && b ? !strcmp(a, b) : a == b;
}

static bool same_sound(const struct bulletin *a, const struct bulletin *b)
{
	bool same = a->audio.n == b->audio.n;
	for (size_t i = 0; same && i < a->audio.n; i++)
		same = same_text(a->audio.at[i].bound, b->audio.at[i].bound);
	return same;
}

static bool same_approval(const struct bulletin *a, const struct bulletin *b)
{
	return same_text(a->approved_by, b->approved_by) && same_text(a->approved_via, b->approved_via) &&
	       same_text(a->approved_typed, b->approved_typed) && a->approved_on == b->approved_on &&
	       same_text(a->text_bound, b->text_bound) && same_sound(a, b);
}

static void add_bound(struct text *t, const struct bulletin *b)
{
	json_open(t, "audio_sha256", '[');
	for (size_t i = 0; i < b->audio.n; i++)
		json_str(t, NULL, b->audio.at[i].bound);
	json_close(t, ']');
	json_str(t, "text_sha256", b->text_bound);
}

/* approved_by null: it was taken back. */
static void record(struct engine *e, const struct command *c, const struct bulletin *b)
{
	struct text t = { 0 };
	char on[VALUE_BYTES];
	if (b->approved_on != DAY_NONE)
		value_print_iso_date(b->approved_on, on);
	json_open(&t, NULL, '{');
	json_str(&t, "bulletin", b->name);
	json_str(&t, "title", b->title);
	json_str(&t, "approved_by", b->approved_by);
	json_str(&t, "approved_via", b->approved_via);
	json_str(&t, "approved_on", b->approved_on != DAY_NONE ? on : NULL);
	json_str(&t, "typed_by", b->approved_typed);
	add_bound(&t, b);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, "approved", text_str(&t));
	text_free(&t);
}

void approved_record(struct engine *e, const struct command *c, const struct station *old, const struct station *next)
{
	for (size_t i = 0; i < next->bulletins.n; i++) {
		const struct bulletin *b = &next->bulletins.at[i];
		int was = old ? station_bulletin(old, b->name) : -1;
		bool same = was >= 0 ? same_approval(&old->bulletins.at[was], b) : !b->approved_by;
		if (!same)
			record(e, c, b);
	}
}
