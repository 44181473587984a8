/* mutants DIR COUNT SEED SAMPLE…: spoils samples in every way that came to mind and prepares what came out of it.  Each
 * mutant must get its verdict, and the sound recording that stands behind every few of them must be ready as ever.
 * The same seed gives the same mutants; those whose decoder died or took more than 2 s are kept in DIR
 * and named (on a busy machine the time proves nothing: look at them again). */
#include "base/mem.h"
#include "base/text.h"
#include "sound/prepare/prepare.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

enum { SAMPLES_MAX = 32, BATCH = 50, BYTES_MOST = 1 << 20, MEMORY_MOST_KIB = 72 << 10, SLOW_MS = 20000, HANG_MS = 2000 };

struct sample {
	const char *path;
	uint8_t *at;
	size_t n;
};

struct hunt {
	const char *dir;
	struct sample samples[SAMPLES_MAX];
	size_t n;
	uint64_t random;
	/* of the batch */
	char *paths[BATCH + 1];
	int verdicts[BATCH + 1];
	int64_t begun_ms[BATCH + 1];
	int batch, first;
	/* altogether */
	int codes[WHY_COUNT], faults;
	int64_t slowest_ms;
	char slowest[64];
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static uint64_t draw(struct hunt *h, uint64_t below)
{
	uint64_t z = h->random += 0x9E3779B97F4A7C15u;
	z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9u;
	z = (z ^ z >> 27) * 0x94D049BB133111EBu;
	return below ? (z ^ z >> 31) % below : 0;
}

static void read_sample(struct hunt *h, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct sample s = { path, mem_zero(BYTES_MOST), 0 };
	if (!f || !(s.n = fread(s.at, 1, BYTES_MOST / 2, f)) || h->n == SAMPLES_MAX) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(EXIT_FAILURE);
	}
	fclose(f);
	h->samples[h->n++] = s;
}

/* ── Ways to spoil a file ── */

static void flip_bits(struct hunt *h, struct sample *m)
{
	for (uint64_t k = 1 + draw(h, 20); k--;)
		m->at[draw(h, m->n)] ^= (uint8_t)(1 << draw(h, 8));
}

static void truncate_it(struct hunt *h, struct sample *m)
{
	m->n = 1 + draw(h, m->n - 1);
}

/* Most of what a decoder believes stands at the beginning. */
static void bend_header(struct hunt *h, struct sample *m)
{
	static const uint8_t telling[] = { 0, 1, 0x7F, 0x80, 0xFE, 0xFF };
	for (uint64_t k = 1 + draw(h, 4); k--;) {
		uint64_t what = draw(h, sizeof telling + 2);
		m->at[draw(h, m->n < 160 ? m->n : 160)] = what < sizeof telling ? telling[what] : (uint8_t)draw(h, 256);
	}
}

static void bend_length(struct hunt *h, struct sample *m)
{
	static const uint32_t lengths[] = { 0, 1, 7, 0xFFFF, 0x7FFFFFFF, 0x80000000, 0xFFFFFFFE, 0xFFFFFFFF };
	uint32_t v = draw(h, 3) ? lengths[draw(h, sizeof lengths / sizeof *lengths)] : (uint32_t)draw(h, m->n * 2);
	size_t at = draw(h, draw(h, 2) ? m->n : 512) % m->n;
	bool big = draw(h, 2);
	for (size_t i = 0; i < 4 && at + i < m->n; i++)
		m->at[at + i] = (uint8_t)(v >> (big ? 24 - 8 * i : 8 * i));
}

static void splice(struct hunt *h, struct sample *m)
{
	const struct sample *other = &h->samples[draw(h, h->n)];
	size_t from = draw(h, other->n), n = 1 + draw(h, other->n - from), at = draw(h, m->n);
	n = n < m->n - at ? n : m->n - at;
	memcpy(m->at + at, other->at + from, n);
}

static void change_head(struct hunt *h, struct sample *m)
{
	const struct sample *other = &h->samples[draw(h, h->n)];
	size_t n = 1 + draw(h, 256);
	n = n < other->n ? n : other->n;
	memcpy(m->at, other->at, n < m->n ? n : m->n);
}

static void repeat_part(struct hunt *h, struct sample *m)
{
	size_t at = draw(h, m->n), n = 1 + draw(h, m->n - at);
	if (m->n + n > BYTES_MOST)
		return;
	memmove(m->at + at + n, m->at + at, m->n - at);
	m->n += n;
}

static void leave_out_part(struct hunt *h, struct sample *m)
{
	size_t at = draw(h, m->n), n = draw(h, m->n - at);
	memmove(m->at + at, m->at + at + n, m->n - at - n);
	m->n -= n;
}

static void blank_part(struct hunt *h, struct sample *m)
{
	size_t at = draw(h, m->n);
	memset(m->at + at, draw(h, 2) ? 0 : 0xFF, draw(h, m->n - at));
}

static void spoil(struct hunt *h, struct sample *m)
{
	static void (*const ways[])(struct hunt *, struct sample *) = { flip_bits, truncate_it, bend_header, bend_length,
		splice, change_head, repeat_part, leave_out_part, blank_part };
	for (uint64_t k = 1 + draw(h, 3); k--;)
		ways[draw(h, sizeof ways / sizeof *ways)](h, m);
}

/* ── Verdicts ── */

static void begun(void *self, int n)
{
	struct hunt *h = self;
	h->begun_ms[n] = now_ms();
}

static void fault(struct hunt *h, int n, const char *what)
{
	h->faults++;
	printf("%s: %s\n", h->paths[n], what);
}

static void keep(struct hunt *h, int n, const char *what)
{
	char *kept = mem_printf("%s/kept-%s", h->dir, strrchr(h->paths[n], '/') + 1);
	rename(h->paths[n], kept);
	printf("%s: %s\n", kept, what);
	mem_free(kept);
}

static void done(void *self, int n, const struct prepare_result *r)
{
	struct hunt *h = self;
	int64_t took = now_ms() - h->begun_ms[n];
	char *words = why_text(&r->why, "x");
	h->verdicts[n]++;
	h->codes[r->why.code]++;
	if (took > h->slowest_ms) {
		h->slowest_ms = took;
		snprintf(h->slowest, sizeof h->slowest, "%.63s", strrchr(h->paths[n], '/') + 1);
	}
	if (r->why.code == WHY_NONE && (!r->stored || r->forms != 1 || r->facts[0].frames < 1 || r->facts[0].peak > -1000))
		fault(h, n, "ready, and yet not");
	if (text_bad_utf8(words, strlen(words)) >= 0)
		fault(h, n, "no words for it");
	if (n == h->batch && r->why.code != WHY_NONE)
		fault(h, n, "the sound one behind the mutants is not ready");
	if (took > SLOW_MS)
		fault(h, n, "took too long");
	if (r->why.code == WHY_CRASHED)
		keep(h, n, "its decoder died");
	else if (took > HANG_MS)
		keep(h, n, "took long");
	mem_free(words);
}

static void write_mutant(struct hunt *h, int n, const struct sample *m)
{
	const char *ending = strrchr(m->path, '.');
	h->paths[n] = mem_printf("%s/%d%s", h->dir, h->first + n, ending ? ending : "");
	FILE *f = fopen(h->paths[n], "wb");
	if (!f || fwrite(m->at, 1, m->n, f) != m->n || fclose(f)) {
		fprintf(stderr, "%s: %s\n", h->paths[n], strerror(errno));
		exit(EXIT_FAILURE);
	}
}

static void make_batch(struct hunt *h)
{
	struct sample m = { .at = mem_zero(BYTES_MOST) };
	for (int i = 0; i <= h->batch; i++) {
		const struct sample *from = &h->samples[(size_t)(h->first + i) % h->n];
		m.path = from->path;
		m.n = from->n;
		memcpy(m.at, from->at, from->n);
		if (i < h->batch)
			spoil(h, &m);
		write_mutant(h, i, &m);
	}
	mem_free(m.at);
}

static void try_batch(struct hunt *h)
{
	struct err err = { "" };
	char *dir = mem_printf("%s/store", h->dir);
	struct prepare p = { .forms = { STORE_PLAIN(48000) }, .forms_n = 1, .jobs = 2, .self = h, .begun = begun, .done = done };
	make_batch(h);
	memset(h->verdicts, 0, sizeof h->verdicts);
	p.store = store_open(dir, true);
	if (!prepare_files(&p, h->paths, h->batch + 1, &err))
		fault(h, 0, err.text);
	for (int i = 0; i <= h->batch; i++) {
		if (h->verdicts[i] != 1)
			fault(h, i, "has not one verdict");
		unlink(h->paths[i]);
		mem_free(h->paths[i]);
	}
	store_free(&p.store);
	/* a new handle uses nothing: all of it may go */
	p.store = store_open(dir, true);
	store_trim(p.store, 0);
	store_free(&p.store);
	mem_free(dir);
}

static void sum_up(struct hunt *h, int count)
{
	struct rusage used;
	getrusage(RUSAGE_CHILDREN, &used);
	printf("%d mutants of %zu samples:", count, h->n);
	for (int i = 0; i < WHY_COUNT; i++)
		if (h->codes[i])
			printf(" %d %s,", h->codes[i], i ? why_name((enum why)i) : "ready");
	printf(" slowest %s %.2f s, at most %ld MiB\n", h->slowest, (double)h->slowest_ms / 1000, used.ru_maxrss >> 10);
#ifndef LOAXA_SANITIZED
	/* private memory ends at 44 MiB; the pages of ffmpeg's libraries, which all programs share, come on top of it */
	if (used.ru_maxrss > MEMORY_MOST_KIB) {
		printf("a decoder took more than %d MiB\n", MEMORY_MOST_KIB >> 10);
		h->faults++;
	}
#endif
}

int main(int argc, char **argv)
{
	if (argc < 5)
		return EXIT_FAILURE;
	struct hunt h = { .dir = argv[1], .random = strtoull(argv[3], NULL, 10) };
	int count = atoi(argv[2]);
	for (int i = 4; i < argc; i++)
		read_sample(&h, argv[i]);
	for (; h.first < count; h.first += h.batch) {
		h.batch = count - h.first < BATCH ? count - h.first : BATCH;
		try_batch(&h);
	}
	sum_up(&h, count);
	for (size_t i = 0; i < h.n; i++)
		mem_free(h.samples[i].at);
	return h.faults ? EXIT_FAILURE : EXIT_SUCCESS;
}
