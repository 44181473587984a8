#include "cli/apply.h"

#include "base/i18n.h"
#include "cli/difference-print.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "config/config.h"
#include "os/clock.h"
#include "os/tzfile.h"
#include "sound/library.h"

#include <stdio.h>
#include <unistd.h>

static void *read_zone(void *self, const char *zone, size_t *bytes)
{
	(void)self;
	return tzfile_read(zone, bytes);
}

struct station *apply_running(const struct apply *a)
{
	static const struct config_env env = { .tzif = read_zone };
	char *usual = a->state ? NULL : place_state();
	char *copy = accepted_load_dir(a->state ? a->state : usual);
	struct findings fs = { 0 };
	struct station *st = copy ? config_load(copy, &env, &fs) : NULL;
	char *store = a->store ? NULL : place_store();
	if (st)
		library_recall(st, a->store ? a->store : store);
	findings_free(&fs);
	mem_free(store);
	mem_free(copy);
	mem_free(usual);
	return st;
}

/* Typed without diacritics: there is no Vietnamese keyboard over ssh. */
static bool is_yes(const char *line)
{
	static const char *const words[] = { "c", "co", "có", "y", "yes" };
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		if (!strcasecmp(line, words[i]))
			return true;
	return false;
}

static bool asked(void)
{
	char line[64];
	fputs(_("Apply it? Type c (co) to apply; Enter leaves everything as it is: "), stdout);
	fflush(stdout);
	if (!fgets(line, sizeof line, stdin))
		line[0] = '\0';
	line[strcspn(line, "\r\n")] = '\0';
	bool yes = is_yes(line);
	if (!yes)
		puts(_("Nothing was applied; the running schedule is untouched."));
	return yes;
}

bool apply_agreed(const struct apply *a, const struct station *next)
{
	struct clock clock = os_clock();
	struct difference d;
	struct text shown = { 0 };
	struct station *running = apply_running(a);
	difference_find(running, next, clock.wall(clock.self), DIFFERENCE_WEEK, &d);
	difference_print(&d, &shown);
	if (!running)
		puts(_("No running schedule can be read from here: all of the new one is shown."));
	fputs(text_str(&shown), stdout);
	fflush(stdout);
	bool ask = !a->yes && !difference_none(&d) && isatty(STDIN_FILENO);
	difference_free(&d);
	text_free(&shown);
	station_free(&running);
	return !ask || asked();
}
