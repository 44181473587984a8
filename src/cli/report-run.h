/* loaxa report. */
#ifndef LOAXA_CLI_REPORT_RUN_H
#define LOAXA_CLI_REPORT_RUN_H

int report_run(int argc, char **argv); /* argv[0] = "report"; returns the exit code */

#endif
