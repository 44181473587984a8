/* A relay whose source falls silent: it waits as on a lost output, what else there is airs meanwhile, and it rejoins its
 * source until its planned end. */
#include "scene.h"

START_TEST(it_waits_for_sound)
{
	static const struct scene_row T[] = {
		/* back after a while: the frames between are those of the clock */
		{ __LINE__, "x @06:00 relay", "06:02 mute 20; 06:03 sound",
				"relay partial device-lost 06:00[0-100] 06:03[180-600]" },
		/* longer than resume-within and max-late: it is joined until its planned end all the same */
		{ __LINE__, "x @06:00 relay", "06:01 mute 20; 06:09:59 sound",
				"relay partial device-lost 06:00[0-40] 06:09:59[599-600]" },
		{ __LINE__, "x @06:00 relay", "06:01 mute 20; 06:10 sound", "relay partial device-lost 06:00[0-40]" },
		{ __LINE__, "x @06:00 relay", "06:01 mute 20", "relay partial device-lost 06:00[0-40]" },
		/* and again */
		{ __LINE__, "x @06:00 relay", "06:01 mute 20; 06:02 sound; 06:05 mute 30; 06:06 sound",
				"relay partial device-lost 06:00[0-40] 06:02[120-270] 06:06[360-600]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(it_was_never_heard)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @06:00 relay", "06:00:20 mute 20", "relay failed device-lost @06:10" },
		{ __LINE__, "x @06:00 relay", "06:00:20 mute 20; 06:05 sound",
				"relay partial device-lost 06:05[300-600]" },
		{ __LINE__, "x @06:00 relay", "06:00:20 mute 20; 06:05 sound; 06:05:20 mute 20; 06:06 sound",
				"relay partial device-lost 06:06[360-600]" },
		{ __LINE__, "x @06:00 relay", "06:00:20 mute 20; 06:05 stop cum-1", "relay skipped operator @06:05" },
		{ __LINE__, "x @06:00 relay", "06:01 mute 20; 06:05 stop cum-1", "relay partial operator 06:00[0-40]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(others_air_meanwhile)
{
	static const struct scene_row T[] = {
		{ __LINE__, "x @06:00 relay", "06:01 mute 20; 06:01 play c; 06:02 sound",
				"c aired 06:01[0-120]; relay partial device-lost 06:00[0-40] 06:03[180-600]" },
		/* what is longer than the relay's rest leaves it nothing */
		{ __LINE__, "x @06:00 relay", "06:03 mute 20; 06:03 play a; 06:04 sound",
				"relay partial device-lost 06:00[0-160]; a aired 06:03[0-480]" },
		{ __LINE__, "sang 05:55-06:30 c,relay@06:00,b", "06:01 mute 20",
				"c aired 05:55[0-120]; relay partial device-lost 06:00[0-40]; b aired 06:10[0-240]" },
		/* an emergency under it changes nothing */
		{ __LINE__, "x @06:00 relay; bao! bao", "06:01 mute 20; 06:02 emergency bao; 06:02:30 sound",
				"bao aired 06:02[0-60]; relay partial device-lost 06:00[0-40] 06:03[180-600]" },
		{ __LINE__, "x @06:00 relay; bao! bao", "06:01 emergency bao; 06:03 mute 20; 06:04 sound",
				"bao aired 06:01[0-60]; relay partial device-lost 06:00[0-60] 06:02[120-160] 06:04[240-600]" },
	};
	SCENE_CHECK(T);
}
END_TEST

START_TEST(hard_ends_and_losses_count)
{
	static const struct scene_row T[] = {
		{ __LINE__, "sang 05:55-06:05 relay@06:00 hard-end", "06:01 mute 20; 06:06 sound",
				"relay partial device-lost 06:00[0-40]" },
		{ __LINE__, "x @06:00 relay", "06:01 mute 20; 06:02 lose; 06:03 sound; 06:04 restore",
				"relay partial device-lost 06:00[0-40] 06:04[240-600]" },
	};
	SCENE_CHECK(T);
}
END_TEST

UNIT_MAIN("airing/silent", it_waits_for_sound, it_was_never_heard, others_air_meanwhile, hard_ends_and_losses_count)
