/* What lies in a station's folder is somebody's USB stick: links, pipes, folders and films with the wrong
 * ending are met as a matter of course, and none of them may stop the station, fill its memory or make it
 * wait. */
#include "config/source.h"

#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Why a path could not be opened, for people. */
static const char *why_not(int error)
{
	switch (error) {
	case ENOENT:
		return N_("\"{1}\" is not there — the name may be misspelt — check it with: ls.");
	case ENOTDIR:
		return N_("\"{1}\" is no folder — a station is a folder with station.conf in it — name the "
			  "folder.");
	case EACCES:
	case EPERM:
		return N_("\"{1}\" cannot be read — this account has no right to — ask for it, or: chmod "
			  "a+rX.");
	case ELOOP:
		return N_("\"{1}\" is a link — a schedule reads only files of its own folder — copy the file "
			  "itself there.");
	default:
		return N_("\"{1}\" cannot be read — the system says: {2} — check disk and folder.");
	}
}

static void cannot(struct findings *fs, const char *code, const char *path, int error)
{
	finding_add(fs, FINDING_ERROR, code, (struct place){ path, 0 }, why_not(error), path, strerror(error), NULL);
}

/* All that is in it, at most SOURCE_FILE_MOST + 1 bytes: a file may grow while it is read. */
static bool slurp(int fd, struct source *s)
{
	size_t cap = 0;
	for (;;) {
		if (s->n == cap) {
			cap = cap ? cap * 2 : 16384;
			s->bytes = mem_resize(s->bytes, cap, 1);
		}
		ssize_t got = read(fd, s->bytes + s->n, cap - s->n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return got == 0;
		s->n += (size_t)got;
		if (s->n > SOURCE_FILE_MOST)
			return true;
	}
}

static bool too_big(struct findings *fs, const char *path, bool big)
{
	if (big)
		finding_add(fs, FINDING_ERROR, "too-big", (struct place){ path, 0 },
			N_("this file is larger than 1 MiB — no schedule is, it may be another file — take "
			   "it out of "
			   "the folder or split it."),
			NULL);
	return big;
}

/* O_NONBLOCK: a FIFO with nobody at its other end must not stop the station. */
static bool read_file_at(int dir, const char *path, struct source *s, struct findings *fs)
{
	bool ok = false;
	struct stat st;
	int fd = openat(dir, s->name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	if (fd < 0) {
		cannot(fs, "unreadable", path, errno);
		return false;
	}
	if (fstat(fd, &st))
		cannot(fs, "unreadable", path, errno);
	else if (!S_ISREG(st.st_mode))
		finding_add(fs, FINDING_ERROR, "not-a-file", (struct place){ path, 0 },
			S_ISDIR(st.st_mode) ? N_("this is a folder — every name that ends in .conf is read as a "
						 "schedule file — rename it.")
					    : N_("this is no plain file — every name that ends in .conf is read as a "
						 "schedule file — take it out of the folder."),
			NULL);
	else if (too_big(fs, path, st.st_size > SOURCE_FILE_MOST))
		;
	else if (!slurp(fd, s))
		cannot(fs, "unreadable", path, errno);
	else
		ok = !too_big(fs, path, s->n > SOURCE_FILE_MOST);
	close(fd);
	return ok;
}

/* Editors leave .x.conf.swp, #x.conf# and x.conf~ behind. */
static bool wanted(const char *name)
{
	const char *dot = strrchr(name, '.');
	return name[0] != '.' && dot && !strcmp(dot, ".conf");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(((const struct source *)a)->name, ((const struct source *)b)->name);
}

/* One more than allowed is enough to know. */
static void list_names(DIR *d, struct sources *s)
{
	const struct dirent *e;
	while ((e = readdir(d)) && s->list.n <= SOURCE_FILES_MOST)
		if (wanted(e->d_name))
			vec_push(&s->list, (struct source){ .name = mem_dup(e->d_name) });
	if (s->list.n)
		qsort(s->list.at, s->list.n, sizeof *s->list.at, by_name);
}

static void drop_bytes(struct source *s)
{
	mem_free(s->bytes);
	s->bytes = NULL;
	s->n = 0;
}

static void read_files(int dir_fd, const char *dir, struct sources *s, struct findings *fs)
{
	size_t total = 0;
	for (size_t i = 0; i < s->list.n; i++) {
		char *path = mem_printf("%s/%s", dir, s->list.at[i].name);
		if (!read_file_at(dir_fd, path, &s->list.at[i], fs))
			drop_bytes(&s->list.at[i]);
		total += s->list.at[i].n;
		mem_free(path);
		if (total > SOURCE_TOTAL_MOST) {
			finding_add(fs, FINDING_ERROR, "too-big", (struct place){ dir, 0 },
				N_("the schedule files are larger than 16 MiB together — no schedule is — "
				   "take out what "
				   "does not belong there."),
				NULL);
			break;
		}
	}
}

void source_read_dir(const char *dir, struct sources *s, struct findings *fs)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	DIR *d = fd >= 0 ? fdopendir(fd) : NULL;
	if (!d) {
		cannot(fs, "dir-missing", dir, errno);
		if (fd >= 0)
			close(fd);
		return;
	}
	list_names(d, s);
	if (s->list.n > SOURCE_FILES_MOST)
		finding_add(fs, FINDING_ERROR, "too-many", (struct place){ dir, 0 },
			N_("there are more than 200 files *.conf in this folder — it may not be a station — "
			   "name the "
			   "right folder."),
			NULL);
	else
		read_files(fd, dir, s, fs);
	closedir(d);
}

void source_add(struct sources *s, const char *name, const char *bytes, size_t n)
{
	struct source one = { .name = mem_dup(name), .bytes = mem_resize(NULL, n ? n : 1, 1), .n = n };
	if (n)
		memcpy(one.bytes, bytes, n);
	vec_push(&s->list, one);
}

void source_free(struct sources *s)
{
	for (size_t i = 0; i < s->list.n; i++) {
		mem_free(s->list.at[i].name);
		mem_free(s->list.at[i].bytes);
	}
	vec_free(&s->list);
}

void source_digest(const struct source *s, size_t count, char out[SHA256_HEX])
{
	struct sha256 *sum = sha256_new();
	uint8_t bytes[SHA256_BYTES];
	/* lengths as well: no moving of a line from one file's end to the next one's beginning goes unseen */
	for (size_t i = 0; i < count; i++) {
		char *head = mem_printf("%s %zu\n", s[i].name, s[i].n);
		sha256_add(sum, head, strlen(head));
		sha256_add(sum, s[i].bytes, s[i].n);
		mem_free(head);
	}
	sha256_end(&sum, bytes);
	sha256_hex(bytes, out);
}
