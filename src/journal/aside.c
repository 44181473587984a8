#include "journal/aside.h"

#include "base/json.h"
#include "base/mem.h"
#include "base/write.h"
#include "journal/ledger-file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define PREFIX "journal-hong-"

enum { FACTS_MOST = 1 << 20, GAPS_NAMED = 100, TRIES = 100 };

char *aside_path(const char *state_dir, const char *name, const char *file)
{
	return mem_printf("%s/%s/%s", state_dir, name, file);
}

/* ── Names ─────────────────────────────────────────────────────────────────────────────────────────────────── */

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static bool holds(const char *state_dir, const char *name, const char *file)
{
	char *path = aside_path(state_dir, name, file);
	bool yes = !access(path, F_OK);
	mem_free(path);
	return yes;
}

static void list(const char *state_dir, struct aside_names *n, const char *with)
{
	DIR *d = opendir(state_dir);
	const struct dirent *e;
	*n = (struct aside_names){ 0 };
	while (d && (e = readdir(d)))
		if (!strncmp(e->d_name, PREFIX, strlen(PREFIX)) && holds(state_dir, e->d_name, with))
			vec_push(&n->list, mem_dup(e->d_name));
	if (d)
		closedir(d);
	if (n->list.n)
		qsort(n->list.at, n->list.n, sizeof *n->list.at, by_name);
}

void aside_list(const char *state_dir, struct aside_names *n)
{
	list(state_dir, n, "damaged.db");
}

void aside_names_free(struct aside_names *n)
{
	for (size_t i = 0; i < n->list.n; i++)
		mem_free(n->list.at[i]);
	vec_free(&n->list);
}

/* A clock that stands still must not make two of one name. */
static char *make_directory(const char *state_dir)
{
	time_t now = time(NULL);
	struct tm local;
	char stamp[32];
	localtime_r(&now, &local);
	strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
	for (int i = 1; i <= TRIES; i++) {
		char *name = i == 1 ? mem_printf(PREFIX "%s", stamp) : mem_printf(PREFIX "%s-%02d", stamp, i);
		char *path = mem_printf("%s/%s", state_dir, name);
		bool made = !mkdir(path, 0750), taken = !made && errno == EEXIST;
		mem_free(path);
		if (made)
			return name;
		mem_free(name);
		if (!taken)
			return NULL;
	}
	return NULL;
}

static int move(const char *state_dir, const char *name, const char *suffix)
{
	char *from = mem_printf("%s/journal.db%s", state_dir, suffix);
	char *to = mem_printf("%s/%s/damaged.db%s", state_dir, name, suffix);
	int e = rename(from, to) ? errno : 0;
	mem_free(from);
	mem_free(to);
	return e;
}

/* Where the power failed between the two moves: the -wal is there already. */
static char *half_moved(const char *state_dir)
{
	struct aside_names n;
	char *name = NULL;
	list(state_dir, &n, "damaged.db-wal");
	if (n.list.n && !holds(state_dir, n.list.at[n.list.n - 1], "damaged.db"))
		name = mem_dup(n.list.at[n.list.n - 1]);
	aside_names_free(&n);
	return name;
}

/* The -wal first: SQLite would throw it away if it found one without its database. */
int aside_move(const char *state_dir, char **name)
{
	*name = half_moved(state_dir);
	if (!*name)
		*name = make_directory(state_dir);
	if (!*name)
		return errno ? errno : EEXIST;
	int e = move(state_dir, *name, "-wal");
	e = e && e != ENOENT ? e : move(state_dir, *name, "");
	char *shm = mem_printf("%s/journal.db-shm", state_dir), *inside = aside_path(state_dir, *name, "damaged.db");
	if (!e)
		unlink(shm); /* says nothing that the other two do not */
	ledger_file_sync(inside);
	ledger_file_sync(shm);
	mem_free(shm);
	mem_free(inside);
	if (e) {
		mem_free(*name);
		*name = NULL;
	}
	return e;
}

/* ── What became of the copy ───────────────────────────────────────────────────────────────────────────────── */

void aside_read(const char *state_dir, const char *name, struct aside_facts *f)
{
	char *path = aside_path(state_dir, name, "salvage.json"), *text = mem_zero(FACTS_MOST);
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t n = fd < 0 ? -1 : read(fd, text, FACTS_MOST);
	struct json *j = n > 0 ? json_parse(text, (size_t)n) : NULL;
	*f = (struct aside_facts){ 0 };
	if (j) {
		f->copied = true;
		f->rows = json_get_int(j, "rows", 0);
		f->first = json_get_int(j, "first", 0);
		f->last = json_get_int(j, "last", 0);
		f->lost_inside = json_get_int(j, "lost_inside", 0);
		f->last_wall_us = json_get_int(j, "last_wall_us", 0);
		json_free(&j);
	}
	if (fd >= 0)
		close(fd);
	mem_free(text);
	mem_free(path);
}

static void compose(const struct salvage_sum *s, struct text *t)
{
	int64_t first = s->there.n ? s->there.at[0].first : 0, last = s->there.n ? s->there.at[s->there.n - 1].last : 0;
	json_open(t, NULL, '{');
	json_int(t, "rows", s->rows);
	json_int(t, "first", first);
	json_int(t, "last", last);
	json_int(t, "last_wall_us", s->last_wall_us);
	json_int(t, "lost_inside", s->there.n ? last - first + 1 - s->rows : 0);
	json_open(t, "missing", '[');
	for (size_t i = 1; i < s->there.n && i <= GAPS_NAMED; i++) {
		json_open(t, NULL, '[');
		json_int(t, NULL, s->there.at[i - 1].last + 1);
		json_int(t, NULL, s->there.at[i].first - 1);
		json_close(t, ']');
	}
	json_close(t, ']');
	json_close(t, '}');
	text_add(t, "\n");
}

bool aside_write(const char *state_dir, const char *name, const struct salvage_sum *s)
{
	char *path = aside_path(state_dir, name, "salvage.json"), *beside = aside_path(state_dir, name, "salvage.new");
	struct text t = { 0 };
	compose(s, &t);
	int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0640);
	bool ok = fd >= 0 && write_all(fd, t.at, t.n) && !fsync(fd);
	if (fd >= 0)
		ok = !close(fd) && ok;
	ok = ok && !rename(beside, path) && !ledger_file_sync(path);
	text_free(&t);
	mem_free(path);
	mem_free(beside);
	return ok;
}
