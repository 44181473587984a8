/* The level follows the samples up within 2 ms and down within 60 ms; the curve is the one that the samples in audio/ are
 * made with. */
#include "sound/prepare/even.h"

#include "base/mem.h"

#include <math.h>
#include <string.h>

enum { CHUNK = 4096 };

#define UP_S 0.002
#define DOWN_S 0.060
#define AHEAD_S 0.003
#define PEAK 0.794328f /* -2 dBFS */

static const struct {
	double in, out;
} curve[] = { { -50, -50 }, { -28, -16 }, { -12, -8 }, { 0, -6 } };

double even_curve(double db)
{
	enum { N = sizeof curve / sizeof *curve };
	if (db <= curve[0].in)
		return db;
	for (int i = 1; i < N; i++)
		if (db <= curve[i].in)
			return curve[i - 1].out + (db - curve[i - 1].in) * (curve[i].out - curve[i - 1].out) /
							  (curve[i].in - curve[i - 1].in);
	return curve[N - 1].out;
}

struct follower {
	double level, up, down;
	float peak; /* of what came out */
};

static double follow(struct follower *f, float sample)
{
	double a = fabsf(sample);
	f->level += (a - f->level) * (a > f->level ? f->up : f->down);
	return f->level > 1e-6 ? 20 * log10(f->level) : -120;
}

/* ahead: what comes AHEAD_S later, so that the gain is down when a peak arrives. */
static void compress(struct follower *f, float *s, const float *ahead, int64_t n)
{
	for (int64_t i = 0; i < n; i++) {
		double db = follow(f, ahead[i]);
		s[i] *= (float)pow(10, (even_curve(db) - db) / 20);
		f->peak = fabsf(s[i]) > f->peak ? fabsf(s[i]) : f->peak;
	}
}

static bool first_pass(struct follower *f, struct spool *tape, int64_t lead)
{
	float *buf = mem_new_n(float, CHUNK), *ahead = mem_new_n(float, CHUNK);
	int64_t n = spool_read(tape, 0, ahead, lead);
	bool fine = n >= 0;
	for (int64_t i = 0; i < n; i++)
		follow(f, ahead[i]);
	for (int64_t at = 0; fine && (n = spool_read(tape, at, buf, CHUNK)) != 0; at += n) {
		int64_t got = spool_read(tape, at + lead, ahead, CHUNK);
		fine = n > 0 && got >= 0;
		if (!fine)
			break;
		memset(ahead + got, 0, (size_t)(CHUNK - got) * sizeof *ahead);
		compress(f, buf, ahead, n);
		fine = spool_write(tape, at, buf, n);
	}
	mem_free(buf);
	mem_free(ahead);
	return fine;
}

static void scale(float *s, int64_t n, float by)
{
	for (int64_t i = 0; i < n; i++)
		s[i] *= by;
}

bool even_tape(struct spool *tape, int rate)
{
	struct follower f = { 0, 1 - exp(-1 / (UP_S * rate)), 1 - exp(-1 / (DOWN_S * rate)), 0 };
	int64_t lead = (int64_t)(AHEAD_S * rate);
	if (!first_pass(&f, tape, lead < CHUNK ? lead : CHUNK))
		return false;
	float *buf = mem_new_n(float, CHUNK);
	bool fine = true;
	for (int64_t at = 0, n; fine && f.peak > 0 && (n = spool_read(tape, at, buf, CHUNK)) != 0; at += n) {
		if (n > 0)
			scale(buf, n, PEAK / f.peak);
		fine = n > 0 && spool_write(tape, at, buf, n);
	}
	mem_free(buf);
	return fine;
}
