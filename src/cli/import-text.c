#include "cli/import-text.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/import-name.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static void add_utf8(struct text *t, uint32_t c)
{
	char out[4] = { (char)(0xF0 | c >> 18), (char)(0x80 | (c >> 12 & 0x3F)), (char)(0x80 | (c >> 6 & 0x3F)),
		(char)(0x80 | (c & 0x3F)) };
	if (c < 0x80) {
		out[3] = (char)c;
		text_add_n(t, out + 3, 1);
	} else if (c < 0x800) {
		out[2] = (char)(0xC0 | c >> 6);
		text_add_n(t, out + 2, 2);
	} else if (c < 0x10000) {
		out[1] = (char)(0xE0 | c >> 12);
		text_add_n(t, out + 1, 3);
	} else {
		text_add_n(t, out, 4);
	}
}

static uint32_t unit(const uint8_t *p, bool big)
{
	return big ? (uint32_t)p[0] << 8 | p[1] : (uint32_t)p[1] << 8 | p[0];
}

/* Lone halves stay what they are: the check of the UTF-8 finds them. */
static char *from_utf16(const uint8_t *p, size_t n, bool big)
{
	struct text t = { 0 };
	for (size_t i = 0; i + 1 < n; i += 2) {
		uint32_t c = unit(p + i, big), low = i + 3 < n ? unit(p + i + 2, big) : 0;
		if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
			c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
			i += 2;
		}
		add_utf8(&t, c);
	}
	return text_take(&t);
}

static char *decoded(const char *bytes, size_t n)
{
	const uint8_t *p = (const uint8_t *)bytes;
	if (n >= 2 && ((p[0] == 0xFF && p[1] == 0xFE) || (p[0] == 0xFE && p[1] == 0xFF)))
		return from_utf16(p + 2, n - 2, p[0] == 0xFE);
	size_t mark = n >= 3 && !memcmp(p, "\xEF\xBB\xBF", 3) ? 3 : 0;
	return text_bad_utf8(bytes + mark, n - mark) < 0 ? mem_dup_n(bytes + mark, n - mark) : NULL;
}

static void plain_lines(char *s)
{
	char *to = s;
	for (const char *p = s; *p; p++) {
		if (*p == '\r' && p[1] == '\n')
			continue;
		*to++ = *p == '\r' ? '\n' : *p == '\t' ? ' ' : *p;
	}
	*to = '\0';
}

static bool has_controls(const char *s)
{
	for (; *s; s++)
		if (((unsigned char)*s < ' ' && *s != '\n') || *s == 0x7F)
			return true;
	return false;
}

char *import_text_clean(const char *bytes, size_t n, struct err *err)
{
	char *raw = n > IMPORT_TEXT_MOST ? NULL : decoded(bytes, n), *nfc = NULL;
	if (raw && text_bad_utf8(raw, strlen(raw)) < 0 && (nfc = text_nfc(raw)))
		plain_lines(nfc);
	mem_free(raw);
	if (nfc && !has_controls(nfc) && strspn(nfc, " \n") < strlen(nfc))
		return nfc;
	bool empty = nfc && !has_controls(nfc);
	mem_free(nfc);
	if (n > IMPORT_TEXT_MOST)
		err_set(err, _("it is longer than %d KB — that is no text of a bulletin"), IMPORT_TEXT_MOST >> 10);
	else if (empty)
		err_set(err, _("it is empty"));
	else
		err_set(err, _("it is no Unicode text (an older font's, or a Word file) — open it and save it as UTF-8 "
			       "text"));
	return NULL;
}

/* The entry that is called so, with .txt in the usual cases. */
static int open_beside(int folder, const char *name)
{
	static const char *const endings[] = { ".txt", ".TXT", ".Txt" };
	int fd = -1;
	for (size_t i = 0; fd < 0 && i < sizeof endings / sizeof *endings; i++) {
		char *text = mem_printf("%.*s%s", (int)import_name_stem(name), name, endings[i]);
		fd = openat(folder, text, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
		mem_free(text);
	}
	return fd;
}

char *import_text_beside(int folder, const char *name, struct err *err)
{
	struct stat st;
	err->text[0] = '\0';
	int fd = folder < 0 ? -1 : open_beside(folder, name);
	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) || !S_ISREG(st.st_mode)) {
		close(fd);
		return NULL;
	}
	char *bytes = mem_zero(IMPORT_TEXT_MOST + 1);
	size_t got = 0;
	for (ssize_t n = 1; got <= IMPORT_TEXT_MOST && n; got += (size_t)n) {
		n = read(fd, bytes + got, IMPORT_TEXT_MOST + 1 - got);
		if (n < 0 && errno != EINTR) {
			err_set(err, "%s", strerror(errno));
			break;
		}
		n = n < 0 ? 0 : n;
	}
	close(fd);
	char *text = err->text[0] ? NULL : import_text_clean(bytes, got, err);
	mem_free(bytes);
	return text;
}
