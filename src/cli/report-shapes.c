#include "cli/report-shapes.h"

#include "base/i18n.h"
#include "cli/report-whole.h"
#include "report/print/sheet.h"

static bool write_sheet(const struct report_job *job, const char *path, struct err *err)
{
	return sheet_write(job->report, path, err);
}

static bool make_sheet(const struct report_job *job, const char *path, struct err *err)
{
	return report_whole(job, path, write_sheet, err);
}

const struct report_file report_files[] = {
	{ "xlsx", N_("figures as a spreadsheet"), make_sheet },
	{ NULL, NULL, NULL },
};
