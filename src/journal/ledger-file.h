/* The database as a file among files: made with the right rights, found again after a power cut.  Any thread. */
#ifndef LOAXA_JOURNAL_LEDGER_FILE_H
#define LOAXA_JOURNAL_LEDGER_FILE_H

/* Makes an empty one (0640) where there is none: SQLite would create it readable for everybody; -wal and -shm take
 * their rights from it.  0 or errno. */
int ledger_file_create(const char *path);
/* A new file, or a new name, exists for certain only when its directory was written too.  0 or errno. */
int ledger_file_sync(const char *path);

#endif
