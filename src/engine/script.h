/* Scripts of a dry run: what people do and what breaks, each at a true local instant.  Pure: text in, lines out.
 *	2021-07-14T05:41:10.500  emergency bao by "Nguyễn Văn A"
 *	2021-07-14T07:00         power-off 45m                      # comments and empty lines are allowed */
#ifndef LOAXA_ENGINE_SCRIPT_H
#define LOAXA_ENGINE_SCRIPT_H

#include "base/finding.h"
#include "engine/command.h"

enum fault {
	FAULT_NONE, /* the line is a command */
	FAULT_POWER_OFF,
	FAULT_KILL,
	FAULT_CLOCK,
	FAULT_LOSE,
	FAULT_RESTORE,
	FAULT_FILE_GONE,
	FAULT_FILE_CHANGED,
	FAULT_RELAY_SILENT,
	FAULT_RELAY_BACK,
	FAULT_COUNT
};

const char *script_fault_name(enum fault); /* "power-off" …; NULL for FAULT_NONE */

struct script_line {
	int line;
	wall_us at;
	enum fault fault;
	int64_t us;             /* power-off: how long; clock: by how much */
	const char *name;       /* lose, restore: output; file-gone, file-changed: file; relay-…: bulletin */
	struct command command; /* its strings belong to the script */
};

struct script {
	VEC(struct script_line) lines; /* in file order, which is the order of their instants */
	VEC(char *) words;             /* owns every string */
};

/* Findings (code "script") for every line that cannot be read; then the script is not to be used.
 * file: as the user typed it, for the findings. */
void script_read(struct script *, const char *text, const char *file, const struct tz *, struct findings *);
void script_free(struct script *); /* empties it */

#endif
