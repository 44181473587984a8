/* What a letter means for the files: a directive in a campaign, new or not; a bulletin, new or not; places in lists; a
 * repeat where the lists are too few. */
#include "base/i18n.h"
#include "cli/letter.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

enum { NAME_MOST = 40 };

void letter_begin(struct letter *l, struct draft *d, wall_us now)
{
	*l = (struct letter){ .draft = d, .now = now, .bulletin = -1, .times_max = -1, .issued = DAY_NONE };
	l->today = tz_local(d->was->tz, now).day;
	l->import = (struct import_options){ .audio_dir = d->was->audio_dir, .progress = true };
}

void letter_free(struct letter *l, bool kept)
{
	if (l->taken_in && !kept)
		import_undo(&l->import, &l->recording);
	if (l->taken_in)
		import_result_free(&l->recording);
	for (size_t i = 0; i < LETTER_QUESTIONS; i++)
		mem_free(l->answers[i]);
	import_scan_free(&l->stick);
	mem_free(l->number);
	mem_free(l->issuer);
	mem_free(l->subject);
	mem_free(l->received);
	mem_free(l->by);
	mem_free(l->via);
	mem_free(l->campaign_name);
	mem_free(l->bulletin_name);
	places_free(&l->places);
	*l = (struct letter){ 0 };
}

/* ── Names ── */

static bool is_taken(const struct letter *l, const char *section, const char *name)
{
	static const char *const rules[] = { "session", "repeat", "emergency" };
	bool rule = !strcmp(section, "repeat"),
	     taken = edit_has(l->draft->edit, (struct edit_at){ .section = section, .name = name });
	for (size_t i = 0; rule && i < sizeof rules / sizeof *rules; i++)
		taken |= edit_has(l->draft->edit, (struct edit_at){ .section = rules[i], .name = name });
	return taken;
}

/* One that no section of the kind has: the base, or the base and a number. */
static char *free_name(const struct letter *l, const char *section, const char *base)
{
	char *name = mem_dup(base);
	for (int i = 2; is_taken(l, section, name) && i < 1000; i++) {
		mem_free(name);
		name = mem_printf("%s-%d", base, i);
	}
	return name;
}

/* "1704-stttt-ttbcxb", of an unnumbered one "vb-2020-08-02". */
static char *paper_name(const struct letter *l)
{
	char date[VALUE_BYTES], *name = letter_name(l->number, NAME_MOST);
	if (*name)
		return name;
	mem_free(name);
	value_print_iso_date(l->issued, date);
	return mem_printf("vb-%s", date);
}

static char *paper_title(const struct letter *l)
{
	char date[VALUE_BYTES];
	value_print_date(l->issued, date);
	if (*l->subject)
		return mem_dup(l->subject);
	return *l->number ? mem_printf(_("Letter %s of %s, %s"), l->number, date, l->issuer)
			  : mem_printf(_("Letter of %s, %s"), date, l->issuer);
}

/* ── Lines ── */

static void put_line(struct text *t, const char *key, const char *value)
{
	if (!value || !*value)
		return;
	text_add(t, "\t");
	edit_put(t, key, value);
	text_add(t, "\n");
}

static void put_day(struct text *t, const char *key, day_num day)
{
	char date[VALUE_BYTES];
	value_print_date(day, date);
	put_line(t, key, date);
}

static void put_span(struct text *t, day_span days)
{
	char from[VALUE_BYTES], until[VALUE_BYTES];
	value_print_date(days.from, from);
	value_print_date(days.until, until);
	text_addf(t, "\tfrom = \"%s\"   until = \"%s\"\n", from, until);
}

static void put_directive(const struct letter *l, const char *name, struct text *t)
{
	text_addf(t, "directive \"%s\" {\n\t", name);
	edit_put(t, "number", l->number);
	text_add(t, "\n");
	put_day(t, "issued", l->issued);
	put_line(t, "issuer", l->issuer);
	put_line(t, "subject", l->subject);
	put_line(t, "urgency", l->urgency);
	put_day(t, "from", l->days.from);
	put_line(t, "received", l->received);
	text_add(t, "}\n");
}

static char *times_of(const struct letter *l)
{
	return l->times_max > 0 ? mem_printf("%d..%d", l->times_min, l->times_max) : mem_printf("%d", l->times_min);
}

/* ── Sections ── */

static bool append(struct letter *l, const char *section, const char *otherwise, const char *lines, struct err *err)
{
	const char *home = edit_home(l->draft->edit, section);
	char *file = mem_dup(home ? home : otherwise);
	bool ok = edit_append(l->draft->edit, file, lines, err);
	mem_free(file);
	return ok;
}

static bool add_campaign(struct letter *l, struct err *err)
{
	char *base = paper_name(l), *title = paper_title(l), *times = times_of(l);
	struct text t = { 0 }, part = { 0 };
	l->campaign_name = free_name(l, "campaign", base);
	text_addf(&t, "campaign \"%s\" {\n", l->campaign_name);
	put_line(&t, "title", title);
	put_span(&t, l->days);
	put_line(&t, "times-per-day", times);
	put_line(&t, "set-by", l->draft->was->unit);
	text_add(&t, "}\n");
	put_directive(l, base, &part);
	bool ok = append(l, "campaign", "20-dot-tuyen-truyen.conf", text_str(&t), err) &&
		  edit_append_part(l->draft->edit, (struct edit_at){ .section = "campaign", .name = l->campaign_name },
			  text_str(&part), err);
	mem_free(base);
	mem_free(title);
	mem_free(times);
	text_free(&t);
	text_free(&part);
	return ok;
}

/* What is required of days that are over must not grow after them: reports would show them short. */
bool letter_raises(const struct letter *l)
{
	int campaign = letter_campaign(l);
	const struct campaign *c = campaign < 0 ? NULL : &l->draft->was->campaigns.at[campaign];
	return c && l->times_min > c->times_min && c->days.from > l->today;
}

/* The campaign lasts as long as the letter that wants it longest. */
static bool join_campaign(struct letter *l, const struct campaign *c, struct err *err)
{
	struct edit *e = l->draft->edit;
	struct edit_at at = { .section = "campaign", .name = c->name };
	char date[VALUE_BYTES], *base = paper_name(l), *name = mem_dup(base), *times = times_of(l);
	struct text part = { 0 };
	bool ok = true;
	for (int i = 2; edit_has(e, (struct edit_at){ "campaign", c->name, "directive", name }) && i < 1000; i++) {
		mem_free(name);
		name = mem_printf("%s-%d", base, i);
	}
	l->campaign_name = mem_dup(c->name);
	put_directive(l, name, &part);
	ok = edit_append_part(e, at, text_str(&part), err);
	value_print_date(l->days.until, date);
	if (ok && l->days.until > c->days.until)
		ok = edit_set(e, at, "until", date, err);
	value_print_date(l->days.from, date);
	if (ok && l->days.from < c->days.from)
		ok = edit_set(e, at, "from", date, err);
	if (ok && letter_raises(l))
		ok = edit_set(e, at, "times-per-day", times, err);
	mem_free(base);
	mem_free(name);
	mem_free(times);
	text_free(&part);
	return ok;
}

static bool add_bulletin(struct letter *l, struct err *err)
{
	const struct import_result *r = &l->recording;
	char *stem = mem_dup_n(r->file, strcspn(r->file, ".")), *base = letter_name(stem, NAME_MOST);
	struct text t = { 0 };
	l->bulletin_name = free_name(l, "bulletin", *base ? base : "ban-tin");
	text_addf(&t, "bulletin \"%s\" {\n", l->bulletin_name);
	put_line(&t, "title", r->title);
	put_line(&t, "campaign", l->campaign_name);
	text_add(&t, "\taudio = { ");
	edit_literal(&t, r->file);
	text_add(&t, " }\n");
	put_line(&t, "text", r->text);
	text_add(&t, "}\n");
	bool ok = append(l, "bulletin", "30-ban-tin.conf", text_str(&t), err);
	mem_free(stem);
	mem_free(base);
	text_free(&t);
	return ok;
}

/* One that is there must be open as long as the letter wants it. */
static bool keep_bulletin(struct letter *l, struct err *err)
{
	const struct bulletin *b = &l->draft->was->bulletins.at[l->bulletin];
	struct edit_at at = { .section = "bulletin", .name = b->name };
	char date[VALUE_BYTES];
	bool ok = true;
	l->bulletin_name = mem_dup(b->name);
	if (b->campaign < 0)
		ok = edit_set(l->draft->edit, at, "campaign", l->campaign_name, err);
	value_print_date(l->days.until, date);
	if (ok && b->has_until && b->days.until < l->days.until)
		ok = edit_set(l->draft->edit, at, "until", date, err);
	value_print_date(l->days.from, date);
	if (ok && b->days.from > l->days.from)
		ok = edit_set(l->draft->edit, at, "from", date, err);
	return ok;
}

/* ── Places ── */

static bool add_to_session(struct letter *l, const struct places_session *s, struct err *err)
{
	const struct rule *r = &l->draft->was->rules.at[s->rule];
	const struct bulletin *after = s->after < 0 ? NULL
						    : &l->draft->was->bulletins.at[r->play.at[s->after].bulletin];
	int which = 0;
	for (int i = 0; i <= s->after; i++)
		which += r->play.at[i].bulletin == r->play.at[s->after].bulletin;
	return edit_list_add(l->draft->edit, (struct edit_at){ .section = "session", .name = r->name }, "play",
		l->bulletin_name, after ? after->name : NULL, which, err);
}

static bool add_repeat(struct letter *l, struct err *err)
{
	struct text t = { 0 };
	char *base = mem_printf("nhac-lai-%.38s", l->bulletin_name), *name = free_name(l, "repeat", base);
	text_addf(&t, "repeat \"%s\" {\n\tplay = { \"%s\" }\n\tat = { ", name, l->bulletin_name);
	for (size_t i = 0; i < l->places.repeats.n; i++) {
		char time[VALUE_BYTES];
		value_print_time(l->places.repeats.at[i], time);
		text_addf(&t, "%s\"%s\"", i ? ", " : "", time);
	}
	text_add(&t, " }\n");
	put_span(&t, l->days);
	text_add(&t, "}\n");
	const char *home = edit_home(l->draft->edit, "repeat");
	bool ok = append(l, home ? "repeat" : "session", "40-lich.conf", text_str(&t), err);
	mem_free(base);
	mem_free(name);
	text_free(&t);
	return ok;
}

bool letter_write(struct letter *l, struct err *err)
{
	int campaign = letter_campaign(l);
	mem_renew(&l->campaign_name, NULL);
	mem_renew(&l->bulletin_name, NULL);
	bool ok = campaign >= 0 ? join_campaign(l, &l->draft->was->campaigns.at[campaign], err) : add_campaign(l, err);
	ok = ok && (l->bulletin >= 0 ? keep_bulletin(l, err) : add_bulletin(l, err));
	for (size_t i = 0; ok && i < l->places.sessions.n; i++)
		ok = add_to_session(l, &l->places.sessions.at[i], err);
	return ok && (!l->places.repeats.n || add_repeat(l, err));
}
