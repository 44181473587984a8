/* What loaxa-relay is made of, without a network. */
#include "base/mem.h"
#include "sound/relay-talk.h"
#include "sound/relay/fetch.h"
#include "sound/relay/pace.h"
#include "../unit.h"

#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MS 1000

START_TEST(sound_goes_on_in_real_time)
{
	/* "t:n" at t ms, n ms of sound are wanted to go on; so many may */
	static const struct {
		int line;
		struct {
			int at_ms, want_ms, may_ms;
		} steps[5];
	} T[] = {
		{ __LINE__,
			{ { 0, 1000, 300 }, { 0, 1000, 0 }, { 20, 1000, 20 }, { 120, 50, 50 }, { 120, 1000, 50 } } },
		/* what was not used is no credit beyond that */
		{ __LINE__, { { 0, 0, 0 }, { 10000, 1000, 300 }, { 10100, 1000, 100 } } },
		{ __LINE__, { { 0, 300, 300 }, { 3600000, 1000, 300 } } },
		/* a clock that stands or goes back gives nothing */
		{ __LINE__, { { 100, 300, 300 }, { 100, 10, 0 }, { 50, 10, 0 }, { 60, 10, 10 } } },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct relay_pace p;
		relay_pace_start(&p, 16000, T[i].steps[0].at_ms * MS);
		for (size_t k = 0; k < 5; k++) {
			size_t want = (size_t)T[i].steps[k].want_ms * 16;
			if (k && !T[i].steps[k].at_ms)
				continue;
			size_t room = relay_pace_room(&p, (int64_t)T[i].steps[k].at_ms * MS),
			       n = want < room ? want : room;
			ck_assert_msg(
				n == (size_t)T[i].steps[k].may_ms * 16, "line %d step %zu: %zu", T[i].line, k, n / 16);
			relay_pace_used(&p, n);
		}
	}
}
END_TEST

START_TEST(a_complaint_without_its_address)
{
	static const struct {
		int line;
		const char *said, *reason;
	} T[] = {
		{ __LINE__, "", "" },
		{ __LINE__, "https://user:secret@host/x: Server returned 404 Not Found",
			"Server returned 404 Not Found" },
		{ __LINE__, "[tcp @ 0x55] Connection to tcp://127.0.0.1:1 failed: Connection refused",
			"Connection refused" },
		{ __LINE__, "file:///x: No such file or directory", "No such file or directory" },
		{ __LINE__, "Invalid data\tfound\033[2J", "Invalid data?found?[2J" },
		{ __LINE__, "cannot open http://user:secret@host/", "?" },
		{ __LINE__, "ends: ", "ends: " },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char reason[64];
		fetch_reason(T[i].said, reason, sizeof reason);
		ck_assert_msg(!strcmp(reason, T[i].reason), "line %d: %s", T[i].line, reason);
	}
	char brief[5];
	fetch_reason("x: a long reason", brief, sizeof brief);
	ck_assert_str_eq(brief, "a lo");
}
END_TEST

START_TEST(talk)
{
	int ends[2];
	struct err why = { "before" };
	int16_t sent[RELAY_TALK_FRAMES], got[RELAY_TALK_FRAMES];
	for (int i = 0; i < RELAY_TALK_FRAMES; i++)
		sent[i] = (int16_t)(i * 3);
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	ck_assert_int_eq(relay_talk_hear(ends[0], got, RELAY_TALK_FRAMES, &why), 0);
	ck_assert(relay_talk_sound(ends[1], sent, RELAY_TALK_FRAMES));
	ck_assert(relay_talk_trouble(ends[1], RELAY_FAILED, "404 Not Found"));
	ck_assert_int_eq(relay_talk_hear(ends[0], got, RELAY_TALK_FRAMES, &why), RELAY_TALK_FRAMES);
	ck_assert_mem_eq(sent, got, sizeof sent);
	ck_assert_str_eq(why.text, ""); /* there is sound: nothing is wrong */
	ck_assert_int_eq(relay_talk_hear(ends[0], got, RELAY_TALK_FRAMES, &why), 0);
	ck_assert_ptr_nonnull(strstr(why.text, "404 Not Found"));
	/* a full socket loses sound and does not end the talk */
	for (int i = 0; i < 5000; i++)
		ck_assert(relay_talk_sound(ends[1], sent, RELAY_TALK_FRAMES));
	close(ends[1]);
	ssize_t n;
	while ((n = relay_talk_hear(ends[0], got, RELAY_TALK_FRAMES, &why)) > 0)
		continue;
	ck_assert_int_eq(n, -1);
	close(ends[0]);
}
END_TEST

START_TEST(nobody_listens)
{
	int ends[2];
	int16_t sent[8] = { 0 };
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	close(ends[0]);
	ck_assert(!relay_talk_sound(ends[1], sent, 8));
	ck_assert(!relay_talk_trouble(ends[1], RELAY_MUTE, ""));
	close(ends[1]);
}
END_TEST

/* The controller believes nothing of what comes. */
START_TEST(nonsense)
{
	static const struct {
		int line;
		const char *message;
		size_t bytes;
		const char *why;
	} T[] = {
		{ __LINE__, "x", 1, "" },
		{ __LINE__, "p", 1, "" },
		{ __LINE__, "pa", 2, "" },
		{ __LINE__, "w", 1, "" },
		{ __LINE__, "wZ", 2, "" },
		{ __LINE__, "wfa\033b", 5, "?" },
		{ __LINE__, "wf\xff\xfe", 4, "?" },
		{ __LINE__, "wf", 2, "?" },
		{ __LINE__, "wfok", 4, "ok" },
	};
	int ends[2];
	int16_t got[8];
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct err why = { "" };
		send(ends[1], T[i].message, T[i].bytes, 0);
		ck_assert_int_eq(relay_talk_hear(ends[0], got, 8, &why), 0);
		ck_assert_msg(!!why.text[0] == !!T[i].why[0] && strstr(why.text, T[i].why), "line %d: %s", T[i].line,
			why.text);
	}
	int16_t long_one[100] = { 1 };
	relay_talk_sound(ends[1], long_one, 100);
	struct err why = { "" };
	ck_assert_int_eq(relay_talk_hear(ends[0], got, 8, &why), 8);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

START_TEST(asked)
{
	static const struct {
		int line;
		const char *message;
		size_t bytes;
		int rate;
		const char *address;
	} T[] = {
		{ __LINE__, "48000 https://host/a.m3u8", 25, 48000, "https://host/a.m3u8" },
		{ __LINE__, "48000", 5, 0, NULL },
		{ __LINE__, "https://host/", 13, 0, NULL },
		{ __LINE__, "48000 a\0b", 9, 0, NULL },
		{ __LINE__, "", 0, 0, NULL }, /* it went away */
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		int ends[2], rate = 0;
		ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
		if (T[i].bytes)
			send(ends[1], T[i].message, T[i].bytes, 0);
		close(ends[1]);
		char *got = relay_talk_asked(ends[0], &rate);
		close(ends[0]);
		bool same = got && T[i].address ? !strcmp(got, T[i].address) && rate == T[i].rate : got == T[i].address;
		ck_assert_msg(same, "line %d: %s", T[i].line, got ? got : "nothing");
		mem_free(got);
	}
	int ends[2], rate = 0;
	char much[5000];
	memset(much, 'a', sizeof much - 1);
	much[sizeof much - 1] = '\0';
	ck_assert_int_eq(socketpair(AF_UNIX, SOCK_SEQPACKET, 0, ends), 0);
	ck_assert(!relay_talk_ask(ends[1], 48000, much));
	ck_assert(relay_talk_ask(ends[1], 16000, "rtsp://h/x"));
	char *got = relay_talk_asked(ends[0], &rate);
	ck_assert_str_eq(got, "rtsp://h/x");
	ck_assert_int_eq(rate, 16000);
	mem_free(got);
	close(ends[0]);
	close(ends[1]);
}
END_TEST

UNIT_MAIN("sound/relay", asked, sound_goes_on_in_real_time, a_complaint_without_its_address, talk, nobody_listens, nonsense)
