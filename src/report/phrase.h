/* Parts of sentences that several papers say: numbers, lengths, instants, the name of a letter.  In the user's language;
 * pure but for that. */
#ifndef LOAXA_REPORT_PHRASE_H
#define LOAXA_REPORT_PHRASE_H

#include "base/text.h"
#include "report/report.h"

#define PHRASE_BYTES 48
const char *phrase_number(size_t, char out[PHRASE_BYTES]);                   /* 150.829; returns out */
const char *phrase_percent(int64_t part, int64_t of, char out[PHRASE_BYTES]); /* 35,67%; "" of nothing */
const char *phrase_share(size_t part, size_t of, char out[PHRASE_BYTES]);      /* cut, not rounded: 100% means all */
const char *phrase_minutes(int64_t ms, char out[PHRASE_BYTES]);              /* whole ones, rounded: 1.250 */
const char *phrase_clock(const struct tz *, wall_us, char out[PHRASE_BYTES]);   /* 05:30 */
const char *phrase_instant(const struct tz *, wall_us, char out[PHRASE_BYTES]); /* 05:30 ngày 14/7/2021 */
void phrase_span(struct text *, const struct tz *, wall_us from, wall_us to);   /* từ 05:30 đến 06:40 ngày 14/7/2021 */
void phrase_hours(struct text *, int64_t ms);                                   /* 13 giờ 35 phút; 2 ngày 3 giờ */


/* "Công văn số 1704/STTTT-TTBCXB ngày 13/7/2021 của Sở …"; whole: "về việc …" too. */
void phrase_letter(struct text *, const struct report_directive *, bool whole);
/* The second time it is spoken of: "Công văn số 1704/STTTT-TTBCXB"; one without a number as above. */
void phrase_letter_again(struct text *, const struct report_directive *);
/* Two rows that mean one letter: a directive may stand in several campaigns. */
bool phrase_same_letter(const struct report_directive *, const struct report_directive *);

const char *phrase_language(const char *code); /* "vi" -> "tiếng Việt"; unknown ones as they are */

/* "UBND phường Lộc Thọ" of "Ủy ban nhân dân phường Lộc Thọ"; others as they are.  To mem_free. */
char *phrase_short_unit(const char *);

#endif
