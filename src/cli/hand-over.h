/* Commands that a program of their own carries out, as git has its own: large libraries stay out of the controller. */
#ifndef LOAXA_CLI_HAND_OVER_H
#define LOAXA_CLI_HAND_OVER_H

/* Becomes that program of ours, with the same words behind its name.  Returns only when it is not there: an exit code,
 * after having said so. */
int hand_over(const char *program, char **argv);

#endif
