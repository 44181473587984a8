/* libconfuse reads the values: quotes, escapes, lists.  It is given one section's body at a time, from
 * memory, with an option table made from the key table; the line of each value is known from the scanner,
 * since libconfuse forgets it.
 *
 * Met by experiment in 3.3: a section with a title that was there before replaces it and leaves dangling
 * options (the scanner takes the second one out); numbers are read in base 0, so that 010 is 8 (every key is
 * text here and read by schedule/values); an error ends the reading (there is none left to find). */
#include "config/parse.h"

#include <confuse.h>
#include <string.h>

struct parse {
	cfg_opt_t *options[SECTION_COUNT]; /* NULL until a section of the kind turns up */
};

static void silent(cfg_t *cfg, const char *fmt, va_list ap)
{
	(void)cfg, (void)fmt, (void)ap;
}

static cfg_opt_t *options_of(struct parse *, enum section);

static cfg_opt_t part_option(struct parse *p, enum section part)
{
	const struct section_kind *k = &keys_sections[part];
	return (cfg_opt_t)CFG_SEC(k->word, options_of(p, part), CFGF_MULTI | (k->titled ? CFGF_TITLE : 0));
}

/* The section's keys in the order of the key table, then its parts in the order of enum section: an option is
 * found by its number. */
static cfg_opt_t *options_of(struct parse *p, enum section section)
{
	if (p->options[section])
		return p->options[section];
	size_t n;
	const struct key *k = keys_first(section, &n);
	VEC(cfg_opt_t) options = { 0 };
	for (size_t i = 0; i < n; i++) {
		cfg_flag_t flags = CFGF_NODEFAULT | (k[i].list ? CFGF_LIST : 0);
		vec_push(&options, (cfg_opt_t)CFG_STR(k[i].name, NULL, flags));
	}
	for (int part = 0; part < SECTION_COUNT; part++)
		if (keys_sections[part].inside == (int)section)
			vec_push(&options, part_option(p, (enum section)part));
	vec_push(&options, (cfg_opt_t)CFG_END());
	return p->options[section] = options.at;
}

struct parse *parse_new(void)
{
	return mem_new(struct parse);
}

void parse_free(struct parse **p)
{
	if (!*p)
		return;
	for (int i = 0; i < SECTION_COUNT; i++)
		mem_free((*p)->options[i]);
	mem_free(*p);
	*p = NULL;
}

/* As many values as the scanner counted, else the lines would be those of others. */
static bool take_setting(cfg_t *cfg, struct setting *s)
{
	size_t n;
	const struct key *first = keys_first(s->key->section, &n);
	cfg_opt_t *opt = cfg_getnopt(cfg, (unsigned)(s->key - first));
	if (!opt || strcmp(opt->name, s->key->name) || cfg_opt_size(opt) != s->values.n)
		return false;
	for (unsigned i = 0; i < s->values.n; i++)
		s->values.at[i].text = mem_dup(cfg_opt_getnstr(opt, i));
	return true;
}

/* The n-th part of its kind. */
static cfg_t *part_section(cfg_t *cfg, const struct block *b, size_t part)
{
	unsigned n = 0;
	for (size_t i = 0; i < part; i++)
		n += b->parts.at[i].section == b->parts.at[part].section;
	cfg_opt_t *opt = cfg_getopt(cfg, keys_sections[b->parts.at[part].section].word);
	return opt && n < cfg_opt_size(opt) ? cfg_opt_getnsec(opt, n) : NULL;
}

static bool take_block(cfg_t *cfg, struct block *b)
{
	bool ok = true;
	for (size_t i = 0; ok && i < b->settings.n; i++)
		ok = take_setting(cfg, &b->settings.at[i]);
	for (size_t i = 0; ok && i < b->parts.n; i++) {
		cfg_t *section = part_section(cfg, b, i);
		ok = section && take_block(section, &b->parts.at[i]);
	}
	return ok;
}

bool parse_body(struct parse *p, struct block *b, const char *body)
{
	cfg_t *cfg = cfg_init(options_of(p, b->section), CFGF_NONE);
	cfg_set_error_function(cfg, silent);
	bool ok = cfg_parse_buf(cfg, body) == CFG_SUCCESS && take_block(cfg, b);
	cfg_free(cfg);
	return ok;
}
