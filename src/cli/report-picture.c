/* A picture is read whole, looked at by its head, and becomes part of the report; its name in the folder is ours, so that what
 * somebody called the file decides nothing. */
#include "cli/report-picture.h"

#include "base/i18n.h"
#include "report/grid.h"
#include "report/number.h"
#include "report/picture.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* ── For which letter ── */

static bool means(const char *typed, const struct report_directive *d)
{
	return (d->name && !strcmp(typed, d->name)) || (d->number && *d->number && number_means(typed, d->number));
}

static const char *called(const struct report_directive *d)
{
	return d->number && *d->number ? d->number : d->name;
}

/* The first one, where a letter stands in several campaigns; SIZE_MAX with err. */
static size_t find(const struct report *r, const char *typed, struct err *err)
{
	size_t found = SIZE_MAX;
	struct text all = { 0 };
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		text_addf(&all, "%s%s", all.n ? ", " : "", called(d));
		if (!means(typed, d))
			continue;
		if (found != SIZE_MAX && strcmp(called(d), called(&r->directives.at[found])) != 0) {
			err_set(err,
				_("--picture: \"%s\" may be %s or %s — write more of its number. No file written."),
				typed, called(&r->directives.at[found]), called(d));
			text_free(&all);
			return SIZE_MAX;
		}
		found = found == SIZE_MAX ? i : found;
	}
	if (found == SIZE_MAX)
		err_set(err, _("--picture: this report has no directive \"%s\" — it has: %s. No file written."), typed,
			text_str(&all));
	text_free(&all);
	return found;
}

/* ── The file ── */

static bool refuse(const char *file, const char *why, struct err *err)
{
	return err_set(err, _("--picture: \"%s\" was not taken: %s — give another file. No file written."), file, why);
}

/* In a block of its own, to mem_free; NULL with err. */
static char *read_file(const char *file, size_t *bytes, struct err *err)
{
	struct stat there;
	int fd = open(file, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char *data = NULL;
	size_t n = 0;
	if (fd < 0 || fstat(fd, &there)) {
		refuse(file, strerror(errno), err);
	} else if (!S_ISREG(there.st_mode) || there.st_size <= 0) {
		refuse(file, _("it is no file, or an empty one"), err);
	} else if ((size_t)there.st_size > PICTURE_BYTES_MOST) {
		refuse(file, _("it is larger than 20 MB"), err);
	} else {
		size_t size = (size_t)there.st_size;
		data = mem_zero(size);
		for (ssize_t got; n < size && (got = read(fd, data + n, size - n)) > 0;)
			n += (size_t)got;
	}
	if (fd >= 0)
		close(fd);
	*bytes = n;
	return data;
}

/* "anh-1704-sttt-1.jpg": letters and digits that every computer can write. */
static char *name_for(const struct report *r, size_t directive, const char *ending)
{
	struct text stem = { 0 };
	char *folded = text_fold(called(&r->directives.at[directive]), false), *name = NULL;
	text_add(&stem, "anh-");
	for (const char *c = folded; *c && stem.n < 60; c++)
		if (isalnum((unsigned char)*c))
			text_add_n(&stem, c, 1);
		else if (stem.at[stem.n - 1] != '-')
			text_add(&stem, "-");
	for (size_t k = 1; !name; k++) {
		name = mem_printf("%s-%zu%s", text_str(&stem), k, ending);
		for (size_t i = 0; name && i < r->pictures.n; i++)
			if (!strcmp(r->pictures.at[i].name, name)) {
				mem_free(name);
				name = NULL;
			}
	}
	mem_free(folded);
	text_free(&stem);
	return name;
}

static bool attach(struct report *r, const char *given, struct err *err)
{
	const char *equals = strchr(given, '=');
	size_t all = 0, bytes = 0;
	struct picture look;
	if (!equals || equals == given || !equals[1])
		return err_set(err,
			_("--picture: \"%s\" does not say for which letter — write e.g. --picture 1704=loa.jpg. No "
			  "file "
			  "written."),
			given);
	char *typed = mem_dup_n(given, (size_t)(equals - given));
	size_t directive = find(r, typed, err);
	mem_free(typed);
	if (directive == SIZE_MAX)
		return false;
	char *data = read_file(equals + 1, &bytes, err);
	if (!data)
		return false;
	for (size_t i = 0; i < r->pictures.n; i++)
		all += r->pictures.at[i].bytes;
	bool is = picture_look(data, bytes, &look);
	if (!is || all + bytes > PICTURE_ALL_BYTES_MOST) {
		mem_free(data);
		return refuse(equals + 1,
			is ? _("all pictures together are larger than 60 MB") : _("it is no JPEG and no PNG picture"),
			err);
	}
	char *name = name_for(r, directive, look.ending);
	vec_push(&r->pictures, (struct report_picture){ .directive = directive,
				       .name = name,
				       .type = look.type,
				       .width = look.width,
				       .height = look.height,
				       .data = data,
				       .bytes = bytes });
	return true;
}

bool report_picture_attach(struct report *r, const struct option_list *given, struct err *err)
{
	bool ok = true;
	for (size_t i = 0; ok && i < given->n; i++)
		ok = attach(r, given->at[i], err);
	return ok;
}

void report_picture_missing(const struct report *r, struct text *t)
{
	for (size_t i = 0; i < r->directives.n; i++) {
		const struct report_directive *d = &r->directives.at[i];
		bool any = !d->pictures;
		for (size_t k = 0; k < r->pictures.n; k++)
			any = any || !strcmp(called(&r->directives.at[r->pictures.at[k].directive]), called(d));
		if (!any)
			text_addf(t, _("%s asks for pictures and there is none — add: --picture %s=FILE.jpg\n"),
				called(d), called(d));
	}
}
