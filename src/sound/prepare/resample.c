#include "sound/prepare/resample.h"

#include "base/mem.h"

#include <errno.h>
#include <soxr.h>
#include <string.h>

enum { IN = 4096, OUT = 1 << 16 };

int64_t resample_frames(int64_t frames, int from, int to)
{
	return (frames / from) * to + ((frames % from) * to * 2 + from) / (2 * (int64_t)from);
}

/* What the resampler gives too much is left out, what it gives too little is silence: never more than a frame or two
 * at the very end, and the count is then the same on every machine. */
static bool add_up_to(struct spool *out, const float *samples, int64_t n, int64_t most)
{
	int64_t room = most - spool_length(out);
	return spool_add(out, samples, n < room ? n : room);
}

static bool fill_up(struct spool *out, int64_t frames)
{
	static const float silence[256];
	while (spool_length(out) < frames)
		if (!add_up_to(out, silence, 256, frames))
			return false;
	return true;
}

static bool run(soxr_t soxr, const struct spool *in, struct spool *out, int64_t frames)
{
	float *from = mem_new_n(float, IN), *to = mem_new_n(float, OUT);
	bool fine = true, ended = false;
	for (int64_t at = 0; fine;) {
		int64_t n = ended ? 0 : spool_read(in, at, from, IN);
		size_t used = 0, made = 0;
		if (n < 0 || soxr_process(soxr, n ? from : NULL, (size_t)n, &used, to, OUT, &made)) {
			fine = false;
			break;
		}
		at += (int64_t)used;
		/* once it was told of the end, feeding it again would crash it (libsoxr 0.1.3) */
		ended = ended || n == 0;
		fine = add_up_to(out, to, (int64_t)made, frames);
		if (ended && made == 0)
			break;
	}
	mem_free(from);
	mem_free(to);
	return fine && fill_up(out, frames);
}

bool resample(const struct spool *in, int from, struct spool *out, int to)
{
	soxr_quality_spec_t quality = soxr_quality_spec(SOXR_HQ, 0);
	soxr_error_t error = NULL;
	spool_empty(out);
	soxr_t soxr = soxr_create(from, to, 1, &error, NULL, &quality, NULL);
	if (!soxr) {
		errno = ENOMEM;
		return false;
	}
	bool fine = run(soxr, in, out, resample_frames(spool_length(in), from, to));
	soxr_delete(soxr);
	return fine;
}
