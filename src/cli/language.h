/* Which language the program speaks: the user's locale where it names one we have, else the station's, else
 * Vietnamese. */
#ifndef LOAXA_CLI_LANGUAGE_H
#define LOAXA_CLI_LANGUAGE_H

/* At program start: from LANGUAGE, LC_ALL, LC_MESSAGES, LANG; "C", "POSIX" and "C.UTF-8" name no language. */
void language_start(void);
/* Once a station is known; no effect when the user's locale named a language. */
void language_station(const char *language);
/* What is handed in is in the language of its station, whatever the locale of whoever prints it. */
void language_paper(const char *language);

#endif
