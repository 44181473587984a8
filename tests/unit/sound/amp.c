/* The amplifier's switch: the decisions as a table, the thread around them, programs that fail and hang. */
#include "sound/amp.h"
#include "sound/amp-command.h"
#include "sound/amp-state.h"
#include "base/mem.h"
#include "../unit.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* ── Decisions ── */

#define S US_PER_S
#define MS US_PER_MS
#define WARM (3 * S)

/* One step a row: at `t` something happens, then the state is asked. */
enum what { NOTHING, ANNOUNCE, START, STOP, DONE_ON, DONE_OFF, FAILED_ON, FAILED_OFF, END };

static const struct row {
	int line;
	int64_t t;
	enum what what;
	int64_t at; /* ANNOUNCE, STOP */
	enum amp_act act;
	int64_t wake;
} STEPS[] = {
	/* what it was before is not known: off */
	{ __LINE__, 0, NOTHING, 0, AMP_SWITCH_OFF, US_NEVER },
	{ __LINE__, 1 * MS, DONE_OFF, 0, AMP_REST, US_NEVER },
	/* an airing is announced, begins and ends */
	{ __LINE__, 100 * S, ANNOUNCE, 104 * S, AMP_REST, 100 * S + 500 * MS },
	{ __LINE__, 100 * S + 499 * MS, NOTHING, 0, AMP_REST, 100 * S + 500 * MS },
	{ __LINE__, 100 * S + 500 * MS, NOTHING, 0, AMP_SWITCH_ON, 114 * S },
	{ __LINE__, 100 * S + 520 * MS, DONE_ON, 0, AMP_REST, 114 * S },
	{ __LINE__, 104 * S, START, 0, AMP_REST, US_NEVER },
	{ __LINE__, 200 * S, STOP, 200 * S + 200 * MS, AMP_REST, 210 * S + 200 * MS },
	/* the next follows within the hang time: never off between */
	{ __LINE__, 203 * S, ANNOUNCE, 209 * S, AMP_REST, 219 * S },
	{ __LINE__, 209 * S, START, 0, AMP_REST, US_NEVER },
	{ __LINE__, 210 * S, STOP, 210 * S, AMP_REST, 220 * S },
	/* one that is announced in time and comes after the hang time: on already, so on it stays */
	{ __LINE__, 219 * S, ANNOUNCE, 223 * S, AMP_REST, 233 * S },
	{ __LINE__, 232 * S, NOTHING, 0, AMP_REST, 233 * S },
	/* it never began */
	{ __LINE__, 233 * S, NOTHING, 0, AMP_SWITCH_OFF, US_NEVER },
	{ __LINE__, 233 * S, DONE_OFF, 0, AMP_REST, US_NEVER },
	/* an emergency: at once; two zones, one ends before the other */
	{ __LINE__, 300 * S, START, 0, AMP_SWITCH_ON, US_NEVER },
	{ __LINE__, 300 * S, START, 0, AMP_SWITCH_ON, US_NEVER },
	{ __LINE__, 300 * S, DONE_ON, 0, AMP_REST, US_NEVER },
	{ __LINE__, 310 * S, STOP, 310 * S, AMP_REST, US_NEVER },
	{ __LINE__, 330 * S, STOP, 330 * S, AMP_REST, 340 * S },
	{ __LINE__, 340 * S, NOTHING, 0, AMP_SWITCH_OFF, US_NEVER },
	/* switching off fails: again after 1, 2, 4 … s; what must be on meanwhile does not wait for that */
	{ __LINE__, 340 * S, FAILED_OFF, 0, AMP_REST, 341 * S },
	{ __LINE__, 341 * S, NOTHING, 0, AMP_SWITCH_OFF, US_NEVER },
	{ __LINE__, 341 * S, FAILED_OFF, 0, AMP_REST, 343 * S },
	{ __LINE__, 343 * S, FAILED_OFF, 0, AMP_REST, 347 * S },
	{ __LINE__, 344 * S, START, 0, AMP_SWITCH_ON, US_NEVER },
	/* so does switching on; the next start does not wait either */
	{ __LINE__, 344 * S, FAILED_ON, 0, AMP_REST, 345 * S },
	{ __LINE__, 345 * S, FAILED_ON, 0, AMP_REST, 347 * S },
	{ __LINE__, 346 * S, START, 0, AMP_SWITCH_ON, US_NEVER },
	{ __LINE__, 346 * S, FAILED_ON, 0, AMP_REST, 347 * S },
	{ __LINE__, 347 * S, DONE_ON, 0, AMP_REST, US_NEVER },
	/* the end: off, whatever plays */
	{ __LINE__, 350 * S, END, 0, AMP_SWITCH_OFF, US_NEVER },
	{ __LINE__, 350 * S, DONE_OFF, 0, AMP_REST, US_NEVER },
	{ __LINE__, 351 * S, ANNOUNCE, 354 * S, AMP_REST, US_NEVER },
};

static void happen(struct amp_state *s, const struct row *r)
{
	mono_us now = { r->t }, at = { r->at };
	switch (r->what) {
	case ANNOUNCE: amp_state_announce(s, now, at); break;
	case START: amp_state_start(s, now); break;
	case STOP: amp_state_stop(s, at); break;
	case DONE_ON: amp_state_switched(s, AMP_SWITCH_ON, true, now); break;
	case DONE_OFF: amp_state_switched(s, AMP_SWITCH_OFF, true, now); break;
	case FAILED_ON: amp_state_switched(s, AMP_SWITCH_ON, false, now); break;
	case FAILED_OFF: amp_state_switched(s, AMP_SWITCH_OFF, false, now); break;
	case END: amp_state_end(s); break;
	case NOTHING: break;
	}
}

START_TEST(it_is_on_in_time_and_off_after)
{
	struct amp_state s = { .warm_up_us = WARM };
	for (size_t i = 0; i < sizeof STEPS / sizeof *STEPS; i++) {
		const struct row *r = &STEPS[i];
		mono_us wake;
		happen(&s, r);
		enum amp_act act = amp_state_next(&s, (mono_us){ r->t }, &wake);
		ck_assert_msg(act == r->act, "row of line %d: %d", r->line, act);
		ck_assert_msg(wake.us == r->wake, "row of line %d: wake at %lld ms", r->line, (long long)wake.us / MS);
	}
}
END_TEST

START_TEST(attempts_come_at_longest_a_minute_apart)
{
	struct amp_state s = { .warm_up_us = WARM };
	mono_us wake = { 0 };
	for (int64_t now = 0, i = 0; i < 20; i++, now = wake.us) {
		ck_assert_int_eq(amp_state_next(&s, (mono_us){ now }, &wake), AMP_SWITCH_OFF);
		amp_state_switched(&s, AMP_SWITCH_OFF, false, (mono_us){ now });
		ck_assert_int_eq(amp_state_next(&s, (mono_us){ now }, &wake), AMP_REST);
		ck_assert(wake.us > now && wake.us <= now + 60 * S);
	}
}
END_TEST

START_TEST(it_is_warm_when_its_time_has_passed)
{
	static const struct {
		int line;
		enum what what;
		int64_t at, now, warm;
	} T[] = {
		{ __LINE__, NOTHING, 0, 10 * S, 13 * S },                        /* off: if it is switched on now */
		{ __LINE__, START, 0, 10 * S, 13 * S },                          /* just now */
		{ __LINE__, START, 0, 11 * S, 13 * S },                          /* a second ago, at 10 s */
		{ __LINE__, START, 0, 20 * S, 13 * S },                          /* long since */
		{ __LINE__, ANNOUNCE, 14 * S, 14 * S, 13 * S + 500 * MS },       /* announced in time: before its instant */
		{ __LINE__, ANNOUNCE, 14 * S, 10 * S + 200 * MS, 13 * S + 200 * MS }, /* but not yet on: from now on */
		{ __LINE__, ANNOUNCE, 11 * S, 11 * S, 13 * S },                  /* announced too late: on at once */
		{ __LINE__, ANNOUNCE, 14 * S, 24 * S, 27 * S },                  /* off again */
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct amp_state s = { .warm_up_us = WARM };
		happen(&s, &(struct row){ .what = T[i].what, .t = 10 * S, .at = T[i].at });
		int64_t warm = amp_state_warm(&s, (mono_us){ T[i].now }).us;
		ck_assert_msg(warm == T[i].warm, "row of line %d: %lld ms", T[i].line, (long long)warm / MS);
	}
}
END_TEST

/* ── Programs ── */

static char dir[64];

static char *in_dir(const char *name)
{
	return mem_printf("%s/%s", dir, name);
}

/* dir/switch: the shell lines, with $1 = on or off; what it writes to dir/log is asked for below. */
static char *program(const char *lines)
{
	snprintf(dir, sizeof dir, "/tmp/loaxa-amp-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	char *path = in_dir("switch");
	FILE *f = fopen(path, "w");
	fprintf(f, "#!/bin/sh\ncd %s\n%s\n", dir, lines);
	fclose(f);
	ck_assert_int_eq(chmod(path, 0700), 0);
	return path;
}

static void clean_up(char *path)
{
	char *command = mem_printf("rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
	mem_free(command);
	mem_free(path);
}

static const char *log_text(void)
{
	static char text[256];
	char *path = in_dir("log");
	FILE *f = fopen(path, "r");
	size_t n = f ? fread(text, 1, sizeof text - 1, f) : 0;
	text[n] = '\0';
	if (f)
		fclose(f);
	mem_free(path);
	return text;
}

static void await_log(int line, const char *want)
{
	for (int i = 0; i < 3000 && strcmp(log_text(), want); i++)
		poll(NULL, 0, 10);
	ck_assert_msg(!strcmp(log_text(), want), "line %d: \"%s\"", line, log_text());
}

START_TEST(a_program_is_run_without_a_shell)
{
	static const struct {
		int line;
		const char *arguments, *lines, *log, *fault;
	} T[] = {
		{ __LINE__, "  a  b\tc", "for w; do echo $w; done >log", "a\nb\nc\non\n", NULL },
		{ __LINE__, " $HOME '*'", "for w; do echo \"$w\"; done >log", "$HOME\n'*'\non\n", NULL },
		{ __LINE__, "", "cat >log; echo noise; exit 0", "", NULL },
		{ __LINE__, "", "exit 3", "", "\" ended with code 3" },
		{ __LINE__, "", "kill -9 $$", "", "\" was ended by signal 9" },
		{ __LINE__, "-gone", "", "", "-gone\" cannot be run: No such file" },
		{ __LINE__, "", "sleep 1000 & echo $! >log; wait", NULL, "\" did not end within 0 s and was killed" },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct err err = { "" };
		char *path = program(T[i].lines), *command = mem_printf("%s%s", path, T[i].arguments);
		bool done = amp_command_run(command, "on", T[i].log ? 20000 : 500, &err);
		ck_assert_msg(done == !T[i].fault, "row of line %d: %s", T[i].line, err.text);
		ck_assert_msg(!T[i].fault || strstr(err.text, T[i].fault), "row of line %d: %s", T[i].line, err.text);
		if (T[i].log)
			ck_assert_str_eq(log_text(), T[i].log);
		else /* its children are gone too: the pid is nobody's, or a dead one's that waits for its parent */
			for (int n = 0, pid = atoi(log_text()); pid > 0 && n < 3000; n++) {
				char *stat = mem_printf("grep -qs '^State:.[^ZX]' /proc/%d/status", pid);
				bool alive = !system(stat);
				mem_free(stat);
				ck_assert(!alive || n < 2999);
				if (!alive)
					break;
				poll(NULL, 0, 10);
			}
		mem_free(command);
		clean_up(path);
	}
}
END_TEST

/* ── The thread ── */

static _Atomic int64_t elapsed_us;

static mono_us clock_mono(void *self)
{
	(void)self;
	return (mono_us){ elapsed_us };
}

static const struct clock clock_by_hand = { NULL, NULL, clock_mono, NULL, { 0 } };
static int notify;

static struct amp *amplifier(const char *key)
{
	elapsed_us = 1000 * S;
	notify = eventfd(0, EFD_NONBLOCK | EFD_CLOEXEC);
	struct amp_setup setup = { "ra", key, 3000, &clock_by_hand, notify };
	struct amp *a = amp_new(&setup);
	ck_assert_ptr_nonnull(a);
	return a;
}

static void await_fault(int line, struct amp *a, const char *want)
{
	struct err fault = { "" };
	for (int i = 0; i < 3000; i++) {
		amp_fault(a, &fault);
		if (*want ? strstr(fault.text, want) != NULL : !fault.text[0])
			break;
		poll(NULL, 0, 10);
	}
	ck_assert_msg(*want ? strstr(fault.text, want) != NULL : !fault.text[0], "line %d: %s", line, fault.text);
}

START_TEST(it_goes_on_before_and_off_after)
{
	char *path = program("echo $1 >>log"), *key = mem_printf("command:%s", path);
	struct amp *a = amplifier(key);
	await_log(__LINE__, "off\n");
	amp_announce(a, (mono_us){ elapsed_us + 4 * S });
	elapsed_us += 500 * MS;
	amp_change(a, key, 3000); /* wakes the thread, whose clock does not run by itself */
	await_log(__LINE__, "off\non\n");
	elapsed_us += 3 * S + 500 * MS;
	amp_start(a, (mono_us){ elapsed_us });
	ck_assert_int_le(amp_warm(a, (mono_us){ elapsed_us }).us, elapsed_us);
	amp_stop(a, (mono_us){ elapsed_us });
	elapsed_us += AMP_HANG_US;
	amp_change(a, key, 3000);
	await_log(__LINE__, "off\non\noff\n");
	amp_start(a, (mono_us){ elapsed_us });
	ck_assert_int_eq(amp_warm(a, (mono_us){ elapsed_us }).us, elapsed_us + WARM);
	await_log(__LINE__, "off\non\noff\non\n");
	amp_free(&a); /* while it plays: the controller ends */
	ck_assert_ptr_null(a);
	ck_assert_str_eq(log_text(), "off\non\noff\non\noff\n");
	mem_free(key);
	clean_up(path);
}
END_TEST

/* The program hangs until the calls have returned: had they waited for it, it would have been killed, a fault. */
START_TEST(nobody_waits_for_a_switch_and_never_two_at_once)
{
	char *path = program("mkdir busy || echo two >>log\n"
			     "if [ $1 = on ]; then until [ -e go ]; do sleep 0.01; done; fi\n"
			     "echo $1 >>log; rmdir busy");
	char *key = mem_printf("command:%s", path), *go = in_dir("go");
	struct amp *a = amplifier(key);
	struct err fault;
	await_log(__LINE__, "off\n");
	for (int i = 0; i < 100; i++) {
		amp_start(a, (mono_us){ elapsed_us });
		amp_announce(a, (mono_us){ elapsed_us });
		amp_warm(a, (mono_us){ elapsed_us });
		amp_stop(a, (mono_us){ elapsed_us - 60 * S });
		amp_fault(a, &fault);
	}
	fclose(fopen(go, "w"));
	await_log(__LINE__, "off\non\n");
	amp_fault(a, &fault);
	ck_assert_str_eq(fault.text, "");
	amp_free(&a);
	ck_assert_str_eq(log_text(), "off\non\noff\n");
	mem_free(go);
	mem_free(key);
	clean_up(path);
}
END_TEST

START_TEST(a_switch_that_fails_is_said_and_tried_again)
{
	char *path = program("[ $1 = off ] || [ -e well ] || exit 7\necho $1 >>log");
	char *key = mem_printf("command:%s", path), *well = in_dir("well");
	struct amp *a = amplifier(key);
	eventfd_t n;
	await_log(__LINE__, "off\n");
	amp_start(a, (mono_us){ elapsed_us });
	await_fault(__LINE__, a, "ended with code 7");
	await_fault(__LINE__, a, "output \"ra\" could not be switched on");
	ck_assert_int_eq(eventfd_read(notify, &n), 0); /* the loop was told */
	fclose(fopen(well, "w"));
	elapsed_us += S;
	amp_change(a, key, 3000);
	await_log(__LINE__, "off\non\n");
	await_fault(__LINE__, a, "");
	amp_free(&a);
	mem_free(well);
	mem_free(key);
	clean_up(path);
}
END_TEST

START_TEST(another_key_takes_over_from_the_first)
{
	char *path = program("echo $1 $2 >>log");
	char *one = mem_printf("command:%s one", path), *two = mem_printf("command:%s two", path);
	struct amp *a = amplifier(one);
	await_log(__LINE__, "one off\n");
	amp_start(a, (mono_us){ elapsed_us });
	await_log(__LINE__, "one off\none on\n");
	amp_change(a, two, 5000);
	await_log(__LINE__, "one off\none on\none off\ntwo on\n");
	ck_assert_int_eq(amp_warm(a, (mono_us){ elapsed_us }).us, elapsed_us + 5 * S);
	amp_free(&a);
	ck_assert_str_eq(log_text(), "one off\none on\none off\ntwo on\ntwo off\n");
	mem_free(one);
	mem_free(two);
	clean_up(path);
	ck_assert_ptr_null(amp_new(&(struct amp_setup){ "ra", "lever", 0, &clock_by_hand, notify }));
}
END_TEST

UNIT_MAIN("sound/amp", it_is_on_in_time_and_off_after, attempts_come_at_longest_a_minute_apart,
		it_is_warm_when_its_time_has_passed, a_program_is_run_without_a_shell, it_goes_on_before_and_off_after,
		nobody_waits_for_a_switch_and_never_two_at_once, a_switch_that_fails_is_said_and_tried_again,
		another_key_takes_over_from_the_first)
