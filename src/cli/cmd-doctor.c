/* loaxa doctor: is all well with this machine and its station?  Changes nothing, needs no root, ends within 2 s. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/cmd.h"
#include "cli/doctor.h"
#include "cli/options.h"
#include "cli/place.h"

static int run(int argc, char **argv);

const struct cmd cmd_doctor = { "doctor", "[DIR] [--state DIR] [--store DIR] [--json]",
	N_("is all well: cards, clock, disk, rights; what to do"), run };

static int run(int argc, char **argv)
{
	struct doctor d = { 0 };
	bool json = false;
	const struct option_row options[] = { { .name = "state", .text = &d.state },
		{ .name = "store", .text = &d.store }, { .name = "json", .flag = &json }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n < 0 || n > 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_doctor);
	char *state = d.state ? NULL : place_state(), *store = d.store ? NULL : place_store();
	d.dir = n ? argv[1] : NULL;
	d.state = d.state ? d.state : state;
	d.store = d.store ? d.store : store;
	doctor_station(&d);
	doctor_machine(&d);
	doctor_people(&d);
	doctor_controller(&d);
	doctor_print(&d, json, stdout);
	int code = doctor_ill(&d) ? EXIT_REFUSED : EXIT_DONE;
	doctor_free(&d);
	mem_free(state);
	mem_free(store);
	return code;
}
