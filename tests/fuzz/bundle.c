/* A file from anywhere that says it is a bundle.  Even bytes: frames whose checks are made right, so that the bytes get past
 * them to the head, the kept rows and the rows; odd: the file as it is. */
#include "journal/bundle-inside.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char head[] =
	"{\"station\":\"22363\",\"names\":[\"Đ\"],\"timezone\":\"Asia/Ho_Chi_Minh\",\"from_us\":1,\"to_us\":2,"
	"\"first\":2,\"last\":9,\"before\":\"%064d\",\"head\":\"%064d\",\"key\":\"%064d\","
	"\"rehearsal\":false,\"sample\":false}";

/* The bytes as row records with the right length and check each: rows end at a 0xff. */
static void put_rows(struct bundle_file *b, const uint8_t *data, size_t size)
{
	struct text raw = { 0 };
	uint8_t hash[SHA256_BYTES] = { 0 };
	for (size_t i = 0, n; i < size; i += n + 1) {
		const uint8_t *end = memchr(data + i, 0xff, size - i);
		n = end ? (size_t)(end - data) - i : size - i;
		struct sha256 *s = sha256_new();
		sha256_add(s, hash, sizeof hash);
		sha256_add(s, data + i, n);
		sha256_end(&s, hash);
		bundle_number(&raw, n, 4);
		text_add_n(&raw, (const char *)hash, BUNDLE_CHECK_BYTES);
		text_add_n(&raw, (const char *)data + i, n);
	}
	bundle_put(b, BUNDLE_ROWS, 2, raw.at, raw.n);
	text_free(&raw);
}

static void write_frames(FILE *f, const uint8_t *data, size_t size)
{
	struct bundle_file b = { .f = f };
	char usual[1024];
	int n = snprintf(usual, sizeof usual, head, 0, 0, 0);
	int which = size ? data[0] / 2 % 3 : 0;
	bundle_begin(&b);
	bundle_put(&b, BUNDLE_HEAD, 0, which == 0 ? data : (const uint8_t *)usual, which == 0 ? size : (size_t)n);
	bundle_put(&b, BUNDLE_KEPT, 0, data, which == 1 ? size : 0);
	if (which == 2)
		put_rows(&b, data + 1, size - 1);
	bundle_put(&b, BUNDLE_END, 10, NULL, 0);
	b.f = NULL;
	bundle_file_free(&b);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char path[64];
	snprintf(path, sizeof path, "/dev/shm/loaxa-fuzz-bundle-%ld", (long)getpid());
	FILE *f = fopen(path, "w");
	if (!f)
		return 0;
	if (size && data[0] % 2)
		fwrite(data + 1, 1, size - 1, f);
	else
		write_frames(f, data, size);
	fclose(f);
	struct bundle_fault fault;
	struct bundle_row row;
	struct bundle *b = bundle_open(path, &fault);
	while (b && bundle_next(b, &row))
		if (strlen(row.row.body) > BUNDLE_FRAME_MOST)
			abort();
	if (b && bundle_end(b, &fault))
		abort(); /* nobody seals by chance */
	bundle_close(&b);
	unlink(path);
	return 0;
}
