#include "os/cards.h"

#include <dirent.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

bool cards_has(const char *id, size_t bytes)
{
	char path[80];
	struct stat st;
	bool number = bytes && strspn(id, "0123456789") >= bytes;
	if (!bytes || bytes > 32 || memchr(id, '/', bytes) || id[0] == '.')
		return false;
	snprintf(path, sizeof path, "/proc/asound/%s%.*s", number ? "card" : "", (int)bytes, id);
	return stat(path, &st) == 0 && S_ISDIR(st.st_mode);
}

bool cards_any(void)
{
	DIR *dir = opendir("/proc/asound");
	bool any = false;
	for (struct dirent *d; dir && !any && (d = readdir(dir)) != NULL;)
		any = !strncmp(d->d_name, "card", 4) && d->d_name[4] >= '0' && d->d_name[4] <= '9';
	if (dir)
		closedir(dir);
	return any;
}
