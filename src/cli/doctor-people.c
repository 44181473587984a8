/* Who may order what on this machine.  On the night of a storm it is too late to find out that nobody may. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/doctor.h"
#include "control/rights.h"
#include "os/accounts.h"

/* Takes the members. */
static void tell(struct doctor *d, const char *group, const char *may, char *members)
{
	if (*members)
		doctor_say(d, DOCTOR_WELL, "people", mem_printf(_("Group %s (%s): %s."), group, may, members), NULL);
	else
		doctor_say(d, DOCTOR_HINT, "people", mem_printf(_("Nobody is in the group %s (%s)."), group, may),
			mem_printf(_("sudo usermod -aG %s ACCOUNT, then log in anew."), group));
	mem_free(members);
}

void doctor_people(struct doctor *d)
{
	char *operators = accounts_members(RIGHTS_OPERATORS), *emergencies = accounts_members(RIGHTS_EMERGENCIES);
	if (!operators && !emergencies)
		doctor_say(d, DOCTOR_WELL, "people",
			mem_dup(_("Only the account that the station runs under, and root, may give orders.")), NULL);
	if (operators)
		tell(d, RIGHTS_OPERATORS, _("operates"), operators);
	if (emergencies)
		tell(d, RIGHTS_EMERGENCIES, _("commands emergencies"), emergencies);
}
