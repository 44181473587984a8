/* loaxa-relay: fetches one address for a relay and hands its sound to the controller that started it, as nobody, and
 * with nothing else in its hands.  By hand it writes the sound to standard output. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/language.h"
#include "schedule/relay-source.h"
#include "sound/relay-talk.h"
#include "sound/relay/drop.h"
#include "sound/relay/relay.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int usage(FILE *to)
{
	fputs(_("usage: loaxa-relay [--rate N] ADDRESS   fetches it and writes 16-bit mono sound to standard output\n"),
		to);
	return to == stdout ? EXIT_DONE : EXIT_USAGE;
}

/* A whole decimal number in the range, or -1. */
static int number(const char *s, long low, long high)
{
	char *end;
	errno = 0;
	long v = strtol(s, &end, 10);
	return errno || end == s || *end || v < low || v > high ? -1 : (int)v;
}

int main(int argc, char **argv)
{
	static const struct option options[] = { { "rate", 1, NULL, 'r' }, { "fd", 1, NULL, 'f' },
		{ "help", 0, NULL, 'h' }, { NULL, 0, NULL, 0 } };
	struct relay_setup setup = { .rate = 48000, .fd = -1 };
	struct err err = { "" };
	language_start();
	for (int o; (o = getopt_long(argc, argv, "", options, NULL)) != -1;) {
		if (o == 'h')
			return usage(stdout);
		if (o == 'r')
			setup.rate = number(optarg, 8000, 192000);
		else if (o == 'f')
			setup.fd = number(optarg, 0, 1000);
		else
			return usage(stderr);
	}
	if (optind + 1 != argc || setup.rate < 0)
		return usage(stderr);
	char *asked = NULL;
	setup.url = argv[optind];
	if (!strcmp(setup.url, "-") && setup.fd >= 0) {
		asked = relay_talk_asked(setup.fd, &setup.rate);
		setup.url = asked && setup.rate >= 8000 && setup.rate <= 192000 ? asked : "";
	}
	setup.protocols = relay_source_protocols(setup.url);
	if (!setup.protocols) {
		fprintf(stderr, "loaxa-relay: %s\n",
			_("this is no address a relay can fetch — http, https, rtsp, rtmp or rtmps with a host, in "
			  "plain letters — correct it in the schedule"));
		return EXIT_REFUSED;
	}
	signal(SIGPIPE, SIG_IGN);
	if (!drop_privileges(&err)) {
		fprintf(stderr, "loaxa-relay: %s\n", err.text);
		return EXIT_REFUSED;
	}
	relay_run(&setup);
	mem_free(asked);
	return EXIT_DONE;
}
