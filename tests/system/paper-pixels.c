/* The letters of Vietnamese as a PDF, and the same from the face itself, pixel by pixel: what pdftoppm shows of the one is
 * compared with the other, so that an accent lost on the way to paper is seen.  (A PDF whose text can be copied out right
 * may still print wrong: never compare text.)
 *
 *   paper-pixels make FILE.pdf plain|folded     a page in each of four styles; folded: without accents, to be told apart
 *   paper-pixels compare PAGE FILE.pgm DPI      a page (1 to 4) as it was rendered; each letter that differs is named */
#include "base/mem.h"
#include "report/print/canvas.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { ACROSS = 12, WIDTH = 210, HEIGHT = 297, STYLES = 4 };
#define CELL_X 15.0 /* mm */
#define CELL_Y 22.0
#define BORDER 14.0
#define BLOCK 1.1      /* mm: smaller than the dot of "ạ" at this size with what surrounds it */
#define DIFFERENT 0.32 /* of a block's ink: at edges renderers differ by less (0.23), an accent by more (0.42) */

static const char small[] = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ";

static size_t letter_bytes(const char *s)
{
	size_t n = 1;
	while (((unsigned char)s[n] & 0xC0) == 0x80)
		n++;
	return n;
}

static char *letters(void)
{
	char *big = text_upper(small), *all = mem_printf("%s%s", small, big);
	mem_free(big);
	return all;
}

static void draw(struct canvas *c, const char *all, int style, bool folded)
{
	struct canvas_style s = { .points = 30, .bold = style & 1, .italic = style & 2 };
	int i = 0;
	for (const char *at = all; *at; at += letter_bytes(at), i++) {
		char *one = mem_dup_n(at, letter_bytes(at)), *bare = text_fold(one, true);
		struct canvas_text *t = canvas_lay(c, folded ? bare : one, &s);
		canvas_put(c, t, 0, 1, BORDER + i % ACROSS * CELL_X + 2, BORDER + (double)(i / ACROSS) * CELL_Y + 2);
		canvas_text_free(&t);
		mem_free(one);
		mem_free(bare);
	}
}

static int make(const char *path, bool folded)
{
	struct canvas *c = canvas_new("", (wall_us){ 0 });
	struct text bytes = { 0 };
	struct err err = { 0 };
	char *all = letters();
	for (int style = 0; style < STYLES; style++) {
		canvas_page(c, WIDTH, HEIGHT);
		draw(c, all, style, folded);
	}
	bool ok = canvas_pdf(c, &bytes, &err);
	FILE *f = ok ? fopen(path, "wb") : NULL;
	ok = f && fwrite(bytes.at, 1, bytes.n, f) == bytes.n && !fclose(f);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	canvas_free(&c);
	text_free(&bytes);
	mem_free(all);
	return ok ? 0 : 1;
}

struct picture {
	unsigned char *at;
	int width, height;
};

static bool read_pgm(const char *path, struct picture *p)
{
	FILE *f = fopen(path, "rb");
	int most = 0;
	bool ok = f && fscanf(f, "P5 %d %d %d", &p->width, &p->height, &most) == 3 && most == 255 && fgetc(f) != EOF;
	size_t n = ok ? (size_t)p->width * (size_t)p->height : 0;
	p->at = ok ? malloc(n) : NULL;
	ok = ok && fread(p->at, 1, n, f) == n;
	if (f)
		fclose(f);
	return ok;
}

/* Share of ink in a square of the page, of what is ink where `white` is 0. */
static double ink(const unsigned char *at, int width, int height, int stride, unsigned char white, int x0, int y0, int side)
{
	double sum = 0;
	for (int y = y0; y < y0 + side; y++)
		for (int x = x0; x < x0 + side; x++)
			sum += x < width && y < height ? abs(at[y * stride + x] - white) : 0;
	return sum / 255 / side / side;
}

static double worst_block(const struct picture *got, struct canvas *want, int dpi, double x_mm, double y_mm)
{
	int width, height, stride, side = (int)(BLOCK / 25.4 * dpi);
	const unsigned char *pixels = canvas_pixels(want, &width, &height, &stride);
	int x0 = (int)(x_mm / 25.4 * dpi), y0 = (int)(y_mm / 25.4 * dpi);
	double worst = 0;
	for (int y = y0; y < y0 + (int)(CELL_Y / 25.4 * dpi); y += side / 2)
		for (int x = x0; x < x0 + (int)(CELL_X / 25.4 * dpi); x += side / 2) {
			double a = ink(got->at, got->width, got->height, got->width, 255, x, y, side);
			double b = ink(pixels, width, height, stride, 0, x, y, side);
			worst = fabs(a - b) > worst ? fabs(a - b) : worst;
		}
	return worst;
}

static int compare(int page, const char *path, int dpi)
{
	struct picture got = { 0 };
	struct canvas *want = canvas_on_pixels(WIDTH, HEIGHT, dpi);
	char *all = letters();
	int bad = 0, i = 0;
	double worst = 0;
	draw(want, all, page - 1, false);
	bool readable = read_pgm(path, &got);
	for (const char *at = all; readable && *at; at += letter_bytes(at), i++) {
		double block = worst_block(&got, want, dpi, BORDER + i % ACROSS * CELL_X, BORDER + (double)(i / ACROSS) * CELL_Y);
		worst = block > worst ? block : worst;
		if (block <= DIFFERENT)
			continue;
		printf("%.*s ", (int)letter_bytes(at), at);
		bad++;
	}
	printf("%d of %d letters differ; worst block %.2f\n", bad, i, worst);
	canvas_free(&want);
	free(got.at);
	mem_free(all);
	return readable && i == 146 && !bad ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 4 && !strcmp(argv[1], "make"))
		return make(argv[2], !strcmp(argv[3], "folded"));
	if (argc == 5 && !strcmp(argv[1], "compare"))
		return compare(atoi(argv[2]), argv[3], atoi(argv[4]));
	fprintf(stderr, "usage: paper-pixels make FILE plain|folded | compare PAGE FILE DPI\n");
	return 2;
}
