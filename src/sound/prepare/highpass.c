#include "sound/prepare/highpass.h"

#include "base/mem.h"
#include "sound/prepare/spool.h"

#include <complex.h>
#include <math.h>

enum { SECTIONS = 2, CHUNK = 4096 };

/* y = b0 x + b1 x' + b2 x'' - a1 y' - a2 y''; the two memories of the transposed form */
struct section {
	double b0, b1, b2, a1, a2, first, second;
};

struct highpass {
	double rate;
	struct section sections[SECTIONS];
};

/* One pair of the analogue filter's poles through the bilinear transform, its frequency bent beforehand so that the
 * -3 dB point stays where it is asked for. */
static struct section section_of(double bent, double damping)
{
	double a0 = 1 + damping * bent + bent * bent;
	return (struct section){ .b0 = 1 / a0,
		.b1 = -2 / a0,
		.b2 = 1 / a0,
		.a1 = 2 * (bent * bent - 1) / a0,
		.a2 = (1 - damping * bent + bent * bent) / a0 };
}

struct highpass *highpass_new(int rate, int hz)
{
	struct highpass *h = mem_new(struct highpass);
	double bent = tan(M_PI * hz / rate);
	h->rate = rate;
	for (int i = 0; i < SECTIONS; i++)
		h->sections[i] = section_of(bent, 2 * cos(M_PI * (2 * i + 1) / (4.0 * SECTIONS)));
	return h;
}

void highpass_free(struct highpass **h)
{
	mem_free(*h);
	*h = NULL;
}

static void run_section(struct section *s, float *samples, size_t n)
{
	double first = s->first, second = s->second;
	for (size_t i = 0; i < n; i++) {
		double x = samples[i], y = s->b0 * x + first;
		first = s->b1 * x - s->a1 * y + second;
		second = s->b2 * x - s->a2 * y;
		samples[i] = (float)y;
	}
	/* in long silence the memories shrink to numbers that some processors are slow with */
	s->first = fabs(first) < 1e-30 ? 0 : first;
	s->second = fabs(second) < 1e-30 ? 0 : second;
}

void highpass_run(struct highpass *h, float *samples, size_t n)
{
	for (int i = 0; i < SECTIONS; i++)
		run_section(&h->sections[i], samples, n);
}

double highpass_response(const struct highpass *h, double hz)
{
	double complex back = cexp(-2 * M_PI * hz / h->rate * (double complex)I), all = 1;
	for (int i = 0; i < SECTIONS; i++) {
		const struct section *s = &h->sections[i];
		all *= (s->b0 + back * (s->b1 + back * s->b2)) / (1 + back * (s->a1 + back * s->a2));
	}
	return cabs(all);
}

bool highpass_tape(const struct spool *in, struct spool *out, int rate, int hz)
{
	struct highpass *h = highpass_new(rate, hz);
	float *buf = mem_new_n(float, CHUNK);
	int64_t n = 1;
	bool fine = true;
	if (in != out)
		spool_empty(out);
	for (int64_t at = 0; fine && n > 0; at += n) {
		n = spool_read(in, at, buf, CHUNK);
		fine = n >= 0;
		if (n <= 0)
			break;
		highpass_run(h, buf, (size_t)n);
		fine = spool_write(out, at, buf, n);
	}
	mem_free(buf);
	highpass_free(&h);
	return fine;
}
