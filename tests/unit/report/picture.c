#include "report/picture.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>

#define JPEG "\xFF\xD8\xFF\xE0\x00\x04xx"
#define FRAME "\xFF\xC0\x00\x0B\x08\x00\x1E\x00\x28\x01\x01\x11\x00"
#define PNG "\x89PNG\r\n\x1A\n\x00\x00\x00\x0DIHDR"
#define REST "\x08\x02\x00\x00\x00\x00\x00\x00\x00"

START_TEST(heads)
{
	static const struct {
		int line;
		const char *data;
		size_t n;
		int width, height; /* 0: refused */
	} T[] = {
#define ROW(s, w, h) { __LINE__, s, sizeof s - 1, w, h }
		ROW(JPEG FRAME, 40, 30),
		ROW(JPEG "\xFF\xC4\x00\x04xx" FRAME, 40, 30),                         /* a table first */
		ROW(JPEG "\xFF\xFF\xFF" FRAME, 40, 30),                               /* filling */
		ROW("\xFF\xD8\xFF\xC2\x00\x08\x08\x00\x1E\x00\x28\x01", 40, 30),         /* progressive */
		ROW(JPEG, 0, 0),                                                      /* ends before its frame */
		ROW("\xFF\xD8\xFF\xE0\xFF\xFFxx" FRAME, 0, 0),                        /* a segment longer than the file */
		ROW("\xFF\xD8\xFF\xE0\x00\x01" FRAME, 0, 0),                          /* shorter than its own length */
		ROW("\xFF\xD8\xFF\xC0\x00\x0B\x08\x00\x00\x00\x28\x01\x01\x11\x00", 0, 0), /* no height */
		ROW("\xFF\xD8\xFF\xC0\x00\x0B\x08\xFF\xFF\x00\x28\x01\x01\x11\x00", 0, 0), /* too high */
		ROW("\xFF\xD8\xFF\xC0\x00\x07\x08\x00\x1E\x00\x28", 0, 0),               /* a frame without its rest */
		ROW("\xFF\xD8" "GIF", 0, 0),
		ROW(PNG "\x00\x00\x00\x28\x00\x00\x00\x1E" REST, 40, 30),
		ROW(PNG "\x00\x00\x00\x28\x00\x00\x00\x1E", 0, 0),
		ROW(PNG "\x00\x00\x00\x00\x00\x00\x00\x1E" REST, 0, 0),
		ROW(PNG "\xFF\xFF\xFF\xFF\x00\x00\x00\x1E" REST, 0, 0),
		ROW("\x89PNG\r\n\x1A\n\x00\x00\x00\x0DIDAT\x00\x00\x00\x28\x00\x00\x00\x1E" REST, 0, 0),
		ROW("<svg xmlns=\"http://www.w3.org/2000/svg\"><script/></svg>", 0, 0),
		ROW("GIF89a\x28\x00\x1E\x00", 0, 0),
		ROW("", 0, 0),
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct picture p;
		char *copy = malloc(T[i].n + 1); /* exactly as large, so that a sanitizer sees a read behind it */
		memcpy(copy, T[i].data, T[i].n);
		copy = realloc(copy, T[i].n ? T[i].n : 1);
		bool is = picture_look(copy, T[i].n, &p);
		ck_assert_msg(is == (T[i].width > 0), "row of line %d: %s", T[i].line, is ? "taken" : "refused");
		if (is)
			ck_assert_msg(p.width == T[i].width && p.height == T[i].height, "row of line %d: %d × %d", T[i].line,
				p.width, p.height);
		free(copy);
	}
}
END_TEST

START_TEST(types)
{
	struct picture p;
	ck_assert(picture_look(JPEG FRAME, sizeof(JPEG FRAME) - 1, &p));
	ck_assert_str_eq(p.type, "image/jpeg");
	ck_assert_str_eq(p.ending, ".jpg");
	static const char png[] = PNG "\x00\x00\x00\x28\x00\x00\x00\x1E" REST;
	ck_assert(picture_look(png, sizeof png - 1, &p));
	ck_assert_str_eq(p.type, "image/png");
	ck_assert_str_eq(p.ending, ".png");
}
END_TEST

UNIT_MAIN("report/picture", heads, types)
