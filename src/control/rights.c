#include "control/rights.h"

#include "base/i18n.h"

#include <string.h>

bool rights_open(const struct rights_house *h)
{
	return h->operators > 0 || h->emergencies > 0;
}

unsigned rights_of(const struct rights_house *h, int64_t uid, const uint32_t *gids, size_t n)
{
	if (uid == 0 || (uid > 0 && uid == h->owner))
		return RIGHT_ALL;
	if (uid < 0 || !rights_open(h))
		return 0;
	unsigned has = RIGHT_LOOK;
	for (size_t i = 0; i < n; i++) {
		has |= gids[i] && gids[i] == h->operators ? RIGHT_OPERATE : 0;
		has |= gids[i] && gids[i] == h->emergencies ? RIGHT_EMERGENCY : 0;
	}
	return has;
}

enum { EITHER = RIGHT_OPERATE | RIGHT_EMERGENCY };

/* One of these rights is enough.  Who may silence everything may also end and hold a single zone, and undo it; an
 * operator may end what an emergency airs in a zone (a loudspeaker that howls cannot wait for somebody), not the
 * emergency.  A verb without a row is nobody's but the owner's. */
static const struct {
	unsigned needs;
	const char *act;
} rows[VERB_COUNT + 1] = {
	[VERB_PLAY] = { RIGHT_OPERATE, N_("to play by hand") },
	[VERB_SPEAK] = { RIGHT_OPERATE, N_("to speak live") },
	[VERB_TEST] = { RIGHT_OPERATE, N_("to test loudspeakers") },
	[VERB_HEARD] = { RIGHT_OPERATE, N_("to note what was heard of a test") },
	[VERB_EMERGENCY] = { RIGHT_EMERGENCY, N_("to air an emergency") },
	[VERB_DRILL] = { RIGHT_EMERGENCY, N_("to drill an emergency") },
	[VERB_EXTEND] = { RIGHT_EMERGENCY, N_("to extend an emergency") },
	[VERB_CANCEL] = { RIGHT_EMERGENCY, N_("to end an emergency") },
	[VERB_STOP] = { EITHER, N_("to stop what is on air") },
	[VERB_SKIP] = { RIGHT_OPERATE, N_("to go on to the next bulletin") },
	[VERB_SKIP_SESSION] = { RIGHT_OPERATE, N_("to skip a session") },
	[VERB_HOLD] = { EITHER, N_("to hold zones") },
	[VERB_RELEASE] = { EITHER, N_("to release zones") },
	[VERB_OFF] = { RIGHT_OPERATE, N_("to switch zones off") },
	[VERB_ON] = { RIGHT_OPERATE, N_("to switch zones on") },
	[VERB_VOLUME] = { RIGHT_OPERATE, N_("to change the volume") },
	[VERB_DUTY] = { EITHER, N_("to say who is on duty") },
	[VERB_NOTE] = { EITHER, N_("to write a note") },
	[VERB_SILENCE] = { RIGHT_EMERGENCY, N_("to silence everything") },
	[VERB_RELOAD] = { RIGHT_OPERATE, N_("to apply a schedule") },
	[VERB_ROLLBACK] = { RIGHT_OPERATE, N_("to apply a schedule") },
	[VERB_CLOCK_CONFIRM] = { RIGHT_OPERATE, N_("to confirm the clock") },
	[VERB_COUNT] = { RIGHT_LOOK, N_("to look at the station") },
};

/* "play-7": a play that was ordered ahead, and no emergency. */
static bool names_play(const char *name)
{
	return !strncmp(name, "play-", 5) && name[5] && !name[5 + strspn(name + 5, "0123456789")];
}

/* What is said over all as an emergency is one, whoever says it. */
static unsigned needs(const struct command *c)
{
	bool alarm = c->verb == VERB_SPEAK && c->level == LEVEL_EMERGENCY;
	if (c->verb == VERB_CANCEL && c->name && names_play(c->name))
		return RIGHT_OPERATE;
	return alarm ? (unsigned)RIGHT_EMERGENCY : rows[c->verb].needs;
}

bool rights_allow(unsigned has, const struct command *c)
{
	return has == RIGHT_ALL || has & needs(c);
}

static const char *standing(unsigned has)
{
	switch (has) {
	case 0:
		return _("has no rights here");
	case RIGHT_LOOK:
		return _("may only look");
	case RIGHT_LOOK | RIGHT_OPERATE:
		return _("operates but does not command emergencies");
	default:
		return _("commands emergencies but does not operate");
	}
}

static const char *wanted(unsigned has, unsigned any)
{
	if (!(has & RIGHT_LOOK))
		return _("the account that the station runs under");
	if (any & RIGHT_OPERATE)
		return _("the right of the person on duty (group loaxa)");
	return _("the right to command emergencies (group loaxa-emergency)");
}

/* Whoever stands beside loudspeakers that howl must not be left with a refusal. */
static const char *meanwhile(unsigned has, enum verb verb)
{
	if ((verb == VERB_SILENCE || verb == VERB_CANCEL) && has & RIGHT_OPERATE)
		return _(" Meanwhile: loaxa stop all, then loaxa hold all.");
	return "";
}

void rights_refuse(unsigned has, const struct command *c, const char *account, const char *duty, struct err *err)
{
	const char *act = rows[c->verb].act ? _(rows[c->verb].act) : verb_name(c->verb);
	const char *want = wanted(has, needs(c)), *then = meanwhile(has, c->verb);
	if (needs(c) == RIGHT_EMERGENCY)
		err_set(err, _("Not allowed: account \"%s\" %s — %s takes %s — ask somebody who has it, or the administrator. "
			       "It is in the log.%s"),
			account, standing(has), act, want, then);
	else if (duty)
		err_set(err, _("Not allowed: account \"%s\" %s — %s takes %s — ask %s (on duty) or the "
			       "administrator. It is in the log."),
			account, standing(has), act, want, duty);
	else
		err_set(err, _("Not allowed: account \"%s\" %s — %s takes %s — ask the person on duty or the "
			       "administrator. It is in the log."),
			account, standing(has), act, want);
}
