/* The descriptors of all clients hang on an epoll of the server's own, whose single descriptor the caller watches: so
 * nothing here needs to know the caller's loop. */
#include "control/server.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "control/peer.h"
#include "control/refusal.h"
#include "control/socket.h"

#include <errno.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

enum { SERVER_PLACES = SERVER_CLIENTS + SERVER_DOOR, LISTENER = SERVER_PLACES };

struct client {
	int fd; /* -1 = free */
	struct peer peer;
	int pcm;       /* descriptor that came with the request on its way in, or -1 */
	bool crowded;  /* more than one came: refused */
	bool at_door;  /* one of the SERVER_DOOR places: one request, and only what is urgent */
	mono_us since; /* its patience counts from here: it came, began a request or had its answer */
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
	mono_us now; /* of this turn */
	struct refusals refusals, denials; /* what cannot be understood; what is not allowed */
	struct client *clients[SERVER_PLACES]; /* made at first use and kept: 4 KiB each; those at the door come last */
};

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
	for (size_t i = 0; i < SERVER_PLACES; i++) {
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
	order->uid = c->peer.uid;
	/* Each of them is journalled, for ever: nobody may fill the disk with what he may not do. */
	refusals_owed(&s->denials, s->now);
	if (!refusals_admit(&s->denials, s->now)) {
		err_set(&reply.text, _("Not allowed, and too often in one minute — nothing was done — wait a minute"));
		answer(c, false, reply.text.text, NULL);
		return;
	}
	s->handler.refused(s->handler.self, c->peer.rights, order, &reply);
	answer(c, false, reply.text.text, NULL);
}

static void tell(struct server *s, const struct text *line)
{
	if (s->handler.log)
		s->handler.log(s->handler.self, text_str(line));
}

/* Answers, and writes it down for whoever looks after the machine. */
static void turn_down(struct server *s, struct client *c, const char *why, const char *line, size_t bytes)
{
	struct text t = { 0 };
	answer(c, false, why, NULL);
	if (refusals_admit(&s->refusals, s->now)) {
		refusal_write(c->peer.uid, why, line, bytes, &t);
		tell(s, &t);
	}
	text_free(&t);
}

static void tell_owed(struct server *s)
{
	struct text t = { 0 };
	size_t owed = refusals_owed(&s->refusals, s->now);
	if (owed) {
		refusal_write_owed(owed, &t);
		tell(s, &t);
	}
	text_free(&t);
}

static void answer_status(struct server *s, struct client *c)
{
	struct command look = { .verb = VERB_COUNT, .pcm = -1 };
	if (!rights_allow(c->peer.rights, &look)) {
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
	order->uid = c->peer.uid;
	order->pcm = c->pcm;
	s->handler.command(s->handler.self, order, &reply);
	answer(c, reply.done, reply.text.text, NULL);
}

/* What must be heard even while everybody else talks. */
static bool urgent(const struct request *r)
{
	const struct command *c = &r->command;
	if (r->kind != REQUEST_COMMAND)
		return false;
	return c->verb == VERB_EMERGENCY || c->verb == VERB_CANCEL || c->verb == VERB_STOP || c->verb == VERB_SILENCE ||
	       (c->verb == VERB_SPEAK && c->level == LEVEL_EMERGENCY);
}

static bool no_place(struct err *why)
{
	return err_set(why,
		_("%d others are talking to loaxa run already, which is as many as it listens to — what is on air is "
		  "not touched, emergencies and silence are still taken — try again in a few seconds"),
		SERVER_CLIENTS);
}

static void answer_line(struct server *s, struct client *c, const char *line, size_t bytes)
{
	struct request r;
	struct err why = { "" };
	c->last |= c->at_door;
	if (!protocol_read_request(line, bytes, &r, &why) || (c->at_door && !urgent(&r) && !no_place(&why)) ||
		(r.kind == REQUEST_COMMAND && !passed_right(c, r.command.verb, &why))) {
		turn_down(s, c, why.text, line, bytes);
	} else if (r.kind == REQUEST_STATUS) {
		answer_status(s, c);
	} else if (r.kind == REQUEST_PING) {
		answer(c, true, "loaxa", NULL);
	} else if (!rights_allow(c->peer.rights, &r.command)) {
		refuse(s, c, &r.command);
	} else {
		command(s, c, &r.command);
	}
	drop_passed(c);
}

static const char *line_end(const struct client *c)
{
	return memchr(c->in, '\n', c->got);
}

/* Answers the first line that stands complete in c->in.  One reply at a time: while one is on its way the next request
 * waits, so a client that only writes fills its own buffers, not ours. */
static bool answer_next(struct server *s, struct client *c)
{
	const char *end = line_end(c);
	if (c->out.n || c->last)
		return true;
	if (end) {
		size_t bytes = (size_t)(end - c->in);
		answer_line(s, c, c->in, bytes);
		c->got -= bytes + 1;
		memmove(c->in, end + 1, c->got);
		c->since = s->now;
	} else if (c->got == sizeof c->in) {
		struct err why;
		err_set(&why, _("a request has at most %d bytes"), PROTOCOL_LINE);
		c->last = true;
		turn_down(s, c, why.text, c->in, c->got);
	}
	return send_some(c);
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
static bool receive(struct server *s, struct client *c)
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
	/* A byte now and then keeps no place: the first one of a request counts, not the last. */
	if (!c->got)
		c->since = s->now;
	c->got += (size_t)n;
	return n > 0;
}

/* false: cut it. */
static bool serve(struct server *s, struct client *c, uint32_t events)
{
	bool busy = c->out.n;
	if (!send_some(c))
		return false;
	if (busy && !c->out.n)
		c->since = s->now;
	/* What was said before the end of what it says is still answered. */
	bool readable = events & (EPOLLIN | EPOLLHUP | EPOLLERR) && !line_end(c);
	if (readable && c->got < sizeof c->in && !receive(s, c))
		return false;
	return answer_next(s, c);
}

/* ── Clients ──────────────────────────────────────────────────────────────────────────────────────────────────── */

static void turn_client(struct server *s, uint64_t i, uint32_t events)
{
	struct client *c = s->clients[i];
	if (c->fd < 0)
		return;
	if (!serve(s, c, events))
		cut(c);
	else
		watch(s, EPOLL_CTL_MOD, c->fd, c->out.n || line_end(c) ? EPOLLOUT : EPOLLIN, i);
}

static bool is_free(const struct server *s, size_t i)
{
	return !s->clients[i] || s->clients[i]->fd < 0;
}

/* Of the places [from, to), all taken: that of who has been silent for the longest; with `idlers` only of those who may
 * do nothing but look; -1 = none. */
static int longest_silent(const struct server *s, int from, int to, bool idlers)
{
	int longest = -1;
	for (int i = from; i < to; i++) {
		const struct client *c = s->clients[i];
		bool meant = !idlers || !(c->peer.rights & ~(unsigned)RIGHT_LOOK);
		if (meant && (longest < 0 || c->since.us < s->clients[longest]->since.us))
			longest = i;
	}
	return longest;
}

/* A free one.  Those who only look make room for those who work; else it is one at the door, if need be that of who has
 * been standing there for the longest without a word: an emergency must never find it shut. */
static size_t place_for_one(struct server *s, const struct peer *peer)
{
	int place = -1;
	for (size_t i = 0; i < SERVER_CLIENTS; i++)
		if (is_free(s, i))
			return i;
	if (peer->rights & ~(unsigned)RIGHT_LOOK)
		place = longest_silent(s, 0, SERVER_CLIENTS, true);
	for (size_t i = SERVER_CLIENTS; place < 0 && i < SERVER_PLACES; i++)
		if (is_free(s, i))
			return i;
	if (place < 0)
		place = longest_silent(s, SERVER_CLIENTS, SERVER_PLACES, false);
	struct err why;
	no_place(&why);
	turn_down(s, s->clients[place], why.text, NULL, 0);
	send_some(s->clients[place]);
	cut(s->clients[place]);
	return (size_t)place;
}

/* What it says at once is heard at once: it might not be there any more in the next turn. */
static void accept_one(struct server *s, int fd)
{
	struct peer peer = peer_of(fd, &s->handler.house);
	size_t i = place_for_one(s, &peer);
	if (!s->clients[i])
		s->clients[i] = mem_new(struct client);
	struct client *c = s->clients[i];
	c->fd = fd;
	c->peer = peer;
	c->pcm = -1;
	c->crowded = false;
	c->at_door = i >= SERVER_CLIENTS;
	c->since = s->now;
	c->sent = c->got = 0;
	c->last = false;
	if (!watch(s, EPOLL_CTL_ADD, fd, EPOLLIN, (uint64_t)i))
		cut(c);
	else
		turn_client(s, i, EPOLLIN);
}

static void accept_all(struct server *s)
{
	int fd;
	for (int i = 0; i < SERVER_CLIENTS; i++)
		if ((fd = accept4(s->listener, NULL, NULL, SOCK_CLOEXEC | SOCK_NONBLOCK)) >= 0)
			accept_one(s, fd);
}

static void cut_the_slow(struct server *s)
{
	for (size_t i = 0; i < SERVER_PLACES; i++) {
		struct client *c = s->clients[i];
		if (c && c->fd >= 0 && s->now.us - c->since.us > SERVER_PATIENCE_S * US_PER_S)
			cut(c);
	}
}

void server_turn(struct server *s, mono_us now)
{
	struct epoll_event ev[SERVER_PLACES + 1];
	int n = epoll_wait(s->epoll, ev, SERVER_PLACES + 1, 0);
	bool more = false;
	s->now = now;
	for (int i = 0; i < n; i++) {
		if (ev[i].data.u64 == LISTENER)
			more = true;
		else
			turn_client(s, ev[i].data.u64, ev[i].events);
	}
	/* Last, so that who left in this turn makes room, and no place is used twice in one batch. */
	cut_the_slow(s);
	if (more)
		accept_all(s);
	tell_owed(s);
}
