/* The words of schedule files and listings for the enumerations of station.h. */
#include "schedule/station.h"

const char *class_name(enum bulletin_class class)
{
	static const char *const names[CLASS_COUNT] = {
		[CLASS_ANNOUNCEMENT] = "announcement",
		[CLASS_NEWS] = "news",
		[CLASS_RELAY] = "relay",
		[CLASS_MUSIC] = "music",
		[CLASS_SIGNATURE] = "signature",
		[CLASS_TEST] = "test",
	};
	return names[class];
}

const char *level_name(enum level level)
{
	static const char *const names[LEVEL_COUNT] = {
		[LEVEL_TEST] = "test",
		[LEVEL_NORMAL] = "normal",
		[LEVEL_PRIORITY] = "priority",
		[LEVEL_EMERGENCY] = "emergency",
	};
	return names[level];
}

const char *rule_kind_name(enum rule_kind kind)
{
	static const char *const names[] = {
		[RULE_SESSION] = "session",
		[RULE_REPEAT] = "repeat",
		[RULE_EMERGENCY] = "emergency",
	};
	return names[kind];
}
