#include "schedule/relay-source.h"
#include "../unit.h"

#include <string.h>

START_TEST(kinds)
{
	static const struct {
		int line;
		const char *source;
		enum relay_kind kind;
	} T[] = {
		{ __LINE__, "alsa:hw:CARD=Tuner", RELAY_LINE },
		{ __LINE__, "alsa:", RELAY_UNKNOWN },
		{ __LINE__, "hw:1", RELAY_UNKNOWN },
		{ __LINE__, "", RELAY_UNKNOWN },
		{ __LINE__, "https://strm.vov.vn/live/vov1.m3u8?x=1#z", RELAY_STREAM },
		{ __LINE__, "HTTP://host:8000/live.mp3", RELAY_STREAM },
		{ __LINE__, "http://host", RELAY_STREAM },
		{ __LINE__, "http://", RELAY_UNKNOWN },
		{ __LINE__, "http:///etc/passwd", RELAY_UNKNOWN },
		{ __LINE__, "http:host/x", RELAY_UNKNOWN },
		{ __LINE__, "rtsp://user:word@192.168.1.5/ch1", RELAY_STREAM },
		{ __LINE__, "rtmp://h/live", RELAY_STREAM },
		{ __LINE__, "rtmps://h/live", RELAY_STREAM },
		{ __LINE__, "file:///srv/x.opus", RELAY_STREAM },
		{ __LINE__, "file://srv/x.opus", RELAY_UNKNOWN },
		{ __LINE__, "ftp://h/x", RELAY_UNKNOWN },
		{ __LINE__, "concat:a|b", RELAY_UNKNOWN },
		{ __LINE__, "subfile,,start,0,end,9,,:/etc/passwd", RELAY_UNKNOWN },
		{ __LINE__, "pipe:0", RELAY_UNKNOWN },
		{ __LINE__, "-i", RELAY_UNKNOWN },
		{ __LINE__, "http://h/a b", RELAY_UNKNOWN },
		{ __LINE__, "http://h/a\n", RELAY_UNKNOWN },
		{ __LINE__, "http://h/đài", RELAY_UNKNOWN },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		ck_assert_msg(relay_source_kind(T[i].source) == T[i].kind, "line %d: %s", T[i].line, T[i].source);
		ck_assert_msg(
			!relay_source_protocols(T[i].source) == (T[i].kind != RELAY_STREAM), "line %d", T[i].line);
	}
	char endless[RELAY_SOURCE_BYTES + 10] = "http://";
	memset(endless + 7, 'a', sizeof endless - 8);
	ck_assert_int_eq(relay_source_kind(endless), RELAY_UNKNOWN);
}
END_TEST

/* Nothing that an address leads on to may be a file of this machine. */
START_TEST(protocols)
{
	ck_assert_ptr_null(strstr(relay_source_protocols("https://h/x.m3u8"), "file"));
	ck_assert_ptr_null(strstr(relay_source_protocols("rtsp://h/x"), "file"));
	ck_assert_str_eq(relay_source_protocols("file:///x"), "file");
	ck_assert_str_eq(relay_source_device("alsa:hw:1,0"), "hw:1,0");
	ck_assert_str_eq(relay_source_device("http://h"), "http://h");
}
END_TEST

UNIT_MAIN("schedule/relay-source", kinds, protocols)
