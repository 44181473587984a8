/* One airing of the log, read from the body of its verdict or, while it has none, of its intent. */
#ifndef LOAXA_REPORT_ROW_H
#define LOAXA_REPORT_ROW_H

#include "airing/verdict.h"
#include "base/clock.h"
#include "report/intern.h"
#include "schedule/station.h"

struct report_row {
	/* strings of the log's table, NULL where the body says null */
	const char *id, *kind, *from, *station, *station_name, *zone, *zone_name, *bulletin, *title, *campaign;
	const char *directives; /* numbers, each ended by "\n" */
	const char *class, *priority, *operator, * approved_by;
	wall_us planned, started, ended; /* .us = 0: none */
	int32_t offset_s;                /* local time of the station at the planned instant */
	enum state state;                /* STATE_OPEN: no verdict yet */
	enum reason reason;
	int64_t frames_total, frames_played;
	int64_t tail_frames, tail_us; /* the last segment: its frames, and how long it took; 0 = none */
	int rate;                     /* frames a second of the zone, by its longest stretch: report_log fills it in */
	int64_t heard_ms;             /* frames_played by that rate: report_log fills it in */
	int64_t lateness_ms;
	bool made_up, rehearsal, test;
	int zone_order; /* its place in the station */
	char *body;     /* as it stands in the journal, when the log keeps bodies; else NULL */
};

/* False when the body is not a row of the contract.  started: of an airing without verdict, .us = 0 unknown. */
bool report_row_read(struct report_row *, const char *body, wall_us started, struct intern *);

/* What its words mean; unknown ones are an announcement, at the normal level. */
enum bulletin_class report_row_class(const struct report_row *);
enum level report_row_level(const struct report_row *);

/* Does it count as a broadcast at all?  Signature tunes, music, tests and drills never do. */
bool report_row_countable(const struct report_row *);
/* Same airing in different zones: the id without its zone. */
bool report_row_same_item(const struct report_row *, const struct report_row *);
/* Number written as people type it: "1704" finds "1704/STTTT-TTBCXB", blanks and case and marks do not matter. */
bool report_row_has_directive(const struct report_row *, const char *number);

/* RFC 3339 as the journal writes it; offset_s may be NULL. */
bool report_instant(const char *, wall_us *, int32_t *offset_s);

#endif
