/* By class, level and language. */
#include "report/views-inside.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "report/words.h"

void views_classes(const struct view *v)
{
	struct columns *g = columns_new();
	views_heading(v, _("BY CLASS AND PRIORITY"));
	columns_column(g, _("class"), false);
	columns_column(g, _("priority"), false);
	columns_column(g, _("language"), false);
	columns_column(g, _("broadcasts"), true);
	columns_column(g, _("bulletins"), true);
	columns_column(g, _("length"), true);
	views_verdict_columns(g);
	for (size_t i = 0; i < v->report->classes.n; i++) {
		const struct report_class *c = &v->report->classes.at[i];
		struct text heard = { 0 };
		words_minutes(&heard, c->sums.heard_ms);
		columns_cell(g, words_class(class_name(c->class)));
		columns_cell(g, words_level(level_name(c->level)));
		columns_cell(g, c->language);
		columns_number(g, c->sums.broadcasts);
		columns_number(g, c->sums.bulletins);
		columns_cell(g, text_str(&heard));
		views_verdict_cells(g, &c->sums);
		text_free(&heard);
	}
	columns_print(g, v->page, v->out);
	columns_free(&g);
}

void views_classes_json(const struct report *r, const struct report_out *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < r->classes.n; i++) {
		const struct report_class *c = &r->classes.at[i];
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "class");
		json_str(&t, "class", class_name(c->class));
		json_str(&t, "priority", level_name(c->level));
		json_str(&t, "language", c->language);
		views_json_sums(&t, &c->sums);
		views_json_put(out, &t);
	}
	text_free(&t);
}
