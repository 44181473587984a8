#include "base/i18n.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/help-lists.h"

#include <stdio.h>
#include <string.h>

static int list_names(void)
{
	for (const struct cmd *const *c = commands; *c; c++)
		puts((*c)->name);
	return EXIT_DONE;
}

static void show(const struct cmd *c)
{
	struct text line = { 0 };
	text_add_cell(&line, c->name, 10);
	text_addf(&line, " %s", c->args);
	printf("  %s\n             %s\n", text_str(&line), _(c->help));
	text_free(&line);
}

static int help(int argc, char **argv)
{
	if (argc > 1 && !strcmp(argv[1], "--names"))
		return list_names();
	if (argc > 1 && !strcmp(argv[1], "--keys"))
		return help_lists_keys(), EXIT_DONE;
	if (argc > 1 && !strcmp(argv[1], "--codes"))
		return help_lists_codes(), EXIT_DONE;
	puts(_("usage: loaxa COMMAND [ARGUMENTS]"));
	for (const struct cmd *const *c = commands; *c; c++)
		if (argc < 2 || !strcmp((*c)->name, argv[1]))
			show(*c);
	return EXIT_DONE;
}

const struct cmd cmd_help = { "help", "[COMMAND | --keys | --codes]", N_("this list"), help };
