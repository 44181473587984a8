#include "cli/desk.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/glance.h"
#include "cli/status-words.h"
#include "cli/wrap.h"
#include "schedule/tz.h"

#include <string.h>

enum { BAR_CELLS = 12, NEXT_SHOWN = 4, NAME_COLUMNS = 14 };

/* ── For people ── */

#define TITLE "\033[1m"
#define ALARM "\033[1;31m"
#define PLAIN "\033[0m"

static void heading(struct text *out, bool colour, const char *s)
{
	text_addf(out, "\n%s%s%s\n", colour ? TITLE : "", s, colour ? PLAIN : "");
}

/* Zones first where they differ: what is on air there. */
static void air(const struct json *status, int columns, bool colour, struct text *out)
{
	struct glance_rows rows = { 0 };
	glance_air(status, BAR_CELLS, true, &rows);
	heading(out, colour, _("ON AIR"));
	for (size_t i = 0; i < rows.list.n; i++) {
		struct text names = { 0 }, first = { 0 };
		glance_names(status, rows.list.at[i].zones, &names);
		text_add(&first, "  ");
		if (text_width(text_str(&names)) > NAME_COLUMNS) {
			wrap_sentence(out, columns, "  ", text_str(&names));
			text_clear(&names);
		}
		text_add_cell(&first, text_str(&names), NAME_COLUMNS);
		text_add(&first, "  ");
		wrap_sentence(out, columns, text_str(&first), rows.list.at[i].text);
		text_free(&first);
		text_free(&names);
	}
	glance_free(&rows);
}

/* Items first: zones behind them where they are not all. */
static void items(const struct json *status, const char *title, const struct glance_rows *rows, int columns,
	bool colour, struct text *out)
{
	if (rows->list.n)
		heading(out, colour, title);
	for (size_t i = 0; i < rows->list.n; i++) {
		const struct glance_row *r = &rows->list.at[i];
		struct text t = { 0 };
		text_add(&t, r->text);
		if (!glance_is_all(status, r->zones)) {
			text_add(&t, " · ");
			glance_names(status, r->zones, &t);
		}
		wrap_sentence(out, columns, "  ", text_str(&t));
		text_free(&t);
	}
}

static void waiting_and_next(const struct json *status, int columns, bool colour, struct text *out)
{
	struct glance_rows waiting = { 0 }, next = { 0 };
	glance_waiting(status, &waiting);
	glance_next(status, NEXT_SHOWN, &next);
	items(status, _("WAITING"), &waiting, columns, colour, out);
	items(status, _("NEXT"), &next, columns, colour, out);
	if (!next.list.n && json_get_bool(status, "schedule"))
		heading(out, colour,
			strcmp(status_str(status, "clock"), "distrusted") ? _("NEXT: nothing is planned")
									 : _("NEXT: nothing while the schedule is held"));
	glance_free(&waiting);
	glance_free(&next);
}

static void urgent_first(const struct json *status, int columns, bool colour, struct text *out)
{
	const struct json *list = json_get(status, "emergencies"), *relays = json_get(status, "relays"),
			  *orders = json_get(status, "orders"), *skips = json_get(status, "skips");
	const char *now = status_str(status, "now");
	struct text t = { 0 };
	text_add(out, colour ? ALARM : "");
	if (!strcmp(status_str(status, "clock"), "distrusted"))
		wrap_sentence(out, columns, "✗ ", _("THE CLOCK IS NOT TRUSTED: the schedule is held"));
	for (size_t i = 0; i < json_count(list); i++) {
		text_clear(&t);
		status_emergency(&t, json_at(list, i), now);
		wrap_sentence(out, columns, "✗ ", text_str(&t));
	}
	text_clear(&t);
	if (*status_str(status, "station_name"))
		status_header(&t, status);
	else
		text_add(&t, _("Loudspeaker station"));
	text_add(out, colour ? PLAIN TITLE : "");
	wrap_sentence(out, columns, "", text_str(&t));
	text_add(out, colour ? PLAIN : "");
	for (size_t i = 0; i < json_count(orders); i++) {
		text_clear(&t);
		status_order(&t, json_at(orders, i), now);
		wrap_sentence(out, columns, "", text_str(&t));
	}
	for (size_t i = 0; i < json_count(skips); i++) {
		text_clear(&t);
		status_skip(&t, json_at(skips, i));
		wrap_sentence(out, columns, "", text_str(&t));
	}
	for (size_t i = 0; i < json_count(relays); i++) {
		text_clear(&t);
		status_relay(&t, json_at(relays, i));
		wrap_sentence(out, columns, "", text_str(&t));
	}
	text_free(&t);
}

/* " before session sang at 05:30 (in 9 min)" */
static void before(const struct desk_look *d, struct text *t)
{
	struct text when = { 0 };
	int64_t minutes = (d->next_session.us - d->now.us) / (60 * US_PER_S);
	if (d->next_session.us == US_NEVER)
		return;
	todo_when(&when, d->station->tz, d->now, d->next_session);
	text_addf(t, _(" before session %s at %s"), d->station->rules.at[d->next_rule].name, text_str(&when));
	if (minutes < 1)
		text_add(t, _(" (in less than a minute)"));
	else if (minutes < 120)
		text_addf(t, _(" (in %d min)"), (int)minutes);
	text_free(&when);
}

static void one(const struct todo *what, size_t number, int columns, bool colour, struct text *out)
{
	struct text t = { 0 };
	text_addf(&t, " %2zu %s ", number, what->urgent ? "✗" : "!");
	text_add(out, colour && what->urgent ? ALARM : "");
	wrap_sentence(out, columns, text_str(&t), what->text);
	text_add(out, colour && what->urgent ? PLAIN : "");
	/* Not broken, so that a command can be copied whole. */
	for (const char *act = what->act; act && *act; act += strcspn(act, "\n"), act += *act == '\n')
		text_addf(out, "      → %.*s\n", (int)strcspn(act, "\n"), act);
	text_free(&t);
}

/* In one row each, so that what is urgent does not leave the screen. */
static void in_short(const struct todo *what, size_t number, int columns, struct text *out)
{
	struct text t = { 0 };
	text_addf(&t, " %2zu ! %s", number, what->text);
	wrap_line(out, columns, text_str(&t));
	text_free(&t);
}

/* What cannot wait for the next session stands apart from what can. */
static void todos(const struct desk_look *d, int columns, bool colour, bool brief, struct text *out)
{
	const struct todos *list = &d->todos;
	size_t urgent = 0;
	while (urgent < list->list.n && list->list.at[urgent].urgent)
		urgent++;
	size_t later = list->list.n - urgent;
	struct text t = { 0 };
	text_add(&t, urgent ? _("TO DO") : _("NOTHING TO DO"));
	before(d, &t);
	if (urgent)
		text_addf(&t, ": %zu", urgent);
	heading(out, colour, text_str(&t));
	for (size_t i = 0; i < urgent; i++)
		one(&list->list.at[i], i + 1, columns, colour, out);
	text_clear(&t);
	text_addf(&t, _("CAN BE DONE LATER: %zu"), later);
	text_add(&t, brief ? _(" (how: loaxa | less)") : "");
	if (later)
		heading(out, colour, text_str(&t));
	for (size_t i = urgent; i < list->list.n; i++) {
		if (brief)
			in_short(&list->list.at[i], i + 1, columns, out);
		else
			one(&list->list.at[i], i + 1, columns, colour, out);
	}
	text_free(&t);
}

static size_t count_lines(const struct text *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		n += t->at[i] == '\n';
	return n;
}

static void view(const struct desk_look *d, int columns, bool colour, bool brief, struct text *out)
{
	urgent_first(d->parsed, columns, colour, out);
	if (d->running)
		air(d->parsed, columns, colour, out);
	waiting_and_next(d->parsed, columns, colour, out);
	todos(d, columns, colour, brief, out);
}

void desk_view(const struct desk_look *d, int columns, int rows, bool colour, struct text *out)
{
	view(d, columns, colour, false, out);
	if (rows && count_lines(out) >= (size_t)rows) {
		text_clear(out);
		view(d, columns, colour, true, out);
	}
}

/* ── For programs ── */

static void todo_json(const struct desk_look *d, const struct todo *what, struct text *t)
{
	char at[RFC3339_BYTES] = "";
	if (what->at.us && d->station)
		tz_rfc3339(d->station->tz, what->at, at);
	json_open(t, NULL, '{');
	json_str(t, "code", what->code);
	json_bool(t, "urgent", what->urgent);
	json_str(t, "at", *at ? at : NULL);
	json_str(t, "name", what->name);
	json_str(t, "text", what->text);
	json_str(t, "to_do", what->act);
	json_close(t, '}');
}

void desk_json(const struct desk_look *d, struct text *t)
{
	char at[RFC3339_BYTES];
	/* The status object goes on where it ended. */
	text_add_n(t, d->status.at, d->status.n - 1);
	json_bool(t, "controller", d->running);
	if (d->next_session.us == US_NEVER) {
		json_str(t, "next_session", NULL);
	} else {
		tz_rfc3339(d->station->tz, d->next_session, at);
		json_open(t, "next_session", '{');
		json_str(t, "session", d->station->rules.at[d->next_rule].name);
		json_str(t, "at", at);
		json_close(t, '}');
	}
	json_open(t, "todo", '[');
	for (size_t i = 0; i < d->todos.list.n; i++)
		todo_json(d, &d->todos.list.at[i], t);
	json_close(t, ']');
	json_close(t, '}');
}
