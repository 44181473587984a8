/* The accounts and groups of this machine, from /etc/passwd and /etc/group.  Read once and kept: whoever needs a name in
 * a hurry gets it from memory.  Any one thread. */
#ifndef LOAXA_OS_ACCOUNTS_H
#define LOAXA_OS_ACCOUNTS_H

#include <stdint.h>

struct accounts;

struct accounts *accounts_new(void);
void accounts_free(struct accounts **);
void accounts_again(struct accounts *); /* reads the disk: accounts made since are known then */
/* NULL when there is none of that uid.  Lives until accounts_again(). */
const char *accounts_name(const struct accounts *, int64_t uid);
/* "lan, hoa": whose group it is, or who is in it; without the account of its own name.  "" = nobody, NULL = no such group;
 * to mem_free.  Reads the disk. */
char *accounts_members(const char *group);
int64_t accounts_group(const char *name); /* its gid, -1 = there is no such group; reads the disk */

#endif
