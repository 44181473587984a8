/* What of a clip was heard: finds a clip's frames in the recording of a card.
 *
 *   heard RECORDING CHANNELS CHANNEL CLIP
 *
 * RECORDING: 16-bit, a WAV file or raw; CHANNEL counts from 0.  CLIP: 16-bit mono as the store keeps it; it must carry
 * noise, so that a few frames tell where in it they stand.  Prints one line for each stretch heard without a gap:
 *
 *   AT FIRST END          frames [FIRST, END) of the clip, from frame AT of the recording on
 *
 * A card may play a little quieter than it was told (QEMU's USB card starts at 240/255): both levels are known.
 * Stretches of less than 5 ms are not told: chance, or a fade. */
#include <errno.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define ANCHOR 12 /* frames that must fit before a place is believed */
#define LOUD 64   /* silence fits everywhere: an anchor has at least one frame louder than this */
#define SHORTEST 240
#define TOLERANCE 2 /* rounding of the card's own volume */

struct sound {
	int16_t *frames;
	long count;
};

static struct sound load(const char *path, int channels, int channel)
{
	struct sound s = { 0 };
	char head[44];
	int16_t block[32];
	FILE *f = fopen(path, "rb");
	if (!f) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		exit(2);
	}
	if (fread(head, 1, sizeof head, f) != sizeof head || memcmp(head, "RIFF", 4) != 0)
		rewind(f);
	fseek(f, 0, SEEK_CUR);
	for (long room = 0; fread(block, sizeof *block, (size_t)channels, f) == (size_t)channels; s.count++) {
		if (s.count == room) {
			room = room ? 2 * room : 1 << 20;
			s.frames = realloc(s.frames, (size_t)room * sizeof *s.frames);
			if (!s.frames)
				abort();
		}
		s.frames[s.count] = block[channel];
	}
	fclose(f);
	return s;
}

static bool fits(int recorded, int clip)
{
	int quieter = clip * 240 / 255;
	return abs(recorded - clip) <= TOLERANCE || abs(recorded - quieter) <= TOLERANCE;
}

/* How many frames fit on from there, at most that many. */
static long fitting(const struct sound *r, long at, const struct sound *c, long from, long most)
{
	long n = 0;
	while (n < most && at + n < r->count && from + n < c->count && fits(r->frames[at + n], c->frames[from + n]))
		n++;
	return n;
}

static bool loud(const struct sound *r, long at)
{
	for (long i = at; i < at + ANCHOR && i < r->count; i++)
		if (abs(r->frames[i]) > LOUD)
			return true;
	return false;
}

/* Where in the clip that frame of the recording stands; -1: nowhere.  Looks first where it would go on. */
static long place(const struct sound *r, long at, const struct sound *c, long guess)
{
	if (!loud(r, at))
		return -1;
	if (guess >= 0 && fitting(r, at, c, guess, ANCHOR) == ANCHOR)
		return guess;
	for (long from = 0; from + ANCHOR <= c->count; from++)
		if (fitting(r, at, c, from, ANCHOR) == ANCHOR)
			return from;
	return -1;
}

int main(int argc, char **argv)
{
	if (argc != 5) {
		fprintf(stderr, "usage: heard RECORDING CHANNELS CHANNEL CLIP\n");
		return 2;
	}
	int channels = atoi(argv[2]), channel = atoi(argv[3]);
	if (channels < 1 || channels > 32 || channel < 0 || channel >= channels)
		return 2;
	struct sound r = load(argv[1], channels, channel), c = load(argv[4], 1, 0);
	long told = 0, guess = -1; /* nothing before `told` belongs to a further stretch */
	for (long at = 0; at < r.count;) {
		long from = place(&r, at, &c, guess);
		if (from < 0) {
			at += ANCHOR;
			continue;
		}
		while (at > told && from > 0 && fits(r.frames[at - 1], c.frames[from - 1]))
			at--, from--;
		long n = fitting(&r, at, &c, from, c.count);
		if (n >= SHORTEST)
			printf("%ld %ld %ld\n", at, from, from + n);
		told = at += n;
		guess = from + n;
	}
	free(r.frames);
	free(c.frames);
	return 0;
}
