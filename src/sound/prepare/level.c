#include "sound/prepare/level.h"

#include "base/mem.h"
#include "sound/prepare/between.h"
#include "sound/prepare/loudness.h"
#include "sound/prepare/peak.h"
#include "sound/prepare/truepeak.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum {
	TARGET = -16000,      /* 1/1000 LUFS */
	PEAK = -1000,         /* 1/1000 dBTP */
	MARGIN = 150,         /* 1/1000 dB below that: meters interpolate in different ways */
	APART = 100,          /* 1/1000 dB: by so much another meter may find more than ours … */
	FAR_APART = 500,      /* … and of spikes and steps, which is what needs much limiting */
	GAIN_MAX = 24000,     /* 1/1000 dB */
	SPEECH = -40000,      /* 1/1000 LUFS: from here up all of it is allowed */
	HISS = -60000,        /* from here down none */
	LIMITING_MAX = 12000, /* 1/1000 dB */
	LIMITED_ABOVE = 6000, /* 1/1000 dB: worth a warning */
	CLOSE_ENOUGH = 100,   /* 1/1000 LU */
	GAIN_LIMIT = 200000,  /* 1/1000 dB: more than any */
	ROUNDS = 12,
	CHUNK = 4096 /* samples; a multiple of TRUEPEAK_STEP */
};
_Static_assert(CHUNK % TRUEPEAK_STEP == 0, "the limiter takes whole steps");

static float amplitude(int32_t milli_db)
{
	return (float)pow(10, milli_db / 20000.0);
}

static int32_t decibels(double a)
{
	return a > 0 ? (int32_t)lround(20000 * log10(a)) : STORE_NO_LOUDNESS;
}

struct measure {
	int32_t lufs, peak; /* peak: of the samples */
};

static bool measure(const struct spool *in, int rate, struct measure *m)
{
	float *buf = mem_new_n(float, CHUNK), peak = 0;
	struct loudness *l = loudness_new(rate);
	bool fine = l != NULL;
	for (int64_t at = 0, n; fine && (n = spool_read(in, at, buf, CHUNK)) != 0; at += n) {
		fine = n > 0 && loudness_add(l, buf, (size_t)n);
		float most = fine ? between_largest(buf, (size_t)n) : 0;
		peak = most > peak ? most : peak;
	}
	if (fine)
		*m = (struct measure){ loudness_integrated(l), decibels(peak) };
	loudness_free(&l);
	mem_free(buf);
	return fine;
}

static int32_t least(int32_t a, int32_t b)
{
	return a < b ? a : b;
}

static int32_t most_gain(const struct measure *m)
{
	int32_t above = m->lufs < HISS ? 0 : least(m->lufs, SPEECH) - HISS;
	int32_t allowed = (int32_t)((int64_t)GAIN_MAX * above / (SPEECH - HISS));
	return least(allowed, LIMITING_MAX + PEAK - m->peak);
}

static int32_t first_gain(const struct measure *m)
{
	if (m->lufs == STORE_NO_LOUDNESS)
		return 0;
	return least(TARGET - m->lufs, most_gain(m));
}

/* One pass over the tape: gain, limiter, 16 bits; written, hashed and measured as it will be heard. */
struct pass {
	const struct spool *in;
	int fd;
	float gain;
	struct truepeak *limiter;
	struct loudness *loudness;
	struct peak *peak;
	struct sha256 *sum;
	float *samples;
	int16_t *out;
	int64_t read, skip, written;
};

static void to_16_bits(const float *in, int16_t *out, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		float v = in[i] * 32768.0f;
		v = v > 32767.0f ? 32767.0f : v < -32767.0f ? -32767.0f : v;
		out[i] = (int16_t)(int32_t)(v + (v < 0 ? -0.5f : 0.5f));
	}
}

static bool put(int fd, const void *data, size_t bytes, int64_t at)
{
	const char *p = data;
	while (bytes && fd >= 0) {
		ssize_t n = pwrite(fd, p, bytes, at);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		p += n;
		at += n;
		bytes -= (size_t)n;
	}
	return true;
}

/* What the limiter gave, without the silence it began with and not beyond the tape's end. */
static bool give(struct pass *p, int64_t n)
{
	int64_t drop = p->skip < n ? p->skip : n, left = spool_length(p->in) - p->written;
	p->skip -= drop;
	n = n - drop < left ? n - drop : left;
	p->written += n;
	to_16_bits(p->samples + drop, p->out, (size_t)n);
	for (int64_t i = 0; i < n; i++)
		p->samples[i] = (float)p->out[i] * 0x1p-15f;
	peak_add(p->peak, p->samples, (size_t)n);
	sha256_add(p->sum, p->out, (size_t)n * 2);
	return loudness_add(p->loudness, p->samples, (size_t)n) &&
	       put(p->fd, p->out, (size_t)n * 2, (p->written - n) * 2);
}

static bool turn(struct pass *p)
{
	while (p->written < spool_length(p->in)) {
		int64_t n = spool_read(p->in, p->read, p->samples, CHUNK);
		if (n < 0)
			return false;
		p->read += n;
		for (int64_t i = 0; i < n; i++)
			p->samples[i] *= p->gain;
		memset(p->samples + n, 0, (size_t)(CHUNK - n) * sizeof *p->samples);
		truepeak_run(p->limiter, p->samples, CHUNK);
		if (!give(p, CHUNK))
			return false;
	}
	return true;
}

struct setting {
	int32_t gain, ceiling; /* 1/1000 dB, dBTP */
};

static void tell(struct pass *p, const struct setting *set, struct store_facts *f)
{
	f->gain = set->gain;
	f->lufs = loudness_integrated(p->loudness);
	f->limiting = -decibels(truepeak_lowest(p->limiter));
	f->limited = f->limiting > LIMITED_ABOVE;
	f->peak = decibels(peak_end(p->peak));
}

static bool run(const struct spool *in, int fd, const struct setting *set, struct store_facts *f)
{
	int rate = f->form.rate;
	struct pass p = { .in = in, .fd = fd, .gain = amplitude(set->gain) };
	uint8_t hash[SHA256_BYTES];
	p.limiter = truepeak_new(rate, amplitude(set->ceiling));
	p.loudness = loudness_new(rate);
	p.peak = peak_new();
	p.sum = sha256_new();
	p.samples = mem_new_n(float, CHUNK);
	p.out = mem_new_n(int16_t, CHUNK);
	p.skip = (int64_t)truepeak_delay(p.limiter);
	bool fine = p.loudness && turn(&p);
	if (fine)
		tell(&p, set, f);
	sha256_end(&p.sum, hash);
	sha256_hex(hash, f->pcm_sha256);
	truepeak_free(&p.limiter);
	loudness_free(&p.loudness);
	peak_free(&p.peak);
	mem_free(p.samples);
	mem_free(p.out);
	return fine;
}

/* How much more gain (or less) the missing loudness asks for: under the limiter a dB more of it gives less than a LU.
 * How much less is learnt from the trial before, and believed within bounds. */
static int32_t more_gain(int32_t lacking, int32_t gained, int32_t louder)
{
	if (gained == 0 || louder == 0)
		return lacking;
	double dearness = (double)gained / louder;
	return (int32_t)lround(lacking * (dearness < 1 ? 1 : dearness > 3 ? 3 : dearness));
}

/* Of the gain that is sought: the highest that was too soft, the lowest that was too loud.  Between them loudness may leap,
 * since what is far below the rest does not count in it. */
struct bounds {
	int32_t soft, loud;
};

/* The gain at which what the limiter took of the loudness is made good; the present one where that is near enough, or
 * no more is allowed. */
static int32_t better_gain(
	const struct store_facts *f, const struct measure *m, const struct store_facts *before, struct bounds *known)
{
	int32_t lacking = f->lufs == STORE_NO_LOUDNESS ? 0 : TARGET - f->lufs;
	if (abs(lacking) <= CLOSE_ENOUGH)
		return f->gain;
	if (lacking > 0)
		known->soft = f->gain;
	else
		known->loud = f->gain;
	int32_t next = least(
		f->gain + more_gain(lacking, f->gain - before->gain, f->lufs - before->lufs), most_gain(m));
	bool believed = next == f->gain || (next > known->soft && next < known->loud);
	return believed ? next : (known->soft + known->loud) / 2;
}

/* False: as it is, it may be heard. */
static bool adjust(struct setting *set, const struct measure *m, const struct store_facts *f,
	const struct store_facts *before, struct bounds *known)
{
	struct setting was = *set;
	int32_t most = PEAK - (f->limited ? FAR_APART : APART);
	if (f->peak != STORE_NO_LOUDNESS && f->peak > most)
		set->ceiling -= f->peak - most + 10;
	else
		set->gain = better_gain(f, m, before, known);
	return set->gain != was.gain || set->ceiling != was.ceiling;
}

bool level(const struct spool *in, struct store_form form, int fd, struct store_facts *f)
{
	struct measure m;
	if (!measure(in, form.rate, &m))
		return false;
	*f = (struct store_facts){ .form = form, .frames = spool_length(in), .source_lufs = m.lufs };
	struct setting set = { .gain = first_gain(&m), .ceiling = PEAK - MARGIN };
	struct bounds known = { -GAIN_LIMIT, GAIN_LIMIT };
	struct store_facts before = { .gain = set.gain };
	for (int round = 0; round < ROUNDS; round++) {
		if (!run(in, fd, &set, f))
			return false;
		if (!adjust(&set, &m, f, &before, &known))
			return true;
		before = *f;
	}
	/* it leaps over the target: rather too soft than too loud */
	set.gain = known.soft > -GAIN_LIMIT ? known.soft : set.gain;
	return run(in, fd, &set, f);
}
