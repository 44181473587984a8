#include "cli/ear.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "cli/letters.h"
#include "cli/place.h"
#include "os/clock.h"
#include "sound/library.h"
#include "sound/live.h"

#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/signalfd.h>
#include <time.h>
#include <unistd.h>

/* Both ears: the bulletin goes to the first two channels at once. */
enum { EARS = 2, ENDING_MS = 1000 };

/* ── A station of one listener ── */

static void add_ears(struct station *st, const struct output *from, const char *sink)
{
	struct output o = { .name = mem_dup("monitor"),
		.sink = mem_dup(sink ? sink : from->sink),
		.rate = from->rate,
		.channels = from->channels,
		.high_pass = from->high_pass,
		.idle = IDLE_CLOSE };
	vec_push(&st->outputs, o);
	for (int i = 0; i < EARS && i < o.channels; i++) {
		struct zone z = { .name = mem_printf("ear-%d", i + 1), .channel = i + 1, .volume = 100, .on = true };
		z.title = mem_dup(z.name);
		vec_push(&st->zones, z);
	}
}

static struct station *studio(const struct ear *e)
{
	struct station *st = station_new();
	struct bulletin b = { .name = mem_dup("listen"), .title = mem_dup(""), .campaign = -1 };
	for (size_t i = 0; i < e->bulletin->audio.n; i++) {
		struct recording r = { .file = mem_dup(e->bulletin->audio.at[i].file) };
		if (e->as_was)
			memcpy(r.sha256, e->bulletin->audio.at[i].sha256, sizeof r.sha256);
		vec_push(&b.audio, r);
	}
	mem_renew(&st->audio_dir, e->audio_dir);
	add_ears(st, e->output, e->sink);
	vec_push(&st->bulletins, b);
	return st;
}

static bool all_ready(const struct station *st)
{
	bool all = true;
	for (size_t i = 0; i < st->bulletins.at[0].audio.n; i++)
		all = all && st->bulletins.at[0].audio.at[i].state == RECORDING_READY;
	return all;
}

/* The files of those names may be gone or others by now. */
static bool same_as_was(const struct station *st, const struct ear *e, struct err *err)
{
	for (size_t i = 0; i < st->bulletins.at[0].audio.n; i++) {
		const struct recording *r = &st->bulletins.at[0].audio.at[i];
		const char *was = e->bulletin->audio.at[i].sha256;
		if (r->state != RECORDING_READY || strcmp(r->sha256, was) != 0)
			return err_set(err,
				_("what was aired (SHA-256 %.12s…) is in the store no more, and %s does not hold it any more "
				  "either (it was \"%s\")"),
				was, e->audio_dir, r->file);
	}
	return true;
}

static bool ready(struct station *st, const struct ear *e, struct err *err)
{
	if (e->as_was)
		library_recall(st, e->store);
	if (all_ready(st))
		return true;
	char *program = place_program("loaxa-prepare");
	struct library_options options = {
		.store = e->store, .prepare_program = program, .progress = true, .plain = letters_plain()
	};
	bool ok = library_fill(st, &options, err);
	mem_free(program);
	if (ok && e->as_was)
		return same_as_was(st, e, err);
	for (size_t i = 0; ok && i < st->bulletins.at[0].audio.n; i++) {
		const struct recording *r = &st->bulletins.at[0].audio.at[i];
		if (r->state == RECORDING_MISSING && r->why)
			return err_set(err, _("the file \"%s\" is not in %s — did you mean \"%s\"?"), r->file,
				e->audio_dir, r->why);
		if (r->state == RECORDING_MISSING)
			return err_set(
				err, _("the file \"%s\" is not in %s — see the name with: ls"), r->file, e->audio_dir);
		if (r->state != RECORDING_READY)
			return err_set(err, _("the file \"%s\" cannot be played — %s"), r->file, r->why ? r->why : "?");
	}
	return ok;
}

/* ── Playing ── */

struct playing {
	struct live_sound *sound;
	struct sound_port port;
	const struct station *station;
	int signals;   /* readable once somebody asked to stop */
	int64_t frame; /* first one not heard, at the latest stop */
	size_t left;   /* ears that still play */
	wall_us until; /* when the last frame is heard */
	bool failed, stopped;
};

static void start(struct playing *p)
{
	struct clock clock = os_clock();
	for (size_t z = 0; z < p->station->zones.n; z++) {
		struct sound_item item = { .token = (uint32_t)z + 1,
			.zone = (int)z,
			.bulletin = &p->station->bulletins.at[0],
			.frames = bulletin_frames(&p->station->bulletins.at[0], p->station, (int)z),
			.volume_permille = 1000,
			.at = clock.wall(clock.self) };
		p->port.start(p->port.self, &item);
		p->left++;
	}
	p->port.commit(p->port.self);
}

static void take_events(struct playing *p, struct err *err)
{
	struct sound_event e;
	while (p->port.next_event(p->port.self, &e)) {
		bool ends = e.kind == SOUND_ENDED || e.kind == SOUND_STOPPED || e.kind == SOUND_BROKEN ||
			    e.kind == SOUND_LOST;
		if (e.token && ends) {
			p->left--;
			p->until = e.at;
			p->frame = e.kind == SOUND_ENDED ? INT64_MAX : e.frame;
		}
		if ((e.kind == SOUND_LOST || e.kind == SOUND_BROKEN) && !p->failed) {
			p->failed = true;
			live_sound_fault(p->sound, 0, err);
			if (!err->text[0])
				err_set(err, "%s",
					_("the sound broke off — the device or the file is gone — see: loaxa devices"));
		}
	}
}

static void wait_for_sound(struct playing *p, int ms)
{
	struct pollfd fds[] = { { .fd = live_sound_fd(p->sound), .events = POLLIN },
		{ .fd = p->stopped ? -1 : p->signals, .events = POLLIN } };
	poll(fds, 2, ms);
	p->stopped = p->stopped || fds[1].revents;
}

static void stop(struct playing *p, struct err *err)
{
	for (size_t z = 0; z < p->station->zones.n; z++)
		p->port.stop(p->port.self, (int)z, (uint32_t)z + 1);
	p->port.commit(p->port.self);
	for (int waited = 0; p->left && waited < ENDING_MS; waited += 20) {
		wait_for_sound(p, 20);
		take_events(p, err);
	}
}

static void play(struct playing *p, struct err *err)
{
	start(p);
	while (p->left && !p->stopped && !p->failed) {
		wait_for_sound(p, 100);
		take_events(p, err);
	}
	if (p->stopped)
		stop(p, err);
}

/* What was handed to the device last is still on its way to the ear. */
static void hear_the_end(const struct playing *p)
{
	struct clock clock = os_clock();
	int64_t left = p->until.us - clock.wall(clock.self).us;
	struct timespec t = { left / US_PER_S, left % US_PER_S * 1000 };
	if (left > 0 && left < US_PER_S && !p->failed)
		nanosleep(&t, NULL);
}

/* From here on Ctrl-C ends the sound and not the process; every thread that is made later leaves it to us. */
static int watch_signals(void)
{
	sigset_t ending;
	sigemptyset(&ending);
	sigaddset(&ending, SIGINT);
	sigaddset(&ending, SIGTERM);
	sigprocmask(SIG_BLOCK, &ending, NULL);
	return signalfd(-1, &ending, SFD_CLOEXEC);
}

bool ear_listen(const struct ear *e, void (*begun)(void *self, int64_t total_ms), void *self, struct ear_heard *heard,
	struct err *err)
{
	struct clock clock = os_clock();
	struct live_options options = { .store = e->store, .clock = &clock };
	struct station *st = studio(e);
	struct playing p = { .station = st, .signals = -1 };
	*heard = (struct ear_heard){ 0 };
	if (ready(st, e, err)) {
		p.signals = watch_signals();
		p.sound = live_sound_new(st, &options, err);
	}
	if (p.sound) {
		p.port = live_sound_port(p.sound);
		heard->total_ms = bulletin_ms(&st->bulletins.at[0]);
		begun(self, heard->total_ms);
		play(&p, err);
		hear_the_end(&p);
		int64_t frames = bulletin_frames(&st->bulletins.at[0], st, 0);
		int64_t frame = p.frame < frames ? p.frame : frames;
		heard->heard_ms = frame * 1000 / e->output->rate;
		heard->stopped = p.stopped;
	}
	bool ok = p.sound && !p.failed;
	live_sound_free(&p.sound);
	station_free(&st);
	if (p.signals >= 0)
		close(p.signals);
	return ok;
}
