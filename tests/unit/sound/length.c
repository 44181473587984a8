/* Containers made by hand, whole and damaged, against what the walk says of them. */
#include "base/mem.h"
#include "base/text.h"
#include "sound/prepare/bytes.h"
#include "sound/prepare/length.h"
#include "../unit.h"

#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

static void add_be(struct text *t, uint64_t v, int bytes)
{
	for (int i = bytes - 1; i >= 0; i--)
		text_add_n(t, (char[]){ (char)(v >> (8 * i)) }, 1);
}

static void add_le(struct text *t, uint64_t v, int bytes)
{
	for (int i = 0; i < bytes; i++)
		text_add_n(t, (char[]){ (char)(v >> (8 * i)) }, 1);
}

static void add_zeros(struct text *t, size_t n)
{
	for (size_t i = 0; i < n; i++)
		text_add_n(t, "", 1);
}

/* Walks what t holds, and empties it. */
static bool walked(struct text *t, struct length *l, struct why_facts *why)
{
	int fd = memfd_create("test", MFD_CLOEXEC);
	ck_assert_int_eq(write(fd, text_str(t), t->n), (long)t->n);
	struct bytes *b = bytes_new(fd, NULL);
	*why = (struct why_facts){ WHY_NONE, 0, 0 };
	bool fine = length_of(b, l, why);
	ck_assert(fine == (why->code == WHY_NONE));
	mem_free(b);
	close(fd);
	text_free(t);
	return fine;
}

static void wav(struct text *t, int tag, int channels, int rate, int bits, uint32_t said, size_t there)
{
	int block = channels * bits / 8;
	text_add(t, "RIFF");
	add_le(t, 36 + there, 4);
	text_add(t, "WAVELIST");
	add_le(t, 3, 4); /* odd: a byte of padding follows */
	add_zeros(t, 4);
	text_add(t, "fmt ");
	add_le(t, 16, 4);
	add_le(t, (uint64_t)tag, 2), add_le(t, (uint64_t)channels, 2), add_le(t, (uint64_t)rate, 4);
	add_le(t, (uint64_t)rate * (uint64_t)block, 4), add_le(t, (uint64_t)block, 2), add_le(t, (uint64_t)bits, 2);
	text_add(t, "data");
	add_le(t, said, 4);
	add_zeros(t, there);
}

START_TEST(wav_says_its_frames_or_is_cut)
{
	static const struct {
		int line, tag, channels, bits;
		uint32_t said;
		size_t there;
		enum why why;
		int64_t frames, a, b; /* a, b in ms at 8000 Hz */
	} T[] = {
		{ __LINE__, 1, 1, 16, 16000, 16000, WHY_NONE, 8000, 0, 0 },
		{ __LINE__, 1, 2, 24, 48000, 48000, WHY_NONE, 8000, 0, 0 },
		{ __LINE__, 1, 1, 16, 16000, 16004, WHY_NONE, 8000, 0, 0 }, /* something behind it */
		{ __LINE__, 1, 1, 16, 16000, 8000, WHY_CUT, 0, 500, 1000 },
		{ __LINE__, 1, 1, 16, 16000, 0, WHY_CUT, 0, 0, 1000 },
		{ __LINE__, 1, 1, 16, UINT32_MAX, 8000, WHY_NONE, 4000, 0, 0 },  /* from a pipe */
		{ __LINE__, 1, 1, 16, 2147483639, 8000, WHY_NONE, 4000, 0, 0 }, /* libao that was killed */
		{ __LINE__, 17, 1, 4, 8000, 8000, WHY_NONE, -1, 0, 0 },         /* ADPCM: only a decoder knows */
		{ __LINE__, 17, 1, 4, 8000, 7999, WHY_CUT, -1, 0, 0 },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct text t = { 0 };
		struct length l;
		struct why_facts why;
		wav(&t, T[i].tag, T[i].channels, 8000, T[i].bits, T[i].said, T[i].there);
		walked(&t, &l, &why);
		ck_assert_msg(why.code == T[i].why && why.a == T[i].a && why.b == T[i].b, "row of line %d: %d %d %d", T[i].line,
				why.code, (int)why.a, (int)why.b);
		ck_assert_msg(l.kind == CONTAINER_WAV && (why.code || l.frames == T[i].frames), "row of line %d", T[i].line);
	}
}
END_TEST

/* MPEG-1 layer III, 44.1 kHz, 128 kbit/s, mono: 417 bytes, 1152 samples.  `tag`, when given, stands where Xing does. */
static void mp3_frame(struct text *t, const char *tag, int64_t frames, int delay, int padding)
{
	size_t start = t->n;
	text_add_n(t, "\xFF\xFB\x90\xC0", 4);
	add_zeros(t, 17);
	if (tag) {
		text_add_n(t, tag, 4);
		add_be(t, 1, 4);
		add_be(t, (uint64_t)frames, 4);
		text_add_n(t, "LAME3.100", 9);
		add_zeros(t, 12);
		add_be(t, (uint64_t)(delay << 12 | padding), 3);
	}
	add_zeros(t, start + 417 - t->n);
}

START_TEST(mp3_is_counted_frame_by_frame)
{
	static const struct {
		int line;
		const char *tag;
		int said, frames;
		const char *front, *middle, *back;
		size_t cut; /* bytes missing at the end */
		enum why why;
		int64_t want, a;
		bool prefixed;
	} T[] = {
		{ __LINE__, "Xing", 40, 40, "", "", "", 0, WHY_NONE, 40 * 1152 - 576 - 1000, 0, false },
		{ __LINE__, "Info", 40, 40, "", "", "", 0, WHY_NONE, 40 * 1152 - 576 - 1000, 0, false },
		/* none, or one that promises less than there is: our own is put before, only the decoder's delay goes */
		{ __LINE__, NULL, 0, 40, "", "", "", 0, WHY_NONE, 40 * 1152 - 529, 0, true },
		{ __LINE__, "Xing", 20, 40, "", "", "", 0, WHY_NONE, 40 * 1152 - 529, 0, true },
		{ __LINE__, "Xing", 80, 40, "", "", "", 0, WHY_CUT, 0, 1044, false },
		{ __LINE__, "Xing", 40, 40, "", "", "", 1, WHY_CUT, 0, 1018, false },
		{ __LINE__, NULL, 0, 40, "", "", "", 200, WHY_CUT, 0, 1018, false },
		{ __LINE__, NULL, 0, 40, "rubbish", "", "", 0, WHY_NONE, 40 * 1152 - 529, 0, true },
		{ __LINE__, NULL, 0, 40, "", "rubbish", "", 0, WHY_DAMAGED, 0, 522, false },
		{ __LINE__, NULL, 0, 40, "", "TAG of a joined file", "", 0, WHY_NONE, 40 * 1152 - 529, 0, true },
		{ __LINE__, NULL, 0, 40, "", "", "rubbish behind", 0, WHY_NONE, 40 * 1152 - 529, 0, true },
		{ __LINE__, NULL, 0, 40, "ID3\3\0\0\0\0\0\0", "", "", 0, WHY_NONE, 40 * 1152 - 529, 0, true },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct text t = { 0 };
		struct length l;
		struct why_facts why;
		text_add_n(&t, T[i].front, T[i].front[0] == 'I' ? 10 : strlen(T[i].front));
		if (T[i].tag)
			mp3_frame(&t, T[i].tag, T[i].said, 576, 1000);
		for (int k = 0; k < T[i].frames; k++) {
			if (k == T[i].frames / 2)
				text_add(&t, T[i].middle);
			mp3_frame(&t, NULL, 0, 0, 0);
		}
		text_add(&t, T[i].back);
		t.n -= T[i].cut;
		walked(&t, &l, &why);
		ck_assert_msg(why.code == T[i].why && why.a == T[i].a, "row of line %d: %d %d", T[i].line, why.code, (int)why.a);
		ck_assert_msg(why.code || l.frames == T[i].want, "row of line %d: %d", T[i].line, (int)l.frames);
		ck_assert_msg(why.code || (l.prefix_bytes > 0) == T[i].prefixed, "row of line %d", T[i].line);
		ck_assert_msg(l.kind == CONTAINER_MP3, "row of line %d", T[i].line);
	}
}
END_TEST

static uint32_t ogg_crc(const unsigned char *p, size_t n)
{
	uint32_t crc = 0;
	for (size_t i = 0; i < n; i++) {
		crc ^= (uint32_t)p[i] << 24;
		for (int k = 0; k < 8; k++)
			crc = crc & 0x80000000u ? crc << 1 ^ 0x04C11DB7u : crc << 1;
	}
	return crc;
}

static void ogg_page(struct text *t, int flags, int64_t granule, uint32_t serial, uint32_t number, const char *body,
		size_t n)
{
	size_t start = t->n;
	text_add_n(t, "OggS", 5);
	add_le(t, (uint64_t)flags, 1), add_le(t, (uint64_t)granule, 8), add_le(t, serial, 4), add_le(t, number, 4);
	add_zeros(t, 4);
	add_le(t, 1, 1), add_le(t, n, 1);
	text_add_n(t, body, n);
	uint32_t crc = ogg_crc((unsigned char *)t->at + start, t->n - start);
	for (int i = 0; i < 4; i++)
		t->at[start + 22 + (size_t)i] = (char)(crc >> (8 * i));
}

static void opus_file(struct text *t, uint32_t serial, uint32_t skipped_page, bool ended)
{
	ogg_page(t, 2, 0, serial, 0, "OpusHead\1\1\x38\1\x80\xBB\0\0\0\0\0", 19);
	ogg_page(t, 0, 0, serial, 1, "OpusTags", 8);
	for (uint32_t i = 2; i < 12; i++)
		if (i != skipped_page)
			ogg_page(t, i == 11 && ended ? 4 : 0, 312 + (i - 1) * 4800, serial, i, "sound", 5);
}

START_TEST(ogg_is_whole_only_with_every_page)
{
	struct length l;
	struct why_facts why;
	struct text t = { 0 };
	opus_file(&t, 7, 0, true);
	ck_assert(walked(&t, &l, &why));
	ck_assert(l.kind == CONTAINER_OGG && l.opus && l.rate == 48000);
	ck_assert_int_eq(l.frames, 48000);

	opus_file(&t, 7, 0, false);
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_CUT); /* cut exactly between two pages */
	ck_assert_int_eq(why.a, 1000);

	opus_file(&t, 7, 0, true);
	t.n -= 2;
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_CUT);
	ck_assert_int_eq(why.a, 900);

	opus_file(&t, 7, 6, true);
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_DAMAGED);
	ck_assert_int_eq(why.a, 400);

	opus_file(&t, 7, 0, true);
	t.at[t.n - 1] ^= 1;
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_DAMAGED);

	opus_file(&t, 7, 0, true);
	opus_file(&t, 8, 0, true);
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_JOINED);

	ogg_page(&t, 2, 0, 7, 0, "\x80theora", 7);
	ck_assert(walked(&t, &l, &why));
	ck_assert_int_eq(l.kind, CONTAINER_FOREIGN);
}
END_TEST

static unsigned flac_crc(const char *p, size_t n, unsigned poly, int bits)
{
	unsigned crc = 0, top = 1u << (bits - 1), mask = (top << 1) - 1;
	for (size_t i = 0; i < n; i++) {
		crc ^= (unsigned)(unsigned char)p[i] << (bits - 8);
		for (int k = 0; k < 8; k++)
			crc = (crc & top ? crc << 1 ^ poly : crc << 1) & mask;
	}
	return crc;
}

/* One frame of a constant, mono, 16 bits, 4096 samples */
static void flac_frame(struct text *t, int number)
{
	size_t start = t->n;
	text_add_n(t, "\xFF\xF8\xC9\x08", 4);
	add_be(t, (uint64_t)number, 1);
	add_be(t, flac_crc(t->at + start, t->n - start, 0x07, 8), 1);
	add_zeros(t, 3);
	add_be(t, flac_crc(t->at + start, t->n - start, 0x8005, 16), 2);
}

static void flac_file(struct text *t, uint64_t samples, int frames)
{
	text_add_n(t, "fLaC\x80\0\0\x22", 8);
	add_be(t, 4096, 2), add_be(t, 4096, 2);
	add_zeros(t, 6);
	add_be(t, UINT64_C(44100) << 44 | UINT64_C(15) << 36 | samples, 8);
	add_zeros(t, 16);
	for (int i = 0; i < frames; i++)
		flac_frame(t, i);
}

START_TEST(flac_without_a_count_is_counted_by_its_last_frame)
{
	struct length l;
	struct why_facts why;
	struct text t = { 0 };
	flac_file(&t, 8192, 2);
	ck_assert(walked(&t, &l, &why));
	ck_assert(l.kind == CONTAINER_FLAC && l.rate == 44100 && l.bits == 16 && !l.has_md5 && !l.tail_missing);
	ck_assert_int_eq(l.frames, 8192);

	flac_file(&t, 0, 3); /* from a pipe */
	ck_assert(walked(&t, &l, &why));
	ck_assert_int_eq(l.frames, 3 * 4096);

	flac_file(&t, 0, 3);
	t.n--;
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_CUT);

	flac_file(&t, 8192, 2);
	t.n -= 3;
	ck_assert(walked(&t, &l, &why)); /* the decoder will come short; then this tells why */
	ck_assert(l.tail_missing);

	flac_file(&t, 8192, 0);
	t.n -= 20;
	ck_assert(!walked(&t, &l, &why));
}
END_TEST

static void box(struct text *t, const char *name, size_t body)
{
	add_be(t, 8 + body, 4);
	text_add(t, name);
	add_zeros(t, body);
}

START_TEST(what_telephones_record_is_checked_before_ffmpeg_sees_it)
{
	struct length l;
	struct why_facts why;
	struct text t = { 0 };
	box(&t, "ftyp", 8);
	box(&t, "mdat", 100);
	add_be(&t, 8 + 108, 4), text_add(&t, "moov");
	size_t mvhd = t.n;
	box(&t, "mvhd", 100);
	t.at[mvhd + 8 + 14] = 3; /* 1000 ticks a second */
	t.at[mvhd + 8 + 15] = (char)0xE8;
	t.at[mvhd + 8 + 19] = 100; /* 100 ticks */
	ck_assert(walked(&t, &l, &why));
	ck_assert(l.kind == CONTAINER_FOREIGN && l.rate == 1000 && l.frames == 100);

	box(&t, "ftyp", 8);
	box(&t, "mdat", 100);
	ck_assert(!walked(&t, &l, &why)); /* its table of contents comes last, and is not there */
	ck_assert_int_eq(why.code, WHY_CUT);

	box(&t, "ftyp", 8);
	box(&t, "moov", 8);
	box(&t, "mdat", 100);
	t.n--;
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_CUT);

	/* a film header of the long kind that the file ends in: its length is not known, and nothing is read behind it */
	box(&t, "ftyp", 8);
	add_be(&t, 8 + 32, 4), text_add(&t, "moov");
	mvhd = t.n;
	box(&t, "mvhd", 24);
	t.at[mvhd + 8] = 1;
	ck_assert(walked(&t, &l, &why));
	ck_assert(l.kind == CONTAINER_FOREIGN && l.rate == 0 && l.frames == -1);

	text_add(&t, "#!AMR\n");
	for (int i = 0; i < 50; i++)
		text_add_n(&t, "\x3C", 1), add_zeros(&t, 31);
	ck_assert(walked(&t, &l, &why));
	ck_assert(l.kind == CONTAINER_FOREIGN && l.rate == 8000 && l.frames == 8000);

	for (int i = 0; i < 10; i++)
		text_add_n(&t, "\xFF\xF1\x50\x40\x01\x00\xFC\x00", 8);
	ck_assert(walked(&t, &l, &why));
	ck_assert(l.kind == CONTAINER_FOREIGN && l.rate == 44100 && l.frames == 10240);
	for (int i = 0; i < 10; i++)
		text_add_n(&t, "\xFF\xF1\x50\x40\x01\x00\xFC\x00", 8);
	t.n -= 1;
	ck_assert(!walked(&t, &l, &why));
	ck_assert_int_eq(why.code, WHY_CUT);
}
END_TEST

START_TEST(what_is_no_sound_is_said_to_be_none)
{
	static const struct {
		int line;
		const char *bytes;
		size_t n;
	} T[] = { { __LINE__, "", 0 }, { __LINE__, "xin chào", 9 }, { __LINE__, "\xFF", 1 }, { __LINE__, "RIFF....AVI ", 12 },
		{ __LINE__, "ID3\4\0\0\x7F\x7F\x7F\x7F", 10 }, { __LINE__, "#EXTM3U\nfile:///etc/passwd\n", 27 } };
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct text t = { 0 };
		struct length l;
		struct why_facts why;
		text_add_n(&t, T[i].bytes, T[i].n);
		ck_assert_msg(walked(&t, &l, &why) && l.kind == CONTAINER_UNKNOWN, "row of line %d", T[i].line);
	}
}
END_TEST

UNIT_MAIN("sound/length", wav_says_its_frames_or_is_cut, mp3_is_counted_frame_by_frame, ogg_is_whole_only_with_every_page,
		flac_without_a_count_is_counted_by_its_last_frame,
		what_telephones_record_is_checked_before_ffmpeg_sees_it, what_is_no_sound_is_said_to_be_none)
