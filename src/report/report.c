#include "report/report.h"

static void free_directives(struct report *r)
{
	for (size_t i = 0; i < r->directives.n; i++) {
		struct report_directive *d = &r->directives.at[i];
		char *all[] = { d->campaign, d->campaign_title, d->set_by, d->name, d->number, d->issuer, d->subject,
			d->report_to, d->received };
		for (size_t k = 0; k < sizeof all / sizeof *all; k++)
			mem_free(all[k]);
		vec_free(&d->per_day);
		vec_free(&d->uptakes);
	}
	vec_free(&r->directives);
}

static void free_days(struct report *r)
{
	for (size_t i = 0; i < r->per_day.n; i++) {
		mem_free(r->per_day.at[i].duty);
		mem_free(r->per_day.at[i].notes);
		mem_free(r->per_day.at[i].exceptions);
	}
	vec_free(&r->per_day);
}

static void free_off(struct report_off *at, size_t n)
{
	for (size_t i = 0; i < n; i++)
		mem_free(at[i].why);
}

static void free_zones(struct report *r)
{
	for (size_t i = 0; i < r->zones.n; i++) {
		struct report_zone *z = &r->zones.at[i];
		mem_free(z->name);
		mem_free(z->title);
		mem_free(z->area);
		free_off(z->off.at, z->off.n);
		vec_free(&z->off);
	}
	vec_free(&r->zones);
}

static void free_entries(struct report *r)
{
	for (size_t i = 0; i < r->unaired.n; i++) {
		struct report_unaired *u = &r->unaired.at[i];
		char *all[] = { u->title, u->zones, u->directives, u->note };
		for (size_t k = 0; k < sizeof all / sizeof *all; k++)
			mem_free(all[k]);
	}
	vec_free(&r->unaired);
	for (size_t i = 0; i < r->logbook.n; i++) {
		struct report_entry *e = &r->logbook.at[i];
		char *all[] = { e->title, e->directives, e->zones, e->approved_by, e->operator, e->note, e->campaign };
		for (size_t k = 0; k < sizeof all / sizeof *all; k++)
			mem_free(all[k]);
	}
	vec_free(&r->logbook);
}

void report_free(struct report **report)
{
	struct report *r = *report;
	if (!r)
		return;
	free_directives(r);
	free_days(r);
	free_zones(r);
	for (size_t i = 0; i < r->classes.n; i++)
		mem_free(r->classes.at[i].language);
	vec_free(&r->classes);
	free_entries(r);
	vec_free(&r->strip);
	free_off(r->station_off.at, r->station_off.n);
	vec_free(&r->station_off);
	for (size_t i = 0; i < r->pictures.n; i++) {
		mem_free(r->pictures.at[i].name);
		mem_free(r->pictures.at[i].data);
	}
	vec_free(&r->pictures);
	paper_free(&r->paper);
	char *all[] = { r->station, r->name, r->unit, r->reports_to, r->names_before, r->title, r->filter, r->seal };
	for (size_t k = 0; k < sizeof all / sizeof *all; k++)
		mem_free(all[k]);
	mem_free(r);
	*report = NULL;
}
