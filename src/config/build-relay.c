/* A relay: where it comes from and what airs when nothing comes; and its contradictions with the bulletin around it. */
#include "base/i18n.h"
#include "config/build.h"
#include "config/take.h"
#include "schedule/relay-source.h"

static void take_source(struct build *b, const struct block *block, struct relay *r)
{
	r->source = take_text_or(b->fs, block, "source", "?");
	if (!block_get(block, "source") || relay_source_kind(r->source) != RELAY_UNKNOWN)
		return;
	finding_add(b->fs, FINDING_ERROR, "relay-source", block_place(block, block_get(block, "source")),
		N_("nothing can be relayed from \"{1}\" — a source is a line-in or an address of http, https, rtsp, "
		   "rtmp or "
		   "rtmps without spaces and accents — write e.g. \"alsa:hw:CARD=Tuner\" or "
		   "\"https://host/live.m3u8\"."),
		r->source, NULL);
}

static void take_keys(struct build *b, const struct block *block, struct relay *r)
{
	take_required(b->fs, block);
	take_source(b, block, r);
	r->ms = take_duration(b->fs, block, "duration", 0);
	r->silence_ms = take_duration(b->fs, block, "silence", 0);
	if (block_get(block, "silence") && r->ms && r->silence_ms >= r->ms)
		finding_add(b->fs, FINDING_ERROR, "conflict", block_place(block, block_get(block, "silence")),
			N_("silence is not shorter than the relay itself — it would never be noticed — write less than "
			   "its "
			   "duration."),
			NULL);
}

void build_relay(struct build *b, const struct block *block, struct bulletin *bl)
{
	const struct block *relay = block->parts.n ? &block->parts.at[0] : NULL;
	bool class = bl->class == CLASS_RELAY;
	if (block->parts.n > 1)
		finding_add(b->fs, FINDING_ERROR, "duplicate-key", block->parts.at[1].place,
			N_("relay stands here a second time — a bulletin has one source — keep one of the "
			   "two."),
			NULL);
	if (relay)
		take_keys(b, relay, &bl->relay);
	if (relay && !class)
		finding_add(b->fs, FINDING_ERROR, "relay", relay->place,
			N_("bulletin \"{1}\" has a relay but is of another class — a relay counts as relay — "
			   "write "
			   "class = \"relay\" or take relay { … } away."),
			bl->name, NULL);
	if (class && !relay && !block->broken)
		finding_add(b->fs, FINDING_ERROR, "relay", block_place(block, block_get(block, "class")),
			N_("bulletin \"{1}\" is of class relay but says not what to relay — add relay { "
			   "source = "
			   "\"alsa:hw:1\"  duration = \"25m\" }."),
			bl->name, NULL);
	if ((class || relay) && block_get(block, "audio"))
		build_complain(b, block, "audio", "relay",
			N_("{1} \"{2}\" is a relay and has recordings too — it airs the one or the other — "
			   "make two "
			   "bulletins of it."),
			NULL);
	if (!class && bl->hard_start)
		build_complain(b, block, "hard-start", "relay",
			N_("{1} \"{2}\" has hard-start and is no relay — only a relay must begin to the "
			   "second — take "
			   "hard-start away."),
			NULL);
}

void build_instead(struct build *b, const struct block *block)
{
	const struct block *relay = block->parts.n ? &block->parts.at[0] : NULL;
	const struct index_entry *e = index_find(&b->names[NAMES_BULLETIN], block->title);
	if (!relay || !block_get(relay, "instead") || !e || e->place.line != block->place.line ||
		e->place.file != block->place.file)
		return;
	int instead = build_key_ref(b, NAMES_BULLETIN, relay, "instead");
	b->st->bulletins.at[e->at].relay.instead = instead;
	if (instead < 0 || !b->st->bulletins.at[instead].relay.source)
		return;
	finding_add(b->fs, FINDING_ERROR, "relay", block_place(relay, block_get(relay, "instead")),
		N_("what airs when relay \"{1}\" is silent is a relay too — it may be silent as well — name a bulletin "
		   "of "
		   "recordings."),
		b->st->bulletins.at[e->at].name, NULL);
}
