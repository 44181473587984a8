/* What the files of the reader share.  Nobody else includes this. */
#ifndef LOAXA_READING_READING_INSIDE_H
#define LOAXA_READING_READING_INSIDE_H

#include "reading/table.h"

#include <stdbool.h>
#include <stddef.h>

enum { READING_WORD = 24 };

struct reading {
	const char *text, *at; /* all of it, and how far we are */
	const struct table *table;
	const struct number_style *style;
	struct text out;
	char before[READING_WORD], before2[READING_WORD]; /* the last two words, small; "" behind a stop */
};

/* Words for the voice; they also become "the word before". */
void reading_say(struct reading *, const char *words);
void reading_say_number(struct reading *, uint64_t);
void reading_say_digits(struct reading *, const char *digits, size_t n);
/* A short pause, unless there is one already. */
void reading_pause(struct reading *);
/* Is the word before one of these (parted by spaces)? */
bool reading_after(const struct reading *, const char *words);
/* Does one of these words stand at s (spaces before it do not count)? */
bool reading_next(const char *s, const char *words);
/* A word whose letters are said one by one, by the table's names. */
void reading_spell(struct reading *, const char *s, size_t n);
/* An abbreviation: the table's words, else as one syllable where it can be one, else spelled. */
void reading_say_short(struct reading *, const char *s, size_t n);

/* Each takes what stands at r->at, if it is of its kind, says it and moves on. */
bool reading_when(struct reading *);  /* dates, months, times */
bool reading_paper(struct reading *); /* numbers of documents: 1704/STTTT-TTBCXB */
bool reading_phone(struct reading *);
bool reading_amount(struct reading *);  /* all other numbers, with their units */
bool reading_address(struct reading *); /* bluezone.gov.vn */

static inline bool reading_digit(char c)
{
	return c >= '0' && c <= '9';
}

static inline size_t reading_digits(const char *s)
{
	size_t n = 0;
	while (reading_digit(s[n]))
		n++;
	return n;
}

/* Of at most 18 digits. */
static inline uint64_t reading_value(const char *s, size_t n)
{
	uint64_t v = 0;
	for (size_t i = 0; i < n; i++)
		v = v * 10 + (uint64_t)(s[i] - '0');
	return v;
}

#endif
