#include "report/phrase.h"

#include "base/i18n.h"
#include "report/words.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

const char *phrase_number(size_t n, char out[PHRASE_BYTES])
{
	struct text t = { 0 };
	words_number(&t, n);
	snprintf(out, PHRASE_BYTES, "%s", text_str(&t));
	text_free(&t);
	return out;
}

static const char *percent(int64_t hundredths, char out[PHRASE_BYTES])
{
	/* What separates thousands and what separates decimals are the two of one pair. */
	const char *point = _("1,000")[1] == ',' ? "." : ",";
	if (hundredths % 100)
		snprintf(out, PHRASE_BYTES, "%" PRId64 "%s%02d%%", hundredths / 100, point, (int)(hundredths % 100));
	else
		snprintf(out, PHRASE_BYTES, "%" PRId64 "%%", hundredths / 100);
	return out;
}

const char *phrase_percent(int64_t part, int64_t of, char out[PHRASE_BYTES])
{
	out[0] = '\0';
	return of <= 0 || part < 0 ? out : percent((part * 10000 * 2 + of) / (of * 2), out);
}

const char *phrase_share(size_t part, size_t of, char out[PHRASE_BYTES])
{
	out[0] = '\0';
	return of ? percent((int64_t)(part * 10000 / of), out) : out;
}

const char *phrase_minutes(int64_t ms, char out[PHRASE_BYTES])
{
	return phrase_number((size_t)((ms + 30000) / 60000), out);
}

const char *phrase_clock(const struct tz *tz, wall_us at, char out[PHRASE_BYTES])
{
	struct local l = tz_local(tz, at);
	snprintf(out, PHRASE_BYTES, "%02d:%02d", (int)(l.ms / 3600000), (int)(l.ms / 60000 % 60));
	return out;
}

const char *phrase_instant(const struct tz *tz, wall_us at, char out[PHRASE_BYTES])
{
	char clock[PHRASE_BYTES], date[VALUE_BYTES];
	value_print_date(tz_local(tz, at).day, date);
	snprintf(out, PHRASE_BYTES, _("%s on %s"), phrase_clock(tz, at, clock), date);
	return out;
}

void phrase_span(struct text *t, const struct tz *tz, wall_us from, wall_us to)
{
	char a[PHRASE_BYTES], b[PHRASE_BYTES];
	bool one_day = tz_local(tz, from).day == tz_local(tz, to).day;
	text_addf(t, _("from %s to %s"), one_day ? phrase_clock(tz, from, a) : phrase_instant(tz, from, a),
		phrase_instant(tz, to, b));
}

void phrase_hours(struct text *t, int64_t ms)
{
	int64_t minutes = (ms + 30000) / 60000, hours = minutes / 60, days = hours / 24;
	if (days)
		text_addf(t, _("%d days"), (int)days);
	if (hours % 24) {
		text_add(t, days ? " " : "");
		text_addf(t, _("%d hours"), (int)(hours % 24));
	}
	if (!days && (minutes % 60 || !hours)) {
		text_add(t, hours ? " " : "");
		text_addf(t, _("%d minutes"), (int)(minutes % 60));
	}
}

/* The kind of a paper is a code between "/" and "-"; an ordinary letter has none there, or CV in the party's offices
 * (Nghị định 30/2020, phụ lục III). */
static const char *letter_kind(const char *number)
{
	static const struct {
		const char *code, *kind;
	} kinds[] = {
		{ "NQ", N_("Resolution") },
		{ "QĐ", N_("Decision") },
		{ "CT", N_("Directive") },
		{ "TB", N_("Notice") },
		{ "HD", N_("Guideline") },
		{ "CTr", N_("Programme") },
		{ "KH", N_("Plan") },
		{ "PA", N_("Proposal") },
		{ "TTr", N_("Submission") },
		{ "CĐ", N_("Telegram") },
	};
	const char *slash = strrchr(number, '/');
	size_t n = slash ? strcspn(slash + 1, "-") : 0;
	for (size_t i = 0; n && i < sizeof kinds / sizeof *kinds; i++)
		if (strlen(kinds[i].code) == n && !strncmp(slash + 1, kinds[i].code, n))
			return _(kinds[i].kind);
	return _("Letter");
}

/* "V/v tăng cường …" and "về việc tăng cường …" both end in the words after "about". */
static const char *bare_subject(const char *subject)
{
	static const char *const begins[] = { "V/v: ", "V/v ", "Về việc ", "về việc " };
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (!strncmp(subject, begins[i], strlen(begins[i])))
			return subject + strlen(begins[i]);
	return subject;
}

void phrase_letter(struct text *t, const struct report_directive *d, bool whole)
{
	char date[VALUE_BYTES];
	if (*d->number)
		text_addf(t, _("%s no. %s"), letter_kind(d->number), d->number);
	else
		text_add(t, _("Paper"));
	if (d->issued != DAY_NONE) {
		value_print_date(d->issued, date);
		text_addf(t, _(" of %s"), date);
	}
	if (*d->issuer)
		text_addf(t, _(" by %s"), d->issuer);
	if (whole && *d->subject)
		text_addf(t, _(" about %s"), bare_subject(d->subject));
}

void phrase_letter_again(struct text *t, const struct report_directive *d)
{
	if (*d->number)
		text_addf(t, _("%s no. %s"), letter_kind(d->number), d->number);
	else
		phrase_letter(t, d, false);
}

bool phrase_same_letter(const struct report_directive *a, const struct report_directive *b)
{
	return !strcmp(a->number, b->number) && !strcmp(a->issuer, b->issuer) && a->issued == b->issued;
}

char *phrase_short_unit(const char *unit)
{
	static const char *const forms[] = { "Ủy ban nhân dân ", "Uỷ ban nhân dân " };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		if (!strncmp(unit, forms[i], strlen(forms[i])))
			return mem_printf("UBND %s", unit + strlen(forms[i]));
	return mem_dup(unit);
}

const char *phrase_language(const char *code)
{
	static const struct {
		const char *code, *name;
	} names[] = { { "vi", N_("Vietnamese") }, { "km", N_("Khmer") }, { "en", N_("English") } };
	for (size_t i = 0; code && i < sizeof names / sizeof *names; i++)
		if (!strcmp(names[i].code, code))
			return _(names[i].name);
	return code;
}
