#include "report/off-times.h"

#include "base/i18n.h"
#include "base/text.h"

static bool same(const struct report_off *a, const struct report_off *b)
{
	return a->from.us == b->from.us && a->to.us == b->to.us && !strcmp(a->why ? a->why : "", b->why ? b->why : "");
}

static bool shares(const struct report_zone *z, const struct report_off *off)
{
	for (size_t i = 0; i < z->off.n; i++)
		if (same(&z->off.at[i], off))
			return true;
	return false;
}

/* With the first of the zones that share it. */
static void add_zones(struct off_times *all, const struct report *r, size_t zone, const struct report_off *off)
{
	struct text names = { 0 };
	size_t n = 0;
	for (size_t z = 0; z < r->zones.n; z++) {
		if (!shares(&r->zones.at[z], off))
			continue;
		if (z < zone)
			goto out;
		text_addf(&names, "%s%s", n++ ? ", " : "", r->zones.at[z].title);
	}
	if (n == r->zones.n && n > 2) {
		text_clear(&names);
		text_addf(&names, _("All %zu zones"), n);
	}
	vec_push(&all->list, (struct off_time){ off, mem_dup(text_str(&names)) });
out:
	text_free(&names);
}

void off_times_of(const struct report *r, struct off_times *all)
{
	for (size_t i = 0; i < r->station_off.n; i++)
		vec_push(&all->list, (struct off_time){ &r->station_off.at[i], mem_dup(_("The whole station")) });
	for (size_t z = 0; z < r->zones.n; z++)
		for (size_t i = 0; i < r->zones.at[z].off.n; i++)
			add_zones(all, r, z, &r->zones.at[z].off.at[i]);
}

void off_times_free(struct off_times *all)
{
	for (size_t i = 0; i < all->list.n; i++)
		mem_free(all->list.at[i].where);
	vec_free(&all->list);
}
