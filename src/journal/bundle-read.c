/* Reading a bundle: frame by frame, row by row, each held against the one before. */
#include "base/hex.h"
#include "base/mem.h"
#include "journal/bundle-inside.h"
#include "journal/bundle-judge.h"

#include <errno.h>
#include <string.h>

#define HEAD_MOST 65536

struct bundle {
	/* fixed after bundle_open */
	struct bundle_facts facts;
	struct bundle_identity identity;
	uint8_t *kept;
	size_t kept_n;
	/* the reading */
	struct bundle_file file;
	struct bundle_frame frame;
	size_t at; /* in the frame; before the first of them, in kept */
	enum bundle_wrong frame_wrong;
	bool kept_read, ended;
	int64_t next, frame_begin;  /* seq */
	uint8_t hash[SHA256_BYTES]; /* of the row before */
	wall_us wall;               /* its */
	char kind[BUNDLE_KIND_BYTES], kind_ahead[BUNDLE_KIND_BYTES];
	struct bundle_judge judge;
	struct bundle_fault fault;
	struct {
		int64_t seq; /* 0 = nothing is expected */
		uint8_t head[SHA256_BYTES];
		bool seen, same;
	} expected;
};

static bool wrong(struct bundle *b, enum bundle_wrong what, int64_t row, wall_us at)
{
	if (!b->fault.what)
		b->fault = (struct bundle_fault){ .what = what, .row = row, .at = at };
	b->ended = true;
	return false;
}

/* ── The head ──────────────────────────────────────────────────────────────────────────────────────────────── */

static bool read_facts(struct bundle *b, const struct json *j)
{
	struct bundle_facts *f = &b->facts;
	struct bundle_identity *id = &b->identity;
	const struct json *names = json_get(j, "names");
	const char *key = json_get_str(j, "key");
	id->station = mem_dup(json_get_str(j, "station"));
	id->timezone = mem_dup(json_get_str(j, "timezone"));
	id->sample = json_get_bool(j, "sample");
	for (size_t i = 0; names && i < json_count(names); i++)
		if (json_as_str(json_at(names, i)))
			vec_push(&id->names, mem_dup(json_as_str(json_at(names, i))));
	f->station = id->station;
	f->names = (const char *const *)id->names.at;
	f->names_n = id->names.n;
	f->timezone = id->timezone;
	f->from.us = json_get_int(j, "from_us", 0);
	f->to.us = json_get_int(j, "to_us", 0);
	f->first = json_get_int(j, "first", 0);
	f->last = json_get_int(j, "last", 0);
	f->rehearsal = json_get_bool(j, "rehearsal");
	f->sample = id->sample;
	if (key && strlen(key) == BUNDLE_KEY_HEX - 1)
		memcpy(f->key, key, BUNDLE_KEY_HEX);
	return f->station && f->timezone && f->names_n && f->first > 0 && f->last >= f->first &&
	       f->from.us < f->to.us && f->key[0] && hex_read(json_get_str(j, "before"), f->before, SHA256_BYTES) &&
	       hex_read(json_get_str(j, "head"), f->head, SHA256_BYTES);
}

static bool read_head(struct bundle *b)
{
	enum bundle_wrong w = bundle_get(&b->file, &b->frame);
	if (w)
		return wrong(b, w, 0, (wall_us){ 0 });
	if (b->frame.tag != BUNDLE_HEAD || b->frame.n > HEAD_MOST)
		return wrong(b, BUNDLE_CHANGED, 0, (wall_us){ 0 });
	struct json *j = json_parse((const char *)b->frame.at, b->frame.n);
	bool ok = j && read_facts(b, j);
	if (j)
		json_free(&j);
	return ok || wrong(b, BUNDLE_CHANGED, 0, (wall_us){ 0 });
}

static bool read_kept(struct bundle *b)
{
	enum bundle_wrong w = bundle_get(&b->file, &b->frame);
	if (w)
		return wrong(b, w, 0, (wall_us){ 0 });
	if (b->frame.tag != BUNDLE_KEPT)
		return wrong(b, BUNDLE_CHANGED, 0, (wall_us){ 0 });
	b->kept_n = b->frame.n;
	b->kept = mem_zero(b->kept_n + 1);
	if (b->kept_n)
		memcpy(b->kept, b->frame.at, b->kept_n);
	b->frame = (struct bundle_frame){ 0 };
	b->next = b->facts.first;
	memcpy(b->hash, b->facts.before, sizeof b->hash);
	return true;
}

struct bundle *bundle_open(const char *path, struct bundle_fault *fault)
{
	struct bundle *b = mem_new(struct bundle);
	b->file.f = fopen(path, "re");
	bool ok = b->file.f || wrong(b, BUNDLE_NO_FILE, errno, (wall_us){ 0 });
	if (ok) {
		enum bundle_wrong w = bundle_recognise(&b->file);
		ok = !w || wrong(b, w, w == BUNDLE_NO_FILE ? errno : 0, (wall_us){ 0 });
	}
	ok = ok && read_head(b) && read_kept(b);
	*fault = b->fault;
	if (!ok)
		bundle_close(&b);
	return b;
}

void bundle_close(struct bundle **bundle)
{
	struct bundle *b = *bundle;
	if (!b)
		return;
	bundle_file_free(&b->file);
	bundle_identity_free(&b->identity);
	bundle_judge_free(&b->judge);
	mem_free(b->kept);
	mem_free(b);
	*bundle = NULL;
}

const struct bundle_facts *bundle_facts(const struct bundle *b)
{
	return &b->facts;
}

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The next record of a frame: its check and its bytes.  false: what is left is no whole one. */
static bool record_at(const uint8_t *at, size_t left, size_t head, const uint8_t **row, size_t *n)
{
	if (left < head)
		return false;
	*n = bundle_number_at(at, 4);
	*row = at + head;
	return *n <= left - head;
}

#define ROW_HEAD (4 + BUNDLE_CHECK_BYTES)
#define KEPT_HEAD 4

static bool next_kept(struct bundle *b, struct bundle_row *out)
{
	const uint8_t *at;
	size_t n;
	bool ok = record_at(b->kept + b->at, b->kept_n - b->at, KEPT_HEAD, &at, &n) &&
		  bundle_row_read(at, n, &out->row, b->kind) && out->row.seq < b->facts.first &&
		  (!strcmp(b->kind, "schedule") || !strcmp(b->kind, "key")) && out->row.rehearsal == b->facts.rehearsal;
	if (!ok)
		return wrong(b, BUNDLE_CHANGED, 0, (wall_us){ 0 });
	b->at += KEPT_HEAD + n;
	memset(out->hash, 0, sizeof out->hash);
	out->attached = true;
	struct bundle_fault f = { 0 };
	return bundle_judge_row(&b->judge, &out->row, out->hash, &f) || wrong(b, f.what, f.row, f.at);
}

static bool is_over(const struct bundle *b)
{
	return b->next == b->facts.last + 1 && !memcmp(b->hash, b->facts.head, sizeof b->hash);
}

static bool next_end(struct bundle *b)
{
	if (b->frame.n || !is_over(b))
		return wrong(b, b->next <= b->facts.last ? BUNDLE_CUT : BUNDLE_CHANGED, b->next, b->wall);
	if (fgetc(b->file.f) != EOF)
		return wrong(b, BUNDLE_MORE, b->next, b->wall);
	struct bundle_fault f = { 0 };
	if (!bundle_judge_end(&b->judge, &b->identity, b->facts.key, b->facts.last, &f))
		return wrong(b, f.what, f.row, b->wall);
	b->ended = true;
	return false;
}

static bool next_frame(struct bundle *b)
{
	if (b->frame_wrong) /* each of its rows was as it should be: it is a bit that they do not need */
		return wrong(b, b->frame_wrong, b->frame_wrong == BUNDLE_CUT ? b->next : b->frame_begin, b->wall);
	b->frame_begin = b->next;
	b->frame_wrong = bundle_get(&b->file, &b->frame);
	b->at = 0;
	if (b->frame_wrong == BUNDLE_NO_FILE)
		return wrong(b, BUNDLE_NO_FILE, errno, b->wall);
	if (b->frame_wrong)
		return true;
	if (b->frame.tag == BUNDLE_END)
		return next_end(b);
	return (b->frame.tag == BUNDLE_ROWS && b->frame.first == b->next && b->frame.n) ||
	       wrong(b, b->frame.first > b->next ? BUNDLE_MISSING : BUNDLE_CHANGED, b->next, b->wall);
}

/* Is the row that should stand here further on in this frame? */
static bool stands_later(struct bundle *b)
{
	struct chain_row r;
	const uint8_t *at;
	size_t n;
	for (size_t i = b->at; record_at(b->frame.at + i, b->frame.n - i, ROW_HEAD, &at, &n); i += ROW_HEAD + n)
		if (bundle_row_read(at, n, &r, b->kind_ahead) && r.seq == b->next)
			return true;
	return false;
}

/* The row at hand does not continue the chain: what has happened to it? */
static bool odd(struct bundle *b, const struct chain_row *r)
{
	wall_us at = r && r->seq == b->next ? (wall_us){ r->wall_us } : b->wall;
	if (b->frame_wrong || !r)
		return wrong(b, b->frame_wrong ? b->frame_wrong : BUNDLE_CHANGED, b->next, at);
	if (r->seq < b->next)
		return wrong(b, BUNDLE_DOUBLED, r->seq, (wall_us){ r->wall_us });
	if (r->seq > b->next)
		return wrong(b, stands_later(b) ? BUNDLE_SWAPPED : BUNDLE_MISSING, b->next, b->wall);
	return wrong(b, BUNDLE_CHANGED, b->next, at);
}

static void link_row(const uint8_t prev[SHA256_BYTES], const uint8_t *at, size_t n, uint8_t out[SHA256_BYTES])
{
	struct sha256 *s = sha256_new();
	sha256_add(s, prev, SHA256_BYTES);
	sha256_add(s, at, n);
	sha256_end(&s, out);
}

static void meet_expected(struct bundle *b, int64_t seq, const uint8_t hash[SHA256_BYTES])
{
	if (seq != b->expected.seq)
		return;
	b->expected.seen = true;
	b->expected.same = !memcmp(hash, b->expected.head, SHA256_BYTES);
}

static bool next_row(struct bundle *b, struct bundle_row *out)
{
	const uint8_t *at;
	size_t n;
	uint8_t hash[SHA256_BYTES];
	if (!record_at(b->frame.at + b->at, b->frame.n - b->at, ROW_HEAD, &at, &n) ||
		!bundle_row_read(at, n, &out->row, b->kind))
		return odd(b, NULL);
	link_row(b->hash, at, n, hash);
	if (out->row.seq != b->next || memcmp(at - BUNDLE_CHECK_BYTES, hash, BUNDLE_CHECK_BYTES) != 0 ||
		out->row.rehearsal != b->facts.rehearsal)
		return odd(b, &out->row);
	struct bundle_fault f = { 0 };
	if (!b->frame_wrong && !bundle_judge_row(&b->judge, &out->row, b->hash, &f)) {
		wrong(b, f.what, f.row, f.at);
		b->fault.since = f.since;
		return false;
	}
	memcpy(b->hash, hash, sizeof hash);
	memcpy(out->hash, hash, sizeof hash);
	meet_expected(b, b->next, hash);
	b->wall.us = out->row.wall_us;
	b->next++;
	b->at += ROW_HEAD + n;
	out->attached = false;
	return true;
}

bool bundle_next(struct bundle *b, struct bundle_row *out)
{
	if (!b->kept_read && !b->ended && b->at < b->kept_n)
		return next_kept(b, out);
	if (!b->kept_read)
		b->at = 0;
	b->kept_read = true;
	/* of a damaged frame nobody gets a row; they only tell how far it is whole */
	bool more = true;
	while (more && !b->ended && (b->at >= b->frame.n || b->frame_wrong))
		more = b->at >= b->frame.n ? next_frame(b) : next_row(b, out);
	return more && !b->ended && next_row(b, out);
}

bool bundle_end(const struct bundle *b, struct bundle_fault *fault)
{
	*fault = b->fault;
	return b->ended && !b->fault.what;
}

static bool next_journal_row(void *self, struct journal_row *out)
{
	struct bundle_row row;
	if (!bundle_next(self, &row))
		return false;
	const struct chain_row *r = &row.row;
	*out = (struct journal_row){ .wall = { r->wall_us },
		.mono = { r->mono_us },
		.clock = (enum clock_state)r->clock,
		.kind = r->kind,
		.airing = r->airing,
		.planned = { r->planned_us },
		.body = r->body };
	return true;
}

static wall_us no_alive(void *self)
{
	(void)self;
	return (wall_us){ 0 };
}

struct journal_reader bundle_reader(struct bundle *b)
{
	return (struct journal_reader){ .self = b, .next = next_journal_row, .last_alive = no_alive };
}

/* ── Keys and checkpoints of the receiver ── */

enum bundle_trust bundle_trust(const struct bundle *b, const char *known_key_hex)
{
	return bundle_judge_trust(&b->judge, known_key_hex);
}

const char *bundle_key(const struct bundle *b, size_t i)
{
	return i < b->judge.keys.n ? b->judge.keys.at[i].public : NULL;
}

void bundle_expect(struct bundle *b, int64_t seq, const uint8_t head[SHA256_BYTES])
{
	b->expected.seq = seq;
	memcpy(b->expected.head, head, SHA256_BYTES);
	meet_expected(b, b->facts.first - 1, b->facts.before);
}

enum bundle_checkpoint bundle_expected(const struct bundle *b)
{
	if (b->expected.seen)
		return b->expected.same ? BUNDLE_SAME : BUNDLE_OTHER;
	return b->expected.seq < b->facts.first ? BUNDLE_BEFORE : BUNDLE_CUT_TAIL;
}

int64_t bundle_seals(const struct bundle *b)
{
	return b->judge.seals;
}
