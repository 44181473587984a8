/* A state directory of its own for each test, and rows to fill it with. */
#ifndef LOAXA_TESTS_JOURNAL_SCRATCH_H
#define LOAXA_TESTS_JOURNAL_SCRATCH_H

#include "../unit.h"

#include "base/mem.h"
#include "journal/journal.h"
#include "journal/reader.h"

#include <string.h>
#include <unistd.h>

#define T0 INT64_C(1626215400000000) /* 2021-07-14T05:30+07:00 */

static inline char *scratch_new(void)
{
	char *dir = mem_printf("%s/loaxa-journal-XXXXXX", getenv("TMPDIR") ? getenv("TMPDIR") : "/tmp");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	return dir;
}

static inline void scratch_free(char *dir)
{
	static const char *const files[] = { "journal.db", "journal.db-wal", "journal.db-shm", "journal.db-journal",
		"journal.lock", "journal.head", "alive", "on-air" };
	for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
		char *path = mem_printf("%s/%s", dir, files[i]);
		unlink(path);
		mem_free(path);
	}
	ck_assert_msg(!rmdir(dir), "%s holds a file no test knows", dir);
	mem_free(dir);
}

static inline struct journal *scratch_open(const char *dir, enum journal_mode mode)
{
	struct err err = { "" };
	struct journal *j = journal_open(dir, mode, "boot-1", &err);
	ck_assert_msg(j != NULL, "%s", err.text);
	return j;
}

/* Row n of a test: its wall time is T0 + n s, and so is the airing's planned instant. */
static inline uint64_t scratch_add(struct journal *j, int n, const char *kind, const char *airing, const char *body)
{
	struct journal_port p = journal_port(j);
	struct journal_row r = { .wall = { T0 + n * US_PER_S }, .mono = { n }, .clock = CLOCK_SYNCED, .kind = kind,
		.airing = airing, .planned = { T0 + n * US_PER_S }, .body = body };
	return p.append(p.self, &r);
}

/* "kind airing body;" of every row the reader gives, to mem_free. */
static inline char *scratch_rows(struct journal_reader r)
{
	struct text t = { 0 };
	struct journal_row row;
	while (r.next(r.self, &row))
		text_addf(&t, "%s %s %s;", row.kind, row.airing ? row.airing : "-", row.body);
	return text_take(&t);
}

#define assert_rows(reader, want)                                                                            \
	do {                                                                                                 \
		char *got_ = scratch_rows(reader);                                                           \
		ck_assert_str_eq(got_, want);                                                                \
		mem_free(got_);                                                                              \
	} while (0)

#endif
