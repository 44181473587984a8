#include "base/i18n.h"
#include "journal/ledger.h"

static const char *const trouble_text[] = {
	[LEDGER_OK] = "",
	[LEDGER_FULL] = N_("the disk is full — free some space (loaxa doctor)"),
	[LEDGER_IO] = N_("the disk cannot be read or written — it may be worn out or loose: keep a copy, replace it"),
	[LEDGER_GONE] = N_("its file is gone — was the state directory moved, or a disk taken out? — put it back"),
	[LEDGER_DENIED] = N_("no right to read or write it — check the owner and the rights of the state directory"),
	[LEDGER_BUSY] = N_("another program holds it — close that program"),
	[LEDGER_DAMAGED] = N_("its file is damaged — loaxa run keeps what can be read and begins a new one"),
	[LEDGER_FOREIGN] = N_("rehearsals and a live station never share a state directory — name another --state"),
	[LEDGER_NEWER] = N_("a newer version of the program wrote it — install that version"),
};

const char *ledger_trouble_text(enum ledger_trouble t)
{
	return trouble_text[t];
}
