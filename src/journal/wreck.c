/* The layout is SQLite's own (sqlite.org/fileformat2.html): leaf pages of a table (0x0d), a cell a row, what does not
 * fit in a chain of overflow pages; a -wal file is a head of 32 bytes and frames of 24 bytes and a page.  Every length
 * is doubted: the bytes are whatever a dying card left. */
#include "journal/wreck.h"

#include "base/mem.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
	USABLE = WRECK_PAGE,
	LOCAL_MOST = USABLE - 35, /* a longer payload goes on in overflow pages */
	LOCAL_LEAST = (USABLE - 12) * 32 / 255 - 23,
	PAYLOAD_MOST = 16 << 20,
	COLUMNS = 11,
	FILE_HEAD = 100,
	WAL_HEAD = 32,
	FRAME_HEAD = 24,
	FRAME = FRAME_HEAD + WRECK_PAGE
};

struct wreck {
	int db, wal;
	int64_t pages, frames;
	struct text payload, strings;
};

/* One value of a record. */
struct value {
	uint64_t type;
	const uint8_t *at;
	size_t bytes;
};

static uint64_t big_endian(const uint8_t *p, size_t bytes)
{
	uint64_t v = 0;
	for (size_t i = 0; i < bytes; i++)
		v = v << 8 | p[i];
	return v;
}

/* Bytes taken; 0: it does not end before `end`. */
static size_t varint(const uint8_t *p, const uint8_t *end, uint64_t *out)
{
	uint64_t v = 0;
	for (size_t i = 0; i < 9 && p + i < end; i++) {
		v = i == 8 ? v << 8 | p[i] : v << 7 | (p[i] & 0x7F);
		if (i == 8 || !(p[i] & 0x80)) {
			*out = v;
			return i + 1;
		}
	}
	return 0;
}

/* ── Files ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static int64_t size_of(int fd)
{
	struct stat st;
	return fd >= 0 && !fstat(fd, &st) && S_ISREG(st.st_mode) ? st.st_size : 0;
}

struct wreck *wreck_open(const char *database)
{
	struct wreck *w = mem_new(struct wreck);
	char *wal = mem_printf("%s-wal", database);
	w->db = open(database, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	w->wal = open(wal, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	w->pages = (size_of(w->db) + WRECK_PAGE - 1) / WRECK_PAGE; /* half a page may hold rows */
	w->frames = size_of(w->wal) > WAL_HEAD ? (size_of(w->wal) - WAL_HEAD) / FRAME : 0;
	mem_free(wal);
	return w;
}

void wreck_close(struct wreck **pw)
{
	struct wreck *w = *pw;
	if (!w)
		return;
	if (w->db >= 0)
		close(w->db);
	if (w->wal >= 0)
		close(w->wal);
	text_free(&w->payload);
	text_free(&w->strings);
	mem_free(w);
	*pw = NULL;
}

int64_t wreck_pages(const struct wreck *w)
{
	return w->pages;
}

int64_t wreck_wal_pages(const struct wreck *w)
{
	return w->frames;
}

bool wreck_too_short(const struct wreck *w)
{
	uint8_t head[FILE_HEAD];
	if (w->frames || pread(w->db, head, FILE_HEAD, 0) != FILE_HEAD)
		return false;
	bool counted = !memcmp(head + 24, head + 92, 4); /* else the count is of an older version of SQLite */
	return counted && size_of(w->db) < (int64_t)big_endian(head + 28, 4) * WRECK_PAGE;
}

/* What the file no longer has is zero. */
static bool read_page(int fd, int64_t offset, uint8_t page[WRECK_PAGE])
{
	ssize_t n = fd < 0 ? -1 : pread(fd, page, WRECK_PAGE, offset);
	if (n <= 0)
		return false;
	memset(page + n, 0, (size_t)(WRECK_PAGE - n));
	return true;
}

static int64_t frame_offset(int64_t frame)
{
	return WAL_HEAD + frame * FRAME;
}

/* The newest version of a page, by its number in the database (from 1). */
static bool read_numbered(const struct wreck *w, uint32_t number, uint8_t page[WRECK_PAGE])
{
	uint8_t head[4];
	for (int64_t f = w->frames - 1; f >= 0; f--)
		if (pread(w->wal, head, 4, frame_offset(f)) == 4 && big_endian(head, 4) == number)
			return read_page(w->wal, frame_offset(f) + FRAME_HEAD, page);
	return number && number <= w->pages && read_page(w->db, ((int64_t)number - 1) * WRECK_PAGE, page);
}

/* ── Records ───────────────────────────────────────────────────────────────────────────────────────────────── */

static size_t bytes_of(uint64_t type)
{
	static const size_t fixed[] = { 0, 1, 2, 3, 4, 6, 8, 8, 0, 0 };
	return type < 10 ? fixed[type] : type < 12 || type > 2 * PAYLOAD_MOST ? SIZE_MAX : (type - 12) / 2;
}

/* A record of exactly as many values, filling exactly its bytes. */
static bool split(const uint8_t *p, size_t bytes, struct value v[COLUMNS])
{
	const uint8_t *end = p + bytes;
	uint64_t head;
	size_t used = varint(p, end, &head), at;
	if (!used || head > bytes)
		return false;
	at = (size_t)head;
	for (int c = 0; c < COLUMNS; c++) {
		size_t n = varint(p + used, p + head, &v[c].type);
		v[c].bytes = n ? bytes_of(v[c].type) : SIZE_MAX;
		if (v[c].bytes > bytes - at)
			return false;
		v[c].at = p + at;
		used += n;
		at += v[c].bytes;
	}
	return used == head && at == bytes;
}

static bool number(const struct value *v, int64_t *out)
{
	if (!v->type || v->type == 7 || v->type > 9)
		return false;
	uint64_t u = v->type > 7 ? v->type - 8 : big_endian(v->at, v->bytes);
	size_t unused = v->type > 7 ? 0 : 64 - 8 * v->bytes;
	*out = (int64_t)(u << unused) >> unused;
	return true;
}

/* Room for all strings was made before: they do not move. */
static bool string(struct text *to, const struct value *v, const char **out)
{
	if (v->type < 13 || !(v->type & 1) || text_bad_utf8((const char *)v->at, v->bytes) >= 0)
		return false;
	*out = to->at + to->n;
	memcpy(to->at + to->n, v->at, v->bytes);
	to->at[to->n + v->bytes] = '\0';
	to->n += v->bytes + 1;
	return true;
}

static void make_room(struct text *t, size_t bytes)
{
	if (t->cap >= bytes)
		return;
	t->at = mem_resize(t->at, bytes, 1);
	t->cap = bytes;
}

/* The columns of journal's table `row`, in its order. */
static bool decode(struct wreck *w, const uint8_t *p, size_t bytes, struct chain_row *r, uint8_t hash[SHA256_BYTES])
{
	struct value v[COLUMNS];
	int64_t clock, rehearsal;
	if (!split(p, bytes, v))
		return false;
	make_room(&w->strings, bytes + COLUMNS);
	w->strings.n = 0;
	bool ok = !v[0].type && number(&v[1], &r->wall_us) && number(&v[2], &r->mono_us) &&
		  string(&w->strings, &v[3], &r->boot) && number(&v[4], &clock) &&
		  string(&w->strings, &v[5], &r->kind) && (!v[6].type || string(&w->strings, &v[6], &r->airing)) &&
		  number(&v[7], &r->planned_us) && string(&w->strings, &v[8], &r->body) && number(&v[9], &rehearsal) &&
		  v[10].type == 12 + 2 * SHA256_BYTES;
	if (!ok || clock < 0 || clock > INT32_MAX || rehearsal < 0 || rehearsal > 1)
		return false;
	r->clock = (int)clock;
	r->rehearsal = rehearsal;
	memcpy(hash, v[10].at, SHA256_BYTES);
	return true;
}

/* ── Cells ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The payload's rest from its overflow pages, in w->payload. */
static bool collect(struct wreck *w, const uint8_t *local, size_t here, size_t bytes, uint32_t next)
{
	uint8_t page[WRECK_PAGE];
	make_room(&w->payload, bytes);
	memcpy(w->payload.at, local, here);
	while (here < bytes) {
		size_t n = bytes - here < USABLE - 4 ? bytes - here : USABLE - 4;
		if (!read_numbered(w, next, page))
			return false;
		memcpy(w->payload.at + here, page + 4, n);
		next = (uint32_t)big_endian(page, 4);
		here += n;
	}
	return true;
}

static bool read_cell(struct wreck *w, const uint8_t *page, size_t at, struct chain_row *r, uint8_t hash[SHA256_BYTES])
{
	const uint8_t *p = page + at, *end = page + USABLE;
	uint64_t bytes, seq;
	size_t n = varint(p, end, &bytes), m = n ? varint(p + n, end, &seq) : 0;
	if (!m || bytes > PAYLOAD_MOST || !seq || seq > INT64_MAX / 2)
		return false;
	*r = (struct chain_row){ .seq = (int64_t)seq };
	p += n + m;
	size_t spill = LOCAL_LEAST + (bytes - LOCAL_LEAST) % (USABLE - 4);
	size_t here = bytes <= LOCAL_MOST ? bytes : spill <= LOCAL_MOST ? spill : LOCAL_LEAST;
	bool all = here == bytes;
	if (here + (all ? 0 : 4) > (size_t)(end - p))
		return false;
	if (all)
		return decode(w, p, bytes, r, hash);
	return collect(w, p, here, bytes, (uint32_t)big_endian(p + here, 4)) &&
	       decode(w, (const uint8_t *)w->payload.at, bytes, r, hash);
}

/* Where the page says that its cell is; 0: nowhere. */
static size_t cell_at(const uint8_t *page, size_t c)
{
	size_t at = big_endian(page + 8 + 2 * c, 2);
	return at < 8 || at >= USABLE ? 0 : at;
}

static int64_t cell_seq(const uint8_t *page, size_t at)
{
	uint64_t bytes, seq;
	size_t n = at ? varint(page + at, page + USABLE, &bytes) : 0;
	return n && varint(page + at + n, page + USABLE, &seq) && seq < INT64_MAX / 2 ? (int64_t)seq : 0;
}

/* Nothing is ever taken out or put between: the rows of a page are numbered without gaps.  One that is not has a number
 * that was spoilt.  The number that the first one has, by most of them. */
static int64_t first_seq(const uint8_t *page, size_t cells)
{
	int64_t first = 0;
	size_t votes = 0;
	for (size_t c = 0; c < cells; c++) {
		int64_t says = cell_seq(page, cell_at(page, c)) - (int64_t)c;
		if (!votes)
			first = says;
		votes = says == first ? votes + 1 : votes - 1;
	}
	return first;
}

size_t wreck_read(struct wreck *w, int64_t i, wreck_put *put, void *self)
{
	uint8_t page[WRECK_PAGE], hash[SHA256_BYTES];
	struct chain_row r;
	size_t found = 0;
	bool there = i < w->pages ? read_page(w->db, i * WRECK_PAGE, page)
				  : read_page(w->wal, frame_offset(i - w->pages) + FRAME_HEAD, page);
	if (!there || page[0] != 0x0D)
		return 0;
	size_t cells = big_endian(page + 3, 2), most = (USABLE - 8) / 2;
	cells = cells < most ? cells : most;
	int64_t first = first_seq(page, cells);
	for (size_t c = 0; c < cells; c++) {
		size_t at = cell_at(page, c);
		if (!at || cell_seq(page, at) != first + (int64_t)c || !read_cell(w, page, at, &r, hash))
			continue;
		put(self, &r, hash, c);
		found++;
	}
	return found;
}
