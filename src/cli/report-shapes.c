#include "cli/report-shapes.h"

#include "base/i18n.h"
#include "cli/report-pack.h"
#include "cli/report-whole.h"
#include "cli/report-write.h"
#include "report/print/pdf.h"

static bool make_sheet(const struct report_job *job, const char *path, struct err *err)
{
	return report_whole(job, path, report_write_sheet, err);
}

static bool make_page(const struct report_job *job, const char *path, struct err *err)
{
	return report_whole(job, path, report_write_page, err);
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
	{ "pack", N_("folder with all of it, the sealed bundle and a list"), report_pack },
	{ NULL, NULL, NULL },
};
