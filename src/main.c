#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "cli/letters.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* --plain belongs to every command: taken out wherever it stands.  Returns how many words are left. */
static int take_plain(int argc, char **argv)
{
	int n = 0;
	bool ended = false;
	for (int i = 0; i < argc; i++) {
		/* What stands behind --complete is a command line that is still being typed. */
		ended = ended || !strcmp(argv[i], "--") || !strcmp(argv[i], "--complete");
		if (!ended && !strcmp(argv[i], "--plain"))
			setenv("LOAXA_PLAIN", "1", 1);
		else
			argv[n++] = argv[i];
	}
	argv[n] = NULL;
	return n;
}

static bool has(char **argv, const char *word)
{
	while (*argv && strcmp(*argv, word))
		argv++;
	return *argv;
}

static int run(const char *name, int argc, char **argv)
{
	for (const struct cmd *const *c = commands; *c; c++)
		if (!strcmp((*c)->name, name))
			return (*c)->run(argc, argv);
	fprintf(stderr, _("loaxa: there is no command \"%s\" — see: loaxa help\n"), name);
	return EXIT_USAGE;
}

int main(int argc, char **argv)
{
	language_start();
	argc = take_plain(argc, argv);
	letters_start(has(argv, "--json") || has(argv, "--csv"));
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
	int code = argc > 1 && !desk ? run(name, argc - 1, argv + 1) : run(name, argc, argv);
	letters_end();
	return code;
}
