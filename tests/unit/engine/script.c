/* Scripts: every verb, every fault, every refusal. */
#include "../schedule/build.h"
#include "engine/script.h"

/* One line as it was understood: "verb name zones=… volume=… by=…" or "fault name us=…". */
static char *shown(const struct script_line *l)
{
	struct text t = { 0 };
	const struct command *c = &l->command;
	if (l->fault) {
		text_addf(&t, "%s %s us=%lld", script_fault_name(l->fault), l->name ? l->name : "-", (long long)l->us);
		return text_take(&t);
	}
	text_add(&t, verb_name(c->verb));
	if (c->name)
		text_addf(&t, " %s", c->name);
	if (c->zones)
		text_addf(&t, " zones=%s", c->zones);
	if (c->dir)
		text_addf(&t, " dir=%s", c->dir);
	if (c->reason)
		text_addf(&t, " reason=%s", c->reason);
	if (c->verb == VERB_VOLUME)
		text_addf(&t, " volume=%d", c->volume);
	if (c->at)
		text_addf(&t, " at=%s", c->at);
	if (c->times || c->every_ms)
		text_addf(&t, " times=%d every=%lld", c->times, (long long)c->every_ms);
	if (c->ordered_by)
		text_addf(&t, " ordered=%s", c->ordered_by);
	if (c->more_ms)
		text_addf(&t, " more=%lld", (long long)c->more_ms);
	if (c->now && !c->file)
		text_add(&t, " now");
	if (c->about)
		text_addf(&t, " about=%s", c->about);
	if (c->text)
		text_addf(&t, " text=%s", c->text);
	if (c->date)
		text_addf(&t, " date=%s", c->date);
	if (c->undo)
		text_add(&t, " undo");
	if (c->makes_up)
		text_addf(&t, " for=%s", c->makes_up);
	if (c->level != LEVEL_COUNT)
		text_addf(&t, " level=%s", level_name(c->level));
	text_addf(&t, " by=%s", c->by);
	if (c->file)
		text_addf(&t, " file=%s%s", c->file, c->now ? " now" : "");
	ck_assert_int_eq(c->uid, -1);
	return text_take(&t);
}

static struct tz *hanoi(void)
{
	return (struct tz *)(uintptr_t)build_tz("Asia/Ho_Chi_Minh");
}

START_TEST(lines)
{
	static const struct {
		int line;
		const char *text, *want;
	} T[] = {
		{ __LINE__, "play bz-cai-dat", "play bz-cai-dat by=script" },
		{ __LINE__, "play a --zones cum-1,cum-2 --level test by \"Lan\"",
				"play a zones=cum-1,cum-2 level=test by=Lan" },
		{ __LINE__, "play a --at 16h45 --times 3 --every 30m by Lan", "play a at=16h45 times=3 every=1800000 by=Lan" },
		{ __LINE__, "play a --for 1/x/2/3.a/z --at \"14/7/2021 16h45\"", "play a at=14/7/2021 16h45 for=1/x/2/3.a/z by=script" },
		{ __LINE__, "play a --level priority", "play a level=priority by=script" },
		{ __LINE__, "play a --level normal", "play a level=normal by=script" },
		{ __LINE__, "emergency bao by \"Nguyễn Văn A\"", "emergency bao by=Nguyễn Văn A" },
		{ __LINE__, "emergency bao with moi.wav", "emergency bao by=script file=moi.wav" },
		{ __LINE__, "emergency bao with \"tin mới.wav\" now by A", "emergency bao by=A file=tin mới.wav now" },
		{ __LINE__, "emergency bao ordered-by \"Chủ tịch\" by A", "emergency bao ordered=Chủ tịch by=A" },
		{ __LINE__, "drill bao", "drill bao by=script" },
		{ __LINE__, "drill bao --zones a,b --now ordered-by C by A", "drill bao zones=a,b ordered=C now by=A" },
		{ __LINE__, "extend bao", "extend bao by=script" },
		{ __LINE__, "extend bao for 6h by A", "extend bao more=21600000 by=A" },
		{ __LINE__, "cancel bao", "cancel bao by=script" },
		{ __LINE__, "stop cum-1", "stop zones=cum-1 by=script" },
		{ __LINE__, "skip cum-1", "skip zones=cum-1 by=script" },
		{ __LINE__, "skip-session chieu", "skip-session chieu by=script" },
		{ __LINE__, "skip-session chieu --date 14/8/2021 --undo by Lan", "skip-session chieu date=14/8/2021 undo by=Lan" },
		{ __LINE__, "hold cum-1,cum-2", "hold zones=cum-1,cum-2 by=script" },
		{ __LINE__, "release all", "release zones=all by=script" },
		{ __LINE__, "off cum-1 reason \"loa hỏng\" by \"Thợ\"", "off zones=cum-1 reason=loa hỏng by=Thợ" },
		{ __LINE__, "off cum-1 by x reason y", "off zones=cum-1 reason=y by=x" },
		{ __LINE__, "on cum-1", "on zones=cum-1 by=script" },
		{ __LINE__, "volume cum-1 60", "volume zones=cum-1 volume=60 by=script" },
		{ __LINE__, "volume cum-1 1", "volume zones=cum-1 volume=1 by=script" },
		{ __LINE__, "volume cum-1 100 by x", "volume zones=cum-1 volume=100 by=x" },
		{ __LINE__, "duty \"Trần Thị B\"", "duty text=Trần Thị B by=script" },
		{ __LINE__, "note 14/7/2021 \"mất điện cả xã\" by Lan", "note about=14/7/2021 text=mất điện cả xã by=Lan" },
		{ __LINE__, "silence", "silence by=script" },
		{ __LINE__, "silence by \"Trực ban\"", "silence by=Trực ban" },
		{ __LINE__, "reload ../moi", "reload dir=../moi by=script" },
		{ __LINE__, "reload \"lịch mới\" by x", "reload dir=lịch mới by=x" },
		{ __LINE__, "rollback", "rollback by=script" },
		{ __LINE__, "rollback by \"Trực ban\"", "rollback by=Trực ban" },
		{ __LINE__, "clock-confirm", "clock-confirm by=script" },
		{ __LINE__, "clock confirm by x", "clock-confirm by=x" },
		{ __LINE__, "power-off 45m", "power-off - us=2700000000" },
		{ __LINE__, "kill", "kill - us=0" },
		{ __LINE__, "kill by \"con mèo\"", "kill - us=0" },
		{ __LINE__, "clock +1h", "clock - us=3600000000" },
		{ __LINE__, "clock -90s", "clock - us=-90000000" },
		{ __LINE__, "lose ampli", "lose ampli us=0" },
		{ __LINE__, "restore ampli", "restore ampli us=0" },
		{ __LINE__, "file-gone bluezone-cai-dat.opus", "file-gone bluezone-cai-dat.opus us=0" },
		{ __LINE__, "file-changed b.txt", "file-changed b.txt us=0" },
		{ __LINE__, "file-gone \"hai chữ.opus\" # lời dặn", "file-gone hai chữ.opus us=0" },
		{ __LINE__, "stop\tcum-1 \t# lời dặn", "stop zones=cum-1 by=script" },
		{ __LINE__, "play \"\"", "play  by=script" },
	};
	struct tz *tz = hanoi();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *text = mem_printf("2021-07-14T05:41:10.500  %s\r\n", T[i].text);
		struct script s = { 0 };
		struct findings fs = { 0 };
		script_read(&s, text, "f", tz, &fs);
		ck_assert_msg(!fs.errors && s.lines.n == 1, "line %d: %s", T[i].line,
				fs.list.n ? fs.list.at[0].pattern : "?");
		char *got = shown(&s.lines.at[0]);
		ck_assert_msg(!strcmp(got, T[i].want), "line %d:\n got %s\nwant %s", T[i].line, got, T[i].want);
		ck_assert_int_eq(s.lines.at[0].at.us, INT64_C(1626216070500000));
		mem_free(got);
		mem_free(text);
		script_free(&s);
		findings_free(&fs);
	}
	tz_free(&tz);
}
END_TEST

START_TEST(refusals)
{
	static const struct {
		int line;
		const char *text, *pattern, *arg;
	} T[] = {
		{ __LINE__, "hôm qua stop cum-1", "is no instant", "hôm" },
		{ __LINE__, "2021-07-14T24:30 stop cum-1", "is no instant", "2021-07-14T24:30" },
		{ __LINE__, "2021-02-30T05:30 stop cum-1", "is no instant", "2021-02-30T05:30" },
		{ __LINE__, "2021-07-14T05:30", "needs a name or a value", "2021-07-14T05:30" },
		{ __LINE__, "2021-07-14T05:30 sing", "is no verb of a script", "sing" },
		{ __LINE__, "2021-07-14T05:30 STOP cum-1", "is no verb of a script", "STOP" },
		{ __LINE__, "2021-07-14T05:30 play", "needs a name", "play" },
		{ __LINE__, "2021-07-14T05:30 emergency", "needs a name", "emergency" },
		{ __LINE__, "2021-07-14T05:30 emergency bao with", "needs a name", "with" },
		{ __LINE__, "2021-07-14T05:30 emergency bao now", "needs a name", "now" },
		{ __LINE__, "2021-07-14T05:30 play a --times x", "is not how many times", "x" },
		{ __LINE__, "2021-07-14T05:30 play a --every x", "is no duration", "x" },
		{ __LINE__, "2021-07-14T05:30 play a --at", "needs a name", "--at" },
		{ __LINE__, "2021-07-14T05:30 stop a --at 16h45", "is not understood", "--at" },
		{ __LINE__, "2021-07-14T05:30 duty", "needs a name", "duty" },
		{ __LINE__, "2021-07-14T05:30 note 14/7/2021", "needs a name", "note" },
		{ __LINE__, "2021-07-14T05:30 extend", "needs a name", "extend" },
		{ __LINE__, "2021-07-14T05:30 extend bao for x", "is no duration", "x" },
		{ __LINE__, "2021-07-14T05:30 extend bao for 0s", "is no duration", "0s" },
		{ __LINE__, "2021-07-14T05:30 cancel bao for 6h", "is not understood", "for" },
		{ __LINE__, "2021-07-14T05:30 skip-session", "needs a name", "skip-session" },
		{ __LINE__, "2021-07-14T05:30 skip a --undo", "needs a name", "--undo" },
		{ __LINE__, "2021-07-14T05:30 skip a --date 1/1/2021", "is not understood", "--date" },
		{ __LINE__, "2021-07-14T05:30 play a with b.wav", "is not understood", "with" },
		{ __LINE__, "2021-07-14T05:30 cancel", "needs a name", "cancel" },
		{ __LINE__, "2021-07-14T05:30 stop", "needs a name", "stop" },
		{ __LINE__, "2021-07-14T05:30 volume cum-1", "needs a name", "volume" },
		{ __LINE__, "2021-07-14T05:30 volume cum-1 0", "is outside 1..100", "0" },
		{ __LINE__, "2021-07-14T05:30 volume cum-1 101", "is outside 1..100", "101" },
		{ __LINE__, "2021-07-14T05:30 volume cum-1 loud", "is outside 1..100", "loud" },
		{ __LINE__, "2021-07-14T05:30 reload", "needs a name", "reload" },
		{ __LINE__, "2021-07-14T05:30 power-off", "needs a name", "power-off" },
		{ __LINE__, "2021-07-14T05:30 power-off long", "is no duration", "long" },
		{ __LINE__, "2021-07-14T05:30 clock", "needs a name", "clock" },
		{ __LINE__, "2021-07-14T05:30 clock 1h", "is no step of the clock", "1h" },
		{ __LINE__, "2021-07-14T05:30 clock +soon", "is no step of the clock", "+soon" },
		{ __LINE__, "2021-07-14T05:30 lose", "needs a name", "lose" },
		{ __LINE__, "2021-07-14T05:30 restore", "needs a name", "restore" },
		{ __LINE__, "2021-07-14T05:30 file-gone", "needs a name", "file-gone" },
		{ __LINE__, "2021-07-14T05:30 play a --level emergency", "is no level", "emergency" },
		{ __LINE__, "2021-07-14T05:30 play a --level loud", "is no level", "loud" },
		{ __LINE__, "2021-07-14T05:30 play a --level", "needs a name", "--level" },
		{ __LINE__, "2021-07-14T05:30 stop cum-1 by", "needs a name", "by" },
		{ __LINE__, "2021-07-14T05:30 stop cum-1 --zones cum-2", "is not understood here", "--zones" },
		{ __LINE__, "2021-07-14T05:30 stop cum-1 reason x", "is not understood here", "reason" },
		{ __LINE__, "2021-07-14T05:30 kill reason x", "is not understood here", "reason" },
		{ __LINE__, "2021-07-14T05:30 lose ampli quickly now", "is not understood here", "quickly" },
		{ __LINE__, "2021-07-14T05:30 stop cum-1 by \"Lan", "quotation mark is not closed", "Lan" },
		{ __LINE__, "2021-07-14T05:30 a a a a a a a a a a a a a a a a", "too many words", "a" },
	};
	struct tz *tz = hanoi();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct script s = { 0 };
		struct findings fs = { 0 };
		char *text = mem_printf("\n# eins\n%s\n2021-07-14T06:00 kill", T[i].text);
		script_read(&s, text, "f", tz, &fs);
		ck_assert_msg(fs.errors == 1 && fs.list.n == 1, "line %d: %zu errors", T[i].line, fs.list.n);
		const struct finding *f = &fs.list.at[0];
		ck_assert_msg(strstr(f->pattern, T[i].pattern) != NULL, "line %d: %s", T[i].line, f->pattern);
		ck_assert_msg(f->args[0] && !strcmp(f->args[0], T[i].arg), "line %d: %s", T[i].line, f->args[0]);
		ck_assert_str_eq(f->code, "script");
		ck_assert_str_eq(f->file, "f");
		ck_assert_int_eq(f->line, 3);
		ck_assert_uint_eq(s.lines.n, 1); /* the others are read all the same: all findings at once */
		mem_free(text);
		script_free(&s);
		findings_free(&fs);
	}
	tz_free(&tz);
}
END_TEST

START_TEST(order_and_emptiness)
{
	static const struct {
		int line;
		const char *text;
		size_t lines, errors;
	} T[] = {
		{ __LINE__, "", 0, 0 },
		{ __LINE__, "\n\n  # nothing\n\t\n\r\n", 0, 0 },
		{ __LINE__, "2021-07-14T06:00 kill\n2021-07-14T06:00 kill\n2021-07-14T06:00:00.001 kill", 3, 0 },
		{ __LINE__, "2021-07-14T06:00 kill\n2021-07-14T05:59 kill\n2021-07-14T06:01 kill", 2, 1 },
		{ __LINE__, "2021-07-14 kill\n14/7/2021T5h30 kill", 2, 0 },
		{ __LINE__, "2021-07-14T06:00 sing\n2021-07-14T05:00 sing", 0, 2 },
	};
	struct tz *tz = hanoi();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct script s = { 0 };
		struct findings fs = { 0 };
		script_read(&s, T[i].text, "f", tz, &fs);
		ck_assert_msg(s.lines.n == T[i].lines && fs.errors == T[i].errors, "line %d: %zu lines, %zu errors", T[i].line,
				s.lines.n, fs.errors);
		script_free(&s);
		ck_assert_uint_eq(s.lines.n, 0);
		findings_free(&fs);
	}
	tz_free(&tz);
}
END_TEST

START_TEST(names)
{
	for (enum verb v = 0; v < VERB_COUNT; v++)
		ck_assert_int_eq(verb_by_name(verb_name(v)), v);
	ck_assert_int_eq(verb_by_name("sing"), VERB_COUNT);
	ck_assert_int_eq(verb_by_name(""), VERB_COUNT);
	ck_assert_ptr_null(script_fault_name(FAULT_NONE));
	ck_assert_ptr_null(script_fault_name(FAULT_COUNT));
	for (enum fault f = FAULT_NONE + 1; f < FAULT_COUNT; f++)
		ck_assert_int_eq(verb_by_name(script_fault_name(f)), VERB_COUNT); /* no word means two things */
}
END_TEST

UNIT_MAIN("engine/script", lines, refusals, order_and_emptiness, names)
