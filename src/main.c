#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/language.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	language_start();
	const char *name = argc > 1 ? argv[1] : "desk";
	if (!strcmp(name, "--help") || !strcmp(name, "-h"))
		name = "help";
	if (!strcmp(name, "--version"))
		name = "version";
	/* loaxa --json, loaxa --state DIR: the desk */
	bool desk = argc > 1 && !strncmp(argv[1], "--", 2) && name == argv[1];
	if (desk)
		name = "desk";
	/* loaxa COMMAND --help is loaxa help COMMAND */
	if (argc > 2 && !strcmp(argv[2], "--help")) {
		argv[2] = argv[1];
		argv[1] = "help";
		name = "help";
	}
	for (const struct cmd *const *c = commands; *c; c++)
		if (!strcmp((*c)->name, name))
			return argc > 1 && !desk ? (*c)->run(argc - 1, argv + 1) : (*c)->run(argc, argv);
	fprintf(stderr, _("loaxa: there is no command \"%s\" — see: loaxa help\n"), name);
	return EXIT_USAGE;
}
