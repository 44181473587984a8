/* What the journal's system tests need from inside:
 *   journal-tool write DIR live|rehearsal   a journal from lines on standard input
 *   journal-tool append DIR N               N live rows; prints each row's number once it is durable
 *   journal-tool list DIR                   the numbers of the rows that `append` wrote
 *   journal-tool verify DIR                 "ROWS HEAD", or what is wrong and exit 1
 * Lines of `write`:  KIND PLANNED FROM PLACE.BULLETIN CLASS ZONE STATE REASON SECONDS  ("-" = null)
 *   FROM is session:sang@FIRING, or without @FIRING one that begins at PLANNED;
 *   "zones Z Z …" writes the start row that names the zones. */
#include "base/json.h"
#include "base/mem.h"
#include "journal/journal.h"
#include "journal/reader.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define RATE 48000

static void append(struct journal *j, wall_us at, const char *kind, const char *airing, const char *body)
{
	struct journal_port p = journal_port(j);
	p.append(p.self, &(struct journal_row){ .wall = at, .mono = { at.us }, .clock = CLOCK_SYNCED, .kind = kind,
				.airing = airing, .planned = at, .body = body });
}

/* ── write ── */

struct words {
	char *at[80];
	int n;
};

static struct words split(char *line)
{
	struct words w = { .n = 0 };
	char *save = NULL;
	for (char *s = strtok_r(line, " \n", &save); s && w.n < 80; s = strtok_r(NULL, " \n", &save))
		w.at[w.n++] = strcmp(s, "-") ? s : NULL;
	return w;
}

static void add_segment(struct text *t, const char *stamp, int64_t frames)
{
	json_open(t, "segments", '[');
	if (frames) {
		json_open(t, NULL, '[');
		json_int(t, NULL, 0);
		json_int(t, NULL, frames);
		json_str(t, NULL, stamp);
		json_close(t, ']');
	}
	json_close(t, ']');
}

static void write_airing(struct journal *j, struct words w, bool rehearsal)
{
	struct tz *tz = tz_fixed(7 * 3600);
	struct text t = { 0 };
	char planned[RFC3339_BYTES], ended[RFC3339_BYTES], firing[RFC3339_BYTES];
	wall_us at, fired;
	char *begin = w.n == 9 ? strchr(w.at[2], '@') : NULL;
	if (begin)
		*begin++ = '\0';
	if (w.n != 9 || !value_instant(w.at[1], tz, &at) || !value_instant(begin ? begin : w.at[1], tz, &fired)) {
		fprintf(stderr, "journal-tool: 9 words wanted, an instant the second\n");
		exit(2);
	}
	int64_t ms = w.at[8] ? atoi(w.at[8]) * 1000 : 0, frames = ms * RATE / 1000;
	tz_rfc3339(tz, at, planned);
	tz_rfc3339(tz, (wall_us){ at.us + ms * 1000 }, ended);
	tz_compact(tz, fired, firing);
	const char *colon = strchr(w.at[2], ':'), *bulletin = strchr(w.at[3], '.') + 1;
	char *id = mem_printf("22363/%s/%s/%s/%s", colon ? colon + 1 : w.at[2], firing, w.at[3], w.at[5]);
	char *title = mem_printf("Bản tin \"%s\"", bulletin), *zone = mem_printf("Cụm loa %s", strchr(w.at[5], '-') + 1);
	bool verdict = !strcmp(w.at[0], "verdict"), test = !strcmp(w.at[4], "test");
	json_open(&t, NULL, '{');
	json_str(&t, "id", id);
	json_str(&t, "kind", colon ? !strncmp(w.at[2], "emergency", 9) ? "emergency" : "planned" : "manual");
	json_str(&t, "from", w.at[2]);
	json_str(&t, "planned", planned);
	json_str(&t, "started", ms ? planned : NULL);
	json_str(&t, "ended", ms ? ended : NULL);
	json_str(&t, "station", "22363");
	json_str(&t, "station_name", "Đài truyền thanh phường Lộc Thọ");
	json_str(&t, "zone", w.at[5]);
	json_str(&t, "zone_name", zone);
	json_str(&t, "bulletin", bulletin);
	json_str(&t, "title", title);
	json_str(&t, "campaign", "bluezone");
	json_open(&t, "directives", '[');
	json_str(&t, NULL, "4172/UBND-VHTT");
	json_close(&t, ']');
	json_str(&t, "class", w.at[4]);
	json_str(&t, "priority", test ? "test" : !strncmp(w.at[2], "emergency", 9) ? "emergency" : "normal");
	json_str(&t, "state", verdict ? w.at[6] : NULL);
	json_str(&t, "reason", verdict ? w.at[7] : NULL);
	json_int(&t, "frames_total", frames);
	json_int(&t, "frames_played", frames);
	add_segment(&t, planned, frames);
	json_int(&t, "lateness_ms", 0);
	json_str(&t, "operator", colon ? NULL : "=Người trực");
	json_str(&t, "uid", NULL);
	json_str(&t, "approved_by", "Chủ tịch UBND phường");
	json_str(&t, "audio_sha256", NULL);
	json_bool(&t, "made_up", false);
	json_bool(&t, "rehearsal", rehearsal);
	json_bool(&t, "test", test);
	json_close(&t, '}');
	append(j, at, w.at[0], id, text_str(&t));
	text_free(&t);
	mem_free(id);
	mem_free(title);
	mem_free(zone);
	tz_free(&tz);
}

static void write_zones(struct journal *j, struct words w)
{
	struct text t = { 0 };
	json_open(&t, NULL, '{');
	json_open(&t, "zones", '[');
	for (int i = 1; i < w.n; i++)
		json_str(&t, NULL, w.at[i]);
	json_close(&t, ']');
	json_close(&t, '}');
	append(j, (wall_us){ 1 }, "start", NULL, text_str(&t));
	text_free(&t);
}

static void write_lines(struct journal *j, bool rehearsal)
{
	char line[1000];
	while (fgets(line, sizeof line, stdin)) {
		struct words w = split(line);
		if (!w.n)
			continue;
		if (!strcmp(w.at[0], "zones"))
			write_zones(j, w);
		else
			write_airing(j, w, rehearsal);
	}
}

/* ── append: dies by kill -9 at any moment ── */

static void say(uint64_t *said, uint64_t durable, int first)
{
	while (*said < durable)
		printf("%d\n", first + (int)(*said)++);
	fflush(stdout);
}

static void append_rows(struct journal *j, int n)
{
	struct journal_port p = journal_port(j);
	struct journal_reader back;
	struct journal_row row;
	struct err err;
	int first = 0;
	uint64_t said = 0;
	char body[64];
	/* Numbers go on where the killed one stopped; rows behind its last word may or may not be there. */
	if (!journal_read_back(j, &back, &err))
		exit(2);
	while (back.next(back.self, &row))
		first = atoi(row.body + 5) + 1;
	for (int i = 0; i < n; i++) {
		snprintf(body, sizeof body, "{\"n\":%d,\"pad\":\"%032d\"}", first + i, i);
		append(j, (wall_us){ (int64_t)(first + i + 1) * US_PER_S }, i % 50 ? "verdict" : "start", i % 50 ? "a" : NULL, body);
		if (i % 3 == 0)
			p.flush(p.self);
		if (i % 7 == 0)
			p.alive(p.self, (wall_us){ first + i + 1 });
		struct pollfd wake = { .fd = journal_fd(j), .events = POLLIN };
		if (poll(&wake, 1, i % 3 ? 0 : 5) == 1)
			journal_quiet(j);
		say(&said, p.durable(p.self), first);
	}
}

static int list(const char *dir)
{
	struct err err = { "" };
	struct journal_log *log = journal_log_open(dir, &err);
	struct journal_row row;
	if (!log) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	struct journal_reader r = journal_log_everything(log, (wall_us){ 0 }, (wall_us){ US_NEVER });
	while (r.next(r.self, &row))
		printf("%d\n", atoi(row.body + 5));
	journal_log_close(&log);
	return 0;
}

static int verify(const char *dir)
{
	struct err err = { "" };
	struct journal_check c;
	bool ok = journal_verify(dir, &c, &err);
	printf("%lld %s %s\n", (long long)c.rows, c.head, ok ? "" : err.text);
	return !ok;
}

int main(int argc, char **argv)
{
	if (argc > 2 && !strcmp(argv[1], "list"))
		return list(argv[2]);
	if (argc > 2 && !strcmp(argv[1], "verify"))
		return verify(argv[2]);
	if (argc < 4)
		return 2;
	bool rehearsal = !strcmp(argv[3], "rehearsal");
	struct err err = { "" };
	struct journal *j = journal_open(argv[2], rehearsal ? JOURNAL_REHEARSAL : JOURNAL_LIVE, "boot", &err);
	if (!j) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	if (!strcmp(argv[1], "write"))
		write_lines(j, rehearsal);
	else
		append_rows(j, atoi(argv[3]));
	return !journal_close(&j);
}
