#include "sound/prepare/job.h"

#include "base/mem.h"
#include "sound/prepare/cage.h"
#include "sound/prepare/even.h"
#include "sound/prepare/examine.h"
#include "sound/prepare/highpass.h"
#include "sound/prepare/level.h"
#include "sound/prepare/resample.h"
#include "sound/prepare/decoder.h"
#include "sound/prepare/ffmpeg.h"

#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void hash_source(struct job *j, struct job_hash *h)
{
	enum { CHUNK = 1 << 16 };
	char *buf = mem_zero(CHUNK);
	uint8_t hash[SHA256_BYTES];
	struct sha256 *sum = sha256_new();
	int64_t at = 0;
	ssize_t n;
	while ((n = pread(j->fd, buf, CHUNK, at)) > 0 || (n < 0 && errno == EINTR)) {
		if (n < 0)
			continue;
		sha256_add(sum, buf, (size_t)n);
		beat_count(j->beat);
		at += n;
	}
	h->error = n < 0 ? errno : 0;
	sha256_end(&sum, hash);
	sha256_hex(hash, h->sha256);
	mem_free(buf);
}

static bool tell(const struct job *j, const void *what, size_t bytes)
{
	ssize_t n;
	do
		n = write(j->tell, what, bytes);
	while (n < 0 && errno == EINTR);
	return n == (ssize_t)bytes;
}

static bool may_go_on(const struct job *j)
{
	char word = 0;
	ssize_t n;
	do
		n = read(j->answer, &word, 1);
	while (n < 0 && errno == EINTR);
	return n == 1 && word == 'y';
}

static void no_room(struct why_facts *why)
{
	*why = (struct why_facts){ WHY_NO_ROOM, errno, 0 };
}

/* The recording at the form's rate and behind its high-pass: the tape itself, or made on the other; NULL with errno. */
static const struct spool *formed(const struct spool *tape, int rate, struct spool *other, struct store_form f)
{
	const struct spool *at_rate = rate == f.rate ? tape : other;
	if (rate != f.rate && !resample(tape, rate, other, f.rate))
		return NULL;
	if (!f.high_pass)
		return at_rate;
	return highpass_tape(at_rate, other, f.rate, f.high_pass) ? other : NULL;
}

static void level_all(struct job *j, const struct spool *tape, int rate, struct spool *other, struct job_result *r)
{
	for (int i = 0; i < j->forms_n && r->why.code == WHY_NONE; i++) {
		const struct spool *from = formed(tape, rate, other, j->forms[i]);
		if (from && spool_length(from) == 0)
			r->why.code = WHY_NO_FRAMES; /* a sample or two at a higher rate */
		else if (!from || !level(from, j->forms[i], j->out[i], &r->facts[i]))
			no_room(&r->why);
	}
}

static void examine(struct job *j, const struct decoder *decoder, struct spool *tape, struct job_result *r)
{
	struct look *l = &r->look;
	l->kind = decoder_kind(decoder);
	l->rate = decoder_rate(decoder);
	l->channels = decoder_channels(decoder);
	if ((j->look.even && !even_tape(tape, l->rate)) || !examine_tape(tape, l)) {
		no_room(&r->why);
		return;
	}
	bool cut = j->look.trim && examine_trims(l);
	if ((cut || j->look.even || l->kind == LOOK_OTHER) && !examine_flac(tape, j->look.flac, cut, l))
		no_room(&r->why);
}

/* The file that was decoded must be the file that was hashed. */
static bool changed(int fd, const struct stat *before)
{
	struct stat now;
	return fstat(fd, &now) || now.st_size != before->st_size || now.st_mtim.tv_sec != before->st_mtim.tv_sec ||
	       now.st_mtim.tv_nsec != before->st_mtim.tv_nsec;
}

/* libmpg123 goes on after damage, and only says so. */
static bool complained(const struct job *j)
{
	char said[4096];
	ssize_t n = read(j->words, said, sizeof said);
	return n > 0 && memmem(said, (size_t)n, "error:", 6);
}

static bool decode_whole(struct job *j, struct decoder *decoder, struct spool *tape, struct why_facts *why)
{
	if (!decoder_decode(decoder, tape, why))
		return false;
	if (!complained(j))
		return true;
	*why = (struct why_facts){ WHY_DAMAGED, 0, 0 };
	return false;
}

static void decode(struct job *j, const struct stat *before, struct job_result *r)
{
	char program[PATH_MAX];
	bool found = ffmpeg_find(program, sizeof program);
	struct spool *tape = spool_new(j->work_dir, j->beat), *other = spool_new(j->work_dir, j->beat);
	struct decoder *decoder = NULL;
	cage_enter(j->fd, found ? program : NULL);
	if (!tape || !other) {
		no_room(&r->why);
	} else if ((decoder = decoder_open(j->fd, j->beat, &r->why))) {
		cage_close(decoder_helper(decoder));
		bool whole = decode_whole(j, decoder, tape, &r->why);
		if (whole && j->look.wanted)
			examine(j, decoder, tape, r);
		else if (whole)
			level_all(j, tape, decoder_rate(decoder), other, r);
	}
	if (changed(j->fd, before))
		r->why = (struct why_facts){ WHY_CHANGED, 0, 0 };
	decoder_free(&decoder);
	spool_free(&tape);
	spool_free(&other);
}

_Noreturn void job_run(struct job *j)
{
	struct job_hash h = { .error = 0 };
	struct job_result r = { .why = { WHY_NONE, 0, 0 } };
	struct stat before;
	if (fstat(j->fd, &before))
		h.error = errno;
	else if (j->sha256[0])
		memcpy(h.sha256, j->sha256, sizeof h.sha256);
	else
		hash_source(j, &h);
	if (!tell(j, &h, sizeof h) || h.error || !may_go_on(j))
		_exit(0);
	decode(j, &before, &r);
	tell(j, &r, sizeof r);
	_exit(0);
}
