/* The progress of preparing, for somebody who waits at a terminal. */
#include "base/i18n.h"
#include "base/text.h"
#include "sound/library-inside.h"

#include <stdio.h>
#include <sys/ioctl.h>
#include <unistd.h>

enum { BAR = 24 };

static int columns(void)
{
	struct winsize w;
	return !ioctl(STDERR_FILENO, TIOCGWINSZ, &w) && w.ws_col >= 40 ? w.ws_col : 80;
}

static bool wanted(const struct library *l)
{
	return l->options->progress && !l->options->plain && isatty(STDERR_FILENO);
}

void library_bar(const struct library *l, const char *name)
{
	struct text t = { 0 }, line = { 0 };
	char full[BAR + 1], count[32];
	if (!wanted(l) || !l->all)
		return;
	for (size_t i = 0; i < BAR; i++)
		full[i] = i < l->done * BAR / l->all ? '#' : '.';
	full[BAR] = '\0';
	snprintf(count, sizeof count, "%zu/%zu", l->done, l->all);
	text_addf(&t, "%s [%s] %s %s", _("Preparing sound"), full, count, name);
	text_add_cell(&line, text_str(&t), columns() - 1);
	fprintf(stderr, "\r%s", text_str(&line));
	fflush(stderr);
	text_free(&t);
	text_free(&line);
}

void library_bar_clear(const struct library *l)
{
	if (wanted(l))
		fprintf(stderr, "\r%*s\r", columns() - 1, "");
}
