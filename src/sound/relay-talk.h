/* What loaxa-relay and the controller say to each other, over a socket that keeps messages apart (SOCK_SEQPACKET).
 * A message is a letter and what belongs to it; loaxa-relay talks, the controller listens and closes its end when it
 * has heard enough.
 *
 *	p PCM   mono, 16 bit, native order, at the rate asked for, in real time
 *	w CODE TEXT   why there is none: CODE one of the letters below, TEXT of the source's own, for RELAY_FAILED       */
#ifndef LOAXA_SOUND_RELAY_TALK_H
#define LOAXA_SOUND_RELAY_TALK_H

#include "base/err.h"

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#define RELAY_TALK_FRAMES 1024 /* at most in a message */
#define RELAY_TALK_TEXT 160    /* bytes at most */

enum relay_trouble {
	RELAY_WELL = '0',
	RELAY_CONNECTING = 'c',
	RELAY_NO_FFMPEG = 'm',
	RELAY_FAILED = 'f', /* TEXT: what ffmpeg said last */
	RELAY_MUTE = 't',   /* connected, and nothing comes */
	RELAY_OVER = 'e'    /* the source ended of itself */
};

/* For people: what — why — what to do; "" for RELAY_WELL and RELAY_CONNECTING. */
void relay_talk_words(enum relay_trouble, const char *text, struct err *out);

/* Never wait; what the other side has no room for is lost.  False: nobody listens any more. */
bool relay_talk_sound(int fd, const int16_t *frames, size_t n);
bool relay_talk_trouble(int fd, enum relay_trouble, const char *text);

/* Where the two were brought together by a service manager, the controller speaks once, first. */
bool relay_talk_ask(int fd, int rate, const char *address);
/* Waits for it; the address is to mem_free.  NULL: it never came, or is none of ours. */
char *relay_talk_asked(int fd, int *rate);

/* Frames received; 0: a word (why is set), or nothing there; -1: the other side is gone. */
ssize_t relay_talk_hear(int fd, int16_t *out, size_t n, struct err *why);

#endif
