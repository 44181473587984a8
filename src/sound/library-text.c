/* The texts beside the recordings: only what they hash to is wanted, so that an approval can name it. */
#include "base/sha256.h"
#include "sound/library-inside.h"
#include "sound/why.h"

#include <fcntl.h>
#include <unistd.h>

#define TEXT_BYTES_MOST (INT64_C(16) << 20) /* what is longer is nothing that anybody read: it has no hash */

static void hash_file(int fd, char out[SHA256_HEX])
{
	char buf[65536];
	uint8_t digest[SHA256_BYTES];
	int64_t bytes = 0;
	ssize_t n;
	struct sha256 *sum = sha256_new();
	while ((n = read(fd, buf, sizeof buf)) > 0 && (bytes += n) <= TEXT_BYTES_MOST)
		sha256_add(sum, buf, (size_t)n);
	sha256_end(&sum, digest);
	if (n == 0)
		sha256_hex(digest, out);
}

void library_text(const char *audio_dir, const char *file, char sha256[SHA256_HEX])
{
	struct why_facts why;
	char *path = library_path(audio_dir, file, &why);
	int fd = path ? open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY) : -1;
	sha256[0] = '\0';
	if (fd >= 0) {
		hash_file(fd, sha256);
		close(fd);
	}
	mem_free(path);
}
