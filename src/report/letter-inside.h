/* Between letter-head.c (head and foot) and letter-body.c (I to IV). */
#ifndef LOAXA_REPORT_LETTER_INSIDE_H
#define LOAXA_REPORT_LETTER_INSIDE_H

#include "report/letter.h"

/* unit: as it speaks of itself, "UBND phường Lộc Thọ"; subject: "kết quả tuyên truyền … tháng 7 năm 2021". */
void report_letter_body(struct report_letter *, const struct report *, const char *unit, const char *subject);

#endif
