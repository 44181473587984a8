#include "cli/init-station.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "config/edit.h"
#include "schedule/paper.h"

#include <string.h>

size_t init_room(const struct init_station *s)
{
	size_t n = 0;
	for (size_t i = 0; i < s->outputs.n; i++)
		n += (size_t)s->outputs.at[i].channels_most;
	return n;
}

static char *trimmed(const char *s, size_t n)
{
	while (n && *s == ' ')
		s++, n--;
	while (n && s[n - 1] == ' ')
		n--;
	return mem_dup_n(s, n);
}

void init_split_zones(struct init_station *s, const char *names)
{
	for (size_t n; *names; names += n + (names[n] == ',')) {
		n = strcspn(names, ",");
		char *one = trimmed(names, n);
		if (*one)
			vec_push(&s->zones, one);
		else
			mem_free(one);
	}
}

char *init_unit_of(const char *name)
{
	static const char *const begins[] = { "Đài truyền thanh ", "Trạm truyền thanh " };
	for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
		if (!strncmp(name, begins[i], strlen(begins[i])))
			return mem_printf("UBND %s", name + strlen(begins[i]));
	return mem_dup("");
}

/* Nothing where nothing was answered. */
static void key(struct text *out, const char *name, const char *value)
{
	if (!*value)
		return;
	text_add(out, "\t");
	edit_put(out, name, value);
	text_add(out, "\n");
}

/* As it follows from the unit, so that there is something to correct. */
static void write_paper(const struct init_station *s, struct text *out)
{
	struct paper p = { 0 };
	paper_of_unit(&p, s->unit);
	const struct {
		const char *name, *value;
	} keys[] = { { "issuer", p.issuer }, { "place", p.place }, { "symbol", p.symbol }, { "sign", p.sign },
		{ "signer", p.signer }, { "archive", p.archive } };
	text_addf(out, "\tpaper { # %s\n", _("head and foot of the reports; recipients = { \"…\" } gets copies"));
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		text_add(out, keys[i].value ? "\t" : "");
		key(out, keys[i].name, keys[i].value ? keys[i].value : "");
	}
	text_add(out, "\t}\n");
	paper_free(&p);
}

static void write_head(const struct init_station *s, struct text *out)
{
	text_addf(out, "# %s\n#\n", s->name);
	text_addf(out, "# %s\n", _("After each change: loaxa check, then loaxa reload.  All keys: loaxa help --keys"));
	text_addf(out, "# %s\n\n",
		_("Lines that begin with # are notes; other *.conf files of this folder belong to it, too."));
	text_addf(out, "station \"%s\" {\n", s->code);
	key(out, "name", s->name);
	key(out, "unit", s->unit);
	key(out, "reports-to", s->reports_to);
	key(out, "timezone", s->timezone);
	key(out, "language", s->language);
	key(out, "audio-dir", "audio");
	key(out, "approval", s->approval ? "yes" : "no");
	if (*s->unit)
		write_paper(s, out);
	text_add(out, "}\n\n");
}

static void write_outputs(const struct init_station *s, struct text *out)
{
	for (size_t i = 0; i < s->outputs.n; i++) {
		const struct init_output *o = &s->outputs.at[i];
		text_addf(out, "output \"ampli-%zu\" {\n", i + 1);
		key(out, "sink", o->sink);
		text_addf(out, "\trate = %d\n\tchannels = %d\n}\n\n", o->rate, o->channels);
	}
}

static void write_zones(const struct init_station *s, struct text *out)
{
	size_t output = 0, channel = 0;
	for (size_t i = 0; i < s->zones.n; i++) {
		if (channel == (size_t)s->outputs.at[output].channels_most) {
			output++;
			channel = 0;
		}
		text_addf(out, "zone \"cum-%zu\" { ", i + 1);
		edit_put(out, "name", s->zones.at[i]);
		text_addf(out, "   output = \"ampli-%zu\"   channel = %zu   volume = 80 }\n", output + 1, ++channel);
	}
}

/* What most communes begin with, to be filled in: nothing here airs anything yet. */
static void write_examples(struct text *out)
{
	text_addf(out, "\n# %s\n", _("Nothing but emergencies is aired in these hours."));
	text_add(out, "guard \"dem\" { from = \"21h\"   to = \"5h\"   action = \"refuse\" }\n\n");
	text_addf(out, "# %s\n", _("A bulletin and a session to begin with; take the # away and write your own:"));
	text_add(out, "# bulletin \"mo-dau\" { ");
	edit_put(out, "title", _("Opening"));
	text_add(out, "   class = \"signature\"   audio = { \"mo-dau.mp3\" } }\n");
	text_add(out,
		"# session \"sang\" { days = \"T2..T7\"   start = \"5h30\"   end = \"6h\"   play = { \"mo-dau\" } }\n");
}

void init_write(const struct init_station *s, struct text *out)
{
	write_head(s, out);
	write_outputs(s, out);
	write_zones(s, out);
	write_examples(out);
}

void init_free(struct init_station *s)
{
	char **texts[] = { &s->code, &s->name, &s->unit, &s->reports_to, &s->language, &s->timezone };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		mem_free(*texts[i]);
	for (size_t i = 0; i < s->zones.n; i++)
		mem_free(s->zones.at[i]);
	vec_free(&s->zones);
	vec_free(&s->outputs);
	*s = (struct init_station){ 0 };
}
