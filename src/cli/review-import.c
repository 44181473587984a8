/* loaxa review import, trust: what is handed in, and whose it is. */
#include "base/hex.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/review-bundle.h"
#include "cli/review-inside.h"
#include "journal/key.h"
#include "report/words.h"
#include "review/keys.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <ctype.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

struct import {
	const struct review_place *place;
	struct review_store *store;
	wall_us now;
	size_t taken, had, refused;
};

static wall_us machine_now(void)
{
	struct timespec t;
	clock_gettime(CLOCK_REALTIME, &t);
	return (wall_us){ (int64_t)t.tv_sec * US_PER_S + t.tv_nsec / 1000 };
}

static bool fingerprint(const char *hex, char out[KEY_FINGERPRINT])
{
	uint8_t public[KEY_BYTES];
	bool ok = hex_read(hex, public, sizeof public);
	if (ok)
		key_fingerprint(public, out);
	return ok;
}

/* ── Whose is it? ──────────────────────────────────────────────────────────────────────────────────────────── */

static enum bundle_trust judge(const struct import *im, struct review_read *r)
{
	const struct receiver *rc = im->place->receiver;
	int listed = receiver_station(rc, r->out.station);
	enum bundle_trust best = BUNDLE_STRANGER;
	struct review_keys keys = { 0 };
	review_keys_read(im->store, r->out.station, &keys);
	for (size_t i = 0; listed >= 0 && i < rc->stations.at[listed].keys.n; i++)
		vec_push(&keys.list, (struct review_key){ mem_dup(rc->stations.at[listed].keys.at[i]), true });
	for (size_t i = 0; i < keys.list.n && best != BUNDLE_TRUSTED; i++) {
		enum bundle_trust t = keys.list.at[i].trusted ? bundle_trust(r->bundle, keys.list.at[i].public)
							      : BUNDLE_STRANGER;
		best = t == BUNDLE_STRANGER ? best : t;
	}
	review_keys_free(&keys);
	return best;
}

/* Not trusted yet: so that it can be confirmed by its digits alone. */
static bool keep_key(struct import *im, const struct review_read *r, struct err *err)
{
	if (!review_begin(im->store, err))
		return false;
	int64_t station = review_station(im->store, r->out.station, r->out.name, r->out.rehearsal);
	review_key_put(im->store, station, r->out.key, false, "seen", im->now);
	return review_end(im->store, err);
}

static bool refuse_stranger(struct import *im, struct review_read *r, bool lost, struct err *err)
{
	char digits[KEY_FINGERPRINT] = "";
	if (!keep_key(im, r, err))
		return false;
	fingerprint(r->out.key, digits);
	if (lost)
		return err_set(err,
			_("station %s says that it lost its key, and seals with a new one — anybody could say that — "
			  "call the station, "
			  "have it read out what loaxa key shows; if it is %s: loaxa review trust %s %s"),
			r->out.station, digits, r->out.station, digits);
	return err_set(err,
		_("nobody has confirmed yet that this key is station %s's — anybody can make a key — call the station, "
		  "have it read "
		  "out what loaxa key shows; if it is %s: loaxa review trust %s %s"),
		r->out.station, digits, r->out.station, digits);
}

static bool is_ours(const struct import *im, struct review_read *r, struct err *err)
{
	const struct receiver *rc = im->place->receiver;
	const struct bundle_facts *f = bundle_facts(r->bundle);
	int listed = receiver_station(rc, f->station);
	if (rc->title && listed < 0)
		return err_set(err,
			_("station %s (%s) is not among those that report here — enter it: station \"%s\" { name = … } "
			  "in %s"),
			f->station, r->out.name, f->station, im->place->dir);
	if (listed >= 0)
		r->out.station = rc->stations.at[listed].code;
	if ((f->rehearsal || f->sample) && !rc->sample)
		return err_set(err, _("this is a rehearsal or a sample station's, and proves nothing — to practise "
				      "with such bundles, have sample = yes "
				      "in receiver { }, in a folder of its own: --state DIR"));
	return true;
}

/* ── Taking in ─────────────────────────────────────────────────────────────────────────────────────────────── */

/* Of the station's own calendar. */
static void print_day(const struct review_read *r, wall_us at, char out[VALUE_BYTES])
{
	value_print_date(tz_local(r->schedules.list.at[r->schedules.list.n - 1].station->tz, at).day, out);
}

static bool say_refused(const struct review_read *r, const struct review_outcome *o, struct err *err)
{
	char date[VALUE_BYTES] = "…";
	if (o->at.us)
		print_day(r, o->at, date);
	switch (o->what) {
	case REVIEW_TWO_PASTS:
		return err_set(err,
			_("it tells another past than what station %s handed in before: they differ from row %" PRId64
			  " (about %s) on — a journal was changed, or put back from a copy — ask station %s what "
			  "happened, keep both files"),
			r->out.station, o->row, date, r->out.station);
	case REVIEW_CUT_TAIL:
		return err_set(err,
			_("it ends before row %" PRId64
			  " (about %s), which station %s handed in before — it was made earlier, or its end was "
			  "cut off — what is known stays; ask for it anew: loaxa export"),
			o->row, date, r->out.station);
	case REVIEW_MIXED:
		return err_set(err,
			_("rehearsals and real airings of station %s are never counted together — take rehearsals into "
			  "a folder of their "
			  "own: --state DIR"),
			r->out.station);
	default:
		return false; /* err says it */
	}
}

static void say_taken(const struct review_read *r, const struct review_outcome *o, const char *file)
{
	char from[VALUE_BYTES], until[VALUE_BYTES];
	value_print_date(r->out.days.from, from);
	value_print_date(r->out.days.until, until);
	printf(ngettext("%s: taken in: %s %s, %d day of %s–%s, %zu airings, rows %" PRId64 "–%" PRId64 "\n",
		       "%s: taken in: %s %s, %d days of %s–%s, %zu airings, rows %" PRId64 "–%" PRId64 "\n",
		       (unsigned long)o->days),
		file, r->out.station, r->out.name, o->days, from, until, r->out.airings.n, r->out.first, r->out.last);
	if (o->gap_from)
		printf(_("    rows %" PRId64 "–%" PRId64
			 " before it are not here: what happened between is not known — ask for a bundle of "
			 "the days before\n"),
			o->gap_from, o->gap_to);
	if (r->unheard_of) {
		print_day(r, r->unheard_from, from);
		printf(ngettext("    %zu airing that its schedule planned has no row at all (about %s): loaxa verify "
				"%s\n",
			       "    %zu airings that its schedule planned have no row at all (the first about %s): "
			       "loaxa verify %s\n",
			       r->unheard_of),
			r->unheard_of, from, file);
	}
}

static bool take(struct import *im, struct review_read *r, const char *file, struct err *err)
{
	struct review_outcome o = review_take(im->store, &r->out, im->now, err);
	if (o.what == REVIEW_HAD || o.what == REVIEW_NOTHING_NEW) {
		im->had++;
		if (o.what == REVIEW_HAD)
			printf(_("%s: was taken in before; nothing changes\n"), file);
		else if (r->out.days.from > r->out.days.until)
			printf(_("%s: holds no whole day of %s yet; nothing to count\n"), file, r->out.station);
		else
			printf(_("%s: its days are known already, from a bundle that goes further; nothing changes\n"),
				file);
		return true;
	}
	if (o.what != REVIEW_TAKEN)
		return say_refused(r, &o, err);
	im->taken++;
	say_taken(r, &o, file);
	return true;
}

static void import_file(struct import *im, const char *path)
{
	struct review_read r;
	struct err err = { "" };
	const char *slash = strrchr(path, '/'), *file = slash ? slash + 1 : path;
	bool ok = review_read(&r, path, &err) && is_ours(im, &r, &err);
	r.out.file = file;
	if (ok) {
		enum bundle_trust t = judge(im, &r);
		ok = t == BUNDLE_TRUSTED || refuse_stranger(im, &r, t == BUNDLE_LOST_KEY, &err);
	}
	ok = ok && review_read_figures(&r, &err) && take(im, &r, file, &err);
	if (!ok) {
		im->refused++;
		fflush(stdout);
		fprintf(stderr, _("%s: NOT taken in: %s\n"), file, err.text);
	}
	review_read_free(&r);
}

int review_import(const struct review_place *place, char *const files[], size_t n)
{
	struct err err = { "" };
	struct import im = { .place = place, .now = machine_now() };
	im.store = review_open(place->book, REVIEW_WRITE, &err);
	if (!im.store) {
		fprintf(stderr, "loaxa review: %s\n", err.text);
		return EXIT_REFUSED;
	}
	for (size_t i = 0; i < n; i++)
		import_file(&im, files[i]);
	if (n > 1)
		printf(_("%zu files: %zu taken in, %zu known already, %zu not taken in\n"), n, im.taken, im.had,
			im.refused);
	review_close(&im.store);
	return im.refused ? EXIT_REFUSED : EXIT_DONE;
}

/* ── Trust ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The key itself, or the digits that were read out, with blanks or without. */
static bool is_meant(const char *typed, const char *hex)
{
	char digits[KEY_FINGERPRINT] = "", bare[80] = "", want[80] = "";
	fingerprint(hex, digits);
	size_t n = 0, m = 0;
	for (const char *c = typed; *c && n + 1 < sizeof bare; c++)
		if (isalnum((unsigned char)*c))
			bare[n++] = (char)tolower((unsigned char)*c);
	for (const char *c = digits; *c && m + 1 < sizeof want; c++)
		if (isalnum((unsigned char)*c))
			want[m++] = *c;
	return !strcmp(bare, hex) || (m && !strcmp(bare, want));
}

static int trust(struct review_store *s, const char *code, const char *typed, struct err *err)
{
	struct review_keys keys = { 0 };
	const char *found = NULL;
	review_keys_read(s, code, &keys);
	for (size_t i = 0; i < keys.list.n; i++)
		if (is_meant(typed, keys.list.at[i].public))
			found = keys.list.at[i].public;
	if (found && review_begin(s, err)) {
		review_key_put(s, review_station(s, code, code, false), found, true, "telephone", machine_now());
		found = review_end(s, err) ? found : NULL;
	} else if (!found && !review_fault(s, err)) {
		err_set(err,
			keys.list.n ? _("this is none of the keys that came with the bundles of station %s — compare "
					"again with the station; if it "
					"differs, somebody else made the bundle")
				    : _("no bundle of station %s has been seen yet — a key is confirmed after its "
					"first bundle: loaxa review import "
					"FILE"),
			code);
	}
	if (found)
		printf(_("The key of station %s is confirmed. Now take in its bundle again: loaxa review import "
			 "FILE\n"),
			code);
	else
		fprintf(stderr, "loaxa review: %s\n", err->text);
	review_keys_free(&keys);
	return found ? EXIT_DONE : EXIT_REFUSED;
}

int review_trust(const struct review_place *place, const char *code, const char *typed)
{
	struct err err = { "" };
	int listed = receiver_station(place->receiver, code);
	struct review_store *s = review_open(place->book, REVIEW_WRITE, &err);
	if (!s) {
		fprintf(stderr, "loaxa review: %s\n", err.text);
		return EXIT_REFUSED;
	}
	int exit_code = trust(s, listed >= 0 ? place->receiver->stations.at[listed].code : code, typed, &err);
	review_close(&s);
	return exit_code;
}
