#include "sound/prepare/level.h"

#include "base/mem.h"
#include "sound/prepare/limiter.h"
#include "sound/prepare/loudness.h"

#include <errno.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

enum {
	TARGET = -16000,       /* 1/1000 LUFS */
	PEAK = -1000,          /* 1/1000 dBTP */
	GAIN_MAX = 30000,      /* 1/1000 dB */
	LIMITING_MAX = 12000,  /* 1/1000 dB */
	LIMITED_ABOVE = 6000,  /* 1/1000 dB: worth a warning */
	CLOSE_ENOUGH = 100,    /* 1/1000 LU */
	ROUNDS = 10,
	CHUNK = 4096 /* samples; a multiple of LIMITER_STEP */
};
_Static_assert(CHUNK % LIMITER_STEP == 0, "the limiter takes whole steps");

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
	struct loudness *l = loudness_new(rate, false);
	bool fine = l != NULL;
	for (int64_t at = 0, n; fine && (n = spool_read(in, at, buf, CHUNK)) != 0; at += n) {
		fine = n > 0 && loudness_add(l, buf, (size_t)n);
		for (int64_t i = 0; fine && i < n; i++)
			peak = fabsf(buf[i]) > peak ? fabsf(buf[i]) : peak;
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
	return least(GAIN_MAX, LIMITING_MAX + PEAK - m->peak);
}

static int32_t first_gain(const struct measure *m)
{
	if (m->lufs == STORE_NO_LOUDNESS)
		return 0;
	return least(TARGET - m->lufs, most_gain(m));
}

/* Everything one pass over the tape needs; made once, used for each round. */
struct pass {
	const struct spool *in;
	int rate, fd;
	float gain;
	struct limiter *limiter;
	struct loudness *loudness;
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
	to_16_bits(p->samples + drop, p->out, (size_t)n);
	for (int64_t i = 0; i < n; i++)
		p->samples[i] = (float)p->out[i] * 0x1p-15f; /* measured as it will be heard */
	if (!loudness_add(p->loudness, p->samples, (size_t)n) || !put(p->fd, p->out, (size_t)n * 2, p->written * 2))
		return false;
	sha256_add(p->sum, p->out, (size_t)n * 2);
	p->written += n;
	return true;
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
		limiter_run(p->limiter, p->samples, CHUNK);
		if (!give(p, CHUNK))
			return false;
	}
	return true;
}

static bool run(const struct spool *in, int rate, int fd, int32_t gain, int32_t ceiling, struct store_facts *f)
{
	struct pass p = { .in = in, .rate = rate, .fd = fd, .gain = amplitude(gain) };
	uint8_t hash[SHA256_BYTES];
	p.limiter = limiter_new(rate, amplitude(ceiling));
	p.loudness = loudness_new(rate, true);
	p.sum = sha256_new();
	p.samples = mem_new_n(float, CHUNK);
	p.out = mem_new_n(int16_t, CHUNK);
	p.skip = (int64_t)limiter_delay(p.limiter);
	bool fine = p.loudness && turn(&p);
	sha256_end(&p.sum, hash);
	if (fine) {
		sha256_hex(hash, f->pcm_sha256);
		f->gain = gain;
		f->lufs = loudness_integrated(p.loudness);
		f->peak = loudness_true_peak(p.loudness);
		f->limiting = -decibels(limiter_lowest(p.limiter));
		f->limited = f->limiting > LIMITED_ABOVE;
	}
	limiter_free(&p.limiter);
	loudness_free(&p.loudness);
	mem_free(p.samples);
	mem_free(p.out);
	return fine;
}

/* True when another round is wanted, with *gain and *ceiling changed. */
static bool better(const struct store_facts *f, const struct measure *m, int32_t *gain, int32_t *ceiling)
{
	if (f->peak != STORE_NO_LOUDNESS && f->peak > PEAK) {
		*ceiling -= f->peak - PEAK + 10;
		return true;
	}
	if (f->limiting == 0 || f->lufs == STORE_NO_LOUDNESS || m->lufs == STORE_NO_LOUDNESS ||
			TARGET - f->lufs <= CLOSE_ENOUGH || *gain >= most_gain(m))
		return false;
	*gain = least(*gain + (TARGET - f->lufs), most_gain(m));
	return true;
}

bool level(const struct spool *in, int rate, int fd, struct store_facts *f)
{
	struct measure m;
	if (!measure(in, rate, &m))
		return false;
	*f = (struct store_facts){ .rate = rate, .frames = spool_length(in), .source_lufs = m.lufs };
	int32_t gain = first_gain(&m), ceiling = PEAK - 50;
	for (int round = 0; round < ROUNDS; round++) {
		if (!run(in, rate, fd, gain, ceiling, f))
			return false;
		if (!better(f, &m, &gain, &ceiling))
			break;
	}
	return true;
}
