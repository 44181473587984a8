#include "sound/amp-command.h"

#include "base/mem.h"
#include "base/spawn.h"
#include "schedule/amp-key.h"

#include <unistd.h>

bool amp_command_run(const char *command, const char *last, int limit_ms, struct err *err)
{
	char *argv[AMP_KEY_WORDS + 2] = { NULL };
	int n = 0, length;
	const char *word;
	while (n < AMP_KEY_WORDS && (word = amp_key_word(&command, &length)))
		argv[n++] = mem_dup_n(word, (size_t)length);
	argv[n] = mem_dup(last);
	bool done = spawn_run(argv, (struct spawn_files){ -1, -1, STDERR_FILENO }, limit_ms, err);
	for (int i = 0; i <= n; i++)
		mem_free(argv[i]);
	return done;
}
