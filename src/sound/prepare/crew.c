#include "sound/prepare/prepare.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "sound/prepare/job.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
	JOBS_MAX = 16,
	PATIENCE_S = 2700,  /* for one recording altogether */
	LOOK_MS = 250,      /* how often the children are looked after */
	STUCK_MS = 2000,    /* of processor time without a beat: it turns in a circle */
	WAITING_MS = 30000, /* without a beat, whatever it waits for */
};

enum phase { CHILD_NONE, CHILD_HASHING, CHILD_WORKING };

struct child {
	enum phase phase;
	pid_t pid;
	int file;         /* index into the paths */
	int hear, answer; /* our ends of its pipes */
	int words;        /* what it writes to its standard error; shown when it dies */
	struct job job;   /* its fd, forms and out are ours too */
	char *temps[PREPARE_FORMS_MAX];
	struct stat before;
	struct prepare_result result;
	int64_t deadline_ms;
	/* as they were at the last beat that was seen */
	unsigned beats;
	int64_t beat_ms, used_ms;
};

struct crew {
	const struct prepare *p;
	char *const *paths;
	struct child child[JOBS_MAX];
	int busy;
	beat *beats; /* one a child, in memory that they share with us */
};

static int64_t clock_ms(clockid_t clock)
{
	struct timespec t;
	return clock_gettime(clock, &t) ? 0 : (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t now_ms(void)
{
	return clock_ms(CLOCK_MONOTONIC);
}

/* Processor time that it has used; 0 when that cannot be told. */
static int64_t used_ms(const struct child *c)
{
	clockid_t clock;
	return clock_getcpuclockid(c->pid, &clock) ? 0 : clock_ms(clock);
}

static void drop_fd(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* The store knows everything that was asked, or knows that it cannot be had. */
static bool known(struct crew *w, struct child *c)
{
	struct prepare_result *r = &c->result;
	const struct prepare *p = w->p;
	if (p->look.wanted)
		return false;
	if (store_bad(p->store, r->sha256, &r->why))
		return true;
	r->why = (struct why_facts){ WHY_NONE, 0, 0 };
	for (r->forms = 0; r->forms < p->forms_n; r->forms++)
		if (!store_facts(p->store, r->sha256, p->forms[r->forms], &r->facts[r->forms]))
			return false;
	r->stored = true;
	return true;
}

static void use_all(struct crew *w, const struct prepare_result *r)
{
	for (int i = 0; i < r->forms && r->stored; i++)
		store_use(w->p->store, r->sha256, r->facts[i].form);
}

static bool unchanged(const struct child *c)
{
	struct stat now;
	return !fstat(c->job.fd, &now) && now.st_size == c->before.st_size &&
	       now.st_mtim.tv_sec == c->before.st_mtim.tv_sec && now.st_mtim.tv_nsec == c->before.st_mtim.tv_nsec &&
	       now.st_ctim.tv_sec == c->before.st_ctim.tv_sec && now.st_ctim.tv_nsec == c->before.st_ctim.tv_nsec;
}

/* The last word on this file: remembers it, tells the caller, lets go of everything. */
static void finish(struct crew *w, struct child *c)
{
	struct prepare_result *r = &c->result;
	store_let_settle(&c->before);
	if (r->sha256[0] && !w->p->look.wanted && r->why.code != WHY_CHANGED && c->job.fd >= 0 && unchanged(c))
		store_note_seen(w->p->store, &c->before, r->sha256);
	if (r->fresh && !w->p->look.wanted && why_is_lasting(r->why.code))
		store_note_bad(w->p->store, r->sha256, &r->why);
	use_all(w, r);
	for (int i = 0; i < PREPARE_FORMS_MAX; i++) {
		if (c->temps[i])
			unlink(c->temps[i]);
		mem_free(c->temps[i]);
		c->temps[i] = NULL;
		drop_fd(&c->job.out[i]);
	}
	drop_fd(&c->hear);
	drop_fd(&c->answer);
	drop_fd(&c->words);
	drop_fd(&c->job.fd);
	w->busy -= c->phase != CHILD_NONE;
	c->phase = CHILD_NONE;
	w->p->done(w->p->self, c->file, r);
}

static void fail(struct crew *w, struct child *c, enum why code, int64_t a)
{
	c->result.why = (struct why_facts){ code, a, 0 };
	finish(w, c);
}

/* Everything the child will need, opened now: it may open nothing later.  Nothing is stored where the store cannot be
 * written: then only the facts come. */
static void lay_out(struct crew *w, struct child *c)
{
	c->job.work_dir = store_writable(w->p->store) ? store_dir(w->p->store) : NULL;
	c->job.forms_n = w->p->forms_n;
	c->job.look = w->p->look;
	for (int i = 0; i < w->p->forms_n; i++) {
		c->job.forms[i] = w->p->forms[i];
		c->job.out[i] = store_temp(w->p->store, &c->temps[i]);
	}
}

static int by_number(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

/* Closes all that the child has no use for: the line to our caller, the store, the sound of other children. */
static void leave_only(const struct job *j)
{
	int keep[PREPARE_FORMS_MAX + 6] = { STDERR_FILENO, j->fd, j->tell, j->answer, j->words }, n = 5;
	keep[n++] = j->look.wanted ? j->look.flac : -1;
	for (int i = 0; i < j->forms_n; i++)
		keep[n++] = j->out[i];
	qsort(keep, (size_t)n, sizeof *keep, by_number);
	unsigned from = 0;
	for (int i = 0; i < n; i++) {
		if (keep[i] < 0)
			continue;
		if ((unsigned)keep[i] > from)
			close_range(from, (unsigned)keep[i] - 1, 0);
		from = (unsigned)keep[i] + 1;
	}
	close_range(from, ~0u, 0);
}

static _Noreturn void be_child(struct child *c, pid_t parent, int stderr_end)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	if (getppid() != parent)
		_exit(0); /* it died before that took effect */
	dup2(stderr_end, STDERR_FILENO);
	c->job.words = c->words;
	leave_only(&c->job);
	job_run(&c->job);
}

static bool start_child(struct crew *w, struct child *c)
{
	enum { HEAR, ANSWER, WORDS, PIPES };
	int pipes[PIPES][2];
	pid_t parent = getpid();
	for (int i = 0; i < PIPES; i++)
		if (pipe2(pipes[i], O_CLOEXEC)) {
			while (i--)
				close(pipes[i][0]), close(pipes[i][1]);
			return false;
		}
	/* a decoder that complains without end loses its words, and is not held up by them */
	fcntl(pipes[WORDS][0], F_SETFL, O_NONBLOCK);
	fcntl(pipes[WORDS][1], F_SETFL, O_NONBLOCK);
	c->hear = pipes[HEAR][0], c->job.tell = pipes[HEAR][1];
	c->answer = pipes[ANSWER][1], c->job.answer = pipes[ANSWER][0];
	c->words = pipes[WORDS][0];
	c->pid = fork();
	if (c->pid == 0)
		be_child(c, parent, pipes[WORDS][1]);
	close(pipes[HEAR][1]);
	close(pipes[ANSWER][0]);
	close(pipes[WORDS][1]);
	c->phase = c->pid > 0 ? CHILD_HASHING : CHILD_NONE;
	c->deadline_ms = now_ms() + (int64_t)PATIENCE_S * 1000;
	c->beat_ms = now_ms();
	w->busy += c->pid > 0;
	return c->pid > 0;
}

static struct child *free_child(struct crew *w)
{
	struct child *c = w->child;
	while (c->phase != CHILD_NONE)
		c++;
	int file = c->file;
	*c = (struct child){ .file = file, .hear = -1, .answer = -1, .words = -1, .job.fd = -1 };
	c->job.beat = &w->beats[c - w->child];
	c->beats = atomic_load(c->job.beat);
	for (int i = 0; i < PREPARE_FORMS_MAX; i++)
		c->job.out[i] = -1;
	return c;
}

/* False when not even a child could be started. */
static bool begin(struct crew *w, int file)
{
	struct child *c = free_child(w);
	c->file = file;
	if (w->p->begun)
		w->p->begun(w->p->self, file);
	/* NONBLOCK: a FIFO must not hold us up before we see that it is one */
	c->job.fd = open(w->paths[file], O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
	if (c->job.fd < 0 || fstat(c->job.fd, &c->before)) {
		bool absent = errno == ENOENT || errno == ENOTDIR;
		fail(w, c, absent ? WHY_NOT_FOUND : WHY_UNREADABLE, errno);
		return true;
	}
	if (!S_ISREG(c->before.st_mode)) {
		fail(w, c, WHY_NOT_A_FILE, 0);
		return true;
	}
	if (c->before.st_size == 0) {
		fail(w, c, WHY_EMPTY, 0);
		return true;
	}
	if (store_seen(w->p->store, &c->before, c->result.sha256) && known(w, c)) {
		finish(w, c);
		return true;
	}
	memcpy(c->job.sha256, c->result.sha256, sizeof c->job.sha256);
	if (w->p->look.wanted)
		c->job.sha256[0] = '-'; /* the one who takes it in hashes it, while copying */
	lay_out(w, c);
	if (start_child(w, c))
		return true;
	fail(w, c, WHY_CRASHED, 0);
	return false;
}

static void reap(struct child *c, bool kill_it)
{
	if (kill_it)
		kill(c->pid, SIGKILL);
	while (waitpid(c->pid, NULL, 0) < 0 && errno == EINTR)
		continue;
}

/* It died, hangs or talks nonsense: nobody else will tell why. */
static void give_up(struct crew *w, struct child *c)
{
	char said[4096];
	reap(c, true);
	ssize_t n = read(c->words, said, sizeof said);
	for (ssize_t i = 0; i < n; i++) /* its words are not to steer a terminal */
		said[i] = said[i] >= ' ' && said[i] < 127 ? said[i] : ' ';
	if (n > 0)
		fprintf(stderr, "%s: %.*s\n", w->paths[c->file], (int)n, said);
	fail(w, c, WHY_CRASHED, 0);
}

static void hear_hash(struct crew *w, struct child *c, const struct job_hash *h)
{
	if (h->error) {
		reap(c, false);
		fail(w, c, WHY_UNREADABLE, h->error);
		return;
	}
	memcpy(c->result.sha256, h->sha256, SHA256_HEX);
	c->result.sha256[SHA256_HEX - 1] = '\0';
	bool have = known(w, c);
	if (write(c->answer, have ? "n" : "y", 1) != 1)
		have = false; /* it died: its end is seen at the next reading */
	c->phase = CHILD_WORKING;
	if (!have)
		return;
	reap(c, false);
	finish(w, c);
}

/* The child's numbers are those of a program that a crafted file may have taken over: only what is possible passes. */
static bool sound_facts(const struct job_result *r, const struct child *c, int i)
{
	struct store_facts f = r->facts[i], again;
	char text[STORE_FACTS_BYTES], sha256[SHA256_HEX];
	struct stat st;
	f.pcm_sha256[SHA256_HEX - 1] = '\0';
	size_t n = store_facts_write(&f, c->result.sha256, text);
	if (!store_form_same(f.form, c->job.forms[i]) || f.frames < 0 || !n ||
		!store_facts_read(text, n, sha256, &again))
		return false;
	return c->job.out[i] < 0 || (!fstat(c->job.out[i], &st) && st.st_size == f.frames * 2);
}

static void hear_result(struct crew *w, struct child *c, struct job_result *r)
{
	struct prepare_result *out = &c->result;
	out->fresh = true;
	out->forms = c->job.forms_n;
	out->why = r->why;
	if (r->why.code < 0 || r->why.code >= WHY_COUNT)
		out->why.code = WHY_CRASHED;
	out->look = r->look;
	out->stored = out->why.code == WHY_NONE;
	for (int i = 0; i < out->forms && out->why.code == WHY_NONE; i++) {
		if (!sound_facts(r, c, i)) {
			out->why.code = WHY_CRASHED;
			break;
		}
		out->facts[i] = r->facts[i];
		out->stored = out->stored && c->temps[i] &&
			      store_keep(w->p->store, out->sha256, &out->facts[i], c->job.out[i], c->temps[i], NULL);
	}
	reap(c, false);
	finish(w, c);
}

static void hear(struct crew *w, struct child *c)
{
	union {
		struct job_hash hash;
		struct job_result result;
	} said;
	size_t want = c->phase == CHILD_HASHING ? sizeof said.hash : sizeof said.result;
	ssize_t n = read(c->hear, &said, want);
	if (n < 0 && errno == EINTR)
		return;
	if (n != (ssize_t)want)
		give_up(w, c);
	else if (c->phase == CHILD_HASHING)
		hear_hash(w, c, &said.hash);
	else
		hear_result(w, c, &said.result);
}

static bool given_up(struct child *c, int64_t now)
{
	unsigned beats = atomic_load(c->job.beat);
	int64_t used = used_ms(c);
	if (beats != c->beats) {
		c->beats = beats;
		c->beat_ms = now;
		c->used_ms = used;
	}
	return now > c->deadline_ms || now - c->beat_ms > WAITING_MS || used - c->used_ms > STUCK_MS;
}

/* Waits until some child has something to say, and hears it. */
static void attend(struct crew *w)
{
	struct pollfd fds[JOBS_MAX];
	for (int i = 0; i < JOBS_MAX; i++)
		fds[i] = (struct pollfd){ .fd = w->child[i].phase == CHILD_NONE ? -1 : w->child[i].hear,
			.events = POLLIN };
	poll(fds, JOBS_MAX, LOOK_MS);
	int64_t now = now_ms();
	for (int i = 0; i < JOBS_MAX; i++) {
		struct child *c = &w->child[i];
		if (fds[i].revents)
			hear(w, c);
		else if (c->phase != CHILD_NONE && given_up(c, now))
			give_up(w, c);
	}
}

bool prepare_files(const struct prepare *p, char *const *paths, int n, struct err *err)
{
	struct crew w = { .p = p, .paths = paths };
	size_t shared = JOBS_MAX * sizeof *w.beats;
	void *beats = mmap(NULL, shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (beats == MAP_FAILED)
		return err_set(err, "%s", strerror(errno));
	w.beats = beats;
	int jobs = p->jobs < 1 ? 1 : p->jobs > JOBS_MAX ? JOBS_MAX : p->jobs;
	bool started = true;
	for (int i = 0; i < JOBS_MAX; i++)
		w.child[i].hear = w.child[i].answer = w.child[i].words = w.child[i].job.fd = -1;
	for (int next = 0; next < n || w.busy;) {
		if (next < n && w.busy < jobs)
			started = begin(&w, next++) && started;
		else
			attend(&w);
	}
	munmap(beats, shared);
	if (!started)
		err_set(err,
			_("some recordings could not be prepared (%s) — the system starts no more programs — close "
			  "some and run this again"),
			strerror(errno));
	return started;
}
