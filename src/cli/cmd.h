/* The command table: one row a command, one file a command.  It drives dispatch, --help, completion and the tests
 * that compare it with the manual. */
#ifndef LOAXA_CLI_CMD_H
#define LOAXA_CLI_CMD_H

enum { EXIT_DONE = 0, EXIT_REFUSED = 1, EXIT_USAGE = 2 };

struct cmd {
	const char *name, *args, *help;    /* help: English msgid, marked N_() */
	int (*run)(int argc, char **argv); /* argv[0] = the command's name; returns the exit code */
};

extern const struct cmd *const commands[]; /* ended by NULL */

#endif
