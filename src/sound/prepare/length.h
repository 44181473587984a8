/* How long a recording ought to be, counted in its container without any decoder: decoders stop early and report
 * success (an MP3 without a Xing header, a damaged FLAC, a cut Ogg), so their word alone is not enough.
 * Also says which part of the file is sound and what the decoder needs to be told. */
#ifndef LOAXA_SOUND_PREPARE_LENGTH_H
#define LOAXA_SOUND_PREPARE_LENGTH_H

#include "sound/why.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct bytes;

enum container {
	CONTAINER_UNKNOWN, /* no sound that we know */
	CONTAINER_WAV,
	CONTAINER_FLAC,
	CONTAINER_OGG,
	CONTAINER_MP3,
	CONTAINER_FOREIGN /* m4a, aac, amr, wma, webm …: for ffmpeg */
};

#define LENGTH_PREFIX_BYTES 1024

struct length {
	enum container kind;
	int64_t start, end; /* bytes of the file that the decoder gets */
	int rate;           /* of `frames`; 0 = not known */
	int64_t frames;     /* that a whole decoding gives; -1 = the container does not say */
	int64_t slack;      /* frames that it may honestly be off */
	bool opus;
	/* FLAC: of the samples, when the encoder wrote it */
	bool has_md5;
	uint8_t md5[16];
	int bits;
	bool tail_missing; /* the file does not end with a whole frame */
	/* MP3: put before the bytes, so that the decoder knows the length (a Xing frame of our own making) */
	uint8_t prefix[LENGTH_PREFIX_BYTES];
	size_t prefix_bytes;
};

/* False with *why when the walk alone shows that the file is cut or damaged. */
bool length_of(struct bytes *, struct length *, struct why_facts *why);

/* One walk a container; each is given a file that has its mark, and start and end already set. */
bool length_wav(struct bytes *, struct length *, struct why_facts *);
bool length_flac(struct bytes *, struct length *, struct why_facts *);
bool length_ogg(struct bytes *, struct length *, struct why_facts *);
bool length_mp3(struct bytes *, struct length *, struct why_facts *);
bool length_mp4(struct bytes *, struct length *, struct why_facts *);
bool length_amr(struct bytes *, struct length *, struct why_facts *);
bool length_adts(struct bytes *, struct length *, struct why_facts *);
/* So many MPEG audio frames stand there, one after the other (fewer where the file ends). */
bool length_mp3_frames_at(struct bytes *, int64_t at, int frames);

/* False, with WHY_CUT or WHY_DAMAGED at that many frames. */
bool length_cut(struct why_facts *, int64_t frames, int64_t whole, int rate);
bool length_damaged(struct why_facts *, int64_t frames, int rate);
int64_t length_ms(int64_t frames, int rate); /* 0 for an unknown rate */

#endif
