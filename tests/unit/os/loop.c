#include "os/clock.h"
#include "os/loop.h"
#include "../unit.h"

#include <signal.h>
#include <string.h>
#include <sys/eventfd.h>
#include <unistd.h>

struct counter {
	struct loop *loop;
	int fd, other, calls;
};

static void count(void *self)
{
	struct counter *c = self;
	uint64_t n;
	c->calls++;
	ck_assert_int_eq(read(c->fd, &n, sizeof n), sizeof n);
	if (c->other >= 0)
		loop_unwatch(c->loop, c->other);
}

static struct loop *start(void)
{
	struct err err;
	struct loop *l = loop_new(&err);
	ck_assert_msg(l != NULL, "%s", err.text);
	return l;
}

START_TEST(a_past_instant_is_due_at_once)
{
	struct loop *l = start();
	static const int64_t past[] = { 1, 0, -5, 1625097600 * US_PER_S };
	for (size_t i = 0; i < sizeof past / sizeof *past; i++)
		ck_assert_uint_eq(loop_wait(l, (wall_us){ past[i] }), LOOP_DUE);
	/* the same instant again: the timer has fired and must be armed anew */
	ck_assert_uint_eq(loop_wait(l, (wall_us){ past[3] }), LOOP_DUE);
	loop_free(&l);
	ck_assert_ptr_null(l);
}
END_TEST

START_TEST(a_ready_descriptor_wakes_before_the_timer)
{
	struct loop *l = start();
	struct counter c = { .loop = l, .fd = eventfd(1, EFD_NONBLOCK), .other = -1 };
	ck_assert(loop_watch(l, c.fd, LOOP_READ, (struct loop_handler){ &c, count }));
	ck_assert_uint_eq(loop_wait(l, (wall_us){ US_NEVER }), 0);
	ck_assert_int_eq(c.calls, 1);
	loop_unwatch(l, c.fd);
	ck_assert_int_eq(eventfd_write(c.fd, 1), 0);
	ck_assert_uint_eq(loop_wait(l, (wall_us){ 1 }), LOOP_DUE);
	ck_assert_int_eq(c.calls, 1);
	close(c.fd);
	loop_free(&l);
}
END_TEST

/* Two are ready in one batch; whichever comes first takes the other away, which must then not be called. */
START_TEST(a_handler_may_unwatch_one_of_the_same_batch)
{
	struct loop *l = start();
	struct counter a = { .loop = l, .fd = eventfd(1, EFD_NONBLOCK) };
	struct counter b = { .loop = l, .fd = eventfd(1, EFD_NONBLOCK) };
	a.other = b.fd;
	b.other = a.fd;
	ck_assert(loop_watch(l, a.fd, LOOP_READ, (struct loop_handler){ &a, count }));
	ck_assert(loop_watch(l, b.fd, LOOP_READ, (struct loop_handler){ &b, count }));
	loop_wait(l, (wall_us){ US_NEVER });
	ck_assert_int_eq(a.calls + b.calls, 1);
	close(a.fd);
	close(b.fd);
	loop_free(&l);
}
END_TEST

START_TEST(more_descriptors_than_fit_are_refused)
{
	struct loop *l = start();
	int fd[LOOP_FDS + 1];
	struct counter c = { .loop = l };
	for (int i = 0; i <= LOOP_FDS; i++) {
		fd[i] = eventfd(0, EFD_NONBLOCK);
		ck_assert_int_eq(loop_watch(l, fd[i], LOOP_READ, (struct loop_handler){ &c, count }), i < LOOP_FDS);
	}
	loop_unwatch(l, fd[3]);
	ck_assert(loop_watch(l, fd[LOOP_FDS], LOOP_READ, (struct loop_handler){ &c, count }));
	for (int i = 0; i <= LOOP_FDS; i++)
		close(fd[i]);
	loop_free(&l);
}
END_TEST

START_TEST(signals_arrive_as_events_and_act_again_afterwards)
{
	struct loop *l = start();
	raise(SIGTERM);
	ck_assert_uint_eq(loop_wait(l, (wall_us){ US_NEVER }), LOOP_STOP);
	raise(SIGHUP);
	raise(SIGINT);
	ck_assert_uint_eq(loop_wait(l, (wall_us){ US_NEVER }), LOOP_STOP | LOOP_HANGUP);
	loop_free(&l);
	sigset_t now;
	pthread_sigmask(SIG_BLOCK, NULL, &now);
	ck_assert_int_eq(sigismember(&now, SIGTERM), 0);
}
END_TEST

START_TEST(the_clock_is_after_its_floor)
{
	struct clock c = os_clock();
	char boot[OS_BOOT_ID_BYTES];
	os_boot_id(boot);
	ck_assert_int_gt(c.floor.us, 1600000000 * US_PER_S);
	ck_assert_int_ge(c.wall(c.self).us, c.floor.us);
	mono_us m = c.mono(c.self);
	ck_assert_int_le(m.us, c.mono(c.self).us);
	ck_assert_uint_eq(strlen(boot), OS_BOOT_ID_BYTES - 1);
}
END_TEST

UNIT_MAIN("os/loop", a_past_instant_is_due_at_once, a_ready_descriptor_wakes_before_the_timer,
		a_handler_may_unwatch_one_of_the_same_batch, more_descriptors_than_fit_are_refused,
		signals_arrive_as_events_and_act_again_afterwards, the_clock_is_after_its_floor)
