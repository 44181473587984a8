#include "sound/amp-gpio.h"

#include "base/i18n.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/gpio.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define CHIP_PREFIX "gpiochip"

static int open_named(const char *name)
{
	char path[64];
	int n = snprintf(path, sizeof path, "/dev/%s", name);
	return n < (int)sizeof path ? open(path, O_RDWR | O_CLOEXEC) : -1;
}

static bool is_chip(const char *name)
{
	return !strncmp(name, CHIP_PREFIX, strlen(CHIP_PREFIX));
}

/* Of two chips with one label the first that the folder gives; people name those by their device. */
static int open_labelled(const char *label)
{
	struct gpiochip_info info = { .lines = 0 };
	struct dirent *entry;
	DIR *dev = opendir("/dev");
	int fd = -1;
	while (dev && fd < 0 && (entry = readdir(dev))) {
		if (!is_chip(entry->d_name) || (fd = open_named(entry->d_name)) < 0)
			continue;
		if (ioctl(fd, GPIO_GET_CHIPINFO_IOCTL, &info) == 0 && !strncmp(info.label, label, sizeof info.label))
			continue;
		close(fd);
		fd = -1;
	}
	if (dev)
		closedir(dev);
	return fd;
}

static int open_chip(const char *chip, struct err *err)
{
	int fd = is_chip(chip) ? open_named(chip) : open_labelled(chip);
	if (fd >= 0)
		return fd;
	if (is_chip(chip) && errno == EACCES)
		err_set(err,
			_("chip \"%s\" may not be opened — put the station's user into the group that owns /dev/%s"),
			chip, chip);
	else
		err_set(err, _("there is no chip \"%s\" — see the chips there are: ls /dev/gpiochip*, gpiodetect"),
			chip);
	return -1;
}

static bool has_line(int fd, const char *chip, int line, struct err *err)
{
	struct gpiochip_info info = { .lines = 0 };
	if (ioctl(fd, GPIO_GET_CHIPINFO_IOCTL, &info) < 0)
		return err_set(err, _("\"%s\" is no GPIO chip: %s"), chip, strerror(errno));
	if ((unsigned)line < info.lines)
		return true;
	return err_set(err, _("chip \"%s\" has no line %d — its lines are 0 to %u — see: gpioinfo"), chip, line,
		info.lines - 1);
}

static int take_line(int fd, const char *chip, int line, bool high, struct err *err)
{
	struct gpio_v2_line_request want = { .num_lines = 1, .consumer = "loaxa" };
	want.offsets[0] = (unsigned)line;
	want.config.flags = GPIO_V2_LINE_FLAG_OUTPUT;
	want.config.num_attrs = 1;
	want.config.attrs[0].attr.id = GPIO_V2_LINE_ATTR_ID_OUTPUT_VALUES;
	want.config.attrs[0].attr.values = high;
	want.config.attrs[0].mask = 1;
	if (ioctl(fd, GPIO_V2_GET_LINE_IOCTL, &want) == 0)
		return want.fd;
	if (errno == EBUSY)
		err_set(err, _("line %d of chip \"%s\" is held by another program — see: gpioinfo"), line, chip);
	else
		err_set(err, _("line %d of chip \"%s\" cannot be had: %s"), line, chip, strerror(errno));
	return -1;
}

int amp_gpio_hold(const char *chip, int line, bool high, struct err *err)
{
	int fd = open_chip(chip, err), held = -1;
	if (fd < 0)
		return -1;
	if (has_line(fd, chip, line, err))
		held = take_line(fd, chip, line, high, err);
	close(fd);
	return held;
}

bool amp_gpio_set(int descriptor, bool high, struct err *err)
{
	struct gpio_v2_line_values values = { .bits = high, .mask = 1 };
	if (ioctl(descriptor, GPIO_V2_LINE_SET_VALUES_IOCTL, &values) == 0)
		return true;
	return err_set(err, _("the GPIO line does not obey: %s"), strerror(errno));
}
