/* Draws src/man/high-pass.svg: what the filter's own coefficients do to each frequency.  To draw it anew:
 *   make test-programs && build/tests/system/draw-high-pass >src/man/high-pass.svg
 * prepare.bats sees to it that the drawing and the filter do not part. */
#include "sound/prepare/highpass.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum { RATE = 48000, LEFT = 64, RIGHT = 700, TOP = 48, BOTTOM = 348, FIRST = 20, LAST = 5000, DEEPEST = -60 };

static double x_of(double hz)
{
	return LEFT + (RIGHT - LEFT) * log(hz / FIRST) / log((double)LAST / FIRST);
}

static double y_of(double db)
{
	return TOP + (BOTTOM - TOP) * (3 - db) / (3 - DEEPEST);
}

static void grid(void)
{
	static const int hz[] = { 20, 50, 100, 200, 500, 1000, 2000, 5000 };
	for (size_t i = 0; i < sizeof hz / sizeof *hz; i++)
		printf("<line x1=\"%.1f\" x2=\"%.1f\" y1=\"%d\" y2=\"%d\" class=\"g\"/>"
		       "<text x=\"%.1f\" y=\"%d\" class=\"a\">%d</text>\n",
				x_of(hz[i]), x_of(hz[i]), TOP, BOTTOM, x_of(hz[i]), BOTTOM + 16, hz[i]);
	for (int db = 0; db >= DEEPEST; db -= 12)
		printf("<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" class=\"g\"/>"
		       "<text x=\"%d\" y=\"%.1f\" class=\"z\">%s%d dB</text>\n",
				LEFT, RIGHT, y_of(db), y_of(db), LEFT - 6, y_of(db) + 4, db ? "−" : "", -db);
	printf("<text x=\"%d\" y=\"%d\" class=\"a\">tần số, Hz</text>\n", (LEFT + RIGHT) / 2, BOTTOM + 34);
}

/* From where it comes up through the bottom of the drawing, a point each 1/12 octave. */
static void curve(int cut, const char *colour)
{
	struct highpass *h = highpass_new(RATE, cut);
	char how = 'M';
	printf("<path fill=\"none\" stroke=\"%s\" stroke-width=\"2\" d=\"", colour);
	for (int step = 0; FIRST * exp2(step / 12.0) <= LAST; step++) {
		double hz = FIRST * exp2(step / 12.0), db = 20 * log10(highpass_response(h, hz));
		if (db < DEEPEST)
			continue;
		printf("%c%.1f %.1f", how, x_of(hz), y_of(db));
		how = 'L';
	}
	printf("\"/>\n<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>\n", x_of(cut),
			y_of(20 * log10(highpass_response(h, cut))), colour);
	printf("<text x=\"%.1f\" y=\"%.1f\" class=\"c\" fill=\"%s\">%d</text>\n", x_of(cut * 0.5) + 6, y_of(-24), colour, cut);
	highpass_free(&h);
}

int main(void)
{
	printf("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 720 392\" width=\"720\" height=\"392\" role=\"img\" "
	       "aria-label=\"Đáp tuyến của bộ lọc high-pass\">\n"
	       "<style>text{font-family:\"Liberation Sans\",Arial,sans-serif;font-size:12px;fill:#222} "
	       ".z{text-anchor:end;fill:#666;font-size:11px} .a{text-anchor:middle;fill:#666;font-size:11px} "
	       ".c{font-weight:bold} .g{stroke:#ddd;stroke-width:1}</style>\n"
	       "<rect width=\"720\" height=\"392\" fill=\"#fff\"/>\n"
	       "<text x=\"%d\" y=\"20\">high-pass = 80, 125, 200, 315, 500 — lọc Butterworth bậc 4; "
	       "chấm tròn: −3 dB tại tần số đã ghi</text>\n"
	       "<text x=\"%d\" y=\"38\" class=\"a\" style=\"text-anchor:start\">vẽ từ chính các hệ số của bộ lọc, "
	       "ở 48000 Hz</text>\n",
			LEFT, LEFT);
	grid();
	curve(80, "#9aa0a6");
	curve(125, "#8fb8de");
	curve(200, "#2f7d4f");
	curve(315, "#c9a227");
	curve(500, "#c0262d");
	printf("</svg>\n");
	return ferror(stdout) ? EXIT_FAILURE : EXIT_SUCCESS;
}
