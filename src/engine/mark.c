/* What may be heard now, noted before the sound is told of it: one airing a zone, which is on air there or, where none
 * is, armed to be so to the frame.  A line each: whether it was so at a crash before ("1" or "0"), and its id. */
#include "engine/mark.h"

#include "base/mem.h"
#include "engine/engine-inside.h"

#include <string.h>

static const struct airing *may_be_heard(const struct engine *e, int zone)
{
	const struct airing *a = desk_on_air(e->desk, zone);
	if (!a && e->armed[zone].item.token)
		a = desk_find(e->desk, e->armed[zone].id);
	return a;
}

void mark_now(struct engine *e)
{
	struct text t = { 0 };
	if (!e->s.journal.mark)
		return;
	for (int z = 0; z < (int)e->station->zones.n; z++) {
		const struct airing *a = may_be_heard(e, z);
		if (a)
			text_addf(&t, "%d %s\n", a->was_on_at_crash, a->id);
	}
	if (!e->marks || strcmp(text_str(&t), e->marks) != 0) {
		e->s.journal.mark(e->s.journal.self, text_str(&t), t.n);
		mem_renew(&e->marks, text_str(&t));
	}
	text_free(&t);
}

enum mark mark_of(const char *marks, const char *id)
{
	size_t n = strlen(id);
	for (const char *p = marks; *p; p += strcspn(p, "\n"), p += *p == '\n')
		if ((*p == '0' || *p == '1') && p[1] == ' ' && !strncmp(p + 2, id, n) && p[2 + n] == '\n')
			return *p == '1' ? MARK_TWICE : MARK_ONCE;
	return MARK_NONE;
}
