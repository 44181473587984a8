/* The recordings and texts of the accepted schedule against what lies in the audio directory now.  Only what was touched
 * since is read. */
#include "cli/desk-files.h"

#include "base/mem.h"
#include "base/sha256.h"
#include "sound/library.h"
#include "sound/why.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A recording of hours; a file beyond is not looked into at a glance. */
#define HASH_MOST (512 * INT64_C(1048576))

static bool hash_file(const char *path, char hex[SHA256_HEX])
{
	uint8_t part[65536], sum[SHA256_BYTES];
	ssize_t n = -1;
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	struct sha256 *s = sha256_new();
	while (fd >= 0 && (n = read(fd, part, sizeof part)) > 0)
		sha256_add(s, part, (size_t)n);
	sha256_end(&s, sum);
	sha256_hex(sum, hex);
	if (fd >= 0)
		close(fd);
	return n == 0;
}

static bool is_touched(const char *path, time_t accepted)
{
	struct stat st;
	return stat(path, &st) == 0 && (st.st_ctime >= accepted || st.st_mtime >= accepted) && st.st_size <= HASH_MOST;
}

static void look_at(const char *audio_dir, struct recording *r, time_t accepted, struct text *changed)
{
	struct why_facts why;
	char now[SHA256_HEX], *path = library_path(audio_dir, r->file, &why);
	/* What is in the store is aired, wherever its source has gone. */
	if (!path && r->state != RECORDING_READY)
		r->state = RECORDING_MISSING;
	if (path && is_touched(path, accepted) && hash_file(path, now) && strcmp(now, r->sha256) != 0) {
		if (r->bound)
			memcpy(r->sha256, now, sizeof now);
		else if (!strstr(text_str(changed), r->file))
			text_addf(changed, "%s%s", changed->n ? ", " : "", r->file);
	}
	mem_free(path);
}

void desk_files(struct station *st, const char *copy, struct text *changed)
{
	char *manifest = mem_printf("%s/accepted.json", copy);
	struct stat accepted = { 0 };
	bool known = stat(manifest, &accepted) == 0;
	for (size_t b = 0; known && b < st->bulletins.n; b++) {
		struct bulletin *at = &st->bulletins.at[b];
		for (size_t i = 0; i < at->audio.n; i++)
			look_at(st->audio_dir, &at->audio.at[i], accepted.st_mtime, changed);
		if (at->text && at->text_bound)
			library_text(st->audio_dir, at->text, at->text_sha256);
	}
	mem_free(manifest);
}
