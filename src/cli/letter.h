/* A letter arrives at 16:00 and airs from 05:30: what is known of it, from the first question to the files.
 *   letter-ask.c    the conversation
 *   letter-recording.c  what is aired: a file, a text, a bulletin
 *   letter-places.c  where it goes
 *   letter-write.c  what it means for the files of the draft
 *   letter-show.c   what will be heard
 * Nothing of it is on the disk before the last yes but a recording taken in, which letter_free() takes back. */
#ifndef LOAXA_CLI_LETTER_H
#define LOAXA_CLI_LETTER_H

#include "cli/dialog.h"
#include "cli/draft.h"
#include "cli/import-scan.h"
#include "cli/import.h"
#include "cli/letter-values.h"
#include "schedule/places.h"

/* The tenth is asked only where approval is needed. */
enum { LETTER_QUESTIONS = 10, LETTER_PLACES = 8 };

struct letter {
	struct draft *draft;
	/* Plays a file or a bulletin in the studio, and says itself when it cannot; NULL: nobody can. */
	void (*listen)(const struct letter *, const char *what);
	const char *state;
	char *answers[LETTER_QUESTIONS]; /* as they were given; NULL: not yet */
	wall_us now;
	day_num today;

	char *number, *issuer, *subject, *received; /* number and subject may be "" */
	const char *urgency;
	day_num issued;

	int bulletin; /* one of the schedule already; -1: a new one, of the recording */
	struct import_options import;
	struct import_result recording;
	bool taken_in; /* recording is filled in */
	int64_t ms;
	struct import_scan *stick; /* what was listed last; NULL: nothing was */

	day_span days;
	int times_min, times_max; /* -1: no most */
	struct places places;
	char *by, *via; /* by NULL: not approved yet */

	/* names in the files */
	char *campaign_name, *bulletin_name;
};

void letter_begin(struct letter *, struct draft *, wall_us now);
/* kept: what was written stays; else a recording that was taken in goes again. */
void letter_free(struct letter *, bool kept);

/* From that question on (0 = the first); false when they left. */
bool letter_ask(struct letter *, struct dialog *, int from);

/* Lists what lies on a stick, where one is in. */
void letter_list_stick(struct letter *);
/* The answer to what is aired: taken in, or found in the schedule. */
bool letter_take(struct letter *, const char *answer, struct err *why);

/* The answer to how often or where: places found, all of it written into the draft and the draft found good. */
bool letter_place(struct letter *, const char *answer, struct err *why);
void letter_say_places(const struct letter *);

/* Into the draft, all but the approval.  false: err. */
bool letter_write(struct letter *, struct err *);
bool letter_is_approved(const struct letter *); /* what airs was approved before */
bool letter_raises(const struct letter *);      /* the times a day required of the campaign it joins */
int letter_campaign(const struct letter *);     /* that it joins, index in draft->was; -1: a new one */

/* The day sheet of tomorrow (of the first day where that is later), and what differs from what runs. */
void letter_show(const struct letter *, const struct station *running);
/* First airing, times, days, total, last day, in one line. */
void letter_summary(const struct letter *, struct text *out);

#endif
