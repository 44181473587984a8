/* The controller on a terminal: on air with progress, what comes, the last events; redrawn twice a second at most.
 * Never waits for the terminal: a frame it does not take at once (Ctrl-S) is dropped. */
#ifndef LOAXA_CLI_RUN_VIEW_H
#define LOAXA_CLI_RUN_VIEW_H

#include "base/clock.h"
#include "base/text.h"
#include "cli/run-events.h"

struct run_view;

struct run_view *run_view_new(int fd);  /* NULL when fd is no terminal that can draw */
void run_view_free(struct run_view **); /* the screen is as it was */
/* The earliest instant of the next frame. */
mono_us run_view_next(const struct run_view *);
/* status: the engine's object. */
void run_view_draw(struct run_view *, mono_us now, const struct text *status, const struct run_events *);

#endif
