#include "control/protocol.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/visible.h"
#include "schedule/values.h"

#include <string.h>

enum {
	VERSION = 1,
	DIR_BYTES = 1024,
	FILE_BYTES = 255,
	WHEN_BYTES = 40,
	ID_BYTES = 250,
	ZONES_BYTES = ZONES_MAX * NAME_BYTES,
	ACCEPTED_MOST = 999999
};

#define MORE_MS (INT64_C(31) * 86400 * 1000) /* of an emergency */

enum field {
	F_NAME = 1,
	F_ZONES = 2,
	F_LEVEL = 4,
	F_VOLUME = 8,
	F_REASON = 16,
	F_DIR = 32,
	F_BY = 64,
	F_LIMIT = 128,
	F_RATE = 256,
	F_SOUND = 512,
	F_FRAMES = 1024,
	F_NOW = 2048,
	F_FILE = 4096,
	F_AT = 8192,
	F_TIMES = 16384,
	F_EVERY = 32768,
	F_FOR = 65536,
	F_COPY = 1 << 17,
	F_DIGEST = 1 << 18,
	F_DATE = 1 << 19,
	F_UNDO = 1 << 20,
	F_ABOUT = 1 << 21,
	F_TEXT = 1 << 22,
	F_ORDERED = 1 << 23,
	F_MORE = 1 << 24
};

static const struct {
	unsigned bit;
	const char *key;
} fields[] = {
	{ F_NAME, "name" },
	{ F_ZONES, "zones" },
	{ F_LEVEL, "level" },
	{ F_VOLUME, "volume" },
	{ F_REASON, "reason" },
	{ F_DIR, "dir" },
	{ F_LIMIT, "limit_ms" },
	{ F_RATE, "rate" },
	{ F_SOUND, "sound" },
	{ F_FRAMES, "frames" },
	{ F_FILE, "file" },
	{ F_NOW, "now" },
	{ F_AT, "at" },
	{ F_TIMES, "times" },
	{ F_EVERY, "every_ms" },
	{ F_FOR, "for" },
	{ F_COPY, "copy" },
	{ F_DIGEST, "digest" },
	{ F_DATE, "date" },
	{ F_UNDO, "undo" },
	{ F_ABOUT, "about" },
	{ F_TEXT, "text" },
	{ F_ORDERED, "ordered_by" },
	{ F_MORE, "more_ms" },
	{ F_BY, "by" },
};

/* What each verb needs and what it may have besides; every command says who gave it. */
static const struct {
	unsigned needs, may;
} shapes[VERB_COUNT] = {
	[VERB_PLAY] = { F_BY | F_NAME, F_ZONES | F_LEVEL | F_AT | F_TIMES | F_EVERY | F_FOR },
	[VERB_SPEAK] = { F_BY | F_ZONES | F_LIMIT | F_RATE, F_LEVEL },
	[VERB_TEST] = { F_BY | F_ZONES | F_VOLUME | F_SOUND | F_FRAMES, F_NOW },
	[VERB_HEARD] = { F_BY | F_ZONES | F_NAME, 0 },
	[VERB_EMERGENCY] = { F_BY | F_NAME, F_FILE | F_SOUND | F_NOW | F_ORDERED },
	[VERB_DRILL] = { F_BY | F_NAME, F_ZONES | F_NOW | F_ORDERED },
	[VERB_EXTEND] = { F_BY | F_NAME, F_MORE },
	[VERB_CANCEL] = { F_BY | F_NAME, 0 },
	[VERB_STOP] = { F_BY | F_ZONES, 0 },
	[VERB_SKIP] = { F_BY | F_ZONES, 0 },
	[VERB_SKIP_SESSION] = { F_BY | F_NAME, F_DATE | F_UNDO },
	[VERB_HOLD] = { F_BY | F_ZONES, 0 },
	[VERB_RELEASE] = { F_BY | F_ZONES, 0 },
	[VERB_OFF] = { F_BY | F_ZONES, F_REASON },
	[VERB_ON] = { F_BY | F_ZONES, 0 },
	[VERB_VOLUME] = { F_BY | F_ZONES | F_VOLUME, 0 },
	[VERB_DUTY] = { F_BY | F_TEXT, 0 },
	[VERB_NOTE] = { F_BY | F_ABOUT | F_TEXT, 0 },
	[VERB_SILENCE] = { F_BY, 0 },
	[VERB_RELOAD] = { F_BY, F_DIR | F_DIGEST },
	[VERB_ROLLBACK] = { F_BY, F_COPY | F_DIGEST },
	[VERB_CLOCK_CONFIRM] = { F_BY, 0 },
};

const char *protocol_field(enum verb verb, size_t i, bool *needed)
{
	/* First what it needs. */
	for (int part = 0; part < 2; part++)
		for (size_t k = 0; k < sizeof fields / sizeof *fields; k++) {
			*needed = !part;
			if ((part ? shapes[verb].may : shapes[verb].needs) & fields[k].bit && !i--)
				return fields[k].key;
		}
	return NULL;
}

/* ── Requests read ────────────────────────────────────────────────────────────────────────────────────────────── */

/* What a refusal may repeat of a request. */
static const char *shown(const char *s)
{
	return strlen(s) <= 100 && visible_all(s) ? s : "…";
}

/* The text of one field as the request keeps it: in NFC, at most `most` bytes; NULL after a complaint. */
static const char *keep(struct request *r, const struct json *j, const char *key, size_t most, struct err *why)
{
	const char *given = json_get_str(j, key);
	const char *kept = NULL;
	char *s = given ? text_nfc(given) : NULL;
	size_t n = s ? strlen(s) : 0;
	if (!s)
		err_set(why, _("\"%s\" must be text"), key);
	else if (!n)
		err_set(why, _("\"%s\" is empty"), key);
	else if (n > most || r->used + n + 1 > sizeof r->pool)
		err_set(why, _("\"%s\" is longer than %zu bytes"), key, most);
	else if (!visible_all(s))
		err_set(why, _("\"%s\" holds characters that do not show (control, zero width, reversed text)"), key);
	else {
		kept = memcpy(r->pool + r->used, s, n + 1);
		r->used += n + 1;
	}
	mem_free(s);
	return kept;
}

static const char *keep_name(struct request *r, const struct json *j, const char *key, struct err *why)
{
	const char *s = keep(r, j, key, NAME_BYTES - 1, why);
	if (s && !value_name(s)) {
		err_set(why, _("\"%s\" is no name — names are a–z, 0–9, \".\", \"_\" and \"-\", at most 48"), s);
		return NULL;
	}
	return s;
}

/* "cum-1,cum-2": every part a name. */
static const char *keep_zones(struct request *r, const struct json *j, struct err *why)
{
	const char *all = keep(r, j, "zones", ZONES_BYTES, why);
	for (const char *s = all; s;) {
		char name[NAME_BYTES] = "";
		size_t n = strcspn(s, ",");
		memcpy(name, s, n < sizeof name ? n : 0);
		if (!value_name(name)) {
			err_set(why, _("zones \"%s\" are not names separated by \",\""), shown(all));
			return NULL;
		}
		s = s[n] ? s + n + 1 : NULL;
	}
	return all;
}

static bool read_level(const struct json *j, struct command *c, struct err *why)
{
	const char *s = json_get_str(j, "level");
	bool speak = c->verb == VERB_SPEAK;
	for (c->level = LEVEL_TEST; s && c->level < (speak ? LEVEL_COUNT : LEVEL_EMERGENCY); c->level++)
		if (!strcmp(s, level_name(c->level)))
			return true;
	if (speak)
		return err_set(why, _("\"level\" is test, normal, priority or emergency"));
	return err_set(why, _("\"level\" is test, normal or priority"));
}

static bool read_volume(const struct json *j, struct command *c, struct err *why)
{
	int64_t n = json_get_int(j, "volume", 0);
	c->volume = n >= 1 && n <= 100 ? (int)n : 0;
	return c->volume || err_set(why, _("\"volume\" is a whole number from 1 to 100"));
}

static bool read_rate(const struct json *j, struct command *c, struct err *why)
{
	int64_t n = json_get_int(j, "rate", 0);
	c->rate = n >= 8000 && n <= 192000 ? (int)n : 0;
	return c->rate || err_set(why, _("\"rate\" is a whole number from 8000 to 192000"));
}

static bool read_times(const struct json *j, struct command *c, struct err *why)
{
	int64_t n = json_get_int(j, "times", 0);
	c->times = n >= 1 && n <= 1000 ? (int)n : 0;
	return c->times || err_set(why, _("\"times\" is a whole number from 1 on"));
}

/* Sense is the engine's to judge; that it fits into its place is ours. */
static bool read_ms(const struct json *j, const char *key, int64_t most, int64_t *out, struct err *why)
{
	*out = json_get_int(j, key, 0);
	return (*out > 0 && *out <= most) || err_set(why, _("\"%s\" is a whole number of milliseconds"), key);
}

static const char *keep_sha256(struct request *r, const struct json *j, const char *key, struct err *why)
{
	const char *s = keep(r, j, key, 64, why);
	if (s && (strlen(s) != 64 || strspn(s, "0123456789abcdef") != 64)) {
		err_set(why, _("\"%s\" is a SHA-256: 64 digits 0–9, a–f"), key);
		return NULL;
	}
	return s;
}

static bool read_copy(const struct json *j, struct command *c, struct err *why)
{
	int64_t n = json_get_int(j, "copy", 0);
	c->copy = n >= 1 && n <= ACCEPTED_MOST ? (int)n : 0;
	return c->copy || err_set(why, _("\"copy\" is the number of an accepted schedule"));
}

static bool read_frames(const struct json *j, struct command *c, struct err *why)
{
	c->frames = json_get_int(j, "frames", 0);
	return (c->frames > 0 && c->frames <= INT32_MAX) || err_set(why, _("\"frames\" is a whole number of frames"));
}

static bool read_field(struct request *r, const struct json *j, unsigned bit, struct err *why)
{
	struct command *c = &r->command;
	switch (bit) {
	case F_NAME:
		return (c->name = keep_name(r, j, "name", why));
	case F_ZONES:
		return (c->zones = keep_zones(r, j, why));
	case F_LEVEL:
		return read_level(j, c, why);
	case F_VOLUME:
		return read_volume(j, c, why);
	case F_LIMIT:
		return read_ms(j, "limit_ms", INT32_MAX, &c->limit_ms, why);
	case F_RATE:
		return read_rate(j, c, why);
	case F_FILE:
		return (c->file = keep(r, j, "file", FILE_BYTES, why));
	case F_SOUND:
		return (c->sound = keep_sha256(r, j, "sound", why));
	case F_DIGEST:
		return (c->digest = keep_sha256(r, j, "digest", why));
	case F_COPY:
		return read_copy(j, c, why);
	case F_FRAMES:
		return read_frames(j, c, why);
	case F_AT:
		return (c->at = keep(r, j, "at", WHEN_BYTES, why));
	case F_TIMES:
		return read_times(j, c, why);
	case F_EVERY:
		return read_ms(j, "every_ms", INT32_MAX, &c->every_ms, why);
	case F_FOR:
		return (c->makes_up = keep(r, j, "for", ID_BYTES, why));
	case F_DATE:
		return (c->date = keep(r, j, "date", WHEN_BYTES, why));
	case F_ABOUT:
		return (c->about = keep(r, j, "about", ID_BYTES, why));
	case F_TEXT:
		return (c->text = keep(r, j, "text", c->verb == VERB_DUTY ? PROTOCOL_BY : PROTOCOL_TEXT, why));
	case F_ORDERED:
		return (c->ordered_by = keep(r, j, "ordered_by", PROTOCOL_BY, why));
	case F_MORE:
		return read_ms(j, "more_ms", MORE_MS, &c->more_ms, why);
	case F_UNDO:
		return (c->undo = json_get_bool(j, "undo")) || err_set(why, _("\"undo\" is true or absent"));
	case F_NOW:
		return (c->now = json_get_bool(j, "now")) || err_set(why, _("\"now\" is true or absent"));
	case F_REASON:
		return (c->reason = keep(r, j, "reason", PROTOCOL_REASON, why));
	case F_DIR:
		c->dir = keep(r, j, "dir", DIR_BYTES, why);
		return c->dir && (c->dir[0] == '/' || err_set(why, _("\"dir\" must begin with /")));
	default:
		return (c->by = keep(r, j, "by", PROTOCOL_BY, why));
	}
}

static unsigned field_of(const char *key)
{
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		if (!strcmp(fields[i].key, key))
			return fields[i].bit;
	return 0;
}

/* The fields that stand there, beside "v" and "do"; false when one of them may not. */
static bool fields_present(const struct json *j, const char *what, unsigned allowed, unsigned *present, struct err *why)
{
	const char *key;
	*present = 0;
	for (size_t i = 0; (key = json_key(j, i)) != NULL; i++) {
		unsigned bit = field_of(key);
		if (!strcmp(key, "v") || !strcmp(key, "do"))
			continue;
		if (!(bit & allowed))
			return err_set(why, _("\"%s\" has no field \"%s\""), what, shown(key));
		*present |= bit;
	}
	return true;
}

static bool read_command(struct request *r, const struct json *j, struct err *why)
{
	struct command *c = &r->command;
	const char *what = verb_name(c->verb);
	unsigned needs = shapes[c->verb].needs, present;
	if (!fields_present(j, what, needs | shapes[c->verb].may, &present, why))
		return false;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		if (present & fields[i].bit && !read_field(r, j, fields[i].bit, why))
			return false;
		if (needs & ~present & fields[i].bit)
			return err_set(why, _("\"%s\" needs \"%s\""), what, fields[i].key);
	}
	bool emergency = c->verb == VERB_EMERGENCY;
	if (emergency && !(present & F_FILE) != !(present & F_SOUND))
		return err_set(why, _("\"%s\" needs \"%s\""), what, present & F_FILE ? "sound" : "file");
	return true;
}

static bool read_object(struct request *r, const struct json *j, struct err *why)
{
	const char *what = json_get_str(j, "do");
	unsigned none;
	if (!json_key(j, 0))
		return err_set(why, _("a request is one JSON object on one line"));
	if (json_get_int(j, "v", 0) != VERSION)
		return err_set(why, _("this controller speaks version %d: \"v\":%d"), VERSION, VERSION);
	if (!what)
		return err_set(why, _("\"do\" is missing"));
	r->kind = !strcmp(what, "status") ? REQUEST_STATUS : !strcmp(what, "ping") ? REQUEST_PING : REQUEST_COMMAND;
	if (r->kind != REQUEST_COMMAND)
		return fields_present(j, what, 0, &none, why);
	r->command.verb = verb_by_name(what);
	if (r->command.verb == VERB_COUNT)
		return err_set(why, _("there is no \"do\":\"%s\""), shown(what));
	return read_command(r, j, why);
}

bool protocol_read_request(const char *line, size_t bytes, struct request *r, struct err *why)
{
	r->used = 0;
	r->command = (struct command){ .uid = -1, .level = LEVEL_COUNT, .pcm = -1 };
	if (bytes > PROTOCOL_LINE)
		return err_set(why, _("a request has at most %d bytes"), PROTOCOL_LINE);
	struct json *j = json_parse(line, bytes);
	bool ok = j ? read_object(r, j, why) : err_set(why, _("a request is one JSON object on one line"));
	if (j)
		json_free(&j);
	return ok;
}

/* ── Requests and replies written, replies read ───────────────────────────────────────────────────────────────── */

static void begin(struct text *out, const char *what)
{
	json_open(out, NULL, '{');
	json_int(out, "v", VERSION);
	json_str(out, "do", what);
}

static void end(struct text *out)
{
	json_close(out, '}');
	text_add(out, "\n");
}

static void optional(struct text *out, const char *key, const char *value)
{
	if (value)
		json_str(out, key, value);
}

void protocol_write_command(const struct command *c, struct text *out)
{
	begin(out, verb_name(c->verb));
	optional(out, "name", c->name);
	optional(out, "zones", c->zones);
	if ((c->verb == VERB_PLAY || c->verb == VERB_SPEAK) && c->level < LEVEL_COUNT)
		json_str(out, "level", level_name(c->level));
	if (c->verb == VERB_VOLUME || c->verb == VERB_TEST)
		json_int(out, "volume", c->volume);
	if (c->verb == VERB_SPEAK) {
		json_int(out, "limit_ms", c->limit_ms);
		json_int(out, "rate", c->rate);
	}
	optional(out, "at", c->at);
	if (c->times)
		json_int(out, "times", c->times);
	if (c->every_ms)
		json_int(out, "every_ms", c->every_ms);
	optional(out, "for", c->makes_up);
	optional(out, "date", c->date);
	optional(out, "ordered_by", c->ordered_by);
	if (c->more_ms)
		json_int(out, "more_ms", c->more_ms);
	optional(out, "about", c->about);
	optional(out, "text", c->text);
	if (c->undo)
		json_bool(out, "undo", true);
	optional(out, "file", c->file);
	optional(out, "sound", c->sound);
	if (c->verb == VERB_TEST)
		json_int(out, "frames", c->frames);
	if (c->now)
		json_bool(out, "now", true);
	optional(out, "reason", c->reason);
	optional(out, "dir", c->dir);
	if (c->copy)
		json_int(out, "copy", c->copy);
	optional(out, "digest", c->digest);
	optional(out, "by", c->by);
	end(out);
}

void protocol_write_request(enum request_kind kind, struct text *out)
{
	begin(out, kind == REQUEST_STATUS ? "status" : "ping");
	end(out);
}

/* The status comes last: the reader finds it without parsing twice, see below. */
void protocol_write_reply(bool done, const char *text, const char *status, struct text *out)
{
	json_open(out, NULL, '{');
	json_int(out, "v", VERSION);
	json_bool(out, "ok", done);
	json_str(out, "text", text);
	if (status) {
		text_add(out, ",\"status\":");
		text_add(out, status);
	}
	end(out);
}

bool protocol_read_reply(const char *line, size_t bytes, struct answer *a)
{
	*a = (struct answer){ 0 };
	struct json *j = json_parse(line, bytes);
	if (!j)
		return false;
	const char *text = json_get_str(j, "text");
	bool ok = json_get_int(j, "v", 0) == VERSION && text;
	a->done = json_get_bool(j, "ok");
	a->text = mem_dup(text ? text : "");
	/* Inside a JSON string every quote is escaped: these bytes can only be the field itself. */
	static const char key[] = ",\"status\":";
	const char *at = json_get(j, "status") ? memmem(line, bytes, key, sizeof key - 1) : NULL;
	const char *last = memrchr(line, '}', bytes);
	if (at)
		a->status = mem_dup_n(at + sizeof key - 1, (size_t)(last - at) - (sizeof key - 1));
	json_free(&j);
	return ok;
}

void protocol_free_answer(struct answer *a)
{
	mem_free(a->text);
	mem_free(a->status);
	*a = (struct answer){ 0 };
}
