/* Words for verdicts, reasons, classes and levels, and how numbers, times and lengths are written; in the user's
 * language. */
#ifndef LOAXA_REPORT_WORDS_H
#define LOAXA_REPORT_WORDS_H

#include "airing/verdict.h"
#include "base/text.h"
#include "report/row.h"

const char *words_state(enum state);       /* "đã phát"; STATE_OPEN: "chưa xong" */
const char *words_state_sign(enum state);  /* one column, so that nothing depends on colour */
const char *words_reason(enum reason);     /* "" for none */
const char *words_class(const char *name); /* "relay" -> "tiếp âm"; unknown names as they are */
const char *words_level(const char *name);
const char *words_event(const char *kind); /* of a journal row; unknown ones as they are */
const char *words_code(const char *code);  /* name of a verdict, a reason, "busy" or a kind of row; NULL gives "" */
/* What lần, lượt and tin bài mean, printed under every table that counts them; NULL after the last. */
enum { FOOTNOTE_TIMES, FOOTNOTE_BROADCASTS, FOOTNOTE_BULLETINS };
const char *words_footnote(int);
const char *words_rehearsal(void);         /* what crosses every page of a rehearsal */

void words_number(struct text *, size_t);      /* 150.829 */
void words_length(struct text *, int64_t ms);  /* "0:20", "25:00", "1:02:03" (rounded to seconds) */
void words_minutes(struct text *, int64_t ms); /* "21 phút 30 giây" */
void words_time(struct text *, const struct report_row *, wall_us); /* local "05:30:00" */
void words_date(struct text *, day_num);                            /* "thứ tư, 14/7/2021" */
day_num words_day(const struct report_row *, wall_us);              /* local day */
/* "cum-1" -> its title; numbers of directives separated by ", ", a missing number as "(không số)" */
void words_directives(struct text *, const char *directives, bool whole);

#endif
