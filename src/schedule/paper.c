#include "schedule/paper.h"

#include <ctype.h>
#include <string.h>

/* "UBND phường Lộc Thọ" -> "Lộc Thọ"; a number alone is no name: "UBND phường 5" -> "Phường 5". */
static char *place_of(const char *commune)
{
	static const struct {
		const char *kind, *capital;
	} kinds[] = {
		{ "phường ", "Phường " },
		{ "xã ", "Xã " },
		{ "thị trấn ", "Thị trấn " },
		{ "đặc khu ", "Đặc khu " },
		{ "quận ", "Quận " },
		{ "huyện ", "Huyện " },
		{ "thị xã ", "Thị xã " },
		{ "thành phố ", "Thành phố " },
	};
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		const char *name = commune + strlen(kinds[i].kind);
		if (strncmp(commune, kinds[i].kind, strlen(kinds[i].kind)) != 0)
			continue;
		return isdigit((unsigned char)*name) ? mem_printf("%s%s", kinds[i].capital, name) : mem_dup(name);
	}
	return mem_dup(commune);
}

void paper_of_unit(struct paper *to, const char *unit)
{
	static const char *const forms[] = { "UBND ", "Ủy ban nhân dân ", "Uỷ ban nhân dân " };
	*to = (struct paper){ .symbol = mem_dup("BC"), .archive = mem_dup("VT") };
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++) {
		if (strncmp(unit, forms[i], strlen(forms[i])) != 0)
			continue;
		const char *commune = unit + strlen(forms[i]);
		mem_renew(&to->symbol, "BC-UBND");
		to->issuer = mem_printf("Ủy ban nhân dân %s", commune);
		to->place = place_of(commune);
		to->sign = mem_dup("TM. ỦY BAN NHÂN DÂN");
		to->signer = mem_dup("CHỦ TỊCH");
		return;
	}
	to->issuer = *unit ? mem_dup(unit) : NULL;
}

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
