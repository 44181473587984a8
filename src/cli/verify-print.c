/* What was found, for an official who must decide whether to believe it: first the answer, then what it rests on. */
#include "base/hex.h"
#include "base/i18n.h"
#include "base/json.h"
#include "cli/verify.h"
#include "journal/key.h"
#include "report/words.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

static void add_moment(struct text *t, const struct tz *tz, wall_us at)
{
	char time[VALUE_BYTES], date[VALUE_BYTES];
	struct local l = tz_local(tz, at);
	value_print_time(l.ms - l.ms % 60000, time);
	value_print_date(l.day, date);
	text_addf(t, _("%s on %s"), time, date);
}

static char *number(int64_t n)
{
	struct text t = { 0 };
	words_number(&t, (size_t)(n < 0 ? 0 : n));
	return text_take(&t);
}

/* ── Lines ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_whose(struct text *t, const struct verify *v)
{
	text_addf(t, _("station %s (%s)"), v->station ? v->station : "?", v->names ? v->names : "?");
	if (v->tz && v->from.us) {
		char from[VALUE_BYTES], to[VALUE_BYTES];
		value_print_date(tz_local(v->tz, v->from).day, from);
		value_print_date(tz_local(v->tz, (wall_us){ v->to.us - 1 }).day, to);
		text_addf(t, _(", from %s to %s"), from, to);
	}
}

static void add_rows(struct text *t, const struct verify *v)
{
	char *first = number(v->first), *last = number(v->last), *seals = number(v->seals), *open = number(v->unsealed);
	text_addf(t,
		_("  Rows %s to %s: all there, in their order, none is another than when it was written; %s seals.\n"),
		first, last, seals);
	if (!v->seals)
		text_add(t, _("  NOTHING IS SEALED YET: an older version of the program wrote this journal — from the "
			      "next start of the "
			      "station on it is sealed.\n"));
	else if (v->unsealed)
		text_addf(t,
			_("  The last %s rows are not sealed yet: that is done at midnight, and when the station stops "
			  "or "
			  "starts.\n"),
			open);
	mem_free(first);
	mem_free(last);
	mem_free(seals);
	mem_free(open);
}

/* Of a month that is not over, or of the first one, only a part is there. */
static void add_part(struct text *t, const struct verify *v)
{
	if (!v->tz || !v->from.us)
		return;
	struct text begins = { 0 }, ends = { 0 };
	add_moment(&begins, v->tz, v->begins);
	add_moment(&ends, v->tz, v->ends);
	if (v->begins.us > v->from.us)
		text_addf(t, _("  ONLY A PART OF THAT TIME: the journal begins at %s.\n"), text_str(&begins));
	if (v->ends.us < v->to.us)
		text_addf(t, _("  ONLY A PART OF THAT TIME: what came after %s is not in it.\n"), text_str(&ends));
	text_free(&begins);
	text_free(&ends);
}

static void add_key(struct text *t, const struct verify *v)
{
	static const char *const said[] = {
		[VERIFY_KEY_NOT_ASKED] = N_(
			"nothing was said of whose it is: compare it with the station by telephone once (loaxa key), "
			"later give it with --key"),
		[VERIFY_KEY_KNOWN] = N_("it is a known one"),
		[VERIFY_KEY_LOST] = N_("NOT CERTAIN: the station says that its known key was lost — ring up the "
				       "station and compare the "
				       "new one"),
		[VERIFY_KEY_STRANGE] = N_(
			"NOT A KNOWN ONE: anybody may have sealed this — ring up the station and compare, or ask for a "
			"bundle of its own"),
	};
	uint8_t bytes[KEY_BYTES];
	char fingerprint[KEY_FINGERPRINT];
	if (!v->key[0] || !hex_read(v->key, bytes, KEY_BYTES))
		return;
	key_fingerprint(bytes, fingerprint);
	text_addf(t, _("  Sealed with the key %s: %s.\n"), fingerprint, _(said[v->trust]));
}

static void add_checkpoint(struct text *t, const struct verify *v)
{
	static const char *const said[] = {
		[BUNDLE_SAME] = N_("is in it, unchanged"),
		[BUNDLE_OTHER] = N_("IS ANOTHER HERE: the past was rewritten after you noted it — ring up the station, "
				    "keep both files"),
		[BUNDLE_BEFORE] = N_("lies before the first row: nothing can be said of it here"),
		[BUNDLE_CUT_TAIL] = N_("IS NOT THERE: the station had come further already, so the end was cut off — "
				       "ask for a newer one"),
	};
	char *seq = number(v->checkpoint_seq);
	if (v->noted)
		text_addf(t, _("  The checkpoint that you noted, row %s, %s.\n"), seq, _(said[v->checkpoint]));
	mem_free(seq);
}

static void add_missing(struct text *t, const struct verify *v)
{
	size_t named = v->sum->missing < COVERED_NAMED ? v->sum->missing : COVERED_NAMED;
	const struct station *st = covered_station(v->covered);
	for (size_t i = 0; i < named; i++) {
		text_add(t, "    ");
		add_moment(t, st->tz, v->sum->first[i].at);
		text_addf(t, "  %s\n", v->sum->first[i].id);
	}
	if (named < v->sum->missing)
		text_addf(t, _("    … and %zu more\n"), v->sum->missing - named);
}

static void add_plan(struct text *t, const struct verify *v)
{
	const struct covered_sum *s = v->sum;
	const struct station *st = covered_station(v->covered);
	char *planned = number((int64_t)s->planned), *missing = number((int64_t)s->missing),
	     *open = number((int64_t)s->undecided);
	if (s->planned && s->missing) {
		text_addf(t,
			_("  BUT: of %s airings (counted by zone) that the schedule of then planned, %s HAVE NO ROW: "
			  "nobody knows "
			  "what became of them.\n"),
			planned, missing);
		add_missing(t, v);
	} else if (s->planned) {
		text_addf(t, _("  The schedule of then planned %s airings (counted by zone): every one has its row.\n"),
			planned);
	}
	if (s->undecided)
		text_addf(t, _("  %s of them were not over yet when the rows end.\n"), open);
	if (s->unknown_to.us && st) {
		text_add(t, _("  Not known what was planned from "));
		add_moment(t, st->tz, s->unknown_from);
		text_add(t, _(" to "));
		add_moment(t, st->tz, s->unknown_to);
		text_add(t, _(": no schedule stands in the rows.\n"));
	} else if (!st) {
		text_add(t, _("  No schedule stands in the rows: what was planned is not known.\n"));
	}
	if (s->unreadable)
		text_addf(
			t, _("  %zu schedules in it cannot be read by this version of the program.\n"), s->unreadable);
	mem_free(planned);
	mem_free(missing);
	mem_free(open);
}

void verify_print(const struct verify *v, const struct verify_asked *asked)
{
	struct text t = { 0 };
	if (v->rehearsal || v->sample)
		text_addf(&t, "%s\n", words_rehearsal());
	if (!v->whole) {
		fputs(text_str(&t), stdout);
		fflush(stdout);
		fprintf(stderr, "loaxa verify: %s\n", v->fault.text);
		text_free(&t);
		return;
	}
	text_add(&t, verify_good(v) ? _("MATCHES: ") : _("NOT IN ORDER: "));
	text_add(&t, asked->file ? _("the bundle") : _("the journal"));
	text_add(&t, _(" of "));
	add_whose(&t, v);
	text_add(&t, ".\n");
	add_rows(&t, v);
	add_part(&t, v);
	add_plan(&t, v);
	add_checkpoint(&t, v);
	add_key(&t, v);
	if (v->seals)
		text_addf(&t, _("  Note this checkpoint for the next time: %lld:%s\n"),
			(long long)(v->last - v->unsealed), v->head);
	fputs(text_str(&t), stdout);
	text_free(&t);
}

/* ── For programs ──────────────────────────────────────────────────────────────────────────────────────────── */

static void put_at(struct text *t, const char *key, const struct tz *tz, wall_us at)
{
	char stamp[RFC3339_BYTES];
	if (tz && at.us > 0)
		tz_rfc3339(tz, at, stamp);
	json_str(t, key, tz && at.us > 0 ? stamp : NULL);
}

static void json_missing(struct text *t, const struct verify *v)
{
	json_open(t, "missing_ids", '[');
	for (size_t i = 0; v->sum && i < v->sum->missing && i < COVERED_NAMED; i++)
		json_str(t, NULL, v->sum->first[i].id);
	json_close(t, ']');
}

void verify_print_json(const struct verify *v, const struct verify_asked *asked)
{
	static const char *const wrong[] = { [BUNDLE_WHOLE] = NULL,
		[BUNDLE_NO_FILE] = "no-file",
		[BUNDLE_NONE] = "no-bundle",
		[BUNDLE_NEWER] = "newer",
		[BUNDLE_CUT] = "cut",
		[BUNDLE_MORE] = "more",
		[BUNDLE_CHANGED] = "changed",
		[BUNDLE_MISSING] = "missing",
		[BUNDLE_DOUBLED] = "doubled",
		[BUNDLE_SWAPPED] = "swapped",
		[BUNDLE_SEAL] = "seal",
		[BUNDLE_KEY] = "key",
		[BUNDLE_SCHEDULE] = "schedule",
		[BUNDLE_UNSEALED] = "unsealed" };
	static const char *const keys[] = { NULL, "known", "lost", "unknown" };
	static const char *const checkpoints[] = { "same", "other", "before", "cut-tail" };
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_str(&t, "of", asked->file ? asked->file : asked->state_dir);
	json_bool(&t, "good", verify_good(v));
	json_str(&t, "wrong", wrong[v->what.what]);
	json_int(&t, "wrong_row", v->what.row);
	json_int(&t, "wrong_since", v->what.since);
	put_at(&t, "wrong_at", v->tz, v->what.at);
	json_str(&t, "station", v->station);
	json_str(&t, "names", v->names);
	put_at(&t, "from", v->tz, v->from);
	put_at(&t, "to", v->tz, v->to);
	json_int(&t, "first", v->first);
	json_int(&t, "last", v->last);
	put_at(&t, "begins", v->tz, v->begins);
	put_at(&t, "ends", v->tz, v->ends);
	json_int(&t, "seals", v->seals);
	json_int(&t, "unsealed", v->unsealed);
	json_str(&t, "head", v->head);
	json_str(&t, "key", v->key[0] ? v->key : NULL);
	json_str(&t, "key_is", keys[v->trust]);
	json_str(&t, "checkpoint", v->noted ? checkpoints[v->checkpoint] : NULL);
	json_int(&t, "planned", v->sum ? (int64_t)v->sum->planned : 0);
	json_int(&t, "missing", v->sum ? (int64_t)v->sum->missing : 0);
	json_int(&t, "undecided", v->sum ? (int64_t)v->sum->undecided : 0);
	json_missing(&t, v);
	json_bool(&t, "rehearsal", v->rehearsal);
	json_bool(&t, "sample", v->sample);
	json_close(&t, '}');
	printf("%s\n", text_str(&t));
	text_free(&t);
}
