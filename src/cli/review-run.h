/* What loaxa-report does for `loaxa review`. */
#ifndef LOAXA_CLI_REVIEW_RUN_H
#define LOAXA_CLI_REVIEW_RUN_H

int review_run(int argc, char **argv); /* the exit code; argv[0] = "review" */

#endif
