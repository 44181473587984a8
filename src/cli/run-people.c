#include "cli/run-people.h"

#include "base/mem.h"
#include "os/accounts.h"

#include <inttypes.h>
#include <unistd.h>

struct run_people {
	struct accounts *accounts;
};

struct run_people *run_people_new(void)
{
	struct run_people *p = mem_new(struct run_people);
	p->accounts = accounts_new();
	return p;
}

void run_people_free(struct run_people **pp)
{
	if (!*pp)
		return;
	accounts_free(&(*pp)->accounts);
	mem_free(*pp);
	*pp = NULL;
}

struct rights_house run_people_house(void)
{
	return (struct rights_house){ .owner = geteuid(),
		.operators = accounts_group(RIGHTS_OPERATORS),
		.emergencies = accounts_group(RIGHTS_EMERGENCIES) };
}

const char *run_people_name(const struct run_people *p, const struct command *c)
{
	const char *name = accounts_name(p->accounts, c->uid);
	if (name || c->verb == VERB_EMERGENCY) /* which waits for no disk */
		return name;
	accounts_again(p->accounts);
	return accounts_name(p->accounts, c->uid);
}

void run_people_refuse(
	const struct run_people *p, struct engine *e, unsigned has, const struct command *c, struct reply *reply)
{
	struct command whole = *c;
	char *number = mem_printf("uid %" PRId64, c->uid);
	whole.account = run_people_name(p, c);
	engine_refused(e, &whole);
	rights_refuse(has, c, whole.account ? whole.account : number, engine_duty(e), &reply->text);
	mem_free(number);
}
