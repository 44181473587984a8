/* Recordings, approvals, end dates, disk: what is wrong whatever the day. */
#include "base/i18n.h"
#include "schedule/check-parts.h"
#include "schedule/values.h"

/* Half of what the store keeps: at a reload the old and the new schedule lie in it together. */
#define PREPARED_BYTES_MANY (INT64_C(1) << 30)

static void missing(const struct check *c, const struct recording *r)
{
	const char *dir = c->station->audio_dir ? c->station->audio_dir : ".";
	if (r->why)
		finding_add(c->findings, FINDING_ERROR, "audio-missing", r->place,
			N_("audio file \"{1}\" not found — looked in {2}; similar: \"{3}\" — correct the name, "
			   "or: loaxa import FILE"),
			r->file, dir, r->why, NULL);
	else
		finding_add(c->findings, FINDING_ERROR, "audio-missing", r->place,
			N_("audio file \"{1}\" not found — looked in {2} — correct the name, or: loaxa "
			   "import FILE"),
			r->file, dir, NULL);
}

/* why is a whole sentence already: the file, what is wrong with it, what to do */
static void corrupt(const struct check *c, const struct recording *r)
{
	if (r->why)
		finding_add(c->findings, FINDING_ERROR, "audio-corrupt", r->place, N_("cannot be aired: {1}"), r->why,
			NULL);
	else
		finding_add(c->findings, FINDING_ERROR, "audio-corrupt", r->place,
			N_("audio file \"{1}\" cannot be played to its end — it is damaged or no sound — "
			   "replace it by a good copy"),
			r->file, NULL);
}

/* than the one approved */
static bool is_another(const struct recording *r)
{
	return r->bound && r->sha256[0] && strcmp(r->bound, r->sha256) != 0;
}

static void check_recording(const struct check *c, const struct bulletin *b, const struct recording *r)
{
	if (r->state == RECORDING_MISSING)
		missing(c, r);
	if (r->state == RECORDING_CORRUPT)
		corrupt(c, r);
	if (is_another(r))
		finding_add(c->findings, FINDING_WARNING, "file-changed", r->place,
			N_("audio file \"{1}\" is not the approved one — its content no longer has the "
			   "sha256 that \"{2}\" names, so its airings fail — restore the file, or have the "
			   "new one approved: loaxa approve {2} --by \"NAME, OFFICE\""),
			r->file, b->name, NULL);
	if (r->limited)
		finding_add(c->findings, FINDING_WARNING, "audio-limited", r->place,
			N_("audio file \"{1}\" is very uneven — its peaks are held down by more than 6 dB so "
			   "that the speech is loud enough — record it anew at an even level"),
			r->file, NULL);
}

static void check_text(const struct check *c, const struct bulletin *b)
{
	if (bulletin_text_changed(b))
		finding_add(c->findings, FINDING_WARNING, "file-changed", b->place,
			N_("the text \"{1}\" is not the approved one, or is gone — it no longer has the fingerprint "
			   "that \"{2}\" names, so its airings fail — restore the file, or have the new one approved: "
			   "loaxa approve {2} --by \"NAME, OFFICE\""),
			b->text ? b->text : "text", b->name, NULL);
}

static bool ends(const struct station *s, const struct bulletin *b)
{
	return b->has_until || (b->campaign >= 0 && s->campaigns.at[b->campaign].days.until < DAY_MAX);
}

static void check_planned_bulletin(const struct check *c, int bulletin)
{
	const struct bulletin *b = &c->station->bulletins.at[bulletin];
	if (b->class == CLASS_ANNOUNCEMENT && !ends(c->station, b))
		finding_add(c->findings, FINDING_WARNING, "no-end", b->place,
			N_("announcement \"{1}\" has no end date — it would be aired for ever — add until = "
			   "\"…\", or name its campaign"),
			b->name, NULL);
	if (c->station->approval && !b->approved_by)
		finding_add(c->findings, FINDING_WARNING, "unapproved", b->place,
			N_("\"{1}\" is planned but not approved — this station airs approved bulletins only, "
			   "so it will be skipped — have it approved: loaxa approve {1} --by \"NAME, "
			   "OFFICE\""),
			b->name, NULL);
}

static void check_emergency_bulletin(const struct check *c, const struct rule *r, struct place at, int bulletin)
{
	const struct bulletin *b = &c->station->bulletins.at[bulletin];
	if (c->station->approval && !b->approved_by)
		finding_add(c->findings, FINDING_ERROR, "not-approved", at,
			N_("emergency \"{1}\" airs \"{2}\", which is not approved — an emergency asks nobody "
			   "any more, so it must be approved beforehand — loaxa approve {2} --by \"NAME, "
			   "OFFICE\""),
			r->name, b->name, NULL);
	for (size_t i = 0; c->station->approval && b->approved_by && i < b->audio.n; i++)
		if (is_another(&b->audio.at[i]))
			finding_add(c->findings, FINDING_ERROR, "not-approved", at,
				N_("emergency \"{1}\" airs \"{2}\", whose recording \"{3}\" is not the approved one — "
				   "nobody could hear it when it counts — restore the file, or: loaxa approve {2} --by "
				   "\"NAME, OFFICE\""),
				r->name, b->name, b->audio.at[i].file, NULL);
}

static void check_rules(const struct check *c)
{
	bool *seen = mem_zero(c->station->bulletins.n * sizeof *seen);
	for (size_t i = 0; i < c->station->rules.n; i++) {
		const struct rule *r = &c->station->rules.at[i];
		for (size_t k = 0; k < r->play.n; k++) {
			const struct list_item *item = &r->play.at[k];
			if (r->kind == RULE_EMERGENCY)
				check_emergency_bulletin(c, r, item->place, item->bulletin);
			else if (!seen[item->bulletin])
				check_planned_bulletin(c, item->bulletin);
			if (r->kind != RULE_EMERGENCY)
				seen[item->bulletin] = true;
		}
		if (r->kind == RULE_EMERGENCY && r->all_clear >= 0)
			check_emergency_bulletin(c, r, r->place, r->all_clear);
	}
	mem_free(seen);
}

static bool counted_before(const struct station *s, size_t bulletin, size_t index)
{
	const char *file = s->bulletins.at[bulletin].audio.at[index].file;
	for (size_t b = 0; b <= bulletin; b++) {
		const struct bulletin *at = &s->bulletins.at[b];
		for (size_t i = 0; i < (b == bulletin ? index : at->audio.n); i++)
			if (!strcmp(at->audio.at[i].file, file))
				return true;
	}
	return false;
}

/* 16-bit mono, once for each rate and high-pass in use. */
static int64_t prepared_bytes(const struct station *s, const struct recording *r)
{
	int64_t sum = 0;
	for (size_t o = 0; o < s->outputs.n && o < OUTPUTS_MAX; o++) {
		bool same = false;
		for (size_t k = 0; k < o; k++)
			same |= s->outputs.at[k].rate == s->outputs.at[o].rate &&
				s->outputs.at[k].high_pass == s->outputs.at[o].high_pass;
		sum += same ? 0 : r->frames[o] * 2;
	}
	return sum;
}

static void check_disk(const struct check *c)
{
	const struct station *s = c->station;
	int64_t sum = 0, all = 0;
	for (size_t b = 0; b < s->bulletins.n; b++)
		for (size_t i = 0; i < s->bulletins.at[b].audio.n; i++)
			all += prepared_bytes(s, &s->bulletins.at[b].audio.at[i]);
	if (all <= PREPARED_BYTES_MANY)
		return;
	for (size_t b = 0; b < s->bulletins.n; b++)
		for (size_t i = 0; i < s->bulletins.at[b].audio.n; i++)
			if (!counted_before(s, b, i))
				sum += prepared_bytes(s, &s->bulletins.at[b].audio.at[i]);
	if (sum > PREPARED_BYTES_MANY)
		finding_add(c->findings, FINDING_WARNING, "disk", s->place,
			N_("the prepared audio takes {1} MiB — the store keeps 2048 MiB, for the running and "
			   "the next schedule together — drop recordings that are no longer used"),
			check_number(sum >> 20).text, NULL);
}

void check_facts(const struct check *c)
{
	for (size_t b = 0; b < c->station->bulletins.n; b++) {
		const struct bulletin *at = &c->station->bulletins.at[b];
		for (size_t i = 0; i < at->audio.n; i++)
			check_recording(c, at, &at->audio.at[i]);
		check_text(c, at);
	}
	check_rules(c);
	check_disk(c);
}
