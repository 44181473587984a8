/* What loaxa-prepare says of a recording is the word of a program that a crafted file may have taken over. */
#include "sound/look.h"

#include "../unit.h"

#include <stdio.h>
#include <string.h>

#define GOOD                                                                                                           \
	"{\"n\":0,\"state\":\"ready\",\"look\":{\"kind\":\"mp3\",\"rate\":44100,\"channels\":2,\"frames\":88200,"      \
	"\"lufs_milli\":-23000,\"peak_milli\":-1000,\"clips\":0,\"clip_ms\":0,\"lead_ms\":100,\"tail_ms\":200,"        \
	"\"pause_ms\":0,\"pause_at_ms\":0,\"flac\":false,\"flac_frames\":0}}"

START_TEST(a_good_line)
{
	struct look l;
	struct why_facts why;
	ck_assert(look_read_line(GOOD, strlen(GOOD), &l, &why));
	ck_assert_int_eq(l.kind, LOOK_MP3);
	ck_assert_int_eq(l.frames, 88200);
	ck_assert_int_eq(l.lufs, -23000);
	ck_assert_int_eq(why.code, WHY_NONE);
	ck_assert_str_eq(look_ending(l.kind), "mp3");
	ck_assert_str_eq(look_ending(LOOK_OTHER), "");
}
END_TEST

/* The good line with one thing put in place of another. */
START_TEST(bad_lines)
{
	static const struct {
		int line;
		const char *from, *to;
	} rows[] = {
		{ __LINE__, "mp3", "exe" },
		{ __LINE__, "44100", "0" },
		{ __LINE__, "44100", "44100.5" },
		{ __LINE__, "\"channels\":2", "\"channels\":65" },
		{ __LINE__, "88200", "0" },
		{ __LINE__, "88200", "1099511627777" },
		{ __LINE__, "-23000", "-2000000" },
		{ __LINE__, "-23000", "\"loud\"" },
		{ __LINE__, "\"clips\":0", "\"clips\":-1" },
		{ __LINE__, "\"tail_ms\":200", "\"tail_ms\":864000001" },
		{ __LINE__, "\"flac\":false", "\"flac\":true" },
		{ __LINE__, "ready", "begun" },
		{ __LINE__, "ready", "corrupt" },
		{ __LINE__, "}}", "}" },
		{ __LINE__, "\"look\"", "\"rates\"" },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char line[1024];
		struct look l;
		struct why_facts why;
		const char *at = strstr(GOOD, rows[i].from);
		ck_assert_ptr_nonnull(at);
		snprintf(line, sizeof line, "%.*s%s%s", (int)(at - GOOD), GOOD, rows[i].to, at + strlen(rows[i].from));
		ck_assert_msg(!look_read_line(line, strlen(line), &l, &why), "row %d", rows[i].line);
	}
}
END_TEST

START_TEST(refusals)
{
	static const char line[] = "{\"n\":0,\"state\":\"corrupt\",\"code\":\"cut\",\"a\":1000,\"b\":2000}";
	struct look l;
	struct why_facts why;
	ck_assert(look_read_line(line, strlen(line), &l, &why));
	ck_assert_int_eq(why.code, WHY_CUT);
	ck_assert_int_eq(why.b, 2000);
}
END_TEST

UNIT_MAIN("sound/look", a_good_line, bad_lines, refusals)
