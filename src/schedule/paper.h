/* What a station's papers carry: `paper { … }` of station.conf.  Plain data; pure. */
#ifndef LOAXA_SCHEDULE_PAPER_H
#define LOAXA_SCHEDULE_PAPER_H

#include "base/vec.h"

/* Strings are owned; NULL when not said. */
struct paper {
	char *issuer;           /* who issues it, in full: "Ủy ban nhân dân phường Lộc Thọ" */
	char *place;            /* before the date: "Lộc Thọ" */
	char *symbol;           /* after the number: "BC-UBND" */
	VEC(char *) recipients; /* nơi nhận, without "Như trên" and the archive */
	char *sign;             /* above the office: "TM. ỦY BAN NHÂN DÂN"; a line "KT. CHỦ TỊCH" after a newline */
	char *signer;           /* the office: "CHỦ TỊCH" */
	char *archive;          /* "VT, VHXH" */
};

/* What "UBND phường Lộc Thọ" puts on its papers; of another body only what can be told.  to: empty. */
void paper_of_unit(struct paper *to, const char *unit);
void paper_copy(struct paper *to, const struct paper *from); /* to: empty */
void paper_free(struct paper *);                             /* empties it */

#endif
