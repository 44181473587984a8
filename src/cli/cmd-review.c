/* loaxa review: what many stations handed in, for who receives; loaxa-report carries it out. */
#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/hand-over.h"
#include "cli/review-args.h"

static int run(int argc, char **argv)
{
	(void)argc;
	return hand_over("loaxa-report", argv);
}

const struct cmd cmd_review = { "review", REVIEW_ARGS,
	N_("for who receives: many stations' bundles, and whether each letter was carried out"), run };
