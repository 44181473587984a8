/* What there is to play on and to record from: cards with their ports, the station's own outputs and relays, libao's
 * drivers.  Gathered here, printed by devices-print.c. */
#ifndef LOAXA_CLI_DEVICES_H
#define LOAXA_CLI_DEVICES_H

#include "base/vec.h"
#include "cli/trial.h"
#include "os/cards.h"
#include "os/health.h"
#include "sound/alsa.h"

#include <stdio.h>

struct devices_port {
	struct alsa_port port;
	char *device; /* "hw:CARD=Device", with ",DEV=1" where that is needed: what stands behind "alsa:" */
	struct alsa_ability ability;
	bool asked; /* else: in use, or the running controller's */
	bool used;
	struct cards_user user;
	char process[HEALTH_NAME];
	char *outputs; /* of the station that name it: "ampli, phu"; "" = none */
};

struct devices_card {
	struct alsa_card card;
	struct cards_identity identity;
	bool twin; /* there is another of its kind: the system numbers such ids in the order in which it finds them */
	VEC(struct devices_port) ports;
};

struct devices_driver {
	char *name, *words;
};

struct devices_relay {
	const char *bulletin, *source; /* the station's */
	struct alsa_ability ability;   /* asked only while no controller runs */
};

struct devices {
	const struct station *station; /* NULL: none could be read */
	pid_t controller;              /* 0: none runs */
	bool hidden;                   /* the kernel has cards that we may not open */
	VEC(struct devices_card) cards;
	VEC(struct devices_driver) drivers;
	VEC(struct devices_relay) relays;
	struct trial trials[OUTPUTS_MAX]; /* of the station's outputs; not tried while its controller runs */
};

/* What the running controller's station names is not opened: it may need it this very moment.  Keeps the station. */
void devices_find(struct devices *, const struct station *, pid_t controller);
void devices_free(struct devices *); /* empties it */

/* Does that sink ("alsa:plughw:CARD=Device,DEV=0", "alsa:hw:1") mean this port?  Pure. */
bool devices_names(const char *sink, const struct alsa_card *, int device);

void devices_print(const struct devices *, FILE *);
void devices_print_json(const struct devices *, FILE *);

#endif
