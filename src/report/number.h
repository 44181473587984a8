/* Numbers of directives, however they are typed.  Pure. */
#ifndef LOAXA_REPORT_NUMBER_H
#define LOAXA_REPORT_NUMBER_H

#include <stdbool.h>

/* "1704", "1704 /stttt", "Công văn số 1704/STTTT-TTBCXB" mean "1704/STTTT-TTBCXB": case, marks, blanks and signs do not
 * matter, and the beginning is enough where it ends with a part of the number; "170" does not. */
bool number_means(const char *typed, const char *number);

#endif
