#include "cli/status-view.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/letters.h"
#include "cli/status-words.h"
#include "cli/wrap.h"

#include <string.h>

enum { NAME_COLUMNS = 12, BAR_CELLS = 16 };

/* A line of its own, when there is anything to say. */
static void add_line(struct text *out, struct text *part)
{
	if (part->n)
		text_addf(out, "%s\n", text_str(part));
	text_clear(part);
}

/* What is to be said of a zone, a line each, without its name. */
static void zone_lines(const struct json *z, const char *now, struct text *out)
{
	const struct json *air = json_get(z, "on_air"), *waiting = json_get(z, "waiting"), *next = json_get(z, "next");
	struct text part = { 0 };
	status_zone_off(&part, z, now);
	add_line(out, &part);
	status_zone_volume(&part, z);
	add_line(out, &part);
	status_zone_held(&part, z, now);
	add_line(out, &part);
	status_zone_lost(&part, z);
	add_line(out, &part);
	if (status_is_object(air))
		status_on_air(&part, air, BAR_CELLS, true);
	else
		text_add(&part, _("– nothing on air"));
	add_line(out, &part);
	for (size_t i = 0; i < json_count(waiting); i++) {
		text_addf(&part, "%s ", _("waits:"));
		status_waiting(&part, json_at(waiting, i), now);
		add_line(out, &part);
	}
	for (size_t i = 0; i < json_count(next); i++) {
		text_addf(&part, "%s ", i && !letters_plain() ? "     " : _("next:"));
		status_next(&part, json_at(next, i), now);
		add_line(out, &part);
	}
	text_free(&part);
}

/* name in the left column of the block's first line, its lines to the right. */
static void block(struct text *out, int columns, const char *names, const char *lines)
{
	struct text row = { 0 };
	bool plain = letters_plain();
	if (!plain && text_width(names) > NAME_COLUMNS) {
		wrap_sentence(out, columns, "", names);
		names = "";
	}
	while (*lines) {
		size_t n = strcspn(lines, "\n");
		text_clear(&row);
		text_add_cell(&row, names, plain ? text_width(names) : NAME_COLUMNS);
		text_add(&row, plain ? ": " : "  ");
		text_add_n(&row, lines, n);
		wrap_line(out, columns, text_str(&row));
		names = plain ? names : "";
		lines += n + 1;
	}
	text_free(&row);
}

/* Zones with equal lines are one block, at the place of the first. */
static void zones(const struct json *list, const char *now, int columns, struct text *out)
{
	size_t n = json_count(list);
	struct text *said = mem_zero(n * sizeof *said);
	for (size_t i = 0; i < n; i++)
		zone_lines(json_at(list, i), now, &said[i]);
	for (size_t i = 0; i < n; i++) {
		struct text names = { 0 };
		for (size_t k = i; k < n; k++) {
			if (!said[k].n || (k > i && strcmp(text_str(&said[i]), text_str(&said[k]))))
				continue;
			text_addf(&names, "%s%s", names.n ? ", " : "", status_str(json_at(list, k), "zone"));
			if (k > i)
				text_free(&said[k]);
		}
		if (names.n)
			block(out, columns, text_str(&names), text_str(&said[i]));
		text_free(&names);
	}
	for (size_t i = 0; i < n; i++)
		text_free(&said[i]);
	mem_free(said);
}

/* Puts a phrase down as a sentence. */
static void say(struct text *out, int columns, struct text *t)
{
	if (t->n)
		wrap_sentence(out, columns, "", text_str(t));
	text_clear(t);
}

void status_view(const struct json *status, int columns, struct text *out)
{
	const struct json *faults = json_get(status, "faults"), *emergencies = json_get(status, "emergencies");
	const struct json *relays = json_get(status, "relays"), *orders = json_get(status, "orders");
	const struct json *skips = json_get(status, "skips");
	const char *now = status_str(status, "now");
	struct text t = { 0 };
	if (!strcmp(status_str(status, "clock"), "distrusted"))
		text_add(&t, _("SCHEDULE HELD: the clock is not trusted — set it, or: loaxa clock confirm — "
			       "emergencies and manual plays still work"));
	say(out, columns, &t);
	for (size_t i = 0; i < json_count(faults); i++) {
		status_fault(&t, json_at(faults, i), now);
		say(out, columns, &t);
	}
	for (size_t i = 0; i < json_count(emergencies); i++) {
		status_emergency(&t, json_at(emergencies, i), now);
		say(out, columns, &t);
	}
	status_header(&t, status);
	wrap_line(out, columns, text_str(&t));
	text_clear(&t);
	for (size_t i = 0; i < json_count(orders); i++) {
		status_order(&t, json_at(orders, i), now);
		say(out, columns, &t);
	}
	for (size_t i = 0; i < json_count(skips); i++) {
		status_skip(&t, json_at(skips, i));
		say(out, columns, &t);
	}
	for (size_t i = 0; i < json_count(relays); i++) {
		status_relay(&t, json_at(relays, i));
		say(out, columns, &t);
	}
	if (!json_get_bool(status, "schedule"))
		text_add(&t, _("No schedule is running — check one and take it: loaxa check DIR, loaxa reload DIR"));
	say(out, columns, &t);
	zones(json_get(status, "zones"), now, columns, out);
	text_free(&t);
}
