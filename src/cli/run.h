/* The controller in the foreground: wires the rooms, turns their loop, ends in order. */
#ifndef LOAXA_CLI_RUN_H
#define LOAXA_CLI_RUN_H

struct run_options {
	const char *dir;   /* schedule directory; NULL = the usual one */
	const char *state; /* state directory */
	const char *sink;  /* instead of the outputs' own; NULL = theirs */
	const char *store; /* prepared sound */
};

/* Until SIGTERM or SIGINT; returns the exit code. */
int run_station(const struct run_options *);

#endif
