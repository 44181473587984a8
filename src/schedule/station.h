/* What a station directory says, after config/ has read it: plain data, immutable once loaded.
 * Everything is owned by struct station; parts refer to each other by index into its arrays (-1 = none).
 * Pure; any thread may read. */
#ifndef LOAXA_SCHEDULE_STATION_H
#define LOAXA_SCHEDULE_STATION_H

#include "base/clock.h"
#include "base/finding.h"
#include "base/vec.h"
#include "schedule/civil.h"
#include "schedule/paper.h"

#include <stdint.h>

#define NAME_BYTES 49 /* [a-z0-9._-]{1,48} */
#define ZONES_MAX 64
#define OUTPUTS_MAX 8
#define RANK_MAX 100

typedef uint64_t zone_set; /* bit i = zones.at[i] */

enum bulletin_class {
	CLASS_ANNOUNCEMENT,
	CLASS_NEWS,
	CLASS_RELAY,
	CLASS_MUSIC,
	CLASS_SIGNATURE,
	CLASS_TEST,
	CLASS_COUNT
};
enum level { LEVEL_TEST, LEVEL_NORMAL, LEVEL_PRIORITY, LEVEL_EMERGENCY, LEVEL_COUNT };
enum after_interrupt { AFTER_RESUME, AFTER_RESTART, AFTER_DROP };
enum catch_up { CATCH_UP_DROP, CATCH_UP_ONCE, CATCH_UP_ALL };
enum guard_action { GUARD_REFUSE, GUARD_WARN };
enum urgency { URGENCY_THUONG, URGENCY_KHAN, URGENCY_THUONG_KHAN, URGENCY_HOA_TOC };
enum rule_kind { RULE_SESSION, RULE_REPEAT, RULE_EMERGENCY };
enum idle { IDLE_CLOSE, IDLE_OPEN };

/* The names used in files, JSON and messages ("announcement", "session" …): names.c */
const char *class_name(enum bulletin_class);
const char *level_name(enum level);
const char *rule_kind_name(enum rule_kind);

struct output {
	char *name, *sink, *key; /* sink "alsa:hw:CARD=Device", "ao:pulse", "file:…", "dry-run"; key may be NULL */
	int rate, channels;      /* Hz; 1..32 */
	int high_pass;           /* Hz; 0 = none */
	int32_t warm_up_ms;
	enum idle idle;
	bool monitor;
	struct place place;
};

struct zone {
	char *name, *title; /* "cum-1", "Cụm loa 1" */
	char *area;         /* may be NULL */
	int output;         /* index */
	int channel;        /* from 1 */
	int volume;         /* %, 1..100 */
	int speakers;       /* 0 = not said */
	bool on;
	struct place place;
};

struct guard {
	char *name;
	tod_ms from, to; /* from >= to crosses midnight */
	enum guard_action action;
	zone_set zones;
	struct place place;
};

struct limit {
	char *name;
	uint8_t weekdays;             /* bit 0 = Monday … bit 6 = Sunday */
	int sessions_per_day;         /* most; -1 = not limited */
	int minutes_per_session;      /* most; -1 */
	int minutes_min, minutes_max; /* per day and zone; -1 */
	struct place place;
};

struct exception {
	char *name, *title; /* title: for papers; may be NULL */
	VEC(day_num) dates; /* single dates, or: */
	day_span span;      /* from > until when only dates are used */
	bool suppress[CLASS_COUNT];
	bool skip_all;
	VEC(int) skip; /* rules taken away */
	VEC(int) only; /* when not empty: every other rule is taken away */
	struct place place;
};

struct directive {
	char *name, *number, *issuer, *subject, *report_to; /* number may be "" */
	day_num issued, from;                               /* DAY_NONE when not said */
	char *received;                                     /* as written, checked; may be NULL */
	enum urgency urgency;
	int32_t report_every_days; /* 0 = not said */
	bool pictures;
	struct place place;
};

struct uptake {
	day_num date;
	int64_t count, of;
};

struct campaign {
	char *name, *title, *set_by;
	day_span days;
	int times_min, times_max;     /* a day; -1 = not said */
	int minutes_min, minutes_max; /* a day; -1 = not said */
	VEC(struct directive) directives;
	VEC(struct uptake) uptakes;
	struct place place;
};

enum recording_state {
	RECORDING_UNKNOWN, /* nobody has looked yet */
	RECORDING_READY,
	RECORDING_MISSING,
	RECORDING_CORRUPT /* there, but not decodable to its end */
};

/* One source file of a bulletin.  Everything below `state` is filled by sound/library, not by config. */
struct recording {
	char *file;  /* inside audio-dir, NFC */
	char *bound; /* sha256 (hex) that the approval names, or NULL */
	struct place place;
	enum recording_state state;
	char sha256[65];             /* of the source; "" until known */
	char *why;                   /* MISSING: the nearest name in audio-dir, or NULL; CORRUPT: why, for people */
	int64_t ms;                  /* duration, rounded up; the longest over the rates in use */
	int64_t frames[OUTPUTS_MAX]; /* per output, at that output's rate */
	bool limited;                /* more than 6 dB of limiting was needed */
};

struct relay {
	char *source; /* "alsa:hw:1", "https://…": relay-source.h */
	int64_t ms;
	int64_t silence_ms; /* no sound for so long is a fault; 0 = nobody listens */
	int instead;        /* bulletin that airs then, or -1 */
};

struct bulletin {
	char *name, *title, *text; /* text: file in audio-dir, or NULL */
	char text_sha256[65];      /* of that file, filled by sound/library; "" until known, or not there */
	char *text_bound;          /* sha256 (hex) that the approval names, or NULL */
	int campaign;              /* index or -1 */
	enum bulletin_class class;
	enum level level; /* NORMAL or PRIORITY */
	char *language;
	day_span days;
	bool has_until;              /* an end date was said */
	VEC(struct recording) audio; /* empty for a relay */
	struct relay relay;          /* relay.source != NULL for a relay */
	bool hard_start;
	int order;
	enum after_interrupt after;
	bool after_said; /* else an emergency's default is restart */
	int64_t resume_within_ms;
	char *approved_by, *approved_via; /* NULL = not approved */
	char *approved_typed; /* who wrote the approval down, or NULL */
	day_num approved_on;
	struct place place;
};

struct list_item {
	int bulletin;
	tod_ms anchor; /* "tiep-am-vov@6h00"; -1 = follows the one before */
	struct place place;
};

struct window {
	tod_ms from, to; /* to <= from crosses midnight */
};

struct rule {
	enum rule_kind kind;
	char *name;
	struct place place;
	uint8_t weekdays; /* bit 0 = Monday */
	day_span days;
	zone_set zones;
	int volume;          /* %, multiplied with the zone's */
	int64_t max_late_ms; /* sessions: -1 when not said = to the session's end */
	enum catch_up catch_up;
	VEC(struct list_item) play; /* play, or rotate */
	/* session */
	tod_ms start, end; /* end <= start crosses midnight */
	int64_t gap_ms;
	bool hard_end;
	/* repeat */
	bool rotate;
	VEC(tod_ms) at;
	VEC(struct window) within;
	int64_t every_ms; /* 0 = only `at` */
	/* emergency */
	int rank;
	int first_repeats;
	int64_t first_every_ms, then_every_ms, align_ms; /* 0 = none */
	int64_t until_ms;                                /* from the command */
	int all_clear;                                   /* bulletin or -1 */
};

/* A schedule file as it was read, letter by letter. */
struct schedule_file {
	char *name, *text; /* without the directory; UTF-8 */
};

struct tz;

struct station {
	char *dir;       /* as given */
	char digest[65]; /* SHA-256 over names and bytes of its files */
	char *code, *name, *unit, *reports_to;
	char *timezone;
	const struct tz *tz; /* owned by the station; set by config from the bytes its caller provides */
	char *language;      /* "vi", "en" */
	char *audio_dir;     /* resolved against dir */
	bool approval, sample;
	int drill;        /* bulletin that says before and after a drill that it is none; -1 = none */
	bool keep_speech; /* what people speak is kept as a recording */
	char *microphone; /* "alsa:hw:CARD=Mic", or NULL */
	char *on_fault;   /* program and arguments, or NULL */
	struct paper paper;
	struct place place;
	VEC(struct output) outputs;
	VEC(struct zone) zones;
	VEC(struct guard) guards; /* the two default ones when the files name none */
	VEC(struct limit) limits;
	VEC(struct exception) exceptions;
	VEC(struct campaign) campaigns;
	VEC(struct bulletin) bulletins;
	VEC(struct rule) rules; /* sessions, repeats, emergencies, in file order */
	VEC(char *) files;      /* every place.file points into these */
	VEC(struct schedule_file) sources; /* the same files in the same order */
};

struct station *station_new(void);
void station_free(struct station **);

int station_zone(const struct station *, const char *name); /* index, or -1 */
int station_bulletin(const struct station *, const char *name);
int station_rule(const struct station *, const char *name);
zone_set station_all_zones(const struct station *);
int station_monitor(const struct station *); /* the output that only the studio hears; -1 = none */
/* Do two sinks mean the same sound card, as far as their names tell ("alsa:hw:1" and "alsa:plughw:CARD=1")? */
bool station_same_device(const char *sink, const char *other);
/* Is the bulletin open on that day: its own dates and its campaign's. */
bool bulletin_open(const struct station *, int bulletin, day_num);
/* Is its text another than the one approved, or gone?  Not asked of one that names none. */
bool bulletin_text_changed(const struct bulletin *);
/* Sum over its recordings, each rounded up to whole ms; a relay's fixed duration.  0 when a recording is not ready. */
int64_t bulletin_ms(const struct bulletin *);
int64_t bulletin_frames(const struct bulletin *, const struct station *, int zone);

#endif
