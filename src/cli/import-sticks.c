/* Which of the mounted file systems are sticks: those that people or desktops put where sticks go. */
#include "base/mem.h"
#include "cli/import-scan.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { STICKS_MOST = 16 };

static bool octal(const char *s)
{
	return s[0] >= '0' && s[0] < '4' && s[1] >= '0' && s[1] < '8' && s[2] >= '0' && s[2] < '8';
}

/* Blanks in a mount point are written as \040. */
static void unescape(char *s)
{
	char *to = s;
	for (const char *p = s; *p;) {
		bool code = *p == '\\' && octal(p + 1);
		*to++ = code ? (char)((p[1] - '0') * 64 + (p[2] - '0') * 8 + p[3] - '0') : *p;
		p += code ? 4 : 1;
	}
	*to = '\0';
}

/* "… - vfat /dev/sdb1 rw": what lies on a device, not on a network or in memory. */
static bool on_a_device(const char *line)
{
	const char *type = strstr(line, " - "), *source = type ? strchr(type + 3, ' ') : NULL;
	return source && !strncmp(source, " /dev/", 6);
}

static bool is_place_of_sticks(const char *path)
{
	static const char *const places[] = { "/media/", "/run/media/", "/mnt/" };
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (!strncmp(path, places[i], strlen(places[i])))
			return true;
	return !strcmp(path, "/mnt");
}

void import_scan_sticks(const char *mountinfo, struct import_sticks *out)
{
	FILE *f = fopen(mountinfo, "re");
	char *line = NULL;
	size_t cap = 0;
	*out = (struct import_sticks){ 0 };
	while (f && out->n < STICKS_MOST && getline(&line, &cap, f) > 0) {
		char *field = line, *state = NULL;
		if (!on_a_device(line))
			continue;
		/* 36 35 8:1 / /media/usb rw,…: the fifth is the mount point */
		for (int i = 0; i < 5; i++)
			field = strtok_r(i ? NULL : line, " ", &state);
		if (!field)
			continue;
		unescape(field);
		if (is_place_of_sticks(field))
			vec_push(out, mem_dup(field));
	}
	free(line);
	if (f)
		fclose(f);
}

void import_scan_sticks_free(struct import_sticks *s)
{
	for (size_t i = 0; i < s->n; i++)
		mem_free(s->at[i]);
	vec_free(s);
}
