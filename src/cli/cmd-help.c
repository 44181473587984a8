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

/* The list is read in pieces: each heading stands before the command it names. */
static const struct {
	const char *before, *heading;
} headings[] = {
	{ "init", N_("A station and its schedule") },
	{ "desk", N_("On the air") },
	{ "letter", N_("New letters, new schedules, copies") },
	{ "log", N_("What was aired") },
	{ "import", N_("Recordings") },
	{ "test", N_("Loudspeakers and the machine") },
	{ "help", N_("Help") },
};

static void list_one(const struct cmd *c)
{
	struct text line = { 0 };
	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (!strcmp(headings[i].before, c->name))
			printf("\n%s\n", _(headings[i].heading));
	text_add_cell(&line, c->name, 13);
	printf("  %s%s\n", text_str(&line), _(c->help));
	text_free(&line);
}

static int list(void)
{
	puts(_("usage: loaxa COMMAND [ARGUMENTS] — the arguments of one: loaxa help COMMAND"));
	for (const struct cmd *const *c = commands; *c; c++)
		list_one(*c);
	printf("\n  --plain      %s\n",
		_("with any command: one fact a line, without bars and signs, for a screen reader"));
	return EXIT_DONE;
}

static int show(const char *name)
{
	for (const struct cmd *const *c = commands; *c; c++) {
		if (strcmp((*c)->name, name))
			continue;
		struct text line = { 0 };
		usage_spoken((*c)->args, &line);
		printf(_("usage: loaxa %s %s\n  %s\n"), name, text_str(&line), _((*c)->help));
		text_free(&line);
		return EXIT_DONE;
	}
	fprintf(stderr, _("loaxa: there is no command \"%s\" — see: loaxa help\n"), name);
	return EXIT_USAGE;
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
	return argc > 1 ? show(argv[1]) : list();
}

const struct cmd cmd_help = { "help", "[COMMAND | --keys | --codes | --reasons | --verbs | --requests | --complete WORD…]",
	N_("this list"), help };
