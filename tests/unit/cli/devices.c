#include "cli/devices.h"

#include "../unit.h"

START_TEST(test_which_port_a_sink_means)
{
	static const struct alsa_card card = { .number = 1, .id = "Device" };
	static const struct {
		int line;
		const char *sink;
		int device;
		bool means;
	} T[] = {
		{ __LINE__, "alsa:hw:CARD=Device", 0, true },
		{ __LINE__, "alsa:hw:CARD=Device", 1, false },
		{ __LINE__, "alsa:hw:CARD=Device,DEV=1", 1, true },
		{ __LINE__, "alsa:hw:DEV=1,CARD=Device", 1, true },
		{ __LINE__, "alsa:hw:CARD=Device,DEV=1", 0, false },
		{ __LINE__, "alsa:plughw:CARD=Device,DEV=0", 0, true },
		{ __LINE__, "alsa:hw:CARD=Device_1", 0, false },
		{ __LINE__, "alsa:hw:CARD=Dev", 0, false },
		{ __LINE__, "alsa:hw:CARD=1", 0, true },
		{ __LINE__, "alsa:hw:1", 0, true },
		{ __LINE__, "alsa:hw:1,2", 2, true },
		{ __LINE__, "alsa:hw:1,2", 0, false },
		{ __LINE__, "alsa:hw:10", 0, false },
		{ __LINE__, "alsa:hw:Device,0", 0, true },
		{ __LINE__, "alsa:default", 0, false },
		{ __LINE__, "alsa:hw:", 0, false },
		{ __LINE__, "ao:alsa:hw:1", 0, false },
		{ __LINE__, "dry-run", 0, false },
	};
	for (size_t i = 0; i < sizeof T / sizeof *T; i++)
		ck_assert_msg(devices_names(T[i].sink, &card, T[i].device) == T[i].means, "line %d", T[i].line);
}
END_TEST

UNIT_MAIN("cli/devices", test_which_port_a_sink_means)
