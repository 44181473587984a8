#include "control/client.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "control/socket.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static int64_t now_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static bool no_connection(const char *path, int why, struct err *err)
{
	if (why == ENOENT || why == ECONNREFUSED || why == ENOTDIR)
		return err_set(err,
			_("loaxa run is not running (nobody listens on %s) — start it: loaxa run, or name its state "
			  "with --state DIR"),
			path);
	if (why == EACCES || why == EPERM)
		return err_set(err,
			_("this account may not speak to the station (%s) — ask the person on duty, or the "
			  "administrator for the group loaxa"),
			path);
	return err_set(err, _("loaxa run cannot be reached on %s: %s"), path, strerror(why));
}

static int connect_to(const char *path, int timeout_ms, struct err *err)
{
	struct socket_place p;
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
	/* A full queue makes connect() wait: this bounds it. */
	struct timeval limit = { timeout_ms / 1000, timeout_ms % 1000 * 1000 };
	bool ok = fd >= 0 && setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit) == 0 &&
		  socket_find(path, &p);
	if (ok) {
		ok = connect(fd, (const struct sockaddr *)&p.at, sizeof p.at) == 0;
		int why = errno;
		socket_leave(&p);
		errno = why;
	}
	if (ok)
		return fd;
	no_connection(path, errno, err);
	if (fd >= 0)
		close(fd);
	return -1;
}

/* The descriptor goes with the first bytes. */
static ssize_t send_part(int fd, const char *at, size_t n, int pass)
{
	struct iovec part = { (char *)at, n };
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(sizeof pass)];
	} passed = { .head = { .cmsg_len = CMSG_LEN(sizeof pass), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS } };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	memcpy(CMSG_DATA(&passed.head), &pass, sizeof pass);
	if (pass >= 0) {
		m.msg_control = &passed;
		m.msg_controllen = sizeof passed;
	}
	return sendmsg(fd, &m, MSG_NOSIGNAL);
}

static bool send_all(int fd, const struct text *request, int pass)
{
	for (size_t sent = 0; sent < request->n;) {
		ssize_t n = send_part(fd, request->at + sent, request->n - sent, sent ? -1 : pass);
		if (n < 0 && errno != EINTR)
			return false;
		sent += n > 0 ? (size_t)n : 0;
	}
	return true;
}

/* One line into out, its newline taken off. */
static bool receive_line(int fd, int64_t until_ms, struct text *out, struct err *err)
{
	char part[4096];
	while (out->n < PROTOCOL_REPLY) {
		struct pollfd p = { .fd = fd, .events = POLLIN };
		int64_t left = until_ms - now_ms();
		if (left <= 0 || poll(&p, 1, (int)left) == 0)
			return err_set(err, _("loaxa run does not answer in time — what was asked may still happen; "
					      "see: loaxa status"));
		ssize_t n = recv(fd, part, sizeof part, 0);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			break;
		text_add_n(out, part, (size_t)n);
		if (part[n - 1] == '\n') {
			out->at[--out->n] = '\0';
			return true;
		}
	}
	return err_set(err, _("loaxa run closed the connection without an answer"));
}

bool client_ask_passing(
	const char *path, const struct text *request, int pass, int timeout_ms, struct answer *a, struct err *err)
{
	*a = (struct answer){ 0 };
	int64_t until = now_ms() + timeout_ms;
	struct text line = { 0 };
	bool ok = false;
	int fd = connect_to(path, timeout_ms, err);
	if (fd < 0)
		return false;
	/* Turned away at the door, sending fails although an answer lies ready: so its failure says nothing. */
	send_all(fd, request, pass);
	if (receive_line(fd, until, &line, err))
		ok = protocol_read_reply(line.at, line.n, a) ||
		     err_set(err, _("the answer of loaxa run cannot be understood — are both of the same version?"));
	close(fd);
	text_free(&line);
	return ok;
}

bool client_ask(const char *path, const struct text *request, int timeout_ms, struct answer *a, struct err *err)
{
	return client_ask_passing(path, request, -1, timeout_ms, a, err);
}
