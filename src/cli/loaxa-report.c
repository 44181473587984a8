/* loaxa-report: what loaxa hands over because it needs much that the controller must not have: papers for the district,
 * and the book of those who receive them. */
#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "cli/letters.h"
#include "cli/report-run.h"
#include "cli/review-run.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	int (*run)(int argc, char **argv);
} verbs[] = {
	{ "report", report_run },
	{ "review", review_run },
};

static bool has(char **argv, const char *word)
{
	while (*argv && strcmp(*argv, word))
		argv++;
	return *argv;
}

int main(int argc, char **argv)
{
	language_start();
	letters_start(has(argv, "--json") || has(argv, "--csv"));
	int code = EXIT_USAGE;
	size_t i = 0, n = sizeof verbs / sizeof *verbs;
	while (argc > 1 && i < n && strcmp(verbs[i].name, argv[1]))
		i++;
	if (argc > 1 && i < n)
		code = verbs[i].run(argc - 1, argv + 1);
	else
		fputs(_("loaxa-report is started by loaxa — see: loaxa help report\n"), stderr);
	letters_end();
	return code;
}
