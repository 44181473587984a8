/* The conversation.  Each answer is checked where it is given; each proposal is what such letters mostly say. */
#include "base/i18n.h"
#include "cli/letter.h"
#include "cli/say.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

enum { QUESTIONS = 10, USUAL_DAYS = 30 };

struct talk {
	struct letter *l;
	struct dialog *d;
	int asked;
};

typedef bool (*check_fn)(void *, const char *, struct err *);

/* NULL: they left. */
static char *ask(struct talk *t, const char *text, const char *proposal, check_fn check)
{
	char *numbered = mem_printf("%d/%d %s", ++t->asked, QUESTIONS, text);
	struct dialog_question q = { .text = numbered, .proposal = proposal, .check = check, .self = t->l };
	char *answer = dialog_ask(t->d, &q);
	mem_free(numbered);
	return answer;
}

static bool check_text(void *self, const char *answer, struct err *why)
{
	(void)self;
	return edit_can_write(answer) ||
	       err_set(why, "%s", _("This cannot stand in the files — it holds \"${\" — write it without."));
}

static const struct station *station_of(const struct letter *l)
{
	return l->draft->was;
}

/* ── The letter ── */

static char *plain_number(const char *number)
{
	return letter_name(number, 80);
}

/* The campaign that carries this very letter already: numbers are unique for an issuer and a year only. */
static const struct campaign *entered_before(const struct letter *l)
{
	const struct station *st = station_of(l);
	const struct campaign *found = NULL;
	char *number = plain_number(l->number);
	for (size_t c = 0; *number && c < st->campaigns.n; c++)
		for (size_t i = 0; i < st->campaigns.at[c].directives.n; i++) {
			const struct directive *d = &st->campaigns.at[c].directives.at[i];
			char *other = plain_number(d->number ? d->number : "");
			bool year = d->issued != DAY_NONE &&
				    civil_from_day(d->issued).year == civil_from_day(l->issued).year;
			if (!strcmp(number, other) && year && d->issuer && !strcmp(d->issuer, l->issuer))
				found = &st->campaigns.at[c];
			mem_free(other);
		}
	mem_free(number);
	return found;
}

static bool check_issued(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	if (!letter_date(answer, l->today, &l->issued))
		return err_set(why, _("\"%s\" is no date — day, month, year are needed — write for example 13/7/2021."),
			answer);
	if (l->issued > l->today)
		return err_set(why,
			_("%s is a day to come — a letter is dated before it arrives — look at its date again."),
			answer);
	const struct campaign *c = entered_before(l);
	return !c ||
	       err_set(why,
		       _("This letter is entered already, in campaign \"%s\" — twice it would be reported twice — "
			 "correct the date, or q to leave."),
		       c->name);
}

static bool check_urgency(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	l->urgency = letter_urgency(answer);
	return l->urgency || err_set(why,
				     _("\"%s\" is no urgency — the letter's stamp says it, no stamp is thuong — write "
				       "thuong, khan, thuong-khan or hoa-toc."),
				     answer);
}

static bool check_received(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	char *received = letter_received(answer, l->today);
	if (!received)
		return err_set(why,
			_("\"%s\" is no time — a time today, or a date and a time — write for example 16h05 or "
			  "13/7/2021 16:05."),
			answer);
	mem_free(l->received);
	l->received = received;
	return true;
}

static bool ask_letter(struct talk *t)
{
	struct letter *l = t->l;
	char date[VALUE_BYTES], time[VALUE_BYTES];
	char *issued = NULL, *urgency = NULL, *received = NULL;
	tod_ms minute = tz_local(station_of(l)->tz, l->now).ms / 60000 * 60000;
	value_print_date(l->today, date);
	value_print_time(minute, time);
	char *now = mem_printf("%s %s", date, time);
	bool all = (l->number = ask(t, _("Number and symbol of the letter (Enter: it has none)"), "", check_text)) &&
		   (l->issuer = ask(t, _("Issued by"), station_of(l)->reports_to, check_text)) &&
		   (issued = ask(t, _("Date of the letter"), date, check_issued)) &&
		   (l->subject = ask(t, _("Subject, word for word (Enter: none)"), "", check_text)) &&
		   (urgency = ask(t, _("Urgency of the paper: thuong, khan, thuong-khan, hoa-toc"), "thuong",
			    check_urgency)) &&
		   (received = ask(t, _("Received"), now, check_received));
	mem_free(now);
	mem_free(issued);
	mem_free(urgency);
	mem_free(received);
	return all;
}

/* ── What is aired ── */

static bool check_recording(void *self, const char *answer, struct err *why)
{
	return letter_take(self, answer, why);
}

int letter_campaign(const struct letter *l)
{
	return l->bulletin >= 0 ? station_of(l)->bulletins.at[l->bulletin].campaign : -1;
}

/* ── When ── */

static bool check_days(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	if (!letter_days(answer, l->today, &l->days))
		return err_set(why,
			_("\"%s\" is no span of days — a first and a last day, the first one before the last — "
			  "write for example 14/7/2021 - 31/8/2021."),
			answer);
	return l->days.until >= l->today ||
	       err_set(why, _("%s is over — nothing of it could still be aired — write the days to come."), answer);
}

static char *usual_days(const struct letter *l)
{
	int campaign = letter_campaign(l);
	day_num until = l->today + USUAL_DAYS;
	char a[VALUE_BYTES], b[VALUE_BYTES];
	if (campaign >= 0 && station_of(l)->campaigns.at[campaign].days.until > l->today &&
		station_of(l)->campaigns.at[campaign].days.until < DAY_MAX)
		until = station_of(l)->campaigns.at[campaign].days.until;
	value_print_date(l->today + 1, a);
	value_print_date(until, b);
	return mem_printf("%s - %s", a, b);
}

static bool check_times(void *self, const char *answer, struct err *why)
{
	return letter_place(self, answer, why);
}

static bool ask_air(struct talk *t)
{
	struct letter *l = t->l;
	const char *what = say_can() ? _("Recording: a file, a text (.txt) to be read aloud, or the name of a bulletin")
				     : _("Recording: a file, or the name of a bulletin");
	if (dialog_is_typed(t->d))
		letter_list_stick(l);
	char *recording = ask(t, what, NULL, check_recording);
	char *usual = recording ? usual_days(l) : NULL;
	char *days = recording ? ask(t, _("Air from day to day"), usual, check_days) : NULL;
	int campaign = letter_campaign(l);
	int least = campaign >= 0 ? station_of(l)->campaigns.at[campaign].times_min : -1;
	char *proposed = mem_printf("%d", least > 0 ? least : 2);
	char *times = days ? ask(t, _("Times a day (or where: sang chieu 11h15)"), proposed, check_times) : NULL;
	bool all = times;
	if (all)
		letter_say_places(l);
	mem_free(recording);
	mem_free(usual);
	mem_free(days);
	mem_free(proposed);
	mem_free(times);
	return all;
}

/* ── Approval ── */

bool letter_is_approved(const struct letter *l)
{
	return l->bulletin >= 0 && station_of(l)->bulletins.at[l->bulletin].approved_by;
}

/* Who approves mostly is who approved last. */
static const char *usual_approver(const struct station *st)
{
	const struct bulletin *last = NULL;
	for (size_t i = 0; i < st->bulletins.n; i++) {
		const struct bulletin *b = &st->bulletins.at[i];
		if (b->approved_by && (!last || b->approved_on >= last->approved_on))
			last = b;
	}
	return last ? last->approved_by : NULL;
}

static bool ask_approval(struct talk *t)
{
	struct letter *l = t->l;
	if (!station_of(l)->approval || letter_is_approved(l))
		return true;
	char *answer = ask(t, _("Approved by; paper (- : not yet)"), usual_approver(station_of(l)), check_text);
	if (answer && strcmp(answer, "-"))
		letter_approval(answer, &l->by, &l->via);
	bool all = answer;
	mem_free(answer);
	return all;
}

bool letter_ask(struct letter *l, struct dialog *d)
{
	struct talk t = { .l = l, .d = d };
	printf(_("A new letter for %s (files in %s).\n"), station_of(l)->name, l->draft->dir);
	puts(_("Enter takes what stands in [ ], q leaves; nothing is written before the last question."));
	return ask_letter(&t) && ask_air(&t) && ask_approval(&t);
}
