/* Clips of which every frame is recognisable, and the finder that says what of them a tape holds.
 *
 *   clips make FILE.wav SEED MILLISECONDS [RATE]   a tone and noise that grows from SEED; mono, about -16 LUFS
 *   clips find DIR CHANNELS CHANNEL FILE.wav…      what was heard of these on that channel (from 1) of DIR/tape:
 *       CLIP FIRST END TAPE NS     one line each, in the order of the tape: frames FIRST..END of that clip, FIRST as frame
 *                                  TAPE of the tape, heard at NS of CLOCK_MONOTONIC (by DIR/log)
 *
 * A clip may have been made louder or softer on its way, not resampled.  END lies where it was cut or began to fade out.
 * FIRST also where another clip fades out under it: there the frames are not equal, but alike. */
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	HEADER = 44,
	SIGNS = 64,     /* a frame is known by the ups and downs of those behind it … */
	CHOSEN = 16,    /* … of about every sixteenth */
	ALIKE = 128,    /* frames that are compared at once where two clips are mixed */
	FITTED = 256,   /* frames by which the loudness is measured */
	OFF = 3,        /* rounding and dither on the way */
	GIVE_UP = 4,    /* so many frames that differ end a piece */
	NEVER_HEARD = 0 /* instant of a frame the log does not know */
};

struct clip {
	char *name;
	int16_t *at;
	long n;
};

struct known {
	uint64_t signs;
	int clip; /* + 1; 0: free */
	long frame;
};

struct finder {
	struct clip *clips;
	int n_clips;
	struct known *table;
	size_t mask;
	int16_t *tape;
	long n;
	const char *dir;
};

struct piece {
	int clip;
	long first, end, tape;
};

static void die(const char *what, const char *name)
{
	fprintf(stderr, "clips: %s: %s\n", name, what);
	exit(1);
}

/* ── Making ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void put32(unsigned char *p, uint32_t v)
{
	for (int i = 0; i < 4; i++)
		p[i] = (unsigned char)(v >> 8 * i);
}

static void put_header(FILE *f, uint32_t rate, uint32_t frames)
{
	unsigned char h[HEADER] = "RIFF....WAVEfmt \20\0\0\0\1\0\1\0........\2\0\20\0data";
	put32(h + 4, 36 + frames * 2);
	put32(h + 24, rate);
	put32(h + 28, rate * 2);
	put32(h + 40, frames * 2);
	fwrite(h, sizeof h, 1, f);
}

static int make(const char *path, uint64_t seed, long ms, uint32_t rate)
{
	FILE *f = fopen(path, "wb");
	uint32_t frames = (uint32_t)(ms * rate / 1000);
	double tone = 300 + 37 * (double)(seed % 32);
	if (!f)
		die("cannot be written", path);
	put_header(f, rate, frames);
	for (uint32_t i = 0; i < frames; i++) {
		seed = seed * 6364136223846793005u + 1442695040888963407u + i;
		double noise = (double)(seed >> 40) / (1 << 24) * 2 - 1;
		int16_t v = (int16_t)lrint(2000 * sin(2 * M_PI * tone * i / rate) + 6500 * noise);
		fwrite(&v, sizeof v, 1, f);
	}
	return fclose(f) ? 1 : 0;
}

/* ── Finding ─────────────────────────────────────────────────────────────────────────────────────────────────── */

/* The 16-bit frames of a file behind `skip` bytes: every step-th from first on. */
static int16_t *load(const char *path, long skip, long step, long first, long *n)
{
	FILE *f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END))
		die("cannot be read", path);
	long all = (ftell(f) - skip) / 2;
	*n = all > 0 ? all / step : 0;
	int16_t *got = malloc((size_t)(*n + 1) * sizeof *got), *block = malloc((size_t)step * sizeof *block);
	fseek(f, skip, SEEK_SET);
	for (long i = 0; i < *n && fread(block, sizeof *block, (size_t)step, f) == (size_t)step; i++)
		got[i] = block[first];
	free(block);
	fclose(f);
	return got;
}

static uint64_t mixed(uint64_t v)
{
	v = (v ^ (v >> 31)) * 0x9e3779b97f4a7c15u;
	return v ^ (v >> 29);
}

static bool chosen(uint64_t signs)
{
	return signs && mixed(signs) % CHOSEN == 0;
}

/* Whether the sound rises at each of the SIGNS frames up to `end`. */
static uint64_t next_signs(uint64_t signs, const int16_t *at, long end)
{
	return signs << 1 | (at[end] > at[end - 1]);
}

static void learn(struct finder *f)
{
	size_t size = 1024;
	for (int c = 0; c < f->n_clips; c++)
		size += (size_t)f->clips[c].n;
	for (f->mask = 1; f->mask < size / CHOSEN * 4; f->mask *= 2)
		;
	f->table = calloc(f->mask--, sizeof *f->table);
	for (int c = 0; c < f->n_clips; c++) {
		uint64_t signs = 0;
		for (long i = 1; i < f->clips[c].n; i++) {
			signs = next_signs(signs, f->clips[c].at, i);
			if (i < SIGNS || !chosen(signs))
				continue;
			size_t slot = mixed(signs) >> 8 & f->mask;
			while (f->table[slot].clip)
				slot = (slot + 1) & f->mask;
			f->table[slot] = (struct known){ signs, c + 1, i };
		}
	}
}

static const struct known *look_up(const struct finder *f, uint64_t signs)
{
	for (size_t slot = mixed(signs) >> 8 & f->mask; f->table[slot].clip; slot = (slot + 1) & f->mask)
		if (f->table[slot].signs == signs)
			return &f->table[slot];
	return NULL;
}

/* How much louder n frames are on the tape, and how alike (-1..1). */
static double fit(const int16_t *tape, const int16_t *clip, long n, double *alike)
{
	double tc = 0, cc = 0, tt = 0;
	for (long i = 0; i < n; i++) {
		tc += (double)tape[i] * clip[i];
		cc += (double)clip[i] * clip[i];
		tt += (double)tape[i] * tape[i];
	}
	*alike = cc > 0 && tt > 0 ? tc / sqrt(cc * tt) : 0;
	return cc > 0 ? tc / cc : 0;
}

/* From frame i of the clip on, which is frame i + shift of the tape: the last one that is the same. */
static long same_until(const struct finder *f, const struct clip *c, long shift, double louder, long i, int step)
{
	long last = i;
	for (int off = 0; off < GIVE_UP && i >= 0 && i < c->n && i + shift >= 0 && i + shift < f->n; i += step) {
		bool same = fabs(f->tape[i + shift] - louder * c->at[i]) <= OFF;
		off = same ? 0 : off + 1;
		last = same ? i : last;
	}
	return last;
}

/* Back from frame i to where the tape holds nothing like it any more; not into what ended at `heard`. */
static long alike_from(const struct finder *f, const struct clip *c, long shift, long i, long heard)
{
	double alike;
	while (i >= ALIKE && i - ALIKE + shift >= heard) {
		fit(f->tape + i - ALIKE + shift, c->at + i - ALIKE, ALIKE, &alike);
		if (alike < 0.35)
			return i;
		i -= ALIKE;
	}
	return shift >= heard - GIVE_UP ? 0 : i;
}

static struct piece grow(const struct finder *f, const struct known *k, long at, long heard)
{
	const struct clip *c = &f->clips[k->clip - 1];
	long shift = at - k->frame, from = k->frame - SIGNS + 1, n = FITTED;
	double alike, wide;
	double louder = fit(f->tape + from + shift, c->at + from, SIGNS, &alike);
	if (from + n < c->n && from + shift + n < f->n) {
		double finer = fit(f->tape + from + shift, c->at + from, n, &wide);
		louder = wide >= 0.9999 ? finer : louder;
	}
	struct piece p = { .clip = k->clip - 1 };
	long end = same_until(f, c, shift, louder, k->frame, 1) + 1;
	long first = same_until(f, c, shift, louder, k->frame, -1);
	bool follows = first + shift <= heard + GIVE_UP;
	p.first = follows ? first : alike_from(f, c, shift, first, heard);
	p.end = end - first >= SIGNS ? end : p.first; /* else no more than alike */
	p.tape = p.first + shift;
	return p;
}

/* When that frame of the tape was heard. */
static long long instant(const struct finder *f, long frame)
{
	char path[256], kind[16], rest[64];
	long long ns, at, found = NEVER_HEARD;
	snprintf(path, sizeof path, "%s/log", f->dir);
	FILE *log = fopen(path, "r");
	if (!log)
		die("cannot be read", path);
	while (fscanf(log, "%15s %lld %lld %63s", kind, &ns, &at, rest) == 4)
		if (!strcmp(kind, "start") && at <= frame)
			found = ns + (long long)((double)(frame - at) * 1e9 / atof(rest));
	fclose(log);
	return found;
}

/* It ends where the next begins, though a frame behind that may be the same by chance. */
static void tell(const struct finder *f, const struct piece *p, long next)
{
	long most = p->first + next - p->tape, end = p->end < most ? p->end : most;
	printf("%s %ld %ld %ld %lld\n", f->clips[p->clip].name, p->first, end, p->tape, instant(f, p->tape));
}

static bool goes_on(const struct piece *a, const struct piece *b)
{
	return a->end && a->clip == b->clip && a->tape - a->first == b->tape - b->first && b->first <= a->end + FITTED;
}

static void find(const struct finder *f)
{
	uint64_t signs = 0;
	long known_until = 0, heard = 0; /* heard: where the piece before `last` ended */
	struct piece last = { 0 };
	for (long i = 1; i < f->n; i++) {
		signs = next_signs(signs, f->tape, i);
		const struct known *k = i >= known_until && i >= SIGNS && chosen(signs) ? look_up(f, signs) : NULL;
		if (!k)
			continue;
		struct piece p = grow(f, k, i, k->clip - 1 == last.clip && last.end ? heard : known_until);
		if (p.end == p.first)
			continue;
		if (goes_on(&last, &p)) {
			last.end = p.end;
		} else {
			if (last.end && last.end == f->clips[last.clip].n && p.tape < known_until) {
				p.first += known_until - p.tape; /* the same by chance: that one was heard to its end */
				p.tape = known_until;
			}
			if (last.end)
				tell(f, &last, p.tape);
			heard = known_until;
			last = p;
		}
		known_until = p.tape + p.end - p.first;
	}
	if (last.end)
		tell(f, &last, f->n);
}

static char *base_of(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = strdup(slash ? slash + 1 : path), *dot = strrchr(name, '.');
	if (dot)
		*dot = '\0';
	return name;
}

int main(int argc, char **argv)
{
	if (argc >= 5 && !strcmp(argv[1], "make"))
		return make(argv[2], strtoull(argv[3], NULL, 10), atol(argv[4]), argc > 5 ? (uint32_t)atol(argv[5]) : 48000);
	if (argc < 6 || strcmp(argv[1], "find")) {
		fprintf(stderr, "usage: clips make FILE.wav SEED MS [RATE] | find DIR CHANNELS CHANNEL FILE.wav…\n");
		return 2;
	}
	char path[256];
	struct finder f = { .dir = argv[2], .n_clips = argc - 5 };
	f.clips = calloc((size_t)f.n_clips, sizeof *f.clips);
	for (int i = 0; i < f.n_clips; i++) {
		f.clips[i].name = base_of(argv[5 + i]);
		f.clips[i].at = load(argv[5 + i], HEADER, 1, 0, &f.clips[i].n);
	}
	snprintf(path, sizeof path, "%s/tape", f.dir);
	f.tape = load(path, 0, atol(argv[3]), atol(argv[4]) - 1, &f.n);
	learn(&f);
	find(&f);
	for (int i = 0; i < f.n_clips; i++)
		free(f.clips[i].name), free(f.clips[i].at);
	free(f.clips), free(f.tape), free(f.table);
	return 0;
}
