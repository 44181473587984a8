#include "cli/report-shapes.h"

const struct report_file report_files[] = {
	{ NULL, NULL, NULL },
};
