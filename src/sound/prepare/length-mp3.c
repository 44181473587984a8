/* MPEG audio: a walk from frame to frame.  The walk's count is the truth; a Xing or LAME header is believed only as
 * far as it agrees.  Where there is none, one is made (libsndfile 1.2.0 takes its length from an estimate otherwise and
 * stops there, with success). */
#include "sound/prepare/bytes.h"
#include "sound/prepare/length.h"

#include <string.h>

struct mpeg {
	int version; /* 1, 2, 25 */
	int layer;   /* 2, 3; nobody records in layer 1, and tables of programs look like it */
	int rate, samples;
	bool mono, has_crc;
	size_t bytes;
};

static int bitrate_of(int version, int layer, unsigned index)
{
	static const short rates[3][16] = {
		{ 0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384 },
		{ 0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320 },
		{ 0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160 },
	};
	return rates[version == 1 ? layer - 2 : 2][index];
}

static bool parse(const uint8_t *p, struct mpeg *m)
{
	static const int versions[4] = { 25, 0, 2, 1 }, rates[3] = { 44100, 48000, 32000 };
	if (p[0] != 0xFF || (p[1] & 0xE0) != 0xE0)
		return false;
	m->version = versions[p[1] >> 3 & 3];
	m->layer = 4 - (p[1] >> 1 & 3);
	if (!m->version || m->layer == 4 || m->layer == 1 || (p[2] >> 2 & 3) == 3)
		return false;
	m->rate = rates[p[2] >> 2 & 3] / (m->version == 1 ? 1 : m->version == 2 ? 2 : 4);
	m->mono = p[3] >> 6 == 3;
	m->has_crc = !(p[1] & 1);
	int bitrate = bitrate_of(m->version, m->layer, p[2] >> 4) * 1000, padding = p[2] >> 1 & 1;
	m->samples = m->layer == 3 && m->version != 1 ? 576 : 1152;
	m->bytes = (size_t)(m->samples / 8 * bitrate / m->rate + padding);
	return bitrate > 0;
}

static bool frame_at(struct bytes *b, int64_t at, struct mpeg *m)
{
	const uint8_t *p = bytes_at(b, at, 4);
	return p && parse(p, m);
}

static bool alike(const struct mpeg *a, const struct mpeg *b)
{
	return a->version == b->version && a->layer == b->layer && a->rate == b->rate;
}

bool length_mp3_frames_at(struct bytes *b, int64_t at, int frames)
{
	struct mpeg first, next;
	if (!frame_at(b, at, &first))
		return false;
	at += (int64_t)first.bytes;
	for (int i = 1; i < frames && at < b->size; i++, at += (int64_t)next.bytes)
		if (!frame_at(b, at, &next) || !alike(&first, &next))
			return false;
	return true;
}

struct info {
	bool there;
	int64_t frames;     /* -1 = it does not say */
	int delay, padding; /* of LAME; 0 = not said */
	bool xing;
};

static size_t side_info(const struct mpeg *m)
{
	return m->version == 1 ? (m->mono ? 17 : 32) : (m->mono ? 9 : 17);
}

/* The header that encoders hide in a first frame without sound. */
static struct info read_info(struct bytes *b, int64_t at, const struct mpeg *m)
{
	struct info info = { .frames = -1 };
	const uint8_t *p = m->layer == 3 ? bytes_at(b, at, m->bytes) : NULL;
	size_t tag = 4 + side_info(m);
	if (!p)
		return info;
	if (m->bytes >= 36 + 18 && !memcmp(p + 36, "VBRI", 4))
		return (struct info){ .there = true, .frames = be32(p + 36 + 14) };
	if (m->bytes < tag + 12 || (memcmp(p + tag, "Xing", 4) && memcmp(p + tag, "Info", 4)))
		return info;
	uint32_t flags = be32(p + tag + 4);
	info.there = info.xing = true;
	if (flags & 1)
		info.frames = be32(p + tag + 8);
	size_t lame = tag + 8 + (flags & 1 ? 4 : 0) + (flags & 2 ? 4 : 0) + (flags & 4 ? 100 : 0) + (flags & 8 ? 4 : 0);
	if (m->bytes < lame + 24 ||
		(memcmp(p + lame, "LAME", 4) && memcmp(p + lame, "Lavc", 4) && memcmp(p + lame, "Lavf", 4)))
		return info;
	info.delay = p[lame + 21] << 4 | p[lame + 22] >> 4;
	info.padding = (p[lame + 22] & 15) << 8 | p[lame + 23];
	return info;
}

struct walk {
	int64_t frames, at;
	bool cut;  /* the last frame is not all there */
	bool lost; /* something between frames is no frame */
};

/* A tag in the middle comes from joining files; what is behind the last frame does not matter. */
static int64_t next_frame(struct bytes *b, const struct length *l, const struct mpeg *like, int64_t at, bool *junk)
{
	struct mpeg m;
	const uint8_t *p = bytes_at(b, at, 10);
	*junk = !(p && !memcmp(p, "ID3", 3)) && !(p && !memcmp(p, "TAG", 3));
	for (; at < l->end - 4; at++)
		if (frame_at(b, at, &m) && alike(&m, like) && length_mp3_frames_at(b, at, 2))
			return at;
	return -1;
}

static struct walk walk_frames(struct bytes *b, const struct length *l, const struct mpeg *first, int64_t at)
{
	struct walk w = { .at = at };
	struct mpeg m;
	bool junk;
	while (w.at < l->end - 4) {
		if (frame_at(b, w.at, &m) && alike(&m, first)) {
			w.cut = w.at + (int64_t)m.bytes > l->end;
			if (w.cut)
				return w;
			w.at += (int64_t)m.bytes;
			w.frames++;
			continue;
		}
		int64_t next = next_frame(b, l, first, w.at, &junk);
		w.lost = next >= 0 && junk;
		if (next < 0 || w.lost)
			return w;
		w.at = next;
	}
	return w;
}

/* A silent frame of 64 kbit/s that carries the count, as an encoder would have written it. */
static void make_info(struct length *l, const uint8_t head[4], const struct mpeg *m, int64_t frames)
{
	struct mpeg own;
	uint8_t *p = l->prefix;
	p[0] = head[0];
	p[1] = head[1] | 1; /* no CRC */
	p[2] = (uint8_t)((m->version == 1 ? 5 : 8) << 4 | (head[2] & 0x0C));
	p[3] = head[3];
	if (m->layer != 3 || !parse(p, &own) || own.bytes > sizeof l->prefix)
		return;
	uint8_t *tag = p + 4 + side_info(m);
	memcpy(tag, "Xing\0\0\0\x01", 8);
	for (int i = 0; i < 4; i++)
		tag[8 + i] = (uint8_t)(frames >> (24 - 8 * i));
	l->prefix_bytes = own.bytes;
}

/* With a Xing header libmpg123 takes away its own delay of 529 samples at the front, and what LAME says was added. */
static int64_t expected(const struct info *info, const struct mpeg *m, int64_t frames)
{
	enum { DECODER_DELAY = 529 };
	int64_t end = frames * m->samples, begin = 0;
	if (info->xing) {
		begin = info->delay + DECODER_DELAY;
		end -= info->padding > DECODER_DELAY ? info->padding - DECODER_DELAY : 0;
	}
	return end > begin ? end - begin : 0;
}

bool length_mp3(struct bytes *b, struct length *l, struct why_facts *why)
{
	struct mpeg first = { 0 };
	uint8_t head[4];
	frame_at(b, l->start, &first);
	memcpy(head, bytes_at(b, l->start, 4), 4);
	struct info info = read_info(b, l->start, &first);
	int64_t sound = l->start + (info.there ? (int64_t)first.bytes : 0);
	struct walk w = walk_frames(b, l, &first, sound);
	if (w.lost)
		return length_damaged(why, w.frames * first.samples, first.rate);
	bool all = info.frames >= 0 && w.frames >= info.frames;
	if (info.frames > w.frames)
		return length_cut(why, w.frames * first.samples, info.frames * first.samples, first.rate);
	if (w.cut && !all)
		return length_cut(why, w.frames * first.samples, 0, first.rate);
	l->end = w.at;
	if (!info.xing || info.frames != w.frames) {
		l->start = sound;
		make_info(l, head, &first, w.frames);
		info = (struct info){ .xing = l->prefix_bytes > 0 };
	}
	l->rate = first.rate;
	l->frames = expected(&info, &first, w.frames);
	return true;
}
