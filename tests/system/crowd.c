/* crowd SOCKET N: N clients of the control socket who are silent, every other one in the middle of a word or with an ear
 * that takes nothing.  Says "here" when all are there, and stays until it is killed. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

static const char half[] = "{\"v\":1,\"do\":\"sta", whole[] = "{\"v\":1,\"do\":\"status\"}\n";

static int join(const char *path)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	int fd = socket(AF_UNIX, SOCK_STREAM, 0);
	if (strlen(path) >= sizeof at.sun_path)
		return -1;
	memcpy(at.sun_path, path, strlen(path));
	return connect(fd, (const struct sockaddr *)&at, sizeof at) ? -1 : fd;
}

static int speak(int fd, int i)
{
	for (int n = 0; n < 100; n++)
		if (send(fd, i % 2 ? half : whole, i % 2 ? sizeof half - 1 : sizeof whole - 1, MSG_NOSIGNAL | MSG_DONTWAIT) < 0)
			return n > 0;
		else if (i % 2)
			break;
	return 1;
}

int main(int argc, char **argv)
{
	int n = argc == 3 ? atoi(argv[2]) : 0;
	for (int i = 0; i < n; i++) {
		int fd = join(argv[1]);
		if (fd < 0 || !speak(fd, i)) {
			perror(argv[1]);
			return 1;
		}
	}
	puts("here");
	fflush(stdout);
	return pause();
}
