/* Bundles are made of a small rehearsal's journal, then spoilt: bit by bit as a bad stick does it, and row by row as
 * somebody would who knows the format, makes every check anew, and lacks only the station's key. */
#include "journal/bundle-inside.h"
#include "scratch.h"

#include <stdlib.h>

#define DAYS 4
#define ROW_HEAD (4 + BUNDLE_CHECK_BYTES)

static const char start[] =
	"{\"station\":\"22363\",\"station_name\":\"Đài phường Lộc Thọ\",\"timezone\":\"Asia/Ho_Chi_Minh\","
	"\"sample\":true,\"schedule_sha256\":\"%s\"}";
static const char schedule[] = "{\"station\":\"22363\",\"files\":[]}";

static void checkpoint(struct journal *j, int n, const char *kind)
{
	uint8_t sum[SHA256_BYTES];
	char hex[SHA256_HEX];
	sha256_of(schedule, strlen(schedule), sum);
	sha256_hex(sum, hex);
	char *body = mem_printf(start, hex);
	scratch_add(j, n, kind, NULL, body);
	mem_free(body);
}

/* schedule start key seal, then each day: 20 rows of airings, day seal.  A day is 100 s long. */
static void fill(const char *dir)
{
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	struct journal_port p = journal_port(j);
	char id[32], body[64];
	scratch_add(j, 0, "schedule", NULL, schedule);
	checkpoint(j, 0, "start");
	for (int day = 0; day < DAYS; day++) {
		for (int i = 0; i < 20; i++) {
			snprintf(id, sizeof id, "22363/sang/%d.%d", day, i / 2);
			snprintf(body, sizeof body, "{\"n\":%d,\"title\":\"Phòng dịch\"}", i);
			scratch_add(j, 100 * day + 1 + i, i % 2 ? "verdict" : "intent", id, body);
		}
		checkpoint(j, 100 * (day + 1), "day");
		p.day_end(p.self);
	}
	ck_assert(journal_close(&j));
}

static struct bundle_written export(const char *dir, int first_day, int days, const char *path)
{
	struct bundle_written w;
	struct err err;
	wall_us from = { T0 + 100 * first_day * US_PER_S };
	ck_assert_msg(
		bundle_write(dir, from, (wall_us){ from.us + 100 * days * US_PER_S }, path, &w, &err), "%s", err.text);
	return w;
}

static struct bundle_fault read_all(const char *path, int64_t *rows)
{
	struct bundle_fault f;
	struct bundle_row r;
	struct bundle *b = bundle_open(path, &f);
	*rows = 0;
	if (!b)
		return f;
	while (bundle_next(b, &r))
		*rows += !r.attached;
	ck_assert(bundle_end(b, &f) == !f.what);
	bundle_close(&b);
	return f;
}

/* Everything a test needs, in a directory of its own. */
struct bundles {
	char *dir, *path, *other;
};

static struct bundles bundles_new(void)
{
	struct bundles p = { .dir = scratch_new() };
	p.path = mem_printf("%s.loaxa", p.dir);
	p.other = mem_printf("%s.other", p.dir);
	fill(p.dir);
	return p;
}

static void bundles_free(struct bundles *p)
{
	unlink(p->path);
	unlink(p->other);
	scratch_free(p->dir);
	mem_free(p->path);
	mem_free(p->other);
}

static struct text contents(const char *path)
{
	struct text t = { 0 };
	char piece[4096];
	FILE *f = fopen(path, "r");
	ck_assert_ptr_nonnull(f);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		text_add_n(&t, piece, n);
	fclose(f);
	return t;
}

static void put_contents(const char *path, const char *bytes, size_t n)
{
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	ck_assert_uint_eq(fwrite(bytes, 1, n, f), n);
	fclose(f);
}

/* ── Whole ones ────────────────────────────────────────────────────────────────────────────────────────────── */

START_TEST(what_is_written_is_read)
{
	struct bundles p = bundles_new();
	struct bundle_written w = export(p.dir, 0, DAYS, p.path);
	struct bundle_fault f;
	struct err err;
	struct bundle *b = bundle_open(p.path, &f);
	ck_assert_ptr_nonnull(b);
	const struct bundle_facts *facts = bundle_facts(b);
	ck_assert_str_eq(facts->station, "22363");
	ck_assert_uint_eq(facts->names_n, 1);
	ck_assert_str_eq(facts->names[0], "Đài phường Lộc Thọ");
	ck_assert(facts->rehearsal && facts->sample && w.rehearsal && w.sample);
	ck_assert_int_eq(w.left_out, 0);
	struct journal_log *log = journal_log_open(p.dir, &err);
	char *want = scratch_rows(journal_log_everything(log, (wall_us){ 1 }, (wall_us){ US_NEVER }));
	assert_rows(bundle_reader(b), want);
	ck_assert(bundle_end(b, &f));
	ck_assert_int_eq(bundle_seals(b), DAYS + 1);
	ck_assert_int_eq(bundle_trust(b, facts->key), BUNDLE_TRUSTED);
	ck_assert_int_eq(bundle_trust(b, w.head), BUNDLE_STRANGER);
	mem_free(want);
	journal_log_close(&log);
	bundle_close(&b);
	bundles_free(&p);
}
END_TEST

START_TEST(a_day_has_its_schedule_and_keys_with_it)
{
	struct bundles p = bundles_new();
	struct bundle_written w = export(p.dir, 2, 1, p.path);
	struct bundle_fault f;
	struct bundle_row r;
	struct bundle *b = bundle_open(p.path, &f);
	ck_assert_ptr_nonnull(b);
	ck_assert(bundle_next(b, &r));
	ck_assert(r.attached);
	ck_assert_str_eq(r.row.kind, "key");
	ck_assert(bundle_next(b, &r));
	ck_assert(r.attached);
	ck_assert_str_eq(r.row.kind, "schedule");
	ck_assert_str_eq(r.row.body, schedule);
	ck_assert(bundle_next(b, &r));
	ck_assert(!r.attached);
	ck_assert_str_eq(r.row.kind, "day");
	ck_assert_int_eq(r.row.seq, w.first);
	int64_t last = r.row.seq;
	while (bundle_next(b, &r))
		ck_assert_int_eq(r.row.seq, ++last);
	ck_assert(bundle_end(b, &f));
	ck_assert_int_eq(last, w.last);
	ck_assert_int_eq(last - w.first, 1 + 20 + 2);
	bundle_close(&b);
	bundles_free(&p);
}
END_TEST

START_TEST(the_same_rows_give_the_same_bytes)
{
	struct bundles p = bundles_new(), q = bundles_new();
	export(p.dir, 1, 2, p.path);
	export(q.dir, 1, 2, q.path);
	struct text a = contents(p.path), b = contents(q.path);
	ck_assert_uint_eq(a.n, b.n);
	ck_assert(!memcmp(a.at, b.at, a.n));
	text_free(&a);
	text_free(&b);
	bundles_free(&p);
	bundles_free(&q);
}
END_TEST

/* Rows behind the last seal stay at home, and the count says so. */
START_TEST(what_is_not_sealed_stays_at_home)
{
	char *dir = scratch_new(), *path = mem_printf("%s.loaxa", dir);
	struct err err;
	struct bundle_written w;
	int64_t rows;
	struct journal *j = scratch_open(dir, JOURNAL_REHEARSAL);
	scratch_add(j, 1, "intent", "a", "{}");
	struct journal_port p = journal_port(j);
	p.day_end(p.self);
	ck_assert(!bundle_write(dir, (wall_us){ T0 }, (wall_us){ T0 + 9 * US_PER_S }, path, &w, &err));
	ck_assert_str_ne(err.text, "");
	ck_assert_int_eq(access(path, F_OK), -1);
	scratch_add(j, 2, "schedule", NULL, schedule);
	checkpoint(j, 2, "start");
	scratch_add(j, 3, "intent", "b", "{}");
	scratch_add(j, 4, "verdict", "b", "{}");
	p.day_end(p.self);
	ck_assert_msg(
		bundle_write(dir, (wall_us){ T0 }, (wall_us){ T0 + 9 * US_PER_S }, path, &w, &err), "%s", err.text);
	ck_assert_int_eq(w.left_out, 2);
	ck_assert_int_eq(w.left_from.us, T0 + 3 * US_PER_S);
	ck_assert_int_eq(read_all(path, &rows).what, BUNDLE_WHOLE);
	ck_assert_int_eq(rows, 5);
	ck_assert(!bundle_write(dir, (wall_us){ T0 + 10 * US_PER_S }, (wall_us){ T0 + 20 * US_PER_S }, path, &w, &err));
	ck_assert(journal_close(&j));
	unlink(path);
	mem_free(path);
	scratch_free(dir);
}
END_TEST

START_TEST(a_checkpoint_that_was_noted)
{
	struct bundles p = bundles_new();
	struct bundle_written first = export(p.dir, 0, 1, p.path), all;
	uint8_t head[SHA256_BYTES], other[SHA256_BYTES] = { 1 };
	struct bundle_fault f;
	struct bundle_row r;
	struct bundle *b = bundle_open(p.path, &f);
	memcpy(head, bundle_facts(b)->head, sizeof head);
	bundle_close(&b);
	all = export(p.dir, 0, DAYS, p.path);
	export(p.dir, 2, 1, p.other);
	const struct {
		int line;
		const char *path;
		int64_t seq;
		const uint8_t *head;
		enum bundle_checkpoint want;
	} T[] = {
		{ __LINE__, p.path, first.last, head, BUNDLE_SAME },
		{ __LINE__, p.path, first.last, other, BUNDLE_OTHER },
		{ __LINE__, p.path, all.last + 1, other, BUNDLE_CUT_TAIL },
		{ __LINE__, p.other, 3, other, BUNDLE_BEFORE },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		b = bundle_open(T[i].path, &f);
		bundle_expect(b, T[i].seq, T[i].head);
		while (bundle_next(b, &r))
			;
		ck_assert(bundle_end(b, &f));
		ck_assert_msg(bundle_expected(b) == T[i].want, "line %d: %d", T[i].line, bundle_expected(b));
		bundle_close(&b);
	}
	bundles_free(&p);
}
END_TEST

/* ── Bits ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static uint64_t next_random(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

/* LOAXA_BUNDLE_BITS=10000: that many.  None gets through, and no row behind the named one was handed out. */
START_TEST(one_bit_is_found)
{
	struct bundles p = bundles_new();
	const char *asked = getenv("LOAXA_BUNDLE_BITS");
	long rounds = asked ? atol(asked) : 1500;
	struct bundle_written w = export(p.dir, 1, DAYS - 1, p.path);
	struct text t = contents(p.path);
	uint64_t state = 88172645463325252u;
	for (long i = 0; i < rounds; i++) {
		size_t bit = next_random(&state) % (8 * t.n);
		int64_t rows;
		t.at[bit / 8] ^= (char)(1 << bit % 8);
		put_contents(p.other, t.at, t.n);
		t.at[bit / 8] ^= (char)(1 << bit % 8);
		struct bundle_fault f = read_all(p.other, &rows);
		ck_assert_msg(f.what != BUNDLE_WHOLE, "bit %zu", bit);
		ck_assert_msg(f.row >= 0 && f.row <= w.last + 1, "bit %zu: row %lld", bit, (long long)f.row);
		ck_assert_msg(!f.row || w.first + rows <= f.row, "bit %zu: row %lld", bit, (long long)f.row);
	}
	text_free(&t);
	bundles_free(&p);
}
END_TEST

/* Wherever it is cut, or whatever is put behind it. */
START_TEST(cut_and_lengthened)
{
	struct bundles p = bundles_new();
	int64_t rows;
	struct bundle_written w = export(p.dir, 0, DAYS, p.path);
	struct text t = contents(p.path);
	for (size_t n = 0; n < t.n; n += n < 600 ? 1 : 7) {
		put_contents(p.other, t.at, n);
		struct bundle_fault f = read_all(p.other, &rows);
		ck_assert_msg(f.what == (n < 16 ? BUNDLE_NONE : BUNDLE_CUT), "%zu bytes: %d", n, f.what);
		ck_assert_msg(f.row <= w.last + 1, "%zu bytes: row %lld", n, (long long)f.row);
	}
	text_add_n(&t, "\n", 1);
	put_contents(p.other, t.at, t.n);
	ck_assert_int_eq(read_all(p.other, &rows).what, BUNDLE_MORE);
	text_free(&t);
	bundles_free(&p);
}
END_TEST

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────── */

struct records {
	VEC(struct text) list;
};

static void take_records(const struct bundle_frame *f, struct records *out)
{
	for (size_t i = 0; i < f->n;) {
		size_t n = ROW_HEAD + bundle_number_at(f->at + i, 4);
		struct text t = { 0 };
		text_add_n(&t, (const char *)f->at + i, n);
		vec_push(&out->list, t);
		i += n;
	}
}

/* The row's bytes are changed where `was` stands in them; false: it does not. */
static bool replace(struct text *t, const char *was, const char *is)
{
	char *at = memmem(t->at, t->n, was, strlen(was));
	if (at)
		memcpy(at, is, strlen(was));
	return at != NULL;
}

/* As somebody would who knows the format: the check of each row anew. */
static void check_anew(struct records *r, const uint8_t before[SHA256_BYTES])
{
	uint8_t head[SHA256_BYTES];
	memcpy(head, before, sizeof head);
	for (size_t i = 0; i < r->list.n; i++) {
		struct text *t = &r->list.at[i];
		struct sha256 *s = sha256_new();
		sha256_add(s, head, sizeof head);
		sha256_add(s, t->at + ROW_HEAD, t->n - ROW_HEAD);
		sha256_end(&s, head);
		memcpy(t->at + 4, head, BUNDLE_CHECK_BYTES);
	}
}

enum spoil {
	CHANGE,
	CHANGE_ANEW,
	LEAVE_OUT,
	DOUBLE,
	SWAP,
	DROP_TAIL,
	OTHER_SCHEDULE,
	OTHER_NAME,
	OTHER_SEALER,
	NO_KEY
};

static void spoil_rows(struct records *r, enum spoil how, size_t at)
{
	struct text hold;
	switch (how) {
	case CHANGE:
	case CHANGE_ANEW:
		ck_assert(replace(&r->list.at[at], "Phòng dịch", "Phòng DỊCH"));
		break;
	case LEAVE_OUT:
		text_free(&r->list.at[at]);
		vec_remove(&r->list, at);
		break;
	case DOUBLE:
		hold = (struct text){ 0 };
		text_add_n(&hold, r->list.at[at].at, r->list.at[at].n);
		vec_push(&r->list, hold);
		for (size_t i = r->list.n - 1; i > at + 1; i--) {
			r->list.at[i] = r->list.at[i - 1];
			r->list.at[i - 1] = hold;
		}
		break;
	case SWAP:
		hold = r->list.at[at];
		r->list.at[at] = r->list.at[at + 1];
		r->list.at[at + 1] = hold;
		break;
	case DROP_TAIL:
		while (r->list.n > at)
			text_free(&r->list.at[--r->list.n]);
		break;
	default:
		break;
	}
}

static void spoil_frame(struct bundle_file *out, const struct bundle_frame *f, enum spoil how, int64_t row,
	const uint8_t before[SHA256_BYTES])
{
	struct text raw = { 0 };
	text_add_n(&raw, (const char *)f->at, f->n);
	if (f->tag == BUNDLE_KEPT && how == OTHER_SCHEDULE)
		ck_assert(replace(&raw, "files", "FILES"));
	if (f->tag == BUNDLE_KEPT && how == NO_KEY)
		text_clear(&raw);
	if (f->tag == BUNDLE_HEAD && how == OTHER_NAME)
		ck_assert(replace(&raw, "Lộc Thọ", "Lộc Thộ"));
	if (f->tag == BUNDLE_HEAD && how == OTHER_SEALER)
		ck_assert(replace(&raw, "\"key\":\"", "\"key\":\"") && (*(strstr(raw.at, "\"key\":\"") + 7) ^= 1));
	if (f->tag == BUNDLE_ROWS) {
		struct records r = { 0 };
		take_records(f, &r);
		spoil_rows(&r, how, (size_t)(row - f->first));
		if (how == CHANGE_ANEW || how == LEAVE_OUT)
			check_anew(&r, before);
		text_clear(&raw);
		for (size_t i = 0; i < r.list.n; i++) {
			text_add_n(&raw, r.list.at[i].at, r.list.at[i].n);
			text_free(&r.list.at[i]);
		}
		vec_free(&r.list);
	}
	ck_assert(bundle_put(out, f->tag, f->first, raw.at, raw.n));
	text_free(&raw);
}

static void spoil(const struct bundles *p, enum spoil how, int64_t row)
{
	struct bundle_fault fault;
	struct bundle *b = bundle_open(p->path, &fault);
	uint8_t before[SHA256_BYTES];
	memcpy(before, bundle_facts(b)->before, sizeof before);
	bundle_close(&b);
	struct bundle_file in = { .f = fopen(p->path, "r") }, out = { .f = fopen(p->other, "w") };
	struct bundle_frame f = { 0 };
	ck_assert_int_eq(bundle_recognise(&in), BUNDLE_WHOLE);
	ck_assert(bundle_begin(&out));
	while (f.tag != BUNDLE_END) {
		ck_assert_int_eq(bundle_get(&in, &f), BUNDLE_WHOLE);
		spoil_frame(&out, &f, how, row, before);
	}
	bundle_file_free(&in);
	bundle_file_free(&out);
}

START_TEST(a_spoilt_row_is_named)
{
	struct bundles p = bundles_new();
	struct bundle_written w = export(p.dir, 1, DAYS - 1, p.path);
	int64_t n = w.first + 11, rows; /* a verdict; the first day's seal is in row first + 23 */
	const struct {
		int line;
		enum spoil how;
		enum bundle_wrong want;
		int64_t row, since;
	} T[] = {
		{ __LINE__, CHANGE, BUNDLE_CHANGED, n, 0 },
		{ __LINE__, CHANGE_ANEW, BUNDLE_SEAL, w.first + 23, w.first + 2 },
		{ __LINE__, LEAVE_OUT, BUNDLE_MISSING, n, 0 },
		{ __LINE__, DOUBLE, BUNDLE_DOUBLED, n, 0 },
		{ __LINE__, SWAP, BUNDLE_SWAPPED, n, 0 },
		{ __LINE__, DROP_TAIL, BUNDLE_CUT, n, 0 },
		{ __LINE__, OTHER_SCHEDULE, BUNDLE_SCHEDULE, w.first, 0 },
		{ __LINE__, OTHER_NAME, BUNDLE_CHANGED, 0, 0 },
		{ __LINE__, OTHER_SEALER, BUNDLE_CHANGED, 0, 0 },
		{ __LINE__, NO_KEY, BUNDLE_SCHEDULE, w.first, 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		spoil(&p, T[i].how, n);
		struct bundle_fault f = read_all(p.other, &rows);
		ck_assert_msg(f.what == T[i].want && f.row == T[i].row && f.since == T[i].since,
			"line %d: %d, row %lld since %lld", T[i].line, f.what, (long long)f.row, (long long)f.since);
	}
	bundles_free(&p);
}
END_TEST

UNIT_MAIN("journal/bundle", what_is_written_is_read, a_day_has_its_schedule_and_keys_with_it,
	the_same_rows_give_the_same_bytes, what_is_not_sealed_stays_at_home, a_checkpoint_that_was_noted,
	one_bit_is_found, cut_and_lengthened, a_spoilt_row_is_named)
