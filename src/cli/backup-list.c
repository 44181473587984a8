#include "base/json.h"
#include "cli/backup.h"

#include <string.h>

static const char *const names[BACKUP_PARTS] = {
	[BACKUP_STATE] = "state", [BACKUP_STATION] = "station", [BACKUP_AUDIO] = "audio"
};

const char *backup_part_name(enum backup_part p)
{
	return names[p];
}

void backup_list_free(struct backup_list *l)
{
	for (size_t i = 0; i < l->files.n; i++) {
		mem_free(l->files.at[i].path);
		mem_free(l->files.at[i].member);
	}
	vec_free(&l->files);
	mem_free(l->station);
	mem_free(l->name);
	mem_free(l->dir);
	mem_free(l->audio_dir);
	*l = (struct backup_list){ 0 };
}

static void hash(const char *text, size_t bytes, char hex[SHA256_HEX])
{
	uint8_t sum[SHA256_BYTES];
	sha256_of(text, bytes, sum);
	sha256_hex(sum, hex);
}

#define SUM ",\"sum\":\""

/* The last key is the hash of all that stands before it: names and places are in no other. */
void backup_list_write(const struct backup_list *l, struct text *out)
{
	char hex[SHA256_HEX];
	size_t from = out->n;
	json_open(out, NULL, '{');
	json_int(out, "v", 1);
	json_str(out, "station", l->station);
	json_str(out, "name", l->name);
	json_str(out, "dir", l->dir);
	json_str(out, "audio_dir", l->audio_dir);
	json_open(out, "files", '[');
	for (size_t i = 0; i < l->files.n; i++) {
		const struct backup_file *f = &l->files.at[i];
		json_open(out, NULL, '{');
		json_str(out, "part", names[f->part]);
		json_str(out, "path", f->path);
		json_str(out, "member", f->member);
		json_str(out, "sha256", f->sha256);
		json_int(out, "bytes", f->bytes);
		json_close(out, '}');
	}
	json_close(out, ']');
	hash(out->at + from, out->n - from, hex);
	json_str(out, "sum", hex);
	json_close(out, '}');
	text_add(out, "\n");
}

/* Relative, and every part of it a name that is not hidden. */
static bool stays_inside(const char *path)
{
	for (const char *p = path; p; p = strchr(p, '/') ? strchr(p, '/') + 1 : NULL)
		if (!strcspn(p, "/") || *p == '.')
			return false;
	return strlen(path) < 1024;
}

static bool read_file(struct backup_list *l, const struct json *j)
{
	const char *part = json_get_str(j, "part"), *path = json_get_str(j, "path");
	const char *member = json_get_str(j, "member"), *hash = json_get_str(j, "sha256");
	struct backup_file f = { .bytes = json_get_int(j, "bytes", -1) };
	while (part && f.part < BACKUP_PARTS && strcmp(part, names[f.part]))
		f.part++;
	if (!part || f.part == BACKUP_PARTS || !path || !stays_inside(path) || !member || !hash ||
		strlen(hash) != SHA256_HEX - 1 || f.bytes < 0)
		return false;
	memcpy(f.sha256, hash, SHA256_HEX);
	f.path = mem_dup(path);
	f.member = mem_dup(member);
	vec_push(&l->files, f);
	return true;
}

/* Backups of before there was a sum have none. */
static bool is_whole(const struct json *j, const char *text, size_t bytes)
{
	const char *sum = json_get_str(j, "sum"), *at = NULL;
	char hex[SHA256_HEX];
	if (!sum)
		return true;
	for (const char *p = text; (p = memmem(p, bytes - (size_t)(p - text), SUM, strlen(SUM))); p++)
		at = p;
	if (at)
		hash(text, (size_t)(at - text), hex);
	return at && !strcmp(sum, hex);
}

bool backup_list_read(struct backup_list *l, const char *text, size_t bytes)
{
	struct json *j = json_parse(text, bytes);
	const struct json *files = json_get(j, "files");
	bool ok = j && json_get_int(j, "v", 0) == 1 && json_count(files) <= BACKUP_FILES_MOST &&
		  is_whole(j, text, bytes);
	l->station = mem_dup(json_get_str(j, "station"));
	l->name = mem_dup(json_get_str(j, "name"));
	l->dir = mem_dup(json_get_str(j, "dir"));
	l->audio_dir = mem_dup(json_get_str(j, "audio_dir"));
	for (size_t i = 0; ok && i < json_count(files); i++)
		ok = read_file(l, json_at(files, i));
	ok = ok && l->dir && *l->dir == '/' && l->audio_dir && *l->audio_dir == '/';
	if (j)
		json_free(&j);
	return ok;
}
