/* Letters and syllables of Vietnamese, as far as reading aloud needs them.  Text is UTF-8 in NFC.  Pure; any thread. */
#ifndef LOAXA_READING_LETTERS_H
#define LOAXA_READING_LETTERS_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes of the letter at s (Latin, with any mark), 0 when there is none. */
size_t letters_one(const char *s);
/* Bytes of the run of letters at s. */
size_t letters_run(const char *s);
/* It is a capital. */
bool letters_capital(const char *s);
/* All n bytes are capitals (and there is one). */
bool letters_all_capital(const char *s, size_t n);
/* The n bytes in small letters; to mem_free. */
char *letters_small(const char *s, size_t n);
/* Could these capitals, or small letters, be one Vietnamese syllable?  What cannot is spelled: "UBND", "STTTT". */
bool letters_syllable(const char *s, size_t n);
/* 1..39 of a Roman number in capitals, 0 when it is none. */
int letters_roman(const char *s, size_t n);

#endif
