#include "cli/letters.h"
#include "../unit.h"

#include <fcntl.h>
#include <glob.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* The other side of a terminal of our own. */
static int terminal(int *keyboard, bool utf8)
{
	*keyboard = posix_openpt(O_RDWR | O_NOCTTY);
	ck_assert_int_ge(*keyboard, 0);
	ck_assert(!grantpt(*keyboard) && !unlockpt(*keyboard));
	int fd = open(ptsname(*keyboard), O_RDWR | O_NOCTTY);
	struct termios t;
	ck_assert_int_eq(tcgetattr(fd, &t), 0);
	t.c_iflag = utf8 ? t.c_iflag | IUTF8 : t.c_iflag & ~(tcflag_t)IUTF8;
	ck_assert_int_eq(tcsetattr(fd, TCSANOW, &t), 0);
	return fd;
}

static void locale(const char *all, const char *lang)
{
	unsetenv("LC_CTYPE");
	unsetenv("LOAXA_PLAIN");
	all ? setenv("LC_ALL", all, 1) : unsetenv("LC_ALL");
	lang ? setenv("LANG", lang, 1) : unsetenv("LANG");
}

static const struct {
	int line;
	const char *all, *lang;
	bool utf8, bare; /* what the terminal says of itself; what comes of it */
} rows[] = {
	{ __LINE__, "C", NULL, true, true },
	{ __LINE__, NULL, "C", true, true },
	{ __LINE__, NULL, "vi_VN.TCVN", true, true },
	{ __LINE__, "C", "vi_VN.UTF-8", true, true },
	{ __LINE__, NULL, "vi_VN.UTF-8", false, false }, /* need not be installed here */
	{ __LINE__, "", "en_US.utf8", false, false },
	{ __LINE__, "C.UTF-8", "C", false, false },
	{ __LINE__, NULL, NULL, true, false },
	{ __LINE__, NULL, NULL, false, true },
};

START_TEST(a_terminal_without_letters_gets_bare_text)
{
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		int keyboard, fd = terminal(&keyboard, rows[i].utf8), pipes[2];
		static const char said[] = "✓ Đã phát: “Hướng dẫn” — 6 cụm loa…";
		struct text t = { 0 };
		locale(rows[i].all, rows[i].lang);
		letters_fit(fd, said, strlen(said), &t);
		ck_assert_msg(!strcmp(text_str(&t), rows[i].bare ? "+ Da phat: \"Huong dan\" - 6 cum loa..." : said),
			"row of line %d: %s", rows[i].line, text_str(&t));
		/* A pipe is no terminal: what goes there is not ours to change. */
		ck_assert_int_eq(pipe(pipes), 0);
		text_clear(&t);
		letters_fit(pipes[1], said, strlen(said), &t);
		ck_assert_str_eq(text_str(&t), said);
		text_free(&t);
		close(pipes[0]), close(pipes[1]), close(fd), close(keyboard);
	}
}
END_TEST

static char *read_file(const char *path)
{
	FILE *f = fopen(path, "r");
	struct text t = { 0 };
	char part[4096];
	for (size_t n; f && (n = fread(part, 1, sizeof part, f)) > 0;)
		text_add_n(&t, part, n);
	fclose(f);
	return text_take(&t);
}

static size_t count(const char *s, char c)
{
	size_t n = 0;
	for (; *s; s++)
		n += *s == c;
	return n;
}

/* Every text of the program, English and Vietnamese: there is an unaccented form for each letter and each sign. */
START_TEST(nothing_that_is_ever_said_becomes_a_gap)
{
	glob_t texts;
	int keyboard, fd = terminal(&keyboard, false);
	locale("C", NULL);
	ck_assert_int_eq(glob("src/po/vi/*.po", 0, NULL, &texts), 0);
	for (size_t i = 0; i < texts.gl_pathc; i++) {
		char *whole = read_file(texts.gl_pathv[i]);
		struct text t = { 0 };
		letters_fit(fd, whole, strlen(whole), &t);
		ck_assert_msg(count(text_str(&t), '_') == count(whole, '_'), "%s: a sign has no form", texts.gl_pathv[i]);
		ck_assert_msg(count(text_str(&t), '?') == count(whole, '?'), "%s", texts.gl_pathv[i]);
		for (const char *s = text_str(&t); *s; s++)
			ck_assert((unsigned char)*s < 0x80);
		text_free(&t);
		free(whole);
	}
	globfree(&texts);
	close(fd), close(keyboard);
}
END_TEST

START_TEST(plain_is_without_signs)
{
	struct text t = { 0 };
	static const char said[] = "▶ ███░░ 00:12/01:00 · ✓ đạt — ⋮ 4 giờ";
	locale("C.UTF-8", NULL);
	setenv("LOAXA_PLAIN", "1", 1);
	letters_fit(STDOUT_FILENO, said, strlen(said), &t);
	ck_assert_str_eq(text_str(&t), " 00:12/01:00, đạt — 4 giờ");
	ck_assert(letters_plain());
	text_clear(&t);
	letters_fit(STDOUT_FILENO, "a    b\n  c", 10, &t);
	ck_assert_str_eq(text_str(&t), "a b\n c");
	setenv("LOAXA_PLAIN", "0", 1);
	ck_assert(!letters_plain());
	text_free(&t);
}
END_TEST

UNIT_MAIN("cli/letters", a_terminal_without_letters_gets_bare_text, nothing_that_is_ever_said_becomes_a_gap,
		plain_is_without_signs)
