#include "sound/prepare/length.h"

#include "sound/prepare/bytes.h"

#include <string.h>

int64_t length_ms(int64_t frames, int rate)
{
	return rate > 0 && frames > 0 ? frames / rate * 1000 + frames % rate * 1000 / rate : 0;
}

bool length_cut(struct why_facts *why, int64_t frames, int64_t whole, int rate)
{
	*why = (struct why_facts){ WHY_CUT, length_ms(frames, rate), length_ms(whole, rate) };
	return false;
}

bool length_damaged(struct why_facts *why, int64_t frames, int rate)
{
	*why = (struct why_facts){ WHY_DAMAGED, length_ms(frames, rate), 0 };
	return false;
}

static bool marked(struct bytes *b, int64_t at, const char *mark, size_t n)
{
	const uint8_t *p = bytes_at(b, at, n);
	return p && !memcmp(p, mark, n);
}

/* Tags that players put before and after the sound of MP3, FLAC and AAC files. */
static void skip_tags(struct bytes *b, struct length *l)
{
	while (marked(b, l->start, "ID3", 3)) {
		const uint8_t *p = bytes_at(b, l->start, 10);
		if (!p)
			break;
		int64_t n = (int64_t)(p[6] & 127) << 21 | (p[7] & 127) << 14 | (p[8] & 127) << 7 | (p[9] & 127);
		l->start += 10 + n + (p[5] & 0x10 ? 10 : 0);
	}
	if (l->start < l->end - 128 && marked(b, l->end - 128, "TAG", 3))
		l->end -= 128;
	if (l->start < l->end - 32 && marked(b, l->end - 32, "APETAGEX", 8)) {
		const uint8_t *p = bytes_at(b, l->end - 32, 32);
		int64_t n = le32(p + 12) + (le32(p + 20) & 0x80000000u ? 32 : 0);
		if (n >= 32 && n <= l->end - l->start)
			l->end -= n;
	}
}

/* Rubbish before the first frame is common in recordings from the air.  Two frames in a row are no accident where the
 * file begins; further in, any file may hold something that looks like two. */
static bool find_mp3(struct bytes *b, struct length *l)
{
	int64_t first = l->start;
	for (int64_t at = first; at < first + BYTES_WINDOW / 2 && at < l->end; at++) {
		if (!length_mp3_frames_at(b, at, at == first ? 2 : 6))
			continue;
		l->start = at;
		return true;
	}
	return false;
}

static bool is_adts(struct bytes *b, const struct length *l)
{
	const uint8_t *p = bytes_at(b, l->start, 7);
	return p && p[0] == 0xFF && (p[1] & 0xF6) == 0xF0;
}

static bool is_foreign(struct bytes *b)
{
	return marked(b, 0, "\x30\x26\xB2\x75", 4) || marked(b, 0, "\x1A\x45\xDF\xA3", 4);
}

bool length_of(struct bytes *b, struct length *l, struct why_facts *why)
{
	*l = (struct length){ .end = b->size, .frames = -1 };
	l->kind = CONTAINER_FOREIGN;
	if (marked(b, 4, "ftyp", 4))
		return length_mp4(b, l, why);
	if (marked(b, 0, "#!AMR", 5))
		return length_amr(b, l, why);
	if (is_foreign(b))
		return true;
	l->kind = CONTAINER_WAV;
	if ((marked(b, 0, "RIFF", 4) || marked(b, 0, "RF64", 4)) && marked(b, 8, "WAVE", 4))
		return length_wav(b, l, why);
	l->kind = CONTAINER_OGG;
	if (marked(b, 0, "OggS", 4))
		return length_ogg(b, l, why);
	skip_tags(b, l);
	l->kind = CONTAINER_FLAC;
	if (marked(b, l->start, "fLaC", 4))
		return length_flac(b, l, why);
	l->kind = CONTAINER_FOREIGN;
	if (is_adts(b, l))
		return length_adts(b, l, why);
	l->kind = CONTAINER_MP3;
	if (find_mp3(b, l))
		return length_mp3(b, l, why);
	l->kind = CONTAINER_UNKNOWN;
	return true;
}
