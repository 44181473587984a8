/* How the commands of loaxa-report are called: their usage lines, for loaxa's table of commands and for their own. */
#ifndef LOAXA_CLI_REPORT_ARGS_H
#define LOAXA_CLI_REPORT_ARGS_H

#define REPORT_ARGS                                                                                                    \
	"[--month DATE] [--week DATE] [--quarter DATE] [--half DATE] [--year DATE] [--period campaign|15-14] "         \
	"[--from DATE] [--to DATE] "                                                                                   \
	"[--directive NUMBER] [--campaign NAME] [--zone ZONE] "                                                        \
	"[--class announcement|news|relay|music|signature|test] [--priority normal|priority|emergency] "               \
	"[--language WORD] "                                                                                           \
	"[--view directive|day|zone|class|unaired|logbook|strip] "                                                     \
	"[--json] [--csv] "                                                                                            \
	"[--xlsx FILE] "                                                                                               \
	"[--html FILE] "                                                                                               \
	"[--pdf FILE] [--logbook FILE] "                                                                                 \
	"[--pack DIR] [--picture DIRECTIVE=FILE] "                                                                     \
	"[--station DIR] [--state DIR]"

#endif
