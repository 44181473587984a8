/* Pages in millimetres, and text on them in Liberation Serif, whose letters are as wide as those of Times New Roman.  The
 * only room with cairo and pango.  A letter of another face never reaches the paper: the first one that would spoils the
 * canvas, and canvas_pdf() says so.  The same calls give the same bytes.  Not thread-safe. */
#ifndef LOAXA_REPORT_PRINT_CANVAS_H
#define LOAXA_REPORT_PRINT_CANVAS_H

#include "base/clock.h"
#include "base/err.h"
#include "base/text.h"

enum canvas_align { CANVAS_LEFT, CANVAS_CENTRE, CANVAS_RIGHT, CANVAS_JUSTIFY };

struct canvas_style {
	double points; /* size of the letters */
	double width;  /* mm; 0: one line, however long */
	double indent; /* mm, of the first line */
	double spread; /* distance of lines; 0 = 1 */
	enum canvas_align align;
	bool bold, italic;
};

struct canvas;
/* Of the file: its title, and when it was made (never the machine's own time). */
struct canvas *canvas_new(const char *title, wall_us made);
/* The same on pixels, for tests: one page of that size in mm. */
struct canvas *canvas_on_pixels(double width, double height, int dpi);
void canvas_free(struct canvas **);

void canvas_page(struct canvas *, double width, double height); /* ends the page before it */
/* The whole file.  False when the font is not there, or a text held what it lacks. */
bool canvas_pdf(struct canvas *, struct text *bytes, struct err *);
/* Ink, a row after the other: 0 none .. 255 full, whatever its grey.  Of a canvas on pixels; valid until it is freed. */
const unsigned char *canvas_pixels(struct canvas *, int *width, int *height, int *stride);

/* s without what the face lacks: such letters are spelt "[U+1F600]", so that nothing is lost.  For words of people. */
void canvas_fit(struct canvas *, struct text *, const char *s);

/* A text broken into lines. */
struct canvas_text;
struct canvas_text *canvas_lay(struct canvas *, const char *, const struct canvas_style *);
void canvas_text_free(struct canvas_text **);
int canvas_lines(const struct canvas_text *);
double canvas_width(const struct canvas_text *);                     /* mm, of the longest line */
double canvas_height(const struct canvas_text *, int from, int until); /* mm, of lines from .. until - 1 */
/* Lines from .. until - 1; the upper left corner of their box at x, y. */
void canvas_put(struct canvas *, const struct canvas_text *, int from, int until, double x, double y);

void canvas_rule(struct canvas *, double x1, double y1, double x2, double y2, double thick);
/* grey: 0 black .. 1 white; a box without border when thick is 0, without filling when grey < 0. */
void canvas_box(struct canvas *, double x, double y, double width, double height, double grey, double thick);
/* Lines aslant through a box: told apart from grey on any copier. */
void canvas_hatch(struct canvas *, double x, double y, double width, double height, double apart);
/* A picture ("image/jpeg", "image/png") of so many pixels; data is copied.  False when it is none that can be shown. */
bool canvas_picture(struct canvas *, const char *type, const void *data, size_t bytes, int pixels_x, int pixels_y, double x,
	double y, double width, double height);
/* From corner to corner of the page, pale, beneath what comes after. */
void canvas_across(struct canvas *, const char *);

#endif
