/* How loaxa review is called, for loaxa's table of commands and for loaxa-report. */
#ifndef LOAXA_CLI_REVIEW_ARGS_H
#define LOAXA_CLI_REVIEW_ARGS_H

#define REVIEW_ARGS                                                                                                    \
	"[import FILE…|trust CODE KEY…|check] [--month DATE] [--week DATE] [--quarter DATE] [--half DATE] [--year DATE] "  \
	"[--period WORD] [--from DATE] [--to DATE] [--directive NUMBER] [--late] [--all] [--station CODE [--day DATE]] "   \
	"[--json|--csv] [--state DIR]"

#endif
