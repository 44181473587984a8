/* Numbers as people say them in Vietnamese: mười lăm, hai mươi mốt, hai mươi tư, một trăm linh năm, hai nghìn không trăm
 * hai mươi mốt.  Pure; any thread. */
#ifndef LOAXA_READING_NUMBER_H
#define LOAXA_READING_NUMBER_H

#include "base/text.h"

#include <stdint.h>

/* What differs between North and South.  Words, not to be freed. */
struct number_style {
	const char *linh;  /* 105: một trăm LINH năm; LẺ in the South */
	const char *nghin; /* 1000: một NGHÌN; NGÀN */
	const char *tu;    /* 24: hai mươi TƯ; BỐN */
	const char *mung;  /* day 1..10 of a month: MÙNG một; MỒNG, or nothing */
};

#define NUMBER_MOST UINT64_C(999999999999999999)

/* 0..NUMBER_MOST; words parted by one space, none around. */
void number_words(struct text *, uint64_t, const struct number_style *);
/* Each digit by itself: "05" -> "không năm". */
void number_digits(struct text *, const char *digits, size_t n);

#endif
