#include "cli/place.h"

#include "base/mem.h"

#include <libgen.h>
#include <limits.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

/* Directory of the running binary. */
static char *program_dir(void)
{
	char path[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", path, sizeof path - 1);
	if (n <= 0)
		return mem_dup(".");
	path[n] = '\0';
	return mem_dup(dirname(path));
}

static bool is_tree(const char *top)
{
	char *sample = mem_printf("%s/schedules/loc-tho", top);
	char *source = mem_printf("%s/src/main.c", top);
	bool yes = !access(sample, R_OK) && !access(source, R_OK);
	mem_free(sample);
	mem_free(source);
	return yes;
}

/* The binary lies in TREE/build or deeper (BUILD=build/ci). */
char *place_tree(void)
{
	char *dir = program_dir();
	for (char *slash; (slash = strrchr(dir, '/')) != NULL;) {
		*slash = '\0';
		if (is_tree(dir))
			return dir;
	}
	mem_free(dir);
	return NULL;
}

/* TREE/in_tree, or otherwise. */
static char *in_tree_or(const char *in_tree, const char *otherwise)
{
	char *tree = place_tree();
	char *path = tree ? mem_printf("%s/%s", tree, in_tree) : mem_dup(otherwise);
	mem_free(tree);
	return path;
}

/* Beside the binary, where `inside` is what tells that it is there, else PREFIX/share/… */
static char *shared(const char *beside, const char *inside, const char *share)
{
	char *dir = program_dir();
	char *known = mem_printf("%s/%s%s", dir, beside, inside);
	char *path = access(known, R_OK) ? mem_printf("%s/../share/%s", dir, share) : mem_printf("%s/%s", dir, beside);
	mem_free(known);
	mem_free(dir);
	return path;
}

char *place_locale(void)
{
	return shared("locale", "/vi", "locale"); /* /usr/bin/locale is a program */
}

char *place_reading(void)
{
	return shared("cach-doc.txt", "", "loaxa/cach-doc.txt");
}

char *place_station(void)
{
	return in_tree_or("schedules/loc-tho", "/etc/loaxa");
}

char *place_state(void)
{
	return in_tree_or("build/state", "/var/lib/loaxa");
}

char *place_dry_run(void)
{
	return in_tree_or("build/dry-run", NULL);
}

char *place_store(void)
{
	return in_tree_or("build/store", "/var/lib/loaxa/store");
}

char *place_program(const char *name)
{
	char *dir = program_dir();
	char *path = mem_printf("%s/%s", dir, name);
	mem_free(dir);
	return path;
}
