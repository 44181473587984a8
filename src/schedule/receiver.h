/* Who receives: the body that several stations report to, what lies between them and it, which station belongs where from
 * when until when, and which letters are to be answered by whom.  From the files of a receiver's folder.  Plain data; pure.
 * Parts refer to each other by index into the arrays (-1 = none). */
#ifndef LOAXA_SCHEDULE_RECEIVER_H
#define LOAXA_SCHEDULE_RECEIVER_H

#include "base/finding.h"
#include "base/vec.h"
#include "schedule/civil.h"

#define RECEIVER_LEVELS 4 /* bodies above a station, the receiver itself not counted */

struct receiver_body {
	char *name, *title;
	int part_of; /* a body that stands before it in the array; -1: of the receiver itself */
	struct place place;
};

/* What held during some days: a commune renamed, or given to another body, is one station still. */
struct receiver_time {
	day_span days;
	char *title;
	int body; /* -1: of the receiver itself */
};

struct receiver_station {
	char *code;
	VEC(struct receiver_time) times; /* by day; without gaps from the first to the last day it reports */
	VEC(char *) former;              /* codes it had before */
	VEC(char *) keys;                /* trusted public keys, 64 hexadecimal digits in lower case */
	struct place place;
};

struct receiver_directive {
	char *name, *number, *issuer; /* number "" = the letter has none */
	day_num issued;               /* DAY_NONE when not said */
	day_span days;                /* in which it has to be carried out */
	VEC(int) stations, bodies;    /* who must; both empty: everybody */
	struct place place;
};

struct receiver {
	char *name, *title, *language;
	bool sample; /* rehearsals and samples are taken in, and every page is crossed */
	VEC(struct receiver_body) bodies;
	VEC(struct receiver_station) stations;
	VEC(struct receiver_directive) directives;
	VEC(char *) files; /* every place.file points into these */
};

struct receiver *receiver_new(void);
void receiver_free(struct receiver **);

int receiver_body(const struct receiver *, const char *name);    /* index, or -1 */
int receiver_station(const struct receiver *, const char *code); /* by its code or a former one; -1 */
/* What holds on that day; NULL: the station does not report then. */
const struct receiver_time *receiver_when(const struct receiver_station *, day_num);
/* Is the body the other one, or part of it? */
bool receiver_within(const struct receiver *, int body, int above);
/* Must the station carry it out, as it belongs on that day? */
bool receiver_asks(const struct receiver *, const struct receiver_directive *, int station, day_num);

#endif
