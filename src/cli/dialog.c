#include "cli/dialog.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "schedule/values.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* A program at the other end that says the same wrong thing for ever must not be asked for ever. */
enum { TRIES_MOST = 20 };

struct dialog {
	FILE *in;
	bool own; /* in is ours to close */
	bool typed;
};

struct dialog *dialog_new(const char *answers, struct err *err)
{
	FILE *in = answers ? fopen(answers, "re") : stdin;
	if (!in) {
		err_set(err, _("the answers in \"%s\" cannot be read: %s — nothing was done — check the name"), answers,
			strerror(errno));
		return NULL;
	}
	struct dialog *d = mem_new(struct dialog);
	d->in = in;
	d->own = answers != NULL;
	d->typed = isatty(fileno(in));
	return d;
}

void dialog_free(struct dialog **pd)
{
	if (*pd && (*pd)->own)
		fclose((*pd)->in);
	mem_free(*pd);
	*pd = NULL;
}

bool dialog_is_typed(const struct dialog *d)
{
	return d->typed;
}

enum line { LINE_READ, LINE_BAD, LINE_END };

/* Into out, without its line end; the rest of one that is too long is swallowed. */
static enum line read_line(struct dialog *d, char out[DIALOG_ANSWER_MOST + 1])
{
	size_t n = 0;
	bool bad = false;
	int c;
	while ((c = getc(d->in)) != EOF && c != '\n') {
		if (n == DIALOG_ANSWER_MOST || (c < ' ' && c != '\t' && c != '\r') || c == 0x7F)
			bad = true;
		else
			out[n++] = c == '\t' || c == '\r' ? ' ' : (char)c;
	}
	out[n] = '\0';
	if (c == EOF && !n && !bad)
		return LINE_END;
	return bad || text_bad_utf8(out, n) >= 0 ? LINE_BAD : LINE_READ;
}

static char *trim(const char *s)
{
	s += strspn(s, " ");
	size_t n = strlen(s);
	while (n && s[n - 1] == ' ')
		n--;
	char *cut = mem_dup_n(s, n), *out = text_nfc(cut);
	mem_free(cut);
	return out;
}

static void put_question(const struct dialog_question *q)
{
	if (q->proposal && *q->proposal)
		printf("%s [%s]: ", q->text, q->proposal);
	else
		printf("%s: ", q->text);
	fflush(stdout);
}

/* NULL: there is none. */
static char *read_answer(struct dialog *d)
{
	char line[DIALOG_ANSWER_MOST + 1];
	for (int i = 0; i < TRIES_MOST; i++) {
		enum line got = read_line(d, line);
		if (got == LINE_END)
			break;
		if (got == LINE_READ)
			return trim(line);
		printf("%s\n", _("This answer cannot be read — it is too long or holds no letters — write it again."));
		fflush(stdout);
	}
	return NULL;
}

static bool is_leaving(const char *answer)
{
	return !answer || !strcmp(answer, "q") || !strcmp(answer, "Q");
}

static bool accepts(const struct dialog_question *q, const char *answer, struct err *why)
{
	if (!*answer && !q->proposal)
		return err_set(why, "%s", _("Nothing was written — this one is needed — write it, or q to leave."));
	return !q->check || q->check(q->self, answer, why);
}

char *dialog_ask(struct dialog *d, const struct dialog_question *q)
{
	for (int i = 0; i < TRIES_MOST; i++) {
		struct err why = { "" };
		put_question(q);
		char *answer = read_answer(d);
		if (!d->typed)
			printf("%s\n", answer ? answer : "");
		if (is_leaving(answer)) {
			mem_free(answer);
			return NULL;
		}
		if (!*answer && q->proposal)
			mem_renew(&answer, q->proposal);
		if (accepts(q, answer, &why))
			return answer;
		printf("%s\n", why.text);
		mem_free(answer);
	}
	return NULL;
}

static bool is_reply(const char *answer, bool *yes)
{
	char *plain = text_fold(answer, false);
	bool c = !strcmp(plain, "c"), k = !strcmp(plain, "k");
	bool known = c || k || value_bool(answer, yes) || !strcmp(plain, "y") || !strcmp(plain, "n");
	if (c || !strcmp(plain, "y") || !strcmp(plain, "co"))
		*yes = known = true;
	if (k || !strcmp(plain, "n") || !strcmp(plain, "khong"))
		*yes = false, known = true;
	mem_free(plain);
	return known;
}

static bool check_reply(void *self, const char *answer, struct err *why)
{
	return is_reply(answer, self) ||
	       err_set(why, "%s",
		       _("Neither yes nor no — Enter alone does nothing here — write co, khong, or q to leave."));
}

enum dialog_reply dialog_yes(struct dialog *d, const char *text)
{
	bool yes = false;
	char *asked = mem_printf(_("%s (co/khong)"), text);
	char *answer = dialog_ask(d, &(struct dialog_question){ .text = asked, .check = check_reply, .self = &yes });
	enum dialog_reply reply = !answer ? DIALOG_LEFT : yes ? DIALOG_YES : DIALOG_NO;
	mem_free(answer);
	mem_free(asked);
	return reply;
}
