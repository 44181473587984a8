/* Messages are written in English in the code; po/vi/ROOM.po holds the Vietnamese of each room.
 * _() translates now; N_() only marks a text that somebody else translates later (pure rooms use N_ alone:
 * looking a text up reads a file). */
#ifndef LOAXA_BASE_I18N_H
#define LOAXA_BASE_I18N_H

#include <libintl.h>

#define _(text) gettext(text)
#define N_(text) (text)

#endif
