#include "base/i18n.h"
#include "cli/cmd.h"

#include <stdio.h>

static int version(int argc, char **argv)
{
	(void)argc, (void)argv;
	puts("loaxa 0.1.0");
	return EXIT_DONE;
}

const struct cmd cmd_version = { "version", "", N_("the program's version"), version };
