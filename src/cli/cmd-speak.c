/* loaxa speak: a person before a microphone.  Says first what will be heard and where, then hands the controller one
 * end of a socket and puts the samples into the other. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"
#include "cli/speak-source.h"
#include "cli/speak-talk.h"
#include "report/words.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_speak = { "speak",
	"ZONE…|all [--level test|normal|priority|emergency] [--from alsa:DEVICE|-] [--limit 10m] [--yes] [--by NAME] "
	"[--state DIR]",
	N_("speak live from a microphone or standard input"), run };

/* As for an emergency: typed without diacritics. */
#define CONFIRMATION "KHAN CAP"
enum { ANSWER_MS = 10000 };

struct wish {
	const char *state, *from;
	bool yes;
	struct command command;
};

/* ── What is asked for ── */

static bool read_level(const char *word, enum level *out)
{
	for (*out = LEVEL_TEST; *out < LEVEL_COUNT; ++*out)
		if (!strcmp(word, level_name(*out)))
			return true;
	fprintf(stderr, _("loaxa speak: --level is test, normal, priority or emergency, not \"%s\"\n"), word);
	return false;
}

static bool read_limit(const char *word, int64_t *out)
{
	if (value_duration(word, out) && *out > 0)
		return true;
	fprintf(stderr, _("loaxa speak: --limit is a length of time such as 10m, not \"%s\"\n"), word);
	return false;
}

/* ── The zones, as the running station knows them ── */

static bool is_named(const char *list, const char *zone)
{
	size_t n = strlen(zone);
	for (const char *p = list; *p; p += strcspn(p, ","), p += *p == ',')
		if (strcspn(p, ",") == n && !strncmp(p, zone, n))
			return true;
	return !strcmp(list, "all");
}

/* Their rate; 0 after having said why they have none in common. */
static int rate_of(const struct json *zones, const char *list)
{
	int64_t rate = 0;
	for (size_t i = 0; i < json_count(zones); i++) {
		const struct json *z = json_at(zones, i);
		const char *name = json_get_str(z, "zone");
		int64_t own = json_get_int(z, "rate", 0);
		if (!name || !is_named(list, name))
			continue;
		if (rate && own != rate) {
			fprintf(stderr, "%s\n",
				_("these zones play at different rates — speak to them one after the other"));
			return 0;
		}
		rate = own;
	}
	if (!rate)
		fprintf(stderr, _("there is no zone \"%s\" — see the names with: loaxa status\n"), list);
	return (int)rate;
}

static void add(struct text *t, const char *name, const char *why)
{
	text_addf(t, "%s%s", t->n ? ", " : "", name);
	if (why)
		text_addf(t, " (%s)", why);
}

static void show(const struct wish *w, const struct json *zones, const char *from)
{
	struct text heard = { 0 }, deaf = { 0 };
	int64_t s = w->command.limit_ms / 1000;
	for (size_t i = 0; i < json_count(zones); i++) {
		const struct json *z = json_at(zones, i);
		const char *name = json_get_str(z, "zone"), *title = json_get_str(z, "title"),
			   *off = json_get_str(z, "off");
		bool held = json_get_bool(z, "held") && w->command.level != LEVEL_EMERGENCY;
		if (!name || !is_named(w->command.zones, name))
			continue;
		if (off || held)
			add(&deaf, title ? title : name, held ? _("held") : *off ? off : _("off"));
		else
			add(&heard, title ? title : name, NULL);
	}
	fprintf(stderr, _("WILL SOUND FROM THE LOUDSPEAKERS, live: %s.\n"), heard.n ? text_str(&heard) : "–");
	if (deaf.n)
		fprintf(stderr, _("Not heard: %s.\n"), text_str(&deaf));
	fprintf(stderr, _("Level: %s. At most %02d:%02d. From: %s. Speaker: %s.\n"),
		words_level(level_name(w->command.level)), (int)(s / 60), (int)(s % 60), from, w->command.by);
	text_free(&heard);
	text_free(&deaf);
}

/* Asks only where somebody can answer. */
static bool confirm(const struct wish *w)
{
	char line[64] = "";
	bool emergency = w->command.level == LEVEL_EMERGENCY;
	if (w->yes || !isatty(STDIN_FILENO))
		return true;
	if (emergency)
		fprintf(stderr, _("Type %s to speak; Enter leaves: "), CONFIRMATION);
	else
		fprintf(stderr, "%s", _("Press Enter to begin, Ctrl-C to leave: "));
	bool read = fgets(line, sizeof line, stdin) != NULL;
	line[strcspn(line, "\r\n")] = '\0';
	bool yes = read && (!emergency || !strcmp(line, CONFIRMATION));
	if (!yes)
		fprintf(stderr, "%s\n", _("Nothing was aired."));
	return yes;
}

/* ── The call ── */

/* Our end of the socket, or -1 after having said why there is none. */
static int call(const struct wish *w)
{
	int two[2];
	struct text request = { 0 };
	struct answer a = { 0 };
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, two)) {
		perror("loaxa speak");
		return -1;
	}
	protocol_write_command(&w->command, &request);
	bool answered = live_ask_passing(w->state, &request, two[1], ANSWER_MS, &a);
	bool taken = answered && a.done;
	close(two[1]);
	if (answered && a.text[0])
		fprintf(stderr, "%s\n", a.text);
	if (!taken)
		close(two[0]);
	protocol_free_answer(&a);
	text_free(&request);
	return taken ? two[0] : -1;
}

static int speak(struct wish *w, const struct json *status)
{
	const struct json *zones = json_get(status, "zones");
	const char *from = w->from ? w->from : !isatty(STDIN_FILENO) ? "-" : json_get_str(status, "microphone");
	struct err err = { "" };
	w->command.rate = rate_of(zones, w->command.zones);
	if (!w->command.rate)
		return EXIT_REFUSED;
	if (!from) {
		fprintf(stderr, "%s\n",
			_("no microphone is known — name it with --from alsa:DEVICE, or in the station's "
			  "file: microphone = \"alsa:DEVICE\""));
		return EXIT_REFUSED;
	}
	struct speak_source *source = speak_source_new(from, w->command.rate, &err);
	if (!source) {
		fprintf(stderr, "loaxa speak: %s\n", err.text);
		return EXIT_REFUSED;
	}
	show(w, zones, !strcmp(from, "-") ? _("standard input") : from);
	int code = EXIT_REFUSED, line = confirm(w) ? call(w) : -1;
	if (line >= 0)
		code = speak_talk(line, source, w->command.rate, w->command.limit_ms) ? EXIT_DONE : EXIT_REFUSED;
	speak_source_free(&source);
	return code;
}

static int ask_and_speak(struct wish *w)
{
	struct text request = { 0 };
	struct answer a = { 0 };
	int code = EXIT_REFUSED;
	protocol_write_request(REQUEST_STATUS, &request);
	bool answered = live_ask(w->state, &request, ANSWER_MS, &a);
	struct json *status = answered && a.status ? json_parse(a.status, strlen(a.status)) : NULL;
	if (status) {
		code = speak(w, status);
		json_free(&status);
	}
	protocol_free_answer(&a);
	text_free(&request);
	return code;
}

static char *join(char **names, int n)
{
	struct text t = { 0 };
	for (int i = 0; i < n; i++)
		text_addf(&t, "%s%s", i ? "," : "", names[i]);
	return text_take(&t);
}

static int run(int argc, char **argv)
{
	const char *level = "normal", *limit = "10m";
	struct wish w = { .command = { .verb = VERB_SPEAK, .uid = -1, .pcm = -1 } };
	const struct option_row options[] = { { .name = "state", .text = &w.state },
		{ .name = "by", .text = &w.command.by }, { .name = "from", .text = &w.from },
		{ .name = "level", .text = &level }, { .name = "limit", .text = &limit },
		{ .name = "yes", .flag = &w.yes }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 1 || n > ZONES_MAX)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_speak);
	if (!read_level(level, &w.command.level) || !read_limit(limit, &w.command.limit_ms))
		return EXIT_USAGE;
	char *zones = join(argv + 1, n), *user = w.command.by ? NULL : live_user();
	w.command.zones = zones;
	w.command.by = w.command.by ? w.command.by : user;
	int code = ask_and_speak(&w);
	mem_free(zones);
	mem_free(user);
	return code;
}
