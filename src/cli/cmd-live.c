/* The verbs that tell a running controller something and need no dialogue: one table. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/live.h"
#include "cli/options.h"
#include "schedule/values.h"

#include <stdio.h>
#include <string.h>

static int run(int argc, char **argv);

#define TALK "[--by NAME] [--state DIR]"
#define ZONES_ARGS "ZONE…|all " TALK

/* clang-format off */
const struct cmd cmd_extend = { "extend", "EMERGENCY [DURATION] " TALK, N_("an emergency lasts longer"), run };
const struct cmd cmd_cancel = { "cancel", "EMERGENCY|play-N " TALK, N_("end an emergency; take back what was ordered"), run };
const struct cmd cmd_stop = { "stop", ZONES_ARGS, N_("end what is on air and what waits, with the rest of its session"), run };
const struct cmd cmd_skip = { "skip", ZONES_ARGS, N_("go on to the next bulletin"), run };
const struct cmd cmd_skip_session = { "skip-session", "SESSION [--date DATE] [--undo] " TALK, N_("a session is not aired, today or on a day to come"), run };
const struct cmd cmd_hold = { "hold", ZONES_ARGS, N_("silence zones until release; emergencies still pass"), run };
const struct cmd cmd_release = { "release", ZONES_ARGS, N_("undo hold; \"all\" undoes silence"), run };
const struct cmd cmd_off = { "off", "ZONE… --reason TEXT " TALK, N_("take a broken zone out, for emergencies too"), run };
const struct cmd cmd_on = { "on", ZONES_ARGS, N_("bring a zone back"), run };
const struct cmd cmd_volume = { "volume", "ZONE… N " TALK, N_("volume of a zone, 1–100, until restart"), run };
const struct cmd cmd_duty = { "duty", "NAME " TALK, N_("say who is on duty from now on"), run };
const struct cmd cmd_note = { "note", "DAY|AIRING TEXT " TALK, N_("write a note that explains a day or an airing"), run };
const struct cmd cmd_silence = { "silence", TALK, N_("stop, cancel and hold everything"), run };
const struct cmd cmd_clock = { "clock", "confirm " TALK, N_("the clock is right, go on"), run };
/* clang-format on */

enum operands { OPERAND_NONE, OPERAND_NAME, OPERAND_ZONES, OPERAND_ZONES_VOLUME, OPERAND_CONFIRM, OPERAND_TEXT, OPERAND_NAME_MORE, OPERAND_ABOUT_TEXT };

static const struct row {
	const struct cmd *cmd;
	enum verb verb;
	enum operands operands;
	int least, most;
} rows[] = {
	{ &cmd_extend, VERB_EXTEND, OPERAND_NAME_MORE, 1, 2 },
	{ &cmd_cancel, VERB_CANCEL, OPERAND_NAME, 1, 1 },
	{ &cmd_stop, VERB_STOP, OPERAND_ZONES, 1, ZONES_MAX },
	{ &cmd_skip, VERB_SKIP, OPERAND_ZONES, 1, ZONES_MAX },
	{ &cmd_skip_session, VERB_SKIP_SESSION, OPERAND_NAME, 1, 1 },
	{ &cmd_hold, VERB_HOLD, OPERAND_ZONES, 1, ZONES_MAX },
	{ &cmd_release, VERB_RELEASE, OPERAND_ZONES, 1, ZONES_MAX },
	{ &cmd_off, VERB_OFF, OPERAND_ZONES, 1, ZONES_MAX },
	{ &cmd_on, VERB_ON, OPERAND_ZONES, 1, ZONES_MAX },
	{ &cmd_volume, VERB_VOLUME, OPERAND_ZONES_VOLUME, 2, ZONES_MAX + 1 },
	{ &cmd_duty, VERB_DUTY, OPERAND_TEXT, 1, 1 },
	{ &cmd_note, VERB_NOTE, OPERAND_ABOUT_TEXT, 2, 2 },
	{ &cmd_silence, VERB_SILENCE, OPERAND_NONE, 0, 0 },
	{ &cmd_clock, VERB_CLOCK_CONFIRM, OPERAND_CONFIRM, 1, 1 },
};

static const struct row *find(const char *name)
{
	const struct row *r = rows;
	while (strcmp(r->cmd->name, name))
		r++;
	return r;
}

static char *join(char **names, int n)
{
	struct text t = { 0 };
	for (int i = 0; i < n; i++) {
		text_add(&t, i ? "," : "");
		text_add(&t, names[i]);
	}
	return text_take(&t);
}

static bool volume_ok(const char *word, int *out)
{
	int64_t n = 0;
	if (!value_number(word, 1, 100, &n)) {
		fprintf(stderr, _("loaxa volume: the volume is a whole number from 1 to 100, not \"%s\" — to silence a zone: loaxa "
			  "off ZONE --reason TEXT\n"),
			word);
		return false;
	}
	*out = (int)n;
	return true;
}

static bool more_ok(const char *word, int64_t *out)
{
	if (value_duration(word, out) && *out > 0)
		return true;
	fprintf(stderr, _("loaxa extend: \"%s\" is not how much longer — write e.g. 6h\n"), word);
	return false;
}

/* Operands into the command; *made is what has to be freed afterwards. */
static bool read_operands(const struct row *r, int n, char **operand, struct command *c, char **made)
{
	switch (r->operands) {
	case OPERAND_NAME:
		c->name = operand[0];
		return true;
	case OPERAND_ZONES:
		c->zones = *made = join(operand, n);
		return true;
	case OPERAND_ZONES_VOLUME:
		c->zones = *made = join(operand, n - 1);
		return volume_ok(operand[n - 1], &c->volume);
	case OPERAND_NAME_MORE:
		c->name = operand[0];
		return n < 2 || more_ok(operand[1], &c->more_ms);
	case OPERAND_TEXT:
		c->text = operand[0];
		return true;
	case OPERAND_ABOUT_TEXT:
		c->about = operand[0];
		c->text = operand[1];
		return true;
	case OPERAND_CONFIRM:
		return !strcmp(operand[0], "confirm");
	default:
		return true;
	}
}

static int run(int argc, char **argv)
{
	const struct row *r = find(argv[0]);
	const char *state = NULL;
	bool skips = r->verb == VERB_SKIP_SESSION;
	struct command c = { .verb = r->verb, .uid = -1, .level = LEVEL_COUNT };
	const struct option_row options[] = {
		{ .name = "state", .text = &state },
		{ .name = "by", .text = &c.by },
		/* The rows behind the first NULL name are out of reach: each verb has only its own options. */
		{ .name = skips                 ? "date"
			  : r->verb == VERB_OFF ? "reason"
						: NULL,
			.text = skips ? &c.date : &c.reason },
		{ .name = skips ? "undo" : NULL, .flag = &c.undo },
		{ .name = NULL },
	};
	int n = options_parse(argc, argv, options);
	if (n < 0)
		return EXIT_USAGE;
	char *made = NULL;
	int code = EXIT_USAGE;
	if (n < r->least || n > r->most || (r->verb == VERB_OFF && !c.reason))
		code = options_usage(r->cmd);
	else if (read_operands(r, n, argv + 1, &c, &made))
		code = live_command(state, &c);
	else if (r->operands == OPERAND_CONFIRM)
		code = options_usage(r->cmd);
	mem_free(made);
	return code;
}
