#include "review/take.h"

#include "base/mem.h"
#include "base/text.h"
#include "report/words.h"
#include "review/keys.h"

#include <string.h>

struct taking {
	struct review_store *s;
	const struct review_bundle *b;
	int64_t station;
	struct intern *words, *directives;
	struct review_outcome out;
};

char *review_fold(const char *number)
{
	char *folded = text_fold(number, false), *to = folded;
	for (const char *from = folded; *from; from++)
		if (*from != ' ' && *from != '\t')
			*to++ = *from;
	*to = '\0';
	return folded;
}

int64_t review_station(struct review_store *s, const char *code, const char *name, bool rehearsal)
{
	struct review_query *q = review_query(s, "SELECT id FROM station WHERE code = ?");
	review_put_text(q, 1, code);
	int64_t id = review_one(q, 0);
	if (id)
		return id;
	q = review_query(s, "INSERT INTO station(code, name, rehearsal) VALUES(?, ?, ?)");
	review_put_text(q, 1, code);
	review_put_text(q, 2, name);
	review_put(q, 3, rehearsal);
	review_do(q);
	return review_last_id(s);
}

/* ── One past ──────────────────────────────────────────────────────────────────────────────────────────────── */

static bool two_pasts(struct taking *t, int64_t row, wall_us at)
{
	if (t->out.what != REVIEW_TWO_PASTS || row < t->out.row)
		t->out = (struct review_outcome){ .what = REVIEW_TWO_PASTS, .row = row, .at = at };
	return false;
}

static bool same(struct review_query *q, int column, const uint8_t hash[SHA256_BYTES])
{
	size_t n;
	const void *bytes = review_get_bytes(q, column, &n);
	return n == SHA256_BYTES && !memcmp(bytes, hash, n);
}

/* A seal binds all rows before it.  So two bundles tell of one past exactly if, where both have rows, they have the same
 * seals: each of ours is looked up among those known, and each known one among ours. */
static bool known_seals_agree(struct taking *t)
{
	const struct review_bundle *b = t->b;
	struct review_query *q = review_query(
		t->s, "SELECT seq, hash, wall_us FROM seal WHERE station = ? AND seq BETWEEN ? AND ? ORDER BY seq");
	review_put(q, 1, t->station);
	review_put(q, 2, b->first - 1);
	review_put(q, 3, b->last);
	size_t i = 0;
	bool ok = true;
	while (ok && review_row(q)) {
		int64_t seq = review_get(q, 0);
		while (i < b->seals.n && b->seals.at[i].seq < seq)
			i++;
		if (seq == b->first - 1)
			ok = same(q, 1, b->before);
		else
			ok = i < b->seals.n && b->seals.at[i].seq == seq && same(q, 1, b->seals.at[i].hash);
		if (!ok)
			two_pasts(t, seq, (wall_us){ review_get(q, 2) });
	}
	return ok;
}

static bool own_seals_agree(struct taking *t)
{
	const struct review_bundle *b = t->b;
	for (size_t i = 0; i < b->seals.n; i++) {
		struct review_query *q = review_query(t->s, "SELECT EXISTS(SELECT 1 FROM bundle WHERE station = ?1 AND "
							    "first <= ?2 AND last >= ?2) AND NOT EXISTS("
							    "SELECT 1 FROM seal WHERE station = ?1 AND seq = ?2)");
		review_put(q, 1, t->station);
		review_put(q, 2, b->seals.at[i].seq);
		if (review_one(q, 0))
			return two_pasts(t, b->seals.at[i].seq, b->seals.at[i].wall);
	}
	struct review_query *q = review_query(t->s, "SELECT before FROM bundle WHERE station = ? AND first = ?");
	review_put(q, 1, t->station);
	review_put(q, 2, b->last + 1);
	bool ok = true;
	while (ok && review_row(q))
		ok = same(q, 0, b->head) || two_pasts(t, b->last + 1, (wall_us){ 0 });
	return ok;
}

static int64_t short_hash(const uint8_t hash[SHA256_BYTES])
{
	int64_t n;
	memcpy(&n, hash, sizeof n);
	return n;
}

/* The first airing that is another one: seals tell the day, this the row. */
static void name_row(struct taking *t)
{
	for (size_t i = 0; i < t->b->airings.n; i++) {
		const struct review_airing *a = &t->b->airings.at[i];
		struct review_query *q = review_query(t->s, "SELECT hash FROM airing WHERE station = ? AND day = ? AND "
							    "planned_us = ? AND id = ? AND seq = ?");
		review_put(q, 1, t->station);
		review_put(q, 2, words_day(a->row, a->row->planned));
		review_put(q, 3, a->row->planned.us);
		review_put_text(q, 4, a->row->id);
		review_put(q, 5, a->seq);
		bool other = review_one(q, short_hash(a->hash)) != short_hash(a->hash);
		if (other)
			two_pasts(t, a->seq, a->row->planned);
	}
}

/* One that was sealed after its last day has its end.  Of one that was not, seals of these days that are known tell. */
static bool is_whole(struct taking *t)
{
	const struct review_bundle *b = t->b;
	if (b->seals.n && b->seals.at[b->seals.n - 1].wall.us >= b->to.us)
		return true;
	struct review_query *q = review_query(t->s, "SELECT seq, wall_us FROM seal WHERE station = ? AND seq > ? AND "
						    "wall_us <= ? ORDER BY seq DESC LIMIT 1");
	review_put(q, 1, t->station);
	review_put(q, 2, b->last);
	review_put(q, 3, b->to.us);
	bool whole = true;
	while (review_row(q)) {
		t->out = (struct review_outcome){
			.what = REVIEW_CUT_TAIL, .row = review_get(q, 0), .at = { review_get(q, 1) }
		};
		whole = false;
	}
	return whole;
}

/* ── Keeping ───────────────────────────────────────────────────────────────────────────────────────────────── */

static int64_t word(struct taking *t, const char *text)
{
	if (!text)
		return 0;
	size_t *known = intern_number(t->words, text);
	if (*known != SIZE_MAX)
		return (int64_t)*known;
	struct review_query *q = review_query(t->s, "SELECT id FROM word WHERE text = ?");
	review_put_text(q, 1, text);
	int64_t id = review_one(q, 0);
	if (!id) {
		q = review_query(t->s, "INSERT INTO word(text) VALUES(?)");
		review_put_text(q, 1, text);
		review_do(q);
		id = review_last_id(t->s);
	}
	*known = (size_t)id;
	return id;
}

static void keep_seals(struct taking *t)
{
	for (size_t i = 0; i < t->b->seals.n; i++) {
		struct review_query *q = review_query(t->s, "INSERT OR IGNORE INTO seal VALUES(?, ?, ?, ?)");
		review_put(q, 1, t->station);
		review_put(q, 2, t->b->seals.at[i].seq);
		review_put_bytes(q, 3, t->b->seals.at[i].hash, SHA256_BYTES);
		review_put(q, 4, t->b->seals.at[i].wall.us);
		review_do(q);
	}
}

static void forget_day(struct taking *t, day_num day)
{
	static const char *const all[] = { "DELETE FROM airing WHERE station = ? AND day = ?",
		"DELETE FROM done WHERE station = ? AND day = ?" };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct review_query *q = review_query(t->s, all[i]);
		review_put(q, 1, t->station);
		review_put(q, 2, day);
		review_do(q);
	}
}

/* fresh[i]: day from + i is to be written; a longer bundle than this one has said it otherwise. */
static bool *choose_days(struct taking *t)
{
	const struct review_bundle *b = t->b;
	size_t n = b->days.from <= b->days.until ? (size_t)(b->days.until - b->days.from) + 1 : 0;
	bool *fresh = mem_zero(n + 1);
	for (size_t i = 0; i < n; i++) {
		day_num day = b->days.from + (day_num)i;
		struct review_query *q = review_query(t->s, "SELECT last FROM covered WHERE station = ? AND day = ?");
		review_put(q, 1, t->station);
		review_put(q, 2, day);
		int64_t known = review_one(q, 0);
		fresh[i] = known < b->last;
		if (!fresh[i])
			continue;
		if (known)
			forget_day(t, day);
		t->out.days++;
		q = review_query(t->s, "INSERT OR REPLACE INTO covered VALUES(?, ?, ?)");
		review_put(q, 1, t->station);
		review_put(q, 2, day);
		review_put(q, 3, b->last);
		review_do(q);
	}
	return fresh;
}

static void keep_airing(struct taking *t, const struct review_airing *a, day_num day)
{
	const struct report_row *r = a->row;
	struct review_query *q = review_query(t->s, "INSERT INTO airing VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
						    "?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
	const int64_t numbers[] = { a->seq, short_hash(a->hash), r->started.us, r->ended.us, r->lateness_ms,
		r->heard_ms, r->offset_s, r->state, r->reason, r->test | r->made_up << 1, word(t, r->kind),
		word(t, r->from), word(t, r->zone), word(t, r->zone_name), word(t, r->bulletin), word(t, r->title),
		word(t, r->campaign), word(t, r->directives), word(t, r->class), word(t, r->priority),
		word(t, r->operator), word(t, r->station_name), word(t, r->approved_by) };
	review_put(q, 1, t->station);
	review_put(q, 2, day);
	review_put(q, 3, r->planned.us);
	review_put_text(q, 4, r->id);
	for (int i = 0; i < (int)(sizeof numbers / sizeof *numbers); i++)
		review_put(q, 5 + i, numbers[i]);
	review_do(q);
}

/* A letter is one by its number and its day; a station that says more of it completes what is known. */
static int64_t directive(struct taking *t, const struct review_done *d)
{
	char *fold = review_fold(*d->number ? d->number : d->issuer), *name = mem_printf("%s %d", fold, d->issued);
	size_t *known = intern_number(t->directives, name);
	if (*known == SIZE_MAX) {
		struct review_query *q = review_query(t->s,
			"INSERT INTO directive(fold, issued, number, issuer, subject) VALUES(?1, ?2, ?3, ?4, ?5) ON "
			"CONFLICT DO UPDATE SET"
			" issuer = iif(issuer = '', ?4, issuer), subject = iif(subject = '', ?5, subject) RETURNING "
			"id");
		review_put_text(q, 1, fold);
		review_put(q, 2, d->issued);
		review_put_text(q, 3, d->number);
		review_put_text(q, 4, d->issuer);
		review_put_text(q, 5, d->subject);
		int64_t id = 0;
		while (review_row(q))
			id = review_get(q, 0);
		*known = (size_t)id;
	}
	int64_t id = (int64_t)*known;
	mem_free(name);
	mem_free(fold);
	return id;
}

static void keep_done(struct taking *t, const struct review_done *d)
{
	struct review_query *q = review_query(
		t->s, "INSERT OR REPLACE INTO done VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
	const int64_t all[] = { directive(t, d), d->day, t->station, d->met, d->asked, d->times, (int64_t)d->planned,
		(int64_t)d->broadcasts, d->heard_ms };
	for (int i = 0; i < (int)(sizeof all / sizeof *all); i++)
		review_put(q, 1 + i, all[i]);
	review_do(q);
}

static void keep_bundle(struct taking *t, wall_us now)
{
	const struct review_bundle *b = t->b;
	struct review_query *q = review_query(t->s,
		"INSERT INTO bundle(station, sha256, file, at_us, first, last, before, from_day, until_day, public)"
		" VALUES(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)");
	review_put(q, 1, t->station);
	review_put_text(q, 2, b->sha256);
	review_put_text(q, 3, b->file);
	review_put(q, 4, now.us);
	review_put(q, 5, b->first);
	review_put(q, 6, b->last);
	review_put_bytes(q, 7, b->before, SHA256_BYTES);
	review_put(q, 8, b->days.from);
	review_put(q, 9, b->days.until);
	review_put_text(q, 10, b->key);
	review_do(q);
	q = review_query(t->s, "UPDATE station SET name = ?2 WHERE id = ?1 AND NOT EXISTS("
			       "SELECT 1 FROM bundle WHERE station = ?1 AND last > ?3)");
	review_put(q, 1, t->station);
	review_put_text(q, 2, b->name);
	review_put(q, 3, b->last);
	review_do(q);
}

static void keep(struct taking *t, wall_us now)
{
	const struct review_bundle *b = t->b;
	bool *fresh = choose_days(t);
	keep_seals(t);
	for (size_t i = 0; i < b->airings.n; i++) {
		day_num day = words_day(b->airings.at[i].row, b->airings.at[i].row->planned);
		if (day_in(b->days, day) && fresh[day - b->days.from])
			keep_airing(t, &b->airings.at[i], day);
	}
	for (size_t i = 0; i < b->done.n; i++)
		if (fresh[b->done.at[i].day - b->days.from])
			keep_done(t, &b->done.at[i]);
	keep_bundle(t, now);
	/* one that the trusted key sealed is trusted with it */
	review_key_put(t->s, t->station, b->key, true, "sealed", now);
	mem_free(fresh);
}

/* Rows between what is known before it and its first. */
static void find_gap(struct taking *t)
{
	struct review_query *q = review_query(t->s, "SELECT max(last) FROM bundle WHERE station = ? AND first < ?");
	review_put(q, 1, t->station);
	review_put(q, 2, t->b->first);
	int64_t before = review_one(q, 0);
	if (before + 1 < t->b->first) {
		t->out.gap_from = before + 1;
		t->out.gap_to = t->b->first - 1;
	}
}

static bool is_had(struct taking *t)
{
	struct review_query *q = review_query(t->s, "SELECT count(*) FROM bundle WHERE sha256 = ?");
	review_put_text(q, 1, t->b->sha256);
	if (review_one(q, 0))
		t->out.what = REVIEW_HAD;
	return t->out.what == REVIEW_HAD;
}

static bool is_mixed(struct taking *t)
{
	struct review_query *q = review_query(t->s, "SELECT rehearsal FROM station WHERE id = ?");
	review_put(q, 1, t->station);
	if (review_one(q, t->b->rehearsal) != t->b->rehearsal)
		t->out.what = REVIEW_MIXED;
	return t->out.what == REVIEW_MIXED;
}

struct review_outcome review_take(struct review_store *s, const struct review_bundle *b, wall_us now, struct err *err)
{
	struct taking t = { .s = s, .b = b, .words = intern_new(), .directives = intern_new() };
	bool begun = review_begin(s, err), kept = false;
	if (begun)
		t.station = review_station(s, b->station, b->name, b->rehearsal);
	if (begun && !is_had(&t) && !is_mixed(&t)) {
		bool agrees = known_seals_agree(&t);
		agrees = own_seals_agree(&t) && agrees;
		if (!agrees)
			name_row(&t);
		kept = agrees && is_whole(&t);
	}
	if (kept) {
		find_gap(&t);
		keep(&t, now);
		kept = review_end(s, err);
		if (kept && !t.out.days)
			t.out.what = REVIEW_NOTHING_NEW;
	}
	if (review_fault(s, err))
		t.out = (struct review_outcome){ .what = REVIEW_BROKEN };
	review_undo(s);
	intern_free(&t.words);
	intern_free(&t.directives);
	return t.out;
}
