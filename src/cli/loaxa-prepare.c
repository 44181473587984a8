/* loaxa-prepare: makes recordings ready for the air, one line of JSON on stdout for each; and writes FLAC from a pipe.
 * Run by loaxa, by make audio, and by hand. */
#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "cli/place.h"
#include "sound/prepare/cage.h"
#include "sound/prepare/encode.h"
#include "sound/prepare/prepare.h"

#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct request {
	const char *store, *forms, *encode;
	bool progress, no_trim, look, trim, even;
	long rate, channels, jobs;
	char **files;
	int files_n;
};

/* A missing standard descriptor would be taken by the next file that is opened. */
static void fill_standard_descriptors(void)
{
	for (int fd = open("/dev/null", O_RDWR); fd >= 0; fd = dup(fd))
		if (fd > 2) {
			close(fd);
			return;
		}
}

static void put_line(struct text *t)
{
	json_close(t, '}');
	text_add(t, "\n");
	fputs(text_str(t), stdout);
	fflush(stdout);
	text_free(t);
}

static void open_line(struct text *t, int n, const char *file, const char *state)
{
	json_open(t, NULL, '{');
	json_int(t, "n", n);
	/* a name that is not UTF-8 is no JSON; the number tells which one is meant */
	json_str(t, "file", text_bad_utf8(file, strlen(file)) < 0 ? file : NULL);
	json_str(t, "state", state);
}

static void put_level(struct text *t, const char *key, int32_t v)
{
	if (v == STORE_NO_LOUDNESS)
		json_str(t, key, NULL);
	else
		json_milli(t, key, v);
}

static void put_facts(struct text *t, const struct store_facts *f)
{
	json_open(t, NULL, '{');
	json_int(t, "rate", f->form.rate);
	json_int(t, "high_pass", f->form.high_pass);
	json_int(t, "frames", f->frames);
	json_str(t, "pcm_sha256", f->pcm_sha256);
	put_level(t, "source_lufs", f->source_lufs);
	put_level(t, "gain_db", f->gain);
	put_level(t, "lufs", f->lufs);
	put_level(t, "peak_dbtp", f->peak);
	put_level(t, "limiting_db", f->limiting);
	json_bool(t, "limited", f->limited);
	json_close(t, '}');
}

static void begun(void *self, int n)
{
	const struct request *rq = self;
	struct text t = { 0 };
	open_line(&t, n, rq->files[n], "begun");
	put_line(&t);
}

static void put_look(struct text *t, const struct look *l)
{
	static const char *const kinds[LOOK_KINDS] = { "wav", "flac", "ogg", "opus", "mp3", "other" };
	json_open(t, "look", '{');
	json_str(t, "kind", l->kind >= 0 && l->kind < LOOK_KINDS ? kinds[l->kind] : NULL);
	json_int(t, "rate", l->rate);
	json_int(t, "channels", l->channels);
	json_int(t, "frames", l->frames);
	json_int(t, "lufs_milli", l->lufs);
	json_int(t, "peak_milli", l->peak);
	json_int(t, "clips", l->clips);
	json_int(t, "clip_ms", l->clip_ms);
	json_int(t, "lead_ms", l->lead_ms);
	json_int(t, "tail_ms", l->tail_ms);
	json_int(t, "pause_ms", l->pause_ms);
	json_int(t, "pause_at_ms", l->pause_at_ms);
	json_bool(t, "flac", l->flac);
	json_int(t, "flac_frames", l->flac_frames);
	json_close(t, '}');
}

static void done(void *self, int n, const struct prepare_result *r)
{
	const struct request *rq = self;
	bool ready = r->why.code == WHY_NONE, missing = r->why.code == WHY_NOT_FOUND;
	struct text t = { 0 };
	open_line(&t, n, rq->files[n], ready ? "ready" : missing ? "missing" : "corrupt");
	json_str(&t, "sha256", r->sha256[0] ? r->sha256 : NULL);
	json_bool(&t, "stored", ready && r->stored);
	json_bool(&t, "fresh", r->fresh);
	json_open(&t, "rates", '[');
	for (int i = 0; ready && i < r->forms; i++)
		put_facts(&t, &r->facts[i]);
	json_close(&t, ']');
	if (ready && rq->look)
		put_look(&t, &r->look);
	char *words = ready ? NULL : why_text(&r->why, rq->files[n]);
	json_str(&t, "code", why_name(r->why.code));
	json_int(&t, "a", r->why.a);
	json_int(&t, "b", r->why.b);
	json_str(&t, "why", words && text_bad_utf8(words, strlen(words)) < 0 ? words : NULL);
	put_line(&t);
	mem_free(words);
}

/* A whole decimal number in the range, or -1. */
static long number(const char *s, long low, long high)
{
	char *end;
	errno = 0;
	long v = strtol(s, &end, 10);
	return errno || end == s || *end || v < low || v > high ? -1 : v;
}

static bool read_forms(const char *list, struct prepare *p)
{
	char *copy = mem_dup(list), *state = NULL;
	bool fine = true;
	for (char *one = strtok_r(copy, ",", &state); one && fine; one = strtok_r(NULL, ",", &state)) {
		fine = p->forms_n < PREPARE_FORMS_MAX && store_form_read(one, &p->forms[p->forms_n]);
		p->forms_n += fine;
	}
	mem_free(copy);
	return fine && p->forms_n > 0;
}

static int usage(FILE *to)
{
	fputs(_("usage: loaxa-prepare [--store DIR] [--rates 48000,44100h200] [--jobs N] [--progress] FILE...\n"
		"       loaxa-prepare --encode OUT.flac --rate R --channels N   <raw 16-bit samples\n"
		"       loaxa-prepare --look [--trim] [--even]   <recording 3<>new.flac\n"
		"       loaxa-prepare --cage    what this kernel holds decoders with\n"),
		to);
	return to == stdout ? EXIT_DONE : EXIT_USAGE;
}

static int encode(const struct request *rq)
{
	struct err err = { "" };
	if (rq->rate <= 0 || rq->channels <= 0 || rq->files_n)
		return usage(stderr);
	if (encode_flac(STDIN_FILENO, rq->encode, (int)rq->rate, (int)rq->channels, &err))
		return EXIT_DONE;
	fprintf(stderr, "loaxa-prepare: %s\n", err.text);
	return EXIT_REFUSED;
}

/* What holds the decoders on this machine, as one line of JSON: for loaxa doctor, and for the curious. */
static int say_cage(void)
{
	struct cage_state s;
	struct text t = { 0 };
	cage_look(&s);
	json_open(&t, NULL, '{');
	json_int(&t, "landlock", s.landlock);
	json_bool(&t, "seccomp", s.seccomp);
	put_line(&t);
	return EXIT_DONE;
}

/* The recording is our standard input, so that the one who opened it and we look at the same file; what is made anew
 * goes to descriptor 3. */
static int look(struct request *rq)
{
	enum { MADE_ANEW = 3 };
	struct err err = { "" };
	char source[] = "/proc/self/fd/0", *files[] = { source };
	struct prepare p = { .self = rq, .jobs = 1, .done = done, .look = { true, rq->trim, rq->even, MADE_ANEW } };
	/* ours alone: ffmpeg gets nothing to write */
	if (rq->files_n || fcntl(MADE_ANEW, F_SETFD, FD_CLOEXEC) < 0)
		return usage(stderr);
	rq->files = files;
	/* only for its disk: working tapes of a long recording do not belong into memory, where /tmp may be */
	char *dir = rq->store ? mem_dup(rq->store) : place_store();
	p.store = store_open(dir, true);
	bool fine = prepare_files(&p, files, 1, &err);
	if (!fine)
		fprintf(stderr, "loaxa-prepare: %s\n", err.text);
	store_free(&p.store);
	mem_free(dir);
	return fine ? EXIT_DONE : EXIT_REFUSED;
}

static int prepare(struct request *rq)
{
	struct err err = { "" };
	struct prepare p = { .self = rq, .jobs = (int)rq->jobs, .begun = rq->progress ? begun : NULL, .done = done };
	if (rq->jobs <= 0 || rq->files_n < 1 || !read_forms(rq->forms, &p))
		return usage(stderr);
	char *dir = rq->store ? mem_dup(rq->store) : place_store();
	p.store = store_open(dir, true);
	bool fine = prepare_files(&p, rq->files, rq->files_n, &err);
	if (!rq->no_trim)
		store_trim(p.store, STORE_LIMIT_BYTES);
	if (!fine)
		fprintf(stderr, "loaxa-prepare: %s\n", err.text);
	store_free(&p.store);
	mem_free(dir);
	return fine ? EXIT_DONE : EXIT_REFUSED;
}

int main(int argc, char **argv)
{
	static const struct option options[] = { { "store", 1, NULL, 's' }, { "rates", 1, NULL, 'r' },
		{ "jobs", 1, NULL, 'j' }, { "progress", 0, NULL, 'p' }, { "no-trim", 0, NULL, 't' },
		{ "encode", 1, NULL, 'e' }, { "rate", 1, NULL, 'R' }, { "channels", 1, NULL, 'c' },
		{ "cage", 0, NULL, 'g' }, { "look", 0, NULL, 'l' }, { "trim", 0, NULL, 'm' }, { "even", 0, NULL, 'v' },
		{ "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	long cores = sysconf(_SC_NPROCESSORS_ONLN);
	struct request rq = { .forms = "48000", .jobs = cores > 0 ? cores : 1 };
	fill_standard_descriptors();
	language_start();
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		switch (o) {
		case 's':
			rq.store = optarg;
			break;
		case 'r':
			rq.forms = optarg;
			break;
		case 'e':
			rq.encode = optarg;
			break;
		case 'p':
			rq.progress = true;
			break;
		case 't':
			rq.no_trim = true;
			break;
		case 'j':
			rq.jobs = number(optarg, 1, 64);
			break;
		case 'R':
			rq.rate = number(optarg, 1, 655350);
			break;
		case 'c':
			rq.channels = number(optarg, 1, ENCODE_CHANNELS_MAX);
			break;
		case 'l':
			rq.look = true;
			break;
		case 'v':
			rq.even = true;
			break;
		case 'm':
			rq.trim = true;
			break;
		case 'g':
			return say_cage();
		case 'h':
			return usage(stdout);
		default:
			return usage(stderr);
		}
	}
	rq.files = argv + optind;
	rq.files_n = argc - optind;
	return rq.encode ? encode(&rq) : rq.look ? look(&rq) : prepare(&rq);
}
