/* Bulletins.  A bulletin is either recordings or a relay; which of the two, three keys say together (class,
 * audio, relay), and their contradictions are found here and in build-relay.c. */
#include "base/i18n.h"
#include "config/build.h"
#include "config/take.h"

#include <ctype.h>
#include <string.h>

static void take_audio(struct build *b, const struct block *block, struct bulletin *bl)
{
	const struct setting *s = block_get(block, "audio");
	for (size_t i = 0; s && i < s->values.n; i++) {
		const struct value *v = &s->values.at[i];
		struct place at = block_value_place(block, v);
		if (take_one_file(b->fs, s->key, v->text, at))
			vec_push(&bl->audio, (struct recording){ .file = mem_dup(v->text), .place = at });
	}
}

static bool is_fingerprint(const char *text)
{
	return strlen(text) == 64 && text[strspn(text, "0123456789abcdefABCDEF")] == '\0';
}

/* NULL after a complaint. */
static char *take_fingerprint(struct build *b, const char *text, struct place at)
{
	if (!is_fingerprint(text)) {
		finding_add(b->fs, FINDING_ERROR, "bad-sha256", at,
			N_("sha256 = \"{1}\" is no fingerprint — it is 64 digits 0–9, a–f — take it from: "
			   "sha256sum "
			   "FILE."),
			text, NULL);
		return NULL;
	}
	char *hex = mem_dup(text);
	for (char *c = hex; *c; c++)
		*c = (char)tolower((unsigned char)*c);
	return hex;
}

static void take_text_file(struct build *b, const struct block *block, struct bulletin *bl)
{
	const struct setting *text = block_get(block, "text"), *sum = block_get(block, "text-sha256");
	if (text && take_one_file(b->fs, text->key, text->values.at[0].text, block_place(block, text)))
		bl->text = mem_dup(text->values.at[0].text);
	if (sum)
		bl->text_bound = take_fingerprint(b, sum->values.at[0].text, block_place(block, sum));
}

/* Hashes belong to recordings by their place in the list.  Another number of them is what stands there when somebody
 * changed the list after the approval: then nothing is what was approved, and approving it anew mends that. */
static void take_fingerprints(struct build *b, const struct block *block, struct bulletin *bl)
{
	const struct setting *s = block_get(block, "sha256"), *audio = block_get(block, "audio");
	if (!s)
		return;
	if (!audio && !block->broken)
		build_complain(b, block, "sha256", "bad-sha256",
			N_("{1} \"{2}\" has a sha256 but no recording — a fingerprint belongs to a file — add audio = { "
			   "\"FILE\" }, or take sha256 away."),
			NULL);
	/* a recording that was refused is not in the list */
	bool whole = audio && bl->audio.n == audio->values.n, fits = whole && bl->audio.n == s->values.n;
	for (size_t i = 0; i < s->values.n; i++) {
		const struct value *v = &s->values.at[i];
		char *hex = take_fingerprint(b, v->text, block_value_place(block, v));
		if (fits)
			bl->audio.at[i].bound = hex;
		else
			mem_free(hex);
	}
	for (size_t i = 0; !fits && i < bl->audio.n; i++)
		bl->audio.at[i].bound = mem_dup("");
}

/* Urgency of the paper or of the matter is no level of the air: that needs somebody's command. */
static enum level take_level(struct build *b, const struct block *block)
{
	const struct setting *s = block_get(block, "priority");
	if (s && !strcmp(s->values.at[0].text, "emergency")) {
		build_complain(b, block, "priority", "priority-emergency",
			N_("{1} \"{2}\" cannot be an emergency by itself — it becomes one only on command — "
			   "take the "
			   "line away and add emergency \"{2}\" { play = { \"{2}\" } }."),
			NULL);
		return LEVEL_NORMAL;
	}
	return LEVEL_NORMAL + take_word(b->fs, block, "priority", 0);
}

/* Only the form is asked: a station may air in a language this program has never heard of. */
static char *take_language(struct build *b, const struct block *block)
{
	const char *station = b->st->language ? b->st->language : "vi";
	char *language = take_text_or(b->fs, block, "language", station);
	size_t n = strlen(language);
	if (n >= 2 && n <= 12 && language[strspn(language, "abcdefghijklmnopqrstuvwxyz-")] == '\0')
		return language;
	finding_add(b->fs, FINDING_ERROR, "bad-word", block_place(block, block_get(block, "language")),
		N_("language = \"{1}\" is no code of a language — they have two or three small letters — "
		   "write e.g. "
		   "\"vi\" or \"km\"."),
		language, NULL);
	return language;
}

static void take_approval(struct build *b, const struct block *block, struct bulletin *bl)
{
	bl->approved_by = take_text_or(b->fs, block, "approved-by", NULL);
	bl->approved_via = take_text_or(b->fs, block, "approved-via", NULL);
	bl->approved_typed = take_text_or(b->fs, block, "approved-typed-by", NULL);
	bl->approved_on = take_date(b->fs, block, "approved-on", DAY_NONE);
	const char *alone = block_get(block, "approved-on")	 ? "approved-on"
			    : block_get(block, "approved-via") ? "approved-via"
							       : "approved-typed-by";
	if (!bl->approved_by && block_get(block, alone) && !block->broken)
		build_complain(b, block, alone, "approval",
			N_("{1} \"{2}\" has {3} but no approved-by — an approval has somebody who gave it — "
			   "add "
			   "approved-by, or take {3} away."),
			alone);
}

void build_bulletin(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_BULLETIN, block, b->st->bulletins.n))
		return;
	struct bulletin bl = { .name = mem_dup(block->title), .place = block->place, .relay.instead = -1 };
	bl.title = take_text_or(b->fs, block, "title", bl.name);
	bl.campaign = build_key_ref(b, NAMES_CAMPAIGN, block, "campaign");
	bl.class = (enum bulletin_class)take_word(b->fs, block, "class", CLASS_ANNOUNCEMENT);
	bl.level = take_level(b, block);
	bl.language = take_language(b, block);
	bl.days = take_span(b->fs, block);
	bl.has_until = block_get(block, "until");
	bl.order = take_number(b->fs, block, "order", 100);
	bl.after_said = block_get(block, "after-interrupt");
	bl.after = (enum after_interrupt)take_word(b->fs, block, "after-interrupt", AFTER_RESUME);
	bl.resume_within_ms = take_duration(b->fs, block, "resume-within", 0);
	bl.hard_start = take_yes(b->fs, block, "hard-start");
	take_text_file(b, block, &bl);
	take_audio(b, block, &bl);
	take_fingerprints(b, block, &bl);
	build_relay(b, block, &bl);
	take_approval(b, block, &bl);
	if (!block_get(block, "audio") && bl.class != CLASS_RELAY && !bl.relay.source && !block->broken)
		build_complain(b, block, NULL, "missing-key",
			N_("{1} \"{2}\" has no recording — there would be nothing to hear — add audio = { "
			   "\"FILE\" }, "
			   "or class = \"relay\" and relay { … }."),
			NULL);
	vec_push(&b->st->bulletins, bl);
}
