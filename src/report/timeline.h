/* The day as a picture: one line a zone, one character a step of time, blocks where something happened.
 *
 *	              05:30     05:35     05:40
 *	Cụm loa 1     ~██████████♪♪♪▒▒▒▒▒!!!!▒▒▒▒      */
#ifndef LOAXA_REPORT_TIMELINE_H
#define LOAXA_REPORT_TIMELINE_H

#include "report/log.h"
#include "report/shapes.h"

struct timeline_options {
	const struct tz *tz;
	int columns; /* of the terminal */
	bool colour; /* the marks say the same without it */
};

/* Rows must have been read with their bodies. */
void timeline_draw(const struct report_log *, const struct timeline_options *, const struct report_out *);

#endif
