#include "cli/studio.h"

#include "base/i18n.h"
#include "base/text.h"
#include "cli/cmd.h"

#include <stdio.h>

/* Rate and channels of a sink that no output describes: what every computer's sound can do. */
static const struct output usual = { .rate = 48000, .channels = 2 };

const struct output *studio_output(const struct station *st, const char *sink)
{
	int monitor = st ? station_monitor(st) : -1;
	for (size_t i = 0; st && sink && i < st->outputs.n; i++) {
		const struct output *o = &st->outputs.at[i];
		if (o->monitor || !station_same_device(sink, o->sink))
			continue;
		fprintf(stderr,
			_("Not played: %s is output \"%s\" of the station, the village would hear it — to air it: "
			  "loaxa "
			  "play\n"),
			sink, o->name);
		return NULL;
	}
	if (sink)
		return &usual;
	if (monitor >= 0)
		return &st->outputs.at[monitor];
	fputs(_("Not played: the station has no monitor, and on the village's loudspeakers nothing is listened to "
		"beforehand — for headphones on this computer: --sink ao:pulse — for good: an output with monitor = "
		"yes\n"),
		stderr);
	return NULL;
}

static void add_minutes(struct text *t, int64_t ms)
{
	text_addf(t, "%d:%02d", (int)(ms / 60000), (int)(ms / 1000 % 60));
}

struct told {
	const char *title, *sink;
};

static void begun(void *self, int64_t total_ms)
{
	const struct told *told = self;
	struct text t = { 0 };
	add_minutes(&t, total_ms);
	printf(_("Listening to \"%s\" (%s) on %s, in the studio alone; Ctrl-C ends it.\n"), told->title, text_str(&t),
		told->sink);
	fflush(stdout);
	text_free(&t);
}

static void tell_end(const struct ear_heard *h)
{
	struct text t = { 0 };
	add_minutes(&t, h->heard_ms);
	text_add(&t, "/");
	add_minutes(&t, h->total_ms);
	printf(h->stopped ? _("Ended after %s.  The village heard nothing, the log does not count it.\n")
			  : _("Heard whole (%s).  The village heard nothing, the log does not count it.\n"),
		text_str(&t));
	text_free(&t);
}

int studio_listen(const struct ear *e, const char *title)
{
	struct err err = { "" };
	struct ear_heard heard;
	struct told told = { title, e->sink ? e->sink : e->output->sink };
	bool ok = ear_listen(e, begun, &told, &heard, &err);
	if (ok)
		tell_end(&heard);
	else
		fprintf(stderr, _("Not heard: %s\n"), err.text);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
