/* The shapes of the airing log: a table for people, CSV, JSON, and the journal's events one by one.
 * put() gets the text piece by piece, whole lines each, so that a year of rows is never in memory twice. */
#ifndef LOAXA_REPORT_SHAPES_H
#define LOAXA_REPORT_SHAPES_H

#include "base/text.h"
#include "report/log.h"
#include "report/remarks.h"
#include "report/tally.h"

struct tz;

struct report_out {
	void *self;
	void (*put)(void *self, const char *text);
};

struct report_page {
	int columns;   /* of the terminal; a wide number when it is none */
	bool crossed;  /* made from a rehearsal or a sample station: says so on every page */
	bool by_zone;  /* one zone was asked for: say its figures are its own */
	const struct remarks *remarks; /* shown beside the airings they explain; NULL = none */
	bool by_state; /* one verdict was asked for: figures that need the others are left out */
	bool plain;    /* for a screen reader: one fact a line, no columns */
};

void report_table(const struct report_log *, const struct report_page *, const struct report_out *);
void report_sums(const struct tally *, const struct report_page *, const struct report_out *);
void report_csv(const struct report_log *, const struct report_page *, const struct report_out *);
void report_json(const struct report_log *, const struct report_out *);

enum report_shape { REPORT_TEXT, REPORT_JSON, REPORT_CSV };
/* Every row of the journal as it comes, times in tz. */
void report_events(struct journal_reader *, const struct tz *, enum report_shape, const struct report_page *,
	const struct report_out *);

/* One CSV field: quoted, and never a formula to a spreadsheet. */
void report_csv_field(struct text *, const char *, bool last);
/* Paragraph broken at blanks to that many columns, each line with the indent. */
void report_paragraph(struct text *, const char *, const char *indent, int columns);

#endif
