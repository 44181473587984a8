/* The long lists of `loaxa help`: one entry a line, its name first, so that a test can compare them with the manual. */
#ifndef LOAXA_CLI_HELP_LISTS_H
#define LOAXA_CLI_HELP_LISTS_H

void help_lists_keys(void);  /* section.key, what it is, its default */
void help_lists_codes(void); /* code, severity, what it is */
void help_lists_reasons(void);
void help_lists_verbs(void);
void help_lists_requests(void); /* of scripts: commands, then faults */

#endif
