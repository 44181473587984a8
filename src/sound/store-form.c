#include "sound/store.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void store_form_write(struct store_form f, char out[STORE_FORM_BYTES])
{
	if (f.high_pass)
		snprintf(out, STORE_FORM_BYTES, "%dh%d", f.rate, f.high_pass);
	else
		snprintf(out, STORE_FORM_BYTES, "%d", f.rate);
}

static bool within(long v, long low, long high)
{
	return v >= low && v <= high;
}

bool store_form_read(const char *text, struct store_form *f)
{
	char *end, again[STORE_FORM_BYTES];
	long rate = strtol(text, &end, 10), high_pass = *end == 'h' ? strtol(end + 1, NULL, 10) : 0;
	if (!within(rate, STORE_RATE_MIN, STORE_RATE_MAX) ||
		(*end && !within(high_pass, STORE_HIGH_PASS_MIN, STORE_HIGH_PASS_MAX)))
		return false;
	struct store_form got = { (int)rate, (int)high_pass };
	store_form_write(got, again);
	if (strcmp(again, text)) /* a sign, a space, a leading zero, something behind it */
		return false;
	*f = got;
	return true;
}

bool store_form_same(struct store_form a, struct store_form b)
{
	return a.rate == b.rate && a.high_pass == b.high_pass;
}
