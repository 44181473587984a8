#include "cli/page.h"
#include "../unit.h"

#include "base/mem.h"

#include <stdio.h>
#include <string.h>

enum { ROWS = 6, COLUMNS = 20 };

/* A terminal that knows just what page_repaint says: cursor, styles, clear to the end of the line, clear all. */
struct glass {
	char cell[ROWS][COLUMNS][8];
	char style[ROWS][COLUMNS][8];
	char now[8];
	int row, column;
};

static void wipe(struct glass *g, int row, int from)
{
	for (int c = from; c < COLUMNS; c++) {
		strcpy(g->cell[row][c], " ");
		g->style[row][c][0] = '\0';
	}
}

static void wipe_all(struct glass *g)
{
	for (int r = 0; r < ROWS; r++)
		wipe(g, r, 0);
}

static const char *control(struct glass *g, const char *s)
{
	int a = 0, b = 0, n = 0;
	if (sscanf(s, "\033[%d;%dH%n", &a, &b, &n) == 2 && n) {
		ck_assert(a >= 1 && a <= ROWS && b >= 1 && b <= COLUMNS + 1);
		g->row = a - 1;
		g->column = b - 1;
		return s + n;
	}
	if (!strncmp(s, "\033[H", 3)) {
		g->row = g->column = 0;
		return s + 3;
	}
	if (!strncmp(s, "\033[2J", 4)) {
		wipe_all(g);
		return s + 4;
	}
	if (!strncmp(s, "\033[K", 3)) {
		wipe(g, g->row, g->column);
		return s + 3;
	}
	n = (int)strcspn(s, "m") + 1;
	ck_assert_msg(n < 8, "%s", s + 1);
	snprintf(g->now, sizeof g->now, "%.*s", n - 3, s + 2);
	if (!strcmp(g->now, "0"))
		g->now[0] = '\0';
	return s + n;
}

static void show(struct glass *g, const char *s)
{
	while (*s) {
		if (*s == '\033') {
			s = control(g, s);
			continue;
		}
		int n = 1;
		while (((unsigned char)s[n] & 0xC0) == 0x80)
			n++;
		char one[8] = "";
		memcpy(one, s, (size_t)n);
		if (!text_width(one)) { /* a mark: onto the letter before */
			ck_assert_int_gt(g->column, 0);
			strcat(g->cell[g->row][g->column - 1], one);
		} else {
			ck_assert_int_lt(g->column, COLUMNS);
			strcpy(g->cell[g->row][g->column], one);
			strcpy(g->style[g->row][g->column], g->now);
			g->column++;
		}
		s += n;
	}
	ck_assert_str_eq(g->now, ""); /* what others write afterwards is plain */
}

static void same_glass(const struct glass *a, const struct glass *b, int round)
{
	for (int r = 0; r < ROWS; r++)
		for (int c = 0; c < COLUMNS; c++) {
			ck_assert_msg(!strcmp(a->cell[r][c], b->cell[r][c]), "round %d, %d/%d: \"%s\", not \"%s\"", round, r, c,
				a->cell[r][c], b->cell[r][c]);
			ck_assert_msg(!strcmp(a->cell[r][c], " ") || !strcmp(a->style[r][c], b->style[r][c]), "round %d, %d/%d",
				round, r, c);
		}
}

static void random_page(struct page *p, unsigned *seed)
{
	static const char *const letters[] = { "a", "b", "ế", "█", "░", " ", "e\xcc\x81", "ộ", "9" };
	int n = (int)(rand_r(seed) % (ROWS + 2));
	for (int i = 0; i < n; i++) {
		struct text t = { 0 };
		for (int k = (int)(rand_r(seed) % (COLUMNS + 4)); k > 0; k--)
			text_add(&t, letters[(unsigned)rand_r(seed) % (sizeof letters / sizeof *letters)]);
		page_add(p, COLUMNS, (enum page_style)(rand_r(seed) % 5), text_str(&t));
		text_free(&t);
	}
}

/* The next one is much like it, as pictures are. */
static void vary(struct page *p, const struct page *from, unsigned *seed)
{
	for (size_t i = 0; i < from->rows.n; i++) {
		char *s = mem_dup(from->rows.at[i].text);
		size_t at = (unsigned)rand_r(seed) % 8;
		if (at < strlen(s) && (unsigned char)s[at] < 0x80)
			s[at] = (char)('0' + rand_r(seed) % 10);
		page_add(p, COLUMNS, rand_r(seed) % 9 ? from->rows.at[i].style : PAGE_WARN, s);
		mem_free(s);
	}
}

START_TEST(what_is_sent_makes_the_screen_what_it_should_be)
{
	struct glass shown = { 0 };
	struct page before = { 0 };
	unsigned seed = 1;
	wipe_all(&shown);
	for (int round = 0; round < 5000; round++) {
		struct page after = { 0 };
		struct text bytes = { 0 }, all = { 0 };
		struct glass fresh = { 0 };
		wipe_all(&fresh);
		if (round % 3)
			vary(&after, &before, &seed);
		else
			random_page(&after, &seed);
		page_repaint(round % 50 ? &before : NULL, &after, ROWS, true, &bytes);
		show(&shown, text_str(&bytes));
		page_repaint(NULL, &after, ROWS, true, &all);
		show(&fresh, text_str(&all));
		same_glass(&shown, &fresh, round);
		text_clear(&bytes);
		page_repaint(&after, &after, ROWS, true, &bytes);
		ck_assert_uint_eq(bytes.n, 0);
		ck_assert(page_equal(&after, &after));
		page_free(&before);
		before = after;
		text_free(&bytes);
		text_free(&all);
	}
	page_free(&before);
}
END_TEST

START_TEST(only_what_changed_is_sent)
{
	static const struct {
		int line;
		const char *before, *after, *sent;
	} T[] = {
		{ __LINE__, "▶ ██░░ 01:05/02:10", "▶ ██░░ 01:06/02:10", "\033[1;12H6" },
		{ __LINE__, "▶ ██░░ 01:09/02:10", "▶ ███░ 01:10/02:10", "\033[1;5H█░ 01:10" },
		{ __LINE__, "▶ ██░░ 01:05/02:10", "", "\033[1;1H\033[K" },
		{ __LINE__, "", "im", "\033[1;1Him" },
		{ __LINE__, "một hai", "một", "\033[1;4H\033[K" },
		{ __LINE__, "aba", "ababa", "\033[1;4Hba" },
		/* a letter changes as a whole, its marks with it */
		{ __LINE__, "tie\xcc\x81ng", "tie\xcc\x80ng", "\033[1;3He\xcc\x80" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct page a = { 0 }, b = { 0 };
		struct text sent = { 0 };
		page_add(&a, COLUMNS, PAGE_PLAIN, T[i].before);
		page_add(&b, COLUMNS, PAGE_PLAIN, T[i].after);
		page_repaint(&a, &b, ROWS, true, &sent);
		ck_assert_msg(!strcmp(text_str(&sent), T[i].sent), "line %d: %s", T[i].line, text_str(&sent) + 1);
		text_free(&sent);
		page_free(&a);
		page_free(&b);
	}
}
END_TEST

START_TEST(without_colour_there_is_none)
{
	struct page p = { 0 };
	struct text sent = { 0 };
	for (enum page_style s = PAGE_PLAIN; s <= PAGE_QUIET; s++)
		page_add(&p, COLUMNS, s, "✗ im");
	page_repaint(NULL, &p, ROWS, false, &sent);
	ck_assert_ptr_null(strstr(text_str(&sent), "31m"));
	ck_assert_ptr_null(strstr(text_str(&sent), "33m"));
	ck_assert_ptr_nonnull(strstr(text_str(&sent), "\033[3;1H\033[1m✗ im\033[0m"));
	text_free(&sent);
	page_free(&p);
}
END_TEST

UNIT_MAIN("cli/page", what_is_sent_makes_the_screen_what_it_should_be, only_what_changed_is_sent, without_colour_there_is_none)
