/* Messages of one size from one thread to another, without a lock: the sender never waits, the receiver never
 * waits.  The memory is the owner's.  No allocation, no system call. */
#ifndef LOAXA_SOUND_MAILBOX_H
#define LOAXA_SOUND_MAILBOX_H

#include <stdbool.h>
#include <stddef.h>

struct mailbox {
	/* fixed after mailbox_init */
	unsigned char *slots;
	size_t each, count;
	/* the sender writes */
	_Atomic size_t sent;
	/* the receiver writes */
	_Atomic size_t taken;
};

void mailbox_init(struct mailbox *, void *slots, size_t each, size_t count);
bool mailbox_send(struct mailbox *, const void *message); /* false: full */
bool mailbox_take(struct mailbox *, void *message);       /* false: empty */
size_t mailbox_waiting(const struct mailbox *);

#endif
