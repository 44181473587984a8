/* loaxa key: the key that seals the station's log, and a new one in its place.  The controller goes on: a new key waits
 * beside the old one until whoever writes the log comes by. */
#include "base/hex.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/key-view.h"
#include "cli/options.h"
#include "cli/place.h"
#include "journal/key-file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_key = { "key", "[--new|--lost] [--json] [--state DIR]",
	N_("the key that seals the log: to compare by telephone, or a new one"), run };

/* ── A new one ─────────────────────────────────────────────────────────────────────────────────────────────── */

static bool refuse(const char *why)
{
	fprintf(stderr, "loaxa key: %s\n", why);
	return false;
}

static bool refuse_account(void)
{
	return refuse(_("this account may neither read nor change the station's key — only the account of the station may: sudo -u "
			"loaxa loaxa key …"));
}

/* Is the key there that seals, so that it can seal its successor? */
static bool can_seal(const struct key_view *v, const char *state, enum key_file *f)
{
	char *path = key_file_path(state);
	struct key key;
	*f = key_file_read(path, &key, NULL);
	bool usable = *f == KEY_FILE_OK || *f == KEY_FILE_OPEN;
	bool same = usable && !memcmp(key.public, v->keys.at[v->keys.n - 1].key.public, KEY_BYTES);
	key_wipe(&key);
	mem_free(path);
	return same;
}

static bool may_change(const struct key_view *v, const char *state, enum key_change change)
{
	enum key_file f;
	if (v->rehearsal)
		return refuse(_("this is a rehearsal — its key follows from its clock and is nobody's"));
	if (!v->keys.n)
		return refuse(_("there is no key yet — the first one is made at the next start: loaxa run"));
	if (v->waits)
		return refuse(_("a new key waits already — it takes over with the next row that the station writes, at the latest "
				"at its next start — see: loaxa key"));
	bool there = can_seal(v, state, &f);
	if (f == KEY_FILE_DENIED)
		return refuse_account();
	if (there && change == KEY_CHANGE_LOST)
		return refuse(_("the key is there and seals — it can seal its successor, nobody need be rung up — use: loaxa key "
				"--new"));
	if (!there && change == KEY_CHANGE_NEW)
		return refuse(_("the key that sealed until now is not there, so it cannot seal a new one — put the file \"key\" "
				"back from a backup, or, if it is lost for good: loaxa key --lost"));
	return true;
}

static bool put(const char *state, const struct key *key, enum key_change change)
{
	char *next = key_file_next(state);
	bool ok = key_file_write(next, key, change, state);
	int error = errno;
	mem_free(next);
	if (!ok && (error == EACCES || error == EPERM))
		return refuse_account();
	if (!ok)
		fprintf(stderr, _("loaxa key: the new key cannot be written into %s: %s — nothing has changed\n"), state,
			strerror(error));
	return ok;
}

static void tell(const struct key *key, enum key_change change)
{
	char hex[KEY_HEX], fingerprint[KEY_FINGERPRINT];
	hex_write(key->public, KEY_BYTES, hex);
	key_fingerprint(key->public, fingerprint);
	printf(_("A new key waits:\n\n    %s\n\nIn full: %s\n"), fingerprint, hex);
	puts(_("It takes over with the next row that the station writes, at the latest at its next start. What is on air goes on."));
	puts(change == KEY_CHANGE_LOST
			? _("The old key cannot seal it: ring up the receiving body and read these numbers to them. Until they have "
			    "compared them they refuse bundles that are sealed with it.")
			: _("The old key seals it: whoever knows the old one need do nothing."));
	puts(_("A backup of before does not hold it: make a new one after that (loaxa backup)."));
}

static bool change_key(const struct key_view *v, const char *state, enum key_change change)
{
	struct key key;
	if (!may_change(v, state, change))
		return false;
	if (!key_random(&key))
		return refuse(_("this machine gives no random numbers — nothing has changed"));
	bool ok = put(state, &key, change);
	if (ok)
		tell(&key, change);
	key_wipe(&key);
	return ok;
}

static int run(int argc, char **argv)
{
	const char *state = NULL;
	bool fresh = false, lost = false, json = false;
	const struct option_row options[] = { { .name = "state", .text = &state },
		{ .name = "new", .flag = &fresh },
		{ .name = "lost", .flag = &lost },
		{ .name = "json", .flag = &json },
		{ 0 } };
	int n = options_parse(argc, argv, options);
	if (n || (fresh && lost) || (json && (fresh || lost)))
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_key);
	char *usual = state ? NULL : place_state();
	struct key_view view;
	struct err err = { "" };
	bool ok = key_view_read(state ? state : usual, &view, &err);
	if (!ok)
		fprintf(stderr, "loaxa key: %s\n", err.text);
	else if (fresh || lost)
		ok = change_key(&view, state ? state : usual, lost ? KEY_CHANGE_LOST : KEY_CHANGE_NEW);
	else
		(json ? key_view_json : key_view_print)(&view);
	key_view_free(&view);
	mem_free(usual);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
