#include "cli/cmd.h"

#include <stddef.h>

extern const struct cmd cmd_help, cmd_version;

const struct cmd *const commands[] = {
	&cmd_help,
	&cmd_version,
	NULL,
};
