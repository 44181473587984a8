/* STATE/key: the station's secret, one line of text, readable by the station's account only.
 *
 *   loaxa key 1 <seed, 64 hex digits> <public key, 64 hex digits>
 *   loaxa key 1 <seed> <public key> new|lost        in STATE/key.next: waits to take its place at the next seal
 *
 * The public key follows from the seed: a file that was cut or changed is found by that. */
#ifndef LOAXA_JOURNAL_KEY_FILE_H
#define LOAXA_JOURNAL_KEY_FILE_H

#include "journal/key.h"

enum key_file {
	KEY_FILE_OK,
	KEY_FILE_OPEN,   /* usable; others could read it until now, its rights are mended */
	KEY_FILE_NONE,   /* it is not there */
	KEY_FILE_DENIED, /* this account may not read it */
	KEY_FILE_OTHERS, /* it belongs to another account, who may have read and may change it; or is no plain file */
	KEY_FILE_BROKEN, /* cut, changed, or something else */
	KEY_FILE_IO      /* the disk failed */
};

enum key_change { KEY_CHANGE_NONE, KEY_CHANGE_NEW, KEY_CHANGE_LOST };

/* The key is filled in for OK and OPEN only; change may be NULL. */
enum key_file key_file_read(const char *path, struct key *, enum key_change *change);

/* Whole or not at all, 0600, on the disk; takes the place of what is there.  owner of another file (the state
 * directory), so that root may make it for the station's account.  false with errno. */
bool key_file_write(const char *path, const struct key *, enum key_change, const char *owner);

/* In a state directory.  To mem_free. */
char *key_file_path(const char *state_dir);
char *key_file_next(const char *state_dir);
/* next takes the place of the key; one that no key came out of is kept beside it as key.lost.  false with errno. */
bool key_file_promote(const char *state_dir);

#endif
