/* Reading accepted copies: from the newest down, the first that is whole. */
#include "config/accepted.h"

#include "base/json.h"
#include "config/accepted-dir.h"
#include "config/index.h"
#include "config/source.h"

#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define MANIFEST_MOST (4 * 1024 * 1024)

static struct json *read_manifest(const char *copy)
{
	char *path = mem_printf("%s/" ACCEPTED_MANIFEST, copy);
	int fd = open(path, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
	mem_free(path);
	if (fd < 0)
		return NULL;
	struct text t = { 0 };
	char part[4096];
	ssize_t got;
	while (t.n < MANIFEST_MOST && (got = read(fd, part, sizeof part)) > 0)
		text_add_n(&t, part, (size_t)got);
	close(fd);
	struct json *j = json_parse(text_str(&t), t.n);
	text_free(&t);
	return j;
}

static bool copy_hash(char out[SHA256_HEX], const char *hash)
{
	if (!hash || strlen(hash) != SHA256_HEX - 1)
		return false;
	memcpy(out, hash, SHA256_HEX);
	return true;
}

bool accepted_read(const char *copy, struct accepted *a)
{
	*a = (struct accepted){ 0 };
	struct json *j = read_manifest(copy);
	if (!j)
		return false;
	a->dir = mem_dup(json_get_str(j, "dir"));
	a->audio_dir = mem_dup(json_get_str(j, "audio_dir"));
	bool ok = a->dir && a->audio_dir && copy_hash(a->digest, json_get_str(j, "digest"));
	const struct json *list = json_get(j, "recordings");
	for (size_t i = 0; i < json_count(list); i++) {
		struct accepted_recording r = { 0 };
		const char *file = json_get_str(json_at(list, i), "file");
		if (!file || !copy_hash(r.sha256, json_get_str(json_at(list, i), "sha256")))
			continue;
		r.file = mem_dup(file);
		vec_push(&a->recordings, r);
	}
	json_free(&j);
	if (!ok)
		accepted_free(a);
	return ok;
}

char *accepted_origin(const char *state)
{
	char *copy = accepted_load_dir(state), *dir = NULL;
	struct accepted a;
	if (copy && accepted_read(copy, &a)) {
		dir = mem_dup(a.dir);
		accepted_free(&a);
	}
	mem_free(copy);
	return dir;
}

void accepted_free(struct accepted *a)
{
	for (size_t i = 0; i < a->recordings.n; i++)
		mem_free(a->recordings.at[i].file);
	vec_free(&a->recordings);
	mem_free(a->dir);
	mem_free(a->audio_dir);
	a->dir = a->audio_dir = NULL;
}

void accepted_name_recordings(const struct accepted *a, struct station *st)
{
	struct index files = { 0 };
	for (size_t i = 0; i < a->recordings.n; i++)
		if (!index_find(&files, a->recordings.at[i].file))
			index_add(&files, a->recordings.at[i].file, (int)i, (struct place){ 0 });
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; i < st->bulletins.at[b].audio.n; i++) {
			struct recording *r = &st->bulletins.at[b].audio.at[i];
			const struct index_entry *e = index_find(&files, r->file);
			if (e)
				copy_hash(r->sha256, a->recordings.at[e->at].sha256);
		}
	index_free(&files);
}

/* Findings are of no use here: whoever loads the folder gets them again. */
static bool digest_of(const char *dir, char out[SHA256_HEX])
{
	struct sources s = { 0 };
	struct findings fs = { 0 };
	source_read_dir(dir, &s, &fs);
	bool ok = !fs.errors && s.list.n;
	if (ok)
		source_digest(s.list.at, s.list.n, out);
	source_free(&s);
	findings_free(&fs);
	return ok;
}

/* The rename came last, so a copy under its number is complete; this guards against a disk that lost or
 * changed some of it since. */
static bool is_whole(const char *copy)
{
	struct accepted a;
	char digest[SHA256_HEX];
	bool ok = accepted_read(copy, &a) && digest_of(copy, digest) && !strcmp(digest, a.digest);
	accepted_free(&a);
	return ok;
}

char *accepted_load_dir(const char *state)
{
	struct accepted_numbers numbers = accepted_list(state);
	char *found = NULL;
	for (size_t i = numbers.n; i > 0 && !found; i--) {
		char *copy = mem_printf("%s/accepted/%06u", state, numbers.at[i - 1]);
		if (is_whole(copy))
			found = copy;
		else
			mem_free(copy);
	}
	vec_free(&numbers);
	return found;
}

struct accepted_copies accepted_copies(const char *state)
{
	struct accepted_numbers numbers = accepted_list(state);
	struct accepted_copies copies = { 0 };
	for (size_t i = numbers.n; i-- > 0;) {
		struct accepted a = { 0 };
		struct stat st;
		char *path = mem_printf("%s/accepted/%06u", state, numbers.at[i]);
		char *manifest = mem_printf("%s/" ACCEPTED_MANIFEST, path);
		if (is_whole(path) && accepted_read(path, &a) && !stat(manifest, &st)) {
			struct accepted_copy c = { .number = (int)numbers.at[i],
				.at_s = st.st_mtim.tv_sec,
				.path = mem_dup(path),
				.dir = mem_dup(a.dir) };
			memcpy(c.digest, a.digest, sizeof c.digest);
			vec_push(&copies, c);
		}
		accepted_free(&a);
		mem_free(manifest);
		mem_free(path);
	}
	vec_free(&numbers);
	return copies;
}

void accepted_copies_free(struct accepted_copies *copies)
{
	for (size_t i = 0; i < copies->n; i++) {
		mem_free(copies->at[i].path);
		mem_free(copies->at[i].dir);
	}
	vec_free(copies);
}

char *accepted_back(const char *state, int number)
{
	struct accepted_copies copies = accepted_copies(state);
	char *found = NULL;
	for (size_t i = 0; i < copies.n && !found; i++) {
		const struct accepted_copy *c = &copies.at[i];
		if (number ? c->number == number : strcmp(c->digest, copies.at[0].digest) != 0)
			found = mem_dup(c->path);
	}
	accepted_copies_free(&copies);
	return found;
}

bool accepted_differs(const char *state, const char *dir)
{
	char here[SHA256_HEX];
	struct accepted a = { 0 };
	char *copy = accepted_load_dir(state);
	bool same = copy && accepted_read(copy, &a) && digest_of(dir, here) && !strcmp(here, a.digest);
	accepted_free(&a);
	mem_free(copy);
	return !same;
}
