/* What a report says, whatever its paper: the figures of one station over some days.  Plain data, made by build.h from the
 * rows of a log, the schedules as they were and what people wrote down; every shape (table, CSV, JSON, XLSX, PDF, HTML)
 * prints this and computes nothing.  Strings are owned by the report.  Pure. */
#ifndef LOAXA_REPORT_REPORT_H
#define LOAXA_REPORT_REPORT_H

#include "report/log.h"
#include "report/tally.h"
#include "schedule/station.h"

/* Of a campaign's day: was done what was asked? */
enum met {
	MET_NOT_ASKED, /* outside the directive's days, or no number was set */
	MET_YES,
	MET_NO,
	MET_EXCUSED, /* an exception took away what would have met it */
	MET_OPEN,    /* not over yet */
	MET_COUNT
};

struct report_directive_day {
	day_num day;
	int asked_min, asked_max; /* lần; -1 = not said */
	int times;                /* lần done */
	enum met met;
	int asked_minutes;        /* least; -1 = not said.  Decides only where no lần are asked */
	int64_t heard_ms;         /* of its campaign's broadcasts */
	enum reason why;          /* what most often kept its bulletins from being heard whole; REASON_NONE */
};

/* One directive: it is met by its campaign's bulletins, from its own first day on. */
struct report_directive {
	char *campaign, *campaign_title, *set_by;
	char *name, *number, *issuer, *subject, *report_to; /* number "" = the letter has none */
	char *received;                                     /* as written, or NULL */
	enum urgency urgency;
	day_num issued; /* DAY_NONE */
	day_span days;  /* within the report: its own and the campaign's window, clipped */
	bool pictures;
	VEC(struct report_directive_day) per_day; /* each day of `days`, in order */
	int times;                                /* lần done in all */
	int times_asked;                          /* least asked in all: days asked times minimum; -1 = no number set */
	int days_asked, days_met, days_excused, days_open; /* asked = met + not met + excused + open */
	int64_t first_airing_ms;                           /* from received to the first lượt; -1 = unknown */
	struct tally sums;
	VEC(struct uptake) uptakes; /* of the campaign, by date */
};

struct report_day {
	day_num day;
	struct tally sums;
	char *duty;       /* who was on duty, "; " between several; NULL */
	char *notes;      /* one a line; NULL */
	char *exceptions; /* titles of what took rules away that day; NULL */
};

struct report_off {       /* an interval in which nothing could be heard */
	wall_us from, to; /* clipped to the report; to = end of the report while it lasts */
	char *why;        /* as the operator said, or NULL */
};

struct report_zone {
	char *name, *title, *area; /* area may be NULL */
	int speakers;              /* 0 = not said */
	struct tally sums;
	VEC(struct report_off) off;
	int64_t off_ms;
};

struct report_class { /* one class at one level in one language: rows in that order */
	enum bulletin_class class;
	enum level level;
	char *language;
	struct tally sums;
};

/* What was not aired whole: one bulletin at one instant, with the zones that share verdict and reason. */
struct report_unaired {
	wall_us planned;
	int32_t offset_s;
	char *title, *zones, *directives; /* titles of zones ", "; numbers ", " */
	enum state state;
	enum reason reason;
	char *note; /* what people wrote about it, or NULL */
};

/* A line of the logbook: one item over its zones. */
struct report_entry {
	day_num day;
	wall_us planned, started, ended; /* .us = 0 none */
	int32_t offset_s;
	int64_t heard_ms;
	char *title, *directives, *zones, *approved_by, *operator, * note; /* any but title may be NULL */
	char *campaign;
	enum bulletin_class class;
	enum level level;
	int nth;          /* the lần of its campaign that day; 0 = none */
	enum state state; /* the worst of its zones that were on */
	enum reason reason;
};

enum strip_cell {
	STRIP_NOTHING,
	STRIP_AIRED,
	STRIP_PART,
	STRIP_MISSED,
	STRIP_OFF,
	STRIP_EXCUSED,
	STRIP_EMERGENCY,
	STRIP_OPEN
};
struct report_strip {
	day_num day;
	unsigned char hour[24]; /* enum strip_cell, local hours */
};

struct report_picture {    /* what was attached for a directive */
	size_t directive;  /* index */
	char *name;        /* of the file beside the papers: "anh-1704-1.jpg" */
	const char *type;  /* "image/jpeg", "image/png" */
	int width, height; /* pixels */
	char *data;
	size_t bytes;
};

struct report {
	char *station, *name, *unit, *reports_to; /* as of the last day */
	char *names_before;                       /* other names it had in these days, ", "; NULL */
	struct paper paper;                       /* copy of the station's; strings may be NULL */
	char *title;                              /* of the period, in the user's language: "tháng 7 năm 2021" */
	day_span days;
	wall_us made;  /* by the caller's clock */
	bool crossed;  /* rehearsal or sample */
	bool filtered; /* somebody asked for a part: says which */
	char *filter;  /* for people; NULL */
	char *seal;    /* mã niêm phong: chain head at the last sealed row, or NULL */
	struct tally sums;
	VEC(struct report_directive) directives;
	VEC(struct report_day) per_day; /* every day of the report */
	VEC(struct report_zone) zones;
	VEC(struct report_class) classes;
	VEC(struct report_unaired) unaired;
	VEC(struct report_entry) logbook;
	VEC(struct report_strip) strip;
	VEC(struct report_off) station_off;  /* absences of the whole station */
	VEC(struct report_picture) pictures; /* by directive */
	const struct tz *tz;                 /* not owned */
	wall_us begins; /* the journal begins within these days: nothing is known before; .us = 0: it begins earlier */
};

void report_free(struct report **);

#endif
