/* The weekly logbook. */
#include "report/build-inside.h"

void report_build_logbook(struct build *b)
{
	(void)b;
}
