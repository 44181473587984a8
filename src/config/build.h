/* From blocks to struct station.  Kinds are built in an order in which everything a section may refer to is
 * there already: outputs, zones, campaigns, bulletins, rules, exceptions.  Inside of config; one file for
 * each group. */
#ifndef LOAXA_CONFIG_BUILD_H
#define LOAXA_CONFIG_BUILD_H

#include "config/block.h"
#include "config/config.h"
#include "config/index.h"
#include "schedule/station.h"

enum names {
	NAMES_OUTPUT,
	NAMES_ZONE,
	NAMES_GUARD,
	NAMES_LIMIT,
	NAMES_EXCEPTION,
	NAMES_CAMPAIGN,
	NAMES_BULLETIN,
	NAMES_RULE, /* sessions, repeats and emergencies share one */
	NAMES_COUNT
};

struct build {
	struct station *st;
	struct findings *fs;
	const struct config_env *env;
	const char *base;      /* directory that audio-dir is seen from */
	const char *audio_dir; /* or NULL: what the copy's manifest says, whatever station.conf says */
	struct index names[NAMES_COUNT];
	bool partial; /* a file could not be read: what is missing may stand in it */
	size_t hints; /* how many names may still be compared in search of the nearest */
};

/* Checks the block's name and enters it as number `at`; false when such a name is there already (reported).
 */
bool build_enter(struct build *, enum names, const struct block *, size_t at);
/* Number of what the value names; -1 after a finding. */
int build_ref(struct build *, enum names, const char *name, struct place);
/* Number of what the key names; -1 when nothing is said, or after a finding. */
int build_key_ref(struct build *, enum names, const struct block *, const char *key);
/* The key "zones": without it all of them. */
zone_set build_zones(struct build *, const struct block *);
/* An error that needs no more than the block's kind and name and a key or two. */
void build_complain(struct build *, const struct block *, const char *key, const char *code, const char *pattern,
	const char *extra);

void build_station(struct build *, const struct block *);
void build_paper(struct build *, const struct block *station);
void build_drill(struct build *, const struct block *station); /* once every bulletin has its name */
void build_output(struct build *, const struct block *);
void build_zone(struct build *, const struct block *);
void build_guard(struct build *, const struct block *);
void build_limit(struct build *, const struct block *);
void build_campaign(struct build *, const struct block *);
void build_bulletin(struct build *, const struct block *);
void build_relay(struct build *, const struct block *bulletin, struct bulletin *);
void build_instead(struct build *, const struct block *bulletin); /* once every bulletin has its name */
void build_session(struct build *, const struct block *);
void build_repeat(struct build *, const struct block *);
void build_emergency(struct build *, const struct block *);
void build_exception(struct build *, const struct block *);
/* What only the whole shows: a station, an output and a zone are there; the default guards. */
void build_finish(struct build *);

#endif
