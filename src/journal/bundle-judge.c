#include "journal/bundle-judge.h"

#include "base/hex.h"
#include "journal/seal.h"

#include <string.h>

static bool refuse(struct bundle_fault *f, enum bundle_wrong what, const struct chain_row *r)
{
	*f = (struct bundle_fault){ .what = what, .row = r->seq, .at = { r->wall_us } };
	return false;
}

static const struct bundle_key *present_key(const struct bundle_judge *j)
{
	return j->keys.n ? &j->keys.at[j->keys.n - 1] : NULL;
}

/* The next key names the one before as the previous one, and has its signature, or says that it was lost. */
static bool judge_key(struct bundle_judge *j, const struct chain_row *r, struct bundle_fault *f)
{
	struct seal_key k;
	struct bundle_key next;
	char previous[KEY_HEX];
	const struct bundle_key *before = present_key(j);
	if (!seal_key_read(&k, r->body, strlen(r->body)) || !seal_key_holds(&k, r->rehearsal) || k.first != !before)
		return refuse(f, BUNDLE_KEY, r);
	hex_write(k.previous, KEY_BYTES, previous);
	if (before && strcmp(previous, before->public) != 0)
		return refuse(f, BUNDLE_KEY, r);
	hex_write(k.public, KEY_BYTES, next.public);
	next.lost = k.lost;
	vec_push(&j->keys, next);
	return true;
}

static bool judge_seal(
	struct bundle_judge *j, const struct chain_row *r, const uint8_t prev[SHA256_BYTES], struct bundle_fault *f)
{
	struct seal s;
	char key[KEY_HEX];
	const struct bundle_key *present = present_key(j);
	bool ok = seal_read(&s, r->body, strlen(r->body));
	if (ok) {
		hex_write(s.key, KEY_BYTES, key);
		ok = present && !strcmp(key, present->public) && s.seq == r->seq - 1 &&
		     !memcmp(s.head, prev, SHA256_BYTES) && seal_holds(&s, r->rehearsal);
	}
	if (!ok) {
		refuse(f, BUNDLE_SEAL, r);
		f->since = j->sealed + 1;
		return false;
	}
	j->sealed = r->seq;
	j->seals++;
	memcpy(j->station, s.station, sizeof j->station);
	return true;
}

static void judge_schedule(struct bundle_judge *j, const struct chain_row *r)
{
	uint8_t sum[SHA256_BYTES];
	sha256_of(r->body, strlen(r->body), sum);
	sha256_hex(sum, j->schedule);
}

/* Rows of a version that wrote no schedules name none. */
static bool judge_checkpoint(struct bundle_judge *j, const struct chain_row *r, struct bundle_fault *f)
{
	struct json *body = json_parse(r->body, strlen(r->body));
	const char *named = json_get_str(body, "schedule_sha256");
	bool ok = !named || !named[0] || !strcmp(named, j->schedule);
	bundle_identity_add(&j->identity, body);
	json_free(&body);
	return ok || refuse(f, BUNDLE_SCHEDULE, r);
}

bool bundle_judge_row(
	struct bundle_judge *j, const struct chain_row *r, const uint8_t prev[SHA256_BYTES], struct bundle_fault *f)
{
	if (r->airing)
		return true;
	if (!strcmp(r->kind, "seal"))
		return judge_seal(j, r, prev, f);
	if (!strcmp(r->kind, "key"))
		return judge_key(j, r, f);
	if (!strcmp(r->kind, "start") || !strcmp(r->kind, "day"))
		return judge_checkpoint(j, r, f);
	if (!strcmp(r->kind, "schedule"))
		judge_schedule(j, r);
	return true;
}

bool bundle_judge_end(const struct bundle_judge *j, const struct bundle_identity *said, const char *key, int64_t last,
	struct bundle_fault *f)
{
	const struct bundle_key *present = present_key(j);
	*f = (struct bundle_fault){ .what = BUNDLE_WHOLE, .row = last };
	if (j->sealed != last || !present)
		f->what = BUNDLE_UNSEALED;
	else if (strcmp(present->public, key) != 0 || strcmp(j->station, said->station) != 0 ||
		 !bundle_identity_same(&j->identity, said))
		*f = (struct bundle_fault){ .what = BUNDLE_CHANGED };
	return !f->what;
}

enum bundle_trust bundle_judge_trust(const struct bundle_judge *j, const char *known)
{
	size_t i = j->keys.n;
	enum bundle_trust trust = BUNDLE_TRUSTED;
	while (i && strcmp(j->keys.at[i - 1].public, known) != 0)
		if (j->keys.at[--i].lost)
			trust = BUNDLE_LOST_KEY;
	return i ? trust : BUNDLE_STRANGER;
}

void bundle_judge_free(struct bundle_judge *j)
{
	bundle_identity_free(&j->identity);
	vec_free(&j->keys);
}
