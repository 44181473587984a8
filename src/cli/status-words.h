/* Phrases for parts of the engine's status object, each without a newline: what the views of the station share. */
#ifndef LOAXA_CLI_STATUS_WORDS_H
#define LOAXA_CLI_STATUS_WORDS_H

#include "base/json.h"

const char *status_str(const struct json *, const char *key); /* "" when it is not there */
bool status_is_object(const struct json *);

/* "05:30", "05:30:15"; with the date when that is not the one of `now` (both RFC 3339; now may be ""). */
void status_when(struct text *, const char *now, const char *at);

/* "▶ ████░░░░ 01:05/02:10 (01:05 left)  Title [priority], volume 80%"; what is left and the
 * volume only with all_of_it. */
void status_on_air(struct text *, const struct json *airing, int cells, bool all_of_it);
/* The same without what moves: "▶ Title [priority], since 05:39, 02:10 long" */
void status_airing(struct text *, const struct json *airing, const char *now);
/* "05:40 Title [priority] — the zone is busy, heard 01:01 of 02:10" */
void status_waiting(struct text *, const struct json *airing, const char *now);
/* "05:45:30 Title (session sang)" */
void status_next(struct text *, const struct json *planned, const char *now);
/* What keeps a zone from airing as planned, or nothing: OFF, HELD, NO SOUND, each with since when, by whom and why. */
void status_zone_off(struct text *, const struct json *zone, const char *now);
void status_zone_held(struct text *, const struct json *zone, const char *now);
void status_zone_lost(struct text *, const struct json *zone);
void status_zone_volume(struct text *, const struct json *zone);
/* Its text, and since when unless the text says so itself. */
void status_fault(struct text *, const struct json *fault, const char *now);
/* "EMERGENCY "bao" since 05:41, ordered by …; again at 07:00 — loaxa cancel bao" */
void status_emergency(struct text *, const struct json *emergency, const char *now);
/* "Ordered by Lan: Tin, 2 zones, at 16:45, 05:30 15/07 — loaxa cancel play-7" */
void status_order(struct text *, const struct json *order, const char *now);
/* "Session chieu of 14/07 is SKIPPED (Lan) — loaxa skip-session chieu --date 2021-07-14 --undo" */
void status_skip(struct text *, const struct json *skip);
/* "Relay vov: connecting" */
void status_relay(struct text *, const struct json *relay);
/* "Đài truyền thanh … — 05:20:31 14/07/2021 (clock not synchronised)" */
void status_header(struct text *, const struct json *status);

#endif
