/* By zone. */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/words.h"

void views_zones(const struct view *v)
{
	struct columns *g = columns_new();
	views_heading(v, _("BY ZONE"));
	columns_column(g, _("zone"), false);
	columns_column(g, _("broadcasts heard"), true);
	columns_column(g, _("length"), true);
	views_verdict_columns(g);
	for (size_t i = 0; i < v->report->zones.n; i++) {
		const struct report_zone *z = &v->report->zones.at[i];
		struct text heard = { 0 };
		words_minutes(&heard, z->sums.heard_ms);
		columns_cell(g, z->title);
		columns_number(g, z->sums.zone_broadcasts);
		columns_cell(g, text_str(&heard));
		views_verdict_cells(g, &z->sums);
		text_free(&heard);
	}
	columns_print(g, v->page, v->out);
	columns_free(&g);
	views_off(v);
}

void views_zones_json(const struct report *r, const struct report_out *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->zones.n; i++) {
		const struct report_zone *z = &r->zones.at[i];
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "zone");
		json_str(&t, "zone", z->name);
		json_str(&t, "zone_name", z->title);
		json_str(&t, "area", z->area);
		json_int(&t, "speakers", z->speakers);
		json_open(&t, "off", '[');
		for (size_t k = 0; k < z->off.n; k++) {
			json_open(&t, NULL, '{');
			views_json_instant(&t, "from", r, z->off.at[k].from);
			views_json_instant(&t, "to", r, z->off.at[k].to);
			json_str(&t, "why", z->off.at[k].why);
			json_close(&t, '}');
		}
		json_close(&t, ']');
		json_milli(&t, "off_s", z->off_ms);
		views_json_sums(&t, &z->sums);
		views_json_put(out, &t);
	}
	text_free(&t);
}
