/* Station, outputs, zones, guards and limits.  Codes of communes are text: 01234 and 1234 are two. */
#include "base/i18n.h"
#include "config/build.h"
#include "config/take.h"
#include "schedule/amp-key.h"
#include "schedule/tz.h"

#include <stdlib.h>
#include <string.h>

static void check_code(struct build *b, const struct block *block)
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ._-";
	size_t n = strlen(block->title);
	if (n < 1 || n > 48 || strspn(block->title, letters) != n)
		finding_add(b->fs, FINDING_ERROR, "bad-name", block->place,
			N_("the station's code \"{1}\" cannot be used — it is 1 to 48 letters, digits, "
			   "\".\", \"_\", "
			   "\"-\" — write the commune's code, e.g. station \"22363\"."),
			block->title, NULL);
}

/* A name of tzdata, never a way out of its folder. */
static bool is_zone_name(const char *zone)
{
	static const char letters[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_+-/";
	return *zone && *zone != '/' && strlen(zone) <= 64 && zone[strspn(zone, letters)] == '\0';
}

static struct tz *load_zone(struct build *b, const char *zone)
{
	size_t bytes = 0;
	void *tzif = is_zone_name(zone) ? b->env->tzif(b->env->self, zone, &bytes) : NULL;
	struct tz *tz = tzif ? tz_new(tzif, bytes) : NULL;
	free(tzif);
	return tz;
}

static char *audio_dir(struct build *b, const struct block *block)
{
	if (b->audio_dir)
		return mem_dup(b->audio_dir);
	char *written = take_text_or(b->fs, block, "audio-dir", ".");
	char *dir = *written == '/' ? mem_dup(written) : mem_printf("%s/%s", b->base, written);
	mem_free(written);
	return dir;
}

/* Whether it is there is another question, as with a sink. */
static void take_microphone(struct build *b, const struct block *block)
{
	b->st->microphone = take_text(b->fs, block, "microphone");
	if (b->st->microphone && (strncmp(b->st->microphone, "alsa:", 5) || !b->st->microphone[5]))
		finding_add(b->fs, FINDING_ERROR, "bad-microphone", block_place(block, block_get(block, "microphone")),
			N_("microphone = \"{1}\" is not known — it is alsa:DEVICE — write e.g. microphone = "
			   "\"alsa:hw:CARD=Mic\"."),
			b->st->microphone, NULL);
}

/* Whether it is there is another question; many a schedule is checked on another machine. */
static void take_on_fault(struct build *b, const struct block *block)
{
	int words = 0, length;
	b->st->on_fault = take_text(b->fs, block, "on-fault");
	for (const char *at = b->st->on_fault; at && amp_key_word(&at, &length);)
		words++;
	if (b->st->on_fault && (words < 1 || words > AMP_KEY_WORDS))
		finding_add(b->fs, FINDING_ERROR, "bad-on-fault", block_place(block, block_get(block, "on-fault")),
			N_("on-fault = \"{1}\" names no program — it is a program with at most 15 arguments, without a "
			   "shell — write e.g. on-fault = \"/usr/local/bin/bao-loi canbo@xa.vn\"."),
			b->st->on_fault, NULL);
}

void build_station(struct build *b, const struct block *block)
{
	struct station *st = b->st;
	if (st->code) {
		char *where = mem_printf("%s:%d", st->place.file, st->place.line);
		finding_add(b->fs, FINDING_ERROR, "duplicate-name", block->place,
			N_("station stands here a second time — {1} has one already, and a folder is one "
			   "station — "
			   "keep one of the two."),
			where, NULL);
		mem_free(where);
		return;
	}
	check_code(b, block);
	take_required(b->fs, block);
	st->code = mem_dup(block->title);
	st->place = block->place;
	st->name = take_text_or(b->fs, block, "name", "");
	st->unit = take_text_or(b->fs, block, "unit", "");
	st->reports_to = take_text_or(b->fs, block, "reports-to", "");
	st->language = mem_dup(take_word(b->fs, block, "language", 0) == 1 ? "en" : "vi");
	st->approval = take_yes(b->fs, block, "approval");
	st->sample = take_yes(b->fs, block, "sample");
	st->keep_speech = take_yes(b->fs, block, "keep-speech");
	take_microphone(b, block);
	take_on_fault(b, block);
	build_paper(b, block);
	st->audio_dir = audio_dir(b, block);
	st->timezone = take_text_or(b->fs, block, "timezone", "");
	st->tz = load_zone(b, st->timezone);
	if (!st->tz && block_get(block, "timezone"))
		finding_add(b->fs, FINDING_ERROR, "timezone-unknown", block_place(block, block_get(block, "timezone")),
			N_("the time zone \"{1}\" is not known here — names are those of the package tzdata "
			   "— write "
			   "e.g. timezone = \"Asia/Ho_Chi_Minh\"."),
			st->timezone, NULL);
}

void build_drill(struct build *b, const struct block *block)
{
	if (!block_get(block, "drill"))
		return;
	int words = build_key_ref(b, NAMES_BULLETIN, block, "drill");
	b->st->drill = words;
	if (words >= 0 && b->st->bulletins.at[words].relay.source)
		finding_add(b->fs, FINDING_ERROR, "relay", block_place(block, block_get(block, "drill")),
			N_("drill = \"{1}\" is a relay — the words before and after a drill must be heard whole — name a "
			   "bulletin with a recording."),
			b->st->bulletins.at[words].name, NULL);
}

/* Whether the device is there is another question: a schedule is checked on any computer. */
static bool sink_known(const char *sink)
{
	static const char *const kinds[] = { "alsa:", "ao:", "file:" };
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strncmp(sink, kinds[i], strlen(kinds[i])))
			return sink[strlen(kinds[i])] != '\0';
	return !strcmp(sink, "dry-run");
}

static void check_amp(struct build *b, const struct block *block, const char *text)
{
	struct amp_key key;
	if (text && !amp_key(text, &key))
		finding_add(b->fs, FINDING_ERROR, "bad-amplifier", block_place(block, block_get(block, "key")),
			N_("key = \"{1}\" switches no amplifier — it is gpio:CHIP/LINE or command:PROGRAM with at "
			   "most 15 arguments — write e.g. key = \"gpio:gpiochip0/17\" or "
			   "key = \"command:/usr/local/bin/amp\"."),
			text, NULL);
}

static bool room_left(struct build *b, const struct block *block, size_t n, size_t most, const char *shown)
{
	if (n < most)
		return true;
	build_complain(b, block, NULL, "too-many",
		N_("{1} \"{2}\" is one too many — a station has {3} of them at most — take one away."), shown);
	return false;
}

/* What is listened to in the studio must never be heard in the village. */
static void check_monitor(struct build *b, const struct block *block, const struct output *out)
{
	const struct station *st = b->st;
	int monitor = station_monitor(st);
	struct place at = block_place(block, block_get(block, out->monitor ? "monitor" : "sink"));
	if (out->monitor && monitor >= 0)
		finding_add(b->fs, FINDING_ERROR, "monitor", at,
			N_("output \"{1}\" is a second monitor — \"{2}\" is one already, and what is listened to goes "
			   "to one place — take monitor = yes away from one of them."),
			out->name, st->outputs.at[monitor].name, NULL);
	for (size_t i = 0; i < st->outputs.n; i++)
		if (st->outputs.at[i].monitor != out->monitor && station_same_device(st->outputs.at[i].sink, out->sink))
			finding_add(b->fs, FINDING_ERROR, "monitor", at,
				N_("outputs \"{1}\" and \"{2}\" are one device, and one of them is the monitor — the "
				   "village would hear what is only listened to — give the monitor a device of its "
				   "own."),
				out->name, st->outputs.at[i].name, NULL);
}

void build_output(struct build *b, const struct block *block)
{
	if (!room_left(b, block, b->st->outputs.n, OUTPUTS_MAX, "8") ||
		!build_enter(b, NAMES_OUTPUT, block, b->st->outputs.n))
		return;
	take_required(b->fs, block);
	struct output out = { .name = mem_dup(block->title), .place = block->place };
	out.sink = take_text_or(b->fs, block, "sink", "dry-run");
	if (!sink_known(out.sink))
		finding_add(b->fs, FINDING_ERROR, "bad-sink", block_place(block, block_get(block, "sink")),
			N_("sink = \"{1}\" is not known — it is alsa:DEVICE, ao:DRIVER, file:PATH or dry-run "
			   "— write "
			   "e.g. sink = \"alsa:hw:CARD=Device\"."),
			out.sink, NULL);
	out.rate = take_number(b->fs, block, "rate", 48000);
	out.channels = take_number(b->fs, block, "channels", 1);
	out.high_pass = take_number(b->fs, block, "high-pass", 0);
	out.warm_up_ms = (int32_t)take_duration(b->fs, block, "warm-up", 0);
	out.idle = (enum idle)take_word(b->fs, block, "idle", IDLE_CLOSE);
	out.key = take_text(b->fs, block, "key");
	check_amp(b, block, out.key);
	out.monitor = take_yes(b->fs, block, "monitor");
	check_monitor(b, block, &out);
	vec_push(&b->st->outputs, out);
}

/* Two clusters on one channel would be one cluster with two names in the log. */
static void check_channel(struct build *b, const struct block *block, const struct zone *zone)
{
	const struct output *out = &b->st->outputs.at[zone->output];
	char channel[16], channels[16];
	snprintf(channel, sizeof channel, "%d", zone->channel);
	snprintf(channels, sizeof channels, "%d", out->channels);
	if (zone->channel > out->channels)
		finding_add(b->fs, FINDING_ERROR, "channel-missing", block_place(block, block_get(block, "channel")),
			N_("zone \"{1}\" hangs on channel {2} of output \"{3}\" — that has only {4} — choose "
			   "another "
			   "channel, or raise channels = … if the device has more."),
			zone->name, channel, out->name, channels, NULL);
	for (size_t i = 0; i < b->st->zones.n; i++) {
		const struct zone *other = &b->st->zones.at[i];
		if (other->output == zone->output && other->channel == zone->channel)
			finding_add(b->fs, FINDING_ERROR, "channel-twice",
				block_place(block, block_get(block, "channel")),
				N_("zone \"{1}\" hangs on channel {2} of output \"{3}\" — zone \"{4}\" does "
				   "already, "
				   "and one channel is one cluster — choose another channel."),
				zone->name, channel, out->name, other->name, NULL);
	}
}

/* 0 when nobody can tell: it must not collide with the channel of a zone that is right. */
static int take_channel(struct build *b, const struct block *block)
{
	size_t before = b->fs->errors;
	int channel = take_number(b->fs, block, "channel", 1);
	bool cut_off = block->broken && !block_get(block, "channel");
	return cut_off || b->fs->errors > before ? 0 : channel;
}

void build_zone(struct build *b, const struct block *block)
{
	if (!room_left(b, block, b->st->zones.n, ZONES_MAX, "64") || !build_enter(b, NAMES_ZONE, block, b->st->zones.n))
		return;
	take_required(b->fs, block);
	struct zone zone = { .name = mem_dup(block->title), .place = block->place };
	zone.title = take_text_or(b->fs, block, "name", zone.name);
	zone.area = take_text(b->fs, block, "area");
	zone.output = build_key_ref(b, NAMES_OUTPUT, block, "output");
	zone.channel = take_channel(b, block);
	zone.volume = take_number(b->fs, block, "volume", 100);
	zone.speakers = take_number(b->fs, block, "speakers", 0);
	zone.on = take_yes(b->fs, block, "on");
	if (zone.output >= 0 && zone.channel)
		check_channel(b, block, &zone);
	if (zone.output >= 0 && b->st->outputs.at[zone.output].monitor)
		finding_add(b->fs, FINDING_ERROR, "monitor", block_place(block, block_get(block, "output")),
			N_("zone \"{1}\" hangs on output \"{2}\", which is the monitor — that one is for headphones in "
			   "the studio — hang the zone on another output, or take monitor = yes away."),
			zone.name, b->st->outputs.at[zone.output].name, NULL);
	vec_push(&b->st->zones, zone);
}

void build_guard(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_GUARD, block, b->st->guards.n))
		return;
	take_required(b->fs, block);
	struct guard g = { .name = mem_dup(block->title), .place = block->place };
	g.from = take_time(b->fs, block, "from");
	g.to = take_time(b->fs, block, "to");
	if (g.from >= 0 && g.from == g.to)
		build_complain(b, block, "to", "bad-time",
			N_("{1} \"{2}\" ends when it begins — it would guard nothing or the whole day — give "
			   "it an "
			   "end that differs."),
			NULL);
	g.action = (enum guard_action)take_word(b->fs, block, "action", GUARD_REFUSE);
	g.zones = build_zones(b, block);
	vec_push(&b->st->guards, g);
}

void build_limit(struct build *b, const struct block *block)
{
	if (!build_enter(b, NAMES_LIMIT, block, b->st->limits.n))
		return;
	struct limit l = { .name = mem_dup(block->title), .place = block->place };
	l.weekdays = take_days(b->fs, block);
	l.sessions_per_day = take_number(b->fs, block, "sessions-per-day", -1);
	l.minutes_per_session = take_number(b->fs, block, "minutes-per-session", -1);
	take_range(b->fs, block, "minutes-per-day", &l.minutes_min, &l.minutes_max);
	bool says = block_get(block, "sessions-per-day") || block_get(block, "minutes-per-session") ||
		    block_get(block, "minutes-per-day");
	if (!says && !block->broken)
		build_complain(b, block, NULL, "missing-key",
			N_("{1} \"{2}\" limits nothing — it needs sessions-per-day, minutes-per-session or "
			   "minutes-per-day — add one of them."),
			NULL);
	vec_push(&b->st->limits, l);
}
