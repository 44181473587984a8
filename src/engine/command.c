#include "engine/command.h"

#include <string.h>

static const char *const names[VERB_COUNT] = {
	[VERB_PLAY] = "play",
	[VERB_SPEAK] = "speak",
	[VERB_TEST] = "test",
	[VERB_HEARD] = "heard",
	[VERB_EMERGENCY] = "emergency",
	[VERB_DRILL] = "drill",
	[VERB_EXTEND] = "extend",
	[VERB_CANCEL] = "cancel",
	[VERB_STOP] = "stop",
	[VERB_SKIP] = "skip",
	[VERB_SKIP_SESSION] = "skip-session",
	[VERB_HOLD] = "hold",
	[VERB_RELEASE] = "release",
	[VERB_OFF] = "off",
	[VERB_ON] = "on",
	[VERB_VOLUME] = "volume",
	[VERB_DUTY] = "duty",
	[VERB_NOTE] = "note",
	[VERB_SILENCE] = "silence",
	[VERB_RELOAD] = "reload",
	[VERB_ROLLBACK] = "rollback",
	[VERB_CLOCK_CONFIRM] = "clock-confirm",
};

const char *verb_name(enum verb verb)
{
	return names[verb];
}

enum verb verb_by_name(const char *name)
{
	enum verb v = 0;
	while (v < VERB_COUNT && strcmp(names[v], name))
		v++;
	return v;
}
