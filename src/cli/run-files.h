/* Files that approvals name, watched for the schedule that runs. */
#ifndef LOAXA_CLI_RUN_FILES_H
#define LOAXA_CLI_RUN_FILES_H

#include "engine/engine.h"
#include "os/loop.h"

struct run_files;

struct run_files *run_files_new(struct loop *);
void run_files_free(struct run_files **);
/* Once a turn: tells the engine what was changed, and looks after the files of a new schedule. */
void run_files_tell(struct run_files *, struct engine *);

#endif
