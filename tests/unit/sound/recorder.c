/* What is spoken, written down: whole, bounded, and honest where it could not be. */
#include "sound/recorder.h"
#include "base/mem.h"
#include "sound/wav.h"
#include "../unit.h"

#include <dirent.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <unistd.h>

static char dir[64];
static int notify;

static void open_dir(void)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-recorder-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	notify = eventfd(0, 0);
}

static void close_dir(void)
{
	char *command = mem_printf("rm -r %s", dir);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
	close(notify);
}

static struct recorder *begin(const char *sub, const char *name, int64_t most_ms, int64_t folder)
{
	char *where = mem_printf("%s/%s", dir, sub);
	struct recorder_setup setup = { .dir = where, .name = name, .rate = 8000, .most_ms = most_ms, .folder = folder,
		.notify = notify };
	struct recorder *r = recorder_new(&setup);
	ck_assert_ptr_nonnull(r);
	mem_free(where);
	return r;
}

/* Waits for its thread's own word. */
static void end(struct recorder *r)
{
	struct pollfd p = { .fd = notify, .events = POLLIN };
	eventfd_t n;
	recorder_end(r);
	ck_assert_int_eq(poll(&p, 1, 60000), 1);
	eventfd_read(notify, &n);
	ck_assert(recorder_done(r));
}

static void check_sum(const struct recorder *r, const char *path)
{
	static uint8_t bytes[1 << 20];
	uint8_t digest[SHA256_BYTES];
	char hex[SHA256_HEX];
	int fd = open(path, O_RDONLY);
	ssize_t n = read(fd, bytes, sizeof bytes);
	close(fd);
	sha256_of(bytes, (size_t)n, digest);
	sha256_hex(digest, hex);
	ck_assert_str_eq(hex, recorder_sha256(r));
	ck_assert_int_eq(n, WAV_HEADER_BYTES + 2 * recorder_frames(r));
}

START_TEST(whole)
{
	int16_t samples[800];
	open_dir();
	for (int i = 0; i < 800; i++)
		samples[i] = (int16_t)(i * 7);
	struct recorder *r = begin("speech", "one.wav", 10000, 0);
	for (int i = 0; i < 20; i++)
		recorder_add(r, samples, 800);
	end(r);
	ck_assert_msg(!recorder_fault(r)[0], "%s", recorder_fault(r));
	ck_assert_int_eq(recorder_frames(r), 16000);
	ck_assert_int_eq(recorder_lost(r), 0);
	ck_assert_str_eq(recorder_name(r), "one.wav");
	char *path = mem_printf("%s/speech/one.wav", dir);
	check_sum(r, path);
	mem_free(path);
	recorder_free(&r);
	close_dir();
}
END_TEST

static size_t count(char *first)
{
	size_t n = 0;
	char *where = mem_printf("%s/x", dir);
	DIR *d = opendir(where);
	*first = '~';
	for (struct dirent *e; (e = readdir(d)) != NULL;)
		if (strstr(e->d_name, ".wav")) {
			n++;
			*first = e->d_name[0] < *first ? e->d_name[0] : *first;
		}
	closedir(d);
	mem_free(where);
	return n;
}

/* Each needs 16,080 bytes; the folder holds 40,000: the oldest by name go. */
START_TEST(bounded)
{
	static int16_t second[8000];
	char name[] = "a.wav", first;
	open_dir();
	for (char c = 'a'; c <= 'e'; c++) {
		name[0] = c;
		struct recorder *r = begin("x", name, 1000, 40000);
		recorder_add(r, second, 8000);
		end(r);
		ck_assert_msg(!recorder_fault(r)[0], "%s", recorder_fault(r));
		recorder_free(&r);
	}
	ck_assert_uint_eq(count(&first), 2);
	ck_assert_int_eq(first, 'd');
	close_dir();
}
END_TEST

START_TEST(impossible)
{
	int16_t sample = 1;
	open_dir();
	char *file = mem_printf("%s/file", dir);
	close(open(file, O_CREAT | O_WRONLY, 0600));
	struct recorder *r = begin("file", "a.wav", 1000, 0); /* the folder is a file */
	recorder_add(r, &sample, 1);
	end(r);
	ck_assert(recorder_fault(r)[0] != '\0');
	ck_assert_str_eq(recorder_sha256(r), "");
	recorder_free(&r);
	r = begin("y", "a.wav", INT64_C(1000) * 86400 * 365 * 100, 0); /* no disk holds a century */
	end(r);
	ck_assert_ptr_nonnull(strstr(recorder_fault(r), "nearly full"));
	recorder_free(&r);
	mem_free(file);
	close_dir();
}
END_TEST

UNIT_MAIN("sound/recorder", whole, bounded, impossible)
