/* The server among many, slow and malicious clients. */
#include "fake.h"

#include "control/refusal.h"

#include <errno.h>
#include <fcntl.h>

#define STATUS "{\"v\":1,\"do\":\"status\"}\n"
#define BAO "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\",\"by\":\"B\"}\n"

static size_t count(const char *in, const char *what)
{
	size_t n = 0;
	for (; (in = strstr(in, what)) != NULL; in++)
		n++;
	return n;
}

static void fill(struct fake *f, int fd[SERVER_CLIENTS])
{
	for (int i = 0; i < SERVER_CLIENTS; i++) {
		fd[i] = dial(f);
		server_turn(f->server, (mono_us){ i });
	}
}

static void leave(int fd[], int n)
{
	for (int i = 0; i < n; i++)
		close(fd[i]);
}

START_TEST(the_33rd_is_told_so)
{
	struct fake f;
	up(&f);
	int fd[SERVER_CLIENTS];
	fill(&f, fd);
	say(fd[0], "{\"v\":1,");
	int more = dial(&f);
	say(more, STATUS);
	server_turn(f.server, (mono_us){ 100 });
	const char *got = hear(more);
	ck_assert_ptr_nonnull(strstr(got, "32 others"));
	ck_assert_ptr_nonnull(strstr(got, "\"ok\":false"));
	ck_assert_str_eq(hear(more), "");
	ck_assert_uint_eq(f.statuses, 0);
	ck_assert_ptr_nonnull(strstr(text_str(&f.log), "32 others"));
	/* Those who were there first are still served. */
	say(fd[0], "\"do\":\"ping\"}\n");
	turn(&f);
	ck_assert_ptr_nonnull(strstr(hear(fd[0]), "\"ok\":true"));
	close(more);
	/* Those that only sit there lose their place. */
	server_turn(f.server, (mono_us){ (SERVER_PATIENCE_S + 1) * US_PER_S });
	for (int i = 0; i < SERVER_CLIENTS; i++)
		ck_assert_str_eq(hear(fd[i]), "");
	leave(fd, SERVER_CLIENTS);
	down(&f);
}
END_TEST

static const struct {
	int line;
	const char *say, *heard;
} at_the_door[] = {
	{ __LINE__, BAO, "emergency by B;" },
	{ __LINE__, SILENCE, "silence by A;" },
	{ __LINE__, "{\"v\":1,\"do\":\"cancel\",\"name\":\"bao\",\"by\":\"A\"}\n", "cancel by A;" },
	{ __LINE__, "{\"v\":1,\"do\":\"stop\",\"zones\":\"all\",\"by\":\"A\"}\n", "stop by A;" },
	{ __LINE__, "{\"v\":1,\"do\":\"hold\",\"zones\":\"all\",\"by\":\"A\"}\n", "" },
	{ __LINE__, "{\"v\":1,\"do\":\"play\",\"name\":\"a\",\"by\":\"A\"}\n", "" },
	{ __LINE__, "{\"v\":1,\"do\":\"ping\"}\n", "" },
	{ __LINE__, "{\"v\":1,\"do\":\"emergency\",\"name\":\"bao\"}\n", "" },
	{ __LINE__, BAO STATUS STATUS, "emergency by B;" }, /* one request, then it goes */
};

START_TEST(what_is_urgent_passes_a_full_house)
{
	struct fake f;
	up(&f);
	int fd[SERVER_CLIENTS];
	fill(&f, fd);
	for (size_t i = 0; i < sizeof at_the_door / sizeof *at_the_door; i++) {
		int more = dial(&f);
		text_clear(&f.heard);
		say(more, at_the_door[i].say);
		turn(&f);
		ck_assert_msg(!strcmp(text_str(&f.heard), at_the_door[i].heard), "row of line %d: %s", at_the_door[i].line,
			text_str(&f.heard));
		ck_assert_uint_eq(f.statuses, 0);
		ck_assert_ptr_nonnull(hear(more));
		close(more);
	}
	leave(fd, SERVER_CLIENTS);
	down(&f);
}
END_TEST

/* Even the door is full of people who say nothing: who has stood there the longest is told and goes. */
START_TEST(an_emergency_never_finds_the_door_shut)
{
	struct fake f;
	up(&f);
	int fd[SERVER_CLIENTS], door[SERVER_DOOR];
	fill(&f, fd);
	for (int i = 0; i < SERVER_DOOR; i++) {
		door[i] = dial(&f);
		server_turn(f.server, (mono_us){ 100 + i });
	}
	int more = dial(&f);
	say(more, BAO);
	server_turn(f.server, (mono_us){ 200 });
	ck_assert_str_eq(text_str(&f.heard), "emergency by B;");
	ck_assert_ptr_nonnull(strstr(hear(door[0]), "32 others"));
	ck_assert_ptr_null(hear(door[1]));
	ck_assert_ptr_null(hear(fd[0]));
	close(more);
	leave(door, SERVER_DOOR);
	leave(fd, SERVER_CLIENTS);
	down(&f);
}
END_TEST

/* As many more as may wait to be let in, all at once, each with something urgent to say: everybody is heard. */
START_TEST(a_crowd_is_heard)
{
	struct fake f;
	up(&f);
	int sitting[SERVER_CLIENTS], fd[SERVER_CLIENTS];
	fill(&f, sitting);
	for (int i = 0; i < SERVER_CLIENTS; i++) {
		fd[i] = dial(&f);
		say(fd[i], SILENCE);
	}
	server_turn(f.server, (mono_us){ 100 });
	ck_assert_uint_eq(count(text_str(&f.heard), "silence by A;"), SERVER_CLIENTS);
	for (int i = 0; i < SERVER_CLIENTS; i++)
		ck_assert_ptr_nonnull(strstr(hear(fd[i]), "\"ok\":true"));
	leave(fd, SERVER_CLIENTS);
	leave(sitting, SERVER_CLIENTS);
	down(&f);
}
END_TEST

/* Everybody has a hundred requests lying there: one of each is answered before the emergency, not a hundred. */
START_TEST(nobody_stands_before_an_emergency)
{
	struct fake f;
	up(&f);
	int fd[SERVER_CLIENTS];
	fill(&f, fd);
	for (int i = 0; i < SERVER_CLIENTS; i++)
		for (int n = 0; n < 100; n++)
			say(fd[i], STATUS);
	int more = dial(&f);
	say(more, BAO);
	server_turn(f.server, (mono_us){ 100 });
	ck_assert_str_eq(text_str(&f.heard), "emergency by B;");
	ck_assert_uint_le(f.statuses, SERVER_CLIENTS);
	/* And each of them gets its hundred answers. */
	size_t heard = 0;
	for (int i = 0; i < 100 * SERVER_CLIENTS; i++) {
		const char *got = hear(fd[i % SERVER_CLIENTS]);
		heard += got ? count(got, "\n") : 0;
		server_turn(f.server, (mono_us){ 100 });
	}
	ck_assert_uint_eq(f.statuses, 100 * SERVER_CLIENTS);
	ck_assert_uint_ge(heard, 99 * SERVER_CLIENTS);
	close(more);
	leave(fd, SERVER_CLIENTS);
	down(&f);
}
END_TEST

/* A byte a second is as slow as no byte. */
START_TEST(who_dribbles_is_cut)
{
	struct fake f;
	up(&f);
	int fd = dial(&f), patient = dial(&f);
	static const char ask[] = STATUS;
	for (int i = 0; i <= SERVER_PATIENCE_S; i++) {
		send(fd, ask + i, 1, MSG_NOSIGNAL);
		server_turn(f.server, (mono_us){ i * US_PER_S });
		server_turn(f.server, (mono_us){ i * US_PER_S });
		if (i == SERVER_PATIENCE_S / 2) { /* whole requests now and then keep the place */
			say(patient, STATUS);
			server_turn(f.server, (mono_us){ i * US_PER_S });
		}
	}
	server_turn(f.server, (mono_us){ (SERVER_PATIENCE_S + 1) * US_PER_S });
	ck_assert_str_eq(hear(fd), "");
	ck_assert_ptr_nonnull(strstr(hear(patient), "\"ok\":true"));
	ck_assert_ptr_null(hear(patient));
	close(fd);
	close(patient);
	down(&f);
}
END_TEST

/* A megabyte without a newline: read as far as a request may go, refused, cut; one line in the log. */
START_TEST(a_megabyte_is_refused)
{
	struct fake f;
	up(&f);
	int fd = dial(&f);
	static char much[1 << 20];
	memset(much, '[', sizeof much);
	fcntl(fd, F_SETFL, O_NONBLOCK);
	ssize_t n = 0;
	for (size_t sent = 0; sent < sizeof much && (n >= 0 || errno == EAGAIN); sent += n > 0 ? (size_t)n : 0) {
		n = send(fd, much + sent, sizeof much - sent, MSG_NOSIGNAL);
		if (n < 0 && errno != EAGAIN)
			break;
		turn(&f);
	}
	ck_assert_int_eq(n, -1);
	ck_assert_int_eq(errno, EPIPE);
	ck_assert_ptr_nonnull(strstr(hear(fd), "at most 4096"));
	ck_assert_uint_eq(count(text_str(&f.log), "\n"), 1);
	ck_assert_uint_lt(f.log.n, 600);
	ck_assert_ptr_nonnull(strstr(text_str(&f.log), "[[[[[[[["));
	close(fd);
	down(&f);
}
END_TEST

/* in the log: a part of its one line */
static const struct {
	int line;
	const char *say;
	size_t bytes;
	const char *in_log;
} nonsense[] = {
#define ROW(text, log) { __LINE__, text "\n", sizeof(text), log }
	ROW("{\"v\":1,\"do\":\"ping\"}\0", "\\x00"),
	ROW("\033[2J\033]0;owned\007", "\\x1b[2J\\x1b]0;owned\\x07"),
	ROW("\xff\xfe\xc0\xaf", "\\xff\\xfe\\xc0\\xaf"),
	ROW("{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"A\xe2\x80\xaetxt.wav\"}", "A\\u{202e}txt.wav"),
	ROW("{\"v\":1,\"do\":\"stop\",\"zones\":\"a\",\"by\":\"A\\u202e\"}", "A\\\\u202e"),
	ROW("{\"v\":1,\"v\":1,\"do\":\"ping\"}", "\"v\":1,\"v\":1"),
	ROW("{\"v\":1e999,\"do\":\"ping\"}", "1e999"),
	ROW("{\"v\":1,\"do\":{\"a\":{\"b\":[[[[]]]]}}}", "[[[[]]]]"),
	ROW("{\"v\":1,\"do\":\"đọc\"}\r", "đọc"),
#undef ROW
};

START_TEST(each_refusal_is_one_escaped_line)
{
	struct fake f;
	up(&f);
	for (size_t i = 0; i < sizeof nonsense / sizeof *nonsense; i++) {
		int fd = dial(&f);
		text_clear(&f.log);
		ck_assert_int_eq(send(fd, nonsense[i].say, nonsense[i].bytes, 0), (ssize_t)nonsense[i].bytes);
		turn(&f);
		const char *got = hear(fd);
		ck_assert_msg(got && strstr(got, "\"ok\":false"), "row of line %d", nonsense[i].line);
		ck_assert_msg(count(text_str(&f.log), "\n") == 1 && strstr(text_str(&f.log), nonsense[i].in_log),
			"row of line %d: %s", nonsense[i].line, text_str(&f.log));
		for (const char *s = text_str(&f.log); s[1]; s++)
			ck_assert_msg((unsigned char)*s >= ' ', "row of line %d", nonsense[i].line);
		close(fd);
		turn(&f);
	}
	ck_assert_str_eq(text_str(&f.heard), "");
	down(&f);
}
END_TEST

START_TEST(the_log_is_not_flooded)
{
	struct fake f;
	up(&f);
	int fd = dial(&f);
	for (int i = 0; i < 1000; i++) {
		say(fd, "rubbish\n");
		server_turn(f.server, (mono_us){ i });
		server_turn(f.server, (mono_us){ i });
		ck_assert_ptr_nonnull(hear(fd));
	}
	ck_assert_uint_eq(count(text_str(&f.log), "\n"), REFUSALS_AT_ONCE);
	text_clear(&f.log);
	mono_us later = { (REFUSALS_EVERY_S + 1) * US_PER_S };
	server_turn(f.server, later);
	ck_assert_str_eq(text_str(&f.log), "990 more requests were refused in the last minute\n");
	server_turn(f.server, later);
	ck_assert_uint_eq(count(text_str(&f.log), "\n"), 1);
	close(fd);
	fd = dial(&f);
	say(fd, "rubbish\n");
	server_turn(f.server, later);
	ck_assert_uint_eq(count(text_str(&f.log), "rubbish\n"), 1);
	close(fd);
	down(&f);
}
END_TEST

START_TEST(a_line_without_end_is_refused)
{
	struct fake f;
	up(&f);
	int fd = dial(&f);
	char much[PROTOCOL_LINE + 100];
	memset(much, 'a', sizeof much);
	ck_assert_int_eq(send(fd, much, sizeof much, MSG_NOSIGNAL), (ssize_t)sizeof much);
	turn(&f);
	ck_assert_ptr_nonnull(strstr(hear(fd), "at most 4096"));
	close(fd);
	down(&f);
}
END_TEST

/* Asks for status for ever and never reads: the server keeps one reply for it, serves others, and cuts it in the end. */
START_TEST(who_does_not_read_harms_nobody)
{
	struct fake f;
	up(&f);
	f.status_bytes = 100000;
	int deaf = dial(&f), other = dial(&f);
	fcntl(deaf, F_SETFL, O_NONBLOCK);
	static const char ask[] = "{\"v\":1,\"do\":\"status\"}\n";
	int taken = 0;
	for (int i = 0; i < 20000; i++) {
		taken += send(deaf, ask, sizeof ask - 1, MSG_NOSIGNAL) > 0;
		if (i % 100 == 0)
			turn(&f);
	}
	ck_assert_int_lt(taken, 20000);
	say(other, SILENCE);
	turn(&f);
	ck_assert_ptr_nonnull(strstr(hear(other), "\"ok\":true"));
	server_turn(f.server, (mono_us){ (SERVER_PATIENCE_S + 1) * US_PER_S });
	ck_assert_int_eq(send(deaf, ask, 1, MSG_NOSIGNAL), -1);
	close(deaf);
	close(other);
	down(&f);
}
END_TEST

UNIT_MAIN("control/crowd", the_33rd_is_told_so, what_is_urgent_passes_a_full_house,
		an_emergency_never_finds_the_door_shut, nobody_stands_before_an_emergency, who_dribbles_is_cut,
		a_megabyte_is_refused, each_refusal_is_one_escaped_line, the_log_is_not_flooded, a_crowd_is_heard,
		a_line_without_end_is_refused, who_does_not_read_harms_nobody)
