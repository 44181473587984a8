/* The conversation: a table of questions.  Each answer is checked, and kept, where it is given; each proposal is what
 * was answered before, else what such letters mostly say.  "<" goes back to the question before. */
#include "base/i18n.h"
#include "cli/letter.h"
#include "cli/say.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

enum { USUAL_DAYS = 30 };

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

static bool can_stand(const char *answer, struct err *why)
{
	return edit_can_write(answer) ||
	       err_set(why, "%s", _("This cannot stand in the files — it holds \"${\" — write it without."));
}

static bool check_number(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	mem_renew(&l->number, answer);
	return can_stand(answer, why);
}

static bool check_issuer(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	mem_renew(&l->issuer, answer);
	return can_stand(answer, why);
}

static bool check_subject(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	mem_renew(&l->subject, answer);
	return can_stand(answer, why);
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

static bool needs_approval(const struct letter *l)
{
	return station_of(l)->approval && !letter_is_approved(l);
}

/* Whoever approves should have heard it. */
static bool listen_first(const struct letter *l, struct err *why)
{
	const struct station *st = station_of(l);
	char *file = mem_printf("%s/%s", st->audio_dir, l->bulletin < 0 ? l->recording.file : "");
	if (l->listen)
		l->listen(l, l->bulletin < 0 ? file : st->bulletins.at[l->bulletin].name);
	mem_free(file);
	return err_set(why, "%s", _("Now the approval, or nghe once more."));
}

static bool check_approval(void *self, const char *answer, struct err *why)
{
	struct letter *l = self;
	if (!strcmp(answer, "nghe"))
		return listen_first(l, why);
	mem_renew(&l->by, NULL);
	mem_renew(&l->via, NULL);
	if (strcmp(answer, "-") != 0)
		letter_approval(answer, &l->by, &l->via);
	return can_stand(answer, why);
}

/* ── The questions ── */

static char *propose_nothing(const struct letter *l)
{
	(void)l;
	return mem_dup("");
}

static char *propose_issuer(const struct letter *l)
{
	return mem_dup(station_of(l)->reports_to);
}

static char *propose_today(const struct letter *l)
{
	char date[VALUE_BYTES];
	value_print_date(l->today, date);
	return mem_dup(date);
}

static char *propose_urgency(const struct letter *l)
{
	(void)l;
	return mem_dup("thuong");
}

static char *propose_now(const struct letter *l)
{
	char time[VALUE_BYTES], *date = propose_today(l);
	value_print_time(tz_local(station_of(l)->tz, l->now).ms / 60000 * 60000, time);
	char *now = mem_printf("%s %s", date, time);
	mem_free(date);
	return now;
}

static char *propose_times(const struct letter *l)
{
	int campaign = letter_campaign(l);
	int least = campaign >= 0 ? station_of(l)->campaigns.at[campaign].times_min : -1;
	return mem_printf("%d", least > 0 ? least : 2);
}

static char *propose_approver(const struct letter *l)
{
	return mem_dup(usual_approver(station_of(l)));
}

static void before_recording(struct letter *l, const struct dialog *d)
{
	if (dialog_is_typed(d))
		letter_list_stick(l);
	if (say_can())
		puts(_("A text (.txt) is taken too: the machine reads it aloud."));
}

static void before_approval(struct letter *l, const struct dialog *d)
{
	(void)d;
	letter_say_places(l);
}

static const struct question {
	const char *text;
	char *(*propose)(const struct letter *); /* NULL from it, or no such function: there must be an answer */
	bool (*check)(void *letter, const char *answer, struct err *why);
	void (*before)(struct letter *, const struct dialog *);
} questions[LETTER_QUESTIONS] = {
	{ N_("Number and symbol of the letter (Enter: it has none)"), propose_nothing, check_number, NULL },
	{ N_("Issued by"), propose_issuer, check_issuer, NULL },
	{ N_("Date of the letter"), propose_today, check_issued, NULL },
	{ N_("Subject, word for word (Enter: none)"), propose_nothing, check_subject, NULL },
	{ N_("Urgency of the paper: thuong, khan, thuong-khan, hoa-toc"), propose_urgency, check_urgency, NULL },
	{ N_("Received"), propose_now, check_received, NULL },
	{ N_("Recording: a file, or the name of a bulletin"), NULL, check_recording, before_recording },
	{ N_("Air from day to day"), usual_days, check_days, NULL },
	[LETTER_PLACES] = { N_("Times a day (or where: sang chieu 11h15)"), propose_times, check_times, NULL },
	{ N_("Approved by; paper (nghe: hear it first; - : not yet)"), propose_approver, check_approval,
		before_approval },
};

struct asked {
	const struct question *q;
	struct letter *l;
};

static bool is_back(const char *answer)
{
	return !strcmp(answer, "<");
}

static bool check_or_back(void *self, const char *answer, struct err *why)
{
	struct asked *a = self;
	return is_back(answer) || a->q->check(a->l, answer, why);
}

enum went { LEFT = 0, ON, BACK };

static enum went ask(struct letter *l, struct dialog *d, int i)
{
	struct asked a = { &questions[i], l };
	char *usual = l->answers[i] ? mem_dup(l->answers[i]) : a.q->propose ? a.q->propose(l) : NULL;
	char *numbered = mem_printf("%d/%d %s", i + 1, LETTER_QUESTIONS, _(a.q->text));
	if (a.q->before)
		a.q->before(l, d);
	char *answer = dialog_ask(d,
		&(struct dialog_question){ .text = numbered, .proposal = usual, .check = check_or_back, .self = &a });
	enum went went = !answer ? LEFT : is_back(answer) ? BACK : ON;
	if (went == ON)
		mem_renew(&l->answers[i], answer);
	mem_free(answer);
	mem_free(numbered);
	mem_free(usual);
	return went;
}

bool letter_ask(struct letter *l, struct dialog *d, int from)
{
	if (!from) {
		printf(_("A new letter for %s (files in %s).\n"), station_of(l)->name, l->draft->dir);
		puts(_("Enter takes what stands in [ ], < goes back a question, q leaves; nothing is written before "
		       "the "
		       "last question."));
	}
	for (int i = from; i < LETTER_QUESTIONS;) {
		bool last = i == LETTER_QUESTIONS - 1;
		if (last && !needs_approval(l)) {
			letter_say_places(l);
			return true;
		}
		enum went went = ask(l, d, i);
		if (went == LEFT)
			return false;
		i += went == ON ? 1 : i ? -1 : 0;
	}
	return true;
}
