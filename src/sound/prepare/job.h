/* What one caged child does: hash, decode, level each rate, tell.  Everything it may touch is open before it starts. */
#ifndef LOAXA_SOUND_PREPARE_JOB_H
#define LOAXA_SOUND_PREPARE_JOB_H

#include "sound/prepare/beat.h"
#include "sound/prepare/prepare.h"

/* The child tells two things, each one write of a whole struct: first the hash, before it looks at what the bytes
 * mean; then the result.  The parent believes the hash of the first only. */
struct job_hash {
	char sha256[SHA256_HEX];
	int error; /* errno of reading; then nothing follows */
};

struct job_result {
	struct why_facts why;
	struct store_facts facts[PREPARE_FORMS_MAX];
	struct look look;
};

struct job {
	int fd;     /* the source */
	int tell;   /* pipe to the parent */
	int answer; /* pipe from the parent: one byte, go on or stop (the sound is there already) */
	int words;  /* reading end of the pipe that is our standard error; does not block */
	beat *beat; /* shared with the parent */
	const char *work_dir;
	int forms_n;
	struct store_form forms[PREPARE_FORMS_MAX];
	int out[PREPARE_FORMS_MAX]; /* where the PCM goes; -1: nowhere */
	struct prepare_look look;
	char sha256[SHA256_HEX]; /* known already: not hashed again; else "" */
};

_Noreturn void job_run(struct job *);

#endif
