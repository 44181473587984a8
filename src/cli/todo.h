/* Việc cần làm: what a person should do before the next session, found in what the station says of itself, its
 * schedule and its log.  Reads no clock and no file; texts are in the user's language. */
#ifndef LOAXA_CLI_TODO_H
#define LOAXA_CLI_TODO_H

#include "base/clock.h"
#include "base/json.h"
#include "base/vec.h"
#include "report/times.h"
#include "schedule/station.h"

struct todo {
	const char *code; /* static: the word programs know it by */
	bool urgent;      /* costs airings within a day, or already does; else it can wait */
	wall_us at;       /* when it bites, or since when it is so; .us = 0: neither */
	char *name;       /* zone, bulletin, campaign …; may be NULL */
	char *text;       /* what — why */
	char *act;        /* what to do, a line each; may be NULL: the text says it */
};

struct todos {
	VEC(struct todo) list; /* urgent ones first, each kind in the order it was found */
};

/* What the list is made from.  Nothing is kept of it. */
struct todo_facts {
	wall_us now;
	const struct json *status;     /* the engine's object; NULL: no controller answers */
	const struct station *station; /* what runs, or would; NULL: none is accepted, or it cannot be read */
	const char *silent;            /* without status: why a controller that runs cannot be asked, in words; NULL */
	bool lengths_known;            /* of the station's recordings */
	wall_us last_alive;            /* without a controller: when one was last there; .us = 0 unknown */
	/* the directory the schedule was taken from, or would be; NULL: there is none */
	const char *dir;
	bool differs;  /* from what runs */
	size_t errors; /* it has so many: it cannot be applied as it is */
	const char *changed; /* recordings that are others than those that run; NULL: none */
	/* the log of this week */
	const struct times *times; /* NULL: no log */
	day_num log_begins;        /* nothing is known of the days before */
	/* notes of operators, "day text" each: what was explained or reported needs no doing any more */
	const struct todo_note {
		day_num day; /* DAY_NONE: of an airing */
		wall_us written;
		const char *text;
	} *notes;
	size_t n_notes;
};

void todo_find(const struct todo_facts *, struct todos *);
void todo_free(struct todos *); /* empties it */

/* The next session that will start: its instant, US_NEVER when none does within a week; *rule its index. */
wall_us todo_next_session(const struct station *, wall_us now, int *rule);

/* "05:32", "05:32 tomorrow", "05:32 on 14/7/2021" appended. */
void todo_when(struct text *, const struct tz *, wall_us now, wall_us at);

/* For the parts below: takes name, text and act. */
void todo_add(struct todos *, struct todo);
/* In todo-plan.c: what will not be heard, and what ends.  In todo-times.c: campaigns short of their times. */
void todo_plan(const struct todo_facts *, struct todos *);
void todo_times(const struct todo_facts *, struct todos *);

#endif
