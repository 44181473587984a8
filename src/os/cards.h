/* Which sound cards the kernel knows, without opening one.  Any thread. */
#ifndef LOAXA_OS_CARDS_H
#define LOAXA_OS_CARDS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

bool cards_any(void);
/* By its id ("Device") or number ("0"). */
bool cards_has(const char *id, size_t bytes);

/* Who is on a card, and what the card can be told from others by.  root: "", or a folder that stands for the system's
 * own in tests. */
struct cards_user {
	pid_t pid; /* 0: cannot be told */
	unsigned rate, channels;
	char format[16];
};
/* Of one port (device, playback or capture), its first part in use; false: nobody has it, or it is not there. */
bool cards_user(const char *root, int card, int device, bool capture, struct cards_user *);

struct cards_identity {
	char usb[16];    /* "0d8c:0014", or "" */
	char serial[64]; /* of a USB device, or "" */
	char port[128];  /* where it is plugged in: a name of /dev/snd/by-path, or "" */
};
void cards_identity(const char *root, int card, struct cards_identity *);

#endif
