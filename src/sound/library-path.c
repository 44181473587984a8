/* From a name in a schedule to a file of the audio directory, and to the nearest name where there is none. */
#include "base/text.h"
#include "sound/library-inside.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* The entry of dir whose name is `want` in any Unicode form (a Mac writes NFD, everybody else NFC); NULL = none. */
static char *same_name(const char *dir, const char *want)
{
	char *nfc = text_nfc(want), *found = NULL;
	DIR *d = nfc ? opendir(dir) : NULL;
	for (struct dirent *e; d && !found && (e = readdir(d));) {
		char *name = text_nfc(e->d_name);
		if (name && !strcmp(name, nfc))
			found = mem_dup(e->d_name);
		mem_free(name);
	}
	if (d)
		closedir(d);
	mem_free(nfc);
	return found;
}

/* dir/file, each part of the name in the form in which it is there. */
static char *spelled(const char *dir, const char *file)
{
	char *path = mem_printf("%s/%s", dir, file), *parts, *state = NULL;
	struct stat st;
	if (!lstat(path, &st) || errno != ENOENT)
		return path;
	mem_free(path);
	path = mem_dup(dir);
	parts = mem_dup(file);
	for (char *part = strtok_r(parts, "/", &state); part && path; part = strtok_r(NULL, "/", &state)) {
		char *name = same_name(path, part);
		char *longer = name ? mem_printf("%s/%s", path, name) : NULL;
		mem_free(name);
		mem_free(path);
		path = longer;
	}
	mem_free(parts);
	return path;
}

static bool leaves(const char *file)
{
	if (!*file || *file == '/')
		return true;
	for (const char *p = file; *p;) {
		size_t n = strcspn(p, "/");
		if (n == 2 && !memcmp(p, "..", 2))
			return true;
		p += n + (p[n] == '/');
	}
	return false;
}

static bool below(const char *top, const char *path)
{
	size_t n = strlen(top);
	return !strncmp(path, top, n) && (path[n] == '/' || (n && top[n - 1] == '/'));
}

static enum why look(const char *top, const char *path)
{
	struct stat st;
	if (!below(top, path))
		return WHY_OUTSIDE;
	if (stat(path, &st))
		return WHY_NOT_FOUND;
	return S_ISREG(st.st_mode) ? WHY_NONE : WHY_NOT_A_FILE;
}

char *library_path(const char *audio_dir, const char *file, struct why_facts *why)
{
	char *top = realpath(audio_dir, NULL), *named = NULL, *real = NULL;
	*why = (struct why_facts){ leaves(file) ? WHY_OUTSIDE : WHY_NOT_FOUND, 0, 0 };
	if (top && why->code == WHY_NOT_FOUND && (named = spelled(top, file)) && (real = realpath(named, NULL)))
		why->code = look(top, real);
	free(top);
	mem_free(named);
	if (why->code == WHY_NONE)
		return real;
	free(real);
	return NULL;
}

/* "bao2" of "bao2.opus" */
static char *stem_of(const char *folded)
{
	const char *dot = strrchr(folded, '.');
	return mem_dup_n(folded, dot && dot != folded ? (size_t)(dot - folded) : strlen(folded));
}

/* How far two names are from each other, for somebody who typed one of them: marks and case do not count, another
 * ending counts once. */
static int distance(const char *a, const char *b, int max)
{
	char *fa = text_fold(a, false), *fb = text_fold(b, false), *sa = stem_of(fa), *sb = stem_of(fb);
	int whole = text_distance(fa, fb, max), stems = text_distance(sa, sb, max) + 1;
	mem_free(fa);
	mem_free(fb);
	mem_free(sa);
	mem_free(sb);
	return whole < stems ? whole : stems;
}

char *library_nearest(const char *audio_dir, const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	char *folder = mem_dup_n(file, slash ? (size_t)(slash - file) : 0);
	char *dir = mem_printf("%s/%s", audio_dir, folder), *best = NULL;
	int limit = strlen(name) < 8 ? 2 : 3;
	DIR *d = leaves(file) ? NULL : opendir(dir);
	for (struct dirent *e; d && (e = readdir(d));) {
		int far = e->d_name[0] == '.' || text_bad_utf8(e->d_name, strlen(e->d_name)) >= 0
				  ? limit + 1
				  : distance(name, e->d_name, limit);
		bool better = far < limit || (far == limit && (!best || strcmp(e->d_name, best) < 0));
		if (far > limit || !better)
			continue;
		limit = far;
		mem_free(best);
		best = mem_dup(e->d_name);
	}
	if (d)
		closedir(d);
	mem_free(dir);
	if (best && slash) {
		char *whole = mem_printf("%s/%s", folder, best);
		mem_free(best);
		best = whole;
	}
	mem_free(folder);
	return best;
}
