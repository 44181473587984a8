#include "cli/language.h"

#include "base/i18n.h"
#include "cli/place.h"

#include <locale.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

static const char *named_by_user(void)
{
	static const char *const variables[] = { "LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG" };
	for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
		const char *v = getenv(variables[i]);
		if (v && !strncmp(v, "vi", 2))
			return "vi";
		if (v && !strncmp(v, "en", 2))
			return "en";
	}
	return NULL;
}

/* gettext translates nothing while LC_MESSAGES is "C", and the vi_VN locale is rarely installed: C.UTF-8 is always
 * there, and LANGUAGE then chooses the catalogue. */
static void speak(const char *language)
{
	setenv("LANGUAGE", language, 1);
	setlocale(LC_MESSAGES, "C.UTF-8");
}

void language_start(void)
{
	const char *user = named_by_user();
	setlocale(LC_CTYPE, "C.UTF-8");
	char *dir = place_locale();
	bindtextdomain("loaxa", dir);
	free(dir);
	bind_textdomain_codeset("loaxa", "UTF-8");
	textdomain("loaxa");
	speak(user ? user : "vi");
	if (user)
		setenv("LOAXA_LANGUAGE_CHOSEN", user, 1);
}

void language_station(const char *language)
{
	if (language && !getenv("LOAXA_LANGUAGE_CHOSEN"))
		speak(!strcmp(language, "en") ? "en" : "vi");
}
