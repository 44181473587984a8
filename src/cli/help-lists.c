#include "cli/help-lists.h"

#include "airing/verdict.h"
#include "base/i18n.h"
#include "base/text.h"
#include "cli/words.h"
#include "config/config.h"
#include "config/keys.h"
#include "engine/script.h"
#include "schedule/check.h"

#include <stdio.h>

static void show(const char *name, int columns, const char *text)
{
	struct text line = { 0 };
	text_add_cell(&line, name, columns);
	printf("%s  %s", text_str(&line), text);
	text_free(&line);
}

void help_lists_keys(void)
{
	for (size_t i = 0; i < keys_count; i++) {
		char *name = mem_printf("%s.%s", keys_sections[keys[i].section].word, keys[i].name);
		show(name, 26, _(keys[i].help));
		if (keys[i].required)
			printf(" (%s)", _("must be there"));
		else if (keys[i].fallback && *keys[i].fallback)
			printf(" [%s]", keys[i].fallback);
		putchar('\n');
		mem_free(name);
	}
}

static void show_code(const char *code, enum severity severity, const char *help)
{
	show(code, 18, severity == FINDING_ERROR ? _("error") : _("warning"));
	printf("  %s\n", _(help));
}

void help_lists_codes(void)
{
	for (const struct config_code *c = config_codes; c->code; c++)
		show_code(c->code, c->severity, c->help);
	for (const struct check_code *c = check_codes; c->code; c++)
		show_code(c->code, c->severity, c->help);
}

void help_lists_reasons(void)
{
	for (enum reason r = REASON_NONE + 1; r < REASON_COUNT; r++) {
		show(verdict_reason_name(r), 18, words_of(verdict_reason_name(r)));
		putchar('\n');
	}
}

void help_lists_verbs(void)
{
	for (enum verb v = 0; v < VERB_COUNT; v++)
		puts(verb_name(v));
	for (enum fault f = FAULT_NONE + 1; f < FAULT_COUNT; f++)
		puts(script_fault_name(f));
}
