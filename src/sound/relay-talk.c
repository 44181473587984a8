#include "sound/relay-talk.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"

#include <errno.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>

void relay_talk_words(enum relay_trouble trouble, const char *text, struct err *out)
{
	*out = (struct err){ "" };
	switch (trouble) {
	case RELAY_WELL:
	case RELAY_CONNECTING:
		break;
	case RELAY_NO_FFMPEG:
		err_set(out, _("the source cannot be fetched — the program ffmpeg is not installed — "
			       "install it: apt install ffmpeg"));
		break;
	case RELAY_FAILED:
		err_set(out,
			_("the source cannot be fetched — %s — check the address and the network; "
			  "it is tried again and again"),
			text);
		break;
	case RELAY_MUTE:
		err_set(out, _("the source sends nothing — it answered and then fell silent — "
			       "it is tried again and again"));
		break;
	case RELAY_OVER:
		err_set(out, _("the source has ended — it sends no more — it is fetched again"));
		break;
	}
}

/* A full socket loses the message; only a closed one ends the talk. */
static bool say(int fd, const void *message, size_t bytes)
{
	for (;;) {
		if (send(fd, message, bytes, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0)
			return true;
		if (errno != EINTR)
			return errno == EAGAIN || errno == EWOULDBLOCK || errno == ENOBUFS;
	}
}

bool relay_talk_sound(int fd, const int16_t *frames, size_t n)
{
	char message[1 + RELAY_TALK_FRAMES * sizeof *frames];
	n = n < RELAY_TALK_FRAMES ? n : RELAY_TALK_FRAMES;
	message[0] = 'p';
	memcpy(message + 1, frames, n * sizeof *frames);
	return say(fd, message, 1 + n * sizeof *frames);
}

bool relay_talk_trouble(int fd, enum relay_trouble trouble, const char *text)
{
	char message[2 + RELAY_TALK_TEXT];
	size_t n = strnlen(text, RELAY_TALK_TEXT);
	message[0] = 'w';
	message[1] = (char)trouble;
	memcpy(message + 2, text, n);
	return say(fd, message, 2 + n);
}

#define ASKED_BYTES 4096
#define ASKED_WITHIN_MS 5000

bool relay_talk_ask(int fd, int rate, const char *address)
{
	char message[ASKED_BYTES];
	int n = snprintf(message, sizeof message, "%d %s", rate, address);
	return n < (int)sizeof message && say(fd, message, (size_t)n);
}

char *relay_talk_asked(int fd, int *rate)
{
	char message[ASKED_BYTES];
	struct pollfd p = { .fd = fd, .events = POLLIN };
	ssize_t n = poll(&p, 1, ASKED_WITHIN_MS) == 1 ? recv(fd, message, sizeof message - 1, MSG_DONTWAIT) : -1;
	int taken = 0;
	if (n <= 0 || memchr(message, 0, (size_t)n))
		return NULL;
	message[n] = '\0';
	return sscanf(message, "%6d %n", rate, &taken) == 1 && taken && message[taken] ? mem_dup(message + taken)
										       : NULL;
}

/* Its text is the word of another program that talks to the world: shown only when it can be. */
static void take_trouble(const char *message, size_t bytes, struct err *why)
{
	static const char known[] = { RELAY_WELL, RELAY_CONNECTING, RELAY_NO_FFMPEG, RELAY_FAILED, RELAY_MUTE,
		RELAY_OVER };
	char text[RELAY_TALK_TEXT + 1] = "?";
	if (!bytes || !memchr(known, message[0], sizeof known))
		return;
	bool clean = bytes > 1 && bytes - 1 < sizeof text && text_bad_utf8(message + 1, bytes - 1) < 0;
	for (size_t i = 1; clean && i < bytes; i++)
		clean = (unsigned char)message[i] >= ' ' && message[i] != 127;
	if (clean) {
		memcpy(text, message + 1, bytes - 1);
		text[bytes - 1] = '\0';
	}
	relay_talk_words((enum relay_trouble)message[0], text, why);
}

ssize_t relay_talk_hear(int fd, int16_t *out, size_t n, struct err *why)
{
	char message[1 + RELAY_TALK_FRAMES * sizeof *out];
	ssize_t got = recv(fd, message, sizeof message, MSG_DONTWAIT);
	if (got < 0)
		return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR ? 0 : -1;
	if (!got)
		return -1;
	size_t frames = ((size_t)got - 1) / sizeof *out;
	if (message[0] == 'w')
		take_trouble(message + 1, (size_t)got - 1, why);
	if (message[0] != 'p' || !frames)
		return 0;
	frames = frames < n ? frames : n;
	memcpy(out, message + 1, frames * sizeof *out);
	*why = (struct err){ "" };
	return (ssize_t)frames;
}
