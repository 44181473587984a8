/* Real sockets, real accounts: children of root become somebody else and connect.  What decides is the kernel's word. */
#include "base/mem.h"
#include "control/refusal.h"
#include "control/server.h"
#include "../unit.h"

#include <grp.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* No account of any machine: numbers are enough for the kernel. */
enum { OWNER = 61990, LOAXA = 61991, ALARM = 61992, LAN = 61001 };

#define STOP "{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"Chủ tịch\"}\n"
#define GAP "{\"v\":1,\"do\":\"emergency\",\"name\":\"gap\",\"by\":\"Chủ tịch\"}\n"
#define STATUS "{\"v\":1,\"do\":\"status\"}\n"
#define PING "{\"v\":1,\"do\":\"ping\"}\n"

struct fake {
	char dir[64], path[96];
	struct server *server;
	struct text heard; /* "stop 61001;" carried out, "refused stop 61001 has 1;" */
};

static void on_command(void *self, const struct command *c, struct reply *reply)
{
	struct fake *f = self;
	text_addf(&f->heard, "%s %d;", verb_name(c->verb), (int)c->uid);
	reply->done = true;
}

static void on_status(void *self, struct text *out)
{
	(void)self;
	text_add(out, "{}");
}

static void on_refused(void *self, unsigned has, const struct command *c, struct reply *reply)
{
	struct fake *f = self;
	text_addf(&f->heard, "refused %s %d has %u;", c->verb < VERB_COUNT ? verb_name(c->verb) : "status", (int)c->uid, has);
	rights_refuse(has, c, "lan", NULL, &reply->text);
}

static void up(struct fake *f, const struct rights_house *house)
{
	*f = (struct fake){ .dir = "/tmp/loaxa-peers-XXXXXX" };
	struct err err = { "" };
	ck_assert_ptr_nonnull(mkdtemp(f->dir));
	ck_assert_int_eq(chmod(f->dir, 0711), 0);
	snprintf(f->path, sizeof f->path, "%s/control.sock", f->dir);
	f->server = server_new(
		f->path, (struct server_handler){ f, on_command, on_status, on_refused, *house, NULL }, &err);
	ck_assert_msg(f->server != NULL, "%s", err.text);
}

static void down(struct fake *f)
{
	server_free(&f->server);
	text_free(&f->heard);
	ck_assert_int_eq(rmdir(f->dir), 0);
}

struct person {
	uid_t uid;
	gid_t gid, groups[3];
	size_t n;
};

/* In the child: 0 = the answer holds that, 1 = it does not, 2 = the door is shut. */
static int ask_as(const char *path, const struct person *p, const char *line, const char *answer)
{
	char got[4096];
	size_t n = 0;
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	memcpy(at.sun_path, path, strlen(path));
	if (setgroups(p->n, p->groups) || setresgid(p->gid, p->gid, p->gid) || setresuid(p->uid, p->uid, p->uid))
		return 3;
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (connect(fd, (struct sockaddr *)&at, sizeof at))
		return 2;
	if (send(fd, line, strlen(line), MSG_NOSIGNAL) != (ssize_t)strlen(line))
		return 3;
	for (ssize_t more = 1; more > 0 && n < sizeof got - 1 && !memchr(got, '\n', n);)
		n += (size_t)((more = recv(fd, got + n, sizeof got - 1 - n, 0)) > 0 ? more : 0);
	got[n] = '\0';
	if (!strstr(got, answer))
		fprintf(stderr, "answered: %s", got);
	return strstr(got, answer) ? 0 : 1;
}

static int ask(struct fake *f, const struct person *p, const char *line, const char *answer)
{
	int status = -1;
	pid_t child = fork();
	ck_assert_int_ge(child, 0);
	if (!child)
		_exit(ask_as(f->path, p, line, answer));
	while (!waitpid(child, &status, WNOHANG)) {
		struct pollfd ready = { .fd = server_fd(f->server), .events = POLLIN };
		poll(&ready, 1, 10);
		server_turn(f->server, (mono_us){ 0 });
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static bool root_or_said(void)
{
	if (geteuid() == 0)
		return true;
	fprintf(stderr, "control/peers: only root can become somebody else: not tried here\n");
	return false;
}

static const struct {
	int line;
	struct person who;
	const char *says, *answer, *heard;
} open_house[] = {
	{ __LINE__, { 0, 0, { 0 }, 0 }, STOP, "\"ok\":true", "stop 0;" },
	{ __LINE__, { OWNER, 7, { 0 }, 0 }, GAP, "\"ok\":true", "emergency 61990;" },
	{ __LINE__, { LAN, 7, { 0 }, 0 }, STATUS, "\"status\":{}", "" },
	{ __LINE__, { LAN, 7, { 0 }, 0 }, PING, "\"ok\":true", "" },
	{ __LINE__, { LAN, 7, { 0 }, 0 }, STOP, "may only look", "refused stop 61001 has 1;" },
	{ __LINE__, { LAN, LOAXA, { 0 }, 0 }, STOP, "\"ok\":true", "stop 61001;" },
	{ __LINE__, { LAN, 7, { 9, LOAXA }, 2 }, STOP, "\"ok\":true", "stop 61001;" },
	{ __LINE__, { LAN, 7, { 9, LOAXA }, 2 }, GAP, "loaxa-emergency", "refused emergency 61001 has 3;" },
	{ __LINE__, { LAN, 7, { ALARM }, 1 }, GAP, "\"ok\":true", "emergency 61001;" },
	{ __LINE__, { LAN, 7, { 9, ALARM, LOAXA }, 3 }, GAP, "\"ok\":true", "emergency 61001;" },
};

START_TEST(the_kernel_says_who_it_is)
{
	if (!root_or_said())
		return;
	for (size_t i = 0; i < sizeof open_house / sizeof *open_house; i++) {
		struct fake f;
		struct stat st;
		up(&f, &(struct rights_house){ OWNER, LOAXA, ALARM });
		ck_assert_int_eq(stat(f.path, &st), 0);
		ck_assert_uint_eq(st.st_mode & 07777, 0666);
		int got = ask(&f, &open_house[i].who, open_house[i].says, open_house[i].answer);
		ck_assert_msg(got == 0, "line %d: %d", open_house[i].line, got);
		ck_assert_msg(!strcmp(text_str(&f.heard), open_house[i].heard), "line %d: %s", open_house[i].line,
			text_str(&f.heard));
		down(&f);
	}
}
END_TEST

/* Without the groups: strangers do not get in; who does by the socket's own group may do nothing. */
START_TEST(a_house_without_groups_is_its_owners)
{
	if (!root_or_said())
		return;
	struct fake f;
	const struct person stranger = { LAN, 7, { 0 }, 0 }, neighbour = { LAN, getegid(), { 0 }, 0 };
	const struct person owner = { OWNER, getegid(), { 0 }, 0 };
	up(&f, &(struct rights_house){ OWNER, -1, -1 });
	ck_assert_int_eq(ask(&f, &stranger, STATUS, ""), 2);
	ck_assert_int_eq(ask(&f, &neighbour, STATUS, "has no rights here"), 0);
	ck_assert_int_eq(ask(&f, &neighbour, STOP, "has no rights here"), 0);
	ck_assert_int_eq(ask(&f, &owner, STOP, "\"ok\":true"), 0);
	ck_assert_str_eq(text_str(&f.heard), "refused status 61001 has 0;refused stop 61001 has 0;stop 61990;");
	down(&f);
}
END_TEST

/* What is not allowed stands in the journal for ever: so many times a minute and no more. */
START_TEST(nobody_fills_the_journal_with_what_he_may_not)
{
	if (!root_or_said())
		return;
	struct fake f;
	const struct person lan = { LAN, 7, { 0 }, 0 };
	size_t n = 0;
	up(&f, &(struct rights_house){ OWNER, LOAXA, ALARM });
	for (int i = 0; i < REFUSALS_AT_ONCE; i++)
		ck_assert_int_eq(ask(&f, &lan, STOP, "may only look"), 0);
	ck_assert_int_eq(ask(&f, &lan, STOP, "too often"), 0);
	for (const char *s = text_str(&f.heard); (s = strstr(s, "refused stop")) != NULL; s++)
		n++;
	ck_assert_uint_eq(n, REFUSALS_AT_ONCE);
	down(&f);
}
END_TEST

static int join(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	memcpy(at.sun_path, path, strlen(path));
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	return connect(fd, (struct sockaddr *)&at, sizeof at) ? -1 : fd;
}

/* A child that becomes somebody who may only look, takes every place and says so; it stays until the other end of `stay` is closed. */
static pid_t fill_as(const char *path, const struct person *p, int say, const int stay[2])
{
	pid_t child = fork();
	char c;
	if (child)
		return child;
	close(stay[1]);
	bool ok = !setgroups(0, NULL) && !setresgid(p->gid, p->gid, p->gid) && !setresuid(p->uid, p->uid, p->uid);
	for (int i = 0; ok && i < SERVER_CLIENTS; i++)
		ok = join(path) >= 0;
	_exit(!ok || write(say, "x", 1) != 1 || read(stay[0], &c, 1) != 0);
}

/* All places are taken by people who may only look: one of them makes room for who has work to do, for another who only
 * looks none does. */
START_TEST(who_only_looks_makes_room_for_who_works)
{
	if (!root_or_said())
		return;
	struct fake f;
	const struct person lan = { LAN, 7, { 0 }, 0 };
	int said[2], stay[2], status;
	char c, got[4096] = "";
	up(&f, &(struct rights_house){ OWNER, LOAXA, ALARM });
	ck_assert(!pipe(said) && !pipe(stay));
	pid_t child = fill_as(f.path, &lan, said[1], stay);
	close(stay[0]);
	struct pollfd filled = { .fd = said[0], .events = POLLIN };
	while (!poll(&filled, 1, 10))
		server_turn(f.server, (mono_us){ 0 });
	ck_assert_int_eq(read(said[0], &c, 1), 1);
	for (int i = 0; i < 3; i++)
		server_turn(f.server, (mono_us){ 1 });
	ck_assert_int_eq(ask(&f, &lan, STATUS, "32 others"), 0);
	int work = join(f.path);
	ck_assert_int_ge(work, 0);
	ck_assert_int_eq(send(work, STATUS, strlen(STATUS), MSG_NOSIGNAL), (ssize_t)strlen(STATUS));
	for (int i = 0; i < 3; i++)
		server_turn(f.server, (mono_us){ 2 });
	ck_assert_int_gt(recv(work, got, sizeof got - 1, MSG_DONTWAIT), 0);
	ck_assert_msg(strstr(got, "\"status\":{}"), "%s", got);
	close(work);
	close(stay[1]);
	ck_assert_int_eq(waitpid(child, &status, 0), child);
	ck_assert_int_eq(status, 0);
	close(said[0]);
	close(said[1]);
	down(&f);
}
END_TEST

UNIT_MAIN("control/peers", who_only_looks_makes_room_for_who_works, nobody_fills_the_journal_with_what_he_may_not, the_kernel_says_who_it_is, a_house_without_groups_is_its_owners)
