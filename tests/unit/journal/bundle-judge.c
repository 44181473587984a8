/* Keys: who seals for whom, and whom a receiver believes who knows one of them. */
#include "base/hex.h"
#include "base/mem.h"
#include "journal/bundle-judge.h"
#include "journal/seal.h"
#include "../unit.h"

#include <string.h>

static struct key key_of(char letter)
{
	uint8_t seed[KEY_SEED_BYTES];
	struct key k;
	memset(seed, letter, sizeof seed);
	key_of_seed(&k, seed);
	return k;
}

static void hex_of(char letter, char hex[KEY_HEX])
{
	struct key k = key_of(letter);
	hex_write(k.public, KEY_BYTES, hex);
}

/* "ab": b after a, signed by a; "ab!": a is lost; "ab?": b signed for itself though a is not lost; "a": the first. */
static bool add_key(struct bundle_judge *j, const char *how, bool rehearsal, bool said_rehearsal)
{
	bool first = !how[1];
	struct key old = key_of(how[0]), new = key_of(first ? how[0] : how[1]);
	struct seal_key k = { .station = "00001", .first = first, .lost = !first && how[2] == '!' };
	struct text body = { 0 };
	struct bundle_fault f = { 0 };
	static const uint8_t zero[SHA256_BYTES];
	memcpy(k.public, new.public, KEY_BYTES);
	if (!first)
		memcpy(k.previous, old.public, KEY_BYTES);
	seal_key_sign(&k, first || how[2] ? &new : &old, said_rehearsal);
	seal_key_write(&k, &body);
	struct chain_row r = {
		.seq = 5, .wall_us = 7, .kind = "key", .body = text_str(&body), .boot = "b", .rehearsal = rehearsal
	};
	bool ok = bundle_judge_row(j, &r, zero, &f);
	ck_assert(ok || (f.what == BUNDLE_KEY && f.row == 5));
	text_free(&body);
	return ok;
}

START_TEST(each_key_is_sealed_by_the_one_before)
{
	static const struct {
		int line;
		const char *keys[4]; /* the last is taken, or not */
		bool taken;
	} T[] = {
		{ __LINE__, { "a" }, true },
		{ __LINE__, { "a", "ab" }, true },
		{ __LINE__, { "a", "ab", "bc" }, true },
		{ __LINE__, { "a", "ab!" }, true },
		{ __LINE__, { "a", "ab?" }, false },      /* nobody but the old key may say so */
		{ __LINE__, { "a", "ab", "ac" }, false }, /* the one before is b */
		{ __LINE__, { "a", "ab", "ac!" }, false },
		{ __LINE__, { "a", "b" }, false }, /* there is a first one already */
		{ __LINE__, { "ab" }, false },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct bundle_judge j = { 0 };
		for (int k = 0; k < 4 && T[i].keys[k]; k++) {
			bool last = k == 3 || !T[i].keys[k + 1];
			ck_assert_msg(
				add_key(&j, T[i].keys[k], false, false) == (!last || T[i].taken), "line %d", T[i].line);
		}
		bundle_judge_free(&j);
	}
	struct bundle_judge j = { 0 };
	ck_assert(!add_key(&j, "a", false, true)); /* a rehearsal's key is none of a live station's */
	ck_assert(add_key(&j, "a", true, true));
	bundle_judge_free(&j);
}
END_TEST

START_TEST(whom_a_receiver_believes)
{
	static const struct {
		int line;
		const char *keys[4];
		char known;
		enum bundle_trust want;
	} T[] = {
		{ __LINE__, { "a" }, 'a', BUNDLE_TRUSTED },
		{ __LINE__, { "a" }, 'z', BUNDLE_STRANGER },
		{ __LINE__, { "a", "ab", "bc" }, 'a', BUNDLE_TRUSTED },
		{ __LINE__, { "a", "ab", "bc" }, 'c', BUNDLE_TRUSTED },
		{ __LINE__, { "a", "ab!", "bc" }, 'a', BUNDLE_LOST_KEY },
		{ __LINE__, { "a", "ab!", "bc" }, 'b', BUNDLE_TRUSTED },
		{ __LINE__, { "a", "ab", "bc!" }, 'a', BUNDLE_LOST_KEY },
		{ __LINE__, { "a", "ab!", "bc" }, 'z', BUNDLE_STRANGER },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct bundle_judge j = { 0 };
		char hex[KEY_HEX];
		for (int k = 0; k < 4 && T[i].keys[k]; k++)
			ck_assert(add_key(&j, T[i].keys[k], false, false));
		hex_of(T[i].known, hex);
		ck_assert_msg(bundle_judge_trust(&j, hex) == T[i].want, "line %d", T[i].line);
		bundle_judge_free(&j);
	}
}
END_TEST

/* A seal holds for the row right before it, by the key that is in force. */
START_TEST(seals_of_others)
{
	static const struct {
		int line;
		char key;
		int64_t seq;
		uint8_t head;
		bool holds;
	} T[] = {
		{ __LINE__, 'a', 8, 1, true },
		{ __LINE__, 'b', 8, 1, false },
		{ __LINE__, 'a', 7, 1, false },
		{ __LINE__, 'a', 8, 2, false },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct bundle_judge j = { 0 };
		struct bundle_fault f = { 0 };
		struct key k = key_of(T[i].key);
		struct seal s = { .station = "00001", .seq = T[i].seq, .head = { T[i].head } };
		struct text body = { 0 };
		ck_assert(add_key(&j, "a", false, false));
		seal_sign(&s, &k, false);
		seal_write(&s, &body);
		struct chain_row r = { .seq = 9, .kind = "seal", .body = text_str(&body), .boot = "b" };
		ck_assert_msg(bundle_judge_row(&j, &r, (const uint8_t[SHA256_BYTES]){ 1 }, &f) == T[i].holds, "line %d",
			T[i].line);
		ck_assert_int_eq(j.sealed, T[i].holds ? 9 : 0);
		ck_assert(T[i].holds || (f.what == BUNDLE_SEAL && f.row == 9 && f.since == 1));
		text_free(&body);
		bundle_judge_free(&j);
	}
}
END_TEST

UNIT_MAIN("journal/bundle-judge", each_key_is_sealed_by_the_one_before, whom_a_receiver_believes, seals_of_others)
