#include "os/notify.h"
#include "os/state.h"
#include "../unit.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

static int manager(const char *name)
{
	struct sockaddr_un at = { .sun_family = AF_UNIX };
	size_t n = strlen(name);
	memcpy(at.sun_path, name, n);
	if (name[0] == '@')
		at.sun_path[0] = '\0';
	int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_NONBLOCK, 0);
	ck_assert_int_eq(bind(fd, (struct sockaddr *)&at, (socklen_t)(offsetof(struct sockaddr_un, sun_path) + n)), 0);
	setenv("NOTIFY_SOCKET", name, 1);
	return fd;
}

START_TEST(the_manager_hears_us)
{
	char name[64], got[512] = "";
	snprintf(name, sizeof name, "@loaxa-test-%d", (int)getpid());
	int fd = manager(name);
	ck_assert(notify_ready("Đài truyền thanh"));
	ck_assert_int_gt(recv(fd, got, sizeof got - 1, 0), 0);
	ck_assert_str_eq(got, "READY=1\nSTATUS=Đài truyền thanh");
	ck_assert(notify_stopping());
	memset(got, 0, sizeof got);
	ck_assert_int_gt(recv(fd, got, sizeof got - 1, 0), 0);
	ck_assert_str_eq(got, "STOPPING=1");
	ck_assert(notify_patience(60000000));
	memset(got, 0, sizeof got);
	ck_assert_int_gt(recv(fd, got, sizeof got - 1, 0), 0);
	ck_assert_str_eq(got, "WATCHDOG_USEC=60000000");
	close(fd);
}
END_TEST

START_TEST(without_a_manager_nothing_happens)
{
	unsetenv("NOTIFY_SOCKET");
	ck_assert(!notify_alive());
	setenv("NOTIFY_SOCKET", "relative", 1);
	ck_assert(!notify_alive());
	unsetenv("WATCHDOG_USEC");
	ck_assert_int_eq(notify_alive_every_us(), 0);
	setenv("WATCHDOG_USEC", "30000000", 1);
	ck_assert_int_eq(notify_alive_every_us(), 15000000);
	setenv("WATCHDOG_PID", "1", 1);
	ck_assert_int_eq(notify_alive_every_us(), 0);
}
END_TEST

START_TEST(one_controller_holds_a_state)
{
	char top[] = "/tmp/loaxa-state-XXXXXX", dir[64], lock[80];
	ck_assert_ptr_nonnull(mkdtemp(top));
	snprintf(dir, sizeof dir, "%s/a/b", top);
	snprintf(lock, sizeof lock, "%s/lock", dir);
	struct err err = { "" };
	ck_assert(!state_held(dir));
	int fd = state_hold(dir, &err);
	ck_assert_int_ge(fd, 0);
	ck_assert(state_held(dir));
	ck_assert_int_eq(state_hold(dir, &err), -1);
	ck_assert_ptr_nonnull(strstr(err.text, dir));
	struct stat st;
	ck_assert_int_eq(stat(dir, &st), 0);
	ck_assert_uint_eq(st.st_mode & 0777 & ~0750u, 0);
	close(fd);
	ck_assert(!state_held(dir));
	ck_assert_int_eq(state_hold("/proc/no/such", &err), -1);
	ck_assert_int_eq(unlink(lock), 0);
	rmdir(dir);
	*strrchr(dir, '/') = '\0';
	rmdir(dir);
	rmdir(top);
}
END_TEST

UNIT_MAIN("os/notify", the_manager_hears_us, without_a_manager_nothing_happens, one_controller_holds_a_state)
