/* Facts files and lines of loaxa-prepare: whatever they hold, they are refused or mean what they say. */
#include "sound/library-inside.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void as_facts(const char *text, size_t size)
{
	struct store_facts f;
	char sha256[SHA256_HEX], again[STORE_FACTS_BYTES];
	if (!store_facts_read(text, size, sha256, &f))
		return;
	if (store_facts_write(&f, sha256, again) != size || memcmp(again, text, size) || f.frames < 0 || f.form.rate < 1)
		abort();
}

static void as_line(const char *line, size_t size)
{
	struct library l = { .forms = { STORE_PLAIN(48000), STORE_PLAIN(44100) }, .forms_n = 2 };
	struct library_file f = { .name = NULL };
	bool begun;
	int i = library_read_line(&l, line, size, 3, &f, &begun);
	if (i >= 3 || i < -1)
		abort();
	if (i >= 0 && !begun && f.state == RECORDING_UNKNOWN)
		abort();
	if (i >= 0 && f.state == RECORDING_READY && (f.facts[0].frames < 0 || strlen(f.sha256) != 64))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	as_facts((const char *)data, size);
	as_line((const char *)data, size);
	return 0;
}
