/* Not getopt_long: it accepts shortened names and prints in its own words. */
#include "cli/options.h"

#include "base/i18n.h"
#include "cli/cmd.h"
#include "cli/usage.h"

#include <stdio.h>
#include <string.h>

static const struct option_row *find(const struct option_row rows[], const char *name, size_t bytes)
{
	for (const struct option_row *r = rows; r->name; r++)
		if (strlen(r->name) == bytes && !strncmp(r->name, name, bytes))
			return r;
	return NULL;
}

/* Takes the option at *at (and its value); false after a complaint. */
static bool take(const char *command, int argc, char **argv, int *at, const struct option_row rows[])
{
	const char *name = argv[*at] + 2;
	const char *equals = strchr(name, '=');
	size_t bytes = equals ? (size_t)(equals - name) : strlen(name);
	const struct option_row *row = find(rows, name, bytes);
	if (!row) {
		fprintf(stderr, _("loaxa %s: there is no option \"%s\" — see: loaxa help\n"), command, argv[*at]);
		return false;
	}
	if (row->flag && equals) {
		fprintf(stderr, _("loaxa %s: --%s takes no value\n"), command, row->name);
		return false;
	}
	if (row->flag) {
		*row->flag = true;
		return true;
	}
	if (!equals && *at + 1 >= argc) {
		fprintf(stderr, _("loaxa %s: --%s needs a value\n"), command, row->name);
		return false;
	}
	const char *value = equals ? equals + 1 : argv[++*at];
	if (row->list && row->list->n == sizeof row->list->at / sizeof *row->list->at) {
		fprintf(stderr, _("loaxa %s: --%s is given more than %zu times\n"), command, row->name, row->list->n);
		return false;
	}
	if (row->list)
		row->list->at[row->list->n++] = value;
	else
		*row->text = value;
	return true;
}

int options_parse(int argc, char **argv, const struct option_row rows[])
{
	int operands = 0;
	bool ended = false;
	for (int i = 1; i < argc; i++) {
		bool dashes = !ended && !strncmp(argv[i], "--", 2);
		if (dashes && argv[i][2] == '\0') {
			ended = true;
		} else if (dashes) {
			if (!take(argv[0], argc, argv, &i, rows))
				return -1;
		} else if (!ended && argv[i][0] == '-' && argv[i][1]) {
			fprintf(stderr, _("loaxa %s: there is no option \"%s\" — see: loaxa help\n"), argv[0], argv[i]);
			return -1;
		} else {
			/* Values were pointed at, not moved: swapping keeps every pointer good. */
			char *operand = argv[i];
			argv[i] = argv[operands + 1];
			argv[++operands] = operand;
		}
	}
	return operands;
}

int options_usage(const struct cmd *c)
{
	struct text args = { 0 };
	usage_spoken(c->args, &args);
	fprintf(stderr, _("usage: loaxa %s %s\n"), c->name, text_str(&args));
	text_free(&args);
	return EXIT_USAGE;
}
