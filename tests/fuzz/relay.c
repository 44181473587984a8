/* What a relay's source says in the schedule, what ffmpeg complains of, and what loaxa-relay says to the controller:
 * words of others, shown to people only where they can be. */
#include "base/mem.h"
#include "base/text.h"
#include "schedule/relay-source.h"
#include "sound/relay-talk.h"
#include "sound/relay/fetch.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_text(const char *text)
{
	char reason[64];
	fetch_reason(text, reason, sizeof reason);
	if (text_bad_utf8(reason, strlen(reason)) >= 0 || strstr(reason, "://"))
		abort();
	const char *protocols = relay_source_protocols(text);
	if (protocols && strstr(protocols, "file") && strncasecmp(text, "file:///", 8) != 0)
		abort();
	if (relay_source_kind(text) == RELAY_STREAM && !protocols)
		abort();
}

static void as_message(const uint8_t *data, size_t size)
{
	int ends[2];
	int16_t frames[64];
	struct err why = { "" };
	if (socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends) < 0)
		return;
	if (send(ends[1], data, size, MSG_DONTWAIT | MSG_NOSIGNAL) == (ssize_t)size && size)
		if (relay_talk_hear(ends[0], frames, 64, &why) > 64 || text_bad_utf8(why.text, strlen(why.text)) >= 0)
			abort();
	close(ends[0]);
	close(ends[1]);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = mem_dup_n((const char *)data, size);
	as_text(text);
	mem_free(text);
	as_message(data, size);
	return 0;
}
