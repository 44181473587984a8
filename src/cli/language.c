#include "cli/language.h"

#include "base/i18n.h"
#include "cli/place.h"

#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *language_of(const char *value)
{
	if (!strncmp(value, "vi", 2))
		return "vi";
	return !strncmp(value, "en", 2) ? "en" : NULL;
}

/* What the environment named when the program started: the kernel keeps that block, our own setenv() below does not
 * reach it, so this may be asked at any time. */
static const char *named_by_user(void)
{
	static const char *const variables[] = { "LANGUAGE=", "LC_ALL=", "LC_MESSAGES=", "LANG=" };
	enum { N = sizeof variables / sizeof *variables };
	const char *named[N] = { NULL };
	FILE *f = fopen("/proc/self/environ", "re");
	char *entry = NULL;
	size_t cap = 0;
	while (f && getdelim(&entry, &cap, '\0', f) > 0)
		for (size_t i = 0; i < N; i++)
			if (!strncmp(entry, variables[i], strlen(variables[i])))
				named[i] = language_of(entry + strlen(variables[i]));
	free(entry);
	if (f)
		fclose(f);
	for (size_t i = 0; i < N; i++)
		if (named[i])
			return named[i];
	return NULL;
}

/* gettext translates nothing while LC_MESSAGES is "C", and the vi_VN locale is rarely installed: C.UTF-8 is always
 * there, and LANGUAGE then chooses the catalogue. */
static void speak(const char *language)
{
	/* Other threads of a controller may be looking a text up: the environment is touched for a change only. */
	const char *now = getenv("LANGUAGE");
	if (now && !strcmp(now, language) && strcmp(setlocale(LC_MESSAGES, NULL), "C"))
		return;
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
}

void language_paper(const char *language)
{
	speak(language && !strcmp(language, "en") ? "en" : "vi");
}

void language_station(const char *language)
{
	if (language && !named_by_user())
		speak(!strcmp(language, "en") ? "en" : "vi");
}
