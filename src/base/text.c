#include "base/text.h"

#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

static void room_for(struct text *t, size_t more)
{
	if (t->n + more + 1 <= t->cap)
		return;
	size_t cap = t->cap ? t->cap : 64;
	while (cap < t->n + more + 1)
		cap *= 2;
	t->at = mem_resize(t->at, cap, 1);
	t->cap = cap;
}

void text_add_n(struct text *t, const char *s, size_t bytes)
{
	room_for(t, bytes);
	memcpy(t->at + t->n, s, bytes);
	t->n += bytes;
	t->at[t->n] = '\0';
}

void text_add(struct text *t, const char *s)
{
	if (s)
		text_add_n(t, s, strlen(s));
}

void text_addf(struct text *t, const char *fmt, ...)
{
	va_list ap, again;
	va_start(ap, fmt);
	va_copy(again, ap);
	int need = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	if (need > 0) {
		room_for(t, (size_t)need);
		vsnprintf(t->at + t->n, (size_t)need + 1, fmt, again);
		t->n += (size_t)need;
	}
	va_end(again);
}

void text_clear(struct text *t)
{
	t->n = 0;
	if (t->at)
		t->at[0] = '\0';
}

char *text_take(struct text *t)
{
	char *s = t->at ? t->at : mem_dup("");
	*t = (struct text){ 0 };
	return s;
}

const char *text_str(const struct text *t)
{
	return t->at ? t->at : "";
}

void text_free(struct text *t)
{
	mem_free(t->at);
	*t = (struct text){ 0 };
}

/* Bytes of the well-formed character at s (Unicode table 3-7), 0 when there is none. */
static size_t utf8_char(const unsigned char *s, size_t left)
{
	if (s[0] < 0x80)
		return s[0] ? 1 : 0;
	size_t n = s[0] >= 0xF0 ? 4 : s[0] >= 0xE0 ? 3 : 2;
	if (s[0] < 0xC2 || s[0] > 0xF4 || left < n)
		return 0;
	unsigned char low = s[0] == 0xE0 ? 0xA0 : s[0] == 0xF0 ? 0x90 : 0x80;
	unsigned char high = s[0] == 0xED ? 0x9F : s[0] == 0xF4 ? 0x8F : 0xBF;
	if (s[1] < low || s[1] > high)
		return 0;
	for (size_t i = 2; i < n; i++)
		if ((s[i] & 0xC0) != 0x80)
			return 0;
	return n;
}

long text_bad_utf8(const char *s, size_t bytes)
{
	const unsigned char *u = (const unsigned char *)s;
	for (size_t i = 0; i < bytes;) {
		size_t n = utf8_char(u + i, bytes - i);
		if (!n)
			return (long)i;
		i += n;
	}
	return -1;
}

int text_distance(const char *a, const char *b, int max)
{
	enum { LONGEST = 64 };
	size_t la = strlen(a), lb = strlen(b);
	if (la > LONGEST || lb > LONGEST)
		return max + 1;
	int rows[3][LONGEST + 1];
	for (size_t j = 0; j <= lb; j++)
		rows[0][j] = (int)j;
	for (size_t i = 1; i <= la; i++) {
		int *now = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
		now[0] = (int)i;
		for (size_t j = 1; j <= lb; j++) {
			int best = up[j - 1] + (a[i - 1] != b[j - 1]);
			if (up[j] + 1 < best)
				best = up[j] + 1;
			if (now[j - 1] + 1 < best)
				best = now[j - 1] + 1;
			bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
			if (swapped && up2[j - 2] + 1 < best)
				best = up2[j - 2] + 1;
			now[j] = best;
		}
	}
	int d = rows[la % 3][lb];
	return d > max ? max + 1 : d;
}
