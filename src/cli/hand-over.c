#include "cli/hand-over.h"

#include "base/i18n.h"
#include "base/vec.h"
#include "cli/cmd.h"
#include "cli/place.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

int hand_over(const char *program, char **argv)
{
	char *path = place_program(program);
	VEC(char *) words = { 0 };
	vec_push(&words, (char *)program);
	for (; *argv; argv++)
		vec_push(&words, *argv);
	vec_push(&words, NULL);
	fflush(NULL);
	execv(path, words.at);
	fprintf(stderr, _("loaxa: %s cannot be started: %s — it belongs beside loaxa — install the package again\n"), path,
		strerror(errno));
	vec_free(&words);
	mem_free(path);
	return EXIT_REFUSED;
}
