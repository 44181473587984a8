/* The views of a report as tables of typed cells: what CSV, the spreadsheet and the page have in common, so that the same
 * columns, figures and words stand in all of them.  Words are in the user's language.  Every text of a cell is fit for
 * paper: valid UTF-8 of at most GRID_TEXT_UNITS UTF-16 units, without controls (but line feeds) and without characters that
 * nobody sees or that reorder others.  A grid lives as long as its report.  Not thread-safe. */
#ifndef LOAXA_REPORT_GRID_H
#define LOAXA_REPORT_GRID_H

#include "base/text.h"
#include "base/vec.h"
#include "report/report.h"

enum grid_view {
	GRID_SUMMARY,
	GRID_DIRECTIVE,
	GRID_DATES, /* each directive's days, one after the other */
	GRID_DAY,
	GRID_ZONE,
	GRID_OFF,
	GRID_CLASS,
	GRID_UNAIRED,
	GRID_LOGBOOK,
	GRID_STRIP,
	GRID_PICTURES, /* attached, and those that are missing; no rows where no letter asks for any */
	GRID_VIEWS
};

enum grid_kind {
	GRID_EMPTY,
	GRID_TEXT,
	GRID_CODE,    /* text, however much it looks like a number */
	GRID_COUNT,   /* n */
	GRID_SHARE,   /* n in 1/10,000 */
	GRID_MINUTES, /* n in ms, summed length */
	GRID_LENGTH,  /* n in ms, of one thing */
	GRID_DATE,    /* n: day_num */
	GRID_MOMENT,  /* n: local seconds since 1970-01-01 */
	GRID_TIME,    /* n: local seconds since midnight */
	GRID_HOUR     /* n: enum strip_cell */
};

#define GRID_TEXT_UNITS 32000 /* a spreadsheet's cell holds 32,767 */

struct grid_cell {
	enum grid_kind kind;
	int64_t n;
	char *text;
};

struct grid_column {
	const char *heading;
	enum grid_kind kind; /* of most of its cells */
	int width;           /* characters that it wants */
};

struct grid {
	const char *title; /* "Theo văn bản" */
	VEC(struct grid_column) columns;
	VEC(struct grid_cell) cells; /* row after row */
	bool total;                  /* the last row is one */
	VEC(char *) notes;           /* what the words mean */
};

struct grid *grid_new(const struct report *, enum grid_view);
void grid_free(struct grid **);
size_t grid_rows(const struct grid *); /* with the total */
const struct grid_cell *grid_at(const struct grid *, size_t row, size_t column);
const char *grid_name(enum grid_view);  /* for files and options: "directive" */
const char *grid_title(enum grid_view); /* for people */
/* With its unit: "Thời lượng (phút)". */
void grid_heading(struct text *, const struct grid_column *);
/* The cell as people write it: 150.829 · 35,67% · 13/7/2021. */
void grid_print(struct text *, const struct grid_cell *);
/* "1704/STTTT-TTBCXB", or what stands for a letter without number: "Văn bản ngày 02/8/2020 của …". */
void grid_directive(struct text *, const struct report_directive *);
const char *grid_hour_sign(enum strip_cell); /* one letter, so that nothing depends on colour; "" for nothing */
const char *grid_hour_words(enum strip_cell);
const char *grid_met(enum met); /* "đạt" */
/* Lines that it takes in so many columns, broken at blanks. */
int grid_lines(const char *, int width);
/* s made fit for paper, as the head of this file says. */
void grid_clean(struct text *, const char *s);
/* The same in one line, of at most that many characters. */
void grid_short(struct text *, const char *s, size_t most);

#endif
