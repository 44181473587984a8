/* The descriptors of all clients hang on an epoll of the server's own, whose single descriptor the caller watches: so
 * nothing here needs to know the caller's loop. */
#include "control/server.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "control/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

struct client {
	int fd; /* -1 = free */
	int64_t uid;
	unsigned rights;
	int pcm;       /* descriptor that came with the request on its way in, or -1 */
	bool crowded;  /* more than one came: refused */
	mono_us since; /* last time it gave or took a byte */
	struct text out;
	size_t sent;
	bool last; /* nothing more is taken from it; cut when all is sent */
	size_t got;
	char in[PROTOCOL_LINE];
};

struct server {
	int listener, epoll;
	char *path;
	struct server_handler handler;
	struct client *clients[SERVER_CLIENTS]; /* made at first use and kept: 4 KiB each */
};

enum { LISTENER = SERVER_CLIENTS };

/* ── Listening ────────────────────────────────────────────────────────────────────────────────────────────────── */

static bool somebody_answers(const struct socket_place *p)
{
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	bool answered = connect(fd, (const struct sockaddr *)&p->at, sizeof p->at) == 0 || errno == EAGAIN;
	close(fd);
	return answered;
}

static bool bind_to(struct server *s, const struct socket_place *p)
{
	return bind(s->listener, (const struct sockaddr *)&p->at, sizeof p->at) == 0;
}

static bool is_socket(const char *path)
{
	struct stat st;
	return lstat(path, &st) == 0 && S_ISSOCK(st.st_mode);
}

static bool take_place(struct server *s, struct err *err)
{
	struct socket_place p;
	if (!socket_find(s->path, &p))
		return err_set(err, _("commands cannot be taken on %s: %s"), s->path, strerror(errno));
	bool bound = bind_to(s, &p);
	if (!bound && errno == EADDRINUSE && is_socket(s->path)) {
		if (somebody_answers(&p)) {
			socket_leave(&p);
			return err_set(err, _("another controller answers on %s"), s->path);
		}
		bound = unlink(s->path) == 0 && bind_to(s, &p);
	}
	socket_leave(&p);
	/* The mode is set before anybody can connect: that needs listen(). */
	mode_t mode = rights_open(&s->handler.house) ? 0666 : 0660;
	bool open = bound && chmod(s->path, mode) == 0 && listen(s->listener, SERVER_CLIENTS) == 0;
	return open || err_set(err, _("commands cannot be taken on %s: %s"), s->path, strerror(errno));
}

static bool watch(struct server *s, int op, int fd, uint32_t events, uint64_t who)
{
	struct epoll_event ev = { .events = events, .data.u64 = who };
	return epoll_ctl(s->epoll, op, fd, &ev) == 0;
}

struct server *server_new(const char *path, struct server_handler handler, struct err *err)
{
	struct server *s = mem_new(struct server);
	s->handler = handler;
	s->epoll = epoll_create1(EPOLL_CLOEXEC);
	s->listener = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
	s->path = mem_dup(path);
	if (!take_place(s, err)) {
		mem_free(s->path);
		s->path = NULL; /* not ours to take away */
		server_free(&s);
		return NULL;
	}
	watch(s, EPOLL_CTL_ADD, s->listener, EPOLLIN, LISTENER);
	return s;
}

static void drop_passed(struct client *c)
{
	if (c->pcm >= 0)
		close(c->pcm);
	c->pcm = -1;
	c->crowded = false;
}

static void cut(struct client *c)
{
	drop_passed(c);
	close(c->fd);
	c->fd = -1;
	text_free(&c->out);
}

void server_free(struct server **ps)
{
	struct server *s = *ps;
	if (!s)
		return;
	for (size_t i = 0; i < SERVER_CLIENTS; i++) {
		if (s->clients[i] && s->clients[i]->fd >= 0)
			cut(s->clients[i]);
		mem_free(s->clients[i]);
	}
	if (s->path)
		unlink(s->path);
	if (s->listener >= 0)
		close(s->listener);
	if (s->epoll >= 0)
		close(s->epoll);
	mem_free(s->path);
	mem_free(s);
	*ps = NULL;
}

int server_fd(const struct server *s)
{
	return s->epoll;
}

/* ── Answering ────────────────────────────────────────────────────────────────────────────────────────────────── */

/* As much as goes without waiting; the rest when the socket takes it.  false: the client is gone. */
static bool send_some(struct client *c)
{
	while (c->sent < c->out.n) {
		ssize_t n = send(c->fd, c->out.at + c->sent, c->out.n - c->sent, MSG_NOSIGNAL | MSG_DONTWAIT);
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return errno == EAGAIN;
		c->sent += (size_t)n;
	}
	text_free(&c->out);
	c->sent = 0;
	return !c->last;
}

static void answer(struct client *c, bool done, const char *text, const char *status)
{
	struct text line = { 0 };
	protocol_write_reply(done, text, status, &line);
	if (line.n > PROTOCOL_REPLY) {
		text_clear(&line);
		protocol_write_reply(false, "status: too long", NULL, &line);
	}
	text_add_n(&c->out, line.at, line.n);
	text_free(&line);
}

static void refuse(struct server *s, struct client *c, struct command *order)
{
	struct reply reply = { .done = false };
	order->uid = c->uid;
	s->handler.refused(s->handler.self, c->rights, order, &reply);
	answer(c, false, reply.text.text, NULL);
}

static void answer_status(struct server *s, struct client *c)
{
	struct command look = { .verb = VERB_COUNT, .pcm = -1 };
	if (!rights_allow(c->rights, &look)) {
		refuse(s, c, &look);
		return;
	}
	struct text status = { 0 };
	s->handler.status(s->handler.self, &status);
	answer(c, true, "", text_str(&status));
	text_free(&status);
}

/* Anything else could make us wait when it is read or closed. */
static bool is_stream_socket(int fd)
{
	int type = 0, domain = 0;
	socklen_t n = sizeof type, m = sizeof domain;
	return !getsockopt(fd, SOL_SOCKET, SO_TYPE, &type, &n) && type == SOCK_STREAM &&
	       !getsockopt(fd, SOL_SOCKET, SO_DOMAIN, &domain, &m) && domain == AF_UNIX;
}

static bool passed_right(const struct client *c, enum verb verb, struct err *why)
{
	bool any = c->pcm >= 0 || c->crowded;
	if (verb != VERB_SPEAK)
		return !any || err_set(why, _("\"%s\" takes no descriptor"), verb_name(verb));
	bool one = any && !c->crowded && is_stream_socket(c->pcm);
	return one || err_set(why, _("\"speak\" needs one descriptor, the UNIX stream socket of its samples"));
}

static void command(struct server *s, struct client *c, struct command *order)
{
	struct reply reply = { .done = false };
	order->uid = c->uid;
	order->pcm = c->pcm;
	if (passed_right(c, order->verb, &reply.text))
		s->handler.command(s->handler.self, order, &reply);
	answer(c, reply.done, reply.text.text, NULL);
}

static void answer_line(struct server *s, struct client *c, const char *line, size_t bytes)
{
	struct request r;
	struct err why = { "" };
	if (!protocol_read_request(line, bytes, &r, &why)) {
		answer(c, false, why.text, NULL);
	} else if (r.kind == REQUEST_STATUS) {
		answer_status(s, c);
	} else if (r.kind == REQUEST_PING) {
		answer(c, true, "loaxa", NULL);
	} else if (!rights_allow(c->rights, &r.command)) {
		refuse(s, c, &r.command);
	} else {
		command(s, c, &r.command);
	}
	drop_passed(c);
}

/* Answers what stands complete in c->in.  One reply at a time: while one is on its way the next request waits, so a
 * client that only writes fills its own buffers, not ours. */
static bool answer_lines(struct server *s, struct client *c)
{
	char *end;
	while (!c->out.n && !c->last && (end = memchr(c->in, '\n', c->got)) != NULL) {
		size_t bytes = (size_t)(end - c->in);
		answer_line(s, c, c->in, bytes);
		c->got -= bytes + 1;
		memmove(c->in, end + 1, c->got);
		if (!send_some(c))
			return false;
	}
	if (c->got == sizeof c->in && !memchr(c->in, '\n', c->got)) {
		struct err why;
		err_set(&why, _("a request has at most %d bytes"), PROTOCOL_LINE);
		c->last = true;
		answer(c, false, why.text, NULL);
		return send_some(c);
	}
	return true;
}

enum { PASSED_MOST = 4 }; /* looked at; the kernel lets go of any more */

static void take_passed(struct client *c, struct msghdr *m)
{
	int fds[PASSED_MOST];
	for (struct cmsghdr *h = CMSG_FIRSTHDR(m); h; h = CMSG_NXTHDR(m, h)) {
		if (h->cmsg_level != SOL_SOCKET || h->cmsg_type != SCM_RIGHTS)
			continue;
		size_t n = (h->cmsg_len - CMSG_LEN(0)) / sizeof *fds;
		memcpy(fds, CMSG_DATA(h), n * sizeof *fds);
		for (size_t i = 0; i < n; i++) {
			c->crowded |= c->pcm >= 0;
			if (c->pcm >= 0)
				close(fds[i]);
			else
				c->pcm = fds[i];
		}
	}
}

/* false: nothing more will come from it. */
static bool receive(struct client *c, mono_us now)
{
	struct iovec part = { c->in + c->got, sizeof c->in - c->got };
	union {
		struct cmsghdr align;
		char bytes[CMSG_SPACE(PASSED_MOST * sizeof(int))];
	} passed;
	struct msghdr m = {
		.msg_iov = &part, .msg_iovlen = 1, .msg_control = &passed, .msg_controllen = sizeof passed
	};
	ssize_t n = recvmsg(c->fd, &m, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
	if (n >= 0)
		take_passed(c, &m);
	if (n < 0)
		return errno == EAGAIN || errno == EINTR;
	c->got += (size_t)n;
	c->since = now;
	return n > 0;
}

/* false: cut it. */
static bool serve(struct server *s, struct client *c, uint32_t events, mono_us now)
{
	if (events & EPOLLOUT) {
		size_t before = c->sent;
		if (!send_some(c))
			return false;
		if (c->sent != before)
			c->since = now;
	}
	bool readable = events & (EPOLLIN | EPOLLHUP | EPOLLERR);
	if (readable && c->got < sizeof c->in && !receive(c, now))
		return false;
	return answer_lines(s, c);
}

/* ── Clients ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void turn_client(struct server *s, uint64_t i, uint32_t events, mono_us now)
{
	struct client *c = s->clients[i];
	if (c->fd < 0)
		return;
	if (!serve(s, c, events, now))
		cut(c);
	else
		watch(s, EPOLL_CTL_MOD, c->fd, c->out.n ? EPOLLOUT : EPOLLIN, i);
}

/* A free one, else that of who has been silent for the longest: an emergency must never find the door shut. */
static size_t place_for_one(struct server *s)
{
	size_t longest = 0;
	for (size_t i = 0; i < SERVER_CLIENTS; i++) {
		if (!s->clients[i] || s->clients[i]->fd < 0)
			return i;
		if (s->clients[i]->since.us < s->clients[longest]->since.us)
			longest = i;
	}
	cut(s->clients[longest]);
	return longest;
}

static int64_t peer_uid(int fd)
{
	struct ucred peer;
	socklen_t n = sizeof peer;
	return getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n) == 0 ? (int64_t)peer.uid : -1;
}

/* All the groups an account may have at most: the kernel's NGROUPS_MAX. */
#define GROUPS_MOST 65536

/* Its groups at the time it connected, its first one too.  What cannot be known gives no right. */
static unsigned rights_of_peer(const struct server *s, int fd)
{
	struct ucred peer;
	socklen_t n = sizeof peer, bytes = 0;
	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &peer, &n))
		return 0;
	getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, NULL, &bytes); /* says how much there is */
	if (bytes > GROUPS_MOST * sizeof(gid_t))
		bytes = 0;
	gid_t *gids = mem_zero(sizeof *gids + bytes);
	if (!bytes || getsockopt(fd, SOL_SOCKET, SO_PEERGROUPS, gids + 1, &bytes))
		bytes = 0;
	gids[0] = peer.gid;
	unsigned has = rights_of(&s->handler.house, peer.uid, gids, 1 + bytes / sizeof *gids);
	mem_free(gids);
	return has;
}

/* What it says at once is heard at once: it might not be there any more in the next turn. */
static void accept_one(struct server *s, int fd, mono_us now)
{
	size_t i = place_for_one(s);
	if (!s->clients[i])
		s->clients[i] = mem_new(struct client);
	struct client *c = s->clients[i];
	c->fd = fd;
	c->uid = peer_uid(fd);
	c->rights = rights_of_peer(s, fd);
	c->pcm = -1;
	c->crowded = false;
	c->since = now;
	c->sent = c->got = 0;
	c->last = false;
	if (!watch(s, EPOLL_CTL_ADD, fd, EPOLLIN, (uint64_t)i))
		cut(c);
	else
		turn_client(s, i, EPOLLIN, now);
}

static void accept_all(struct server *s, mono_us now)
{
	int fd;
	for (int i = 0; i < SERVER_CLIENTS; i++)
		if ((fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
			accept_one(s, fd, now);
}

static void cut_the_idle(struct server *s, mono_us now)
{
	for (size_t i = 0; i < SERVER_CLIENTS; i++) {
		struct client *c = s->clients[i];
		if (c && c->fd >= 0 && now.us - c->since.us > SERVER_PATIENCE_S * US_PER_S)
			cut(c);
	}
}

void server_turn(struct server *s, mono_us now)
{
	struct epoll_event ev[SERVER_CLIENTS + 1];
	int n = epoll_wait(s->epoll, ev, SERVER_CLIENTS + 1, 0);
	bool more = false;
	for (int i = 0; i < n; i++) {
		if (ev[i].data.u64 == LISTENER)
			more = true;
		else
			turn_client(s, ev[i].data.u64, ev[i].events, now);
	}
	/* Last, so that who left in this turn makes room, and no place is used twice in one batch. */
	cut_the_idle(s, now);
	if (more)
		accept_all(s, now);
}
