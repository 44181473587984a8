#include "os/notice.h"

#include "base/clock.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/spawn.h"

#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define STACK_BYTES (128 * 1024)
#define LOOK_EVERY_S 60
#define LOOK_AT_CHILD_S 1
#define TAKEN_WITHIN_S 120 /* a notice that lies there for longer is taken by nobody */

struct notice {
	/* fixed after notice_new */
	char *dir, *file, *new_file, *trouble_file;
	char **teller;
	pthread_t thread;

	pthread_mutex_t lock; /* never held while the disk is touched */
	pthread_cond_t changed;
	char *waiting; /* to be written; NULL = nothing */
	bool ends;
	struct err trouble;

	/* the thread's */
	pid_t child;
	int64_t lies_since_s; /* 0 = no notice lies there */
};

static int64_t now_s(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec;
}

/* ── The thread ── */

static bool write_whole(int fd, const char *text)
{
	size_t n = strlen(text);
	while (n) {
		ssize_t done = write(fd, text, n);
		if (done < 0 && errno == EINTR)
			continue;
		if (done <= 0)
			return false;
		text += done;
		n -= (size_t)done;
	}
	return true;
}

/* Not synced: after a power cut the station says anew how it is. */
static bool write_notice(const struct notice *n, const char *text)
{
	mkdir(n->dir, 0750);
	/* Beside the directory: who watches that sees whole notices only. */
	int fd = open(n->new_file, O_CREAT | O_TRUNC | O_WRONLY | O_CLOEXEC | O_NOFOLLOW, 0640);
	bool done = fd >= 0 && write_whole(fd, text);
	int why = errno;
	if (fd >= 0)
		close(fd);
	if (done && rename(n->new_file, n->file)) {
		why = errno;
		done = false;
	}
	if (!done)
		unlink(n->new_file);
	errno = why;
	return done;
}

static void look_after_teller(struct notice *n, bool lies)
{
	if (n->child && waitpid(n->child, NULL, WNOHANG))
		n->child = 0;
	if (n->teller && lies && !n->child &&
		spawn_program(n->teller, (struct spawn_files){ -1, -1, STDERR_FILENO }, &n->child))
		n->child = 0;
}

static void read_trouble(const struct notice *n, struct err *out)
{
	char text[sizeof out->text] = "";
	FILE *f = fopen(n->trouble_file, "re");
	if (f && fgets(text, sizeof text, f))
		text[strcspn(text, "\n")] = '\0';
	if (f)
		fclose(f);
	if (*text)
		err_set(out, "%s", text);
}

static void look(struct notice *n, const struct err *unwritten)
{
	struct err trouble = *unwritten;
	bool lies = !access(n->file, F_OK);
	if (!lies)
		n->lies_since_s = 0;
	else if (!n->lies_since_s)
		n->lies_since_s = now_s();
	look_after_teller(n, lies);
	if (!trouble.text[0] && lies && now_s() - n->lies_since_s > TAKEN_WITHIN_S)
		err_set(&trouble, "%s",
			_("nobody takes the notice away — start what does: systemctl enable --now loaxa-told.path"));
	if (!trouble.text[0])
		read_trouble(n, &trouble);
	pthread_mutex_lock(&n->lock);
	n->trouble = trouble;
	pthread_mutex_unlock(&n->lock);
}

/* Takes what waits; NULL: nothing does, or it is over (*ends). */
static char *wait_for_text(struct notice *n, bool *ends)
{
	struct timespec until;
	clock_gettime(CLOCK_MONOTONIC, &until);
	until.tv_sec += n->child ? LOOK_AT_CHILD_S : LOOK_EVERY_S;
	pthread_mutex_lock(&n->lock);
	int over = 0;
	while (!n->waiting && !n->ends && !over)
		over = pthread_cond_timedwait(&n->changed, &n->lock, &until);
	char *text = n->waiting;
	n->waiting = NULL;
	*ends = n->ends;
	pthread_mutex_unlock(&n->lock);
	return text;
}

static void *work(void *self)
{
	struct notice *n = self;
	struct err unwritten = { "" };
	for (bool ends = false; !ends;) {
		char *text = wait_for_text(n, &ends);
		if (text) {
			unwritten.text[0] = '\0';
			if (!write_notice(n, text))
				err_set(&unwritten, _("%s cannot be written: %s — look after the disk"), n->file,
					strerror(errno));
		}
		mem_free(text);
		look(n, &unwritten);
	}
	return NULL;
}

/* ── For the loop ── */

static char **copy_words(char *const *words)
{
	size_t n = 0;
	while (words && words[n])
		n++;
	char **copy = words ? mem_zero((n + 1) * sizeof *copy) : NULL;
	for (size_t i = 0; i < n; i++)
		copy[i] = mem_dup(words[i]);
	return copy;
}

struct notice *notice_new(const char *state_dir, char *const *teller)
{
	struct notice *n = mem_new(struct notice);
	pthread_condattr_t clock;
	pthread_attr_t attr;
	n->dir = mem_printf("%s/" NOTICE_DIR, state_dir);
	n->file = mem_printf("%s/" NOTICE_FILE, state_dir);
	n->new_file = mem_printf("%s.new", n->dir);
	n->trouble_file = mem_printf("%s/" NOTICE_TROUBLE, state_dir);
	n->teller = copy_words(teller);
	pthread_mutex_init(&n->lock, NULL);
	pthread_condattr_init(&clock);
	pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
	pthread_cond_init(&n->changed, &clock);
	pthread_condattr_destroy(&clock);
	pthread_attr_init(&attr);
	pthread_attr_setstacksize(&attr, STACK_BYTES);
	int failed = pthread_create(&n->thread, &attr, work, n);
	pthread_attr_destroy(&attr);
	if (!failed)
		return n;
	n->ends = true; /* no thread to wait for: nobody is told, and the station goes on */
	err_set(&n->trouble, "%s", strerror(failed));
	return n;
}

void notice_free(struct notice **pn)
{
	struct notice *n = *pn;
	if (!n)
		return;
	pthread_mutex_lock(&n->lock);
	bool runs = !n->ends;
	n->ends = true;
	pthread_cond_signal(&n->changed);
	pthread_mutex_unlock(&n->lock);
	if (runs)
		pthread_join(n->thread, NULL);
	for (size_t i = 0; n->teller && n->teller[i]; i++)
		mem_free(n->teller[i]);
	mem_free(n->teller);
	mem_free(n->waiting);
	pthread_cond_destroy(&n->changed);
	pthread_mutex_destroy(&n->lock);
	mem_free(n->dir);
	mem_free(n->file);
	mem_free(n->new_file);
	mem_free(n->trouble_file);
	mem_free(n);
	*pn = NULL;
}

void notice_put(struct notice *n, const char *text)
{
	char *copy = mem_dup(text);
	pthread_mutex_lock(&n->lock);
	char *old = n->waiting;
	n->waiting = copy;
	pthread_cond_signal(&n->changed);
	pthread_mutex_unlock(&n->lock);
	mem_free(old);
}

bool notice_trouble(struct notice *n, struct err *out)
{
	pthread_mutex_lock(&n->lock);
	*out = n->trouble;
	pthread_mutex_unlock(&n->lock);
	return out->text[0];
}
