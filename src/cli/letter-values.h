/* What people answer when they copy a letter: dates without a year, "3–5 lần", KHẨN, and names made of all that.
 * Pure. */
#ifndef LOAXA_CLI_LETTER_VALUES_H
#define LOAXA_CLI_LETTER_VALUES_H

#include "schedule/station.h"

/* 13/7/2021 · 2021-07-13 · 13/7: the year in which it lies nearest to today. */
bool letter_date(const char *, day_num today, day_num *out);
/* 14/7/2021 - 31/8/2021 · 14/7 đến 31/8 · 31/8: from tomorrow to then · 30 ngày: so many from tomorrow. */
bool letter_days(const char *, day_num today, day_span *out);
/* 16h05 · 13/7/2021 16:05 · 13/7: as `received` is written, "13/7/2021 16:05"; to mem_free, NULL when it is none. */
char *letter_received(const char *, day_num today);
/* 3 · 3-5 · 3–5 lần · từ 3 đến 5 · ít nhất 2 lần: *max is -1 where none was said. */
bool letter_times(const char *, int *min, int *max);
/* KHẨN · thượng khẩn · hoa-toc: the word of the files, static; NULL when it is none. */
const char *letter_urgency(const char *);

/* Sessions and times of its own, "sang, chieu 11h15": indexes of rules and times a day in the order they were said.
 * False, and nothing in the lists, when a word is neither. */
struct letter_where {
	VEC(int) sessions;
	VEC(tod_ms) times;
};
bool letter_where(const char *, const struct station *, struct letter_where *);

/* "Chủ tịch UBND phường; phiếu duyệt số 12" at its first ";".  *via is NULL where there is none.  Both to mem_free. */
void letter_approval(const char *, char **by, char **via);

/* A name of the files out of any text, "1704/STTTT-TTBCXB" -> "1704-stttt-ttbcxb", at most `most` bytes; "" when
 * nothing is left.  To mem_free. */
char *letter_name(const char *, size_t most);

#endif
