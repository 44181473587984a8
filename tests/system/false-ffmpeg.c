/* Stands in for ffmpeg and behaves as one that a crafted file has taken over.  What it does is written in the file that
 * it is given, after "ftyp"; it gives a second of sound only where the cage held. */
#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

static void give_sound(void)
{
	uint32_t head[6] = { htonl(0x2e736e64), htonl(24), htonl(UINT32_MAX), htonl(6), htonl(8000), htonl(1) };
	fwrite(head, sizeof head, 1, stdout);
	for (int i = 0; i < 8000; i++) {
		float x = i % 20 < 10 ? 0.1f : -0.1f;
		uint32_t bits;
		memcpy(&bits, &x, sizeof bits);
		bits = htonl(bits);
		fwrite(&bits, sizeof bits, 1, stdout);
	}
}

/* 200 MB, if it can have them; filled, since promised memory is none. */
static bool memory_ends(void)
{
	for (int i = 0; i < 200; i++) {
		void *some = malloc(1 << 20);
		if (!some)
			return true;
		memset(some, i, 1 << 20);
	}
	return false;
}

static bool nothing_to_start(void)
{
	int status = 0;
	pid_t pid = fork();
	if (pid == 0) {
		execl("/bin/sh", "sh", "-c", "exit 0", (char *)NULL);
		_exit(1);
	}
	return pid < 0 || (waitpid(pid, &status, 0) == pid && WEXITSTATUS(status) == 1);
}

static bool shut_in(void)
{
	return socket(AF_INET, SOCK_STREAM, 0) < 0 && open("/etc/passwd", O_RDONLY) < 0 &&
	       open("/tmp", O_TMPFILE | O_RDWR, 0600) < 0 && kill(getppid(), 0) < 0 && nothing_to_start();
}

int main(void)
{
	char what[12] = "";
	if (pread(STDIN_FILENO, what, sizeof what, 0) != sizeof what)
		return EXIT_FAILURE;
	volatile bool forever = true;
	switch (what[8]) {
	case 't': /* turns in a circle */
		while (forever)
			continue;
		break;
	case 'h': /* the same in the middle of its sound */
		give_sound();
		fflush(stdout);
		while (forever)
			continue;
		break;
	case 'c':
		raise(SIGSEGV);
		break;
	case 'm':
		if (memory_ends())
			give_sound();
		break;
	case 'o':
		if (shut_in())
			give_sound();
		break;
	default:
		give_sound();
	}
	return EXIT_SUCCESS;
}
