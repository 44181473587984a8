/* loaxa test: hear each loudspeaker once, quietly, by day, one zone after the other; and write down whether it was
 * heard.  It asks before anything sounds, whoever calls it: the end of its input means no. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"
#include "cli/test-sound.h"
#include "schedule/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static int run(int argc, char **argv);

const struct cmd cmd_test = { "test", "ZONE…|all [--volume N] [--now] [--yes] [--by NAME] [--state DIR] [--store DIR]",
	N_("test loudspeakers: zone name, tone, channel; quietly, by day, never counted"), run };

enum { STATUS_MS = 5000, LOOK_MS = 200, PATIENCE_MS = 75000, VOLUME = 20, ANSWER_BYTES = 64 };

struct order {
	const char *state, *store, *by;
	bool now, yes;
	int volume;
};

/* One zone on its way through the test. */
struct subject {
	int zone;
	const struct zone *of;
	struct test_sound sound;
	int seconds;
};

struct subjects {
	struct subject *at;
	size_t n, cap;
};

/* ── What the controller says ── */

/* NULL: it does not answer; said so. */
static struct json *status(const struct order *r)
{
	struct answer a = { 0 };
	bool answered = live_status(r->state, STATUS_MS, &a);
	struct json *j = answered ? json_parse(a.status, strlen(a.status)) : NULL;
	protocol_free_answer(&a);
	return j;
}

static const struct json *zone_of(const struct json *status, const char *name)
{
	const struct json *zones = json_get(status, "zones");
	for (size_t i = 0; i < json_count(zones); i++) {
		const char *is = json_get_str(json_at(zones, i), "zone");
		if (is && !strcmp(is, name))
			return json_at(zones, i);
	}
	return NULL;
}

static bool is_test(const struct json *airing)
{
	const char *bulletin = json_get_str(airing, "bulletin");
	return bulletin && !strcmp(bulletin, "test");
}

static bool still_testing(const struct json *zone)
{
	const struct json *waiting = json_get(zone, "waiting");
	bool testing = is_test(json_get(zone, "on_air"));
	for (size_t i = 0; i < json_count(waiting); i++)
		testing = testing || is_test(json_at(waiting, i));
	return testing;
}

/* ── Which zones ── */

/* Off and held zones stay silent anyway; said, and left out. */
static bool can_sound(const struct json *status, const struct zone *z)
{
	const struct json *j = zone_of(status, z->name);
	const char *off = json_get_str(j, "off");
	if (j && !off && !json_get_bool(j, "held"))
		return true;
	if (off)
		fprintf(stderr, _("Not tested: %s is off (%s) — loaxa on %s\n"), z->title, *off ? off : "—", z->name);
	else
		fprintf(stderr, _("Not tested: %s is held — loaxa release %s\n"), z->title, z->name);
	return false;
}

static void add_subject(struct subjects *s, const struct json *status, const struct station *st, int zone)
{
	for (size_t i = 0; i < s->n; i++)
		if (s->at[i].zone == zone)
			return;
	if (can_sound(status, &st->zones.at[zone]))
		vec_push(s, (struct subject){ .zone = zone, .of = &st->zones.at[zone] });
}

static bool choose(struct subjects *s, const struct json *status, const struct station *st, int n, char **names)
{
	for (int i = 0; i < n; i++) {
		bool all = !strcmp(names[i], "all");
		int zone = station_zone(st, names[i]);
		if (!all && zone < 0) {
			fprintf(stderr, _("there is no zone \"%s\" — see the names with: loaxa status\n"), names[i]);
			return false;
		}
		for (int z = 0; z < (int)st->zones.n; z++)
			if (all || z == zone)
				add_subject(s, status, st, z);
	}
	return s->n;
}

static bool make_sounds(struct subjects *s, const struct order *r, const struct station *st)
{
	struct err err = { "" };
	for (size_t i = 0; i < s->n; i++) {
		struct subject *one = &s->at[i];
		int rate = st->outputs.at[one->of->output].rate;
		if (!test_sound_make(st, one->zone, r->store, &one->sound, &err)) {
			fprintf(stderr, "loaxa test: %s\n", err.text);
			return false;
		}
		one->seconds = (int)((one->sound.frames + rate - 1) / rate);
	}
	return true;
}

/* ── Asking ── */

/* One line from standard input, folded ("Có" -> "co"); false at its end. */
static bool answer(char out[ANSWER_BYTES])
{
	char line[ANSWER_BYTES];
	if (!fgets(line, sizeof line, stdin))
		return false;
	line[strcspn(line, "\r\n")] = '\0';
	char *folded = text_fold(line, false);
	snprintf(out, ANSWER_BYTES, "%s", folded);
	mem_free(folded);
	return true;
}

static bool is_one_of(const char *s, const char *const words[])
{
	for (size_t i = 0; words[i]; i++)
		if (!strcmp(s, words[i]))
			return true;
	return false;
}

static const char *const yeses[] = { "c", "co", "y", "yes", NULL };
static const char *const noes[] = { "k", "kh", "khong", "n", "no", NULL };

static bool confirmed(const struct subjects *s, const struct order *r)
{
	char said[ANSWER_BYTES];
	int seconds = 0;
	for (size_t i = 0; i < s->n; i++)
		seconds += s->at[i].seconds;
	fprintf(stderr,
		ngettext("THIS WILL SOUND FROM THE LOUDSPEAKERS: %zu zone, %d seconds, volume %d%%:",
			"THIS WILL SOUND FROM THE LOUDSPEAKERS: %zu zones, one after the other, %d seconds in all, "
			"volume %d%%:",
			s->n),
		s->n, seconds, r->volume);
	for (size_t i = 0; i < s->n; i++)
		fprintf(stderr, "%s %s", i ? "," : "", s->at[i].of->title);
	fputs(".\n", stderr);
	if (r->yes)
		return true;
	fputs(_("Air it?  c = yes; Enter = no: "), stderr);
	if (answer(said) && is_one_of(said, yeses))
		return true;
	fprintf(stderr, "%s\n", _("Nothing was aired."));
	return false;
}

/* "yes", "no", "unclear"; NULL: nobody answers. */
static const char *ask_heard(const struct subject *s)
{
	char said[ANSWER_BYTES];
	fprintf(stderr, _("Was it heard at %s?  c = yes, k = no, Enter = unclear: "), s->of->title);
	if (!answer(said))
		return NULL;
	return is_one_of(said, yeses) ? "yes" : is_one_of(said, noes) ? "no" : "unclear";
}

/* ── Airing ── */

/* Says nothing when it is done; why when it is refused. */
static bool tell(const struct order *r, struct command *c)
{
	struct text request = { 0 };
	struct answer a = { 0 };
	c->by = r->by;
	protocol_write_command(c, &request);
	bool answered = live_ask(r->state, &request, STATUS_MS, &a);
	if (answered && *a.text)
		fprintf(stderr, "%s\n", a.text);
	bool done = answered && a.done && !*a.text;
	protocol_free_answer(&a);
	text_free(&request);
	return done;
}

/* Until it is no longer on air; false: the device is gone, or the controller. */
static bool wait_for_end(const struct order *r, const struct subject *s)
{
	bool testing = true, sounds = true;
	for (int waited = 0; testing && sounds && waited < s->seconds * 1000 + PATIENCE_MS; waited += LOOK_MS) {
		nanosleep(&(struct timespec){ 0, LOOK_MS * 1000000 }, NULL);
		struct json *j = status(r);
		const struct json *zone = j ? zone_of(j, s->of->name) : NULL;
		testing = zone && still_testing(zone);
		sounds = zone && !json_get_bool(zone, "lost");
		if (j)
			json_free(&j);
	}
	return sounds;
}

static void advise(const struct subject *s)
{
	fprintf(stderr,
		_("    → amplifier on?  cable on channel %d?  card: loaxa doctor — until it is repaired: loaxa off %s "
		  "--reason …\n"),
		s->of->channel, s->of->name);
}

static bool test_one(const struct order *r, const struct subject *s)
{
	struct command c = { .verb = VERB_TEST,
		.zones = s->of->name,
		.volume = r->volume,
		.now = r->now,
		.sound = s->sound.sha256,
		.frames = s->sound.frames,
		.uid = -1,
		.pcm = -1,
		.level = LEVEL_COUNT };
	if (!tell(r, &c))
		return false;
	fprintf(stderr,
		ngettext("▶ %s, channel %d: %s, a tone, then %d beep\n",
			"▶ %s, channel %d: %s, a tone, then %d beeps\n", (unsigned)s->of->channel),
		s->of->title, s->of->channel, s->sound.spoken ? _("its name") : _("its number in low beeps"),
		s->of->channel);
	if (!wait_for_end(r, s)) {
		fprintf(stderr, _("The device of %s is gone — see: loaxa status\n"), s->of->title);
		return false;
	}
	const char *heard = ask_heard(s);
	if (!heard)
		fprintf(stderr, "\n%s\n", _("No answer was written down."));
	else if (!strcmp(heard, "no"))
		advise(s);
	struct command row = {
		.verb = VERB_HEARD, .zones = s->of->name, .name = heard, .uid = -1, .pcm = -1, .level = LEVEL_COUNT
	};
	return !heard || tell(r, &row);
}

/* ── The command ── */

/* People sleep; the controller says so too, but before the question is better. */
static bool by_day(const struct json *status, const struct order *r)
{
	const char *now = json_get_str(status, "now");
	int hour = now && strlen(now) > 13 ? atoi(now + 11) : 12;
	if (r->now || (hour >= 6 && hour < 20))
		return true;
	fprintf(stderr,
		_("It is %.5s: loudspeakers are tested from 06:00 to 20:00, now people sleep — wait, or say --now\n"),
		now + 11);
	return false;
}

static int test_all(const struct order *r, const struct station *st, int n, char **names)
{
	struct subjects s = { 0 };
	struct json *j = status(r);
	bool ok = j && by_day(j, r) && choose(&s, j, st, n, names) && make_sounds(&s, r, st) && confirmed(&s, r);
	for (size_t i = 0; ok && i < s.n; i++)
		ok = test_one(r, &s.at[i]);
	vec_free(&s);
	if (j)
		json_free(&j);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}

static bool read_volume(const char *word, int *out)
{
	int64_t n = VOLUME;
	if (word && !value_number(word, 1, 100, &n)) {
		fprintf(stderr, _("loaxa test: the volume is a whole number from 1 to 100, not \"%s\"\n"), word);
		return false;
	}
	*out = (int)n;
	return true;
}

static int run(int argc, char **argv)
{
	struct order r = { 0 };
	const char *volume = NULL;
	const struct option_row options[] = { { .name = "volume", .text = &volume }, { .name = "now", .flag = &r.now },
		{ .name = "yes", .flag = &r.yes }, { .name = "by", .text = &r.by },
		{ .name = "state", .text = &r.state }, { .name = "store", .text = &r.store }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 1 || !read_volume(volume, &r.volume))
		return n ? EXIT_USAGE : options_usage(&cmd_test);
	char *user = r.by ? NULL : live_user(), *state = r.state ? NULL : place_state();
	char *store = r.store ? NULL : place_store(), *from = NULL;
	struct findings fs = { 0 };
	r.by = r.by ? r.by : user;
	r.state = r.state ? r.state : state;
	r.store = r.store ? r.store : store;
	int code = EXIT_REFUSED;
	if (live_answers(r.state)) {
		struct station *st = peek_station(NULL, r.state, &from, &fs);
		if (st)
			code = test_all(&r, st, n, argv + 1);
		else
			fprintf(stderr, _("The running schedule (%s) cannot be read — may you read that folder?\n"),
				from);
		station_free(&st);
	}
	findings_free(&fs);
	mem_free(from);
	mem_free(store);
	mem_free(state);
	mem_free(user);
	return code;
}
