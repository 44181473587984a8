/* All that the journal knows of one airing: its row, its own rows one by one, what ordered it, what happened in its zone
 * meanwhile, whoever was on duty, and what people wrote about it later. */
#ifndef LOAXA_REPORT_SHOW_H
#define LOAXA_REPORT_SHOW_H

#include "engine/ports.h"
#include "report/row.h"
#include "report/shapes.h"

struct tz;

enum show_why {
	SHOW_OWN,      /* of this airing */
	SHOW_ORDER,    /* the command that made it */
	SHOW_MEANWHILE /* of its zone or of the station: before its verdict, or the absence in which its instant lay */
};

struct show_row {
	int64_t seq;
	wall_us at;
	enum show_why why;
	char *kind, *body;
};

struct show_state { /* of its zone as it was at its verdict */
	bool is;
	wall_us since; /* .us = 0: nobody ordered it, the schedule says so */
	char *reason, *by;
};

struct show {
	const struct report_row *row; /* the caller's */
	char *text_sha256;            /* NULL: it never started, or has no text */
	char *duty;                   /* who was on duty at its instant; NULL: nobody had said */
	wall_us duty_since;
	struct show_state off, held;
	VEC(struct show_row) rows; /* as they were written */
	VEC(char *) notes;         /* for people */
};

/* row: with its body; it must stay.  reader: from a checkpoint before its first row on; it is read as far as its verdict. */
struct show *report_show_read(const struct report_row *row, struct journal_reader *, const struct tz *);
/* reader: rows of the kind "note" since then: they may come months later. */
void report_show_notes(struct show *, struct journal_reader *, const struct tz *);
void report_show_free(struct show **);

/* For people.  day: rows of about that time, among them those of the same item in other zones. */
void report_show(const struct show *, const struct report_log *day, const struct tz *, const struct report_page *,
	const struct report_out *);
/* One object: "airing" as `loaxa log --json` shows it, and the rest. */
void report_show_json(const struct show *, const struct tz *, const struct report_out *);

#endif
