/* loaxa report: what was done of what was asked, for the district; loaxa-report carries it out. */
#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/hand-over.h"
#include "cli/report-args.h"

static int run(int argc, char **argv)
{
	(void)argc;
	return hand_over("loaxa-report", argv);
}

const struct cmd cmd_report = { "report", REPORT_ARGS,
	N_("what was aired of what was asked, for the district: by directive, day, zone and class"), run };
