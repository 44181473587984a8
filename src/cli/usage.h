/* What may stand at a place of a command line, read from the command's own usage line ("ZONE…|all [--by NAME]"), so that
 * completion cannot drift from the commands.  Any thread. */
#ifndef LOAXA_CLI_USAGE_H
#define LOAXA_CLI_USAGE_H

#include "base/text.h"

enum usage_kind {
	USAGE_OPERAND, /* what: its place holder; of: the word before it when that is fixed ("session NAME"), else "" */
	USAGE_VALUE,   /* what: the place holder of the value of option `of` ("--by") */
};

struct usage_place {
	enum usage_kind kind;
	char what[64], of[32];
};

/* args: the usage line; words: what was typed behind the command's name, the last one unfinished. */
struct usage_place usage_place(const char *args, char *const words[], size_t n);
/* The i-th option, "--by", with *value: the place holder of its value, "" = it takes none.  false: no more. */
bool usage_option(const char *args, size_t i, char name[32], char value[64]);
/* The i-th of the alternatives of a place holder: "ZONE…|all" -> "ZONE", "all".  false: no more. */
bool usage_alternative(const char *what, size_t i, char out[64]);

/* The usage line with its place holders in the user's language: "CỤM-LOA…|all [--by TÊN]". */
void usage_spoken(const char *args, struct text *out);

#endif
