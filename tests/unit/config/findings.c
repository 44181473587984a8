/* What is wrong with a schedule, and where: each text gives exactly the findings of its row. */
#include "../unit.h"
#include "base/text.h"
#include "texts.h"

/* "line:code line:code …" of the findings in 10.conf, in order of line. */
static char *codes_of(struct findings *fs)
{
	struct text t = { 0 };
	findings_sort(fs);
	for (size_t i = 0; i < fs->list.n; i++)
		text_addf(&t, "%s%s%d:%s", i ? " " : "", strcmp(fs->list.at[i].file, "d/10.conf") ? "!" : "",
				fs->list.at[i].line, fs->list.at[i].code);
	return text_take(&t);
}

static bool is_listed(const char *code)
{
	const struct finding_code *c = config_codes;
	while (c->name && strcmp(c->name, code))
		c++;
	return c->name;
}

struct row {
	int line;
	const char *text, *want;
};

static void check_rows(const struct row *rows, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		struct findings fs = { 0 };
		struct station *st = texts_load(TEXTS_STATION, rows[i].text, &fs);
		char *got = codes_of(&fs);
		ck_assert_msg(!strcmp(got, rows[i].want), "row of line %d: %s", rows[i].line, got);
		ck_assert_msg(!st == (*rows[i].want != '\0'), "row of line %d: station", rows[i].line);
		for (size_t f = 0; f < fs.list.n; f++)
			ck_assert_msg(is_listed(fs.list.at[f].code), "%s is not in codes.c", fs.list.at[f].code);
		mem_free(got);
		station_free(&st);
		findings_free(&fs);
	}
}
#define CHECK(rows) check_rows(rows, sizeof rows / sizeof *rows)

START_TEST(form)
{
	static const struct row T[] = {
		{ __LINE__, "", "" },
		{ __LINE__, "# \"a comment { ' \n// too\n/* and\nthis */ limit \"x\" { sessions-per-day = 2 }", "" },
		{ __LINE__, "limit \"x\" { # in\n sessions-per-day # the\n = /* middle */ 2 // of\n}", "" },
		{ __LINE__, "limit 'x' { sessions-per-day = '2' }\r\n\r\nlimit \"y\" { minutes-per-day = \"30..120\"\r\n}", "" },
		{ __LINE__, "limit x { sessions-per-day = 08 }", "" }, /* decimal: 8 */
		{ __LINE__, "exception \"a\" { dates = { \"1/1/2021\", } skip = all }", "" },
		{ __LINE__, "exception \"a\" { dates = 2/9/2021 suppress = music }", "" }, /* a slash is no comment */
		{ __LINE__, "\n\nlimit \"x\" {\n sessions-per-day = 2\n", "3:not-closed" },
		{ __LINE__, "limit \"x\" { sessions-per-day = 2\nlimit \"y\" { sessions-per-day = 0 }", "1:not-closed 2:bad-number" },
		/* the brace that turns up later closes the section that lacked it: no second complaint */
		{ __LINE__, "limit \"x\" {\nlimit \"y\" { sessions-per-day = 1 }\n}\nlimit \"z\" { }", "1:not-closed 4:missing-key" },
		{ __LINE__, "limit \"x\" { sessions-per-day = 2 }\n}", "2:syntax" },
		{ __LINE__, "zone \"c2\" { output = \"ampli\" channel = 2\n area = \"Thôn }\n\nlimit \"y\" { }", "2:syntax 4:missing-key" },
		{ __LINE__, "zone \"c2\" { name = \"a\n output = \"ampli\" channel = 2 }\nlimit \"y\" { }", "1:syntax 3:missing-key" },
		{ __LINE__, "guard \"g\" { from = \"25h\"\n to 5h\n action = \"x\" }\nlimit \"y\" { }", "1:bad-time 2:syntax 4:missing-key" },
		{ __LINE__, "limit \"x\" { sessions-per-day += 2 }", "1:syntax" },
		{ __LINE__, "limit \"x\" { sessions-per-day = 2; }", "1:syntax" },
		{ __LINE__, "limit \"x\" { sessions-per-day = }", "1:syntax" },
		{ __LINE__, "guard \"x\" { from =\n to = 5h action = warn }", "2:syntax" },
		{ __LINE__, "zone \"c2\" { name = Cụm loa 2 output = \"ampli\" }", "1:syntax" },
		{ __LINE__, "zone \"c2\" { name = “Cụm loa” output = \"ampli\" }", "1:syntax" },
		{ __LINE__, "zone \"c2\" { \"channel\" = 2 output = \"ampli\" }", "1:syntax" },
		{ __LINE__, "zone \"c2\" { area = \"a\\tb\" output = \"ampli\" channel = 2 }", "1:syntax" },
		{ __LINE__, "zone \"c2\" { area = \"\\\"a\\\\b\\\"\" output = \"ampli\" channel = 2 }", "" },
		{ __LINE__, "exception \"a\" { dates = { \"1/1/2021\" \"2/1/2021\" } skip = \"all\" }", "1:syntax" },
		{ __LINE__, "exception \"a\" { dates = { \"1/1/2021\"\n skip = \"all\" }\nlimit \"y\" { }", "1:not-closed 3:missing-key" },
		{ __LINE__, "exception \"a\" { dates = { \"1/1/2021\"\n skip = \"all\" }\n}", "2:syntax" },
		{ __LINE__, "exception \"a\" { dates = { } skip = \"all\" }", "1:bad-list 1:missing-key" },
		{ __LINE__, "limit \"x\" { sessions-per-day = { 1, 2 } minutes-per-session = 3 }", "1:bad-list" },
		{ __LINE__, "/* never\nended", "1:syntax" },
		{ __LINE__, "include(\"x.conf\")\nlimit \"y\" { }", "1:syntax 2:missing-key" },
		{ __LINE__, "days = \"T2\"\nlimit \"y\" { }", "1:syntax 2:missing-key" },
		{ __LINE__, "\"zone\" \"c2\" { }\nlimit \"y\" { }", "1:syntax 2:missing-key" },
		{ __LINE__, "zone \"${HOME}\" {\n area = ${HOME:-x} output = \"ampli\" channel = 2 }", "1:bad-name 1:variable 2:variable" },
		{ __LINE__, "# ${HOME} in a comment\n", "" },
	};
	CHECK(T);
}
END_TEST

START_TEST(words)
{
	static const struct row T[] = {
		{ __LINE__, "bulletin \"a\" { audio = \"a\"\n aproved-by = \"x\"\n titel = { \"x\", y }\n}", "2:unknown-key 3:unknown-key" },
		{ __LINE__, "bulletin \"a\" { audio = \"a\"\n qqqqqq = 1 }", "2:unknown-key" },
		{ __LINE__, "bulletin \"a\" { audio = \"a\"\n title = \"x\"\n title = \"y\" }", "3:duplicate-key" },
		{ __LINE__, "sesion \"a\" { start = { } { } }\nqqqqqq \"a\" { }", "1:unknown-section 2:unknown-section" },
		{ __LINE__, "campaign \"c\" { direktive \"d\" { number = \"1\" } }", "1:unknown-section" },
		{ __LINE__, "bulletin \"a\" { audio = \"a\" directive \"d\" { } }", "1:unknown-section" },
		{ __LINE__, "directive \"d\" { }", "1:unknown-section" },
		{ __LINE__, "limit { sessions-per-day = 1 }\nlimit \"y\" { }", "1:bad-name 2:missing-key" },
		{ __LINE__, "campaign \"c\" { uptake \"x\" { } directive { } }", "1:bad-name 1:bad-name" },
		{ __LINE__, "campaign \"c\" { uptake { date = 1/1/2021 count = 1 of = 2 }\n uptake on { } }", "2:bad-name" },
		{ __LINE__, "campaign \"c\" {\n directive \"a\" { }\n directive \"a\" { urgency = \"x\" }\n}", "3:duplicate-name" },
		{ __LINE__, "limit \"Hai buổi\" { sessions-per-day = 2 }", "1:bad-name" },
		{ __LINE__, "limit \"all\" { sessions-per-day = 2 }", "1:bad-name" },
		{ __LINE__, "limit \"\" { sessions-per-day = 2 }", "1:bad-name" },
		{ __LINE__, "zone \"cum-1\" { output = \"ampli\" channel = 2 }", "1:duplicate-name" },
		{ __LINE__, "station \"1\" { name = \"x\" timezone = \"UTC\" }", "1:duplicate-name" },
		{ __LINE__, "campaign \"c\" { paper { } }", "1:unknown-section" },
		{ __LINE__, "session \"s\" { start = 5h end = 6h play = tin }\nrepeat \"s\" { at = 5h play = tin }\nemergency \"s\" { play = tin }",
			"2:duplicate-name 3:duplicate-name" },
		{ __LINE__, "session \"s\" { start = 5h end = 6h\n play = { \"tim\",\n \"xyzxyz\" }\n zones = \"cum1\" }",
			"2:unknown-name 3:unknown-name 4:unknown-name" },
		{ __LINE__, "zone \"c2\" { output = \"x\" }\nbulletin \"b\" { audio = b campaign = \"c\" }\nemergency \"e\" { play = tin all-clear = f }",
			"1:unknown-name 2:unknown-name 3:unknown-name" },
		{ __LINE__, "exception \"x\" { dates = 1/1/2021 skip = { \"s\", \"all\" } }", "1:unknown-name" },
		{ __LINE__, "emergency \"e\" { play = tin }\nexception \"x\" { dates = 1/1/2021 only = e }", "2:unknown-name" },
	};
	CHECK(T);
}
END_TEST

#define S(keys) "session \"s\" { " keys " }"
#define B(keys) "bulletin \"b\" { " keys " }"

START_TEST(values)
{
	static const struct row T[] = {
		{ __LINE__, S("start = 24:00 end = 25:61 play = tin"), "1:bad-time 1:bad-time" },
		{ __LINE__, S("start = 5h end = 6h play = tin from = 30/02/2021 until = \"\""), "1:bad-date 1:bad-date" },
		{ __LINE__, S("start = 5h end = 6h play = tin from = 2/1/2021 until = 1/1/2021"), "1:bad-date" },
		{ __LINE__, S("start = 5h end = 6h play = tin days = { T2, T9 }"), "1:bad-days" },
		{ __LINE__, S("start = 5h end = 6h play = tin days = { T2, \"T4..T6,CN\" }"), "" },
		{ __LINE__, S("start = 5h end = 6h play = tin max-late = 10 gap = 2h"), "1:bad-duration 1:bad-duration" },
		{ __LINE__, S("start = 5h end = 6h play = tin volume = 0"), "1:bad-number" },
		{ __LINE__, S("start = 5h end = 6h play = tin volume = 0x10"), "1:bad-number" },
		{ __LINE__, S("start = 5h end = 6h play = tin volume = 99999999999999999999"), "1:bad-number" },
		{ __LINE__, S("start = 5h end = 6h play = tin hard-end = maybe catch-up = twice"), "1:bad-word 1:bad-yes-no" },
		{ __LINE__, S("start = 5h end = 5h play = tin"), "1:bad-time" },
		{ __LINE__, S("play = tin"), "1:missing-key 1:missing-key" },
		{ __LINE__, S("start = 5h end = 6h play = \"tin@6h\""), "1:anchor" },
		{ __LINE__, S("start = 5h end = 6h play = \"tin@4h59\""), "1:anchor" },
		{ __LINE__, S("start = 23h end = 1h play = { \"tin@23h30\", \"tin@0h30\" }"), "" },
		{ __LINE__, S("start = 23h end = 1h play = { \"tin@0h30\", \"tin@23h30\" }"), "1:anchor" },
		{ __LINE__, S("start = 5h end = 6h play = \"tin@5h99\""), "1:bad-time" },
		{ __LINE__, "repeat \"r\" { at = 5h play = \"tin@5h\" }", "1:anchor" },
		{ __LINE__, "repeat \"r\" { at = 5h }", "1:missing-key" },
		{ __LINE__, "repeat \"r\" { play = tin }", "1:missing-key" },
		{ __LINE__, "repeat \"r\" { at = 5h play = tin\n rotate = tin }", "2:conflict" },
		{ __LINE__, "repeat \"r\" { play = tin every = 1h }", "1:missing-key" },
		{ __LINE__, "repeat \"r\" { play = tin within = \"8h-10h\" }", "1:missing-key" },
		{ __LINE__, "repeat \"r\" { play = tin every = 30s within = \"8h-10h\" }", "1:bad-duration" },
		{ __LINE__, "repeat \"r\" { play = tin every = 1h within = { \"8h-10h\", \"10h-11h\" } }", "" },
		{ __LINE__, "repeat \"r\" { play = tin every = 1h within = { \"8h-10h\",\n \"9h59-11h\" } }", "2:window-overlap" },
		{ __LINE__, "repeat \"r\" { play = tin every = 1h within = { \"22h-2h\",\n \"1h-3h\" } }", "2:window-overlap" },
		{ __LINE__, "repeat \"r\" { play = tin every = 1h within = \"8h-8h\" }", "1:bad-time" },
		{ __LINE__, "emergency \"e\" { play = tin first-repeats = 2 }", "1:missing-key" },
		{ __LINE__, "emergency \"e\" { play = tin first-every = 5m }", "1:missing-key" },
		{ __LINE__, "emergency \"e\" { play = tin align = 1h }", "1:missing-key" },
		{ __LINE__, "emergency \"e\" { play = tin then-every = 2h align = 7h rank = 101 }", "1:bad-duration 1:bad-number" },
		{ __LINE__, "emergency \"e\" { play = tin\n days = T2 }", "2:unknown-key" },
		{ __LINE__, "guard \"g\" { from = 5h to = 5h action = warn }", "1:bad-time" },
		{ __LINE__, "guard \"g\" { from = 21h to = 5h }", "1:missing-key" },
		{ __LINE__, "limit \"l\" { minutes-per-day = \"5..2\" }", "1:bad-range" },
		{ __LINE__, "campaign \"c\" { times-per-day = \"0\" minutes-per-day = 1441 }", "1:bad-range 1:bad-range" },
		{ __LINE__, "campaign \"c\" { directive \"d\" { received = \"13/7/2021 25:05\" report-every = \"36h\" } }",
			"1:bad-duration 1:bad-time" },
		{ __LINE__, "campaign \"c\" { directive \"d\" { received = \"13/7/2021 17 giờ 05\" report-every = 7d number = \"\" } }", "" },
		{ __LINE__, "campaign \"c\" { uptake { date = 24/6/2021 count = 3 of = 2 } uptake { } }",
			"1:bad-number 1:missing-key 1:missing-key 1:missing-key" },
		{ __LINE__, "exception \"x\" { skip = all }", "1:missing-key" },
		{ __LINE__, "exception \"x\" { from = 1/1/2021 skip = all }", "1:missing-key" },
		{ __LINE__, "exception \"x\" { dates = 1/1/2021 }", "1:missing-key" },
		{ __LINE__, "exception \"x\" { dates = 1/1/2021 suppress = { music, musik } }", "1:bad-word" },
		{ __LINE__, S("start = 5h end = 6h play = tin") "\nexception \"x\" { dates = 1/1/2021 skip = s\n only = s }", "3:conflict" },
	};
	CHECK(T);
}
END_TEST

#define HASH "0123456789abcdef0123456789abcdef0123456789abcdef0123456789ABCDEF"

START_TEST(things)
{
	static const struct row T[] = {
		{ __LINE__, "zone \"c2\" { output = ampli\n channel = 5 }", "2:channel-missing" },
		{ __LINE__, "zone \"c2\" { output = ampli\n channel = 1 }", "2:channel-twice" },
		/* a channel that cannot be read collides with nobody's */
		{ __LINE__, "zone \"a\" { output = ampli channel = hai }\nzone \"b\" { output = ampli", "1:bad-number 2:not-closed" },
		{ __LINE__, "output \"o\" { sink = \"pulse\" }", "1:bad-sink" },
		{ __LINE__, "output \"o\" { sink = \"ao:pulse\" monitor = yes }", "" },
		{ __LINE__, "output \"o\" { sink = \"dry-run\" monitor = yes }", "" }, /* nobody hears either of them */
		{ __LINE__, "output \"o\" { sink = \"ao:pulse\" monitor = yes }\n"
			"output \"p\" { sink = \"alsa:hw:1\"\n monitor = yes }", "3:monitor" },
		{ __LINE__, "output \"o\" { sink = \"ao:pulse\" monitor = yes }\nzone \"c2\" { channel = 1\n output = o }",
			"3:monitor" },
		{ __LINE__, "zone \"c2\" { output = o }\noutput \"o\" { sink = \"ao:pulse\" monitor = yes }", "1:monitor" },
		{ __LINE__, "output \"o\" { sink = \"alsa:hw:CARD=A\" monitor = yes }\n"
			"output \"p\" { sink = \"alsa:plughw:A,0\" }", "2:monitor" },
		{ __LINE__, "output \"o\" { sink = \"alsa:hw:CARD=A\" }\n"
			"output \"p\" { sink = \"alsa:hw:CARD=A\"\n monitor = yes }", "3:monitor" },
		{ __LINE__, "output \"o\" { sink = \"alsa:hw:CARD=A\" }\n"
			"output \"p\" { sink = \"alsa:hw:CARD=A,DEV=1\"\n monitor = yes }", "" },
		{ __LINE__, "output \"o\" { sink = \"ao:\" rate = 4000 channels = 33 warm-up = 2m }",
			"1:bad-duration 1:bad-number 1:bad-number 1:bad-sink" },
		{ __LINE__, "output \"o\" { sink = \"dry-run\"\n key = \"gpio:gpiochip0/x\" }", "2:bad-amplifier" },
		{ __LINE__, "output \"o\" { sink = \"dry-run\" key = \"/usr/bin/amp\" }", "1:bad-amplifier" },
		{ __LINE__, "output \"o\" { sink = \"dry-run\" key = \"gpio:relays/3\" }", "" },
		{ __LINE__, "output \"o\" { sink = \"dry-run\" key = \"command:amp --wait 1\" }", "" },
		{ __LINE__, "output \"o\" { sink = dry-run high-pass = 79 }\noutput \"p\" { sink = dry-run high-pass = 501 }\n"
			"output \"q\" { sink = dry-run high-pass = \"200Hz\" }", "1:bad-number 2:bad-number 3:bad-number" },
		{ __LINE__, "output \"o\" { sink = dry-run high-pass = 80 }\noutput \"p\" { sink = dry-run high-pass = 500 }", "" },
		{ __LINE__, B("title = x"), "1:missing-key" },
		{ __LINE__, B("audio = \"../x.opus\""), "1:bad-file" },
		{ __LINE__, B("audio = \"a/../../x\" text = \"/etc/passwd\""), "1:bad-file 1:bad-file" },
		{ __LINE__, B("audio = \"a/b..c/x.opus\""), "" },
		{ __LINE__, B("audio = a class = relay"), "1:relay 1:relay" },
		{ __LINE__, B("class = relay"), "1:relay" },
		{ __LINE__, B("relay { source = \"alsa:hw:1\" duration = 25m }"), "1:relay" },
		{ __LINE__, B("class = relay hard-start = yes relay { source = \"alsa:hw:1\" duration = 25m }"), "" },
		{ __LINE__, B("class = relay relay { source = \"alsa:hw:1\" }"), "1:missing-key" },
		{ __LINE__, B("class = relay relay { source = \"alsa:a\" duration = 1s }\n relay { source = \"alsa:a\" duration = 1s }"), "2:duplicate-key" },
		{ __LINE__, B("audio = a hard-start = yes"), "1:relay" },
		{ __LINE__, B("class = relay relay { source = \"alsa:a\" duration = 25m\n silence = 10s }"), "" },
		{ __LINE__, B("class = relay relay { source = \"alsa:a\" duration = 25m\n silence = 4s }"), "2:bad-duration" },
		{ __LINE__, B("class = relay relay { source = \"alsa:a\" duration = 25m\n silence = 2h }"), "2:bad-duration" },
		{ __LINE__, B("class = relay relay { source = \"alsa:a\" duration = 25m\n silence = 25m }"), "2:conflict" },
		{ __LINE__, B("class = relay relay { source = \"alsa:a\" duration = 25m\n instead = nobody }"), "2:unknown-name" },
		{ __LINE__, B("class = relay relay { source = \"alsa:a\" duration = 25m\n instead = b }"), "2:relay" },
		{ __LINE__, B("class = relay relay { source = \"a\" duration = 25m }"), "1:relay-source" },
		{ __LINE__, B("class = relay relay { source = \"ftp://h/x\" duration = 25m }"), "1:relay-source" },
		{ __LINE__, B("class = relay relay { source = \"http://h/a b\" duration = 25m }"), "1:relay-source" },
		{ __LINE__, B("class = relay relay { source = \"/etc/passwd\" duration = 25m }"), "1:relay-source" },
		{ __LINE__, B("class = relay relay { source = \"alsa:\" duration = 25m }"), "1:relay-source" },
		{ __LINE__, B("class = relay relay { source = \"rtsp://h/x\" duration = 25m instead = n }\n}\nbulletin \"n\" { audio = a"), "" },
		{ __LINE__, B("class = relay relay { source = \"rtsp://h/x\" duration = 25m\n instead = n }\n}\nbulletin \"n\" {"
			"class = relay relay { source = \"rtsp://h/x\" duration = 25m }"), "2:relay" },
		{ __LINE__, B("audio = a priority = emergency"), "1:priority-emergency" },
		{ __LINE__, B("audio = a priority = high"), "1:bad-word" },
		{ __LINE__, B("audio = a language = Việt"), "1:bad-word" },
		{ __LINE__, B("audio = a approved-on = 1/1/2021"), "1:approval" },
		{ __LINE__, B("audio = a approved-via = x"), "1:approval" },
		{ __LINE__, B("audio = a approved-by = x approved-on = 1/13/2021"), "1:bad-date" },
		{ __LINE__, B("audio = a sha256 = " HASH), "" },
		{ __LINE__, B("audio = a sha256 = 1234"), "1:bad-sha256" },
		{ __LINE__, B("audio = { a, b } sha256 = " HASH), "" }, /* changed after approval: check says so */
		{ __LINE__, B("class = relay relay { source = \"rtsp://h/x\" duration = 25m } sha256 = " HASH), "1:bad-sha256" },
		{ __LINE__, B("audio = a text = a.txt text-sha256 = " HASH), "" },
		{ __LINE__, B("audio = a text = a.txt text-sha256 = 1234"), "1:bad-sha256" },
		{ __LINE__, B("audio = a text-sha256 = " HASH), "" },
		{ __LINE__, B("audio = a approved-typed-by = x"), "1:approval" },
		{ __LINE__, B("audio = { \"/a\", b } sha256 = { " HASH ", " HASH " }"), "1:bad-file" },
		{ __LINE__, B("audio = a title = \"a\x01z\""), "1:bad-text" },
	};
	CHECK(T);
}
END_TEST

/* What no row above can say: files that are no text, and a schedule without its station. */
#define BYTES(text) text, sizeof text - 1
START_TEST(files)
{
	static const struct {
		int line;
		const char *bytes;
		size_t n;
		const char *want;
	} T[] = {
		{ __LINE__, BYTES("\xEF\xBB\xBFlimit \"x\" { sessions-per-day = 1 }"), "" },
		{ __LINE__, BYTES("# a\n# \xC0\xAF"), "2:encoding" },
		{ __LINE__, BYTES("# a\n# b\0c"), "2:encoding" },
		{ __LINE__, BYTES("\xFF\xFE#\0"), "1:encoding" },
		{ __LINE__, BYTES("\x7F" "ELF\1\1\1\0\0"), "1:encoding" },
		/* lines that end in CR alone */
		{ __LINE__, BYTES("# a\rlimit \"x\" { }"), "2:missing-key" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct findings fs = { 0 };
		struct sources s = { 0 };
		source_add(&s, "00.conf", TEXTS_STATION, strlen(TEXTS_STATION));
		source_add(&s, "10.conf", T[i].bytes, T[i].n);
		struct station *st = config_build("d", s.list.at, s.list.n, &texts_env, &fs);
		char *got = codes_of(&fs);
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
		mem_free(got);
		station_free(&st);
		source_free(&s);
		findings_free(&fs);
	}
}
END_TEST

START_TEST(stations)
{
	static const struct {
		int line;
		const char *text, *want;
	} T[] = {
		{ __LINE__, "", "!0:no-station" },
		{ __LINE__, "station \"22 363\" { name = \"x\" timezone = \"UTC\" }", "!1:bad-name !1:no-zone" },
		{ __LINE__, "station \"1\" { name = \"\" timezone = \"UTC\" }", "!1:bad-text !1:no-zone" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC on-fault = \" \" }", "!1:bad-on-fault !1:no-zone" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC on-fault = \"a 1 2 3 4 5 6 7 8 9 a b c d e f g\" }",
			"!1:bad-on-fault !1:no-zone" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC on-fault = \"a 1 2 3 4 5 6 7 8 9 a b c d e f\" }",
			"!1:no-zone" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC drill = w }\nbulletin \"w\" { audio = a }", "!1:no-zone" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC drill = nobody }", "!1:no-zone !1:unknown-name" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC drill = w }\n"
				"bulletin \"w\" { class = relay relay { source = \"alsa:a\" duration = 25m } }", "!1:no-zone !1:relay" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC paper { sign = { a, b } } }", "!1:no-zone" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC\npaper { }\npaper { } }", "!1:no-zone !3:duplicate-key" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC\npaper { isuer = x } }", "!1:no-zone !2:unknown-key" },
		{ __LINE__, "station \"1\" { name = x timezone = UTC\npaper { sign = { a,\n\"\a\" } recipients = \"\t\" } }", "!1:no-zone !3:bad-text !3:bad-text" },
		{ __LINE__, "station \"1\" { }", "!1:missing-key !1:missing-key !1:no-zone" },
		{ __LINE__, "station \"1\" { name = x timezone = \"../UTC\" }", "!1:no-zone !1:timezone-unknown" },
		{ __LINE__, "station \"1\" { name = x timezone = \"Asia/Hanoi\" language = fr }",
			"!1:bad-word !1:no-zone !1:timezone-unknown" },
		/* a file that nobody could read may hold what is missing: one finding, not a flood */
		{ __LINE__, "\xFF", "!1:encoding" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct findings fs = { 0 };
		struct station *st = texts_load(T[i].text, NULL, &fs);
		ck_assert_ptr_null(st);
		for (size_t f = 0; f < fs.list.n; f++)
			if (!fs.list.at[f].file)
				fs.list.at[f].file = mem_dup("d/");
		char *got = codes_of(&fs);
		ck_assert_msg(!strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
		mem_free(got);
		findings_free(&fs);
	}
}
END_TEST

/* Nothing that a file can hold makes the loader slow or deep. */
START_TEST(floods)
{
	static const struct {
		int line;
		const char *head, *each, *want;
	} T[] = {
		{ __LINE__, "limit \"x\" ", "{", "1:not-closed" },
		{ __LINE__, "", "{", "1:syntax" },
		{ __LINE__, "", "}", NULL },
		{ __LINE__, "limit \"x\" { ", "a{", "1:not-closed" },
		{ __LINE__, "limit \"x\" { ", "q=1 ", NULL },
		{ __LINE__, "exception \"x\" { dates = { ", "\"a\",", "1:not-closed" },
		{ __LINE__, "campaign \"x\" { ", "uptake{}", NULL },
		{ __LINE__, "", "limit x{}\n", NULL },
		{ __LINE__, "limit \"x\" { sessions-per-day = \"", "\\\\", "1:syntax" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct text t = { 0 };
		struct findings fs = { 0 };
		text_add(&t, T[i].head);
		while (t.n < 200000)
			text_add(&t, T[i].each);
		struct station *st = texts_load(TEXTS_STATION, text_str(&t), &fs);
		ck_assert_ptr_null(st);
		ck_assert_msg(fs.list.n >= 1 && fs.list.n <= 1500, "row of line %d: %zu findings", T[i].line, fs.list.n);
		char *got = codes_of(&fs);
		ck_assert_msg(!T[i].want || !strcmp(got, T[i].want), "row of line %d: %s", T[i].line, got);
		mem_free(got);
		findings_free(&fs);
		text_free(&t);
	}
}
END_TEST

UNIT_MAIN("config/findings", form, words, values, things, files, stations, floods)
