/* Whatever bytes come over the socket: refused in words or taken, and what is taken is taken again when written.  What is
 * refused makes one short clean line of the log. */
#include "base/visible.h"
#include "control/protocol.h"
#include "control/refusal.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_reply(const char *line, size_t size)
{
	struct answer a;
	protocol_read_reply(line, size, &a);
	protocol_free_answer(&a);
}

static void as_log(const char *why, const char *line, size_t size)
{
	enum { LONGEST = 600 };
	struct text log = { 0 };
	refusal_write(1000, why, line, size, &log);
	if (log.n > LONGEST || text_bad_utf8(log.at, log.n) >= 0 || !visible_all(log.at))
		abort();
	text_free(&log);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct request first, second;
	struct err why = { "" };
	struct text wire = { 0 };
	as_reply((const char *)data, size);
	if (!protocol_read_request((const char *)data, size, &first, &why)) {
		if (!why.text[0] || text_bad_utf8(why.text, strlen(why.text)) >= 0)
			abort();
		as_log(why.text, (const char *)data, size);
		return 0;
	}
	if (first.kind == REQUEST_COMMAND) {
		protocol_write_command(&first.command, &wire);
		if (wire.n <= PROTOCOL_LINE && !protocol_read_request(wire.at, wire.n, &second, &why))
			abort();
	}
	text_free(&wire);
	return 0;
}
