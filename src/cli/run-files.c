#include "cli/run-files.h"

#include "base/mem.h"
#include "sound/library-watch.h"

#include <string.h>

struct run_files {
	struct loop *loop;
	struct library_watch *watch; /* NULL: nothing is to be watched */
	char digest[65];             /* of the schedule it is for */
};

struct run_files *run_files_new(struct loop *loop)
{
	struct run_files *f = mem_new(struct run_files);
	f->loop = loop;
	return f;
}

static void end(struct run_files *f)
{
	if (f->watch)
		loop_unwatch(f->loop, library_watch_fd(f->watch));
	library_watch_free(&f->watch);
}

void run_files_free(struct run_files **pf)
{
	if (!*pf)
		return;
	end(*pf);
	mem_free(*pf);
	*pf = NULL;
}

static void woken(void *self)
{
	(void)self; /* the turn that follows asks */
}

static void begin(struct run_files *f, const struct station *st)
{
	memcpy(f->digest, st->digest, sizeof f->digest);
	f->watch = library_watch_new(st);
	if (f->watch)
		loop_watch(f->loop, library_watch_fd(f->watch), LOOP_READ, (struct loop_handler){ f, woken });
}

void run_files_tell(struct run_files *f, struct engine *e)
{
	const struct station *st = engine_station(e);
	char *file, sha256[SHA256_HEX];
	if (st && strcmp(st->digest, f->digest) != 0) {
		end(f);
		begin(f, st);
	}
	while (f->watch && library_watch_next(f->watch, &file, sha256)) {
		engine_file_seen(e, file, sha256);
		mem_free(file);
	}
}
