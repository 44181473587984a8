#include "base/finding.h"

#include "base/text.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

void finding_add(struct findings *fs, enum severity sev, const char *code, struct place at, const char *pattern, ...)
{
	struct finding f = {
		.severity = sev, .code = code, .file = mem_dup(at.file), .line = at.line, .pattern = pattern
	};
	va_list ap;
	va_start(ap, pattern);
	const char *arg;
	for (size_t i = 0; (arg = va_arg(ap, const char *)) != NULL;)
		if (i < FINDING_ARGS)
			f.args[i++] = mem_dup(arg);
	va_end(ap);
	vec_push(&fs->list, f);
	*(sev == FINDING_ERROR ? &fs->errors : &fs->warnings) += 1;
}

char *finding_text(const struct finding *f, const char *pattern)
{
	struct text t = { 0 };
	for (const char *p = pattern; *p; p++) {
		bool hole = p[0] == '{' && p[1] >= '1' && p[1] <= '0' + FINDING_ARGS && p[2] == '}';
		if (!hole) {
			text_add_n(&t, p, 1);
			continue;
		}
		text_add(&t, f->args[p[1] - '1']);
		p += 2;
	}
	return text_take(&t);
}

static int compare(const void *pa, const void *pb)
{
	const struct finding *a = pa, *b = pb;
	int c = strcmp(a->file ? a->file : "", b->file ? b->file : "");
	if (!c)
		c = (a->line > b->line) - (a->line < b->line);
	if (!c)
		c = (int)b->severity - (int)a->severity;
	if (!c)
		c = strcmp(a->code, b->code);
	return c;
}

/* Insertion: findings arrive nearly sorted, and the order of equals must stay. */
void findings_sort(struct findings *fs)
{
	for (size_t i = 1; i < fs->list.n; i++) {
		struct finding f = fs->list.at[i];
		size_t j = i;
		for (; j > 0 && compare(&fs->list.at[j - 1], &f) > 0; j--)
			fs->list.at[j] = fs->list.at[j - 1];
		fs->list.at[j] = f;
	}
}

void findings_free(struct findings *fs)
{
	for (size_t i = 0; i < fs->list.n; i++) {
		mem_free(fs->list.at[i].file);
		for (size_t a = 0; a < FINDING_ARGS; a++)
			mem_free(fs->list.at[i].args[a]);
	}
	vec_free(&fs->list);
	fs->errors = fs->warnings = 0;
}
