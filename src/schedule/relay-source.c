#include "schedule/relay-source.h"

#include <stddef.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *scheme, *protocols;
	bool host; /* something must stand before the first slash */
} schemes[] = {
	{ "http://", "http,https,tcp,tls,crypto", true },
	{ "https://", "http,https,tcp,tls,crypto", true },
	{ "rtsp://", "rtsp,rtp,udp,tcp", true },
	{ "rtmp://", "rtmp,tcp", true },
	{ "rtmps://", "rtmps,tls,tcp", true },
	{ "file:///", "file", false },
};

/* An address is one word of printing ASCII: other letters are written as %XX. */
static bool is_clean(const char *s)
{
	size_t n = 0;
	for (; s[n]; n++)
		if (s[n] <= ' ' || s[n] > '~')
			return false;
	return n < RELAY_SOURCE_BYTES;
}

const char *relay_source_protocols(const char *source)
{
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		size_t n = strlen(schemes[i].scheme);
		if (strncasecmp(source, schemes[i].scheme, n) || !is_clean(source))
			continue;
		size_t host = strcspn(source + n, "/?#");
		return source[n] && (host || !schemes[i].host) ? schemes[i].protocols : NULL;
	}
	return NULL;
}

const char *relay_source_device(const char *source)
{
	return strncmp(source, "alsa:", 5) ? source : source + 5;
}

enum relay_kind relay_source_kind(const char *source)
{
	if (!strncmp(source, "alsa:", 5))
		return source[5] ? RELAY_LINE : RELAY_UNKNOWN;
	return relay_source_protocols(source) ? RELAY_STREAM : RELAY_UNKNOWN;
}
