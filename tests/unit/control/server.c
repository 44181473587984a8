#include "fake.h"

#include "control/client.h"

#include <fcntl.h>
#include <pthread.h>

START_TEST(requests_are_answered_line_by_line)
{
	struct fake f;
	up(&f);
	struct stat st;
	ck_assert_int_eq(stat(f.path, &st), 0);
	ck_assert_uint_eq(st.st_mode & 07777, 0660);
	int fd = dial(&f);
	say(fd, SILENCE "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"by\":\"B\"}\nrubbish\n{\"v\":1,");
	turn(&f);
	const char *got = hear(fd);
	ck_assert_ptr_nonnull(got);
	ck_assert_ptr_nonnull(strstr(got, "{\"v\":1,\"ok\":true,\"text\":\"A\"}\n{\"v\":1,\"ok\":false,\"text\":\"B\"}\n"));
	ck_assert_ptr_nonnull(strstr(got, "one JSON object"));
	say(fd, "\"do\":\"ping\"}\n");
	turn(&f);
	ck_assert_str_eq(hear(fd), "{\"v\":1,\"ok\":true,\"text\":\"loaxa\"}\n");
	ck_assert_str_eq(text_str(&f.heard), "silence by A;emergency by B;");
	ck_assert_int_eq(f.uid, getuid());
	close(fd);
	turn(&f);
	down(&f);
}
END_TEST

#define SPEAK "{\"v\":1,\"do\":\"speak\",\"zones\":\"cum-1\",\"limit_ms\":1000,\"rate\":48000,\"by\":\"A\"}\n"

static void say_with(int fd, const char *line, const int *pass, size_t n)
{
	struct iovec part = { (char *)(uintptr_t)line, strlen(line) };
	union {
		struct cmsghdr head;
		char bytes[CMSG_SPACE(8 * sizeof(int))];
	} passed = { .head = { .cmsg_len = CMSG_LEN(n * sizeof *pass), .cmsg_level = SOL_SOCKET, .cmsg_type = SCM_RIGHTS } };
	struct msghdr m = { .msg_iov = &part, .msg_iovlen = 1 };
	if (n) {
		memcpy(CMSG_DATA(&passed.head), pass, n * sizeof *pass);
		m.msg_control = &passed;
		m.msg_controllen = CMSG_SPACE(n * sizeof *pass);
	}
	ck_assert_int_eq(sendmsg(fd, &m, MSG_NOSIGNAL), (ssize_t)strlen(line));
}

static int open_descriptors(void)
{
	int n = 0;
	for (int fd = 0; fd < 256; fd++)
		n += fcntl(fd, F_GETFD) >= 0;
	return n;
}

/* what: a part of the refusal, NULL = carried out; sockets and others (a pipe's end) go with the line. */
static const struct {
	int line;
	const char *say;
	size_t sockets, others;
	const char *what;
} passing[] = {
	{ __LINE__, SPEAK, 1, 0, NULL },
	{ __LINE__, SPEAK, 0, 0, "one descriptor" },
	{ __LINE__, SPEAK, 2, 0, "one descriptor" },
	{ __LINE__, SPEAK, 8, 0, "one descriptor" },
	{ __LINE__, SPEAK, 0, 1, "one descriptor" },
	{ __LINE__, SPEAK, 1, 1, "one descriptor" },
	{ __LINE__, SILENCE, 1, 0, "takes no descriptor" },
	{ __LINE__, SILENCE, 0, 2, "takes no descriptor" },
	{ __LINE__, "{\"v\":1,\"do\":\"ping\"}\n", 1, 0, NULL },
	{ __LINE__, "rubbish\n", 1, 0, "one JSON object" },
	{ __LINE__, "{\"v\":1,", 1, 0, NULL }, /* and then it goes */
};

START_TEST(only_a_speaker_brings_one_socket)
{
	struct fake f;
	int two[2], tube[2], pass[8];
	up(&f);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, two), 0);
	ck_assert_int_eq(pipe(tube), 0);
	for (size_t i = 0; i < sizeof passing / sizeof *passing; i++) {
		size_t n = 0;
		struct stat st;
		int before = open_descriptors();
		for (size_t k = 0; k < passing[i].sockets; k++)
			pass[n++] = two[0];
		for (size_t k = 0; k < passing[i].others; k++)
			pass[n++] = tube[0];
		f.samples = 0;
		int fd = dial(&f);
		say_with(fd, passing[i].say, pass, n);
		turn(&f);
		const char *got = hear(fd);
		bool refused = got && strstr(got, "\"ok\":false");
		ck_assert_msg(refused == (passing[i].what != NULL), "row of line %d: %s", passing[i].line, got ? got : "");
		ck_assert_msg(!refused || strstr(got, passing[i].what), "row of line %d: %s", passing[i].line, got);
		bool spoken = !refused && !strcmp(passing[i].say, SPEAK);
		ck_assert_int_eq(fstat(two[0], &st), 0);
		ck_assert_msg((f.samples == st.st_ino) == spoken, "row of line %d", passing[i].line);
		close(fd);
		turn(&f);
		ck_assert_msg(open_descriptors() == before, "row of line %d: some stay open", passing[i].line);
	}
	close(two[0]), close(two[1]), close(tube[0]), close(tube[1]);
	down(&f);
}
END_TEST

/* A descriptor belongs to the request it came with, and is gone with it. */
START_TEST(the_next_request_has_no_socket)
{
	struct fake f;
	int two[2];
	up(&f);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_STREAM, 0, two), 0);
	int fd = dial(&f);
	say_with(fd, SPEAK, two, 1);
	close(two[0]);
	turn(&f);
	ck_assert_ptr_nonnull(strstr(hear(fd), "\"ok\":true"));
	ck_assert_int_eq(recv(two[1], &(char){ 0 }, 1, MSG_DONTWAIT), 0); /* nobody holds the other end */
	say(fd, SPEAK);
	turn(&f);
	ck_assert_ptr_nonnull(strstr(hear(fd), "one descriptor"));
	close(fd), close(two[1]);
	turn(&f);
	down(&f);
}
END_TEST

START_TEST(half_closed_clients_still_get_their_answer)
{
	struct fake f;
	up(&f);
	int fd = dial(&f);
	say(fd, SILENCE SILENCE);
	shutdown(fd, SHUT_WR);
	turn(&f);
	ck_assert_ptr_nonnull(strstr(hear(fd), "}\n{"));
	turn(&f);
	ck_assert_str_eq(hear(fd), "");
	close(fd);
	down(&f);
}
END_TEST

START_TEST(a_socket_left_behind_is_replaced_a_living_one_not)
{
	struct fake f;
	struct err err = { "" };
	up(&f);
	ck_assert_ptr_null(server_new(f.path, handler(&f), &err));
	ck_assert_ptr_nonnull(strstr(err.text, "another controller"));
	ck_assert_int_eq(access(f.path, F_OK), 0);
	server_free(&f.server);
	/* bound but not listening: what a killed controller leaves */
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	memcpy(at.sun_path, f.path, strlen(f.path));
	int dead = socket(AF_UNIX, SOCK_STREAM, 0);
	ck_assert_int_eq(bind(dead, (struct sockaddr *)&at, sizeof at), 0);
	close(dead);
	f.server = server_new(f.path, handler(&f), &err);
	ck_assert_msg(f.server != NULL, "%s", err.text);
	server_free(&f.server);
	/* no socket at all: somebody's file stays */
	close(creat(f.path, 0600));
	ck_assert_ptr_null(server_new(f.path, handler(&f), &err));
	ck_assert_int_eq(unlink(f.path), 0);
	down(&f);
}
END_TEST

struct question {
	const char *path;
	const char *line;
	struct answer answer;
	struct err err;
	_Atomic int state; /* 0 asking, 1 answered, 2 not */
};

static void *ask_in_thread(void *arg)
{
	struct question *q = arg;
	struct text line = { 0 };
	text_add(&line, q->line);
	q->state = client_ask(q->path, &line, 20000, &q->answer, &q->err) ? 1 : 2;
	text_free(&line);
	return NULL;
}

START_TEST(the_client_asks_and_is_answered)
{
	struct fake f;
	up(&f);
	f.status_bytes = 200000;
	struct question q[] = { { .path = f.path, .line = SILENCE }, { .path = f.path, .line = "{\"v\":1,\"do\":\"status\"}\n" } };
	for (size_t i = 0; i < 2; i++) {
		pthread_t t;
		ck_assert_int_eq(pthread_create(&t, NULL, ask_in_thread, &q[i]), 0);
		while (!q[i].state)
			server_turn(f.server, (mono_us){ 0 });
		pthread_join(t, NULL);
		ck_assert_msg(q[i].state == 1, "%s", q[i].err.text);
		ck_assert(q[i].answer.done);
	}
	ck_assert_str_eq(q[0].answer.text, "A");
	ck_assert_uint_ge(strlen(q[1].answer.status), 200000);
	protocol_free_answer(&q[0].answer);
	protocol_free_answer(&q[1].answer);
	down(&f);
}
END_TEST

START_TEST(without_a_controller_the_client_says_what_to_do)
{
	struct answer a;
	struct err err = { "" };
	struct text line = { 0 };
	text_add(&line, SILENCE);
	ck_assert(!client_ask("/tmp/no-such-directory/control.sock", &line, 1000, &a, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "loaxa run"));
	text_free(&line);
}
END_TEST

/* An address holds 107 bytes; a state directory may lie deeper. */
START_TEST(long_paths_work)
{
	struct fake f;
	up(&f);
	server_free(&f.server);
	char *dir = mem_printf("%s/%0100d", f.dir, 0), *path = mem_printf("%s/control.sock", dir);
	struct err err = { "" };
	ck_assert_int_eq(mkdir(dir, 0700), 0);
	f.server = server_new(path, handler(&f), &err);
	ck_assert_msg(f.server != NULL, "%s", err.text);
	struct question q = { .path = path, .line = SILENCE };
	pthread_t t;
	ck_assert_int_eq(pthread_create(&t, NULL, ask_in_thread, &q), 0);
	while (!q.state)
		server_turn(f.server, (mono_us){ 0 });
	pthread_join(t, NULL);
	ck_assert_msg(q.state == 1, "%s", q.err.text);
	protocol_free_answer(&q.answer);
	server_free(&f.server);
	ck_assert_int_eq(rmdir(dir), 0);
	mem_free(dir);
	mem_free(path);
	down(&f);
}
END_TEST

UNIT_MAIN("control/server", requests_are_answered_line_by_line, only_a_speaker_brings_one_socket,
		the_next_request_has_no_socket, half_closed_clients_still_get_their_answer,
		a_socket_left_behind_is_replaced_a_living_one_not, the_client_asks_and_is_answered,
		without_a_controller_the_client_says_what_to_do, long_paths_work)
