/* Head and foot of the báo cáo (Nghị định 30/2020, phụ lục I); I to IV are in letter-body.c. */
#include "report/letter.h"

#include "base/i18n.h"
#include "report/letter-inside.h"
#include "report/phrase.h"
#include "report/words.h"
#include "schedule/tz.h"

#include <string.h>

static const char COMMITTEE[] = "Ủy ban nhân dân ";

static bool said(const char *s)
{
	return s && *s;
}

/* A key that was written wins over what follows from the unit. */
static void take(char **slot, const char *written)
{
	if (said(written))
		mem_renew(slot, written);
}

void report_letter_paper(const struct report *r, struct paper *to)
{
	const struct paper *p = &r->paper;
	paper_of_unit(to, said(p->issuer) ? p->issuer : r->unit);
	take(&to->place, p->place);
	take(&to->symbol, p->symbol);
	take(&to->sign, p->sign);
	take(&to->signer, p->signer);
	take(&to->archive, p->archive);
	for (size_t i = 0; i < p->recipients.n; i++)
		vec_push(&to->recipients, mem_dup(p->recipients.at[i]));
}

/* The committee's own name has no other above it; a body of its own has the committee there. */
static void write_issuer(struct report_letter *l, const struct report *r, const struct paper *p)
{
	const char *issuer = said(p->issuer) ? p->issuer : r->name;
	bool committee = !strncmp(issuer, COMMITTEE, strlen(COMMITTEE));
	if (committee) {
		vec_push(&l->issuer, mem_dup("ỦY BAN NHÂN DÂN"));
		vec_push(&l->issuer, text_upper(issuer + strlen(COMMITTEE)));
		return;
	}
	struct paper of_unit = { 0 };
	paper_of_unit(&of_unit, r->unit);
	if (of_unit.issuer && strcmp(of_unit.issuer, issuer) != 0)
		l->over = text_upper(of_unit.issuer);
	paper_free(&of_unit);
	vec_push(&l->issuer, text_upper(issuer));
}

static void write_head(struct report_letter *l, const struct report *r, const struct paper *p, const char *subject)
{
	struct civil made = civil_from_day(tz_local(r->tz, r->made).day);
	write_issuer(l, r, p);
	l->number = mem_printf(_("No.      /%s"), p->symbol);
	l->nation = mem_dup(_("SOCIALIST REPUBLIC OF VIET NAM"));
	l->motto = mem_dup(_("Independence - Freedom - Happiness"));
	/* The day is written when it is signed. */
	char *date = mem_printf(_("day      month %s%d year %d"), made.month < 3 ? "0" : "", made.month, made.year);
	l->place_date = mem_printf("%s, %s", said(p->place) ? p->place : "…………", date);
	mem_free(date);
	l->kind = mem_dup(_("REPORT"));
	char *title = mem_printf(_("Results of %s"), subject);
	l->title = title;
	l->crossing = r->crossed ? mem_dup(words_rehearsal()) : NULL;
}

static bool of_one_letter(const struct report *r)
{
	return r->filtered && r->directives.n == 1;
}

/* "Kết quả tuyên truyền …" at the head, "kết quả tuyên truyền …" within a sentence: two texts of the catalogue. */
static char *subject_of(const struct report *r)
{
	struct text t = { 0 }, letter = { 0 };
	if (of_one_letter(r)) {
		phrase_letter_again(&letter, &r->directives.at[0]);
		text_addf(&t, _("public information under %s over the grassroots loudspeakers, %s"), text_str(&letter), r->title);
	} else {
		text_addf(&t, _("public information over the grassroots loudspeakers, %s"), r->title);
	}
	text_free(&letter);
	return text_take(&t);
}

static bool among(const struct report_letter *l, const char *name)
{
	for (size_t i = 0; i < l->to.n; i++)
		if (!strcmp(l->to.at[i], name))
			return true;
	return false;
}

/* The body above, and whom the letters name.  Of one letter alone, only whom that one names. */
static void write_to(struct report_letter *l, const struct report *r)
{
	bool one = of_one_letter(r) && said(r->directives.at[0].report_to);
	l->to_word = mem_dup(_("To:"));
	if (said(r->reports_to) && !one)
		vec_push(&l->to, mem_dup(r->reports_to));
	for (size_t i = 0; i < r->directives.n; i++) {
		const char *name = r->directives.at[i].report_to;
		if (said(name) && !among(l, name))
			vec_push(&l->to, mem_dup(name));
	}
	if (!l->to.n)
		vec_push(&l->to, mem_dup("………………………………………"));
	for (size_t i = 0; l->to.n > 1 && i < l->to.n; i++) {
		char *line = mem_printf("- %s%s", l->to.at[i], i + 1 < l->to.n ? ";" : ".");
		mem_free(l->to.at[i]);
		l->to.at[i] = line;
	}
}

static void write_sign(struct report_letter *l, const struct paper *p)
{
	for (const char *s = p->sign; said(s);) {
		size_t n = strcspn(s, "\n");
		char *line = mem_dup_n(s, n);
		vec_push(&l->sign, text_upper(line));
		mem_free(line);
		s += n + (s[n] == '\n');
	}
	vec_push(&l->sign, text_upper(said(p->signer) ? p->signer : _("HEAD OF THE UNIT")));
}

static void write_copies(struct report_letter *l, const struct paper *p)
{
	l->copies_word = mem_dup(_("Copies to:"));
	vec_push(&l->copies, mem_printf("- %s;", _("As above")));
	for (size_t i = 0; i < p->recipients.n; i++)
		vec_push(&l->copies, mem_printf("- %s;", p->recipients.at[i]));
	vec_push(&l->copies, mem_printf("- %s: %s.", _("File"), p->archive));
}

static void write_footnotes(struct report_letter *l)
{
	for (int i = FOOTNOTE_TIMES; words_footnote(i); i++)
		vec_push(&l->footnotes, mem_dup(words_footnote(i)));
}

struct report_letter *report_letter_new(const struct report *r)
{
	struct report_letter *l = mem_new(struct report_letter);
	struct paper p = { 0 };
	report_letter_paper(r, &p);
	char *unit = phrase_short_unit(said(p.issuer) ? p.issuer : r->name), *subject = subject_of(r);
	write_head(l, r, &p, subject);
	write_to(l, r);
	report_letter_body(l, r, unit, subject);
	write_sign(l, &p);
	write_copies(l, &p);
	l->attached = mem_printf(_("(Attached to report no.      /%s of          by %s)"), p.symbol, unit);
	l->part = r->filtered && said(r->filter) ? mem_printf(_("(Only a part: %s)"), r->filter) : NULL;
	write_footnotes(l);
	mem_free(unit);
	mem_free(subject);
	paper_free(&p);
	return l;
}

#define FREE_TEXTS(v)                                                                                                  \
	do {                                                                                                           \
		for (size_t k_ = 0; k_ < (v).n; k_++)                                                                  \
			mem_free((v).at[k_]);                                                                          \
		vec_free(&(v));                                                                                        \
	} while (0)

void report_letter_free(struct report_letter **letter)
{
	struct report_letter *l = *letter;
	if (!l)
		return;
	char *all[] = { l->over, l->number, l->nation, l->motto, l->place_date, l->kind, l->title, l->to_word, l->copies_word,
		l->attached, l->part, l->crossing };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		mem_free(all[i]);
	FREE_TEXTS(l->issuer);
	FREE_TEXTS(l->to);
	FREE_TEXTS(l->sign);
	FREE_TEXTS(l->copies);
	FREE_TEXTS(l->footnotes);
	for (size_t i = 0; i < l->body.n; i++)
		mem_free(l->body.at[i].text);
	vec_free(&l->body);
	mem_free(l);
	*letter = NULL;
}
