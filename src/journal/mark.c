/* Six digits and a newline, the number of bytes, and as many behind it: what is left of a longer text is not read. */
#include "journal/mark.h"

#include "base/mem.h"

#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { HEAD = 7, MOST = 65536 };

struct mark {
	int fd;
	char *before;
	char now[HEAD + MOST + 1];
};

static char *read_whole(int fd)
{
	char *text = mem_zero(HEAD + MOST + 1);
	ssize_t got = pread(fd, text, HEAD + MOST, 0);
	long n = got >= HEAD && text[HEAD - 1] == '\n' ? strtol(text, NULL, 10) : -1;
	bool whole = n >= 0 && n <= got - HEAD;
	char *found = whole ? mem_dup_n(text + HEAD, (size_t)n) : NULL;
	mem_free(text);
	return found;
}

struct mark *mark_open(const char *path)
{
	struct mark *m = mem_new(struct mark);
	m->fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0640);
	if (m->fd >= 0)
		m->before = read_whole(m->fd);
	return m;
}

void mark_close(struct mark **pm)
{
	if (!*pm)
		return;
	if ((*pm)->fd >= 0)
		close((*pm)->fd);
	mem_free((*pm)->before);
	mem_free(*pm);
	*pm = NULL;
}

const char *mark_before(const struct mark *m)
{
	return m->before;
}

/* One call: who is killed has written all of it or nothing. */
void mark_write(struct mark *m, const char *text, size_t bytes)
{
	size_t n = bytes < MOST ? bytes : MOST;
	snprintf(m->now, sizeof m->now, "%06zu\n", n);
	memcpy(m->now + HEAD, text, n);
	ssize_t put = m->fd >= 0 ? pwrite(m->fd, m->now, HEAD + n, 0) : 0;
	(void)put; /* without it the rows tell almost as much */
}
