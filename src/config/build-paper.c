/* The letterhead and foot of a station's papers.  What is not said is left to paper_of_unit(). */
#include "base/i18n.h"
#include "base/text.h"
#include "config/build.h"
#include "config/take.h"

/* Several lines of one text. */
static char *take_lines(struct build *b, const struct block *block, const char *key)
{
	const struct setting *s = block_get(block, key);
	struct text lines = { 0 };
	for (size_t i = 0; s && i < s->values.n; i++) {
		const struct value *v = &s->values.at[i];
		if (take_one_text(b->fs, s->key, v->text, block_value_place(block, v)))
			text_addf(&lines, "%s%s", lines.n ? "\n" : "", v->text);
	}
	return lines.n ? text_take(&lines) : NULL;
}

static void take_recipients(struct build *b, const struct block *block, struct paper *p)
{
	const struct setting *s = block_get(block, "recipients");
	for (size_t i = 0; s && i < s->values.n; i++) {
		const struct value *v = &s->values.at[i];
		if (take_one_text(b->fs, s->key, v->text, block_value_place(block, v)))
			vec_push(&p->recipients, mem_dup(v->text));
	}
}

void build_paper(struct build *b, const struct block *station)
{
	struct paper *p = &b->st->paper;
	const struct block *block = station->parts.n ? &station->parts.at[0] : NULL;
	if (!block)
		return;
	if (station->parts.n > 1)
		finding_add(b->fs, FINDING_ERROR, "duplicate-key", station->parts.at[1].place,
			N_("paper stands here a second time — a station has one letterhead — keep one of the two."), NULL);
	p->issuer = take_text(b->fs, block, "issuer");
	p->place = take_text(b->fs, block, "place");
	p->symbol = take_text(b->fs, block, "symbol");
	take_recipients(b, block, p);
	p->sign = take_lines(b, block, "sign");
	p->signer = take_text(b->fs, block, "signer");
	p->archive = take_text(b->fs, block, "archive");
}
