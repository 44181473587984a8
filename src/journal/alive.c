/* The record is one line, for people too:  loaxa alive 1 <µs since 1970, 20 digits> <28 hex digits of SHA-256>
 * Being shorter than a disk sector it is old or new after a power cut; the checksum catches the disk that lies. */
#include "journal/alive.h"

#include "base/sha256.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define RECORD 64
#define SIGNED 34 /* "loaxa alive 1 " and the digits: what the checksum covers */
#define SUM_DIGITS 28

static void compose(int64_t us, char out[RECORD + 1])
{
	uint8_t sum[SHA256_BYTES];
	char hex[SHA256_HEX];
	char head[SIGNED + 1];
	snprintf(head, sizeof head, "loaxa alive 1 %020" PRId64, us);
	sha256_of(head, SIGNED, sum);
	sha256_hex(sum, hex);
	snprintf(out, RECORD + 1, "%s %.*s\n", head, SUM_DIGITS, hex);
}

bool alive_write(const char *path, wall_us at)
{
	char record[RECORD + 1];
	compose(at.us, record);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return false;
	bool ok = pwrite(fd, record, RECORD, 0) == RECORD && !fdatasync(fd);
	return !close(fd) && ok;
}

wall_us alive_read(const char *path)
{
	char record[RECORD + 1] = "", want[RECORD + 1];
	wall_us at = { 0 };
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return at;
	ssize_t n = pread(fd, record, RECORD, 0);
	close(fd);
	if (n != RECORD)
		return at;
	int64_t us = strtoll(record + 14, NULL, 10);
	compose(us, want);
	if (!memcmp(record, want, RECORD))
		at.us = us;
	return at;
}
