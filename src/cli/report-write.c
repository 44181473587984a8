#include "cli/report-write.h"

#include "cli/report-job.h"
#include "cli/report-whole.h"
#include "report/html.h"
#include "report/print/sheet.h"
#include "report/report-csv.h"

static void put(void *self, const char *s)
{
	text_add(self, s);
}

bool report_write_sheet(const struct report_job *job, const char *path, struct err *err)
{
	return sheet_write(job->report, path, err);
}

bool report_write_page(const struct report_job *job, const char *path, struct err *err)
{
	struct text page = { 0 };
	html_write(job->report, &(struct report_out){ &page, put });
	bool ok = report_whole_text(path, page.at, page.n, err);
	text_free(&page);
	return ok;
}

bool report_write_csv(const struct report_job *job, enum grid_view view, const char *path, struct err *err)
{
	struct text table = { 0 };
	report_csv_write(job->report, view, &(struct report_out){ &table, put });
	bool ok = report_whole_text(path, table.at, table.n, err);
	text_free(&table);
	return ok;
}
