/* What the tests of the server share: a station that repeats what it was told, and people who call it. */
#ifndef LOAXA_TESTS_CONTROL_FAKE_H
#define LOAXA_TESTS_CONTROL_FAKE_H

#include "base/mem.h"
#include "control/server.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* A station that repeats what it was told; its status is as long as the test wants. */
struct fake {
	char dir[64], path[96];
	struct server *server;
	struct text heard;
	int64_t uid;
	ino_t samples; /* inode of the socket that came with the last command, 0 = none came */
	size_t status_bytes;
	size_t statuses; /* asked for so far */
	struct text log; /* of refusals, a line each */
};

static inline void on_command(void *self, const struct command *c, struct reply *reply)
{
	struct fake *f = self;
	text_addf(&f->heard, "%s by %s;", verb_name(c->verb), c->by);
	f->uid = c->uid;
	struct stat st;
	f->samples = c->pcm >= 0 && fstat(c->pcm, &st) == 0 ? st.st_ino : 0;
	reply->done = c->verb != VERB_EMERGENCY;
	err_set(&reply->text, "%s", c->by);
}

static inline void on_status(void *self, struct text *out)
{
	struct fake *f = self;
	f->statuses++;
	text_add(out, "{\"x\":\"");
	while (out->n < f->status_bytes)
		text_add(out, "loa");
	text_add(out, "\"}");
}

static inline void on_refused(void *self, unsigned has, const struct command *c, struct reply *reply)
{
	(void)self, (void)has, (void)c, (void)reply;
	ck_abort_msg("the owner of the station was refused");
}

static inline void on_log(void *self, const char *line)
{
	struct fake *f = self;
	text_addf(&f->log, "%s\n", line);
}

static inline struct server_handler handler(struct fake *f)
{
	return (struct server_handler){ f, on_command, on_status, on_refused, { getuid(), 0, 0 }, on_log };
}

static inline void up(struct fake *f)
{
	*f = (struct fake){ .dir = "/tmp/loaxa-server-XXXXXX" };
	struct err err = { "" };
	ck_assert_ptr_nonnull(mkdtemp(f->dir));
	snprintf(f->path, sizeof f->path, "%s/control.sock", f->dir);
	f->server = server_new(f->path, handler(f), &err);
	ck_assert_msg(f->server != NULL, "%s", err.text);
}

static inline void down(struct fake *f)
{
	server_free(&f->server);
	text_free(&f->heard);
	text_free(&f->log);
	ck_assert_int_ne(access(f->path, F_OK), 0);
	ck_assert_int_eq(rmdir(f->dir), 0);
}

static inline int dial(const struct fake *f)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	memcpy(at.sun_path, f->path, strlen(f->path));
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(connect(fd, (struct sockaddr *)&at, sizeof at), 0);
	return fd;
}

static inline void say(int fd, const char *line)
{
	ck_assert_int_eq(send(fd, line, strlen(line), MSG_NOSIGNAL), (ssize_t)strlen(line));
}

/* As many turns as the talkative ones need: one that lets in, one for each line. */
static inline void turn(struct fake *f)
{
	for (int i = 0; i < 6; i++)
		server_turn(f->server, (mono_us){ 0 });
}

/* What lies ready, up to 64 KiB; "" = the connection has ended, NULL = nothing. */
static inline const char *hear(int fd)
{
	static char got[65536];
	ssize_t n = recv(fd, got, sizeof got - 1, MSG_DONTWAIT);
	got[n > 0 ? n : 0] = '\0';
	return n < 0 ? NULL : got;
}

#define SILENCE "{\"v\":1,\"do\":\"silence\",\"by\":\"A\"}\n"

#endif
