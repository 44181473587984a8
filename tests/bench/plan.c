/* How long 10,000 rules take to be planned over 366 days: one line for `make bench`.
 * Half of the rules fire every day, the rest on some days or in some weeks only; two bulletins each, six
 * zones for one rule in ten, else one. */
#include "schedule/plan.h"
#include "schedule/tz.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { RULES = 10000, BULLETINS = 500, ZONES = 6, DAYS = 366, RUNS = 5 };

static struct station *big_station(void)
{
	struct station *s = station_new();
	s->code = mem_dup("00000");
	s->tz = tz_fixed(7 * 3600);
	vec_push(&s->outputs, (struct output){ .rate = 48000, .channels = ZONES });
	for (int i = 0; i < ZONES; i++)
		vec_push(&s->zones, (struct zone){ .name = mem_printf("cum-%d", i + 1), .on = true });
	for (int i = 0; i < BULLETINS; i++) {
		struct bulletin b = {
			.name = mem_printf("b-%d", i), .campaign = -1, .days = { DAY_MIN, DAY_MAX }
		};
		vec_push(&b.audio, (struct recording){ .state = RECORDING_READY, .ms = 20000 + i });
		vec_push(&s->bulletins, b);
	}
	for (int i = 0; i < RULES; i++) {
		struct rule r = {
			.kind = RULE_REPEAT, .name = mem_printf("r-%d", i), .days = { DAY_MIN, DAY_MAX }
		};
		r.weekdays = i % 2 ? 0x7F : (uint8_t)(1 + i % 127);
		r.zones = i % 10 ? (zone_set)1 << i % ZONES : (1 << ZONES) - 1;
		vec_push(&r.at, (tod_ms)(18000000 + i * 7919 % 57600 * 1000));
		for (int k = 0; k < 2; k++)
			vec_push(
			        &r.play, (struct list_item){ .bulletin = (i + k) % BULLETINS, .anchor = -1 });
		vec_push(&s->rules, r);
	}
	return s;
}

static double plan_year(const struct station *s, size_t *airings)
{
	struct timespec t0, t1;
	struct plan p = { 0 };
	*airings = 0;
	clock_gettime(CLOCK_MONOTONIC, &t0);
	for (day_num day = 18628; day < 18628 + DAYS; day++) {
		p.items.n = 0;
		plan_day(s, day, &p);
		*airings += p.items.n;
	}
	clock_gettime(CLOCK_MONOTONIC, &t1);
	plan_free(&p);
	return (double)(t1.tv_sec - t0.tv_sec) + (double)(t1.tv_nsec - t0.tv_nsec) / 1e9;
}

static int by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x > y) - (x < y);
}

int main(void)
{
	struct station *s = big_station();
	double seconds[RUNS];
	size_t airings = 0;
	for (int i = 0; i < RUNS; i++)
		seconds[i] = plan_year(s, &airings);
	qsort(seconds, RUNS, sizeof *seconds, by_size);
	printf("plan: %d rules x %d days: %zu airings in %.2f s (at most 2)\n", RULES, DAYS, airings,
	        seconds[RUNS / 2]);
	station_free(&s);
	return EXIT_SUCCESS;
}
