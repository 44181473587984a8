#include "sound/vault.h"
#include "base/mem.h"
#include "sound/store.h"
#include "../unit.h"

#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define RATE 8000

static char dir[64];
static struct recording recordings[] = {
	{ .file = "a", .state = RECORDING_READY },
	{ .file = "b", .state = RECORDING_READY },
	{ .file = "c", .state = RECORDING_READY },
	{ .file = "missing", .state = RECORDING_MISSING },
};
static struct bulletin bulletins[] = { { .audio = { &recordings[0], 2, 2 } }, { .audio = { &recordings[2], 1, 1 } },
	{ .audio = { &recordings[3], 1, 1 } }, { .relay = { .source = "alsa:hw:1", .ms = 1000 } } };
static struct list_item list[] = { { .bulletin = 0 }, { .bulletin = 2 } };
static struct rule rules[] = { { .kind = RULE_SESSION, .zones = 1, .play = { list, 2, 2 }, .all_clear = -1 },
	{ .kind = RULE_EMERGENCY, .zones = 1, .play = { list, 2, 2 }, .all_clear = 1 } };
static struct output outputs[] = { { .rate = RATE } };
static struct zone zones[] = { { .output = 0 }, { .output = 0 } };
static struct station station = { .outputs = { outputs, 1, 1 }, .zones = { zones, 2, 2 }, .rules = { rules, 2, 2 },
	.bulletins = { bulletins, 4, 4 } };

static void prepare(struct store *store, struct recording *r, char letter, int64_t frames, bool honest)
{
	struct store_facts facts = { .form = STORE_PLAIN(RATE), .frames = frames };
	struct err err = { "" };
	char *temp;
	uint8_t hash[SHA256_BYTES];
	int16_t pcm[1000];
	for (int i = 0; i < frames; i++)
		pcm[i] = (int16_t)(letter * 100 + i);
	memset(r->sha256, letter, 64);
	sha256_of(pcm, (size_t)frames * 2, hash);
	hash[0] ^= honest ? 0 : 1;
	sha256_hex(hash, facts.pcm_sha256);
	int fd = store_temp(store, &temp);
	ck_assert_int_eq(write(fd, pcm, (size_t)frames * 2), frames * 2);
	ck_assert_msg(store_keep(store, r->sha256, &facts, fd, temp, &err), "%s", err.text);
	close(fd);
	mem_free(temp);
}

static struct store *make_store(bool honest)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-vault-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	struct store *store = store_open(dir, true);
	prepare(store, &recordings[0], 'a', 10, true);
	prepare(store, &recordings[1], 'b', 500, honest);
	prepare(store, &recordings[2], 'c', 1000, true);
	return store;
}

static void remove_store(struct store **store)
{
	char command[128];
	store_free(store);
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

START_TEST(it_holds_what_emergencies_may_air)
{
	struct store *store = make_store(true);
	struct vault *v = vault_new();
	vault_fill(v, &station, store);
	ck_assert_int_eq(vault_bytes(v), (10 + 500 + 1000) * 2);
	struct vault_item *item = vault_hold(v, &bulletins[0], STORE_PLAIN(RATE));
	ck_assert_ptr_nonnull(item);
	int16_t out[600];
	ck_assert_uint_eq(spans_source.read(vault_spans(item), 5, out, 600), 505);
	ck_assert_int_eq(out[0], 'a' * 100 + 5);
	ck_assert_int_eq(out[5], 'b' * 100);
	ck_assert_ptr_null(vault_hold(v, &bulletins[0], STORE_PLAIN(RATE * 2)));
	ck_assert_ptr_null(vault_hold(v, &bulletins[2], STORE_PLAIN(RATE)));
	ck_assert_ptr_null(vault_hold(v, &bulletins[3], STORE_PLAIN(RATE)));
	/* A schedule without emergencies: only what is on air stays, until it is let go. */
	vault_fill(v, NULL, store);
	ck_assert_int_eq(vault_bytes(v), 510 * 2);
	ck_assert_uint_eq(spans_source.read(vault_spans(item), 509, out, 600), 1);
	vault_release(v, &item);
	ck_assert_ptr_null(item);
	vault_release(v, &item);
	ck_assert_int_eq(vault_bytes(v), 0);
	vault_free(&v);
	vault_free(&v);
	remove_store(&store);
}
END_TEST

START_TEST(what_does_not_match_its_hash_is_not_trusted)
{
	struct store *store = make_store(false);
	struct vault *v = vault_new();
	vault_fill(v, &station, store);
	ck_assert_int_eq(vault_bytes(v), (10 + 1000) * 2);
	ck_assert_ptr_null(vault_hold(v, &bulletins[0], STORE_PLAIN(RATE)));
	struct vault_item *item = vault_hold(v, &bulletins[1], STORE_PLAIN(RATE));
	ck_assert_ptr_nonnull(item);
	vault_release(v, &item);
	recordings[2].bound = "another"; /* approved was other sound: it must not be aired, so it is not kept */
	vault_fill(v, &station, store);
	ck_assert_int_eq(vault_bytes(v), 10 * 2);
	recordings[2].bound = NULL;
	vault_free(&v);
	remove_store(&store);
}
END_TEST

/* A new text for one emergency: read when it is wanted, gone when it is let go, whatever schedule comes meanwhile. */
START_TEST(it_takes_what_no_schedule_names)
{
	struct store *store = make_store(true);
	struct vault *v = vault_new();
	ck_assert_ptr_null(vault_hold(v, &bulletins[1], STORE_PLAIN(RATE)));
	struct vault_item *item = vault_take(v, &bulletins[1], STORE_PLAIN(RATE), store);
	ck_assert_ptr_nonnull(item);
	ck_assert_int_eq(vault_bytes(v), 1000 * 2);
	struct vault_item *on_air = vault_hold(v, &bulletins[1], STORE_PLAIN(RATE));
	ck_assert_ptr_nonnull(on_air);
	vault_fill(v, NULL, store);
	ck_assert_int_eq(vault_bytes(v), 1000 * 2);
	vault_release(v, &item);
	int16_t out[10];
	ck_assert_uint_eq(spans_source.read(vault_spans(on_air), 995, out, 10), 5);
	vault_release(v, &on_air);
	ck_assert_int_eq(vault_bytes(v), 0);
	/* not in this form, or not there: nothing of it stays */
	ck_assert_ptr_null(vault_take(v, &bulletins[1], STORE_PLAIN(RATE * 2), store));
	recordings[1].sha256[0] = 'x';
	ck_assert_ptr_null(vault_take(v, &bulletins[0], STORE_PLAIN(RATE), store));
	ck_assert_int_eq(vault_bytes(v), 0);
	/* of a schedule as well: it stays there */
	vault_fill(v, &station, store);
	int64_t all = vault_bytes(v);
	item = vault_take(v, &bulletins[1], STORE_PLAIN(RATE), store);
	vault_release(v, &item);
	ck_assert_int_eq(vault_bytes(v), all);
	vault_free(&v);
	remove_store(&store);
}
END_TEST

/* The vault's thread takes its time; a minute is more than it needs. */
static void wait_for_bytes(struct vault *v, int64_t bytes)
{
	time_t end = time(NULL) + 60;
	while (vault_bytes(v) != bytes && time(NULL) < end)
		sched_yield();
	ck_assert_int_eq(vault_bytes(v), bytes);
}

START_TEST(a_new_schedule_is_loaded_meanwhile)
{
	struct store *store = make_store(true);
	struct vault *v = vault_new();
	struct vault_item *early = vault_take(v, &bulletins[1], STORE_PLAIN(RATE), store);
	vault_fill_later(v, &station, store);
	vault_fill_later(v, &station, store); /* ordered once */
	wait_for_bytes(v, (10 + 500 + 1000) * 2);
	struct vault_item *item = vault_hold(v, &bulletins[0], STORE_PLAIN(RATE));
	ck_assert_ptr_nonnull(item);
	vault_release(v, &early); /* the schedule needs it, too */
	ck_assert_int_eq(vault_bytes(v), (10 + 500 + 1000) * 2);
	vault_fill_later(v, NULL, store);
	ck_assert_int_eq(vault_bytes(v), 510 * 2);
	vault_release(v, &item);
	/* What is not needed any more when it comes does not stay. */
	vault_fill_later(v, &station, store);
	vault_fill_later(v, NULL, store);
	vault_fill(v, &station, store);
	wait_for_bytes(v, (10 + 500 + 1000) * 2);
	vault_fill_later(v, NULL, store);
	wait_for_bytes(v, 0);
	vault_fill_later(v, &station, store); /* ends in the middle of it */
	vault_free(&v);
	remove_store(&store);
}
END_TEST

UNIT_MAIN("sound/vault", a_new_schedule_is_loaded_meanwhile, it_holds_what_emergencies_may_air, what_does_not_match_its_hash_is_not_trusted,
		it_takes_what_no_schedule_names)
