/* What the store remembers about sources: which hash an unchanged file has, and what is in use. */
#include "sound/store-inside.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void seen_name(char out[STORE_NAME_BYTES * 2], const struct stat *st)
{
	snprintf(out, STORE_NAME_BYTES * 2,
		"seen/%" PRIx64 "-%" PRIu64 "-%" PRId64 "-%" PRId64 ".%09ld-%" PRId64 ".%09ld", (uint64_t)st->st_dev,
		(uint64_t)st->st_ino, (int64_t)st->st_size, (int64_t)st->st_mtim.tv_sec, st->st_mtim.tv_nsec,
		(int64_t)st->st_ctim.tv_sec, st->st_ctim.tv_nsec);
}

bool store_seen(struct store *s, const struct stat *st, char sha256[SHA256_HEX])
{
	char name[STORE_NAME_BYTES * 2], target[SHA256_HEX + 1];
	sha256[0] = '\0';
	if (s->fd < 0)
		return false;
	seen_name(name, st);
	ssize_t n = readlinkat(s->fd, name, target, sizeof target);
	if (n != SHA256_HEX - 1)
		return false;
	target[n] = '\0';
	if (!store_is_hash(target))
		return false;
	memcpy(sha256, target, SHA256_HEX);
	return true;
}

/* The kernel stamps files with a clock that steps by up to 10 ms: a file changed that recently can change once more
 * without showing it. */
#define SETTLED_MS 50

static int64_t ms_since_change(const struct stat *st)
{
	struct timespec now;
	clock_gettime(CLOCK_REALTIME, &now);
	return (int64_t)(now.tv_sec - st->st_ctim.tv_sec) * 1000 + (now.tv_nsec - st->st_ctim.tv_nsec) / 1000000;
}

void store_let_settle(const struct stat *st)
{
	int64_t ms = ms_since_change(st);
	struct timespec rest = { 0, (SETTLED_MS - ms + 1) * 1000000 };
	if (ms >= 0 && ms < SETTLED_MS) /* else it is old, or the clock was set */
		nanosleep(&rest, NULL);
}

void store_note_seen(struct store *s, const struct stat *st, const char *sha256)
{
	char name[STORE_NAME_BYTES * 2];
	if (!s->write || !store_is_hash(sha256) || ms_since_change(st) < SETTLED_MS)
		return;
	seen_name(name, st);
	mkdirat(s->fd, "seen", 0755);
	/* a link is made in one step, whole; one that is there already says the same.  Failure costs one hashing */
	if (symlinkat(sha256, s->fd, name))
		return;
}

void store_use(struct store *s, const char *sha256, struct store_form form)
{
	char name[STORE_NAME_BYTES];
	struct stat st;
	struct store_use use = { .form = form };
	if (!store_is_hash(sha256))
		return;
	memcpy(use.sha256, sha256, SHA256_HEX);
	vec_push(&s->uses, use);
	if (!s->write)
		return;
	store_name(name, sha256, form, "facts");
	bool fresh = fstatat(s->fd, name, &st, AT_SYMLINK_NOFOLLOW) || time(NULL) - st.st_mtim.tv_sec < STORE_DAY_S;
	if (!fresh)
		utimensat(s->fd, name, NULL, AT_SYMLINK_NOFOLLOW);
}
