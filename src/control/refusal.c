#include "control/refusal.h"

#include "base/i18n.h"
#include "base/visible.h"

#include <string.h>

enum { SHOWN_BYTES = 200 };

static bool is_over(const struct refusals *r, mono_us now)
{
	return now.us - r->since.us >= REFUSALS_EVERY_S * US_PER_S;
}

bool refusals_admit(struct refusals *r, mono_us now)
{
	if (is_over(r, now) && !r->unsaid) {
		r->since = now;
		r->said = 0;
	}
	if (r->said >= REFUSALS_AT_ONCE) {
		r->unsaid++;
		return false;
	}
	r->said++;
	return true;
}

size_t refusals_owed(struct refusals *r, mono_us now)
{
	size_t owed = is_over(r, now) ? r->unsaid : 0;
	if (owed)
		*r = (struct refusals){ .since = now };
	return owed;
}

void refusal_write(int64_t uid, const char *why, const char *request, size_t bytes, struct text *out)
{
	text_addf(out, _("Request refused, from user number %lld: "), (long long)uid);
	visible_escape(out, why, strlen(why), SHOWN_BYTES);
	if (!bytes)
		return;
	text_add(out, " — ");
	visible_escape(out, request, bytes, SHOWN_BYTES);
}

void refusal_write_owed(size_t n, struct text *out)
{
	text_addf(out, _("%zu more requests were refused in the last minute"), n);
}
