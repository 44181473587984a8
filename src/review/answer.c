#include "review/answer.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "report/report.h"

#include <string.h>

/* A day of a station. */
enum { DAY_NOT_DUE, DAY_SILENT, DAY_HANDED_IN };

struct reporter {
	int64_t id; /* of the book; 0: nothing of it yet */
	int listed; /* index in the receiver's stations; -1 */
	int body;
	struct review_line line;
	unsigned char *day; /* of each day asked about */
};

struct asking {
	struct review_store *s;
	const struct review_question *q;
	struct review_answer *a;
	VEC(struct reporter) reporters;
	VEC(int) by_id; /* number in the book -> reporter, -1 */
};

const char *review_state_name(enum review_state s)
{
	static const char *const names[REVIEW_STATES] = { "not-asked", "met", "not-met", "not-reported" };
	return names[s];
}

static size_t days_asked(const struct asking *k)
{
	return (size_t)(k->q->days.until - k->q->days.from) + 1;
}

/* ── Who ───────────────────────────────────────────────────────────────────────────────────────────────────── */

/* What holds on the last of the days on which it reports stands in the line, other names behind it. */
static bool name_reporter(const struct asking *k, struct reporter *r)
{
	const struct receiver_station *s = &k->q->receiver->stations.at[r->listed];
	const struct receiver_time *now = NULL;
	struct text before = { 0 };
	for (size_t i = 0; i < s->times.n; i++)
		if (s->times.at[i].days.from <= k->q->days.until && s->times.at[i].days.until >= k->q->days.from)
			now = &s->times.at[i];
	for (size_t i = 0; now && &s->times.at[i] < now; i++)
		if (s->times.at[i].days.until >= k->q->days.from && strcmp(s->times.at[i].title, now->title) != 0)
			text_addf(&before, "%s%s", before.n ? ", " : "", s->times.at[i].title);
	if (now) {
		r->body = now->body;
		r->line.title = mem_dup(now->title);
		r->line.before = before.n ? mem_dup(before.at) : NULL;
		r->line.above = now->body >= 0 ? mem_dup(k->q->receiver->bodies.at[now->body].title) : NULL;
	}
	text_free(&before);
	return now;
}

static void mark_days(struct asking *k, struct reporter *r)
{
	const struct receiver_station *s = r->listed >= 0 ? &k->q->receiver->stations.at[r->listed] : NULL;
	r->day = mem_zero(days_asked(k));
	for (day_num d = k->q->days.from; d <= k->q->days.until && d < k->q->today; d++)
		if (!s || receiver_when(s, d))
			r->day[d - k->q->days.from] = DAY_SILENT;
	struct review_query *q = review_query(
		k->s, "SELECT day FROM covered WHERE station = ? AND day BETWEEN ? AND ?");
	review_put(q, 1, r->id);
	review_put(q, 2, k->q->days.from);
	review_put(q, 3, k->q->days.until);
	while (review_row(q)) {
		unsigned char *day = &r->day[review_get(q, 0) - k->q->days.from];
		*day = *day == DAY_SILENT ? DAY_HANDED_IN : *day;
	}
	for (size_t i = 0; i < days_asked(k); i++) {
		r->line.expected += r->day[i] != DAY_NOT_DUE;
		r->line.silent += r->day[i] == DAY_SILENT;
	}
	q = review_query(k->s, "SELECT max(day) FROM covered WHERE station = ?");
	review_put(q, 1, r->id);
	r->line.last = (day_num)review_one(q, DAY_NONE);
}

static void add_reporter(struct asking *k, int64_t id, int listed, const char *code, const char *title)
{
	struct reporter r = { .id = id, .listed = listed, .body = -1 };
	r.line = (struct review_line){ .kind = REVIEW_STATION, .code = mem_dup(code), .stations = 1 };
	if (listed < 0)
		r.line.title = mem_dup(title);
	else if (!name_reporter(k, &r)) {
		mem_free(r.line.code);
		return; /* it does not report in these days */
	}
	mark_days(k, &r);
	for (size_t i = 0; i < k->a->columns.n; i++)
		vec_push(&r.line.cells, (struct review_cell){ 0 });
	while (k->by_id.n <= (size_t)id)
		vec_push(&k->by_id, -1);
	if (id)
		k->by_id.at[id] = (int)k->reporters.n;
	vec_push(&k->reporters, r);
}

static void find_reporters(struct asking *k)
{
	VEC(int64_t) ids = { 0 };
	struct review_query *q = review_query(k->s, "SELECT id, code, name, rehearsal FROM station ORDER BY code");
	for (size_t i = 0; i < k->q->receiver->stations.n; i++)
		vec_push(&ids, 0);
	while (review_row(q)) {
		int listed = receiver_station(k->q->receiver, review_get_text(q, 1));
		k->a->crossed = k->a->crossed || review_get(q, 3);
		if (listed >= 0)
			ids.at[listed] = review_get(q, 0);
		else if (!k->q->receiver->title)
			add_reporter(k, review_get(q, 0), -1, review_get_text(q, 1), review_get_text(q, 2));
	}
	for (size_t i = 0; i < ids.n; i++)
		add_reporter(k, ids.at[i], (int)i, k->q->receiver->stations.at[i].code, NULL);
	vec_free(&ids);
}

/* ── What ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_day(struct review_cell *c, enum met met, struct review_query *q)
{
	c->met += met == MET_YES;
	c->excused += met == MET_EXCUSED;
	c->unmet += met == MET_NO || met == MET_OPEN;
	c->asked += met != MET_NOT_ASKED;
	c->times_asked += review_get(q, 3);
	c->times += review_get(q, 4);
	c->planned += review_get(q, 5);
	c->broadcasts += review_get(q, 6);
	c->heard_ms += review_get(q, 7);
}

static void sum_up(struct asking *k, size_t column, int64_t id)
{
	struct review_query *q = review_query(k->s, "SELECT day, station, met, asked, times, planned, broadcasts, "
						    "heard_ms FROM done WHERE directive = ? AND day BETWEEN"
						    " ? AND ?");
	review_put(q, 1, id);
	review_put(q, 2, k->q->days.from);
	review_put(q, 3, k->q->days.until);
	while (review_row(q)) {
		size_t station = (size_t)review_get(q, 1);
		int at = station < k->by_id.n ? k->by_id.at[station] : -1;
		struct reporter *r = at >= 0 ? &k->reporters.at[at] : NULL;
		if (r && r->day[review_get(q, 0) - k->q->days.from] == DAY_HANDED_IN)
			add_day(&r->line.cells.at[column], (enum met)review_get(q, 2), q);
	}
}

/* Days it should have handed in for this letter; *asked: days on which the receiver asks it. */
static int silent_days(const struct asking *k, const struct reporter *r, const struct review_column *c, int *asked)
{
	const struct receiver_directive *d = c->asked >= 0 ? &k->q->receiver->directives.at[c->asked] : NULL;
	int silent = 0;
	*asked = 0;
	for (size_t i = 0; i < days_asked(k); i++) {
		day_num day = k->q->days.from + (day_num)i;
		if (r->day[i] == DAY_NOT_DUE)
			continue;
		bool due = d && r->listed >= 0 ? receiver_asks(k->q->receiver, d, r->listed, day)
					       : c->issued == DAY_NONE || day >= c->issued;
		silent += due && r->day[i] == DAY_SILENT;
		*asked += due && d;
	}
	return silent;
}

static void judge(const struct asking *k, struct reporter *r, size_t column)
{
	struct review_cell *c = &r->line.cells.at[column];
	int asked;
	c->silent = silent_days(k, r, &k->a->columns.at[column], &asked);
	c->unlisted = asked > c->silent && !c->asked && !c->planned && !c->times;
	if (c->unmet || c->unlisted)
		c->state = REVIEW_UNMET;
	else if (c->silent)
		c->state = REVIEW_SILENT;
	else if (c->asked || c->times)
		c->state = REVIEW_MET; /* of a letter without a number, any airing will do */
	else
		c->state = c->planned ? REVIEW_UNMET : REVIEW_NOT_ASKED;
	c->stations[c->state] = 1;
}

/* ── The tree ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void add_cell(struct review_cell *to, const struct review_cell *c)
{
	static const int worse[REVIEW_STATES] = { 0, 1, 3, 2 };
	to->state = worse[c->state] > worse[to->state] ? c->state : to->state;
	for (int i = 0; i < REVIEW_STATES; i++)
		to->stations[i] += c->stations[i];
	to->asked += c->asked;
	to->met += c->met;
	to->excused += c->excused;
	to->unmet += c->unmet;
	to->silent += c->silent;
	to->times += c->times;
	to->times_asked += c->times_asked;
	to->planned += c->planned;
	to->broadcasts += c->broadcasts;
	to->heard_ms += c->heard_ms;
}

static void add_line(struct review_line *to, const struct review_line *l)
{
	to->stations += l->stations;
	to->expected += l->expected;
	to->silent += l->silent;
	to->last = l->last > to->last ? l->last : to->last;
	for (size_t i = 0; i < to->cells.n; i++)
		add_cell(&to->cells.at[i], &l->cells.at[i]);
}

static bool holds_any(const struct asking *k, int body)
{
	for (size_t i = 0; i < k->reporters.n; i++)
		if (receiver_within(k->q->receiver, k->reporters.at[i].body, body))
			return true;
	return false;
}

/* The body's line, its stations, its parts. */
static void put_body(struct asking *k, int body, int depth)
{
	const struct receiver *rc = k->q->receiver;
	struct review_line sum = { .kind = body < 0 ? REVIEW_ALL : REVIEW_BODY, .depth = depth, .last = DAY_NONE };
	sum.code = mem_dup(body < 0 ? rc->name : rc->bodies.at[body].name);
	sum.title = mem_dup(body < 0 ? rc->title : rc->bodies.at[body].title);
	int above = body < 0 ? -1 : rc->bodies.at[body].part_of;
	sum.above = above < 0 ? NULL : mem_dup(rc->bodies.at[above].title);
	for (size_t i = 0; i < k->a->columns.n; i++)
		vec_push(&sum.cells, (struct review_cell){ 0 });
	for (size_t i = 0; i < k->reporters.n; i++)
		if (body < 0 || receiver_within(rc, k->reporters.at[i].body, body))
			add_line(&sum, &k->reporters.at[i].line);
	vec_push(&k->a->lines, sum);
	for (size_t i = 0; i < k->reporters.n; i++)
		if (k->reporters.at[i].body == body) {
			k->reporters.at[i].line.depth = depth + 1;
			vec_push(&k->a->lines, k->reporters.at[i].line);
			k->reporters.at[i].line = (struct review_line){ .kind = REVIEW_STATION };
		}
}

static void put_parts(struct asking *k, int body, int depth)
{
	for (size_t i = 0; i < k->q->receiver->bodies.n; i++)
		if (k->q->receiver->bodies.at[i].part_of == body && holds_any(k, (int)i)) {
			put_body(k, (int)i, depth);
			put_parts(k, (int)i, depth + 1);
		}
}

static void free_line(struct review_line *l)
{
	mem_free(l->code);
	mem_free(l->title);
	mem_free(l->above);
	mem_free(l->before);
	vec_free(&l->cells);
}

void review_answer_free(struct review_answer **answer)
{
	struct review_answer *a = *answer;
	if (!a)
		return;
	for (size_t i = 0; i < a->columns.n; i++) {
		mem_free(a->columns.at[i].number);
		mem_free(a->columns.at[i].issuer);
		mem_free(a->columns.at[i].subject);
		vec_free(&a->columns.at[i].ids);
	}
	for (size_t i = 0; i < a->lines.n; i++)
		free_line(&a->lines.at[i]);
	vec_free(&a->columns);
	vec_free(&a->lines);
	mem_free(a);
	*answer = NULL;
}

struct review_answer *review_answer(struct review_store *s, const struct review_question *q, struct err *err)
{
	struct asking k = { .s = s, .q = q, .a = mem_new(struct review_answer) };
	k.a->days = q->days;
	k.a->crossed = q->receiver->sample;
	review_columns(s, q, k.a);
	find_reporters(&k);
	for (size_t i = 0; i < k.a->columns.n; i++)
		for (size_t n = 0; n < k.a->columns.at[i].ids.n; n++)
			sum_up(&k, i, k.a->columns.at[i].ids.at[n]);
	for (size_t i = 0; i < k.reporters.n; i++)
		for (size_t n = 0; n < k.a->columns.n; n++)
			judge(&k, &k.reporters.at[i], n);
	/* stations' lines move into the answer: all sums first need them where they are */
	put_body(&k, -1, 0);
	put_parts(&k, -1, 1);
	for (size_t i = 0; i < k.reporters.n; i++) {
		mem_free(k.reporters.at[i].day);
		free_line(&k.reporters.at[i].line);
	}
	vec_free(&k.reporters);
	vec_free(&k.by_id);
	if (review_fault(s, err))
		review_answer_free(&k.a);
	return k.a;
}
