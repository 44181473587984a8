/* Writing a bundle: which rows, then one pass over them.  What does not continue the chain is not exported. */
#include "base/i18n.h"
#include "base/mem.h"
#include "journal/bundle-judge.h"
#include "journal/ledger.h"
#include "journal/mode.h"
#include "journal/walk.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#define WINDOW 500 /* rows a transaction */

/* From the third on as in find_landmarks(). */
enum landmark_kind { CHECKPOINT, CHECKPOINT_NAMES = 2, SEAL = CHECKPOINT_NAMES, SCHEDULE, KEY };
struct landmark {
	int64_t seq;
	enum landmark_kind kind;
};

struct writer {
	VEC(struct landmark) marks; /* by seq */
	struct ledger *ledger;
	struct bundle_file file;
	struct bundle_identity identity;
	struct bundle_judge judge; /* what nobody would believe is not exported */
	char key[BUNDLE_KEY_HEX];
	uint8_t before[SHA256_BYTES], head[SHA256_BYTES];
	struct text rows, scratch;
	int64_t frame_first;
	wall_us from, to;
	struct bundle_written *done;
	struct err *err;
};

static bool cannot_read(struct writer *w, enum ledger_trouble t)
{
	return err_set(w->err, _("the journal cannot be read: %s"), _(ledger_trouble_text(t)));
}

/* One row, copied out: body to mem_free.  false: not there (err is set). */
static bool one_row(struct writer *w, int64_t seq, struct chain_row *r, uint8_t hash[SHA256_BYTES], char **body)
{
	ledger_read(w->ledger, seq, seq);
	bool any = ledger_next(w->ledger, r, hash);
	*body = any ? mem_dup(r->body) : NULL;
	enum ledger_trouble t = ledger_end(w->ledger);
	return any || cannot_read(w, t ? t : LEDGER_DAMAGED);
}

static wall_us wall_of(struct writer *w, int64_t seq)
{
	struct chain_row r = { 0 };
	uint8_t hash[SHA256_BYTES];
	ledger_read(w->ledger, seq, seq);
	ledger_next(w->ledger, &r, hash);
	ledger_end(w->ledger);
	return (wall_us){ r.wall_us };
}

/* ── Which rows ────────────────────────────────────────────────────────────────────────────────────────────── */

/* Where the rows are that others hang on; years of a station have a few thousand of them. */
static bool find_landmarks(struct writer *w)
{
	static const char *const kinds[] = { "start", "day", "seal", "schedule", "key", NULL };
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	ledger_read_events(w->ledger, kinds, INT64_MIN, INT64_MAX);
	while (ledger_next(w->ledger, &r, hash))
		for (int i = 0; kinds[i]; i++)
			if (!strcmp(r.kind, kinds[i]))
				vec_push(
					&w->marks, (struct landmark){ r.seq,
							   i < CHECKPOINT_NAMES ? CHECKPOINT : (enum landmark_kind)i });
	enum ledger_trouble t = ledger_end(w->ledger);
	return !t || cannot_read(w, t);
}

/* The last one with seq <= at; 0 = none. */
static int64_t last_mark(const struct writer *w, enum landmark_kind kind, int64_t at)
{
	int64_t seq = 0;
	for (size_t i = 0; i < w->marks.n && w->marks.at[i].seq <= at; i++)
		if (w->marks.at[i].kind == kind)
			seq = w->marks.at[i].seq;
	return seq;
}

/* The first one with seq >= at; 0 = none. */
static int64_t next_mark(const struct writer *w, enum landmark_kind kind, int64_t at)
{
	for (size_t i = 0; i < w->marks.n; i++)
		if (w->marks.at[i].kind == kind && w->marks.at[i].seq >= at)
			return w->marks.at[i].seq;
	return 0;
}

static int64_t wanted_end(struct writer *w, int64_t last_planned, int64_t last_written)
{
	int64_t last = last_planned > last_written ? last_planned : last_written;
	int64_t checkpoint = next_mark(w, CHECKPOINT, last_written + 1);
	if (!checkpoint)
		return ledger_last(w->ledger);
	return checkpoint > last ? checkpoint : last;
}

static bool none_sealed(struct writer *w)
{
	return err_set(w->err,
		_("none of these rows is sealed yet — a station seals its journal at every start, at midnight and "
		  "when it stops — restart the station, or export tomorrow; nothing was written"));
}

/* From a checkpoint on, so that whoever reads knows what was held and off; to the one behind the last row that is asked
 * for, whose seal covers it. */
static bool choose(struct writer *w)
{
	struct bundle_written *d = w->done;
	int64_t planned = INT64_MAX, last_planned = 0, written = INT64_MAX, last_written = 0;
	bool any = ledger_planned(w->ledger, w->from.us, w->to.us, &planned, &last_planned);
	if (!ledger_written(w->ledger, w->from.us, w->to.us, &written, &last_written) && !any)
		return err_set(
			w->err, _("the journal holds nothing of that time — ask for another; nothing was written"));
	int64_t begin = planned < written ? planned : written, wanted = wanted_end(w, last_planned, last_written);
	d->first = last_mark(w, CHECKPOINT, begin);
	d->first = d->first ? d->first : 1;
	d->last = next_mark(w, SEAL, wanted);
	d->last = d->last ? d->last : last_mark(w, SEAL, wanted);
	if (d->last < d->first)
		return none_sealed(w);
	if (d->last < wanted) {
		d->left_out = wanted - d->last;
		d->left_from = wall_of(w, d->last + 1);
	}
	d->sealed = wall_of(w, d->last);
	return true;
}

/* ── The head ──────────────────────────────────────────────────────────────────────────────────────────────── */

static bool read_ends(struct writer *w)
{
	struct chain_row r;
	char *body = NULL;
	if (w->done->first > 1) {
		if (!one_row(w, w->done->first - 1, &r, w->before, &body))
			return false;
		mem_free(body);
	}
	if (!one_row(w, w->done->last, &r, w->head, &body))
		return false;
	struct json *seal = json_parse(body, strlen(body));
	const char *key = seal ? json_get_str(seal, "key") : NULL;
	if (key && strlen(key) == BUNDLE_KEY_HEX - 1)
		memcpy(w->key, key, BUNDLE_KEY_HEX);
	if (seal)
		json_free(&seal);
	mem_free(body);
	sha256_hex(w->head, w->done->head);
	return w->key[0] || none_sealed(w);
}

static bool read_identity(struct writer *w)
{
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	char *body;
	int64_t seq = w->done->first - 1;
	while ((seq = next_mark(w, CHECKPOINT, seq + 1)) != 0 && seq <= w->done->last) {
		if (!one_row(w, seq, &r, hash, &body))
			return false;
		struct json *j = json_parse(body, strlen(body));
		if (j) {
			bundle_identity_add(&w->identity, j);
			json_free(&j);
		}
		mem_free(body);
	}
	w->done->sample = w->identity.sample;
	return w->identity.station ||
	       err_set(w->err, _("the station had no schedule in that time, so nobody can say whose rows "
				 "these are; nothing was written"));
}

static bool put_head(struct writer *w)
{
	char before[SHA256_HEX];
	struct text t = { 0 };
	sha256_hex(w->before, before);
	json_open(&t, NULL, '{');
	json_str(&t, "station", w->identity.station);
	json_open(&t, "names", '[');
	for (size_t i = 0; i < w->identity.names.n; i++)
		json_str(&t, NULL, w->identity.names.at[i]);
	json_close(&t, ']');
	json_str(&t, "timezone", w->identity.timezone);
	json_int(&t, "from_us", w->from.us);
	json_int(&t, "to_us", w->to.us);
	json_int(&t, "first", w->done->first);
	json_int(&t, "last", w->done->last);
	json_str(&t, "before", before);
	json_str(&t, "head", w->done->head);
	json_str(&t, "key", w->key);
	json_bool(&t, "rehearsal", w->done->rehearsal);
	json_bool(&t, "sample", w->identity.sample);
	json_close(&t, '}');
	bool ok = bundle_put(&w->file, BUNDLE_HEAD, 0, t.at, t.n);
	text_free(&t);
	return ok;
}

/* ── What lies before, and the rows ── */

static bool judge(struct writer *w, const struct chain_row *r, const uint8_t prev[SHA256_BYTES])
{
	struct bundle_fault f;
	return bundle_judge_row(&w->judge, r, prev, &f) || walk_say(&f, NULL, w->err);
}

static bool keep(struct writer *w, int64_t seq, struct text *kept)
{
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	ledger_read(w->ledger, seq, seq);
	bool ok = ledger_next(w->ledger, &r, hash);
	if (ok) {
		chain_hash(hash, &r, &w->scratch, hash); /* for the scratch: the row stands there behind 32 bytes */
		bundle_number(kept, w->scratch.n - SHA256_BYTES, 4);
		text_add_n(kept, w->scratch.at + SHA256_BYTES, w->scratch.n - SHA256_BYTES);
	}
	bool believed = !ok || judge(w, &r, hash);
	enum ledger_trouble t = ledger_end(w->ledger);
	return (ok || cannot_read(w, t)) && believed;
}

/* Every key there was, and the schedule that was in force. */
static bool put_kept(struct writer *w, bool *written)
{
	int64_t before = w->done->first - 1, key = 0;
	int64_t schedule = last_mark(w, SCHEDULE, before);
	struct text kept = { 0 };
	bool ok = true;
	while (ok && (key = next_mark(w, KEY, key + 1)) != 0 && key <= before)
		ok = keep(w, key, &kept);
	ok = ok && (!schedule || keep(w, schedule, &kept));
	*written = ok && bundle_put(&w->file, BUNDLE_KEPT, 0, kept.at, kept.n);
	text_free(&kept);
	return ok;
}

static bool close_frame(struct writer *w)
{
	bool ok = !w->rows.n || bundle_put(&w->file, BUNDLE_ROWS, w->frame_first, w->rows.at, w->rows.n);
	text_clear(&w->rows);
	return ok;
}

/* false: it does not follow the one before. */
static bool add_row(
	struct writer *w, const struct chain_row *r, const uint8_t hash[SHA256_BYTES], uint8_t head[SHA256_BYTES])
{
	uint8_t want[SHA256_BYTES];
	chain_hash(head, r, &w->scratch, want);
	if (memcmp(want, hash, sizeof want) != 0)
		return err_set(w->err,
			_("row %lld of the journal is not what it was when it was written — what it proved is lost "
			  "from "
			  "there on — look: loaxa verify; nothing was written"),
			(long long)r->seq);
	if (!judge(w, r, head))
		return false;
	if (!w->rows.n)
		w->frame_first = r->seq;
	bundle_number(&w->rows, w->scratch.n - SHA256_BYTES, 4);
	text_add_n(&w->rows, (const char *)hash, BUNDLE_CHECK_BYTES);
	text_add_n(&w->rows, w->scratch.at + SHA256_BYTES, w->scratch.n - SHA256_BYTES);
	memcpy(head, hash, SHA256_BYTES);
	return true;
}

static bool put_rows(struct writer *w, bool *written)
{
	struct chain_row r;
	uint8_t hash[SHA256_BYTES], head[SHA256_BYTES];
	int64_t next = w->done->first, last = w->done->last;
	bool ok = true;
	memcpy(head, w->before, sizeof head);
	*written = true;
	for (int64_t s = next; s <= last && ok && *written; s += WINDOW) {
		ledger_read(w->ledger, s, s + WINDOW - 1 < last ? s + WINDOW - 1 : last);
		for (; ok && *written && ledger_next(w->ledger, &r, hash); next++) {
			ok = add_row(w, &r, hash, head);
			if (w->rows.n >= BUNDLE_FRAME_BYTES)
				*written = close_frame(w);
		}
		enum ledger_trouble t = ledger_end(w->ledger);
		ok = ok && (!t || cannot_read(w, t));
	}
	if (ok && *written && next != last + 1)
		ok = cannot_read(w, LEDGER_DAMAGED);
	*written = *written && (!ok || close_frame(w));
	return ok;
}

/* ── The file ──────────────────────────────────────────────────────────────────────────────────────────────── */

/* false without err: the file could not be written, errno says why. */
static bool fill(struct writer *w)
{
	bool written = true;
	if (!bundle_begin(&w->file) || !put_head(w))
		return false;
	bool ok = put_kept(w, &written);
	ok = ok && written && put_rows(w, &written);
	if (!ok || !written || !bundle_put(&w->file, BUNDLE_END, w->done->last + 1, NULL, 0))
		return false;
	w->done->bytes = ftell(w->file.f);
	return !fflush(w->file.f) && !fsync(fileno(w->file.f));
}

static bool write_file(struct writer *w, const char *path)
{
	char *part = mem_printf("%s.part", path);
	bool ok = false;
	unlink(part); /* of an export that was interrupted */
	w->file.f = fopen(part, "wxe");
	if (w->file.f) {
		ok = fill(w);
		ok = !fclose(w->file.f) && ok;
		w->file.f = NULL;
		ok = ok && !rename(part, path);
		int why = errno;
		unlink(part);
		errno = why;
	}
	if (!ok && !w->err->text[0])
		err_set(w->err, _("%s cannot be written: %s — name another place with --out"), path, strerror(errno));
	mem_free(part);
	return ok;
}

bool bundle_write(
	const char *state_dir, wall_us from, wall_us to, const char *path, struct bundle_written *done, struct err *err)
{
	struct writer w = { .from = from, .to = to, .done = done, .err = err };
	char *database = journal_database(state_dir);
	enum ledger_trouble t;
	*done = (struct bundle_written){ 0 };
	err->text[0] = '\0';
	w.ledger = ledger_open(database, LEDGER_READ, &t);
	bool ok = w.ledger || cannot_read(&w, t);
	if (ok) {
		done->rehearsal = ledger_is_rehearsal(w.ledger);
		ok = find_landmarks(&w) && choose(&w) && read_ends(&w) && read_identity(&w) && write_file(&w, path);
	}
	ledger_close(&w.ledger);
	bundle_file_free(&w.file);
	bundle_identity_free(&w.identity);
	bundle_judge_free(&w.judge);
	vec_free(&w.marks);
	text_free(&w.rows);
	text_free(&w.scratch);
	mem_free(database);
	return ok;
}
