/* A backup as somebody may bring it on a stick: its archive and its list. */
#include "cli/backup.h"
#include "os/tar.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_archive(const char *path)
{
	struct err err = { "" };
	struct tar_entry e;
	struct tar_in *tar = tar_open(path, &err);
	char hash[SHA256_HEX];
	for (int i = 0; tar && tar_next(tar, &e, &err); i++) {
		if (e.name[0] == '/' || strstr(e.name, "../"))
			abort();
		if (i % 3 == 0)
			tar_read(tar, -1, hash, &err);
		else if (i % 3 == 1)
			mem_free(tar_read_text(tar, 1000, &err));
	}
	tar_close(&tar);
}

static void read_list(const char *bytes, size_t n)
{
	struct backup_list list = { 0 }, again = { 0 };
	struct text t = { 0 };
	if (backup_list_read(&list, bytes, n)) {
		backup_list_write(&list, &t);
		if (!backup_list_read(&again, text_str(&t), t.n) || again.files.n != list.files.n)
			abort();
		for (size_t i = 0; i < list.files.n; i++)
			if (list.files.at[i].path[0] == '/' || list.files.at[i].path[0] == '.' ||
				strstr(list.files.at[i].path, "/."))
				abort();
	}
	text_free(&t);
	backup_list_free(&list);
	backup_list_free(&again);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int fd = -1;
	char path[64];
	if (fd < 0)
		fd = memfd_create("backup", 0);
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (ftruncate(fd, 0) || pwrite(fd, data, size, 0) != (ssize_t)size)
		return 0;
	read_archive(path);
	read_list((const char *)data, size);
	return 0;
}
