/* One station in one file, and out of it on another box. */
#include "base/i18n.h"
#include "base/mem.h"
#include "cli/apply.h"
#include "cli/backup.h"
#include "cli/cmd.h"
#include "cli/key-view.h"
#include "cli/options.h"
#include "cli/place.h"
#include "config/accepted.h"
#include "journal/key-file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool has_key(const struct backup_list *l)
{
	for (size_t i = 0; i < l->files.n; i++)
		if (l->files.at[i].part == BACKUP_STATE && !strcmp(l->files.at[i].path, "key"))
			return true;
	return false;
}

static int run_backup(int argc, char **argv);
/* A station whose log was sealed, and whose key did not come along. */
static void tell_key(const char *state)
{
	struct key_view v;
	struct err err = { "" };
	char *key = key_file_path(state);
	if (key_view_read(state, &v, &err) && v.keys.n && access(key, F_OK))
		puts(_("The station's key is not in this backup: rows will not be sealed until it is put into the state directory, "
		       "or: loaxa key --lost"));
	key_view_free(&v);
	mem_free(key);
}

static int run_restore(int argc, char **argv);

const struct cmd cmd_backup = { "backup", "FILE [--state DIR]",
	N_("the whole station in one file, while it is on air"), run_backup };
const struct cmd cmd_restore = { "restore", "FILE [--dir DIR] [--state DIR]",
	N_("a station out of such a file, on a new box"), run_restore };

static void print_sum(const struct backup_list *l)
{
	size_t count[BACKUP_PARTS] = { 0 };
	int64_t bytes = 0;
	for (size_t i = 0; i < l->files.n; i++) {
		count[l->files.at[i].part]++;
		bytes += l->files.at[i].bytes;
	}
	printf(_("%s (%s): %zu schedule files, %zu recordings and texts, %zu files of the journal and of what was accepted; "
		 "%lld MB\n"),
		l->name ? l->name : "?", l->station ? l->station : "?", count[BACKUP_STATION], count[BACKUP_AUDIO],
		count[BACKUP_STATE], (long long)((bytes + 999999) / 1000000));
}

/* Where the schedule that is running came from and has its recordings. */
static bool find_parts(const char *state, struct backup_list *l)
{
	struct accepted a = { 0 };
	char *copy = accepted_load_dir(state);
	bool ok = copy && accepted_read(copy, &a);
	struct station *st = ok ? apply_running(&(struct apply){ .state = state }) : NULL;
	if (ok) {
		l->dir = mem_dup(a.dir);
		l->audio_dir = mem_dup(a.audio_dir);
		l->station = mem_dup(st ? st->code : NULL);
		l->name = mem_dup(st ? st->name : NULL);
	} else {
		fprintf(stderr, _("There is no accepted schedule in %s.\n"), state);
	}
	station_free(&st);
	accepted_free(&a);
	mem_free(copy);
	return ok;
}

static int run_backup(int argc, char **argv)
{
	const char *state = NULL;
	const struct option_row options[] = { { .name = "state", .text = &state }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n != 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_backup);
	char *usual = state ? NULL : place_state();
	struct backup_list list = { 0 };
	struct err err = { "" };
	bool ok = find_parts(state ? state : usual, &list);
	if (ok && !(ok = backup_write(state ? state : usual, argv[1], &list, &err)))
		fprintf(stderr, "loaxa backup: %s\n", err.text);
	if (ok) {
		print_sum(&list);
		if (list.without_key || has_key(&list))
			puts(list.without_key
				? _("WITHOUT the station's key, which only its own account may read: a station restored from this "
				    "seals nothing until: loaxa key --lost — with the key: sudo -u loaxa loaxa backup FILE")
				: _("It holds the station's key: whoever has the file can seal in the station's name — keep it "
				    "where no stranger comes."));
		printf(_("Written: %s. On the new box: loaxa restore %s\n"), argv[1], argv[1]);
	}
	backup_list_free(&list);
	mem_free(usual);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}

/* As it will be found from anywhere; the last part need not be there. */
static char *absolute(const char *path)
{
	char *here = path[0] == '/' ? NULL : getcwd(NULL, 0);
	char *full = here ? mem_printf("%s/%s", here, path) : mem_dup(path);
	size_t n = strlen(full);
	while (n > 1 && full[n - 1] == '/')
		full[--n] = '\0';
	free(here);
	return full;
}

static int run_restore(int argc, char **argv)
{
	const char *state = NULL, *dir = NULL;
	const struct option_row options[] = { { .name = "state", .text = &state }, { .name = "dir", .text = &dir }, { 0 } };
	int n = options_parse(argc, argv, options);
	if (n != 1)
		return n < 0 ? EXIT_USAGE : options_usage(&cmd_restore);
	char *usual = state ? NULL : place_state(), *to = dir ? absolute(dir) : NULL;
	struct backup_list list = { 0 };
	struct err err = { "" };
	bool ok = backup_restore(
		argv[1], &(struct backup_place){ .state = state ? state : usual, .dir = to }, &list, &err);
	if (!ok) {
		fprintf(stderr, "loaxa restore: %s\n", err.text);
	} else {
		print_sum(&list);
		printf(_("Restored: the schedule files are in %s. Next: loaxa check %s, then start the station.\n"),
			to ? to : list.dir, to ? to : list.dir);
		tell_key(state ? state : usual);
	}
	backup_list_free(&list);
	mem_free(to);
	mem_free(usual);
	return ok ? EXIT_DONE : EXIT_REFUSED;
}
