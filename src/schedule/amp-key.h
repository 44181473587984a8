/* How an amplifier is switched, as a schedule file says it: "gpio:CHIP/LINE" or "command:PROGRAM [ARGUMENT…]".  Pure. */
#ifndef LOAXA_SCHEDULE_AMP_KEY_H
#define LOAXA_SCHEDULE_AMP_KEY_H

#include <stdbool.h>

#define AMP_KEY_WORDS 16  /* most words of a command, the program among them */
#define AMP_KEY_LINE 1023 /* highest line */

enum amp_key_kind { AMP_KEY_GPIO, AMP_KEY_COMMAND };

struct amp_key {
	enum amp_key_kind kind;
	char chip[32]; /* gpio: "gpiochip0", or the chip's label; the kernel's names are no longer */
	int line;
	const char *command; /* command: program and arguments, words with blanks between; points into the text */
};

/* The whole text; false: it is none of these. */
bool amp_key(const char *text, struct amp_key *out);
/* The next word of a command and its length, NULL at the end; *at moves behind it. */
const char *amp_key_word(const char **at, int *length);

#endif
