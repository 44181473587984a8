/* A journal damaged in every way a card can think of, at random places: the station always opens it, goes on with what is
 * sound or begins a new one that says so, and no row that can still be read is lost.  LOAXA_DAMAGES=20000 for more,
 * LOAXA_SEED for others. */
#include "journal/aside.h"
#include "journal/headmark.h"
#include "journal/ledger.h"
#include "journal/salvage.h"
#include "scratch.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>

enum { ROWS = 1500, DAY = 400, PAGE = 4096 };

/* ── The journal that is damaged: its bytes, as a power cut would leave them ── */

struct bytes {
	char *at;
	size_t n;
};

static struct bytes db, wal;

static void compose(int i, char *body, size_t room)
{
	/* a few rows are longer than a page: checkpoints, schedules */
	size_t n = i % DAY == 0 ? 9000 + (size_t)i : 100 + (size_t)i * 7919 % 900;
	int used = snprintf(body, room, "{\"n\":%d,\"pad\":\"", i);
	memset(body + used, 'a' + i % 26, n);
	strcpy(body + used + n, "\"}");
}

static const char *kind_of(int i)
{
	return i % DAY == 0 ? "day" : i % 5 == 4 ? "progress" : "verdict";
}

static struct bytes read_file(const char *dir, const char *name)
{
	char *path = mem_printf("%s/%s", dir, name);
	struct bytes b = { NULL, 0 };
	struct stat st;
	int fd = open(path, O_RDONLY);
	ck_assert(fd >= 0 && !fstat(fd, &st));
	b.at = mem_new_n(char, (size_t)st.st_size + 1);
	b.n = (size_t)read(fd, b.at, (size_t)st.st_size);
	close(fd);
	mem_free(path);
	return b;
}

static void write_file(const char *dir, const char *name, struct bytes b)
{
	char *path = mem_printf("%s/%s", dir, name);
	int fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0640);
	ck_assert(fd >= 0 && write(fd, b.at, b.n) == (ssize_t)b.n);
	close(fd);
	mem_free(path);
}

static void remove_all(char *dir)
{
	char *command = mem_printf("rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
	mem_free(dir);
}

/* A ledger adds rows faster than the journal's own thread, and is left as it is: its last rows are in the -wal only. */
static void make(void)
{
	char *dir = scratch_new(), *path = mem_printf("%s/journal.db", dir);
	static char body[20000];
	enum ledger_trouble t;
	struct ledger *l = ledger_open(path, LEDGER_LIVE, &t);
	for (int i = 0; i < ROWS; i++) {
		compose(i, body, sizeof body);
		struct chain_row r = { .wall_us = T0 + i * US_PER_S, .mono_us = i, .boot = "boot-0", .clock = 1,
			.kind = kind_of(i), .airing = i % 5 < 3 && i % DAY ? "a" : NULL, .body = body };
		ck_assert(!ledger_add(l, &r));
		if (i % 7 == 6 || i == ROWS - 1 || i == ROWS - 300)
			ck_assert(!ledger_commit(l));
		if (i == ROWS - 300)
			ck_assert(!ledger_settle(l));
	}
	db = read_file(dir, "journal.db");
	wal = read_file(dir, "journal.db-wal");
	ledger_close(&l);
	mem_free(path);
	remove_all(dir);
}

/* ── Damage ── */

struct image {
	struct bytes db, wal;
	bool no_wal;
	int pages; /* spoilt, at most: what may be lost with them */
};

static uint64_t state;

static size_t chance(size_t n)
{
	state ^= state << 13, state ^= state >> 7, state ^= state << 17;
	return n ? (size_t)(state % n) : 0;
}

static void garbage(struct bytes b, size_t from, size_t n)
{
	for (size_t i = from; i < from + n && i < b.n; i++)
		b.at[i] = (char)chance(256);
}

static void zero(struct bytes b, size_t from, size_t n)
{
	if (from < b.n)
		memset(b.at + from, 0, from + n < b.n ? n : b.n - from);
}

static void torn_page(struct image *m)
{
	size_t half = chance(m->db.n / PAGE) * PAGE + 512 * (1 + chance(7)), other = chance(m->db.n / PAGE) * PAGE;
	size_t n = PAGE - half % PAGE;
	memmove(m->db.at + half, m->db.at + other + half % PAGE, n);
	m->pages = 1;
}

static void zeroed_page(struct image *m)
{
	zero(m->db, chance(m->db.n / PAGE) * PAGE, PAGE);
	m->pages = 1;
}

static void zeroed_block(struct image *m)
{
	zero(m->db, chance(m->db.n / PAGE) * PAGE, 16 * PAGE);
	m->pages = 16;
}

static void truncated(struct image *m)
{
	size_t n = chance(m->db.n);
	m->pages = (int)((m->db.n - n) / PAGE + 1);
	m->db.n = n;
}

static void empty(struct image *m)
{
	m->pages = (int)(m->db.n / PAGE);
	m->db.n = 0;
}

static void garbage_head(struct image *m)
{
	garbage(m->db, 0, 16 + chance(PAGE - 16));
	m->pages = 1;
}

static void garbage_page(struct image *m)
{
	garbage(m->db, chance(m->db.n / PAGE) * PAGE, PAGE);
	m->pages = 1;
}

static void flipped_bits(struct image *m)
{
	m->pages = 1 + (int)chance(20);
	for (int i = 0; i < m->pages; i++)
		m->db.at[chance(m->db.n)] ^= (char)(1 << chance(8));
}

static void missing_wal(struct image *m)
{
	m->no_wal = true;
	m->pages = (int)(m->wal.n / PAGE);
}

static void spoilt_wal(struct image *m)
{
	garbage(m->wal, chance(m->wal.n), 1 + chance(3 * PAGE));
	m->pages = 4;
}

static void cut_wal(struct image *m)
{
	size_t n = chance(m->wal.n);
	m->pages = (int)((m->wal.n - n) / PAGE + 1);
	m->wal.n = n;
}

static void foreign(struct image *m)
{
	static const char *const texts[] = { "BÁO CÁO tháng 7\n", "PK\003\004", "<html>" };
	const char *text = texts[chance(3)];
	for (size_t i = 0; i < m->db.n; i++)
		m->db.at[i] = text[i % strlen(text)];
	m->pages = (int)(m->db.n / PAGE);
}

static const struct {
	const char *name;
	void (*spoil)(struct image *);
} kinds[] = { { "torn page", torn_page }, { "zeroed page", zeroed_page }, { "zeroed block", zeroed_block },
	{ "truncated", truncated }, { "empty", empty }, { "garbage head", garbage_head }, { "garbage page", garbage_page },
	{ "flipped bits", flipped_bits }, { "missing -wal", missing_wal }, { "spoilt -wal", spoilt_wal },
	{ "cut -wal", cut_wal }, { "foreign file", foreign } };

static struct bytes copy_of(struct bytes b)
{
	struct bytes c = { mem_new_n(char, b.n + 1), b.n };
	memcpy(c.at, b.at, b.n);
	return c;
}

/* ── What is found ── */

/* Rows of the damaged journal, wherever they can be read now: as it was written where the row before it is there, too. */
static int count_rows(const char *path, const char *what)
{
	static char want[20000];
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	enum ledger_trouble t;
	struct ledger *l = ledger_open(path, LEDGER_READ, &t);
	int64_t before = 0;
	int n = 0;
	ck_assert_msg(l != NULL, "%s: %s", what, ledger_trouble_text(t));
	ledger_read(l, 1, ROWS + 1000);
	while (ledger_next(l, &r, hash)) {
		if (strcmp(r.boot, "boot-0"))
			continue;
		compose((int)r.seq - 1, want, sizeof want);
		bool proven = r.seq == before + 1; /* else nothing but its form speaks for it */
		before = r.seq;
		ck_assert_msg(!proven || (!strcmp(r.body, want) && !strcmp(r.kind, kind_of((int)r.seq - 1))),
				"%s: row %d is not what was written", what, (int)r.seq);
		n++;
	}
	ledger_end(l);
	ledger_close(&l);
	return n;
}

static int salvaged(const char *dir, const char *kept, const char *what)
{
	char *from = aside_path(dir, kept, "damaged.db"), *to = aside_path(dir, kept, "test.db");
	atomic_bool stop = false;
	struct salvage_sum sum;
	struct err err = { "" };
	ck_assert_msg(salvage_copy(from, to, &stop, &sum, &err), "%s: %s", what, err.text);
	int n = count_rows(to, what);
	ck_assert_int_ge(sum.rows, n); /* and rows of the run that met the damage */
	salvage_sum_free(&sum);
	mem_free(from);
	mem_free(to);
	return n;
}

static void await(struct journal *j, uint64_t ticket, const char *what)
{
	struct journal_port p = journal_port(j);
	struct pollfd wake = { .fd = journal_fd(j), .events = POLLIN };
	p.flush(p.self);
	while (p.durable(p.self) < ticket) {
		ck_assert_msg(poll(&wake, 1, 60000) == 1, "%s: a row is never written", what);
		journal_quiet(j);
	}
}

/* Rows are read back from the last checkpoint on, in their order. */
static int read_back(struct journal *j, const char *what)
{
	static char want[20000];
	struct journal_reader r;
	struct journal_row row;
	struct err err = { "" };
	int last = -1;
	ck_assert_msg(journal_read_back(j, &r, &err), "%s: %s", what, err.text);
	while (r.next(r.self, &row)) {
		int n = 0;
		if (sscanf(row.body, "{\"n\":%d", &n) != 1)
			continue;
		compose(n, want, sizeof want);
		ck_assert_msg(n > last && (n != last + 1 || !strcmp(row.body, want)), "%s: row %d read back is not what was written", what, n);
		last = n;
	}
	return last + 1;
}

static void one(int round)
{
	size_t k = chance(sizeof kinds / sizeof *kinds);
	struct image m = { copy_of(db), copy_of(wal), false, 0 };
	char *dir = scratch_new(), *what = mem_printf("round %d, %s", round, kinds[k].name);
	char *bytes = m.db.at;
	struct journal_mishap mishap;
	struct journal_fault fault;
	kinds[k].spoil(&m);
	write_file(dir, "journal.db", m.db);
	if (!m.no_wal)
		write_file(dir, "journal.db-wal", m.wal);
	char *path = mem_printf("%s/journal.db", dir), *head = mem_printf("%s/journal.head", dir);
	headmark_write(head, ROWS);
	struct journal *j = scratch_open(dir, JOURNAL_LIVE);
	ck_assert_msg(!journal_fault(j, &fault), "%s: %s", what, fault.why);
	bool told = journal_mishap(j, &mishap);
	int back = read_back(j, what);
	for (int i = 0; i < 20; i++)
		await(j, scratch_add(j, i, i ? "verdict" : "start", NULL, "{}"), what);
	told = journal_mishap(j, &mishap) || told;
	ck_assert_msg(!journal_fault(j, &fault), "%s: %s", what, fault.why);
	ck_assert(journal_close(&j));
	/* 4 rows a page, a little more than that a long one */
	int there = mishap.kept[0] ? salvaged(dir, mishap.kept, what) : 0;
	if (!mishap.kept[0])
		there = ROWS; /* what damage there is lies where years may pass before it is read */
	ck_assert_msg(there >= ROWS - 45 * m.pages - 45, "%s: %d rows, %d pages spoilt", what, there, m.pages);
	if (getenv("LOAXA_TALK"))
		printf("%-28s %-10s kept %-30s last %4lld back %4d there %4d (pages %d)\n", what, told ? mishap.reason : "-",
				mishap.kept, (long long)mishap.last_seq, back, there, m.pages);
	mem_free(bytes);
	mem_free(m.wal.at);
	mem_free(path);
	mem_free(head);
	mem_free(what);
	remove_all(dir);
}

START_TEST(whatever_is_damaged_the_station_goes_on_and_keeps_what_can_be_read)
{
	const char *rounds = getenv("LOAXA_DAMAGES"), *seed = getenv("LOAXA_SEED");
	state = seed ? strtoull(seed, NULL, 10) : 20211704;
	make();
	for (int i = 0; i < (rounds ? atoi(rounds) : 240); i++)
		one(i);
	mem_free(db.at);
	mem_free(wal.at);
}
END_TEST

/* Rows n to n + 199, each awaited, go on whatever befalls the file; in the end all of them are in the new journal. */
static void goes_on(struct journal *j, char *dir, void (*befall)(const char *path))
{
	char *path = mem_printf("%s/journal.db", dir), id[24];
	struct journal_mishap m;
	struct journal_reader r;
	struct journal_row row;
	struct err err = { "" };
	bool seen[200] = { false };
	uint64_t ticket = 0;
	for (int i = 0; i < 200; i++) {
		if (i == 20)
			befall(path);
		snprintf(id, sizeof id, "airing-%03d", i);
		ticket = scratch_add(j, i, "verdict", id, "{}");
		if (i % 7 == 0)
			await(j, ticket, "running");
	}
	await(j, ticket, "running");
	ck_assert(journal_mishap(j, &m));
	ck_assert_str_eq(m.reason, "damaged");
	ck_assert(journal_close(&j));
	struct journal_log *log = journal_log_open(dir, &err);
	ck_assert_msg(log != NULL, "%s", err.text);
	r = journal_log_everything(log, (wall_us){ 1 }, (wall_us){ US_NEVER });
	ck_assert(r.next(r.self, &row));
	ck_assert_str_eq(row.kind, "journal");
	ck_assert_ptr_nonnull(strstr(row.body, m.kept));
	while (r.next(r.self, &row))
		if (row.airing)
			seen[atoi(row.airing + 7)] = true;
	for (int i = 30; i < 200; i++)
		ck_assert_msg(seen[i], "row %d is nowhere", i);
	journal_log_close(&log);
	mem_free(path);
	remove_all(dir);
}

/* All index pages, behind SQLite's back: the next row that is to be added meets one. */
static void spoil_indices(const char *path)
{
	int fd = open(path, O_RDWR);
	uint8_t page[PAGE];
	for (off_t at = PAGE; pread(fd, page, PAGE, at) == PAGE; at += PAGE)
		if (page[0] == 0x0A || page[0] == 0x02) {
			memset(page, 0xFF, PAGE);
			ck_assert_int_eq(pwrite(fd, page, PAGE, at), PAGE);
		}
	close(fd);
}

static void put_another(const char *path)
{
	char *other = mem_printf("%s.other", path);
	FILE *f = fopen(other, "w");
	for (int i = 0; i < 5000; i++)
		fputs("BÁO CÁO\n", f);
	fclose(f);
	ck_assert(!rename(other, path));
	mem_free(other);
}

/* As after an orderly stop: nothing is in the -wal. */
static char *settled(void)
{
	char *dir = scratch_new(), *path = mem_printf("%s/journal.db", dir);
	enum ledger_trouble t;
	make();
	write_file(dir, "journal.db", db);
	write_file(dir, "journal.db-wal", wal);
	struct ledger *l = ledger_open(path, LEDGER_LIVE, &t);
	ck_assert(l && !ledger_settle(l));
	ledger_close(&l);
	mem_free(db.at);
	mem_free(wal.at);
	mem_free(path);
	return dir;
}

START_TEST(damage_met_while_writing_loses_no_row_that_waits)
{
	char *dir = settled();
	goes_on(scratch_open(dir, JOURNAL_LIVE), dir, spoil_indices);
}
END_TEST

START_TEST(another_file_in_its_place_is_kept_aside)
{
	char *dir = settled();
	goes_on(scratch_open(dir, JOURNAL_LIVE), dir, put_another);
}
END_TEST

/* A page that no start looks at: it is found in the background, while rows are written. */
START_TEST(damage_far_from_the_ends_is_found_in_time)
{
	char *dir = settled(), *path = mem_printf("%s/journal.db", dir);
	struct journal_mishap m = { .reason = "" };
	struct bytes whole = read_file(dir, "journal.db");
	bool late = false;
	for (size_t at = 20 * PAGE; at < whole.n / 2 && !late; at += PAGE) {
		struct bytes spoilt = copy_of(whole);
		if (spoilt.at[at] == 0x0D) {
			zero(spoilt, at, PAGE);
			write_file(dir, "journal.db", spoilt);
			struct journal *j = scratch_open(dir, JOURNAL_LIVE);
			late = !journal_mishap(j, &m);
			for (int i = 0; late && !journal_mishap(j, &m); i++)
				await(j, scratch_add(j, i, "verdict", "a", "{}"), "late");
			ck_assert_str_eq(m.reason, "damaged");
			ck_assert(journal_close(&j));
			ck_assert_int_gt(salvaged(dir, m.kept, "late"), ROWS - 40);
		}
		mem_free(spoilt.at);
	}
	ck_assert(late);
	mem_free(whole.at);
	mem_free(path);
	remove_all(dir);
}
END_TEST

/* The power fails before the new journal has a checkpoint: the next start still finds what was on air. */
START_TEST(a_start_after_the_next_one_knows_as_much)
{
	char *dir = scratch_new();
	make();
	zero(db, 0, PAGE);
	write_file(dir, "journal.db", db); /* without its -wal */
	for (int i = 0; i < 3; i++) {
		struct journal *j = scratch_open(dir, JOURNAL_LIVE);
		ck_assert_int_eq(read_back(j, "again"), ROWS - 299);
		await(j, scratch_add(j, i, "verdict", "a", "{}"), "again");
		ck_assert(journal_close(&j));
	}
	mem_free(db.at);
	mem_free(wal.at);
	remove_all(dir);
}
END_TEST

UNIT_MAIN("journal/damage", whatever_is_damaged_the_station_goes_on_and_keeps_what_can_be_read,
		damage_met_while_writing_loses_no_row_that_waits, another_file_in_its_place_is_kept_aside, damage_far_from_the_ends_is_found_in_time,
		a_start_after_the_next_one_knows_as_much)
