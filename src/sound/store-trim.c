/* Keeps the store within its bounds.  Only what no facts name, or was not used for longest, goes; facts go before the
 * sound they vouch for, so a reader never finds facts without sound for longer than the moment between. */
#include "base/text.h"
#include "sound/store-inside.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { SEEN_MAX = 4096 };

struct kept {
	char name[STORE_NAME_BYTES]; /* without suffix: "ab/abcd…-48000-v3" */
	time_t used;
	int64_t bytes;
};

struct sweep {
	struct store *store;
	VEC(struct kept) kept;
	int64_t bytes;
	time_t now;
};

static DIR *folder(struct store *s, const char *name)
{
	int fd = openat(s->fd, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW);
	DIR *d = fd < 0 ? NULL : fdopendir(fd);
	if (fd >= 0 && !d)
		close(fd);
	return d;
}

static bool ends(const char *name, const char *with)
{
	size_t n = strlen(name), w = strlen(with);
	return n > w && !strcmp(name + n - w, with);
}

static int64_t size_of(struct store *s, const char *name, time_t *written)
{
	struct stat st;
	if (fstatat(s->fd, name, &st, AT_SYMLINK_NOFOLLOW))
		return -1;
	if (written)
		*written = st.st_mtim.tv_sec;
	return st.st_size;
}

/* A facts file: one more sound.  Anything else that no facts name goes when a day has passed over it. */
static void look_at(struct sweep *w, const char *shelf, const char *file)
{
	char name[STORE_NAME_BYTES], other[STORE_NAME_BYTES + 8];
	struct kept k = { 0 };
	if (file[0] == '.' || (size_t)snprintf(name, sizeof name, "%s/%s", shelf, file) >= sizeof name)
		return;
	if (ends(name, ".facts")) {
		snprintf(k.name, sizeof k.name, "%.*s", (int)(strlen(name) - strlen(".facts")), name);
		snprintf(other, sizeof other, "%s.pcm", k.name);
		k.bytes = size_of(w->store, name, &k.used);
		int64_t pcm = size_of(w->store, other, NULL);
		k.bytes += pcm > 0 ? pcm : 0;
		w->bytes += k.bytes;
		vec_push(&w->kept, k);
		return;
	}
	time_t written = w->now;
	size_of(w->store, name, &written);
	snprintf(other, sizeof other, "%.*s.facts", (int)(strlen(name) - (ends(name, ".pcm") ? 4 : 0)), name);
	if (w->now - written > STORE_DAY_S && size_of(w->store, other, NULL) < 0)
		unlinkat(w->store->fd, name, 0);
}

static void look_at_shelf(struct sweep *w, const char *shelf)
{
	DIR *d = folder(w->store, shelf);
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));)
		look_at(w, shelf, e->d_name);
	closedir(d);
}

static void look_at_all(struct sweep *w)
{
	DIR *d = folder(w->store, ".");
	if (!d)
		return;
	for (struct dirent *e; (e = readdir(d));) {
		time_t written = w->now;
		if (strlen(e->d_name) == 2 && e->d_name[0] != '.')
			look_at_shelf(w, e->d_name);
		else if (!strncmp(e->d_name, "tmp-", 4) && size_of(w->store, e->d_name, &written) >= 0 &&
			 w->now - written > STORE_DAY_S)
			unlinkat(w->store->fd, e->d_name, 0);
	}
	closedir(d);
}

/* Every edit of a source leaves a link behind.  They are cheap to make again, so too many are simply dropped. */
static void clear_seen(struct store *s)
{
	DIR *d = folder(s, "seen");
	size_t n = 0;
	if (!d)
		return;
	while (readdir(d))
		n++;
	rewinddir(d);
	for (struct dirent *e; n > SEEN_MAX && (e = readdir(d));)
		if (e->d_name[0] != '.')
			unlinkat(dirfd(d), e->d_name, 0);
	closedir(d);
}

static bool in_use(const struct store *s, const struct kept *k)
{
	char name[STORE_NAME_BYTES];
	for (size_t i = 0; i < s->uses.n; i++) {
		store_name(name, s->uses.at[i].sha256, s->uses.at[i].form, "");
		name[strlen(name) - 1] = '\0'; /* the dot */
		if (!strcmp(name, k->name))
			return true;
	}
	return false;
}

static int by_use(const void *a, const void *b)
{
	const struct kept *x = a, *y = b;
	if (x->used != y->used)
		return x->used < y->used ? -1 : 1;
	return strcmp(x->name, y->name);
}

static void drop(struct store *s, const struct kept *k)
{
	char name[STORE_NAME_BYTES + 8];
	snprintf(name, sizeof name, "%s.facts", k->name);
	unlinkat(s->fd, name, 0);
	snprintf(name, sizeof name, "%s.pcm", k->name);
	unlinkat(s->fd, name, 0);
}

void store_trim(struct store *s, int64_t limit_bytes)
{
	struct sweep w = { .store = s, .now = time(NULL) };
	if (!s->write)
		return;
	look_at_all(&w);
	if (w.kept.n)
		qsort(w.kept.at, w.kept.n, sizeof *w.kept.at, by_use);
	for (size_t i = 0; i < w.kept.n && w.bytes > limit_bytes; i++) {
		if (in_use(s, &w.kept.at[i]))
			continue;
		drop(s, &w.kept.at[i]);
		w.bytes -= w.kept.at[i].bytes;
	}
	clear_seen(s);
	vec_free(&w.kept);
}
