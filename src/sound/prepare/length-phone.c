/* What telephones record, and ffmpeg decodes: MPEG-4 boxes, AMR and ADTS frames. */
#include "sound/prepare/bytes.h"
#include "sound/prepare/length.h"

#include <string.h>

/* Duration of the film header, into l->rate (its ticks a second) and l->frames. */
static void film_header(struct bytes *b, struct length *l, int64_t at, int64_t end)
{
	while (at + 8 <= end) {
		const uint8_t *p = bytes_at(b, at, 32);
		if (!p || be32(p) < 8)
			return;
		if (memcmp(p + 4, "mvhd", 4)) {
			at += be32(p);
			continue;
		}
		bool wide = p[8] == 1;
		if (wide && !(p = bytes_at(b, at, 40)))
			return;
		l->rate = (int)(be32(p + (wide ? 28 : 20)) & INT32_MAX);
		l->frames = (int64_t)(wide ? be64(p + 32) & INT64_MAX : be32(p + 24));
		return;
	}
}

bool length_mp4(struct bytes *b, struct length *l, struct why_facts *why)
{
	bool moov = false;
	for (int64_t at = 0; at < b->size;) {
		const uint8_t *p = bytes_at(b, at, 8);
		if (!p)
			break; /* a few bytes of padding */
		int64_t size = be32(p);
		bool is_moov = !memcmp(p + 4, "moov", 4);
		if (size == 1)
			size = (p = bytes_at(b, at, 16)) ? (int64_t)(be64(p + 8) & INT64_MAX) : INT64_MAX;
		if (size == 0)
			size = b->size - at;
		if (size < 8 || size > b->size - at)
			return length_cut(why, 0, 0, 0);
		if (is_moov)
			film_header(b, l, at + 8, at + size);
		moov = moov || is_moov;
		at += size;
	}
	if (l->frames <= 0 || l->rate <= 0) /* written in fragments */
		l->frames = -1, l->rate = 0;
	l->slack = l->rate / 4; /* encoders pad, and edit lists take away, up to some 0.1 s */
	return moov || length_cut(why, 0, 0, 0);
}

bool length_amr(struct bytes *b, struct length *l, struct why_facts *why)
{
	static const uint8_t narrow[16] = { 12, 13, 15, 17, 19, 20, 26, 31, 5 };
	static const uint8_t wide[16] = { 17, 23, 32, 36, 40, 46, 50, 58, 60, 5 };
	const uint8_t *p = bytes_at(b, 0, 9);
	bool wb = p && !memcmp(p, "#!AMR-WB\n", 9);
	int64_t at = wb ? 9 : 6, frames = 0;
	l->rate = wb ? 16000 : 8000;
	for (; at < l->end; frames++) {
		p = bytes_at(b, at, 1);
		at += 1 + (p ? (wb ? wide : narrow)[p[0] >> 3 & 15] : 0);
	}
	l->frames = frames * (l->rate / 50);
	l->slack = l->rate / 50;
	return at == l->end || length_cut(why, l->frames, 0, l->rate);
}

bool length_adts(struct bytes *b, struct length *l, struct why_facts *why)
{
	static const int rates[16] = { 96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025,
		8000, 7350 };
	int64_t at = l->start, blocks = 0;
	const uint8_t *p = bytes_at(b, at, 7);
	l->rate = p ? rates[p[2] >> 2 & 15] : 0;
	while (at < l->end) {
		p = bytes_at(b, at, 7);
		if (!p)
			return length_cut(why, blocks * 1024, 0, l->rate);
		if (p[0] != 0xFF || (p[1] & 0xF6) != 0xF0)
			return length_damaged(why, blocks * 1024, l->rate);
		int64_t n = (p[3] & 3) << 11 | p[4] << 3 | p[5] >> 5;
		if (n < 7)
			return length_damaged(why, blocks * 1024, l->rate);
		at += n;
		blocks += (p[6] & 3) + 1;
	}
	l->frames = blocks * 1024;
	l->slack = 4096; /* priming */
	return at == l->end || length_cut(why, l->frames, 0, l->rate);
}
