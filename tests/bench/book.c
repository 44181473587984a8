/* book DIR STATIONS: a receiver's folder with a year (2021) of that many stations, 4 clusters each that air 23 bulletins a
 * day: 300 stations are 10 million airings.  Taken in month by month, as bundles are; now and then a day is off.
 * book DIR: counts again, by plain scans over all airings, what `loaxa review` answers from its sums: prints lần of 1704 in
 * July and in the year, and how many days were not met. */
#include "base/mem.h"
#include "report/times.h"
#include "review/airings.h"
#include "review/take.h"
#include "schedule/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ZONES = 4, SLOTS = 23, OFFSET = 7 * 3600, BODIES = 10 };

static const struct {
	const char *bulletin, *title, *campaign, *directives, *class;
} program[] = {
	{ "nhac-hieu", "Nhạc hiệu", NULL, "", "signature" },
	{ "bz-cai-dat", "Hướng dẫn cài đặt Bluezone", "bluezone", "1704/STTTT-TTBCXB\n4172/UBND-VHTT\n", "announcement" },
	{ "ncovi", "Khai báo y tế NCOVI", "ncovi", "4146/UBND-KGVX\n", "announcement" },
	{ "tin", "Tin phường", NULL, "", "news" },
};
static const char *const letters[][2] = { { "bluezone", "1704/STTTT-TTBCXB" }, { "bluezone", "4172/UBND-VHTT" },
	{ "ncovi", "4146/UBND-KGVX" } };

static void die(const char *what)
{
	fprintf(stderr, "book: %s\n", what);
	exit(1);
}

static bool is_off(int station, day_num day)
{
	return (station * 31 + day) % 97 == 0;
}

/* Slots 0..11 from 05:30 on, the rest from 17:00 on, five minutes each. */
static void add_slot(struct report_log *log, int station, day_num day, int slot)
{
	int begin = slot < 12 ? 5 * 60 + 30 : 17 * 60, minute = begin + 5 * (slot < 12 ? slot : slot - 12), what = slot % 4;
	struct civil c = civil_from_day(day);
	for (int z = 1; z <= ZONES; z++) {
		struct report_row r = { .kind = "planned",
			.from = slot < 12 ? "session:sang" : "session:chieu",
			.bulletin = program[what].bulletin,
			.title = program[what].title,
			.campaign = program[what].campaign,
			.directives = program[what].directives,
			.class = program[what].class,
			.priority = "normal",
			.approved_by = "Chủ tịch UBND phường",
			.offset_s = OFFSET,
			.planned = { (((int64_t)day * 1440 + minute) * 60 - OFFSET) * US_PER_S } };
		char *id = mem_printf("%05d/%s/%04d%02d%02dT%02d%02d00+0700/%d.%s/cum-%d", station, r.from + 8, c.year, c.month, c.day,
			begin / 60, begin % 60, slot + 1, r.bulletin, z);
		char *zone = mem_printf("Cụm loa %d", z);
		bool off = is_off(station, day);
		r.id = intern_string(log->strings, id);
		r.zone_name = intern_string(log->strings, zone);
		r.zone = r.zone_name;
		r.state = off ? STATE_MISSED : STATE_AIRED;
		r.reason = off ? REASON_STATION_OFF : REASON_NONE;
		r.started = off ? (wall_us){ 0 } : r.planned;
		r.ended = off ? (wall_us){ 0 } : (wall_us){ r.planned.us + 45 * US_PER_S };
		r.heard_ms = off ? 0 : 45000;
		vec_push(&log->rows, r);
		mem_free(id);
		mem_free(zone);
	}
}

static void add_letter(struct report *r, const struct times *times, size_t letter, day_span days)
{
	struct report_directive d = { .campaign = (char *)letters[letter][0],
		.number = (char *)letters[letter][1],
		.issuer = (char *)"Sở Thông tin và Truyền thông",
		.subject = (char *)"",
		.issued = days.from };
	for (day_num day = days.from; day <= days.until; day++) {
		const struct times_day *t = times_find(times, d.campaign, day);
		struct report_directive_day one = { .day = day, .asked_min = 2, .times = t ? t->aired : 0 };
		one.met = one.times >= 2 ? MET_YES : MET_NO;
		vec_push(&d.per_day, one);
	}
	d.issued = 18628; /* 1/1/2021 */
	vec_push(&r->directives, d);
}

static void take_month(struct review_store *s, int station, int month)
{
	struct report_log log = { .strings = intern_new() };
	struct report report = { 0 };
	struct times times = { 0 };
	struct err err = { "" };
	char code[16];
	snprintf(code, sizeof code, "%05d", station);
	struct review_bundle b = { .station = code, .name = code, .file = "b", .key = "" };
	b.days.from = civil_to_day((struct civil){ 2021, month, 1 });
	b.days.until = civil_to_day((struct civil){ 2021 + month / 12, month % 12 + 1, 1 }) - 1;
	b.to = (wall_us){ (int64_t)(b.days.until + 1) * 86400 * US_PER_S };
	b.first = (int64_t)(b.days.from - 18628) * 1000 + 1;
	b.last = (int64_t)(b.days.until + 1 - 18628) * 1000;
	snprintf(b.sha256, sizeof b.sha256, "%s %d", code, month);
	for (day_num day = b.days.from; day <= b.days.until; day++) {
		for (int slot = 0; slot < SLOTS; slot++)
			add_slot(&log, station, day, slot);
		vec_push(&b.seals, (struct review_seal){ .seq = (int64_t)(day + 1 - 18628) * 1000 });
	}
	for (size_t i = 0; i < log.rows.n; i++)
		vec_push(&b.airings, (struct review_airing){ .row = &log.rows.at[i], .seq = b.first + (int64_t)i });
	times_count(log.rows.at, log.rows.n, &times);
	for (size_t i = 0; i < sizeof letters / sizeof *letters; i++)
		add_letter(&report, &times, i, b.days);
	review_sum_up(&b, &report, &log);
	if (review_take(s, &b, (wall_us){ 1 }, &err).what != REVIEW_TAKEN)
		die(err.text);
	for (size_t i = 0; i < report.directives.n; i++)
		vec_free(&report.directives.at[i].per_day);
	vec_free(&report.directives);
	times_free(&times);
	review_bundle_free(&b);
	vec_free(&log.rows);
	intern_free(&log.strings);
}

static void write_receiver(const char *dir, int stations)
{
	char *path = mem_printf("%s/receiver.conf", dir);
	FILE *f = fopen(path, "w");
	if (!f)
		die(path);
	fputs("receiver \"tinh\" { name = \"Sở Thông tin và Truyền thông\" sample = yes }\n", f);
	for (int i = 0; i < BODIES; i++)
		fprintf(f, "body \"huyen-%d\" { name = \"UBND huyện số %d\" }\n", i, i);
	for (int i = 0; i < stations; i++)
		fprintf(f, "station \"%05d\" { name = \"Đài truyền thanh xã số %d\" part-of = \"huyen-%d\" }\n", 20000 + i, i, i % BODIES);
	/* a bundle of the sample station, to be taken in beside them */
	fputs("station \"22363\" { name = \"Đài truyền thanh phường Lộc Thọ\" part-of = \"huyen-0\" }\n", f);
	if (fclose(f))
		die(path);
	mem_free(path);
}

/* By scanning every airing: what the letters' campaign aired, firing by firing. */
static void count_plainly(struct review_store *s, day_num from, day_num until)
{
	struct review_query *q = review_query(s,
		"SELECT sum(n), sum(n < 2) FROM (SELECT count(DISTINCT f) AS n FROM (SELECT a.station, a.day, state,"
		" substr(a.id, 1, instr(a.id, 'T') + 11) AS f FROM airing a JOIN word w ON w.id = directives WHERE"
		" day BETWEEN ? AND ? AND w.text LIKE '%1704/STTTT-TTBCXB%' AND state = 1) GROUP BY station, day)");
	review_put(q, 1, from);
	review_put(q, 2, until);
	int64_t times = 0;
	while (review_row(q))
		times = review_get(q, 0);
	printf("%lld\n", (long long)times);
}

int main(int argc, char **argv)
{
	struct err err = { "" };
	if (argc < 2)
		die("book DIR [STATIONS]");
	char *path = mem_printf("%s/review.db", argv[1]);
	mkdir(argv[1], 0755);
	struct review_store *s = review_open(path, argc > 2 ? REVIEW_WRITE : REVIEW_READ, &err);
	if (!s)
		die(err.text);
	if (argc > 2) {
		write_receiver(argv[1], atoi(argv[2]));
		for (int month = 1; month <= 12; month++)
			for (int i = 0; i < atoi(argv[2]); i++)
				take_month(s, 20000 + i, month);
	} else {
		count_plainly(s, 18809, 18839);
		count_plainly(s, 18628, 18992);
	}
	review_close(&s);
	mem_free(path);
	return 0;
}
