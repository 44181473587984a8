#include "sound/amp-switch.h"

#include "base/mem.h"
#include "sound/amp-command.h"
#include "sound/amp-gpio.h"

#include <unistd.h>

struct amp_switch {
	struct amp_key key;
	char *command;
	int line; /* the descriptor of a line that is held; -1 */
};

struct amp_switch *amp_switch_new(const struct amp_key *key)
{
	struct amp_switch *s = mem_new(struct amp_switch);
	s->key = *key;
	s->command = mem_dup(key->command);
	s->line = -1;
	return s;
}

static void let_go(struct amp_switch *s)
{
	if (s->line >= 0)
		close(s->line);
	s->line = -1;
}

/* A line that no longer obeys (a chip on a cable that was pulled) is asked for anew the next time. */
static bool set_line(struct amp_switch *s, bool on, struct err *err)
{
	if (s->line < 0)
		return (s->line = amp_gpio_hold(s->key.chip, s->key.line, on, err)) >= 0;
	if (amp_gpio_set(s->line, on, err))
		return true;
	let_go(s);
	return false;
}

bool amp_switch_set(struct amp_switch *s, bool on, struct err *err)
{
	if (s->key.kind == AMP_KEY_GPIO)
		return set_line(s, on, err);
	return amp_command_run(s->command, on ? "on" : "off", AMP_SWITCH_LIMIT_MS, err);
}

void amp_switch_free(struct amp_switch **sp)
{
	if (!*sp)
		return;
	let_go(*sp);
	mem_free((*sp)->command);
	mem_free(*sp);
	*sp = NULL;
}
