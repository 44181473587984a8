/* The pictures that were attached, each with its number and the letter that asks for it. */
#include "base/i18n.h"
#include "report/phrase.h"
#include "report/print/pdf-inside.h"

#define HIGH 95.0 /* mm, at most: two on a page */

static const struct canvas_style caption = { .points = 12, .italic = true, .align = CANVAS_CENTRE };

/* Its caption beneath it, on the same page. */
static void picture(struct page *p, const struct report *r, size_t i)
{
	const struct report_picture *pic = &r->pictures.at[i];
	double width = page_width(p) * 0.85, height = pic->width > 0 ? width * pic->height / pic->width : 0;
	if (height > HIGH) {
		width *= HIGH / height;
		height = HIGH;
	}
	struct text of = { 0 };
	phrase_letter_again(&of, &r->directives.at[pic->directive]);
	page_want(p, height + 12);
	double x = PAGE_LEFT + (page_width(p) - width) / 2;
	bool shown = canvas_picture(p->canvas, pic->type, pic->data, pic->bytes, pic->width, pic->height, x, p->y, width, height);
	p->y += shown ? height + 1.5 : 0;
	char *line = shown ? mem_printf(_("Picture %zu. %s"), i + 1, text_str(&of))
			   : mem_printf(_("Picture %zu. %s (in the folder beside this paper)"), i + 1, pic->name);
	page_text(p, line, caption, 6);
	mem_free(line);
	text_free(&of);
}

void pdf_pictures(struct page *p, const struct report *r)
{
	for (size_t i = 0; i < r->pictures.n; i++)
		if (r->pictures.at[i].directive < r->directives.n)
			picture(p, r, i);
}
