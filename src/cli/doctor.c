#include "cli/doctor.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/letters.h"

static const char *const marks[] = { "ok", "hint", "ill" };
static const char *const signs[] = { "✓", "!", "✗" };

void doctor_say(struct doctor *d, enum doctor_mark mark, const char *check, char *fact, char *to_do)
{
	vec_push(&d->lines, (struct doctor_line){ mark, check, fact, to_do });
}

size_t doctor_ill(const struct doctor *d)
{
	size_t n = 0;
	for (size_t i = 0; i < d->lines.n; i++)
		n += d->lines.at[i].mark == DOCTOR_ILL;
	return n;
}

static void print_json(const struct doctor_line *l, FILE *out)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "check", l->check);
	json_str(&t, "mark", marks[l->mark]);
	json_str(&t, "fact", l->fact);
	json_str(&t, "to_do", l->to_do);
	json_close(&t, '}');
	fprintf(out, "%s\n", text_str(&t));
	text_free(&t);
}

static void print_line(const struct doctor_line *l, FILE *out)
{
	static const char *const words[] = { N_("well"), N_("could be better"), N_("NEEDS A PERSON") };
	bool plain = letters_plain();
	fprintf(out, plain ? "%s: %s\n" : "%s %s\n", plain ? _(words[l->mark]) : signs[l->mark], l->fact);
	if (l->to_do)
		fprintf(out, "%s%s\n", plain ? _("To do: ") : "    → ", l->to_do);
}

void doctor_print(const struct doctor *d, bool json, FILE *out)
{
	for (size_t i = 0; i < d->lines.n; i++) {
		const struct doctor_line *l = &d->lines.at[i];
		if (json)
			print_json(l, out);
		else
			print_line(l, out);
	}
	size_t ill = doctor_ill(d);
	if (json)
		return;
	if (ill)
		fprintf(out, ngettext("%zu thing needs a person (✗).\n", "%zu things need a person (✗).\n", ill), ill);
	else
		fprintf(out, "%s\n", _("Nothing needs a person."));
}

void doctor_free(struct doctor *d)
{
	for (size_t i = 0; i < d->lines.n; i++) {
		mem_free(d->lines.at[i].fact);
		mem_free(d->lines.at[i].to_do);
	}
	vec_free(&d->lines);
	station_free(&d->station);
}
