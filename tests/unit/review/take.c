/* The receiver's book: what is taken in, in whatever order, and what is refused; and the answers made of it. */
#include "../unit.h"
#include "base/mem.h"
#include "base/text.h"
#include "report/intern.h"
#include "review/airings.h"
#include "review/answer.h"
#include "review/keys.h"
#include "review/take.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define DAY0 18809 /* 1/7/2021 */
#define OFFSET (7 * 3600)

static char *book; /* the database's path */

static void begin(void)
{
	char dir[] = "/tmp/loaxa-take-XXXXXX";
	ck_assert_ptr_nonnull(mkdtemp(dir));
	book = mem_printf("%s/review.db", dir);
}

static void end(void)
{
	char *dir = mem_dup_n(book, strlen(book) - strlen("/review.db"));
	unlink(book);
	rmdir(dir);
	mem_free(dir);
	mem_free(book);
}

static struct review_store *reopen(struct review_store *s)
{
	struct err err = { "" };
	review_close(&s);
	s = review_open(book, REVIEW_WRITE, &err);
	ck_assert_msg(s != NULL, "%s", err.text);
	return s;
}

/* ── A station's past, made up ─────────────────────────────────────────────────────────────────────────────── */

/* Rows of day d have the numbers 10 d + 1 .. 10 d + 10; the last one is the seal.  Two lần of one bulletin a day, the second
 * missed on the days that `missed` names. */
struct past {
	const char *station;
	unsigned missed; /* bit: day */
	int other_from;  /* rows from this one on are of another past; 0: none */
};

struct made {
	struct review_bundle b;
	struct report_row rows[62 * 2];
	size_t n;
	struct intern *strings;
};

static void hash_of(const struct past *p, int64_t seq, uint8_t out[SHA256_BYTES])
{
	char *text = mem_printf("%s %d %d", p->station, (int)seq, p->other_from && seq >= p->other_from);
	sha256_of(text, strlen(text), out);
	mem_free(text);
}

static void make_day(struct made *m, const struct past *p, int d)
{
	bool missed = p->missed & 1u << d;
	for (int k = 0; k < 2; k++) {
		struct report_row *r = &m->rows[m->n++];
		int64_t local_s = (int64_t)(DAY0 + d) * 86400 + (k ? 17 : 6) * 3600;
		char *id = mem_printf("%s/sang/202107%02dT%02d0000+0700/1.bz/cum-1", p->station, d + 1, k ? 17 : 6);
		*r = (struct report_row){ .id = intern_string(m->strings, id),
			.kind = "planned",
			.from = "session:sang",
			.zone = "cum-1",
			.zone_name = "Cụm loa 1",
			.bulletin = "bz",
			.title = "Bluezone",
			.campaign = "bluezone",
			.directives = "1704/STTTT-TTBCXB\n",
			.class = "announcement",
			.priority = "normal",
			.planned = { (local_s - OFFSET) * US_PER_S },
			.offset_s = OFFSET,
			.state = k && missed ? STATE_MISSED : STATE_AIRED,
			.reason = k && missed ? REASON_STATION_OFF : REASON_NONE,
			.heard_ms = k && missed ? 0 : 60000 };
		struct review_airing a = { .row = r, .seq = 10 * d + 2 + 3 * k };
		hash_of(p, a.seq, a.hash);
		vec_push(&m->b.airings, a);
		mem_free(id);
	}
	struct review_done done = { "1704/STTTT-TTBCXB", "Sở", "về việc…", DAY0 + 12, DAY0 + d, missed ? MET_NO : MET_YES, 2,
		missed ? 1 : 2, 2, missed ? 1 : 2, missed ? 60000 : 120000 };
	vec_push(&m->b.done, done);
	struct review_seal seal = { .seq = 10 * d + 10, .wall = { (int64_t)(DAY0 + d + 1) * 86400 * US_PER_S } };
	hash_of(p, seal.seq, seal.hash);
	vec_push(&m->b.seals, seal);
}

/* Days first .. last of that past, from 0; asked up to the end of day `asked`. */
static void make(struct made *m, const struct past *p, int first, int last, int asked)
{
	*m = (struct made){ .strings = intern_new() };
	m->b = (struct review_bundle){ .station = p->station,
		.name = "Đài",
		.file = "x",
		.key = "00",
		.first = 10 * first + 1,
		.last = 10 * last + 10,
		.to = { (int64_t)(DAY0 + asked + 1) * 86400 * US_PER_S },
		.days = { DAY0 + first, DAY0 + last } };
	snprintf(m->b.sha256, sizeof m->b.sha256, "%s %d %d %d %d", p->station, p->other_from, first, last, asked);
	hash_of(p, m->b.first - 1, m->b.before);
	hash_of(p, m->b.last, m->b.head);
	for (int d = first; d <= last; d++)
		make_day(m, p, d);
}

static struct review_outcome take(struct review_store *s, const struct past *p, int first, int last, int asked)
{
	struct made m;
	struct err err = { "" };
	make(&m, p, first, last, asked);
	struct review_outcome o = review_take(s, &m.b, (wall_us){ 1 }, &err);
	ck_assert_msg(o.what != REVIEW_BROKEN, "%s", err.text);
	review_bundle_free(&m.b);
	intern_free(&m.strings);
	return o;
}

/* ── What the book says ────────────────────────────────────────────────────────────────────────────────────── */

static struct review_answer *ask(struct review_store *s, const struct receiver *r, int first, int last)
{
	struct err err = { "" };
	const struct review_question q = { { DAY0 + first, DAY0 + last }, DAY0 + 100, "1704", r };
	struct review_answer *a = review_answer(s, &q, &err);
	ck_assert_msg(a != NULL, "%s", err.text);
	return a;
}

/* All the book holds, as text: equal texts are equal books, up to the numbers that things were given. */
static char *dump(struct review_store *s)
{
	static const char *const all[] = {
		"SELECT code || ' ' || name FROM station ORDER BY code",
		"SELECT code || ' ' || seq || ' ' || hex(hash) FROM seal JOIN station ON station.id = station ORDER BY code, seq",
		"SELECT code || ' ' || day FROM covered JOIN station ON station.id = station ORDER BY code, day",
		("SELECT code || ' ' || fold || ' ' || day || ' ' || met || ' ' || times || ' ' || broadcasts FROM done JOIN station ON"
		 " station.id = station JOIN directive ON directive.id = directive ORDER BY code, fold, day"),
		"SELECT airing.id || ' ' || seq || ' ' || state || ' ' || t.text FROM airing JOIN word t ON t.id = title ORDER BY airing.id",
	};
	struct text t = { 0 };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
		struct review_query *q = review_query(s, all[i]);
		while (review_row(q))
			text_addf(&t, "%s\n", review_get_text(q, 0));
	}
	return text_take(&t);
}

static const struct past here = { "22363", 1u << 3 | 1u << 7, 0 };

START_TEST(any_order_gives_the_same_book)
{
	static const int orders[][4][2] = {
		{ { 0, 9 }, { 10, 19 }, { 20, 30 }, { 5, 14 } },
		{ { 20, 30 }, { 5, 14 }, { 10, 19 }, { 0, 9 } },
		{ { 5, 14 }, { 5, 14 }, { 0, 9 }, { 10, 30 } },
		{ { 0, 30 }, { 0, 9 }, { 10, 19 }, { 0, 30 } },
	};
	char *want = NULL;
	for (size_t i = 0; i < sizeof orders / sizeof *orders; i++) {
		begin();
		struct review_store *s = reopen(NULL);
		for (size_t k = 0; k < 4; k++) {
			struct review_outcome o = take(s, &here, orders[i][k][0], orders[i][k][1], orders[i][k][1]);
			ck_assert_int_le(o.what, REVIEW_NOTHING_NEW);
		}
		/* what a bundle in the middle sealed is among what a longer one did */
		take(s, &here, 5, 14, 14);
		take(s, &here, 20, 30, 30);
		s = reopen(s);
		char *got = dump(s);
		if (!want)
			want = mem_dup(got);
		ck_assert_str_eq(got, want);
		ck_assert_ptr_nonnull(strstr(got, "22363 18839\n"));
		mem_free(got);
		review_close(&s);
		end();
	}
	mem_free(want);
}
END_TEST

START_TEST(two_pasts_are_refused)
{
	static const struct {
		int line;
		int first, last, other_from;
		enum review_taken want;
		int64_t row;
	} T[] = {
		{ __LINE__, 10, 19, 0, REVIEW_NOTHING_NEW, 0 },
		{ __LINE__, 10, 25, 0, REVIEW_TAKEN, 0 },
		{ __LINE__, 10, 19, 113, REVIEW_TWO_PASTS, 115 }, /* the first airing of it */
		{ __LINE__, 10, 19, 200, REVIEW_TWO_PASTS, 200 }, /* no airing: the seal behind it */
		{ __LINE__, 0, 19, 1, REVIEW_TWO_PASTS, 52 }, /* the first that was known */
		{ __LINE__, 20, 25, 200, REVIEW_TWO_PASTS, 200 }, /* its first row does not follow on what is known */
		{ __LINE__, 20, 25, 201, REVIEW_TAKEN, 0 },       /* what is new is not known to be another one */
		{ __LINE__, 15, 25, 160, REVIEW_TWO_PASTS, 160 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		begin();
		struct review_store *s = reopen(NULL);
		ck_assert_int_eq(take(s, &here, 5, 19, 19).what, REVIEW_TAKEN);
		char *before = dump(s);
		struct past other = { here.station, here.missed, T[i].other_from };
		struct review_outcome o = take(s, &other, T[i].first, T[i].last, T[i].last);
		ck_assert_msg(o.what == T[i].want && o.row == T[i].row, "row of line %d: %d, row %d", T[i].line, o.what, (int)o.row);
		char *after = dump(s);
		ck_assert_msg(T[i].want == REVIEW_TAKEN || !strcmp(before, after), "row of line %d: changed", T[i].line);
		mem_free(before);
		mem_free(after);
		review_close(&s);
		end();
	}
}
END_TEST

START_TEST(another_past_before_what_is_known)
{
	begin();
	struct review_store *s = reopen(NULL);
	struct past other = { here.station, here.missed, 1 };
	ck_assert_int_eq(take(s, &here, 10, 19, 19).what, REVIEW_TAKEN);
	ck_assert_int_eq(take(s, &other, 0, 9, 9).what, REVIEW_TWO_PASTS);
	ck_assert_int_eq(take(s, &here, 0, 9, 9).what, REVIEW_TAKEN);
	review_close(&s);
	end();
}
END_TEST

START_TEST(a_cut_tail_is_found)
{
	begin();
	struct review_store *s = reopen(NULL);
	ck_assert_int_eq(take(s, &here, 0, 19, 19).what, REVIEW_TAKEN);
	struct review_outcome o = take(s, &here, 5, 14, 30);
	ck_assert_int_eq(o.what, REVIEW_CUT_TAIL);
	ck_assert_int_eq(o.row, 200);
	/* of days before, there is nothing to be cut */
	ck_assert_int_eq(take(s, &here, 5, 14, 14).what, REVIEW_NOTHING_NEW);
	review_close(&s);
	end();
}
END_TEST

START_TEST(gaps_and_rehearsals)
{
	begin();
	struct review_store *s = reopen(NULL);
	struct made m;
	struct err err = { "" };
	ck_assert_int_eq(take(s, &here, 0, 4, 4).what, REVIEW_TAKEN);
	struct review_outcome o = take(s, &here, 10, 14, 14);
	ck_assert_int_eq(o.what, REVIEW_TAKEN);
	ck_assert_int_eq(o.gap_from, 51);
	ck_assert_int_eq(o.gap_to, 100);
	make(&m, &here, 15, 16, 16);
	m.b.rehearsal = true;
	ck_assert_int_eq(review_take(s, &m.b, (wall_us){ 1 }, &err).what, REVIEW_MIXED);
	review_bundle_free(&m.b);
	intern_free(&m.strings);
	review_close(&s);
	end();
}
END_TEST

/* ── Answers ───────────────────────────────────────────────────────────────────────────────────────────────── */

static struct receiver *two_bodies(void)
{
	struct receiver *r = receiver_new();
	static const char *const codes[] = { "22363", "22366", "22369" };
	r->name = mem_dup("tinh");
	r->title = mem_dup("Sở");
	vec_push(&r->bodies, (struct receiver_body){ .name = mem_dup("a"), .title = mem_dup("A"), .part_of = -1 });
	vec_push(&r->bodies, (struct receiver_body){ .name = mem_dup("b"), .title = mem_dup("B"), .part_of = 0 });
	for (int i = 0; i < 3; i++) {
		struct receiver_station st = { .code = mem_dup(codes[i]) };
		vec_push(&st.times, (struct receiver_time){ { DAY_MIN, DAY0 + 9 }, mem_dup("trước"), i ? 1 : 0 });
		vec_push(&st.times, (struct receiver_time){ { DAY0 + 10, DAY_MAX }, mem_dup("nay"), i ? 1 : 0 });
		vec_push(&r->stations, st);
	}
	return r;
}

static const struct review_line *line(const struct review_answer *a, const char *code)
{
	for (size_t i = 0; i < a->lines.n; i++)
		if (!strcmp(a->lines.at[i].code, code))
			return &a->lines.at[i];
	ck_abort_msg("no line %s", code);
	return NULL;
}

START_TEST(done_not_done_not_reported)
{
	begin();
	struct review_store *s = reopen(NULL);
	struct receiver *r = two_bodies();
	const struct past good = { "22366", 0, 0 };
	take(s, &here, 0, 30, 30);
	take(s, &good, 0, 19, 19);
	struct review_answer *a = ask(s, r, 12, 30);
	ck_assert_int_eq(line(a, "22363")->cells.at[0].state, REVIEW_MET); /* what was missed lies before */
	ck_assert_int_eq(line(a, "22366")->cells.at[0].state, REVIEW_SILENT);
	ck_assert_int_eq(line(a, "22366")->cells.at[0].silent, 11);
	ck_assert_int_eq(line(a, "22366")->last, DAY0 + 19);
	ck_assert_int_eq(line(a, "22369")->cells.at[0].state, REVIEW_SILENT);
	ck_assert_int_eq(line(a, "22369")->last, DAY_NONE);
	review_answer_free(&a);

	a = ask(s, r, 0, 14);
	const struct review_cell *c = &line(a, "22363")->cells.at[0];
	ck_assert_int_eq(c->state, REVIEW_UNMET);
	ck_assert_int_eq(c->unmet, 2);
	ck_assert_int_eq(c->met, 13);
	ck_assert_int_eq(c->times, 28);
	ck_assert_int_eq(c->times_asked, 30);
	ck_assert_int_eq(c->heard_ms, 28 * 60000);
	ck_assert_str_eq(line(a, "22363")->title, "nay");
	ck_assert_str_eq(line(a, "22363")->before, "trước");
	/* sums: of all first, each body before its own, parts in their body */
	ck_assert_int_eq(a->lines.at[0].kind, REVIEW_ALL);
	ck_assert_int_eq(a->lines.at[0].stations, 3);
	ck_assert_int_eq(a->lines.at[0].cells.at[0].stations[REVIEW_MET], 1);
	ck_assert_int_eq(a->lines.at[0].cells.at[0].stations[REVIEW_UNMET], 1);
	ck_assert_int_eq(a->lines.at[0].cells.at[0].stations[REVIEW_SILENT], 1);
	ck_assert_int_eq(a->lines.at[0].cells.at[0].times, 28 + 30);
	ck_assert_int_eq(line(a, "a")->stations, 3);
	ck_assert_int_eq(line(a, "b")->stations, 2);
	ck_assert_str_eq(a->lines.at[2].code, "22363");
	ck_assert_str_eq(a->lines.at[3].code, "b");
	ck_assert_int_eq(a->lines.at[4].depth, 3);
	review_answer_free(&a);
	receiver_free(&r);
	review_close(&s);
	end();
}
END_TEST

START_TEST(asked_and_not_in_its_schedule)
{
	begin();
	struct review_store *s = reopen(NULL);
	struct receiver *r = two_bodies();
	struct receiver_directive d = { .name = mem_dup("x"), .number = mem_dup("4172/UBND-VHTT"), .issuer = mem_dup(""),
		.issued = DAY_NONE, .days = { DAY0 + 5, DAY_MAX } };
	vec_push(&d.stations, 0);
	vec_push(&r->directives, d);
	take(s, &here, 0, 30, 30);
	struct err err = { "" };
	const struct review_question q = { { DAY0, DAY0 + 30 }, DAY0 + 100, "4172", r };
	struct review_answer *a = review_answer(s, &q, &err);
	ck_assert_uint_eq(a->columns.n, 1);
	ck_assert(line(a, "22363")->cells.at[0].unlisted);
	ck_assert_int_eq(line(a, "22363")->cells.at[0].state, REVIEW_UNMET);
	ck_assert_int_eq(line(a, "22366")->cells.at[0].state, REVIEW_NOT_ASKED);
	review_answer_free(&a);
	receiver_free(&r);
	review_close(&s);
	end();
}
END_TEST

START_TEST(sums_are_counted_again)
{
	begin();
	struct review_store *s = reopen(NULL);
	struct err err = { "" };
	size_t days, wrong;
	take(s, &here, 0, 30, 30);
	ck_assert(review_sound(s, &err));
	ck_assert_msg(review_recount(s, &days, &wrong, &err), "%s", err.text);
	ck_assert_uint_eq(days, 31);
	ck_assert_uint_eq(wrong, 0);
	review_do(review_query(s, "UPDATE airing SET state = 3 WHERE day = 18811 AND state = 1"));
	ck_assert_msg(review_recount(s, &days, &wrong, &err), "%s", err.text);
	ck_assert_uint_eq(wrong, 1);
	struct report_log *log = review_airings(s, "22363", (day_span){ DAY0 + 3, DAY0 + 3 }, "1704", &err);
	ck_assert_uint_eq(log->rows.n, 2);
	ck_assert_str_eq(log->rows.at[1].zone_name, "Cụm loa 1");
	ck_assert_int_eq(log->rows.at[1].reason, REASON_STATION_OFF);
	report_log_free(&log);
	struct review_shorts shorts = { 0 };
	review_shorts_read(s, "22363", (day_span){ DAY0, DAY0 + 30 }, "1704", &shorts);
	ck_assert_uint_eq(shorts.list.n, 2);
	ck_assert_int_eq(shorts.list.at[1].day, DAY0 + 7);
	ck_assert_int_eq(shorts.list.at[1].times, 1);
	review_shorts_free(&shorts);
	struct review_keys keys = { 0 };
	review_keys_read(s, "22363", &keys); /* the bundle's own came with it */
	ck_assert_uint_eq(keys.list.n, 1);
	ck_assert(keys.list.at[0].trusted);
	review_keys_free(&keys);
	review_close(&s);
	end();
}
END_TEST

START_TEST(keys_stay_trusted)
{
	begin();
	struct review_store *s = reopen(NULL);
	struct err err = { "" };
	struct review_keys keys = { 0 };
	ck_assert(review_begin(s, &err));
	int64_t id = review_station(s, "1", "x", false);
	review_key_put(s, id, "aa", false, "seen", (wall_us){ 1 });
	review_key_put(s, id, "bb", true, "telephone", (wall_us){ 2 });
	review_key_put(s, id, "bb", false, "seen", (wall_us){ 3 });
	ck_assert(review_end(s, &err));
	review_keys_read(s, "1", &keys);
	ck_assert_uint_eq(keys.list.n, 2);
	ck_assert(!keys.list.at[0].trusted);
	ck_assert(keys.list.at[1].trusted);
	review_keys_free(&keys);
	review_close(&s);
	end();
}
END_TEST

START_TEST(not_our_file)
{
	struct err err = { "" };
	begin();
	FILE *f = fopen(book, "w");
	fputs("this is no database, and long enough that SQLite reads a header out of it: 0123456789 0123456789 0123456789", f);
	fclose(f);
	ck_assert_ptr_null(review_open(book, REVIEW_WRITE, &err));
	ck_assert_str_ne(err.text, "");
	unlink(book);
	err.text[0] = '\0';
	ck_assert_ptr_null(review_open(book, REVIEW_READ, &err));
	ck_assert_str_ne(err.text, "");
	f = fopen(book, "w");
	fclose(f);
	end();
}
END_TEST

UNIT_MAIN("review/take", any_order_gives_the_same_book, two_pasts_are_refused, another_past_before_what_is_known,
	a_cut_tail_is_found, gaps_and_rehearsals, done_not_done_not_reported, asked_and_not_in_its_schedule,
	sums_are_counted_again, keys_stay_trusted, not_our_file)
