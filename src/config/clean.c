/* One pass over the text that knows quotes and comments, because libconfuse 3.3 does not do it well: each of
 * its comments shifts the line numbers that follow, and it refuses one inside a list.  Comments become
 * blanks, newlines stay.  What libconfuse would expand or unescape in ways nobody expects is refused here as
 * well, where the place is known, and replaced by something harmless so that reading goes on. */
#include "config/clean.h"

#include "base/i18n.h"
#include "base/text.h"

#include <string.h>

static int line_at(const char *s, size_t at)
{
	int line = 1;
	for (size_t i = 0; i < at; i++)
		line += s[i] == '\n';
	return line;
}

static bool starts_with(const char *s, size_t n, const char *what)
{
	return n >= strlen(what) && !memcmp(s, what, strlen(what));
}

static bool is_text(const char *s, size_t n, const char *file, struct findings *fs)
{
	struct place at = { file, 1 };
	if (starts_with(s, n, "\xFF\xFE") || starts_with(s, n, "\xFE\xFF")) {
		finding_add(fs, FINDING_ERROR, "encoding", at,
			N_("this file is saved as UTF-16 (\"Unicode\") — schedules are UTF-8 text — in the "
			   "editor choose Save as, encoding UTF-8."),
			NULL);
		return false;
	}
	long bad = text_bad_utf8(s, n);
	if (bad < 0)
		return true;
	at.line = line_at(s, (size_t)bad);
	bool binary = memchr(s, '\0', n) != NULL;
	finding_add(fs, FINDING_ERROR, "encoding", at,
		binary ? N_("this is no text file (it holds a zero byte) — schedules are UTF-8 text — take "
			    "the "
			    "file out of the folder or give it another ending than .conf.")
		       : N_("a letter of this line is not UTF-8 — an old code page (TCVN3, VNI, "
			    "Windows-1258) "
			    "perhaps — in the editor choose Save as, encoding UTF-8."),
		NULL);
	return false;
}

/* Old Macintosh line ends become newlines; the CR of a Windows line end becomes a blank. */
static void blank_returns(char *s)
{
	for (; (s = strchr(s, '\r')); s++)
		*s = s[1] == '\n' ? ' ' : '\n';
}

struct pass {
	char *s;
	size_t at;
	int line;
	const char *file;
	struct findings *fs;
};

static void blank_to(struct pass *p, size_t end)
{
	for (; p->at < end; p->at++) {
		if (p->s[p->at] == '\n')
			p->line++;
		else
			p->s[p->at] = ' ';
	}
}

/* libconfuse would put an environment variable in its place. */
static void refuse_variable(struct pass *p)
{
	if (p->s[p->at] != '$' || p->s[p->at + 1] != '{')
		return;
	finding_add(p->fs, FINDING_ERROR, "variable", (struct place){ p->file, p->line },
		N_("\"${\" is not allowed — schedules do not read environment variables — write the value "
		   "itself."),
		NULL);
	/* all of it, or its braces would be taken for a list's */
	char *end = p->s + p->at + strcspn(p->s + p->at, "}\"'\n");
	p->s[p->at] = p->s[p->at + 1] = '_';
	if (*end == '}')
		*end = '_';
}

/* Only the two escapes that every editor's user expects; libconfuse knows twelve more, some of them
 * unprintable. */
static void refuse_escape(struct pass *p, char quote)
{
	char next = p->s[p->at + 1];
	if (next == quote || next == '\\') {
		p->at++;
		return;
	}
	finding_add(p->fs, FINDING_ERROR, "syntax", (struct place){ p->file, p->line },
		N_("a lone \"\\\" stands in a text — it is kept for \\\" and \\\\ — write \\\\ where you "
		   "mean \\."),
		NULL);
	p->s[p->at] = '/';
}

/* A text ends on its line: a forgotten quote is then found where it was forgotten (the scanner reports it).
 */
static void pass_string(struct pass *p)
{
	char quote = p->s[p->at++];
	for (; p->s[p->at] && p->s[p->at] != '\n'; p->at++) {
		char c = p->s[p->at];
		if (c == quote) {
			p->at++;
			return;
		}
		refuse_variable(p);
		if (c == '\\')
			refuse_escape(p, quote);
	}
}

static void blank_block_comment(struct pass *p)
{
	const char *end = strstr(p->s + p->at + 2, "*/");
	if (!end)
		finding_add(p->fs, FINDING_ERROR, "syntax", (struct place){ p->file, p->line },
			N_("a comment begins here with /* and never ends — all that follows would be "
			   "ignored — add */ or begin each line with #."),
			NULL);
	blank_to(p, end ? (size_t)(end - p->s) + 2 : strlen(p->s));
}

/* Inside a bare word a slash is a slash: 13/7/2021. */
static bool begins_word(const struct pass *p)
{
	return p->at == 0 || strchr(" \t\n={},()\"'", p->s[p->at - 1]);
}

static void blank_comments(struct pass *p)
{
	while (p->s[p->at]) {
		const char *here = p->s + p->at;
		bool slash = here[0] == '/' && begins_word(p);
		if (*here == '"' || *here == '\'') {
			pass_string(p);
		} else if (*here == '#' || (slash && here[1] == '/')) {
			blank_to(p, p->at + strcspn(here, "\n"));
		} else if (slash && here[1] == '*') {
			blank_block_comment(p);
		} else {
			refuse_variable(p);
			p->line += *here == '\n';
			p->at++;
		}
	}
}

/* ASCII is composed already: half the time of a large schedule went into finding that out. */
static bool is_ascii(const char *s)
{
	while ((unsigned char)(*s - 1) < 0x7F)
		s++;
	return !*s;
}

void clean_blank(char *s, const char *file, struct findings *fs)
{
	struct pass p = { .s = s, .line = 1, .file = file, .fs = fs };
	blank_returns(s);
	blank_comments(&p);
}

char *clean_text(const char *bytes, size_t n, const char *file, struct findings *fs)
{
	if (starts_with(bytes, n, "\xEF\xBB\xBF")) {
		bytes += 3;
		n -= 3;
	}
	if (!is_text(bytes, n, file, fs))
		return NULL;
	char *s = mem_dup_n(bytes, n);
	if (!is_ascii(s)) {
		char *composed = text_nfc(s);
		mem_free(s);
		s = composed;
	}
	clean_blank(s, file, fs);
	return s;
}
