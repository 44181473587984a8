#include "os/cards.h"

#include <dirent.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

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

/* At most bytes - 1 of a small file, terminated, without its last newline. */
static bool read_small(const char *path, char *out, size_t bytes)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd >= 0 ? read(fd, out, bytes - 1) : -1;
	if (fd >= 0)
		close(fd);
	n -= n > 0 && out[n - 1] == '\n';
	out[n > 0 ? n : 0] = '\0';
	return n > 0;
}

/* What stands behind "key:" at the beginning of a line; NULL = no such line. */
static const char *field(const char *text, const char *key)
{
	size_t n = strlen(key);
	for (const char *line = text; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		if (!strncmp(line, key, n) && (line[n] == ':' || line[n] == ' '))
			return line + n + strspn(line + n, " :\t");
	}
	return NULL;
}

static unsigned number(const char *text, const char *key)
{
	const char *at = field(text, key);
	return at ? (unsigned)strtoul(at, NULL, 10) : 0;
}

/* The kernel names the thread that opened it; people know processes. */
static pid_t process_of(const char *root, pid_t thread)
{
	char path[PATH_MAX], status[1024];
	snprintf(path, sizeof path, "%s/proc/%d/status", root, (int)thread);
	unsigned group = read_small(path, status, sizeof status) ? number(status, "Tgid") : 0;
	return group ? (pid_t)group : thread;
}

bool cards_user(const char *root, int card, int device, bool capture, struct cards_user *u)
{
	char path[PATH_MAX], text[1024];
	bool there = true, used = false;
	*u = (struct cards_user){ 0 };
	for (int sub = 0; there && !used && sub < 32; sub++) {
		int n = snprintf(path, sizeof path, "%s/proc/asound/card%d/pcm%d%c/sub%d/", root, card, device,
			capture ? 'c' : 'p', sub);
		snprintf(path + n, sizeof path - (size_t)n, "status");
		there = read_small(path, text, sizeof text);
		used = there && strncmp(text, "closed", 6) != 0;
		if (!used)
			continue;
		u->pid = process_of(root, (pid_t)number(text, "owner_pid"));
		snprintf(path + n, sizeof path - (size_t)n, "hw_params");
		if (!read_small(path, text, sizeof text))
			continue;
		u->rate = number(text, "rate");
		u->channels = number(text, "channels");
		const char *format = field(text, "format");
		if (format)
			snprintf(u->format, sizeof u->format, "%.*s", (int)strcspn(format, "\n"), format);
	}
	return used;
}

/* The name in by-path that leads to this card's control. */
static void find_port(const char *root, int card, char *out, size_t bytes)
{
	char dir[PATH_MAX], want[32], target[64];
	snprintf(dir, sizeof dir, "%s/dev/snd/by-path", root);
	snprintf(want, sizeof want, "../controlC%d", card);
	DIR *d = opendir(dir);
	for (const struct dirent *e; d && !*out && (e = readdir(d));) {
		ssize_t n = readlinkat(dirfd(d), e->d_name, target, sizeof target - 1);
		target[n > 0 ? n : 0] = '\0';
		if (!strcmp(target, want))
			snprintf(out, bytes, "%.*s", (int)bytes - 1, e->d_name);
	}
	if (d)
		closedir(d);
}

void cards_identity(const char *root, int card, struct cards_identity *i)
{
	char path[PATH_MAX];
	*i = (struct cards_identity){ .usb = "" };
	snprintf(path, sizeof path, "%s/proc/asound/card%d/usbid", root, card);
	read_small(path, i->usb, sizeof i->usb);
	/* The card's device is an interface of the USB device; that is the folder above. */
	snprintf(path, sizeof path, "%s/sys/class/sound/card%d/device/../serial", root, card);
	if (i->usb[0])
		read_small(path, i->serial, sizeof i->serial);
	find_port(root, card, i->port, sizeof i->port);
}
