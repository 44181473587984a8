#include "cli/report-shapes.h"

#include "base/i18n.h"
#include "cli/report-whole.h"
#include "report/html.h"
#include "report/print/pdf.h"
#include "report/print/sheet.h"

static bool write_sheet(const struct report_job *job, const char *path, struct err *err)
{
	return sheet_write(job->report, path, err);
}

static bool make_sheet(const struct report_job *job, const char *path, struct err *err)
{
	return report_whole(job, path, write_sheet, err);
}

static void put(void *self, const char *s)
{
	text_add(self, s);
}

static bool write_page(const struct report_job *job, const char *path, struct err *err)
{
	struct text page = { 0 };
	html_write(job->report, &(struct report_out){ &page, put });
	bool ok = report_whole_text(path, page.at, page.n, err);
	text_free(&page);
	return ok;
}

static bool make_page(const struct report_job *job, const char *path, struct err *err)
{
	return report_whole(job, path, write_page, err);
}

static bool write_pdf(const struct report_job *job, const char *path, struct err *err)
{
	return pdf_write(job->report, PDF_REPORT, path, err);
}

static bool make_pdf(const struct report_job *job, const char *path, struct err *err)
{
	return report_whole(job, path, write_pdf, err);
}

static bool write_logbook(const struct report_job *job, const char *path, struct err *err)
{
	return pdf_write(job->report, PDF_LOGBOOK, path, err);
}

static bool make_logbook(const struct report_job *job, const char *path, struct err *err)
{
	return report_whole(job, path, write_logbook, err);
}

const struct report_file report_files[] = {
	{ "html", N_("report as a page to be shown or edited"), make_page },
	{ "xlsx", N_("figures as a spreadsheet"), make_sheet },
	{ "pdf", N_("report with its appendices and the table of results, as PDF"), make_pdf },
	{ "logbook", N_("logbook as PDF, a page a day"), make_logbook },
	{ NULL, NULL, NULL },
};
