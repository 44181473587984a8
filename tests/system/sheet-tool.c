/* sheet-tool FILE TITLE [crossed]: a report made by hand, whose one bulletin has that title, as a workbook; as a page when FILE
 * ends in .html. */
#include "../unit/report/made-report.h"
#include "base/text.h"
#include "report/html.h"
#include "report/print/sheet.h"

#include <stdio.h>
#include <string.h>

static void put(void *self, const char *s)
{
	fputs(s, self);
}

static bool write_page(const struct report *r, const char *path)
{
	FILE *f = fopen(path, "w");
	if (!f)
		return false;
	html_write(r, &(struct report_out){ f, put });
	return !fclose(f);
}

int main(int argc, char **argv)
{
	struct err err = { "" };
	if (argc < 3)
		return 2;
	size_t n = strlen(argv[1]);
	struct report *r = made_report(argv[2], argc > 3);
	bool page = n > 5 && !strcmp(argv[1] + n - 5, ".html");
	bool ok = page ? write_page(r, argv[1]) : sheet_write(r, argv[1], &err);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	made_free(&r);
	return ok ? 0 : 1;
}
