/* From a report to a file: the parts that were asked for, one after the other. */
#include "base/i18n.h"
#include "base/write.h"
#include "report/print/pdf-inside.h"
#include "report/print/pdf.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

bool pdf_make(const struct report *r, unsigned parts, struct text *bytes, struct err *err)
{
	static const struct {
		enum pdf_part part;
		void (*print)(struct page *, const struct report *, const struct report_letter *);
	} rest[] = { { PDF_APPENDICES, pdf_appendices }, { PDF_FORM, pdf_form }, { PDF_LOGBOOK, pdf_logbook } };
	struct report_letter *letter = report_letter_new(r);
	char *title = mem_printf("%s – %s", letter->title, r->name);
	struct page page = { .canvas = canvas_new(title, r->made), .crossing = letter->crossing };
	if (parts & PDF_LETTER)
		pdf_letter(&page, letter);
	for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
		if (parts & rest[i].part)
			rest[i].print(&page, r, letter);
	bool ok = canvas_pdf(page.canvas, bytes, err);
	canvas_free(&page.canvas);
	report_letter_free(&letter);
	mem_free(title);
	return ok;
}

bool pdf_write(const struct report *r, unsigned parts, const char *path, struct err *err)
{
	struct text bytes = { 0 };
	bool ok = pdf_make(r, parts, &bytes, err);
	int fd = ok ? open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666) : -1;
	bool written = fd >= 0 && write_all(fd, text_str(&bytes), bytes.n) && !fsync(fd);
	int why = errno;
	if (fd >= 0 && close(fd) && written) {
		why = errno;
		written = false;
	}
	if (fd >= 0 && !written)
		unlink(path);
	text_free(&bytes);
	return ok && (written || err_set(err, _("%s cannot be written (%s)"), path, strerror(why)));
}
