/* A web server for tests: prints its port, then answers every request with the bytes of a file (status line, headers
 * and all), "-" = takes the connection and never answers.  Until it is killed. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static void read_request(int fd)
{
	char buf[4096] = "";
	size_t n = 0;
	for (ssize_t got; n + 1 < sizeof buf && !strstr(buf, "\r\n\r\n"); n += (size_t)got) {
		got = read(fd, buf + n, sizeof buf - 1 - n);
		if (got <= 0)
			return;
		buf[n + (size_t)got] = '\0';
	}
}

static void answer(int fd, const char *file)
{
	char buf[4096];
	int from = open(file, O_RDONLY);
	for (ssize_t n; from >= 0 && (n = read(from, buf, sizeof buf)) > 0;)
		if (write(fd, buf, (size_t)n) != n)
			break;
	if (from >= 0)
		close(from);
}

int main(int argc, char **argv)
{
	struct sockaddr_in at = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t size = sizeof at;
	int s = socket(AF_INET, SOCK_STREAM, 0);
	if (argc != 2 || s < 0 || bind(s, (struct sockaddr *)&at, sizeof at) || listen(s, 8) ||
		getsockname(s, (struct sockaddr *)&at, &size))
		return 2;
	signal(SIGPIPE, SIG_IGN);
	printf("%d\n", ntohs(at.sin_port));
	fflush(stdout);
	for (int fd; (fd = accept(s, NULL, NULL)) >= 0;) {
		read_request(fd);
		if (!strcmp(argv[1], "-"))
			pause();
		answer(fd, argv[1]);
		close(fd);
	}
	return 1;
}
