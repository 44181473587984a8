/* The computer under the station: clock, disks, rights, real time, programs, fonts.  What it costs is a few small files
 * of /proc and /sys: nothing here opens a card or waits. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/doctor.h"
#include "cli/place.h"
#include "os/clock.h"
#include "os/health.h"
#include "schedule/tz.h"
#include "schedule/values.h"
#include "sound/store.h"

#include <inttypes.h>
#include <string.h>
#include <unistd.h>

#define MIB (INT64_C(1) << 20)

/* ── Clock ── */

static char *local_now(const struct station *st, wall_us now)
{
	char stamp[RFC3339_BYTES] = "";
	struct tz *utc = st ? NULL : tz_fixed(0);
	tz_rfc3339(st ? st->tz : utc, now, stamp);
	if (utc)
		tz_free(&utc);
	return mem_printf("%.2s/%.2s/%.4s %.8s (UTC%s)", stamp + 8, stamp + 5, stamp, stamp + 11, stamp + 23);
}

static void clock_of(struct doctor *d)
{
	struct clock c = os_clock();
	wall_us now = c.wall(c.self);
	char *shown = local_now(d->station, now);
	if (now.us < c.floor.us)
		doctor_say(d, DOCTOR_ILL, "clock",
			mem_printf(_("The clock shows %s, before this program was made."), shown),
			mem_dup(_("Set it; if it is wrong after each power cut, replace the clock's battery.")));
	else if (c.synchronised(c.self))
		doctor_say(d, DOCTOR_WELL, "clock",
			mem_printf(_("The clock shows %s and is kept right from outside."), shown), NULL);
	else
		doctor_say(d, DOCTOR_HINT, "clock",
			mem_printf(_("The clock shows %s; nobody keeps it right from outside."), shown),
			mem_dup(_("Compare it with a watch; where there is a network: apt install chrony.")));
	mem_free(shown);
}

/* ── Disks and rights ── */

static void space_of(struct doctor *d, const char *check, const char *dir, const struct health_disk *disk)
{
	int64_t mib = disk->free_bytes / MIB;
	bool ill = mib < 100 || disk->free_files < 100;
	enum doctor_mark mark = ill ? DOCTOR_ILL : mib < 1024 ? DOCTOR_HINT : DOCTOR_WELL;
	char *to_do = mark == DOCTOR_WELL ? NULL : mem_printf(_("Make room: df -h %s"), dir);
	doctor_say(d, mark, check, mem_printf(_("Free space for %s: %" PRId64 " MiB."), dir, mib), to_do);
}

static void dir_of(struct doctor *d, const char *check, const char *dir)
{
	struct health_disk disk;
	if (!health_disk(dir, &disk)) {
		doctor_say(d, DOCTOR_ILL, check, mem_printf(_("The directory %s cannot be looked at."), dir),
			mem_dup(_("Mount its disk, or name another directory.")));
		return;
	}
	space_of(d, check, dir, &disk);
	if (disk.mode & 0022)
		doctor_say(d, disk.mode & 0002 ? DOCTOR_ILL : DOCTOR_HINT, check,
			mem_printf(_("Others than its owner may write into %s (mode %03o)."), dir, disk.mode & 0777),
			mem_printf("chmod go-w %s", dir));
	if (!disk.writable)
		doctor_say(d, DOCTOR_HINT, check, mem_printf(_("You may not write into %s."), dir),
			mem_dup(_("Right if the controller runs under another user; else ask for its group.")));
}

static bool uses_alsa(const struct station *st)
{
	for (size_t i = 0; st && i < st->outputs.n; i++)
		if (!strncmp(st->outputs.at[i].sink, "alsa:", 5))
			return true;
	return false;
}

static void groups(struct doctor *d)
{
	if (!uses_alsa(d->station))
		return;
	if (health_in_group("audio") || !access("/dev/snd/controlC0", R_OK | W_OK))
		doctor_say(d, DOCTOR_WELL, "rights", mem_dup(_("You may open sound cards.")), NULL);
	else
		doctor_say(d, DOCTOR_HINT, "rights",
			mem_dup(_("You are not in the group \"audio\": cards do not open for you.")),
			mem_printf(
				_("sudo usermod -aG audio %s, then log in anew; the controller's user needs the same."),
				getlogin() ? getlogin() : "USER"));
}

/* ── Real time ── */

/* Bytes that one recording takes in memory, in every form that an output needs. */
static int64_t recording_bytes(const struct station *st, struct store *store, const struct recording *r, bool *known)
{
	struct store_facts facts;
	int64_t bytes = 0;
	for (size_t o = 0; o < st->outputs.n; o++) {
		struct store_form form = { st->outputs.at[o].rate, st->outputs.at[o].high_pass };
		bool again = false;
		for (size_t p = 0; p < o; p++)
			again = again ||
				(st->outputs.at[p].rate == form.rate && st->outputs.at[p].high_pass == form.high_pass);
		if (again)
			continue;
		bool found = r->sha256[0] && store_facts(store, r->sha256, form, &facts);
		bytes += found ? facts.frames * (int64_t)sizeof(int16_t) : 0;
		*known = *known && found;
	}
	return bytes;
}

static void mark_used(const struct station *st, bool *used)
{
	for (size_t i = 0; i < st->rules.n; i++) {
		const struct rule *r = &st->rules.at[i];
		if (r->kind != RULE_EMERGENCY)
			continue;
		for (size_t k = 0; k < r->play.n; k++)
			used[r->play.at[k].bulletin] = true;
		if (r->all_clear >= 0)
			used[r->all_clear] = true;
	}
}

/* What the emergencies of the station want to keep locked. */
static int64_t emergency_bytes(const struct doctor *d, bool *known)
{
	const struct station *st = d->station;
	struct store *store = store_open(d->store, false);
	bool *used = mem_zero(st->bulletins.n + 1);
	int64_t bytes = 0;
	*known = true;
	mark_used(st, used);
	for (size_t b = 0; b < st->bulletins.n; b++)
		for (size_t i = 0; used[b] && i < st->bulletins.at[b].audio.n; i++)
			bytes += recording_bytes(st, store, &st->bulletins.at[b].audio.at[i], known);
	mem_free(used);
	store_free(&store);
	return bytes;
}

static const char *limit_in_words(int64_t bytes, char out[32])
{
	if (bytes == HEALTH_NO_LIMIT)
		return _("no limit");
	snprintf(out, 32, "%" PRId64 " MiB", bytes / MIB);
	return out;
}

/* Threads need the stacks, the program and some tables besides: what locking everything costs is more than the sound,
 * but only the sound is locked. */
static void locked_memory(struct doctor *d, const struct health_limits *l, const char *whose)
{
	bool known;
	char limit[32];
	int64_t bytes = d->station ? emergency_bytes(d, &known) : 0;
	if (!d->station || !bytes)
		return;
	int64_t mib = (bytes + MIB - 1) / MIB;
	const char *shown = l->privileged ? _("no limit") : limit_in_words(l->locked_bytes, limit);
	if (l->privileged || l->locked_bytes >= bytes)
		doctor_say(d, DOCTOR_WELL, "memory",
			mem_printf(
				_("Emergencies (%" PRId64 " MiB) fit into locked memory (%s: %s)."), mib, whose, shown),
			NULL);
	else
		doctor_say(d, DOCTOR_ILL, "memory",
			mem_printf(_("Emergencies need %" PRId64 " MiB of locked memory; %s: %s."), mib, whose, shown),
			mem_printf(_("In the service: LimitMEMLOCK=%" PRId64 "M; by hand: ulimit -l"), 2 * mib));
	if (!known)
		doctor_say(d, DOCTOR_HINT, "memory", mem_dup(_("Some recordings of emergencies are not prepared yet.")),
			mem_dup("loaxa check"));
}

static void real_time(struct doctor *d)
{
	struct health_limits l;
	if (!health_limits(d->controller, &l))
		return;
	const char *whose = d->controller ? _("the controller") : _("you");
	if (d->controller && l.realtime_threads)
		doctor_say(d, DOCTOR_WELL, "real-time",
			mem_printf(_("The controller's sound runs in real time (%d threads)."), l.realtime_threads),
			NULL);
	else if (l.privileged || l.realtime_priority >= 10)
		doctor_say(d, DOCTOR_WELL, "real-time", mem_printf(_("Sound may run in real time (%s)."), whose), NULL);
	else
		doctor_say(d, DOCTOR_HINT, "real-time",
			mem_printf(
				_("Sound may not run in real time (%s): a busy computer can make it stutter."), whose),
			mem_dup(_("In the service: LimitRTPRIO=20; by hand: ulimit -r")));
	locked_memory(d, &l, whose);
}

/* ── Programs and fonts ── */

/* One line of JSON from `loaxa-prepare --cage`; NULL when it says none. */
static struct json *ask_cage(const char *prepare)
{
	char line[256];
	char *command = strchr(prepare, '\'') ? NULL : mem_printf("'%s' --cage 2>/dev/null", prepare);
	FILE *said = command ? popen(command, "re") : NULL;
	struct json *j = said && fgets(line, sizeof line, said) ? json_parse(line, strlen(line)) : NULL;
	if (said)
		pclose(said);
	mem_free(command);
	return j;
}

static void cage(struct doctor *d, const char *prepare)
{
	struct json *j = ask_cage(prepare);
	int64_t landlock = j ? json_get_int(j, "landlock", 0) : 0;
	bool seccomp = j && json_get_bool(j, "seccomp");
	if (landlock > 0 && seccomp)
		doctor_say(d, DOCTOR_WELL, "cage",
			mem_dup(_("Recordings are decoded in a cage: no network, no other file.")), NULL);
	else
		doctor_say(d, DOCTOR_HINT, "cage",
			mem_printf(_("Recordings are decoded in a cage with gaps: this kernel lacks %s."),
				landlock > 0 ? "seccomp"
				: seccomp    ? "Landlock"
					     : "Landlock, seccomp"),
			mem_dup(_("Take recordings only from people you know; Landlock: lsm=landlock,… on the "
				  "kernel's command line.")));
	json_free(&j);
}

static void programs(struct doctor *d)
{
	char *prepare = place_program("loaxa-prepare");
	if (access(prepare, X_OK))
		doctor_say(d, DOCTOR_ILL, "programs",
			mem_printf(_("%s is not there: no recording can be prepared."), prepare),
			mem_dup(_("Run make, or install loaxa anew.")));
	else
		doctor_say(d, DOCTOR_WELL, "programs", mem_printf(_("%s is there."), prepare), NULL);
	cage(d, prepare);
	mem_free(prepare);
	bool ffmpeg = health_program("ffmpeg");
	doctor_say(d, ffmpeg ? DOCTOR_WELL : DOCTOR_HINT, "programs",
		mem_dup(ffmpeg ? _("ffmpeg is there, for formats beyond WAV, FLAC, MP3 and Opus.")
			       : _("ffmpeg is not there: only WAV, FLAC, MP3, Ogg and Opus can be prepared.")),
		ffmpeg ? NULL : mem_dup("apt install ffmpeg"));
	bool voice = health_program("espeak-ng");
	doctor_say(d, voice ? DOCTOR_WELL : DOCTOR_HINT, "programs",
		mem_dup(voice ? _("espeak-ng is there: speaker tests speak the zone's name, loaxa say reads texts.")
			      : _("espeak-ng is not there: speaker tests count beeps, loaxa say reads nothing.")),
		voice ? NULL : mem_dup("apt install espeak-ng"));
}

static void fonts(struct doctor *d)
{
	static const char *const dirs[] = { "/usr/share/fonts", "/usr/local/share/fonts" };
	bool found = false;
	for (size_t i = 0; i < sizeof dirs / sizeof *dirs && !found; i++)
		found = health_file_below(dirs[i], "LiberationSerif-Regular.ttf");
	if (found)
		doctor_say(d, DOCTOR_WELL, "fonts", mem_dup(_("The font of the reports is there (Liberation Serif).")),
			NULL);
	else
		doctor_say(d, DOCTOR_HINT, "fonts",
			mem_dup(_("The font of the reports is missing (Liberation Serif).")),
			mem_dup("apt install fonts-liberation2"));
}

void doctor_machine(struct doctor *d)
{
	clock_of(d);
	dir_of(d, "state", d->state);
	dir_of(d, "store", d->store);
	groups(d);
	real_time(d);
	programs(d);
	fonts(d);
}
