/* Who is on a card, read from a copy of what the kernel shows (texts taken from a kernel 6.1). */
#include "os/cards.h"

#include "../unit.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static char root[64];

static void run_in_root(const char *what)
{
	char command[256];
	snprintf(command, sizeof command, "cd '%s' && %s", root, what);
	ck_assert_int_eq(system(command), 0);
}

static void put(const char *path, const char *text)
{
	char where[256];
	snprintf(where, sizeof where, "mkdir -p $(dirname '%s')", path);
	run_in_root(where);
	snprintf(where, sizeof where, "%s/%s", root, path);
	FILE *f = fopen(where, "w");
	ck_assert_ptr_nonnull(f);
	fputs(text, f);
	fclose(f);
}

static void make_root(void)
{
	snprintf(root, sizeof root, "/tmp/loaxa-cards-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(root));
}

static void drop_root(void)
{
	char command[128];
	snprintf(command, sizeof command, "rm -rf '%s'", root);
	ck_assert_int_eq(system(command), 0);
}

static const char running[] = "state: RUNNING\nowner_pid   : 4712\ntrigger_time: 5.1\ndelay       : 4800\n";
static const char params[] = "access: MMAP_INTERLEAVED\nformat: S16_LE\nsubformat: STD\nchannels: 2\n"
			     "rate: 48000 (48000/1)\nperiod_size: 480\nbuffer_size: 48000\n";

START_TEST(test_a_port_in_use)
{
	struct cards_user u;
	make_root();
	ck_assert(!cards_user(root, 0, 0, false, &u)); /* no such card */
	put("proc/asound/card0/pcm0p/sub0/status", "closed\n");
	ck_assert(!cards_user(root, 0, 0, false, &u));
	put("proc/asound/card0/pcm0p/sub1/status", running);
	put("proc/asound/card0/pcm0p/sub1/hw_params", params);
	ck_assert(cards_user(root, 0, 0, false, &u));
	ck_assert_int_eq(u.pid, 4712);
	ck_assert_uint_eq(u.rate, 48000);
	ck_assert_uint_eq(u.channels, 2);
	ck_assert_str_eq(u.format, "S16_LE");
	ck_assert(!cards_user(root, 0, 0, true, &u));
	ck_assert(!cards_user(root, 0, 1, false, &u));
	ck_assert(!cards_user(root, 1, 0, false, &u));
	/* It was a thread of process 4700. */
	put("proc/4712/status", "Name:\tloaxa\nUmask:\t0027\nState:\tS (sleeping)\nTgid:\t4700\nNgid:\t0\nPid:\t4712\n");
	ck_assert(cards_user(root, 0, 0, false, &u));
	ck_assert_int_eq(u.pid, 4700);
	/* Prepared by somebody, but not yet told what to play. */
	put("proc/asound/card0/pcm0p/sub1/status", "state: OPEN\nowner_pid   : 4712\n");
	put("proc/asound/card0/pcm0p/sub1/hw_params", "no setup\n");
	ck_assert(cards_user(root, 0, 0, false, &u));
	ck_assert(u.pid == 4700 && !u.rate && !*u.format);
	drop_root();
}
END_TEST

START_TEST(test_what_tells_cards_apart)
{
	struct cards_identity i;
	make_root();
	cards_identity(root, 0, &i);
	ck_assert(!*i.usb && !*i.serial && !*i.port);
	put("proc/asound/card0/usbid", "0d8c:0014\n");
	put("sys/devices/usb1/1-2/serial", "A1B2C3\n");
	run_in_root("mkdir -p sys/devices/usb1/1-2/1-2:1.0 sys/class/sound/card0 dev/snd/by-path");
	run_in_root("ln -s ../../../devices/usb1/1-2/1-2:1.0 sys/class/sound/card0/device");
	run_in_root("ln -s ../controlC1 dev/snd/by-path/pci-0000:00:1b.0");
	run_in_root("ln -s ../controlC0 dev/snd/by-path/pci-0000:00:14.0-usb-0:2:1.0");
	cards_identity(root, 0, &i);
	ck_assert_str_eq(i.usb, "0d8c:0014");
	ck_assert_str_eq(i.serial, "A1B2C3");
	ck_assert_str_eq(i.port, "pci-0000:00:14.0-usb-0:2:1.0");
	cards_identity(root, 1, &i);
	ck_assert(!*i.usb && !*i.serial);
	ck_assert_str_eq(i.port, "pci-0000:00:1b.0");
	drop_root();
}
END_TEST

UNIT_MAIN("os/cards", test_a_port_in_use, test_what_tells_cards_apart)
