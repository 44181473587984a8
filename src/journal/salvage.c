/* One walk through the file and its -wal, in the order in which they lie there, which nearly is that of the rows. */
#include "journal/salvage.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "journal/ledger.h"
#include "journal/salvage-link.h"
#include "journal/wreck.h"

#include <fcntl.h>
#include <unistd.h>

enum { COMMIT = 2000, RANGES_MOST = 10000 };

struct copying {
	struct ledger *to;
	struct salvage_sum *sum;
	struct text scratch;
	struct salvage_link seen; /* the row found last */
	int64_t since_commit;
	enum ledger_trouble trouble;
};

/* ── Which rows are there ──────────────────────────────────────────────────────────────────────────────────── */

/* The first range that ends at `seq` or later. */
static size_t range_of(const struct salvage_sum *s, int64_t seq)
{
	size_t low = 0, high = s->there.n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (s->there.at[middle].last < seq)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool is_there(const struct salvage_sum *s, int64_t seq)
{
	size_t i = range_of(s, seq);
	return i < s->there.n && s->there.at[i].first <= seq;
}

/* False: too scattered to be a journal. */
static bool note(struct salvage_sum *s, int64_t seq)
{
	size_t i = range_of(s, seq);
	bool joins_before = i > 0 && s->there.at[i - 1].last + 1 == seq;
	bool joins_after = i < s->there.n && s->there.at[i].first == seq + 1;
	if (joins_before && joins_after) {
		s->there.at[i - 1].last = s->there.at[i].last;
		vec_remove(&s->there, i);
	} else if (joins_before) {
		s->there.at[i - 1].last = seq;
	} else if (joins_after) {
		s->there.at[i].first = seq;
	} else {
		if (s->there.n >= RANGES_MOST)
			return false;
		vec_push(&s->there, (struct salvage_range){ 0 });
		memmove(&s->there.at[i + 1], &s->there.at[i], (s->there.n - 1 - i) * sizeof *s->there.at);
		s->there.at[i] = (struct salvage_range){ seq, seq };
	}
	return true;
}

void salvage_sum_free(struct salvage_sum *s)
{
	vec_free(&s->there);
	*s = (struct salvage_sum){ 0 };
}

/* ── Rows ──────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The row before is most often the one found last; else it may have been copied long ago. */
static void find_before(struct copying *c, int64_t seq, struct salvage_link *before)
{
	struct chain_row r;
	*before = c->seen;
	if (c->seen.seq == seq - 1 || !is_there(c->sum, seq - 1))
		return;
	ledger_read(c->to, seq - 1, seq - 1);
	if (ledger_next(c->to, &r, before->hash[0])) {
		before->seq = seq - 1;
		before->n = 1;
	}
	ledger_end(c->to);
}

static void put(void *self, const struct chain_row *r, const uint8_t hash[SHA256_BYTES], size_t nth)
{
	struct copying *c = self;
	struct salvage_link before;
	if (c->trouble)
		return;
	find_before(c, r->seq, &before);
	bool holds = salvage_link_holds(&before, r, hash, nth, &c->scratch, &c->seen);
	if (is_there(c->sum, r->seq) || !holds || !note(c->sum, r->seq))
		return;
	c->trouble = ledger_put(c->to, r, hash);
	c->sum->rows++;
	c->since_commit++;
	if (c->sum->there.at[c->sum->there.n - 1].last == r->seq)
		c->sum->last_wall_us = r->wall_us;
}

/* In small portions to the disk: a great one at the end would keep the running journal waiting. */
static void commit(struct copying *c, int fd)
{
	if (!c->trouble)
		c->trouble = ledger_commit(c->to);
	if (!c->trouble && fd >= 0 && fdatasync(fd))
		c->trouble = LEDGER_IO;
	c->since_commit = 0;
}

static void copy_rows(struct copying *c, const char *database, const char *to, const atomic_bool *stop)
{
	struct wreck *w = wreck_open(database);
	int64_t all = wreck_pages(w) + wreck_wal_pages(w);
	int fd = open(to, O_RDONLY | O_CLOEXEC);
	for (int64_t i = 0; i < all && !c->trouble && !atomic_load(stop); i++) {
		wreck_read(w, i, put, c);
		if (c->since_commit >= COMMIT)
			commit(c, fd);
	}
	commit(c, fd);
	if (fd >= 0)
		close(fd);
	wreck_close(&w);
}

bool salvage_copy(
	const char *database, const char *to, const atomic_bool *stop, struct salvage_sum *sum, struct err *err)
{
	struct copying c = { .sum = sum };
	*sum = (struct salvage_sum){ 0 };
	unlink(to);
	c.to = ledger_open(to, LEDGER_SALVAGE, &c.trouble);
	if (c.to)
		copy_rows(&c, database, to, stop);
	ledger_close(&c.to);
	text_free(&c.scratch);
	bool ok = !c.trouble && !atomic_load(stop);
	if (c.trouble)
		err_set(err, _("the copy %s cannot be written: %s"), to, _(ledger_trouble_text(c.trouble)));
	if (!ok)
		unlink(to);
	return ok;
}
