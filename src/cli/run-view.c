#include "cli/run-view.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/letters.h"
#include "cli/screen.h"
#include "cli/status-view.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { EVERY_MS = 500 };

struct run_view {
	int fd;
	mono_us drawn;
};

/* Another screen and no cursor; and back. */
static const char enter[] = "\033[?1049h\033[?25l", leave[] = "\033[?25h\033[?1049l";

struct run_view *run_view_new(int fd)
{
	const char *kind = getenv("TERM");
	if (!kind || !strcmp(kind, "dumb") || !isatty(fd) || letters_plain() || !screen_say(fd, enter, sizeof enter - 1))
		return NULL;
	struct run_view *v = mem_new(struct run_view);
	v->fd = fd;
	v->drawn.us = -EVERY_MS * US_PER_MS;
	return v;
}

void run_view_free(struct run_view **pv)
{
	if (!*pv)
		return;
	screen_say((*pv)->fd, leave, sizeof leave - 1);
	mem_free(*pv);
	*pv = NULL;
}

mono_us run_view_next(const struct run_view *v)
{
	return (mono_us){ v->drawn.us + EVERY_MS * US_PER_MS };
}

static size_t count_lines(const struct text *t)
{
	size_t n = 0;
	for (size_t i = 0; i < t->n; i++)
		n += t->at[i] == '\n';
	return n;
}

/* The newest events that still fit, oldest of them first. */
static void add_events(struct text *page, const struct run_events *events, size_t rows, int columns)
{
	size_t n = rows;
	while (n && !run_events_line(events, n - 1))
		n--;
	while (n--) {
		const char *s = run_events_line(events, n);
		int width = text_width(s);
		text_add_cell(page, s, width < columns ? width : columns);
		text_add(page, "\n");
	}
}

/* Cuts the page to the rows of the screen, and clears what the frame before left behind each line and below. */
static void send_page(struct run_view *v, const struct text *page, int rows)
{
	struct text frame = { 0 };
	const char *s = text_str(page);
	text_add(&frame, "\033[H");
	for (int row = 1; *s && row < rows; row++) {
		size_t n = strcspn(s, "\n");
		text_add_n(&frame, s, n);
		text_add(&frame, "\033[K\r\n");
		s += n + (s[n] == '\n');
	}
	text_add(&frame, "\033[J");
	screen_say(v->fd, frame.at, frame.n);
	text_free(&frame);
}

void run_view_draw(struct run_view *v, mono_us now, const struct text *status, const struct run_events *events)
{
	if (now.us < run_view_next(v).us)
		return;
	v->drawn = now;
	int columns = screen_columns(v->fd), rows = screen_rows(v->fd);
	struct text page = { 0 };
	struct json *j = json_parse(text_str(status), status->n);
	if (j) {
		status_view(j, columns, &page);
		json_free(&j);
	}
	text_addf(&page, "\n%s\n", _("Events (Ctrl-C ends; the log stays: loaxa log)"));
	size_t used = count_lines(&page) + 1;
	if ((size_t)rows > used)
		add_events(&page, events, (size_t)rows - used, columns);
	send_page(v, &page, rows);
	text_free(&page);
}
