/* bundle-tool forge FROM TO ROW WAS IS: the journal of a rehearsal once more in another state, with WAS in that row's body
 * replaced by IS and the chain made anew from there on, as whoever owns the machine could do it — but for the seals, whose
 * key is not his. */
#include "base/mem.h"
#include "journal/ledger.h"
#include "journal/mode.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static char *replaced(const char *body, const char *was, const char *is)
{
	const char *at = strstr(body, was);
	if (!at)
		return NULL;
	return mem_printf("%.*s%s%s", (int)(at - body), body, is, at + strlen(was));
}

static int forge(const char *from, const char *to, int64_t row, const char *was, const char *is)
{
	enum ledger_trouble why;
	struct chain_row r;
	uint8_t hash[SHA256_BYTES];
	mkdir(to, 0750);
	char *one = journal_database(from), *two = journal_database(to);
	struct ledger *in = ledger_open(one, LEDGER_READ, &why), *out = ledger_open(two, LEDGER_REHEARSAL, &why);
	int changed = 0;
	if (in && out) {
		ledger_read(in, 1, ledger_last(in));
		while (ledger_next(in, &r, hash)) {
			char *body = r.seq == row ? replaced(r.body, was, is) : NULL;
			r.body = body ? body : r.body;
			changed += body != NULL;
			ledger_add(out, &r);
			mem_free(body);
		}
		ledger_commit(out);
	}
	ledger_close(&in);
	ledger_close(&out);
	mem_free(one);
	mem_free(two);
	return changed == 1 ? 0 : 1;
}

int main(int argc, char **argv)
{
	if (argc == 7 && !strcmp(argv[1], "forge"))
		return forge(argv[2], argv[3], atoll(argv[4]), argv[5], argv[6]);
	fprintf(stderr, "usage: bundle-tool forge FROM TO ROW WAS IS\n");
	return 2;
}
