/* The program gets the recording as its standard input and the new file as descriptor 3: no name of a file leaves this
 * process, so a stick's odd names can do no harm there. */
#include "sound/look.h"

#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { LINE_MAX_BYTES = 8192, TICK_MS = 200, PATIENCE_MS = 50 * 60 * 1000, MADE_ANEW = 3 };

static const char *const kinds[LOOK_KINDS] = { "wav", "flac", "ogg", "opus", "mp3", "other" };

const char *look_ending(enum look_kind kind)
{
	return kind < LOOK_OTHER ? kinds[kind] : "";
}

/* ── Its answer ── */

static bool within(const struct json *j, const char *key, int64_t low, int64_t high, int64_t *out)
{
	*out = json_get_int(j, key, INT64_MIN);
	return *out >= low && *out <= high;
}

static bool level(const struct json *j, const char *key, int32_t *out)
{
	int64_t v;
	bool fine = within(j, key, LOOK_NO_LEVEL, 100000, &v);
	*out = fine ? (int32_t)v : LOOK_NO_LEVEL;
	return fine && (v == LOOK_NO_LEVEL || v > -1000000);
}

static bool kind_of(const struct json *j, enum look_kind *out)
{
	const char *name = json_get_str(j, "kind");
	for (int i = 0; name && i < LOOK_KINDS; i++)
		if (!strcmp(name, kinds[i])) {
			*out = (enum look_kind)i;
			return true;
		}
	return false;
}

static bool read_look(const struct json *j, struct look *l)
{
	int64_t rate = 0, channels = 0, clips = 0, most = INT64_C(1) << 40, day = 24 * 3600 * 1000;
	bool fine = kind_of(j, &l->kind) && within(j, "rate", 1, 1 << 20, &rate) &&
		    within(j, "channels", 1, 64, &channels) && within(j, "frames", 1, most, &l->frames) &&
		    level(j, "lufs_milli", &l->lufs) && level(j, "peak_milli", &l->peak) &&
		    within(j, "clips", 0, INT32_MAX, &clips) && within(j, "clip_ms", 0, day, &l->clip_ms) &&
		    within(j, "lead_ms", 0, day, &l->lead_ms) && within(j, "tail_ms", 0, day, &l->tail_ms) &&
		    within(j, "pause_ms", 0, day, &l->pause_ms) && within(j, "pause_at_ms", 0, day, &l->pause_at_ms) &&
		    within(j, "flac_frames", 0, most, &l->flac_frames);
	l->rate = (int)rate;
	l->channels = (int)channels;
	l->clips = (int32_t)clips;
	l->flac = json_get_bool(j, "flac");
	return fine && (!l->flac || l->flac_frames > 0);
}

bool look_read_line(const char *line, size_t bytes, struct look *l, struct why_facts *why)
{
	*l = (struct look){ 0 };
	*why = (struct why_facts){ WHY_NONE, 0, 0 };
	struct json *j = bytes <= LINE_MAX_BYTES ? json_parse(line, bytes) : NULL;
	const char *state = json_get_str(j, "state");
	bool fine = false;
	if (state && !strcmp(state, "ready")) {
		fine = read_look(json_get(j, "look"), l);
	} else if (state) {
		*why = (struct why_facts){ why_by_name(json_get_str(j, "code")), json_get_int(j, "a", 0),
			json_get_int(j, "b", 0) };
		fine = why->code != WHY_NONE;
	}
	json_free(&j);
	return fine;
}

/* ── Running it ── */

struct run {
	const struct look_request *rq;
	pid_t pid;
	int fd;
	struct text said;
};

/* The descriptors are copied out of the way of 0, 1 and 3 first: dup2 onto one of them could close another. */
static int spawn(struct run *r, int out)
{
	char *argv[] = { (char *)r->rq->program, "--look", NULL, NULL, NULL };
	int words = 2;
	if (r->rq->trim)
		argv[words++] = "--trim";
	if (r->rq->even)
		argv[words] = "--even";
	int source = fcntl(r->rq->source, F_DUPFD_CLOEXEC, 10), flac = fcntl(r->rq->flac, F_DUPFD_CLOEXEC, 10);
	out = fcntl(out, F_DUPFD_CLOEXEC, 10);
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_adddup2(&actions, source, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&actions, flac, MADE_ANEW);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	bool open = source >= 0 && flac >= 0 && out >= 0;
	int failed = open ? posix_spawn(&r->pid, argv[0], &actions, &attr, argv, environ) : errno;
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	for (int i = 0, fds[] = { source, flac, out }; i < 3; i++)
		if (fds[i] >= 0)
			close(fds[i]);
	return failed;
}

static int start(struct run *r)
{
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return errno;
	int failed = spawn(r, ends[1]);
	close(ends[1]);
	if (failed)
		close(ends[0]);
	else
		r->fd = ends[0];
	return failed;
}

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until the program closes its end; false when it took too long, or the caller wants no more. */
static bool hear(struct run *r)
{
	char part[2048];
	for (int64_t end = now_ms() + PATIENCE_MS; now_ms() < end;) {
		struct pollfd p = { .fd = r->fd, .events = POLLIN };
		int ready = poll(&p, 1, TICK_MS);
		if (r->rq->waiting && !r->rq->waiting(r->rq->self))
			return false;
		if (ready <= 0)
			continue;
		ssize_t n = read(r->fd, part, sizeof part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		text_add_n(&r->said, part, (size_t)n);
		if (r->said.n > LINE_MAX_BYTES)
			return false;
	}
	return false;
}

bool look_at(const struct look_request *rq, struct look *l, struct why_facts *why, struct err *err)
{
	struct run r = { .rq = rq };
	*why = (struct why_facts){ WHY_NONE, 0, 0 };
	int failed = start(&r), status = 0;
	if (failed)
		return err_set(err,
			_("the recording cannot be looked at: %s does not start (%s) — it belongs beside loaxa — run "
			  "make, or install loaxa anew"),
			rq->program, strerror(failed));
	bool whole = hear(&r);
	if (!whole)
		kill(r.pid, SIGKILL);
	close(r.fd);
	while (waitpid(r.pid, &status, 0) < 0 && errno == EINTR)
		continue;
	size_t line = strcspn(text_str(&r.said), "\n");
	bool told = whole && r.said.n && look_read_line(text_str(&r.said), line, l, why);
	text_free(&r.said);
	if (!told)
		*why = (struct why_facts){ WHY_CRASHED, 0, 0 };
	return why->code == WHY_NONE;
}
