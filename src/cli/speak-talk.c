#include "cli/speak-talk.h"

#include "base/i18n.h"
#include "base/text.h"
#include "cli/letters.h"
#include "cli/screen.h"
#include "sound/listener.h"

#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/signalfd.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define PIECE_FRAMES 1024
#define SEND_BYTES 8192 /* in the socket: what lies there is late */
#define SHOW_MS 200
#define ASK_MS 10
#define MUTE_MS 2000 /* a speaker may draw a breath */
#define BAR_CELLS 16
#define BAR_DB 48

enum phase { CALLING, TALKING, ENDING, ENDED };

struct talk {
	int line, signals, rate;
	int64_t limit_ms, said; /* frames */
	struct speak_source *source;
	enum phase phase;
	bool heard, limit, cut; /* it went on air; the limit was reached; the station ended it before we did */
	int16_t piece[PIECE_FRAMES];
	size_t at, n;               /* bytes of the piece still to be sent */
	int peak;                   /* since the line was last drawn */
	int64_t shown_ms, sound_ms; /* when it was last drawn; when there was last something to be heard */
};

static int64_t now_ms(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ── What is shown ── */

static void add_clock(struct text *t, int64_t s)
{
	text_addf(t, "%02" PRId64 ":%02" PRId64, s / 60, s % 60);
}

static void show(struct talk *k)
{
	if (!isatty(STDERR_FILENO) || letters_plain() || now_ms() - k->shown_ms < SHOW_MS)
		return;
	k->shown_ms = now_ms();
	struct text t = { 0 };
	double db = k->peak ? 20 * log10(k->peak / 32768.0) : -BAR_DB;
	int cells = (int)lrint((db + BAR_DB) * BAR_CELLS / BAR_DB);
	text_addf(&t, "\r\033[K%s ", _("LIVE —"));
	add_clock(&t, k->said / k->rate);
	text_add(&t, " / ");
	add_clock(&t, (k->limit_ms - LISTENER_OPENING_MS) / 1000);
	text_add(&t, "  ");
	for (int i = 0; i < BAR_CELLS; i++)
		text_add(&t, i < cells ? "█" : "░");
	bool mute = now_ms() - k->sound_ms > MUTE_MS;
	text_addf(&t, "  %s", !mute ? _("Ctrl-C ends") : _("NOTHING IS HEARD — is the microphone on? Ctrl-C ends"));
	screen_say(STDERR_FILENO, text_str(&t), t.n);
	text_free(&t);
	k->peak = 0;
}

static void show_end(const struct talk *k)
{
	struct text t = { 0 };
	add_clock(&t, k->said / k->rate);
	fputs(isatty(STDERR_FILENO) ? "\r\033[K" : "", stderr);
	if (speak_source_fault(k->source)[0])
		fprintf(stderr, "%s\n", speak_source_fault(k->source));
	if (!k->heard)
		fprintf(stderr, "%s\n", _("Nothing was aired."));
	else if (k->limit)
		fprintf(stderr, _("The limit was reached: %s was aired.\n"), text_str(&t));
	else if (k->cut)
		fprintf(stderr, _("CUT OFF by the station after %s — why: loaxa log\n"), text_str(&t));
	else
		fprintf(stderr, _("Ended: %s was aired.\n"), text_str(&t));
	text_free(&t);
}

/* ── The two ends ── */

static void end_talking(struct talk *k)
{
	if (k->phase < ENDING)
		shutdown(k->line, SHUT_WR);
	k->phase = k->phase < ENDING ? ENDING : k->phase;
}

static void on_go(struct talk *k)
{
	struct err err = { "" };
	if (k->phase != CALLING)
		return;
	k->phase = TALKING;
	k->heard = true;
	k->sound_ms = now_ms();
	if (!speak_source_begin(k->source, &err)) {
		fprintf(stderr, "loaxa speak: %s\n", err.text);
		end_talking(k);
	} else if (!isatty(STDERR_FILENO) || letters_plain()) {
		fprintf(stderr, "%s\n", _("LIVE"));
	}
}

static void hear_line(struct talk *k)
{
	char said[16];
	ssize_t n = recv(k->line, said, sizeof said, MSG_DONTWAIT);
	if (n > 0 && memchr(said, LISTENER_GO, (size_t)n))
		on_go(k);
	if (n > 0 && memchr(said, LISTENER_LIMIT, (size_t)n)) {
		k->limit = true;
		end_talking(k);
	}
	if (n > 0 || (n < 0 && (errno == EAGAIN || errno == EINTR)))
		return;
	k->cut = k->phase < ENDING;
	k->phase = ENDED;
}

static void fetch(struct talk *k)
{
	int64_t n = speak_source_read(k->source, k->piece, PIECE_FRAMES);
	if (n < 0)
		end_talking(k);
	if (n <= 0)
		return;
	for (int64_t i = 0; i < n; i++)
		k->peak = abs(k->piece[i]) > k->peak ? abs(k->piece[i]) : k->peak;
	k->sound_ms = k->peak > 0 ? now_ms() : k->sound_ms;
	k->at = 0;
	k->n = (size_t)n * sizeof *k->piece;
}

static void send_on(struct talk *k)
{
	ssize_t n = send(k->line, (const char *)k->piece + k->at, k->n - k->at, MSG_DONTWAIT | MSG_NOSIGNAL);
	if (n < 0) /* the line says why when it is read */
		return;
	k->at += (size_t)n;
	k->said += n / (ssize_t)sizeof *k->piece;
}

/* The first ends in order; whoever asks again wants out. */
static void on_signal(struct talk *k)
{
	struct signalfd_siginfo info;
	while (read(k->signals, &info, sizeof info) == sizeof info) {
		if (k->phase >= ENDING)
			k->phase = ENDED;
		else
			end_talking(k);
	}
}

static void turn(struct talk *k)
{
	bool wants = k->phase == TALKING && k->at == k->n, has = wants && speak_source_has(k->source);
	int own = wants && !has ? speak_source_fd(k->source) : -1;
	bool asks = wants && !has && own < 0;
	struct pollfd p[3] = { { .fd = k->line, .events = POLLIN }, { .fd = k->signals, .events = POLLIN },
		{ .fd = own, .events = POLLIN } };
	if (k->phase == TALKING && k->at < k->n)
		p[0].events |= POLLOUT;
	if (poll(p, 3, has ? 0 : asks ? ASK_MS : SHOW_MS) < 0)
		return;
	if (p[1].revents)
		on_signal(k);
	if (p[0].revents & POLLOUT && k->phase == TALKING)
		send_on(k);
	if (k->phase == TALKING && (has || asks || p[2].revents))
		fetch(k);
	if (p[0].revents & ~POLLOUT)
		hear_line(k);
}

bool speak_talk(int line, struct speak_source *source, int rate, int64_t limit_ms)
{
	struct talk k = { .line = line, .rate = rate, .limit_ms = limit_ms, .source = source };
	sigset_t ends;
	sigemptyset(&ends);
	sigaddset(&ends, SIGINT);
	sigaddset(&ends, SIGTERM);
	sigaddset(&ends, SIGHUP);
	sigprocmask(SIG_BLOCK, &ends, NULL);
	k.signals = signalfd(-1, &ends, SFD_CLOEXEC | SFD_NONBLOCK);
	setsockopt(line, SOL_SOCKET, SO_SNDBUF, &(int){ SEND_BYTES }, sizeof(int));
	if (isatty(STDERR_FILENO))
		fprintf(stderr, "%s", _("The chime sounds — wait …"));
	while (k.phase != ENDED) {
		turn(&k);
		if (k.phase == TALKING)
			show(&k);
	}
	show_end(&k);
	close(k.signals);
	close(line);
	return k.heard && !k.cut;
}
