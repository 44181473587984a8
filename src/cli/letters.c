#include "cli/letters.h"

#include "base/mem.h"
#include "base/write.h"

#include <linux/kd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

/* ── What a terminal lacks ────────────────────────────────────────────────────────────────────────────────────── */

bool letters_plain(void)
{
	const char *plain = getenv("LOAXA_PLAIN");
	return plain && *plain && strcmp(plain, "0") != 0;
}

bool letters_colour(int fd)
{
	const char *no = getenv("NO_COLOR"), *kind = getenv("TERM");
	return isatty(fd) && !(no && *no) && kind && strcmp(kind, "dumb") != 0 && !letters_plain();
}

/* 1 = the locale names UTF-8, 0 = another charset, -1 = nothing is named. */
static int locale_is_utf8(void)
{
	static const char *const names[] = { "LC_ALL", "LC_CTYPE", "LANG" };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *s = getenv(names[i]);
		if (s && *s)
			return strcasestr(s, "UTF-8") || strcasestr(s, "UTF8");
	}
	return -1;
}

/* The kernel's own console has a font of 256 or 512 characters, and can be asked which. */
static bool console_lacks(int fd)
{
	enum { MOST = 4096, E_CIRCUMFLEX_ACUTE = 0x1EBF };
	struct unipair *pairs = mem_zero(MOST * sizeof *pairs);
	struct unimapdesc map = { .entry_ct = MOST, .entries = pairs };
	bool asked = !ioctl(fd, GIO_UNIMAP, &map), there = false;
	for (size_t i = 0; asked && i < map.entry_ct; i++)
		there = there || pairs[i].unicode == E_CIRCUMFLEX_ACUTE;
	mem_free(pairs);
	return asked && !there;
}

static bool terminal_lacks(int fd)
{
	struct termios t;
	if (!isatty(fd))
		return false;
	int utf8 = locale_is_utf8();
	/* Who names nothing may still sit at a terminal that says of itself that it is one of UTF-8 (ssh passes it on). */
	if (utf8 < 0)
		utf8 = !tcgetattr(fd, &t) && t.c_iflag & IUTF8;
	return !utf8 || console_lacks(fd);
}

/* ── Other signs for what it lacks ────────────────────────────────────────────────────────────────────────────── */

struct sign {
	const char *from, *to;
};

/* One column for one column wherever columns are counted. */
static const struct sign ascii[] = { { "—", "-" }, { "–", "-" }, { "−", "-" }, { "·", "-" }, { "•", "*" },
	{ "…  ", ".  " }, { "…", "..." }, { "“", "\"" }, { "”", "\"" }, { "‘", "'" }, { "’", "'" }, { "×", "x" },
	{ "→", ">" }, { "▶", ">" }, { "✓", "+" }, { "✗", "x" }, { "█", "#" }, { "▒", "=" }, { "░", "." }, { "⋮", ":" },
	{ "♪", "m" }, { "─", "-" }, { "│", "|" }, { "┌", "+" }, { "┐", "+" }, { "└", "+" }, { "┘", "+" }, { "├", "+" },
	{ "┤", "+" }, { "‖", "=" }, { "●", "*" }, { "○", "o" }, { "⚠", "!" }, { "←", "<" }, { "↑", "^" }, { "↓", "v" },
	{ "„", "\"" }, { "≥", ">=" }, { "≤", "<=" }, { "±", "+-" }, { "°", " do" }, { "\u00a0", " " },
	{ "\u202f", " " }, { NULL, NULL } };

/* Beside each of these signs stands a word. */
static const struct sign spoken[] = { { "▶ ", "" }, { "✓ ", "" }, { "✗ ", "" }, { "⋮ ", "" }, { "→ ", "" },
	{ "‖ ", "" }, { "● ", "" }, { "○ ", "" }, { "⚠ ", "" }, { "─", "" }, { "│", "" }, { "▶", "" }, { "✓", "" },
	{ "✗", "" }, { "█", "" }, { "▒", "" }, { "░", "" }, { "⋮", "" }, { "♪", "" }, { " · ", ", " }, { NULL, NULL } };

static const struct sign *sign_at(const struct sign *signs, const char *s)
{
	for (; signs->from; signs++)
		if (!strncmp(s, signs->from, strlen(signs->from)))
			return signs;
	return NULL;
}

static size_t bytes_at(const char *s)
{
	size_t n = 1;
	while (((unsigned char)s[n] & 0xC0) == 0x80)
		n++;
	return n;
}

/* only_ascii: what no sign is known for becomes "_"; else blanks that only make columns fall away.  before: the character
 * printed last. */
static void exchange(const char *s, const struct sign *signs, bool only_ascii, char before, struct text *out)
{
	for (size_t n; *s; s += n) {
		const struct sign *sign = sign_at(signs, s);
		n = sign ? strlen(sign->from) : bytes_at(s);
		bool blank = *s == ' ' && (out->n ? out->at[out->n - 1] : before) == ' ';
		if (sign)
			text_add(out, sign->to);
		else if (!only_ascii && blank)
			continue; /* of columns */
		else if (only_ascii && (unsigned char)*s >= 0x80)
			text_add(out, "_");
		else
			text_add_n(out, s, n);
	}
}

/* s: whole characters. */
static void convert(const char *s, bool plain, bool lacks, char before, struct text *out)
{
	struct text words = { 0 };
	if (plain)
		exchange(s, spoken, false, before, &words);
	else
		text_add(&words, s);
	char *bare = lacks ? text_fold(text_str(&words), true) : NULL;
	if (lacks)
		exchange(bare ? bare : text_str(&words), ascii, true, before, out);
	else
		text_add(out, text_str(&words));
	mem_free(bare);
	text_free(&words);
}

void letters_fit(int fd, const char *s, size_t bytes, struct text *out)
{
	bool lacks = terminal_lacks(fd), plain = letters_plain();
	char *whole = mem_dup_n(s, bytes);
	convert(whole, plain, lacks, '\n', out);
	mem_free(whole);
}

/* ── stdout and stderr ────────────────────────────────────────────────────────────────────────────────────────── */

struct stream {
	int fd;
	bool plain, lacks;
	char before;  /* the last byte written */
	char tail[4]; /* of a character whose end has not come yet */
	size_t n;
};

/* Bytes at the end that begin a character and do not end it. */
static size_t unfinished(const char *s, size_t bytes)
{
	for (size_t back = 1; back <= 3 && back <= bytes; back++) {
		unsigned char c = (unsigned char)s[bytes - back];
		if (c >= 0xC0)
			return back < (c >= 0xF0 ? 4u : c >= 0xE0 ? 3u : 2u) ? back : 0;
		if (c < 0x80)
			return 0;
	}
	return 0;
}

static ssize_t put(void *self, const char *s, size_t bytes)
{
	struct stream *st = self;
	struct text in = { 0 }, out = { 0 };
	text_add_n(&in, st->tail, st->n);
	text_add_n(&in, s, bytes);
	st->n = unfinished(in.at, in.n);
	memcpy(st->tail, in.at + in.n - st->n, st->n);
	in.at[in.n - st->n] = '\0';
	convert(in.at, st->plain, st->lacks, st->before, &out);
	st->before = out.n ? out.at[out.n - 1] : st->before;
	bool ok = write_all(st->fd, text_str(&out), out.n);
	text_free(&in);
	text_free(&out);
	return ok ? (ssize_t)bytes : 0;
}

static int forget(void *self)
{
	mem_free(self);
	return 0;
}

/* The stream to print to instead of `was`. */
static FILE *fitted(FILE *was, int fd, bool as_is)
{
	struct stream st = {
		.before = '\n', .fd = fd, .plain = !as_is && letters_plain(), .lacks = terminal_lacks(fd)
	};
	if (!st.plain && !st.lacks)
		return was;
	struct stream *self = mem_new(struct stream);
	*self = st;
	FILE *f = fopencookie(self, "w", (cookie_io_functions_t){ .write = put, .close = forget });
	if (!f) {
		mem_free(self);
		return was;
	}
	setvbuf(f, NULL, fd == STDERR_FILENO ? _IONBF : isatty(fd) ? _IOLBF : _IOFBF, BUFSIZ);
	return f;
}

void letters_start(bool as_is)
{
	stdout = fitted(stdout, STDOUT_FILENO, as_is);
	stderr = fitted(stderr, STDERR_FILENO, false);
}

/* A stream of ours has no descriptor that stdio knows of. */
void letters_end(void)
{
	FILE *streams[] = { stdout, stderr };
	for (int i = 0; i < 2; i++)
		if (fileno(streams[i]) < 0)
			fclose(streams[i]);
}
