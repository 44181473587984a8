/* cairo and pango behind canvas.h.  Pango is told not to look for a missing letter in other faces; since it still may (a
 * face that is not installed is replaced as a whole), the face of every run is compared, and missing letters are counted.
 * Glyphs are not rounded to pixels, so that lines break alike on paper and on pixels. */
#include "report/print/canvas.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/vec.h"
#include "schedule/civil.h"

#include <cairo-pdf.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <string.h>

#define FACE "Liberation Serif"
#define POINTS_PER_MM (72.0 / 25.4)
#define FONTS_KNOWN 32
#define PIXELS_MOST 50000000 /* of a picture */

#ifdef LOAXA_SANITIZED
/* fontconfig keeps one pattern until the process ends, and nothing that points to it. */
const char *__lsan_default_suppressions(void);
const char *__lsan_default_suppressions(void)
{
	return "leak:libfontconfig";
}
const char *__lsan_default_options(void);
const char *__lsan_default_options(void)
{
	return "print_suppressions=0";
}
#endif

struct canvas {
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoFontMap *map;
	PangoContext *context;
	PangoFont *plain;              /* what canvas_fit() asks for letters */
	PangoFont *known[FONTS_KNOWN]; /* of the right face */
	int n_known;
	double width, height; /* of the page, mm */
	bool pages, paged;
	struct text bytes;
	struct err wrong; /* the first thing that went wrong */
};

struct canvas_line {
	double top, bottom, baseline, x; /* mm, from the layout's corner */
	PangoLayoutLine *line;
};

struct canvas_text {
	PangoLayout *layout;
	VEC(struct canvas_line) lines;
	double width;
};

static cairo_status_t keep(void *self, const unsigned char *data, unsigned n)
{
	struct canvas *c = self;
	text_add_n(&c->bytes, (const char *)data, n);
	return CAIRO_STATUS_SUCCESS;
}

static PangoFontDescription *description(const struct canvas_style *s)
{
	PangoFontDescription *d = pango_font_description_new();
	pango_font_description_set_family_static(d, FACE);
	pango_font_description_set_size(d, (int)(s->points * PANGO_SCALE + 0.5));
	pango_font_description_set_weight(d, s->bold ? PANGO_WEIGHT_BOLD : PANGO_WEIGHT_NORMAL);
	pango_font_description_set_style(d, s->italic ? PANGO_STYLE_ITALIC : PANGO_STYLE_NORMAL);
	return d;
}

static struct canvas *canvas_on(struct canvas *c)
{
	cairo_font_options_t *options = cairo_font_options_create();
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	c->cairo = cairo_create(c->surface);
	c->map = pango_cairo_font_map_new();
	c->context = pango_font_map_create_context(c->map);
	pango_cairo_context_set_resolution(c->context, 72);
	pango_cairo_context_set_font_options(c->context, options);
	pango_context_set_round_glyph_positions(c->context, FALSE);
	pango_context_set_language(c->context, pango_language_from_string("vi"));
	cairo_font_options_destroy(options);
	PangoFontDescription *d = description(&(struct canvas_style){ .points = 13 });
	c->plain = pango_font_map_load_font(c->map, c->context, d);
	pango_font_description_free(d);
	return c;
}

static void metadata(cairo_surface_t *surface, const char *title, wall_us made)
{
	int64_t s = made.us / US_PER_S;
	struct civil day = civil_from_day((day_num)(s / 86400));
	char when[48];
	snprintf(when, sizeof when, "%04d-%02d-%02dT%02d:%02d:%02dZ", day.year, day.month, day.day, (int)(s / 3600 % 24),
		(int)(s / 60 % 60), (int)(s % 60));
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, title);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, when);
	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "loaxa");
}

struct canvas *canvas_new(const char *title, wall_us made)
{
	struct canvas *c = mem_new(struct canvas);
	c->pages = true;
	c->surface = cairo_pdf_surface_create_for_stream(keep, c, 1, 1);
	metadata(c->surface, title, made);
	return canvas_on(c);
}

struct canvas *canvas_on_pixels(double width, double height, int dpi)
{
	struct canvas *c = mem_new(struct canvas);
	c->surface = cairo_image_surface_create(
		CAIRO_FORMAT_A8, (int)ceil(width / 25.4 * dpi), (int)ceil(height / 25.4 * dpi));
	canvas_on(c);
	cairo_scale(c->cairo, dpi / 72.0, dpi / 72.0);
	c->width = width;
	c->height = height;
	return c;
}

void canvas_free(struct canvas **canvas)
{
	struct canvas *c = *canvas;
	if (!c)
		return;
	for (int i = 0; i < c->n_known; i++)
		g_object_unref(c->known[i]);
	g_clear_object(&c->plain);
	g_object_unref(c->context);
	g_object_unref(c->map);
	cairo_destroy(c->cairo);
	cairo_surface_destroy(c->surface);
	text_free(&c->bytes);
	mem_free(c);
	*canvas = NULL;
}

void canvas_page(struct canvas *c, double width, double height)
{
	if (c->paged)
		cairo_show_page(c->cairo);
	c->paged = true;
	c->width = width;
	c->height = height;
	cairo_pdf_surface_set_size(c->surface, width * POINTS_PER_MM, height * POINTS_PER_MM);
}

bool canvas_pdf(struct canvas *c, struct text *bytes, struct err *err)
{
	cairo_show_page(c->cairo);
	cairo_surface_finish(c->surface);
	cairo_status_t status = cairo_surface_status(c->surface);
	status = status ? status : cairo_status(c->cairo);
	if (c->wrong.text[0])
		return err_set(err, "%s", c->wrong.text);
	if (status)
		return err_set(err, _("the pages could not be drawn (%s)"), cairo_status_to_string(status));
	text_add_n(bytes, text_str(&c->bytes), c->bytes.n);
	return true;
}

const unsigned char *canvas_pixels(struct canvas *c, int *width, int *height, int *stride)
{
	cairo_surface_flush(c->surface);
	*width = cairo_image_surface_get_width(c->surface);
	*height = cairo_image_surface_get_height(c->surface);
	*stride = cairo_image_surface_get_stride(c->surface);
	return cairo_image_surface_get_data(c->surface);
}

/* ── Letters ── */

static bool right_face(struct canvas *c, PangoFont *font)
{
	for (int i = 0; i < c->n_known; i++)
		if (c->known[i] == font)
			return true;
	if (!font)
		return false;
	PangoFontDescription *d = pango_font_describe(font);
	bool right = !g_strcmp0(pango_font_description_get_family(d), FACE);
	pango_font_description_free(d);
	if (right && c->n_known < FONTS_KNOWN)
		c->known[c->n_known++] = g_object_ref(font);
	return right;
}

static void wrong_letter(struct canvas *c, PangoGlyph glyph)
{
	char letter[8] = "";
	letter[g_unichar_to_utf8(glyph & ~PANGO_GLYPH_UNKNOWN_FLAG, letter)] = '\0';
	err_set(&c->wrong, _("the letter “%s” (U+%04X) cannot be printed — papers are set in Liberation Serif alone, which "
			     "lacks it — nothing was written; write it with other letters."),
		letter, glyph & ~PANGO_GLYPH_UNKNOWN_FLAG);
}

/* The first run that is not what was asked for spoils the canvas. */
static void look_at(struct canvas *c, PangoLayoutRun *run)
{
	if (c->wrong.text[0] || !run)
		return;
	if (!right_face(c, run->item->analysis.font))
		err_set(&c->wrong, _("the typeface Liberation Serif is not installed, or an old one that lacks Vietnamese letters — "
				     "in another the accents may be lost — nothing was written; install it: sudo apt install "
				     "fonts-liberation2"));
	for (int i = 0; i < run->glyphs->num_glyphs && !c->wrong.text[0]; i++)
		if (run->glyphs->glyphs[i].glyph != PANGO_GLYPH_EMPTY &&
			run->glyphs->glyphs[i].glyph & PANGO_GLYPH_UNKNOWN_FLAG)
			wrong_letter(c, run->glyphs->glyphs[i].glyph);
}

void canvas_fit(struct canvas *c, struct text *t, const char *s)
{
	for (const char *next; s && *s; s = next) {
		gunichar letter = g_utf8_get_char_validated(s, -1);
		next = letter > 0x10FFFF ? s + 1 : g_utf8_next_char(s);
		/* Marks on their own stay with the letter they stand on: pango composes them. */
		bool there = letter == '\n' || (letter <= 0x10FFFF && c->plain && pango_font_has_char(c->plain, letter));
		if (there)
			text_add_n(t, s, (size_t)(next - s));
		else if (letter <= 0x10FFFF)
			text_addf(t, "[U+%04X]", letter);
	}
}

/* ── Text ── */

static double mm(int pango_units)
{
	return pango_units / (double)PANGO_SCALE / POINTS_PER_MM;
}

static void take_lines(struct canvas *c, struct canvas_text *t)
{
	PangoLayoutIter *i = pango_layout_get_iter(t->layout);
	do {
		PangoRectangle logical;
		int top, bottom;
		pango_layout_iter_get_line_yrange(i, &top, &bottom);
		pango_layout_iter_get_line_extents(i, NULL, &logical);
		PangoLayoutLine *line = pango_layout_iter_get_line_readonly(i);
		vec_push(&t->lines, (struct canvas_line){ mm(top), mm(bottom), mm(pango_layout_iter_get_baseline(i)),
					    mm(logical.x), line });
		for (GSList *run = line->runs; run; run = run->next)
			look_at(c, run->data);
	} while (pango_layout_iter_next_line(i));
	pango_layout_iter_free(i);
}

#define LONG_LINE 80.0 /* mm */
#define NUMBER_MOST 32 /* bytes of a number that fits such a line */

/* "1704/STTTT-TTBCXB" stays on one line, where a line is long enough for it. */
static void keep_numbers(PangoAttrList *attributes, const char *text)
{
	for (size_t at = 0, n; text[at]; at += n + (text[at + n] != '\0')) {
		n = strcspn(text + at, " \n");
		if (n > NUMBER_MOST || !memchr(text + at, '/', n) || !memchr(text + at, '-', n))
			continue;
		PangoAttribute *whole = pango_attr_allow_breaks_new(FALSE);
		whole->start_index = (guint)at;
		whole->end_index = (guint)(at + n);
		pango_attr_list_insert(attributes, whole);
	}
}

struct canvas_text *canvas_lay(struct canvas *c, const char *text, const struct canvas_style *s)
{
	struct canvas_text *t = mem_new(struct canvas_text);
	PangoFontDescription *d = description(s);
	PangoAttrList *attributes = pango_attr_list_new();
	PangoRectangle logical;
	pango_attr_list_insert(attributes, pango_attr_fallback_new(FALSE));
	if (s->width > LONG_LINE)
		keep_numbers(attributes, text);
	t->layout = pango_layout_new(c->context);
	pango_layout_set_attributes(t->layout, attributes);
	pango_layout_set_font_description(t->layout, d);
	pango_layout_set_text(t->layout, text, -1);
	pango_layout_set_wrap(t->layout, PANGO_WRAP_WORD_CHAR);
	if (s->width > 0)
		pango_layout_set_width(t->layout, (int)(s->width * POINTS_PER_MM * PANGO_SCALE));
	pango_layout_set_indent(t->layout, (int)(s->indent * POINTS_PER_MM * PANGO_SCALE));
	pango_layout_set_line_spacing(t->layout, s->spread > 0 ? (float)s->spread : 1);
	pango_layout_set_justify(t->layout, s->align == CANVAS_JUSTIFY);
	pango_layout_set_alignment(t->layout, s->align == CANVAS_CENTRE ? PANGO_ALIGN_CENTER
						: s->align == CANVAS_RIGHT ? PANGO_ALIGN_RIGHT
									   : PANGO_ALIGN_LEFT);
	take_lines(c, t);
	pango_layout_get_extents(t->layout, NULL, &logical);
	t->width = mm(logical.width);
	pango_attr_list_unref(attributes);
	pango_font_description_free(d);
	return t;
}

void canvas_text_free(struct canvas_text **text)
{
	struct canvas_text *t = *text;
	if (!t)
		return;
	vec_free(&t->lines);
	g_object_unref(t->layout);
	mem_free(t);
	*text = NULL;
}

int canvas_lines(const struct canvas_text *t)
{
	return (int)t->lines.n;
}

double canvas_width(const struct canvas_text *t)
{
	return t->width;
}

double canvas_height(const struct canvas_text *t, int from, int until)
{
	return until > from ? t->lines.at[until - 1].bottom - t->lines.at[from].top : 0;
}

void canvas_put(struct canvas *c, const struct canvas_text *t, int from, int until, double x, double y)
{
	for (int i = from; i < until; i++) {
		const struct canvas_line *l = &t->lines.at[i];
		cairo_move_to(c->cairo, (x + l->x) * POINTS_PER_MM,
			(y + l->baseline - t->lines.at[from].top) * POINTS_PER_MM);
		pango_cairo_show_layout_line(c->cairo, l->line);
	}
}

/* ── Lines and boxes ── */

void canvas_rule(struct canvas *c, double x1, double y1, double x2, double y2, double thick)
{
	cairo_set_line_width(c->cairo, thick * POINTS_PER_MM);
	cairo_move_to(c->cairo, x1 * POINTS_PER_MM, y1 * POINTS_PER_MM);
	cairo_line_to(c->cairo, x2 * POINTS_PER_MM, y2 * POINTS_PER_MM);
	cairo_stroke(c->cairo);
}

static void path(struct canvas *c, double x, double y, double width, double height)
{
	cairo_rectangle(c->cairo, x * POINTS_PER_MM, y * POINTS_PER_MM, width * POINTS_PER_MM, height * POINTS_PER_MM);
}

void canvas_box(struct canvas *c, double x, double y, double width, double height, double grey, double thick)
{
	if (grey >= 0) {
		path(c, x, y, width, height);
		cairo_set_source_rgb(c->cairo, grey, grey, grey);
		cairo_fill(c->cairo);
		cairo_set_source_rgb(c->cairo, 0, 0, 0);
	}
	if (thick > 0) {
		path(c, x, y, width, height);
		cairo_set_line_width(c->cairo, thick * POINTS_PER_MM);
		cairo_stroke(c->cairo);
	}
}

void canvas_hatch(struct canvas *c, double x, double y, double width, double height, double apart)
{
	cairo_save(c->cairo);
	path(c, x, y, width, height);
	cairo_clip(c->cairo);
	for (double at = -height; at < width; at += apart)
		canvas_rule(c, x + at, y + height, x + at + height, y, 0.15);
	cairo_restore(c->cairo);
}

/* ── Pictures ── */

struct reading {
	const unsigned char *at;
	size_t left;
};

static cairo_status_t read_some(void *self, unsigned char *to, unsigned n)
{
	struct reading *r = self;
	if (n > r->left)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(to, r->at, n);
	r->at += n;
	r->left -= n;
	return CAIRO_STATUS_SUCCESS;
}

/* The PDF takes the JPEG as it is; its pixels are never decoded here. */
static cairo_surface_t *jpeg(const void *data, size_t bytes, int width, int height)
{
	cairo_surface_t *s = cairo_image_surface_create(CAIRO_FORMAT_RGB24, width, height);
	unsigned char *copy = mem_resize(NULL, bytes ? bytes : 1, 1);
	memcpy(copy, data, bytes);
	if (cairo_surface_set_mime_data(s, CAIRO_MIME_TYPE_JPEG, copy, bytes, mem_free, copy))
		mem_free(copy);
	return s;
}

bool canvas_picture(struct canvas *c, const char *type, const void *data, size_t bytes, int pixels_x, int pixels_y, double x,
	double y, double width, double height)
{
	if (pixels_x < 1 || pixels_y < 1 || (int64_t)pixels_x * pixels_y > PIXELS_MOST)
		return false;
	struct reading r = { data, bytes };
	cairo_surface_t *s = strcmp(type, "image/png") != 0 ? jpeg(data, bytes, pixels_x, pixels_y)
							    : cairo_image_surface_create_from_png_stream(read_some, &r);
	bool ok = !cairo_surface_status(s) && cairo_image_surface_get_width(s) == pixels_x &&
		  cairo_image_surface_get_height(s) == pixels_y;
	if (ok) {
		cairo_save(c->cairo);
		cairo_translate(c->cairo, x * POINTS_PER_MM, y * POINTS_PER_MM);
		cairo_scale(c->cairo, width * POINTS_PER_MM / pixels_x, height * POINTS_PER_MM / pixels_y);
		cairo_set_source_surface(c->cairo, s, 0, 0);
		cairo_paint(c->cairo);
		cairo_restore(c->cairo);
	}
	cairo_surface_destroy(s);
	return ok;
}

void canvas_across(struct canvas *c, const char *text)
{
	double slope = atan2(c->height, c->width), longest = hypot(c->width, c->height) * 0.82;
	struct canvas_style style = { .points = 40, .bold = true };
	struct canvas_text *t = canvas_lay(c, text, &style);
	style.points *= longest / canvas_width(t);
	canvas_text_free(&t);
	t = canvas_lay(c, text, &style);
	cairo_save(c->cairo);
	cairo_set_source_rgb(c->cairo, 0.82, 0.82, 0.82);
	cairo_translate(c->cairo, c->width / 2 * POINTS_PER_MM, c->height / 2 * POINTS_PER_MM);
	cairo_rotate(c->cairo, -slope);
	canvas_put(c, t, 0, canvas_lines(t), -canvas_width(t) / 2, -canvas_height(t, 0, canvas_lines(t)) / 2);
	cairo_restore(c->cairo);
	canvas_text_free(&t);
}
