/* Names of files as sticks and phones carry them, and the names that recordings get at the station. */
#ifndef LOAXA_CLI_IMPORT_NAME_H
#define LOAXA_CLI_IMPORT_NAME_H

#include <stdbool.h>
#include <stddef.h>

#define IMPORT_NAME_MOST 40 /* bytes; leaves room for "-99.flac" in a bulletin's 48 */

/* The name as UTF-8 in NFC for people: what is no UTF-8 is taken for windows-1258, in which Vietnamese Windows wrote;
 * control characters and turners of the writing direction become "_".  To mem_free. */
char *import_name_shown(const char *name);
/* "Thông báo LŨ (2).MP3" -> "thong-bao-lu-2": letters a-z, digits and single dashes, 1..IMPORT_NAME_MOST bytes, without
 * folder and ending; "ban-thu" where nothing is left.  To mem_free. */
char *import_name_safe(const char *name);
/* What people would call it: the shown name without folder and ending, "_" as spaces.  To mem_free. */
char *import_name_title(const char *name);
/* Is it a name that the one above could have made? */
bool import_name_is_safe(const char *name);
/* Bytes of the name before its ending ("a.b.mp3" -> 3); all of it when it has none. */
size_t import_name_stem(const char *name);

#endif
