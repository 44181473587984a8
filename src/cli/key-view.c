#include "cli/key-view.h"

#include "base/hex.h"
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "journal/key-file.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static void take_station(struct key_view *v)
{
	struct json *j = json_parse(text_str(&v->clock.checkpoint), v->clock.checkpoint.n);
	v->code = mem_dup(json_get_str(j, "station"));
	v->name = mem_dup(json_get_str(j, "station_name"));
	json_free(&j);
}

static void take_rows(struct key_view *v, struct journal_log *log)
{
	static const char *const kinds[] = { "key", "seal", NULL };
	struct journal_reader r = journal_log_events(log, kinds, (wall_us){ INT64_MIN }, (wall_us){ US_NEVER });
	struct journal_row row;
	while (r.next(r.self, &row)) {
		struct key_since one = { .since = row.wall };
		if (!strcmp(row.kind, "seal") && seal_read(&v->seal, row.body, strlen(row.body)))
			v->sealed_at = row.wall;
		else if (!strcmp(row.kind, "key") && seal_key_read(&one.key, row.body, strlen(row.body)))
			vec_push(&v->keys, one);
	}
}

bool key_view_read(const char *state_dir, struct key_view *v, struct err *err)
{
	*v = (struct key_view){ 0 };
	struct journal_log *log = journal_log_open(state_dir, err);
	if (!log)
		return false;
	char *next = key_file_next(state_dir);
	v->waits = !access(next, F_OK);
	v->rehearsal = journal_log_rehearsal(log);
	station_clock_read(log, &v->clock);
	take_station(v);
	take_rows(v, log);
	bool ok = journal_log_done(log, err);
	journal_log_close(&log);
	mem_free(next);
	return ok;
}

void key_view_free(struct key_view *v)
{
	vec_free(&v->keys);
	station_clock_free(&v->clock);
	mem_free(v->code);
	mem_free(v->name);
	*v = (struct key_view){ 0 };
}

/* ── Printing ──────────────────────────────────────────────────────────────────────────────────────────────── */

static void local_time(const struct key_view *v, wall_us at, char out[2 * VALUE_BYTES])
{
	char date[VALUE_BYTES], time[VALUE_BYTES];
	struct local l = tz_local(v->clock.tz, at);
	value_print_date(l.day, date);
	value_print_time(l.ms - l.ms % 60000, time);
	snprintf(out, 2 * VALUE_BYTES, "%s %s", time, date);
}

static void print_earlier(const struct key_view *v)
{
	for (size_t i = 0; i + 1 < v->keys.n; i++) {
		char from[2 * VALUE_BYTES], to[2 * VALUE_BYTES], fingerprint[KEY_FINGERPRINT];
		local_time(v, v->keys.at[i].since, from);
		local_time(v, v->keys.at[i + 1].since, to);
		key_fingerprint(v->keys.at[i].key.public, fingerprint);
		printf(_("Before, from %s to %s: %s\n"), from, to, fingerprint);
	}
	const struct key_since *last = &v->keys.at[v->keys.n - 1];
	if (last->key.lost)
		puts(_("The key before was lost and could not seal this one: whoever receives bundles must be told by telephone "
		       "and compare the numbers."));
	else if (!last->key.first)
		puts(_("The key before has sealed this one: whoever knows that one need do nothing."));
}

void key_view_print(const struct key_view *v)
{
	char at[2 * VALUE_BYTES], hex[KEY_HEX], fingerprint[KEY_FINGERPRINT];
	if (!v->keys.n) {
		puts(_("This log has no seals yet — the station's key is made at the next start (loaxa run), and rows are "
		       "sealed from then on."));
		return;
	}
	const struct key_since *last = &v->keys.at[v->keys.n - 1];
	if (v->rehearsal)
		puts(_("A rehearsal's key: anybody can make it, its seals prove nothing."));
	hex_write(last->key.public, KEY_BYTES, hex);
	key_fingerprint(last->key.public, fingerprint);
	local_time(v, last->since, at);
	printf(_("Key of station %s, %s:\n\n    %s\n\n"), v->code ? v->code : "?", v->name ? v->name : "?", fingerprint);
	puts(_("Read these numbers to the receiving body over the telephone; they compare them with what their program shows."));
	printf(_("In full: %s\n"), hex);
	printf(_("Seals since: %s\n"), at);
	if (v->seal.seq) {
		hex_write(v->seal.head, SHA256_BYTES, hex);
		local_time(v, v->sealed_at, at);
		printf(_("Last seal: %s, row %lld\nIts checkpoint: %lld:%s\n"), at, (long long)v->seal.seq, (long long)v->seal.seq,
			hex);
	}
	print_earlier(v);
	if (v->waits)
		puts(_("A NEW KEY WAITS: it takes over with the next row that the station writes, at the latest at its next start."));
}

static void add_key(const struct key_view *v, const struct key_since *k, struct text *t)
{
	char hex[KEY_HEX], fingerprint[KEY_FINGERPRINT], stamp[RFC3339_BYTES];
	hex_write(k->key.public, KEY_BYTES, hex);
	key_fingerprint(k->key.public, fingerprint);
	tz_rfc3339(v->clock.tz, k->since, stamp);
	json_open(t, NULL, '{');
	json_str(t, "station", v->code);
	json_str(t, "station_name", v->name);
	json_str(t, "key", hex);
	json_str(t, "fingerprint", fingerprint);
	json_str(t, "since", stamp);
	json_bool(t, "lost", k->key.lost);
	json_bool(t, "in_force", k == &v->keys.at[v->keys.n - 1]);
	json_bool(t, "rehearsal", v->rehearsal);
}

/* One object a key, the oldest first; the last one has the last seal. */
void key_view_json(const struct key_view *v)
{
	struct text t = { 0 };
	char hex[SHA256_HEX], stamp[RFC3339_BYTES];
	for (size_t i = 0; i < v->keys.n; i++) {
		bool last = i + 1 == v->keys.n && v->seal.seq;
		add_key(v, &v->keys.at[i], &t);
		if (last) {
			hex_write(v->seal.head, SHA256_BYTES, hex);
			tz_rfc3339(v->clock.tz, v->sealed_at, stamp);
			json_str(&t, "sealed", stamp);
			json_int(&t, "seq", v->seal.seq);
			json_str(&t, "head", hex);
			json_bool(&t, "next_waits", v->waits);
		}
		json_close(&t, '}');
		text_add(&t, "\n");
	}
	fputs(text_str(&t), stdout);
	text_free(&t);
}
