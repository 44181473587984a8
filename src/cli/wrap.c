#include "cli/wrap.h"

#include "base/mem.h"
#include "cli/letters.h"

#include <string.h>

void wrap_line(struct text *out, int columns, const char *s)
{
	int width = text_width(s);
	text_add_cell(out, s, width < columns || letters_plain() ? width : columns);
	text_add(out, "\n");
}

void wrap_sentence(struct text *out, int columns, const char *first, const char *s)
{
	int indent = text_width(first), used = indent;
	text_add(out, first);
	for (bool begun = false; *s; begun = true) {
		size_t n = strcspn(s, " ");
		char *word = mem_dup_n(s, n);
		int width = text_width(word);
		if (begun && used + 1 + width > columns && !letters_plain()) {
			text_addf(out, "\n%*s", indent, "");
			used = indent;
			begun = false;
		}
		text_addf(out, "%s%s", begun ? " " : "", word);
		used += begun + width;
		mem_free(word);
		s += n + strspn(s + n, " ");
	}
	text_add(out, "\n");
}
