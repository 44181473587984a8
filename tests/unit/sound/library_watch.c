/* Files change under a running station: real folders, the kernel's own word. */
#include "base/mem.h"
#include "sound/library-watch.h"
#include "../unit.h"

#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char top[64];

static void put(const char *name, const char *content)
{
	char *path = mem_printf("%s/%s", top, name);
	FILE *f = fopen(path, "w");
	ck_assert_ptr_nonnull(f);
	fputs(content, f);
	ck_assert_int_eq(fclose(f), 0);
	mem_free(path);
}

static struct station *station(bool bound)
{
	struct station *st = station_new();
	struct bulletin b = { .name = mem_dup("a"), .text = mem_dup("chu/a.txt"), .relay.instead = -1 };
	vec_push(&b.audio, (struct recording){ .file = mem_dup("a.wav"), .bound = bound ? mem_dup("00") : NULL });
	vec_push(&b.audio, (struct recording){ .file = mem_dup("tu-do.wav") });
	b.text_bound = bound ? mem_dup("00") : NULL;
	vec_push(&st->bulletins, b);
	st->audio_dir = mem_dup(top);
	return st;
}

static void begin(void)
{
	snprintf(top, sizeof top, "/tmp/loaxa-watch-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
	char *texts = mem_printf("%s/chu", top);
	ck_assert_int_eq(mkdir(texts, 0755), 0);
	mem_free(texts);
	put("a.wav", "sound");
	put("tu-do.wav", "sound");
	put("chu/a.txt", "words");
}

static void end(void)
{
	char *line = mem_printf("rm -rf %s", top);
	ck_assert_int_eq(system(line), 0);
	mem_free(line);
}

/* The next message must be of that file, with the hash of that content (NULL: it is gone). */
static void expect(struct library_watch *w, const char *file, const char *content)
{
	char *got = NULL, sum[SHA256_HEX], want[SHA256_HEX] = "";
	uint8_t digest[SHA256_BYTES];
	struct pollfd p = { .fd = library_watch_fd(w), .events = POLLIN };
	ck_assert_msg(poll(&p, 1, 60000) == 1, "nobody told of %s", file);
	ck_assert(library_watch_next(w, &got, sum));
	if (content) {
		sha256_of(content, strlen(content), digest);
		sha256_hex(digest, want);
	}
	ck_assert_str_eq(got, file);
	ck_assert_str_eq(sum, want);
	mem_free(got);
}

static void change(const char *command)
{
	char *line = mem_printf("cd %s && %s", top, command);
	ck_assert_int_eq(system(line), 0);
	mem_free(line);
}

START_TEST(what_is_bound_is_watched)
{
	begin();
	struct station *st = station(true);
	struct library_watch *w = library_watch_new(st);
	char *none, sum[SHA256_HEX];
	station_free(&st);
	ck_assert_ptr_nonnull(w);
	ck_assert(!library_watch_next(w, &none, sum));
	/* Of what is not bound nothing is told: the message after it is of the other file. */
	put("tu-do.wav", "other");
	put("la.wav", "nobody's");
	put("a.wav", "other sound");
	expect(w, "a.wav", "other sound");
	put("chu/a.txt", "other words");
	expect(w, "chu/a.txt", "other words");
	/* as editors write, as people delete and bring back */
	change("echo -n third >chu/b.txt && mv chu/b.txt chu/a.txt");
	expect(w, "chu/a.txt", "third");
	change("rm chu/a.txt");
	expect(w, "chu/a.txt", NULL);
	change("echo -n words >chu/a.txt");
	expect(w, "chu/a.txt", "words");
	change("mv a.wav b.wav");
	expect(w, "a.wav", NULL);
	change("ln -s b.wav a.wav");
	expect(w, "a.wav", "other sound");
	ck_assert(!library_watch_next(w, &none, sum));
	library_watch_free(&w);
	ck_assert_ptr_null(w);
	library_watch_free(&w);
	end();
}
END_TEST

START_TEST(nothing_bound_nothing_watched)
{
	begin();
	struct station *st = station(false);
	ck_assert_ptr_null(library_watch_new(st));
	station_free(&st);
	end();
}
END_TEST

START_TEST(many_come_and_go)
{
	begin();
	struct station *st = station(true);
	for (int i = 0; i < 200; i++) {
		struct library_watch *w = library_watch_new(st);
		ck_assert_ptr_nonnull(w);
		put("a.wav", i % 2 ? "one" : "two");
		library_watch_free(&w);
	}
	station_free(&st);
	end();
}
END_TEST

UNIT_MAIN("sound/library_watch", what_is_bound_is_watched, nothing_bound_nothing_watched, many_come_and_go)
