/* Not getpwuid(): what it asks (a directory service, systemd) may take its time, and the loop asks this. */
#include "os/accounts.h"

#include "base/mem.h"
#include "base/text.h"
#include "base/vec.h"

#include <grp.h>
#include <pwd.h>
#include <stdio.h>
#include <string.h>

#define ACCOUNTS_MOST 4096

struct accounts {
	VEC(struct account {
		uid_t uid;
		char *name;
	}) list;
};

static void forget(struct accounts *a)
{
	for (size_t i = 0; i < a->list.n; i++)
		mem_free(a->list.at[i].name);
	vec_free(&a->list);
}

void accounts_again(struct accounts *a)
{
	FILE *f = fopen("/etc/passwd", "re");
	if (!f)
		return;
	forget(a);
	for (const struct passwd *p; a->list.n < ACCOUNTS_MOST && (p = fgetpwent(f));)
		vec_push(&a->list, (struct account){ p->pw_uid, mem_dup(p->pw_name) });
	fclose(f);
}

struct accounts *accounts_new(void)
{
	struct accounts *a = mem_new(struct accounts);
	accounts_again(a);
	return a;
}

void accounts_free(struct accounts **pa)
{
	if (!*pa)
		return;
	forget(*pa);
	mem_free(*pa);
	*pa = NULL;
}

const char *accounts_name(const struct accounts *a, int64_t uid)
{
	for (size_t i = 0; i < a->list.n; i++)
		if (a->list.at[i].uid == uid)
			return a->list.at[i].name;
	return NULL;
}

int64_t accounts_group(const char *name)
{
	FILE *f = fopen("/etc/group", "re");
	int64_t gid = -1;
	for (const struct group *g; f && gid < 0 && (g = fgetgrent(f));)
		if (!strcmp(g->gr_name, name))
			gid = g->gr_gid;
	if (f)
		fclose(f);
	return gid;
}

static void add_member(struct text *t, const char *group, const char *name)
{
	if (!strcmp(name, group))
		return;
	text_add(t, t->n ? ", " : "");
	text_add(t, name);
}

char *accounts_members(const char *group)
{
	FILE *f = fopen("/etc/group", "re");
	const struct group *g;
	struct text t = { 0 };
	int64_t gid = -1;
	while (f && gid < 0 && (g = fgetgrent(f)))
		if (!strcmp(g->gr_name, group)) {
			gid = g->gr_gid;
			for (char **m = g->gr_mem; *m; m++)
				add_member(&t, group, *m);
		}
	if (f)
		fclose(f);
	f = gid < 0 ? NULL : fopen("/etc/passwd", "re");
	for (const struct passwd *p; f && (p = fgetpwent(f));)
		if (p->pw_gid == gid)
			add_member(&t, group, p->pw_name);
	if (f)
		fclose(f);
	char *all = text_take(&t);
	if (gid >= 0)
		return all;
	mem_free(all);
	return NULL;
}
