/* Letters and signs that whoever reads the screen can take.
 * A terminal without Vietnamese letters (a console font, a locale without UTF-8) is given unaccented text, never "?":
 * "Đã phát: Hướng dẫn…" -> "Da phat: Huong dan...".  What goes to a file or a pipe stays as it is.
 * With --plain (LOAXA_PLAIN=1), for a screen reader, bars and signs that it would spell out fall away, wherever the text
 * goes; commands that draw ask letters_plain() and print one fact a line instead. */
#ifndef LOAXA_CLI_LETTERS_H
#define LOAXA_CLI_LETTERS_H

#include "base/text.h"

/* Before anything is printed: from here on stdout and stderr do this by themselves.  as_is: the output is for a program
 * (JSON, CSV), only a terminal's lack of letters counts. */
void letters_start(bool as_is);
/* After the last word: nothing may be printed any more. */
void letters_end(void);

bool letters_plain(void);
bool letters_colour(int fd); /* a terminal that can, and nobody said NO_COLOR or --plain */

/* What is written to fd past stdio. */
void letters_fit(int fd, const char *s, size_t bytes, struct text *out);

#endif
