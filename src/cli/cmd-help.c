#include "base/i18n.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/complete.h"
#include "cli/help-lists.h"
#include "cli/usage.h"

#include <stdio.h>
#include <string.h>

static void list_names(void)
{
	for (const struct cmd *const *c = commands; *c; c++)
		puts((*c)->name);
}

static const struct {
	const char *option;
	void (*print)(void);
} lists[] = {
	{ "--names", list_names },
	{ "--keys", help_lists_keys },
	{ "--codes", help_lists_codes },
	{ "--reasons", help_lists_reasons },
	{ "--verbs", help_lists_verbs },
	{ "--requests", help_lists_requests },
};

static void show(const struct cmd *c)
{
	struct text line = { 0 };
	text_add_cell(&line, c->name, 12);
	text_add(&line, " ");
	usage_spoken(c->args, &line);
	printf("  %s\n             %s\n", text_str(&line), _(c->help));
	text_free(&line);
}

static int help(int argc, char **argv)
{
	for (size_t i = 0; argc > 1 && i < sizeof lists / sizeof *lists; i++)
		if (!strcmp(argv[1], lists[i].option))
			return lists[i].print(), EXIT_DONE;
	if (argc > 1 && !strcmp(argv[1], "--complete")) {
		complete_print(argv + 2, (size_t)(argc - 2));
		return EXIT_DONE;
	}
	puts(_("usage: loaxa COMMAND [ARGUMENTS]"));
	for (const struct cmd *const *c = commands; *c; c++)
		if (argc < 2 || !strcmp((*c)->name, argv[1]))
			show(*c);
	if (argc < 2)
		printf("  --plain\n             %s\n",
			_("with any command: one fact a line, without bars and signs, for a screen reader"));
	return EXIT_DONE;
}

const struct cmd cmd_help = { "help", "[COMMAND | --keys | --codes | --reasons | --verbs | --requests | --complete WORD…]",
	N_("this list"), help };
