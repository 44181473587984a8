/* years DIR LAST-DAY AIRINGS: a live journal of a commune with six loudspeakers that aired 92 times a day in each of
 * them (46 in the morning, 46 in the evening, 45 s each), for as many days before LAST-DAY as it takes; 1,000,000
 * airings are five years.  Rows and chain as the station writes them, but in great commits.  Prints
 * airings, rows, bytes, milliseconds, head. */
#include "base/mem.h"
#include "journal/ledger.h"
#include "journal/sealer.h"
#include "schedule/civil.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

enum { ZONES = 6, SLOTS = 92, FRAMES = 45 * 48000, COMMIT = 20000 };

#define SHA "811710099eb7cb1a037bb880599c2482b418a02051775a3107d703948f8350ad"

struct years {
	struct ledger *ledger;
	struct sealer *sealer;
	struct tz *tz;
	int64_t rows, airings;
	int64_t mono;
	struct text body;
};

struct slot {
	wall_us at, firing;
	const char *session, *bulletin, *title, *campaign, *class;
	char planned[RFC3339_BYTES], ended[RFC3339_BYTES], fired[RFC3339_BYTES];
	int place;
};

static void die(const char *what)
{
	fprintf(stderr, "years: %s\n", what);
	exit(1);
}

static void add(struct years *y, wall_us wall, const char *kind, const char *airing, wall_us planned)
{
	struct chain_row r = { .wall_us = wall.us, .mono_us = y->mono += 1000,
		.boot = "4f3a1f0e-6c0b-4a52-9a43-0d6f6f1f7a11", .clock = 1, .kind = kind, .airing = airing,
		.planned_us = airing ? planned.us : 0, .body = text_str(&y->body) };
	enum ledger_trouble t = ledger_add(y->ledger, &r);
	if (!t)
		t = sealer_after(y->sealer, y->ledger, &r);
	if (!t && ++y->rows % COMMIT == 0)
		t = ledger_commit(y->ledger);
	if (t)
		die(ledger_trouble_text(t));
	text_clear(&y->body);
}

static void airing_id(const struct slot *s, int zone, char id[128])
{
	snprintf(id, 128, "22363/%s/%s/%d.%s/cum-%d", s->session, s->fired, s->place, s->bulletin, zone + 1);
}

static void write_airing(struct years *y, const struct slot *s, int zone, const char *id, bool verdict)
{
	bool missed = verdict && s->place == 17 && zone == 3;
	bool heard = verdict && !missed;
	text_addf(&y->body, "{\"id\":\"%s\",\"kind\":\"planned\",\"from\":\"session:%s\",\"planned\":\"%s\",", id, s->session,
		s->planned);
	if (heard)
		text_addf(&y->body, "\"started\":\"%s\",\"ended\":\"%s\",", s->planned, s->ended);
	else
		text_addf(&y->body, "\"started\":null,\"ended\":null,");
	text_addf(&y->body,
		"\"station\":\"22363\",\"station_name\":\"Đài truyền thanh phường Lộc Thọ\",\"zone\":\"cum-%d\","
		"\"zone_name\":\"Cụm loa %d\",\"bulletin\":\"%s\",\"title\":\"%s\",",
		zone + 1, zone + 1, s->bulletin, s->title);
	if (s->campaign)
		text_addf(&y->body, "\"campaign\":\"%s\",\"directives\":[\"1704/STTTT-TTBCXB\",\"4172/UBND-VHTT\"],",
			s->campaign);
	else
		text_addf(&y->body, "\"campaign\":null,\"directives\":[],");
	text_addf(&y->body, "\"class\":\"%s\",\"priority\":\"normal\",\"state\":%s,\"reason\":%s,\"frames_total\":%d,", s->class,
		heard ? "\"aired\"" : missed ? "\"missed\"" : "null", missed ? "\"station-off\"" : "null", FRAMES);
	text_addf(&y->body, "\"frames_played\":%d,\"segments\":[", heard ? FRAMES : 0);
	if (heard)
		text_addf(&y->body, "[0,%d,\"%s\"]", FRAMES, s->planned);
	text_addf(&y->body,
		"],\"lateness_ms\":%s,\"operator\":null,\"uid\":null,\"approved_by\":\"Chủ tịch UBND phường\","
		"\"audio_sha256\":\"" SHA "\",\"made_up\":false,\"rehearsal\":false,\"test\":false}",
		heard ? "0" : "null");
}

static void write_progress(struct years *y, const struct slot *s, int tens)
{
	char id[128];
	text_add(&y->body, "{\"heard\":[");
	for (int z = 0; z < ZONES; z++) {
		airing_id(s, z, id);
		text_addf(&y->body, "%s[\"%s\",%d]", z ? "," : "", id, tens * 480000);
	}
	text_add(&y->body, "]}");
	add(y, (wall_us){ s->at.us + tens * 10 * US_PER_S }, "progress", NULL, s->at);
}

static void write_slot(struct years *y, const struct slot *s)
{
	char id[128];
	for (int z = 0; z < ZONES; z++, y->airings++) {
		airing_id(s, z, id);
		write_airing(y, s, z, id, false);
		add(y, (wall_us){ s->at.us - 2 * US_PER_S }, "intent", id, s->at);
	}
	for (int z = 0; z < ZONES; z++) {
		airing_id(s, z, id);
		text_addf(&y->body, "{\"frame\":0,\"at_us\":%lld,\"text_sha256\":\"" SHA "\"}", (long long)s->at.us);
		add(y, s->at, "started", id, s->at);
	}
	for (int tens = 1; tens <= 4; tens++)
		write_progress(y, s, tens);
	for (int z = 0; z < ZONES; z++) {
		airing_id(s, z, id);
		write_airing(y, s, z, id, true);
		add(y, (wall_us){ s->at.us + 45 * US_PER_S }, "verdict", id, s->at);
	}
}

static void write_checkpoint(struct years *y, wall_us at, const char *kind)
{
	text_addf(&y->body,
		"{\"boot\":\"4f3a1f0e-6c0b-4a52-9a43-0d6f6f1f7a11\",\"entered_us\":%lld,\"last_trusted_us\":%lld,"
		"\"excused_until\":0,\"timezone\":\"Asia/Ho_Chi_Minh\",\"sample\":true,\"station\":\"22363\",\"station_name\":"
		"\"Đài truyền thanh phường Lộc Thọ\",\"zones\":[",
		(long long)at.us, (long long)at.us);
	for (int z = 0; z < ZONES; z++)
		text_addf(&y->body, "%s\"cum-%d\"", z ? "," : "", z + 1);
	text_add(&y->body, "],\"notes\":[");
	for (int z = 0; z < ZONES; z++)
		text_addf(&y->body,
			"%s{\"off\":false,\"off_reason\":null,\"off_by\":null,\"off_since_us\":0,\"held\":false,"
			"\"held_by\":null,\"held_since_us\":0}",
			z ? "," : "");
	text_add(&y->body,
		"],\"alarms\":[],\"open\":[],\"numbers\":[],\"ended_firings\":[],\"orders\":[],\"skips\":[],\"accounted\":[]}");
	add(y, at, kind, NULL, at);
}

/* What people do on a day: two on duty, a note now and then, a zone that is mended. */
static void write_people(struct years *y, wall_us at, int64_t nth)
{
	text_add(&y->body, "{\"name\":\"Người trực A\",\"by\":\"truc\",\"uid\":1000}");
	add(y, at, "duty", NULL, at);
	if (nth % 3 == 0) {
		text_add(&y->body, "{\"text\":\"Mưa to, loa cụm 4 nghe nhỏ\",\"by\":\"Người trực A\",\"uid\":1000}");
		add(y, at, "note", NULL, at);
	}
	if (nth % 40 == 0) {
		text_add(&y->body, "{\"zones\":[\"cum-4\"],\"reason\":\"hỏng dây\",\"by\":\"Người trực A\",\"uid\":1000}");
		add(y, at, "off", NULL, at);
		text_add(&y->body, "{\"zones\":[\"cum-4\"],\"by\":\"Người trực A\",\"uid\":1000}");
		add(y, (wall_us){ at.us + US_PER_S }, "on", NULL, at);
	}
}

static void write_day(struct years *y, day_num day, int64_t nth)
{
	static const struct {
		const char *bulletin, *title, *campaign, *class;
	} what[] = { { "nhac-hieu", "Nhạc hiệu", NULL, "signature" },
		{ "bz-cai-dat", "Hướng dẫn cài đặt Bluezone", "bluezone", "announcement" },
		{ "ncovi-khai-bao", "Khai báo y tế trên NCOVI", "bluezone", "announcement" },
		{ "tin-phuong", "Tin trong phường", NULL, "news" } };
	write_checkpoint(y, tz_instant(y->tz, day, 0), nth ? "day" : "start");
	for (int half = 0; half < 2; half++) {
		wall_us first = tz_instant(y->tz, day, half ? 61200000 : 19800000);
		write_people(y, (wall_us){ first.us - 900 * US_PER_S }, nth);
		for (int n = 0; n < SLOTS / 2; n++) {
			struct slot s = { .at = { first.us + n * 46 * US_PER_S }, .firing = first, .session = half ? "chieu" : "sang",
				.bulletin = what[n % 4].bulletin, .title = what[n % 4].title, .campaign = what[n % 4].campaign,
				.class = what[n % 4].class, .place = n + 1 };
			tz_rfc3339(y->tz, s.at, s.planned);
			tz_rfc3339(y->tz, (wall_us){ s.at.us + 45 * US_PER_S }, s.ended);
			tz_compact(y->tz, first, s.fired);
			write_slot(y, &s);
		}
	}
}

int main(int argc, char **argv)
{
	struct years y = { 0 };
	day_num last;
	if (argc != 4 || !value_date(argv[2], &last) || atoll(argv[3]) <= 0)
		die("DIR LAST-DAY AIRINGS");
	int64_t days = (atoll(argv[3]) + ZONES * SLOTS - 1) / (ZONES * SLOTS);
	enum ledger_trouble t;
	struct stat st;
	struct timespec t0, t1;
	char *path = mem_printf("%s/journal.db", argv[1]), head[SHA256_HEX];
	mkdir(argv[1], 0750);
	y.ledger = ledger_open(path, LEDGER_LIVE, &t);
	if (!y.ledger || ledger_last(y.ledger))
		die(y.ledger ? "there is a journal already" : ledger_trouble_text(t));
	y.sealer = sealer_new(argv[1]);
	y.tz = tz_fixed(7 * 3600);
	clock_gettime(CLOCK_MONOTONIC, &t0);
	for (int64_t d = 0; d < days; d++)
		write_day(&y, last - (day_num)(days - 1 - d), d);
	if ((t = ledger_commit(y.ledger)) || (t = ledger_settle(y.ledger)))
		die(ledger_trouble_text(t));
	clock_gettime(CLOCK_MONOTONIC, &t1);
	sha256_hex(ledger_head(y.ledger), head);
	y.rows = ledger_last(y.ledger);
	sealer_free(&y.sealer);
	ledger_close(&y.ledger);
	if (stat(path, &st))
		die("no file");
	printf("%lld %lld %lld %lld %s\n", (long long)y.airings, (long long)y.rows, (long long)st.st_size,
		(long long)((t1.tv_sec - t0.tv_sec) * 1000 + (t1.tv_nsec - t0.tv_nsec) / 1000000), head);
	text_free(&y.body);
	tz_free(&y.tz);
	mem_free(path);
	return 0;
}
