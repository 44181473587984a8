#include "base/mem.h"

#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void *mem_zero(size_t bytes)
{
	void *p = calloc(1, bytes ? bytes : 1);
	if (!p)
		abort();
	return p;
}

void *mem_resize(void *old, size_t count, size_t each)
{
	if (each && count > SIZE_MAX / each)
		abort();
	size_t bytes = count * each;
	void *p = realloc(old, bytes ? bytes : 1);
	if (!p)
		abort();
	return p;
}

char *mem_dup(const char *text)
{
	return text ? mem_dup_n(text, strlen(text)) : NULL;
}

char *mem_dup_n(const char *text, size_t bytes)
{
	size_t n = strnlen(text, bytes);
	char *p = mem_resize(NULL, n + 1, 1);
	memcpy(p, text, n);
	p[n] = '\0';
	return p;
}

char *mem_printf(const char *fmt, ...)
{
	va_list ap;
	char *out = NULL;
	va_start(ap, fmt);
	if (vasprintf(&out, fmt, ap) < 0)
		abort();
	va_end(ap);
	return out;
}

void mem_free(void *p)
{
	free(p);
}

void mem_renew(char **slot, const char *text)
{
	char *old = *slot;
	*slot = mem_dup(text);
	free(old);
}
