/* Asks once a second and sends what changed.  A terminal that takes nothing at the moment is sent nothing: the next
 * picture is then compared with what it really shows. */
#include "cli/watch.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/letters.h"
#include "cli/status-words.h"
#include "cli/terminal.h"
#include "cli/watch-view.h"
#include "control/client.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { EVERY_MS = 1000, ANSWER_MS = 2000 };

struct watch {
	const char *path;
	struct text request;
	struct text head; /* whose station, and its time */
	char answered[16]; /* the station's time of the last answer */
	struct err why;
};

/* "05:41:07" */
static const char *clock_of(const struct json *status)
{
	const char *now = status_str(status, "now");
	return strlen(now) >= 19 ? now + 11 : "--:--";
}

/* NULL: nobody answers. */
static struct json *ask(struct watch *w)
{
	struct answer a = { 0 };
	struct json *status = NULL;
	if (client_ask(w->path, &w->request, ANSWER_MS, &a, &w->why) && a.status)
		status = json_parse(a.status, strlen(a.status));
	else if (a.text && *a.text)
		err_set(&w->why, "%s", a.text);
	if (status) {
		text_clear(&w->head);
		status_header(&w->head, status);
		snprintf(w->answered, sizeof w->answered, "%.8s", clock_of(status));
	}
	protocol_free_answer(&a);
	return status;
}

static void look(struct watch *w, int columns, int rows, struct page *p)
{
	struct json *status = ask(w);
	if (!status)
		watch_view_lost(w->answered, w->why.text, columns, p);
	else if (rows)
		watch_view(status, columns, rows, p);
	else
		watch_view_plain(status, p);
	if (status)
		json_free(&status);
}

/* ── On a terminal ── */

struct shown {
	struct page page;
	bool known;
	bool colour;
};

/* Other letters where the terminal lacks ours, before anything is compared: a sign may become three of ASCII, each of
 * one column. */
static void fit(struct page *p, int columns)
{
	for (size_t i = 0; i < p->rows.n; i++) {
		struct text t = { 0 };
		letters_fit(STDOUT_FILENO, p->rows.at[i].text, strlen(p->rows.at[i].text), &t);
		bool longer = text_width(text_str(&t)) > columns;
		mem_free(p->rows.at[i].text);
		p->rows.at[i].text = text_take(&t);
		if (longer)
			p->rows.at[i].text[columns] = '\0';
	}
}

static void draw(struct watch *w, struct terminal *t, struct shown *shown)
{
	int columns = terminal_columns(t), rows = terminal_rows(t);
	struct page page = { 0 };
	struct text bytes = { 0 };
	look(w, columns, rows, &page);
	fit(&page, columns);
	page_repaint(shown->known ? &shown->page : NULL, &page, rows, shown->colour, &bytes);
	shown->known = terminal_say(t, text_str(&bytes), bytes.n);
	page_free(&shown->page);
	shown->page = page;
	text_free(&bytes);
}

static bool is_leaving(unsigned events, char key)
{
	return (events & TERMINAL_END) || ((events & TERMINAL_KEY) && (key == 'q' || key == 'Q'));
}

static int64_t now_ms(void)
{
	struct timespec ts;
	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static void on_terminal(struct watch *w, struct terminal *t)
{
	struct shown shown = { .colour = letters_colour(STDOUT_FILENO) };
	int64_t due = 0;
	for (bool leaving = false; !leaving;) {
		char key = 0;
		int64_t wait = due - now_ms();
		unsigned events = terminal_wait(t, wait > 0 ? (int)wait : 0, &key);
		leaving = is_leaving(events, key);
		if (events & TERMINAL_ANEW)
			shown.known = false;
		if (leaving || (!(events & TERMINAL_ANEW) && now_ms() < due))
			continue;
		due = now_ms() + EVERY_MS;
		if (terminal_ready(t))
			draw(w, t, &shown);
	}
	page_free(&shown.page);
}

/* ── Without one ── */

static bool print(const struct page *p)
{
	for (size_t i = 0; i < p->rows.n; i++)
		puts(p->rows.at[i].text);
	puts("");
	return fflush(stdout) == 0;
}

static void as_blocks(struct watch *w)
{
	struct page before = { 0 };
	for (bool read = true; read;) {
		struct page page = { 0 };
		look(w, 500, 0, &page);
		if (!page_equal(&before, &page)) {
			puts(text_str(&w->head));
			read = print(&page);
		}
		page_free(&before);
		before = page;
		/* A reader that goes away while nothing happens is noticed too. */
		struct pollfd p = { STDOUT_FILENO, 0, 0 };
		if (read && poll(&p, 1, EVERY_MS) > 0)
			read = !(p.revents & (POLLERR | POLLHUP | POLLNVAL));
	}
	page_free(&before);
}

int watch_run(const char *socket_path)
{
	struct watch w = { .path = socket_path };
	protocol_write_request(REQUEST_STATUS, &w.request);
	/* Nobody there at the start is most often a wrong --state. */
	struct json *first = ask(&w);
	bool there = first != NULL;
	if (there) {
		json_free(&first);
		struct terminal *t = letters_plain() ? NULL : terminal_open(STDIN_FILENO, STDOUT_FILENO);
		if (t)
			on_terminal(&w, t);
		else
			as_blocks(&w);
		terminal_close(&t);
	} else {
		fprintf(stderr, "loaxa: %s\n", w.why.text);
	}
	text_free(&w.head);
	text_free(&w.request);
	return there ? EXIT_DONE : EXIT_REFUSED;
}
