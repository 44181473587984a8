#include "cli/help-lists.h"

#include "airing/verdict.h"
#include "base/i18n.h"
#include "base/text.h"
#include "config/config.h"
#include "config/keys.h"
#include "control/protocol.h"
#include "engine/script.h"
#include "report/words.h"

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
	for (size_t i = 0; i < keys_count && !keys_of_receiver(keys[i].section); i++) {
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

static void list_codes(const struct finding_code *c)
{
	for (; c->name; c++) {
		struct text line = { 0 };
		text_add_cell(&line, c->name, 20);
		text_add_cell(&line, c->severity == FINDING_ERROR ? _("error") : _("warning"), 10);
		printf("%s%s\n", text_str(&line), _(c->what));
		text_free(&line);
	}
}

void help_lists_codes(void)
{
	list_codes(config_codes);
	list_codes(schedule_codes);
}

void help_lists_reasons(void)
{
	for (enum reason r = REASON_NONE + 1; r < REASON_COUNT; r++) {
		show(verdict_reason_name(r), 18, words_code(verdict_reason_name(r)));
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

/* "play name by [zones level]", for programs that talk to a controller. */
void help_lists_requests(void)
{
	for (enum verb v = 0; v < VERB_COUNT; v++) {
		const char *field;
		bool needed, before = true;
		printf("%s", verb_name(v));
		for (size_t i = 0; (field = protocol_field(v, i, &needed)) != NULL; i++) {
			printf(before && !needed ? " [%s" : " %s", field);
			before = needed;
		}
		puts(before ? "" : "]");
	}
}
