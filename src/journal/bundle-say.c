/* What is wrong with a bundle, for those who received it: from which row on, when that was, what may have happened, whom to
 * ask. */
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "journal/walk.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

/* 1: the row with its time; 2: what to do; 3: the bundle, or the journal; 4: a row */
static const char *const sentences[] = {
	[BUNDLE_CUT] = N_(
		"the bundle is CUT before {1} — the file ends too early: copying broke off, or its end was taken "
		"away — {2}"),
	[BUNDLE_MORE] = N_("the bundle has more behind its end, before {1} — nothing belongs there, so the file was "
			   "changed — {2}"),
	[BUNDLE_CHANGED] = N_(
		"the bundle does NOT match from {1} on — its content is another than when it was sealed (changed "
		"on the way, or by somebody) — {2}"),
	[BUNDLE_MISSING] = N_(
		"{3} does NOT match: {1} is MISSING, later ones are there — it was taken out, or lost — {2}"),
	[BUNDLE_DOUBLED] = N_("{3} does NOT match: {1} stands there TWICE — it was put in again — {2}"),
	[BUNDLE_SWAPPED] = N_(
		"{3} does NOT match: {1} does not stand in its place — rows were put in another order — {2}"),
	[BUNDLE_SEAL] = N_(
		"{3} does NOT match: the seal in {1} is not that of the rows before it — one of them from row {4} on "
		"was changed after it was sealed — {2}"),
	[BUNDLE_KEY] = N_(
		"{3} does NOT match: the new key in {1} was not sealed by the key before — somebody else may have made "
		"it — compare it with the station by telephone: loaxa key"),
	[BUNDLE_SCHEDULE] = N_(
		"{3} does NOT match: the schedule in it is not the one that {1} names — it was exchanged — {2}"),
	[BUNDLE_UNSEALED] = N_("the bundle has no seal at its end, {1} — what is not sealed proves nothing — {2}"),
};

static const char changed_in_place[] = N_(
	"{3} does NOT match from {1} on — the row is another than when it was written "
	"(changed by somebody, or a worn-out disk) — {2}");

static void add_number(struct text *t, int64_t n)
{
	const char separator = _("1,000")[1]; /* the catalogue tells it by example */
	char digits[24];
	int length = snprintf(digits, sizeof digits, "%lld", (long long)n);
	for (int i = 0; i < length; i++) {
		text_add_n(t, &digits[i], 1);
		if ((length - i) % 3 == 1 && i + 1 < length)
			text_add_n(t, &separator, 1);
	}
}

static char *row_and_time(int64_t row, wall_us at, const struct tz *tz)
{
	struct text number = { 0 }, out = { 0 };
	add_number(&number, row);
	if (!row) {
		text_add(&out, _("its very beginning"));
	} else if (!tz || at.us <= 0) {
		text_addf(&out, _("row %s"), text_str(&number));
	} else {
		struct local l = tz_local(tz, at);
		char time[VALUE_BYTES], date[VALUE_BYTES];
		value_print_time(l.ms - l.ms % 60000, time);
		value_print_date(l.day, date);
		text_addf(&out, _("row %s (%s on %s)"), text_str(&number), time, date);
	}
	text_free(&number);
	return text_take(&out);
}

/* parts: what stands for {1} and so on. */
static void say(const char *sentence, const char *const parts[4], struct err *err)
{
	struct text t = { 0 };
	for (const char *s = sentence; *s; s++)
		if (s[0] == '{' && s[1] >= '1' && s[1] <= '4' && s[2] == '}') {
			text_add(&t, parts[s[1] - '1']);
			s += 2;
		} else {
			text_add_n(&t, s, 1);
		}
	err_set(err, "%s", text_str(&t));
	text_free(&t);
}

static void say_row(const struct bundle_fault *f, const char *sentence, const char *what, const char *advice,
	const struct tz *tz, struct err *err)
{
	char *where = row_and_time(f->row, f->at, tz);
	struct text since = { 0 };
	add_number(&since, f->since ? f->since : 1);
	say(sentence, (const char *const[]){ where, advice, what, text_str(&since) }, err);
	text_free(&since);
	mem_free(where);
}

bool bundle_say(const struct bundle_fault *f, const char *station, const struct tz *tz, struct err *err)
{
	switch (f->what) {
	case BUNDLE_NO_FILE:
		return err_set(err, _("the file cannot be read: %s"), strerror((int)f->row));
	case BUNDLE_NONE:
		return err_set(err, _("this file is no bundle of a station — one is made there by: loaxa export"));
	case BUNDLE_NEWER:
		return err_set(
			err, _("a newer version of the program made this bundle — install that version here, too"));
	default:
		break;
	}
	char *again = station ? mem_printf(_("ask station %s to export it again: loaxa export"), station)
			      : mem_dup(_("ask the station that sent it to export it again: loaxa export"));
	say_row(f, _(sentences[f->what]), _("the bundle"), again, tz, err);
	mem_free(again);
	return false;
}

bool walk_say(const struct bundle_fault *f, const struct tz *tz, struct err *err)
{
	const char *sentence = f->what == BUNDLE_CHANGED ? changed_in_place : sentences[f->what];
	say_row(f, _(sentence), _("the journal"),
		_("leave it as it is, keep a copy, call the technician: loaxa backup"), tz, err);
	return false;
}
