/* What people tell a running station, the same from the control socket and from a script of a dry run. */
#ifndef LOAXA_ENGINE_COMMAND_H
#define LOAXA_ENGINE_COMMAND_H

#include "base/err.h"
#include "base/text.h"
#include "schedule/station.h"

enum verb {
	VERB_PLAY,          /* name = bulletin; zones, level, at, times, every, makes_up */
	VERB_SPEAK,         /* zones, level, limit_ms, rate, pcm */
	VERB_TEST,          /* zones, volume, now; live: sound, frames */
	VERB_HEARD,         /* zones, name = yes, no or unclear: what people heard of the test */
	VERB_EMERGENCY,     /* name = emergency rule */
	VERB_DRILL,         /* name = emergency rule; zones, now: also in quiet hours, ordered_by */
	VERB_EXTEND,        /* name = emergency rule; more */
	VERB_CANCEL,        /* name = emergency rule, or a play ordered ahead: "play-7" */
	VERB_STOP,          /* zones */
	VERB_SKIP,          /* zones */
	VERB_SKIP_SESSION,  /* name = session; date, undo */
	VERB_HOLD,          /* zones */
	VERB_RELEASE,       /* zones */
	VERB_OFF,           /* zones, reason */
	VERB_ON,            /* zones */
	VERB_VOLUME,        /* zones, volume */
	VERB_DUTY,          /* text = who is on duty from now on */
	VERB_NOTE,          /* about = a day, or the id of an airing; text */
	VERB_SILENCE,       /* stop, cancel and hold everything */
	VERB_RELOAD,        /* dir, or NULL = where the present schedule came from; digest */
	VERB_ROLLBACK,      /* copy; digest */
	VERB_CLOCK_CONFIRM, /* the clock is right, go on */
	VERB_COUNT
};

/* The words of scripts and the socket: "play" … "clock-confirm".  verb_by_name: VERB_COUNT when unknown. */
const char *verb_name(enum verb);
enum verb verb_by_name(const char *);

/* Strings belong to the caller and need to live only during engine_command(). */
struct command {
	enum verb verb;
	const char *name;
	const char *zones;  /* names separated by ",", or "all"; NULL = every zone of the rule or bulletin */
	const char *dir;    /* reload */
	int copy;           /* rollback: number of an accepted copy; 0 = the schedule that ran before this one */
	const char *digest; /* reload, rollback: of the schedule that was agreed to; NULL = whatever lies there */
	const char *reason; /* off */
	const char *by;     /* who said so: --by, else the user's name */
	int64_t uid;        /* of the peer; -1 in scripts */
	const char *account; /* name of that uid; NULL = not known */
	enum level level;   /* play: LEVEL_COUNT = the bulletin's own; speak: = normal */
	int volume;         /* %, 1..100 */
	bool now;           /* test: also when people sleep; emergency, active: at once, not from its next repeat */
	const char *sound;  /* test, emergency: SHA-256 of what was prepared for it; NULL in scripts */
	int64_t frames;     /* test: of that sound, at the zone's rate */
	const char *file;   /* emergency: what people call the recording that stands in for its own; NULL = its own */
	const struct recording *recording; /* sha256 and frames of it, by the outputs of the present station */
	const char *at;     /* play: when, as people write it; NULL = now */
	int times;          /* play, with at: so often; 0 = once */
	int64_t every_ms;   /* … and so far apart */
	const char *makes_up; /* play: id of the airing that this one makes up, its zone may be left out; NULL */
	const char *date;   /* skip-session: as people write it; NULL = today */
	bool undo;          /* skip-session: it airs after all */
	const char *about;  /* note */
	const char *text;   /* duty, note */
	const char *ordered_by; /* emergency: in whose name; NULL = by */
	int64_t more_ms;    /* extend: 0 = as long as its own until says */
	int64_t limit_ms;   /* speak: it ends then at the latest */
	int rate;           /* speak: of the samples, Hz; 0 in scripts */
	int pcm;            /* speak: the socket they come from, the caller's; -1 in scripts */
};

/* What came of it: text for people (their language), and for programs the ids of airings made. */
struct reply {
	bool done;
	struct err text;
};

#endif
