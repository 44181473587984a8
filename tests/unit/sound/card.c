/* An output at work on cards of software (tests/card/paced.c): the audio thread, the ALSA sink and alsa-lib as they are,
 * in real time.  What was heard is on the card's tape; every frame of an item says which it is. */
#include "sound/device.h"
#include "sound/alsa.h"
#include "sound/spans.h"
#include "sound/volume.h"
#include "../unit.h"

#include <fcntl.h>
#include <poll.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#define RATE 48000
#define LANES 2
#define ITEM 60000
#define PATIENCE_S 30

static char dir[64];
static int16_t sound[LANES][ITEM];
static struct span span[LANES] = { { sound[0], ITEM }, { sound[1], ITEM } };
static struct spans spans[LANES] = { { &span[0], 1 }, { &span[1], 1 } };
static int16_t *tape;
static int64_t heard;

static wall_us wall(void *self)
{
	(void)self;
	return (wall_us){ 0 };
}

static mono_us mono(void *self)
{
	struct timespec t;
	(void)self;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (mono_us){ t.tv_sec * INT64_C(1000000) + t.tv_nsec / 1000 };
}

static const struct clock real = { NULL, wall, mono, NULL, { 0 } };

/* ── The card ── */

static void path_of(const char *name, char path[128])
{
	snprintf(path, 128, "%s/%s", dir, name);
}

static void fault(const char *name, const char *content)
{
	char path[128];
	path_of(name, path);
	if (!content) {
		unlink(path);
		return;
	}
	FILE *f = fopen(path, "w");
	fputs(content, f);
	fclose(f);
}

/* The plugin lies beside this program's folder. */
static void plug_in(const char *settings)
{
	char self[512] = "", path[128];
	ck_assert_int_gt(readlink("/proc/self/exe", self, sizeof self - 1), 0);
	for (int up = 0; up < 3; up++)
		*strrchr(self, '/') = '\0';
	snprintf(dir, sizeof dir, "/tmp/loaxa-card-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	path_of("asound.conf", path);
	FILE *f = fopen(path, "w");
	fprintf(f, "pcm_type.loaxa { lib \"%s/card/paced.so\" }\npcm.card { type loaxa dir \"%s\" channels %d %s }\n", self,
			dir, LANES, settings);
	fclose(f);
	setenv("ALSA_CONFIG_PATH", path, 1);
	alsa_setup();
	for (int lane = 0; lane < LANES; lane++)
		for (int i = 0; i < ITEM; i++)
			sound[lane][i] = (int16_t)(i % 30000 + 1);
}

static void plug_out(void)
{
	char command[128];
	alsa_teardown();
	free(tape);
	tape = NULL;
	snprintf(command, sizeof command, "rm -rf '%s'", dir);
	ck_assert_int_eq(system(command), 0);
}

static void read_tape(void)
{
	char path[128];
	path_of("tape", path);
	FILE *f = fopen(path, "rb");
	ck_assert_int_eq(fseek(f, 0, SEEK_END), 0);
	heard = ftell(f) / (2 * LANES);
	rewind(f);
	tape = malloc((size_t)heard * 2 * LANES + 1);
	ck_assert_uint_eq(fread(tape, 2 * LANES, (size_t)heard, f), heard);
	fclose(f);
}

/* A card that cannot go back has played on by the time it is emptied: that much may be heard twice. */
static int repeats;

/* From `at` on, behind silence, the lane says these frames; *silence = how much of that there was between them. */
static int64_t expect(int line, int lane, int64_t at, int64_t first, int64_t end, int64_t *silence)
{
	*silence = 0;
	while (at < heard && !tape[at * LANES + lane])
		at++;
	for (int64_t i = first; i < end; at++) {
		ck_assert_msg(at < heard, "line %d: the tape ends at frame %d of %d", line, (int)i, (int)end);
		int16_t v = tape[at * LANES + lane];
		for (int64_t back = 1; v && v != sound[lane][i] && back <= repeats && i - back >= first; back++)
			if (v == sound[lane][i - back])
				i -= back;
		ck_assert_msg(!v || v == sound[lane][i], "line %d: %d, not frame %d", line, v, (int)i);
		i += v != 0;
		*silence += !v;
	}
	return at;
}

/* ── The output ── */

static int notify;

static struct device *power_on(bool idle_open)
{
	struct device_table *t = device_table_new(LANES);
	for (int i = 0; i < LANES; i++)
		t->lanes[i].channel = i, t->lanes[i].was = -1;
	device_table_seal(t, RATE, LANES);
	notify = eventfd(0, EFD_NONBLOCK);
	struct device_setup setup = { .ops = &sink_alsa_ops, .device = "card", .rate = RATE, .channels = LANES,
		.idle_open = idle_open, .clock = &real, .notify = notify };
	return device_new(&setup, t);
}

static void power_off(struct device **d)
{
	device_free(d);
	close(notify);
}

static void play(struct device *d, struct play *p, int lane, int64_t from, enum device_order_kind kind, int64_t in_us)
{
	memset(p, 0, sizeof *p);
	p->source = (struct source){ &spans_source, &spans[lane] };
	p->from = from;
	p->frames = ITEM;
	atomic_init(&p->frame, from);
	atomic_init(&p->gain, GAIN_UNITY);
	struct device_order o = { .kind = kind, .lane = lane, .play = p, .at = { mono(NULL).us + in_us } };
	ck_assert(device_order(d, &o));
}

/* The next event but those of xruns, which are counted. */
static int xruns;

static struct device_event await(int line, struct device *d, enum device_event_kind kind, const struct play *p)
{
	struct device_event e = { 0 };
	int64_t until = mono(NULL).us + PATIENCE_S * US_PER_S;
	while (!device_event(d, &e) || e.kind == DEVICE_XRUN || (e.kind == DEVICE_DONE && kind != DEVICE_DONE)) {
		struct pollfd fd = { notify, POLLIN, 0 };
		eventfd_t n;
		xruns += e.kind == DEVICE_XRUN;
		e.kind = DEVICE_DONE;
		ck_assert_msg(mono(NULL).us < until, "line %d: nothing comes", line);
		if (poll(&fd, 1, 1000) > 0)
			eventfd_read(notify, &n);
	}
	ck_assert_msg(e.kind == kind && e.play == p, "line %d: event %d", line, e.kind);
	return e;
}

/* ── Tests ── */

static const struct {
	int line;
	const char *card, *while_playing, *content;
	bool gap; /* there may be silence between the frames */
	int repeats;
} good[] = {
	{ __LINE__, "", NULL, NULL, false, 0 },
	{ __LINE__, "buffer_max 9600", NULL, NULL, false, 0 },
	{ __LINE__, "grain 480", NULL, NULL, false, 0 },
	{ __LINE__, "ppm 300", NULL, NULL, false, 0 },
	{ __LINE__, "norewind yes", NULL, NULL, false, RATE / 1000 },
	{ __LINE__, "", "short", "100", false, 0 },
	{ __LINE__, "", "xrun", "", true, 0 },
};

/* The item is heard once and in order, the other zone of the card is not disturbed by what comes and goes beside it. */
START_TEST(what_goes_in_comes_out)
{
	int64_t silence;
	struct play left, right, again;
	plug_in(good[_i].card);
	repeats = good[_i].repeats;
	struct device *d = power_on(true);
	play(d, &left, 0, 0, ORDER_START, 0);
	device_commit(d);
	await(__LINE__, d, DEVICE_STARTED, &left);
	if (good[_i].while_playing)
		fault(good[_i].while_playing, good[_i].content);
	play(d, &right, 1, 0, ORDER_START, 0); /* an order that cannot wait: the queue goes back */
	device_commit(d);
	struct device_event one = await(__LINE__, d, DEVICE_STARTED, &right);
	ck_assert_int_le(one.frame, 0);
	atomic_store(&right.stop, true);
	device_commit(d);
	one = await(__LINE__, d, DEVICE_STOPPED, &right);
	await(__LINE__, d, DEVICE_DONE, &right); /* its fade is over */
	play(d, &again, 1, one.frame, ORDER_START, 0);
	device_commit(d);
	await(__LINE__, d, DEVICE_STARTED, &again);
	ck_assert_int_eq(await(__LINE__, d, DEVICE_ENDED, &left).frame, ITEM);
	ck_assert_int_eq(await(__LINE__, d, DEVICE_ENDED, &again).frame, ITEM);
	await(__LINE__, d, DEVICE_DONE, &again);
	power_off(&d);
	read_tape();
	expect(__LINE__, 0, 0, 0, ITEM, &silence);
	ck_assert_msg(!silence || good[_i].gap, "row of line %d: %d frames of silence", good[_i].line, (int)silence);
	int64_t cut = expect(__LINE__, 1, 0, 0, one.frame, &silence), fade = RATE * 30 / 1000;
	for (; cut < heard && tape[cut * LANES + 1] && fade; cut++, fade--)
		;
	expect(__LINE__, 1, cut, one.frame, ITEM, &silence);
	plug_out();
}
END_TEST

static const struct {
	int line;
	const char *fault;
} losses[] = {
	{ __LINE__, "gone" },
	{ __LINE__, "ebadfd" },
	{ __LINE__, "suspend" },
	{ __LINE__, "stall" },
	{ __LINE__, "eagain" },
};

START_TEST(a_card_that_fails_is_lost_and_comes_back)
{
	int64_t silence;
	struct play first, second;
	struct err why;
	plug_in("");
	struct device *d = power_on(false);
	play(d, &first, 0, 0, ORDER_START, 0);
	device_commit(d);
	await(__LINE__, d, DEVICE_STARTED, &first);
	fault(losses[_i].fault, "");
	struct device_event lost = await(__LINE__, d, DEVICE_DROPPED, &first);
	await(__LINE__, d, DEVICE_LOST, NULL);
	device_fault(d, &why);
	ck_assert_str_ne(why.text, ""); /* and so it stays, though a card that stands still can be opened */
	fault(losses[_i].fault, NULL);
	await(__LINE__, d, DEVICE_BACK, NULL);
	device_fault(d, &why);
	ck_assert_str_eq(why.text, "");
	play(d, &second, 0, lost.frame, ORDER_START, 0);
	device_commit(d);
	await(__LINE__, d, DEVICE_STARTED, &second);
	await(__LINE__, d, DEVICE_ENDED, &second);
	power_off(&d);
	read_tape();
	/* What was told as heard was heard; what the card played on before anybody noticed is heard twice, never not at all. */
	int64_t at = expect(__LINE__, 0, 0, 0, lost.frame, &silence);
	while (at < heard && tape[at * LANES] && tape[at * LANES] != sound[0][lost.frame])
		at++;
	for (int64_t last = heard - 1; last > at; last--)
		if (tape[last * LANES]) {
			ck_assert_int_eq(tape[last * LANES], sound[0][ITEM - 1]);
			for (int64_t i = 0; i < ITEM - lost.frame; i++)
				ck_assert_int_eq(tape[(last - i) * LANES], sound[0][ITEM - 1 - i]);
			break;
		}
	plug_out();
}
END_TEST

START_TEST(armed_items_follow_without_a_gap)
{
	int64_t silence;
	struct play one, two;
	plug_in("ppm -300");
	struct device *d = power_on(true);
	play(d, &one, 0, 0, ORDER_START, 100000);
	play(d, &two, 0, 0, ORDER_ARM, 200000); /* its instant comes before the first has ended */
	device_commit(d);
	await(__LINE__, d, DEVICE_STARTED, &one);
	await(__LINE__, d, DEVICE_ENDED, &one);
	await(__LINE__, d, DEVICE_STARTED, &two);
	await(__LINE__, d, DEVICE_ENDED, &two);
	power_off(&d);
	read_tape();
	int64_t at = expect(__LINE__, 0, 0, 0, ITEM, &silence);
	ck_assert_int_eq(silence, 0);
	ck_assert_int_eq(tape[at * LANES], sound[0][0]);
	expect(__LINE__, 0, at, 0, ITEM, &silence);
	ck_assert_int_eq(silence, 0);
	plug_out();
}
END_TEST

START_TEST(a_foreseen_item_that_is_not_wanted_is_never_heard)
{
	struct play one;
	plug_in("");
	struct device *d = power_on(true);
	play(d, &one, 0, 0, ORDER_ARM, 300000);
	device_commit(d);
	atomic_store(&one.stop, true);
	device_commit(d);
	await(__LINE__, d, DEVICE_STOPPED, &one);
	await(__LINE__, d, DEVICE_DONE, &one);
	power_off(&d);
	read_tape();
	for (int64_t i = 0; i < heard * LANES; i++)
		ck_assert_int_eq(tape[i], 0);
	plug_out();
}
END_TEST

START_TEST(a_card_of_another_rate_is_refused_or_found_out)
{
	struct err why = { "" };
	struct play one;
	plug_in("rate 44100");
	struct device *d = power_on(true);
	await(__LINE__, d, DEVICE_LOST, NULL);
	device_fault(d, &why);
	ck_assert_ptr_nonnull(strstr(why.text, "48000 Hz"));
	power_off(&d);
	plug_out();
	plug_in("lie_rate 44100");
	d = power_on(true);
	do {
		play(d, &one, 0, 0, ORDER_START, 0);
		device_commit(d);
		await(__LINE__, d, DEVICE_STARTED, &one);
		await(__LINE__, d, DEVICE_ENDED, &one);
		device_fault(d, &why);
	} while (!why.text[0]);
	ck_assert_ptr_nonnull(strstr(why.text, "48000"));
	ck_assert_ptr_nonnull(strstr(why.text, "44"));
	power_off(&d);
	plug_out();
}
END_TEST

int main(void)
{
	Suite *s = suite_create("sound/card");
	TCase *c = tcase_create("all");
	tcase_set_timeout(c, 300);
	tcase_add_loop_test(c, what_goes_in_comes_out, 0, sizeof good / sizeof *good);
	tcase_add_loop_test(c, a_card_that_fails_is_lost_and_comes_back, 0, sizeof losses / sizeof *losses);
	tcase_add_test(c, armed_items_follow_without_a_gap);
	tcase_add_test(c, a_foreseen_item_that_is_not_wanted_is_never_heard);
	tcase_add_test(c, a_card_of_another_rate_is_refused_or_found_out);
	suite_add_tcase(s, c);
	SRunner *r = srunner_create(s);
	srunner_run_all(r, CK_ENV);
	int failed = srunner_ntests_failed(r);
	srunner_free(r);
	return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}
