#include "cli/approve.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/live.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

#define SAID_MOST 200 /* bytes of a name or a paper */

char *approve_typist(const char *said, const struct tz *tz, wall_us now)
{
	struct local at = tz_local(tz, now);
	char date[VALUE_BYTES], time[VALUE_BYTES], *account = live_user();
	value_print_date(at.day, date);
	value_print_time(at.ms / 60000 * 60000, time);
	char *out = said ? mem_printf("%s (%s), %s %s", said, account, date, time)
			 : mem_printf("%s, %s %s", account, date, time);
	mem_free(account);
	return out;
}

/* "" is no name: who approved nothing approved nothing. */
static bool can_say(const char *option, const char *value, struct err *err)
{
	if (!*value)
		return err_set(err, _("--%s is empty — write who or what it was, for example --by \"NAME, OFFICE\""), option);
	if (strlen(value) > SAID_MOST)
		return err_set(err, _("--%s is longer than %d bytes — write it shorter"), option, SAID_MOST);
	return edit_can_write(value) ||
	       err_set(err, _("--%s holds characters that cannot stand in a schedule file — type it anew"), option);
}

static bool can_approve(const struct bulletin *b, struct err *err)
{
	for (size_t i = 0; i < b->audio.n; i++) {
		const struct recording *r = &b->audio.at[i];
		if (r->state == RECORDING_READY && *r->sha256)
			continue;
		return err_set(err,
			_("NOT approved: \"%s\" — its recording \"%s\" is not there or cannot be played, so nobody can "
			  "have heard it — correct that first, see: loaxa check"),
			b->name, r->file);
	}
	if (b->text && !*b->text_sha256)
		return err_set(err,
			_("NOT approved: \"%s\" — its text \"%s\" is not in the audio folder, so nobody can have read "
			  "it — copy it there or correct its name"),
			b->name, b->text);
	return true;
}

/* NULL takes the key away: an approval given anew has nothing of the one before. */
static bool put(struct edit *e, struct edit_at at, const char *key, const char *value, struct err *err)
{
	return value ? edit_set(e, at, key, value, err) : edit_unset(e, at, key, err);
}

static bool put_hashes(struct edit *e, struct edit_at at, const struct bulletin *b, struct err *err)
{
	const char **sums = mem_zero((b->audio.n + 1) * sizeof *sums);
	for (size_t i = 0; i < b->audio.n; i++)
		sums[i] = b->audio.at[i].sha256;
	bool ok = b->audio.n ? edit_set_list(e, at, "sha256", sums, b->audio.n, err) : edit_unset(e, at, "sha256", err);
	mem_free(sums);
	return ok && put(e, at, "text-sha256", b->text ? b->text_sha256 : NULL, err);
}

bool approve_edit(struct edit *e, const struct bulletin *b, const struct approval *a, struct err *err)
{
	struct edit_at at = { "bulletin", b->name, NULL, NULL };
	char on[VALUE_BYTES];
	value_print_date(a->on, on);
	return can_say("by", a->by, err) && (!a->via || can_say("via", a->via, err)) &&
	       can_say("typed-by", a->typed, err) && can_approve(b, err) && put(e, at, "approved-by", a->by, err) &&
	       put(e, at, "approved-on", on, err) && put(e, at, "approved-via", a->via, err) &&
	       put(e, at, "approved-typed-by", a->typed, err) && put_hashes(e, at, b, err);
}
