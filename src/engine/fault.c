/* What is wrong right now, in words for whoever looks: shown by status, journalled when it comes and goes. */
#include "base/i18n.h"
#include "base/mem.h"
#include "engine/engine-inside.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

static void record_fault(struct engine *e, const char *source, const char *text)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "source", source);
	json_str(&t, "text", text);
	json_close(&t, '}');
	record_event(e, "fault", text_str(&t));
	text_free(&t);
}

void engine_fault(struct engine *e, const char *source, const char *text)
{
	size_t i = 0;
	while (i < e->faults.n && strcmp(e->faults.at[i].source, source))
		i++;
	bool known = i < e->faults.n;
	bool same = known ? text && !strcmp(e->faults.at[i].text, text) : !text;
	if (same)
		return;
	if (!known || !text)
		record_fault(e, source, text);
	if (!known) {
		vec_push(&e->faults, (struct fault_note){ mem_dup(source), mem_dup(text), e->now });
	} else if (text) {
		mem_renew(&e->faults.at[i].text, text);
	} else {
		mem_free(e->faults.at[i].source);
		mem_free(e->faults.at[i].text);
		vec_remove(&e->faults, i);
	}
}

bool engine_fault_at(const struct engine *e, size_t i, struct engine_fault_seen *out)
{
	if (i >= e->faults.n)
		return false;
	const struct fault_note *f = &e->faults.at[i];
	*out = (struct engine_fault_seen){ f->source, f->text, f->since };
	return true;
}

void engine_output_fault(struct engine *e, int output, bool lost)
{
	const struct output *o = &e->station->outputs.at[output];
	char *source = mem_printf("output:%s", o->name), *text = NULL;
	if (lost) {
		size_t zones = 0;
		for (size_t z = 0; z < e->station->zones.n; z++)
			zones += e->station->zones.at[z].output == output;
		char since[VALUE_BYTES];
		value_print_time(tz_local(e->station->tz, e->now).ms / 1000 * 1000, since);
		text = mem_printf(
			_("NO SOUND since %s in %zu zones — device \"%s\" is gone (cable or power) — plug it in; "
			  "airing goes on by itself and the journal knows"),
			since, zones, o->name);
	}
	engine_fault(e, source, text);
	mem_free(source);
	mem_free(text);
}

void engine_free_faults(struct engine *e)
{
	while (e->faults.n) {
		mem_free(e->faults.at[0].source);
		mem_free(e->faults.at[0].text);
		vec_remove(&e->faults, 0);
	}
	vec_free(&e->faults);
}
