#include "journal/chain.h"
#include "../unit.h"

#include <string.h>

static const struct chain_row base = { .seq = 7, .wall_us = 1626215400000000, .mono_us = 5, .boot = "b", .clock = 1,
	.kind = "verdict", .airing = "22363/sang", .planned_us = 1626215400000000, .body = "{\"id\":\"Đài\"}" };

static void hash(const struct chain_row *r, uint8_t out[SHA256_BYTES])
{
	static const uint8_t prev[SHA256_BYTES] = { 1, 2, 3 };
	struct text scratch = { 0 };
	chain_hash(prev, r, &scratch, out);
	text_free(&scratch);
}

/* The form is written into every station's evidence: this value was computed once by another program
 * (Python: hashlib over struct.pack(">Q") and the strings) and must never change. */
START_TEST(the_form_is_fixed)
{
	uint8_t got[SHA256_BYTES];
	char hex[SHA256_HEX];
	hash(&base, got);
	sha256_hex(got, hex);
	ck_assert_str_eq(hex, "c046151f6cbe6fba5553d0100efe86f8a1fcb4cb4270263088814dffd59046ac");
}
END_TEST

/* Each row differs from the base in one thing, or has a byte moved from one column to its neighbour. */
START_TEST(every_column_counts)
{
	enum { N = 12 };
	struct chain_row rows[N];
	uint8_t seen[N][SHA256_BYTES];
	for (int i = 0; i < N; i++)
		rows[i] = base; /* the first one stays so */
	rows[1].seq = 8;
	rows[2].wall_us = 0;
	rows[3].mono_us = -5;
	rows[4].boot = "";
	rows[5].clock = 0;
	rows[6].kind = "verdic", rows[6].airing = "t22363/sang";
	rows[7].airing = NULL;
	rows[8].airing = "";
	rows[9].planned_us = 0;
	rows[10].body = "{\"id\":\"Đai\"}";
	rows[11].rehearsal = true;
	for (int i = 0; i < N; i++) {
		hash(&rows[i], seen[i]);
		for (int k = 0; k < i; k++)
			ck_assert_msg(memcmp(seen[i], seen[k], SHA256_BYTES), "rows %d and %d hash alike", i, k);
	}
}
END_TEST

START_TEST(the_row_before_counts)
{
	uint8_t a[SHA256_BYTES] = { 0 }, b[SHA256_BYTES], c[SHA256_BYTES];
	struct text scratch = { 0 };
	chain_hash(a, &base, &scratch, b);
	hash(&base, c);
	ck_assert(memcmp(b, c, SHA256_BYTES));
	text_free(&scratch);
}
END_TEST

UNIT_MAIN("journal/chain", the_form_is_fixed, every_column_counts, the_row_before_counts)
