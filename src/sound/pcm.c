#include "sound/pcm.h"

#include "base/mem.h"
#include "base/vec.h"
#include "schedule/station.h"
#include "sound/frames.h"
#include "sound/store.h"

#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <string.h>
#include <unistd.h>

#define BEEP_HZ 880.0
#define BEEP_MS 200
#define BEEP_LEVEL 3277.0 /* -20 dBFS */

struct part {
	char *path; /* NULL: the beep of a relay */
	int rate;   /* of the beep */
	int64_t first, frames;
};

struct pcm {
	VEC(struct part) parts;
	size_t open; /* which part fd belongs to */
	int fd;      /* -1 = none */
	const char *broken;
	bool gone;
};

struct pcm *pcm_new(void)
{
	struct pcm *p = mem_new(struct pcm);
	p->fd = -1;
	return p;
}

static void close_part(struct pcm *p)
{
	if (p->fd >= 0)
		close(p->fd);
	p->fd = -1;
}

void pcm_free(struct pcm **p)
{
	if (!*p)
		return;
	close_part(*p);
	for (size_t i = 0; i < (*p)->parts.n; i++)
		mem_free((*p)->parts.at[i].path);
	vec_free(&(*p)->parts);
	mem_free(*p);
	*p = NULL;
}

int64_t pcm_frames(const struct pcm *p)
{
	if (!p->parts.n)
		return 0;
	const struct part *last = &p->parts.at[p->parts.n - 1];
	return last->first + last->frames;
}

void pcm_add_file(struct pcm *p, char *path, int64_t frames)
{
	struct part part = { .path = path, .first = pcm_frames(p), .frames = frames };
	vec_push(&p->parts, part);
}

void pcm_add_beep(struct pcm *p, int rate, int64_t frames)
{
	struct part part = { .rate = rate, .first = pcm_frames(p), .frames = frames };
	vec_push(&p->parts, part);
}

struct pcm *pcm_of_bulletin(const struct bulletin *b, struct store *store, int output, const struct store_form *form)
{
	struct pcm *p = pcm_new();
	if (b->relay.source)
		pcm_add_beep(p, form->rate, frames_by(form->rate, b->relay.ms * US_PER_MS));
	for (size_t i = 0; i < b->audio.n; i++) {
		const struct recording *r = &b->audio.at[i];
		pcm_add_file(p, store_pcm_path(store, r->sha256, *form), r->frames[output]);
	}
	return p;
}

static void read_beep(const struct part *part, int64_t frame, int16_t *out, size_t n)
{
	int64_t beep = frames_in_ms(part->rate, BEEP_MS);
	for (size_t i = 0; i < n; i++, frame++) {
		/* Rises and falls over the whole of it: a beep without clicks. */
		double swell = frame < beep ? sin(M_PI * (double)frame / (double)beep) : 0;
		out[i] = swell > 0
				 ? (int16_t)(BEEP_LEVEL * swell * sin(2 * M_PI * BEEP_HZ * (double)frame / part->rate))
				 : 0;
	}
}

static bool open_part(struct pcm *p, size_t i)
{
	if (p->fd >= 0 && p->open == i)
		return true;
	close_part(p);
	p->open = i;
	p->fd = open(p->parts.at[i].path, O_RDONLY | O_CLOEXEC);
	return p->fd >= 0;
}

static size_t read_file(struct pcm *p, size_t i, int64_t frame, int16_t *out, size_t n)
{
	size_t got = 0, want = n * sizeof *out;
	bool there = open_part(p, i);
	int failed = there ? 0 : errno;
	while (there && got < want) {
		off_t at = (off_t)frame * (off_t)sizeof *out + (off_t)got;
		ssize_t r = pread(p->fd, (char *)out + got, want - got, at);
		if (r < 0 && errno == EINTR)
			continue;
		if (r <= 0)
			break;
		got += (size_t)r;
	}
	if (got < want) {
		p->broken = p->parts.at[i].path;
		p->gone = failed == ENOENT || failed == ENOTDIR;
	}
	return got / sizeof *out;
}

/* Which part a frame of the whole lies in; the number of parts when behind the end. */
static size_t part_of(const struct pcm *p, int64_t frame)
{
	size_t i = p->fd >= 0 && p->parts.at[p->open].first <= frame ? p->open : 0;
	while (i < p->parts.n && frame >= p->parts.at[i].first + p->parts.at[i].frames)
		i++;
	return i;
}

int64_t pcm_silence(const struct pcm *p, int64_t frame)
{
	size_t i = part_of(p, frame);
	if (i == p->parts.n || p->parts.at[i].path)
		return 0;
	const struct part *part = &p->parts.at[i];
	bool behind_beep = frame - part->first >= frames_in_ms(part->rate, BEEP_MS);
	return behind_beep ? part->first + part->frames - frame : 0;
}

size_t pcm_read(struct pcm *p, int64_t frame, int16_t *out, size_t n)
{
	size_t done = 0;
	while (done < n && !p->broken) {
		size_t i = part_of(p, frame + (int64_t)done);
		if (i == p->parts.n)
			break;
		const struct part *part = &p->parts.at[i];
		int64_t at = frame + (int64_t)done - part->first;
		size_t want = (uint64_t)(part->frames - at) < n - done ? (size_t)(part->frames - at) : n - done;
		if (part->path)
			want = read_file(p, i, at, out + done, want);
		else
			read_beep(part, at, out + done, want);
		done += want;
	}
	return done;
}

const char *pcm_broken(const struct pcm *p)
{
	return p->broken;
}

bool pcm_broken_gone(const struct pcm *p)
{
	return p->broken && p->gone;
}
