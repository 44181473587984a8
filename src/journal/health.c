#include "journal/health.h"

#include <string.h>

enum { ENDS = 200, SAMPLES = 48, SAMPLE = 4 };

/* Rows first to last are there and continue each other. */
static enum ledger_trouble stretch(struct ledger *l, int64_t first, int64_t last, struct text *scratch)
{
	uint8_t before[SHA256_BYTES] = { 0 }, hash[SHA256_BYTES], want[SHA256_BYTES];
	struct chain_row r;
	int64_t next = first;
	bool sound = true;
	ledger_read(l, first, last);
	while (sound && ledger_next(l, &r, hash)) {
		chain_hash(before, &r, scratch, want);
		sound = r.seq == next && ((next == first && first > 1) || !memcmp(want, hash, SHA256_BYTES));
		memcpy(before, hash, SHA256_BYTES);
		next++;
	}
	enum ledger_trouble t = ledger_end(l);
	return t ? t : sound && next == last + 1 ? LEDGER_OK : LEDGER_DAMAGED;
}

/* What an index says last, the table says, too. */
static bool indices_agree(struct ledger *l)
{
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	int64_t first, last, wall = 0;
	ledger_read(l, ledger_last(l), ledger_last(l));
	bool found = ledger_next(l, &r, hash);
	if (found)
		wall = r.wall_us;
	ledger_end(l);
	return found && ledger_written(l, wall, wall + 1, &first, &last) && last == ledger_last(l);
}

enum ledger_trouble health_check(struct ledger *l)
{
	int64_t last = ledger_last(l);
	struct text scratch = { 0 };
	enum ledger_trouble t = LEDGER_OK;
	if (last)
		t = stretch(l, 1, last < ENDS ? last : ENDS, &scratch);
	if (!t && last > ENDS) {
		int64_t checkpoint = ledger_checkpoint(l, INT64_MAX) - 1, tail = last - ENDS + 1;
		t = stretch(l, checkpoint > 0 && checkpoint < tail ? checkpoint : tail, last, &scratch);
	}
	for (int64_t i = 1; !t && last > 3 * ENDS && i < SAMPLES; i++) {
		int64_t at = last / SAMPLES * i;
		t = stretch(l, at, at + SAMPLE - 1, &scratch);
	}
	if (!t && last && !indices_agree(l))
		t = LEDGER_DAMAGED;
	text_free(&scratch);
	return t;
}
