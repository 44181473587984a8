/* loaxa listen: hear a bulletin, or a file, in the studio before anybody else does.  Only on the station's monitor, or on
 * the sink that is named; where that is a device of the village's, it is refused. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/options.h"
#include "cli/peek.h"
#include "cli/place.h"
#include "cli/studio.h"

#include <libgen.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

static int run(int argc, char **argv);

const struct cmd cmd_listen = { "listen", "BULLETIN|FILE [DIR] [--sink SINK] [--state DIR] [--store DIR]",
	N_("hear a bulletin in the studio: on the monitor alone, never in the village"), run };

struct request {
	const char *what, *dir, *sink, *state, *store;
};

/* ── What ── */

/* A bulletin of that one file; the strings belong to the caller. */
static void name_file(struct bulletin *b, char *file, const char *title)
{
	vec_push(&b->audio, (struct recording){ .file = file });
	b->title = (char *)title;
}

static bool find_bulletin(const struct station *st, const char *name, struct bulletin *out)
{
	int i = st ? station_bulletin(st, name) : -1;
	if (i < 0)
		return false;
	*out = st->bulletins.at[i];
	return true;
}

static int listen_to(const struct request *r, const struct output *o, const struct bulletin *b, const char *audio_dir)
{
	struct ear e = { .output = o, .sink = r->sink, .audio_dir = audio_dir, .store = r->store, .bulletin = b };
	return studio_listen(&e, b->title);
}

static int listen_to_file(const struct request *r, const struct output *o)
{
	char *for_dir = mem_dup(r->what), *for_name = mem_dup(r->what);
	struct bulletin b = { 0 };
	name_file(&b, basename(for_name), r->what);
	int code = listen_to(r, o, &b, dirname(for_dir));
	vec_free(&b.audio);
	mem_free(for_dir);
	mem_free(for_name);
	return code;
}

static int find_and_listen(const struct request *r, const struct station *st)
{
	struct bulletin b;
	const struct output *o = studio_output(st, r->sink);
	bool known = find_bulletin(st, r->what, &b);
	int code = EXIT_REFUSED;
	if (!o)
		return code;
	if (known && b.relay.source)
		fprintf(stderr,
			_("Not played: \"%s\" is a relay, it sounds only when its source does — hear the source "
			  "itself: %s\n"),
			r->what, b.relay.source);
	else if (known)
		code = listen_to(r, o, &b, st->audio_dir);
	else if (!access(r->what, F_OK))
		code = listen_to_file(r, o);
	else
		fprintf(stderr,
			_("Not played: \"%s\" is neither a bulletin of the station nor a file — see the bulletins: "
			  "loaxa check\n"),
			r->what);
	return code;
}

static int run(int argc, char **argv)
{
	struct request r = { 0 };
	const struct option_row options[] = { { .name = "sink", .text = &r.sink },
		{ .name = "state", .text = &r.state }, { .name = "store", .text = &r.store }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 1 || n > 2)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_listen);
	char *state = r.state ? NULL : place_state(), *store = r.store ? NULL : place_store(), *from = NULL;
	struct findings fs = { 0 };
	r.what = argv[1];
	r.dir = n > 1 ? argv[2] : NULL;
	r.store = r.store ? r.store : store;
	struct station *st = peek_station(r.dir, r.state ? r.state : state, &from, &fs);
	int code = EXIT_REFUSED;
	/* Without the schedule nobody knows which devices are the village's. */
	if (st)
		code = find_and_listen(&r, st);
	else
		fprintf(stderr, _("Not played: the schedule in %s has errors — see: loaxa check %s\n"), from, from);
	station_free(&st);
	findings_free(&fs);
	mem_free(from);
	mem_free(state);
	mem_free(store);
	return code;
}
