/* The báo cáo as words, in the parts that Nghị định 30/2020 gives a paper: every shape (PDF, HTML) puts the same words
 * where its paper wants them.  Drafted from the figures; what is not known stays free for a pen.  In the user's language;
 * pure but for that.  All strings are owned. */
#ifndef LOAXA_REPORT_LETTER_H
#define LOAXA_REPORT_LETTER_H

#include "report/report.h"

enum report_line_kind {
	REPORT_LINE_HEADING, /* "I. Công tác triển khai": bold */
	REPORT_LINE_TEXT,    /* a paragraph, its first line indented */
	REPORT_LINE_ITEM,    /* begins with "- " */
};

struct report_line {
	enum report_line_kind kind;
	char *text;
};

struct report_letter {
	char *over;                    /* the body above the issuer, in capitals, not bold; NULL: none */
	VEC(char *) issuer;            /* in capitals, bold; a short rule beneath the last */
	char *number;                  /* "Số:      /BC-UBND" */
	char *nation, *motto;          /* at the right; a rule as long as the motto beneath it */
	char *place_date;              /* italic, beneath them */
	char *kind, *title;            /* "BÁO CÁO", "Kết quả …": centred, bold; a short rule beneath */
	char *to_word;                 /* "Kính gửi:" */
	VEC(char *) to;                /* one: on the same line; several: each on a line of its own, ";" and "." at the end */
	VEC(struct report_line) body;  /* the last one ends in "./." */
	VEC(char *) sign;              /* in capitals, bold, centred at the right; 30 mm free beneath */
	char *copies_word;             /* "Nơi nhận:": bold italic, at the left */
	VEC(char *) copies;            /* "- Như trên;" …: small */
	char *attached;                /* beneath the title of each appendix: "(Kèm theo Báo cáo số …)" */
	char *part;                    /* beneath the titles of appendices and table when only a part was asked for; NULL */
	char *crossing;                /* across every page of a rehearsal or sample; NULL */
	VEC(char *) footnotes;         /* what lượt, lần, tin bài and minutes mean */
};

struct report_letter *report_letter_new(const struct report *);
void report_letter_free(struct report_letter **);

/* The paper of a report with everything filled in that follows from the station's unit.  to: empty. */
void report_letter_paper(const struct report *, struct paper *to);

#endif
