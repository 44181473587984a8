#include "schedule/paper.h"

void paper_copy(struct paper *to, const struct paper *from)
{
	*to = (struct paper){
		.issuer = mem_dup(from->issuer),
		.place = mem_dup(from->place),
		.symbol = mem_dup(from->symbol),
		.sign = mem_dup(from->sign),
		.signer = mem_dup(from->signer),
		.archive = mem_dup(from->archive),
	};
	for (size_t i = 0; i < from->recipients.n; i++)
		vec_push(&to->recipients, mem_dup(from->recipients.at[i]));
}

void paper_free(struct paper *p)
{
	char *all[] = { p->issuer, p->place, p->symbol, p->sign, p->signer, p->archive };
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		mem_free(all[i]);
	for (size_t i = 0; i < p->recipients.n; i++)
		mem_free(p->recipients.at[i]);
	vec_free(&p->recipients);
	*p = (struct paper){ 0 };
}
