/* sheet-tool FILE TITLE [crossed]: the workbook of a report made by hand, whose one bulletin has that title. */
#include "../unit/report/made-report.h"
#include "report/print/sheet.h"

#include <stdio.h>

int main(int argc, char **argv)
{
	struct err err = { "" };
	if (argc < 3)
		return 2;
	struct report *r = made_report(argv[2], argc > 3);
	bool ok = sheet_write(r, argv[1], &err);
	if (!ok)
		fprintf(stderr, "%s\n", err.text);
	made_free(&r);
	return ok ? 0 : 1;
}
