/* GPIO lines on chips of software: this program's own open(), opendir() and ioctl() stand in for the kernel's, for what
 * lies in /dev and for what is asked of a chip. */
#include "sound/amp-switch.h"
#include "../unit.h"

#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#define LINES 8

/* What the chips were asked for; a chip's descriptor and a line's are files like any other. */
static struct {
	char dev[64];          /* the folder that stands in for /dev */
	int chip, line;        /* descriptors that are open; -1 */
	unsigned offset;       /* of that line */
	bool high, busy, deaf; /* its level; somebody else holds it; it obeys no more */
	int requests;
} kernel = { .chip = -1, .line = -1 };

int open(const char *path, int flags, ...)
{
	char other[128];
	va_list more;
	va_start(more, flags);
	int mode = flags & O_CREAT ? va_arg(more, int) : 0;
	va_end(more);
	if (kernel.dev[0] && !strncmp(path, "/dev/gpiochip", 13)) {
		snprintf(other, sizeof other, "%s/%s", kernel.dev, path + 5);
		return kernel.chip = (int)syscall(SYS_openat, AT_FDCWD, other, flags, mode);
	}
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

DIR *opendir(const char *path)
{
	DIR *(*real)(const char *) = (DIR *(*)(const char *))dlsym(RTLD_NEXT, "opendir");
	return real(kernel.dev[0] && !strcmp(path, "/dev") ? kernel.dev : path);
}

static int refuse(int error)
{
	errno = error;
	return -1;
}

static int chip_info(struct gpiochip_info *info)
{
	char name[8] = "";
	if (pread(kernel.chip, name, sizeof name - 1, 0) <= 0)
		return refuse(ENOTTY); /* a file that is no chip is empty */
	snprintf(info->label, sizeof info->label, "%s", name);
	info->lines = LINES;
	return 0;
}

static int take_line(struct gpio_v2_line_request *r)
{
	kernel.requests++;
	if (kernel.busy)
		return refuse(EBUSY);
	ck_assert_int_eq(r->num_lines, 1);
	ck_assert_int_eq(r->config.flags, GPIO_V2_LINE_FLAG_OUTPUT);
	ck_assert_int_eq(r->config.attrs[0].attr.id, GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES);
	ck_assert_str_eq(r->consumer, "loaxa");
	kernel.offset = r->offsets[0];
	kernel.high = r->config.attrs[0].attr.values & r->config.attrs[0].mask;
	r->fd = kernel.line = dup(kernel.chip);
	return 0;
}

int ioctl(int fd, unsigned long request, ...)
{
	va_list more;
	va_start(more, request);
	void *argument = va_arg(more, void *);
	va_end(more);
	switch (request) {
	case GPIO_GET_CHIPINFO_IOCTL:
		return chip_info(argument);
	case GPIO_V2_GET_LINE_IOCTL:
		return take_line(argument);
	case GPIO_V2_LINE_SET_VALUES_IOCTL:
		ck_assert_int_eq(fd, kernel.line);
		if (kernel.deaf)
			return refuse(ENODEV);
		kernel.high = ((struct gpio_v2_line_values *)argument)->bits & 1;
		return 0;
	default:
		return (int)syscall(SYS_ioctl, fd, request, argument);
	}
}

/* ── Tests ── */

static void chip(const char *name, const char *label)
{
	char path[128];
	snprintf(path, sizeof path, "%s/%s", kernel.dev, name);
	FILE *f = fopen(path, "w");
	fputs(label, f);
	fclose(f);
}

static void plug_in(void)
{
	snprintf(kernel.dev, sizeof kernel.dev, "/tmp/loaxa-gpio-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(kernel.dev));
	chip("gpiochip0", "first");
	chip("gpiochip1", "relays");
	chip("gpiochip2", "");
	chip("gpiomem", "relays");
}

static void plug_out(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", kernel.dev);
	ck_assert_int_eq(system(command), 0);
}

static struct amp_switch *made(const char *text)
{
	struct amp_key key;
	ck_assert_msg(amp_key(text, &key), "%s", text);
	return amp_switch_new(&key);
}

START_TEST(a_line_is_held_and_switched)
{
	static const char *const keys[] = { "gpio:gpiochip1/7", "gpio:relays/7" };
	plug_in();
	for (int i = 0; i < 2; i++) {
		struct err err = { "" };
		struct amp_switch *s = made(keys[i]);
		kernel.requests = 0;
		ck_assert_msg(amp_switch_set(s, true, &err), "%s", err.text);
		ck_assert(kernel.high && kernel.offset == 7);
		ck_assert(amp_switch_set(s, false, &err) && !kernel.high);
		ck_assert(amp_switch_set(s, true, &err) && kernel.high);
		ck_assert_int_eq(kernel.requests, 1);
		ck_assert_int_eq(fcntl(kernel.chip, F_GETFD), -1); /* only the line is kept */
		amp_switch_free(&s);
		ck_assert_int_eq(fcntl(kernel.line, F_GETFD), -1);
	}
	plug_out();
}
END_TEST

START_TEST(a_line_that_obeys_no_more_is_asked_for_anew)
{
	struct err err = { "" };
	plug_in();
	struct amp_switch *s = made("gpio:gpiochip0/0");
	kernel.requests = 0;
	ck_assert(amp_switch_set(s, false, &err));
	kernel.deaf = true;
	ck_assert(!amp_switch_set(s, true, &err));
	ck_assert_ptr_nonnull(strstr(err.text, "does not obey: No such device"));
	ck_assert(amp_switch_set(s, true, &err) && kernel.high);
	ck_assert_int_eq(kernel.requests, 2);
	amp_switch_free(&s);
	plug_out();
}
END_TEST

START_TEST(what_cannot_be_had_is_said_in_words)
{
	static const struct {
		int line;
		const char *key, *words;
		bool busy;
	} T[] = {
		{ __LINE__, "gpio:gpiochip9/1", "there is no chip \"gpiochip9\"", false },
		{ __LINE__, "gpio:lamps/1", "there is no chip \"lamps\"", false },
		{ __LINE__, "gpio:gpiochip2/1", "\"gpiochip2\" is no GPIO chip", false },
		{ __LINE__, "gpio:relays/8", "chip \"relays\" has no line 8 — its lines are 0 to 7", false },
		{ __LINE__, "gpio:relays/2", "line 2 of chip \"relays\" is held by another program", true },
	};
	plug_in();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		struct err err = { "" };
		struct amp_switch *s = made(T[i].key);
		kernel.busy = T[i].busy;
		ck_assert_msg(!amp_switch_set(s, true, &err), "row of line %d", T[i].line);
		ck_assert_msg(strstr(err.text, T[i].words) != NULL, "row of line %d: %s", T[i].line, err.text);
		amp_switch_free(&s);
	}
	plug_out();
}
END_TEST

UNIT_MAIN("sound/amp-gpio", a_line_is_held_and_switched, a_line_that_obeys_no_more_is_asked_for_anew,
		what_cannot_be_had_is_said_in_words)
