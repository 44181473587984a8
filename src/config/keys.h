/* Every section and every key of the schedule files, and of a receiver's, in one table: what the scanner knows, what the hints
 * offer, what a value must look like, what holds when it is not written, and what `loaxa help --keys` and the
 * manual list. */
#ifndef LOAXA_CONFIG_KEYS_H
#define LOAXA_CONFIG_KEYS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum section {
	SECTION_STATION,
	SECTION_PAPER,
	SECTION_OUTPUT,
	SECTION_ZONE,
	SECTION_GUARD,
	SECTION_LIMIT,
	SECTION_EXCEPTION,
	SECTION_CAMPAIGN,
	SECTION_DIRECTIVE,
	SECTION_UPTAKE,
	SECTION_BULLETIN,
	SECTION_RELAY,
	SECTION_SESSION,
	SECTION_REPEAT,
	SECTION_EMERGENCY,
	/* of a receiver's files */
	SECTION_RECEIVER,
	SECTION_BODY,
	SECTION_REPORTER,
	SECTION_EARLIER,
	SECTION_ASKED,
	SECTION_COUNT
};

/* What a file can be: each kind has its own sections at the top. */
#define KEYS_SCHEDULE (-1)
#define KEYS_RECEIVER (-2)

enum key_kind {
	KEY_TEXT,
	KEY_YESNO,
	KEY_NUMBER,   /* min..max */
	KEY_DURATION, /* min..max in ms */
	KEY_TIME,
	KEY_DATE,
	KEY_STAMP, /* a date, with a time of day or without */
	KEY_DAYS,
	KEY_RANGE,  /* "3" or "2..5" within min..max */
	KEY_WORD,   /* one of `words` */
	KEY_NAME,   /* of another section */
	KEY_ITEM,   /* name of a bulletin, in a session with or without "@6h00" */
	KEY_WINDOW, /* "8h-10h" */
	KEY_FILE,   /* inside the audio directory */
	KEY_SHA256
};

struct key {
	enum section section;
	const char *name;
	enum key_kind kind;
	bool list, required;
	const char *fallback; /* what holds when it is not written, as one would write it; NULL = nothing */
	int64_t min, max;
	const char *words; /* "refuse|warn" */
	const char *help;  /* English msgid, a noun phrase */
};

struct section_kind {
	const char *word;
	bool titled;
	int inside; /* enum section it stands in, or at the top of which kind of file */
	const char *help;
};

extern const struct key keys[];
extern const size_t keys_count;
extern const struct section_kind keys_sections[SECTION_COUNT];

const struct key *keys_first(enum section, size_t *count);   /* the section's keys stand side by side */
const struct key *keys_find(enum section, const char *name); /* NULL */
int keys_section(const char *word, int inside);              /* enum section, or -1 */
bool keys_of_receiver(enum section);

#endif
