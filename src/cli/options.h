/* Options of commands: full names only ("--st" is no "--state": a later option must never break a script), in any
 * place, as "--name value" or "--name=value"; "--" ends them. */
#ifndef LOAXA_CLI_OPTIONS_H
#define LOAXA_CLI_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

/* Values of an option that may be given more than once. */
struct option_list {
	const char *at[32];
	size_t n;
};

struct option_row {
	const char *name;         /* without the dashes; NULL ends the table */
	const char **text;        /* takes a value: where it goes, pointing into argv */
	bool *flag;               /* takes none: set to true */
	struct option_list *list; /* takes a value, each time it is given */
};

/* Reads argv[1] on; operands are moved to argv[1 .. n], options behind them.  Returns n, or -1 after having said on
 * stderr what is wrong (the caller returns EXIT_USAGE). */
int options_parse(int argc, char **argv, const struct option_row rows[]);

/* Says on stderr how the command is called; returns EXIT_USAGE. */
struct cmd;
int options_usage(const struct cmd *);

#endif
