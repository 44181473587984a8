/* One line as in `alive`:  loaxa head 1 <seq, 20 digits> <29 hex digits of SHA-256> */
#include "journal/headmark.h"

#include "base/sha256.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { RECORD = 64, SIGNED = 33, SUM_DIGITS = 29, SEQ_AT = 13 };

static void compose(int64_t seq, char out[RECORD + 1])
{
	uint8_t sum[SHA256_BYTES];
	char hex[SHA256_HEX], head[SIGNED + 1];
	snprintf(head, sizeof head, "loaxa head 1 %020" PRId64, seq);
	sha256_of(head, SIGNED, sum);
	sha256_hex(sum, hex);
	snprintf(out, RECORD + 1, "%s %.*s\n", head, SUM_DIGITS, hex);
}

void headmark_write(const char *path, int64_t seq)
{
	char record[RECORD + 1];
	compose(seq, record);
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0640);
	if (fd < 0)
		return;
	ssize_t n = pwrite(fd, record, RECORD, 0);
	(void)n; /* an older one, or a torn one, says less and nothing wrong */
	close(fd);
}

int64_t headmark_read(const char *path)
{
	char record[RECORD + 1] = "", want[RECORD + 1];
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	ssize_t n = pread(fd, record, RECORD, 0);
	close(fd);
	if (n != RECORD)
		return 0;
	int64_t seq = strtoll(record + SEQ_AT, NULL, 10);
	compose(seq, want);
	return seq > 0 && !memcmp(record, want, RECORD) ? seq : 0;
}
