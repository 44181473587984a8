/* What is signed holds, and nothing else does. */
#include "../unit.h"
#include "base/hex.h"
#include "journal/seal.h"

#include <string.h>

static struct key key_number(uint8_t n)
{
	struct key k;
	uint8_t seed[KEY_SEED_BYTES];
	memset(seed, n, sizeof seed);
	key_of_seed(&k, seed);
	return k;
}

/* RFC 8032, 7.1, test 2: the key and the signature are those of everybody else. */
START_TEST(it_is_the_ed25519_of_the_standard)
{
	struct key k;
	uint8_t seed[KEY_SEED_BYTES], signature[KEY_SIGNATURE_BYTES];
	char hex[KEY_SIGNATURE_HEX];
	ck_assert(hex_read("4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb", seed, sizeof seed));
	key_of_seed(&k, seed);
	hex_write(k.public, KEY_BYTES, hex);
	ck_assert_str_eq(hex, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
	key_sign(&k, "\x72", 1, signature);
	hex_write(signature, sizeof signature, hex);
	ck_assert_str_eq(hex, "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da"
			      "085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00");
}
END_TEST

static struct seal a_seal(const struct key *k)
{
	struct seal s = { .station = "22363", .seq = 1234 };
	memset(s.head, 7, sizeof s.head);
	seal_sign(&s, k, false);
	return s;
}

START_TEST(a_seal_is_of_one_station_one_row_one_head)
{
	struct key k = key_number(1), other = key_number(2);
	struct seal s = a_seal(&k), bad;
	ck_assert(seal_holds(&s, false));
	ck_assert(!seal_holds(&s, true));
	bad = s, memcpy(bad.station, "22364", 6);
	ck_assert(!seal_holds(&bad, false));
	bad = s, bad.seq++;
	ck_assert(!seal_holds(&bad, false));
	bad = s, bad.head[31] ^= 1;
	ck_assert(!seal_holds(&bad, false));
	bad = s, memcpy(bad.key, other.public, KEY_BYTES);
	ck_assert(!seal_holds(&bad, false));
	for (size_t bit = 0; bit < 8 * KEY_SIGNATURE_BYTES; bit++) {
		bad = s, bad.signature[bit / 8] ^= (uint8_t)(1 << bit % 8);
		ck_assert_msg(!seal_holds(&bad, false), "bit %zu", bit);
	}
}
END_TEST

START_TEST(a_key_is_sealed_by_the_one_before_or_by_itself)
{
	static const struct {
		int line;
		bool first, lost;
		int signer; /* 1: the previous key, 2: the new one */
		bool holds;
	} T[] = {
		{ __LINE__, true, false, 2, true },
		{ __LINE__, true, false, 1, false },
		{ __LINE__, false, false, 1, true },
		{ __LINE__, false, false, 2, false }, /* somebody else's new key */
		{ __LINE__, false, true, 2, true },
		{ __LINE__, false, true, 1, false },
	};
	struct key k[3] = { { { 0 }, { 0 } }, key_number(1), key_number(2) };
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct seal_key row = { .station = "22363", .first = T[i].first, .lost = T[i].lost };
		memcpy(row.public, k[2].public, KEY_BYTES);
		if (!T[i].first)
			memcpy(row.previous, k[1].public, KEY_BYTES);
		seal_key_sign(&row, &k[T[i].signer], false);
		ck_assert_msg(seal_key_holds(&row, false) == T[i].holds, "row of line %d", T[i].line);
		ck_assert_msg(!seal_key_holds(&row, true), "row of line %d", T[i].line);
		row.lost = !row.lost && !row.first;
		ck_assert_msg(row.first || !seal_key_holds(&row, false), "row of line %d: the word \"lost\" is sealed too", T[i].line);
	}
}
END_TEST

START_TEST(rows_come_back_as_they_were)
{
	struct key k = key_number(1);
	struct seal s = a_seal(&k), again;
	struct text t = { 0 }, u = { 0 };
	seal_write(&s, &t);
	ck_assert(seal_read(&again, text_str(&t), t.n));
	seal_write(&again, &u);
	ck_assert_str_eq(text_str(&t), text_str(&u));
	ck_assert(seal_holds(&again, false));
	text_clear(&t);
	text_clear(&u);
	struct seal_key row = { .station = "22363", .lost = true }, row_again;
	memcpy(row.public, k.public, KEY_BYTES);
	seal_key_sign(&row, &k, false);
	seal_key_write(&row, &t);
	ck_assert(seal_key_read(&row_again, text_str(&t), t.n));
	seal_key_write(&row_again, &u);
	ck_assert_str_eq(text_str(&t), text_str(&u));
	text_free(&t);
	text_free(&u);
}
END_TEST

#define HEX32 "0000000000000000000000000000000000000000000000000000000000000000"

START_TEST(what_is_no_seal_and_no_key)
{
	static const char *const bodies[] = { "", "{}", "[]", "null", "{\"station\":\"1\",\"key\":\"00\",\"seq\":1}",
		"{\"station\":\"1\",\"key\":\"" HEX32 "\",\"seq\":0,\"head\":\"" HEX32 "\",\"signature\":\"" HEX32 HEX32 "\"}",
		"{\"station\":\"1\",\"key\":\"" HEX32 "\",\"seq\":1,\"head\":\"" HEX32 "\",\"signature\":\"" HEX32 "\"}",
		"{\"station\":\"1234567890123456789012345678901234567890123456789\",\"key\":\"" HEX32 "\",\"seq\":1,\"head\":\"" HEX32
		"\",\"signature\":\"" HEX32 HEX32 "\"}",
		"{\"station\":\"1\",\"public\":\"" HEX32 "\",\"previous\":null,\"lost\":true,\"signature\":\"" HEX32 HEX32 "\"}",
		"{\"station\":\"1\",\"public\":\"" HEX32 "\",\"previous\":\"1\",\"lost\":false,\"signature\":\"" HEX32 HEX32 "\"}",
		"{\"station\":\"1\",\"public\":\"A" HEX32 "\",\"previous\":null,\"lost\":false,\"signature\":\"" HEX32 HEX32 "\"}" };
	for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++) {
		struct seal s;
		struct seal_key k;
		ck_assert_msg(!seal_read(&s, bodies[i], strlen(bodies[i])), "%s", bodies[i]);
		ck_assert_msg(!seal_key_read(&k, bodies[i], strlen(bodies[i])), "%s", bodies[i]);
	}
}
END_TEST

START_TEST(numbers_to_read_aloud)
{
	struct key one = key_number(1), two = key_number(2);
	char a[KEY_FINGERPRINT], b[KEY_FINGERPRINT];
	key_fingerprint(one.public, a);
	key_fingerprint(two.public, b);
	ck_assert_int_eq(strlen(a), KEY_FINGERPRINT - 1);
	ck_assert_int_eq(strspn(a, "0123456789 "), KEY_FINGERPRINT - 1);
	for (int i = 0; i < KEY_FINGERPRINT - 1; i++)
		ck_assert((a[i] == ' ') == (i % 6 == 5));
	ck_assert_str_ne(a, b);
}
END_TEST

UNIT_MAIN("journal/seal", it_is_the_ed25519_of_the_standard, a_seal_is_of_one_station_one_row_one_head,
		a_key_is_sealed_by_the_one_before_or_by_itself, rows_come_back_as_they_were, what_is_no_seal_and_no_key,
		numbers_to_read_aloud)
