/* Running loaxa-prepare: its lines are the word of another program, so they are read strictly and believed only as far
 * as they make sense. */
#include "base/i18n.h"
#include "base/json.h"
#include "sound/library-inside.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

enum {
	LINE_MAX_BYTES = 1 << 16,
	FILES_A_RUN = 256,           /* keeps the argument list far below what the kernel takes */
	PATIENCE_MS = 50 * 60 * 1000 /* longer than loaxa-prepare's own for one file */
};

extern char **environ;

struct run {
	struct library *l;
	const size_t *which;
	size_t n;
	pid_t pid;
	int fd;
	struct text buf;
};

static bool hash_of(const struct json *j, char sha256[SHA256_HEX])
{
	const char *s = json_get_str(j, "sha256");
	if (s && strlen(s) == SHA256_HEX - 1 && strspn(s, "0123456789abcdef") == SHA256_HEX - 1)
		memcpy(sha256, s, SHA256_HEX);
	return sha256[0] != '\0';
}

/* One entry for each form we asked for. */
static bool facts_of(const struct library *l, const struct json *rates, struct library_file *f)
{
	if (json_count(rates) != (size_t)l->forms_n)
		return false;
	for (int i = 0; i < l->forms_n; i++) {
		const struct json *one = json_at(rates, (size_t)i);
		f->facts[i].form = l->forms[i];
		f->facts[i].frames = json_get_int(one, "frames", -1);
		f->facts[i].limited = json_get_bool(one, "limited");
		if (json_get_int(one, "rate", 0) != l->forms[i].rate ||
			json_get_int(one, "high_pass", 0) != l->forms[i].high_pass || f->facts[i].frames < 0 ||
			f->facts[i].frames > INT64_C(1) << 40)
			return false;
	}
	return true;
}

static bool read_state(const struct library *l, const struct json *j, struct library_file *f)
{
	const char *state = json_get_str(j, "state");
	hash_of(j, f->sha256);
	f->why.code = why_by_name(json_get_str(j, "code"));
	f->why.a = json_get_int(j, "a", 0);
	f->why.b = json_get_int(j, "b", 0);
	if (!strcmp(state, "ready")) {
		f->state = RECORDING_READY;
		return f->why.code == WHY_NONE && f->sha256[0] && facts_of(l, json_get(j, "rates"), f);
	}
	f->state = !strcmp(state, "missing") ? RECORDING_MISSING : RECORDING_CORRUPT;
	return f->why.code != WHY_NONE && (f->state == RECORDING_MISSING || !strcmp(state, "corrupt"));
}

int library_read_line(
	const struct library *l, const char *line, size_t bytes, size_t n, struct library_file *f, bool *begun)
{
	struct json *j = bytes <= LINE_MAX_BYTES ? json_parse(line, bytes) : NULL;
	if (!j)
		return -1;
	int64_t which = json_get_int(j, "n", -1);
	const char *state = json_get_str(j, "state");
	bool fine = which >= 0 && (uint64_t)which < n && state;
	*begun = fine && !strcmp(state, "begun");
	if (fine && !*begun)
		fine = read_state(l, j, f);
	json_free(&j);
	return fine ? (int)which : -1;
}

static void take_line(struct run *r, const char *line, size_t bytes)
{
	struct library_file heard = { .name = NULL };
	bool begun;
	int i = library_read_line(r->l, line, bytes, r->n, &heard, &begun);
	if (i < 0)
		return;
	struct library_file *f = &r->l->files.at[r->which[i]];
	if (!begun) {
		heard.name = f->name;
		heard.path = f->path;
		*f = heard;
		r->l->done++;
	}
	library_bar(r->l, f->name);
}

static void take_lines(struct run *r)
{
	size_t from = 0;
	for (char *end; r->buf.n > from && (end = memchr(r->buf.at + from, '\n', r->buf.n - from));) {
		take_line(r, r->buf.at + from, (size_t)(end - r->buf.at) - from);
		from = (size_t)(end - r->buf.at) + 1;
	}
	memmove(r->buf.at, r->buf.at + from, r->buf.n - from);
	r->buf.n -= from;
	if (r->buf.n > LINE_MAX_BYTES)
		text_clear(&r->buf); /* no line of ours is that long */
}

/* Until the program closes its end; false when it said nothing for too long. */
static bool listen_to(struct run *r)
{
	char part[4096];
	for (;;) {
		struct pollfd p = { .fd = r->fd, .events = POLLIN };
		int ready = poll(&p, 1, PATIENCE_MS);
		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return false;
		ssize_t n = read(r->fd, part, sizeof part);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		text_add_n(&r->buf, part, (size_t)n);
		take_lines(r);
	}
}

/* The child starts with no signal blocked or ignored: a controller blocks most of its own. */
static int spawn(struct run *r, char *const *argv, int out)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	sigset_t none, all;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	int failed = posix_spawn(&r->pid, argv[0], &actions, &attr, argv, environ);
	posix_spawnattr_destroy(&attr);
	posix_spawn_file_actions_destroy(&actions);
	return failed;
}

static void add_forms(struct text *t, const struct library *l)
{
	char form[STORE_FORM_BYTES];
	for (int i = 0; i < l->forms_n; i++) {
		store_form_write(l->forms[i], form);
		text_addf(t, "%s%s", i ? "," : "", form);
	}
}

static int start(struct run *r)
{
	struct text forms = { 0 };
	VEC(char *) argv = { 0 };
	int ends[2];
	if (pipe2(ends, O_CLOEXEC))
		return errno;
	/* a descriptor below 3 would be closed by what the child does to its own 0 and 1 */
	int out = fcntl(ends[1], F_DUPFD_CLOEXEC, 3);
	add_forms(&forms, r->l);
	vec_push(&argv, (char *)r->l->options->prepare_program);
	vec_push(&argv, "--no-trim");
	vec_push(&argv, "--progress");
	vec_push(&argv, "--store");
	vec_push(&argv, (char *)r->l->options->store);
	vec_push(&argv, "--rates");
	vec_push(&argv, forms.at);
	vec_push(&argv, "--");
	for (size_t i = 0; i < r->n; i++)
		vec_push(&argv, r->l->files.at[r->which[i]].path);
	vec_push(&argv, NULL);
	int failed = out < 0 ? errno : spawn(r, argv.at, out);
	close(ends[1]);
	if (out >= 0)
		close(out);
	if (failed)
		close(ends[0]);
	else
		r->fd = ends[0];
	vec_free(&argv);
	text_free(&forms);
	return failed;
}

/* What it did not come to, it died of. */
static void blame_the_rest(struct run *r)
{
	for (size_t i = 0; i < r->n; i++) {
		struct library_file *f = &r->l->files.at[r->which[i]];
		if (f->state != RECORDING_UNKNOWN)
			continue;
		f->state = RECORDING_CORRUPT;
		f->why = (struct why_facts){ WHY_CRASHED, 0, 0 };
	}
}

static bool run(struct library *l, const size_t *which, size_t n, struct err *err)
{
	struct run r = { .l = l, .which = which, .n = n };
	int failed = start(&r);
	if (failed)
		return err_set(err,
			_("the recordings cannot be prepared: %s does not start (%s) — it belongs beside loaxa — "
			  "run make, or install loaxa anew"),
			l->options->prepare_program, strerror(failed));
	if (!listen_to(&r))
		kill(r.pid, SIGKILL);
	close(r.fd);
	int status = 0;
	while (waitpid(r.pid, &status, 0) < 0 && errno == EINTR)
		continue;
	text_free(&r.buf);
	library_bar_clear(l);
	/* older C libraries tell only by this code that the program could not be run */
	if (WIFEXITED(status) && WEXITSTATUS(status) == 127)
		return err_set(err,
			_("the recordings cannot be prepared: %s does not run — it belongs beside loaxa — run "
			  "make, or install loaxa anew"),
			l->options->prepare_program);
	blame_the_rest(&r);
	return true;
}

bool library_prepare(struct library *l, const size_t *which, size_t n, struct err *err)
{
	l->done = 0;
	l->all = n;
	for (size_t at = 0; at < n; at += FILES_A_RUN)
		if (!run(l, which + at, n - at < FILES_A_RUN ? n - at : FILES_A_RUN, err))
			return false;
	return true;
}
