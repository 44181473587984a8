/* How people write times, dates, days and durations in schedule files, scripts and on the command line.  Pure.
 * Every function takes the whole text: leading or trailing rubbish is a refusal (false), never a guess. */
#ifndef LOAXA_SCHEDULE_VALUES_H
#define LOAXA_SCHEDULE_VALUES_H

#include "base/clock.h"
#include "schedule/civil.h"
#include "schedule/station.h"

struct tz;

bool value_time(const char *, tod_ms *out); /* 5h30 · 5h · 05:30 · 05:30:15 · 17 giờ 30 · 17 giờ; 24:00 no */
bool value_window(const char *, struct window *out); /* 8h-10h · 08:00-10:00 · 22h-2h */
bool value_date(const char *, day_num *out);         /* 13/7/2021 · 13/07/2021 · 2021-07-13 */
bool value_duration(const char *, int64_t *out_ms); /* 30s · 10m · 1h30 · 1h30m · 2h · 24h · 7d · 0s; at most 3660d */
bool value_weekdays(const char *, uint8_t *bits);   /* one element: T2 · T2..T7 · T2,T4,CN · mon..sat · CN · all */
bool value_bool(const char *, bool *out);           /* yes/no, true/false, on/off, có/không */
bool value_range(const char *, int *min, int *max); /* "3" = at least 3 (max -1) · "2..5" */
bool value_number(const char *, int64_t min, int64_t max, int64_t *out); /* decimal only; 08 is 8 */
bool value_name(const char *);                                           /* [a-z0-9._-]{1,48} */
/* Script and option instants: 2021-07-14T05:41:10.500 · 2021-07-14T05:41 · 2021-07-14 (midnight) · 14/7/2021T5h30 */
bool value_instant(const char *, const struct tz *, wall_us *out);

/* "05:30", "05:30:15" when there are seconds; "14/7/2021" printed as the letters do: 14/7/2021, 02/8/2020, 05/02/2021 */
#define VALUE_BYTES 32
void value_print_time(tod_ms, char out[VALUE_BYTES]);
void value_print_date(day_num, char out[VALUE_BYTES]);
void value_print_iso_date(day_num, char out[VALUE_BYTES]);    /* 2021-07-14 */
void value_print_duration(int64_t ms, char out[VALUE_BYTES]); /* 1h30m · 5m · 75s · 20.457s */

#endif
