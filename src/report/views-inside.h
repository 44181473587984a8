/* Inside of report/views: what its files share.  A view is a row of the table in views-choice.c. */
#ifndef LOAXA_REPORT_VIEWS_INSIDE_H
#define LOAXA_REPORT_VIEWS_INSIDE_H

#include "report/columns.h"
#include "report/views.h"

/* One view, to be printed. */
struct view {
	bool summary; /* it is one of several: a long time is shown by month */
	const struct report *report;
	const struct report_page *page;
	const struct report_out *out;
};

void views_heading(const struct view *, const char *words);    /* a line of its own, after a blank one */
void views_sentence(const struct view *, const char *words);   /* broken to the screen */
/* planned = aired + partial + missed + skipped + failed: six columns and their cells */
void views_verdict_columns(struct columns *);
void views_figure_columns(struct columns *); /* sessions, lượt, length, and those */
void views_figures(struct columns *, const struct tally *);
/* Directives of one campaign share its bulletins: the one that asks for the most days stands for them. */
bool views_stands_for(const struct report *, size_t directive);
#define VIEWS_DAYS_MOST 62 /* of more the summary shows months */
void views_verdict_cells(struct columns *, const struct tally *);
void views_add_date(struct text *, day_num); /* "05/7 T2" */
char *views_hours(int64_t ms); /* "3 giờ 26 phút"; to mem_free */
/* The fields of a tally, into the open object. */
void views_json_sums(struct text *, const struct tally *);
void views_json_day(struct text *, const char *key, day_num); /* null for DAY_NONE */
void views_json_instant(struct text *, const char *key, const struct report *, wall_us); /* null for 0 */
void views_json_put(const struct report_out *, struct text *); /* closes the object, prints and empties it */

void views_directives(const struct view *);
void views_directives_json(const struct report *, const struct report_out *);
void views_days(const struct view *);
void views_months(const struct view *);
void views_days_json(const struct report *, const struct report_out *);
void views_zones(const struct view *);
void views_zones_json(const struct report *, const struct report_out *);
void views_off(const struct view *); /* when nothing could be heard; nothing when there was no such time */
void views_unaired(const struct view *);
void views_unaired_json(const struct report *, const struct report_out *);
void views_logbook(const struct view *);
void views_logbook_json(const struct report *, const struct report_out *);
void views_strip(const struct view *);
void views_strip_json(const struct report *, const struct report_out *);
void views_classes(const struct view *);
void views_classes_json(const struct report *, const struct report_out *);

const char *views_met_name(enum met); /* "met", "not-met" … */
/* "ĐÃ THỰC HIỆN ĐỦ: 57 lần …" a line each directive. */
void views_conclusions(const struct view *);

#endif
