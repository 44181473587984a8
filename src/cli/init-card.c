#include "cli/init-card.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "config/edit.h"

#include <stdlib.h>
#include <string.h>

enum { RATE = 48000, CHANNELS = 2, CHANNELS_DRY = 16 };

/* The n-th port that plays, from 1; NULL: no more. */
static const struct devices_port *port(const struct devices *d, size_t n, const struct devices_card **card)
{
	for (size_t i = 0; i < d->cards.n; i++)
		for (size_t k = 0; k < d->cards.at[i].ports.n; k++) {
			*card = &d->cards.at[i];
			if (!d->cards.at[i].ports.at[k].port.capture && !--n)
				return &d->cards.at[i].ports.at[k];
		}
	return NULL;
}

static bool opens(const struct devices_port *p)
{
	return p->asked && !p->ability.error && p->ability.channels_max;
}

void init_card_list(const struct devices *d, FILE *out)
{
	const struct devices_card *c;
	const struct devices_port *p;
	fprintf(out, "\n%s\n", _("Sound cards of this machine:"));
	for (size_t i = 1; (p = port(d, i, &c)) != NULL; i++) {
		fprintf(out, "  %zu  %s, alsa:%s: ", i, c->card.name, p->device);
		unsigned channels = opens(p) ? p->ability.channels_max : 0;
		if (channels)
			fprintf(out, ngettext("%u channel", "%u channels", channels), channels);
		else
			fputs(p->used ? _("in use") : _("does not open"), out);
		fputc('\n', out);
	}
	fprintf(out, "  0  %s\n", _("none yet: everything is only tried, without a sound"));
	if (d->hidden)
		fprintf(out, "%s\n",
			_("There are more, but this account may not open them: it must belong to the group audio."));
}

const char *init_card_proposal(const struct devices *d)
{
	const struct devices_card *c;
	const struct devices_port *p = port(d, 1, &c);
	return p && opens(p) ? "1" : "0";
}

static struct init_output of_port(const struct devices_port *p)
{
	struct init_output o = { .rate = RATE, .channels = CHANNELS, .channels_most = CHANNELS };
	snprintf(o.sink, sizeof o.sink, "alsa:%s", p->device);
	if (!opens(p))
		return o;
	const struct alsa_ability *a = &p->ability;
	bool usual = false;
	for (size_t i = 0; a->rates[i]; i++)
		usual = usual || a->rates[i] == RATE;
	if (!usual && a->rates[0])
		o.rate = (int)a->rates[0];
	o.channels_most = a->channels_max < CHANNELS_DRY ? (int)a->channels_max : CHANNELS_DRY;
	o.channels = (int)a->channels_min;
	return o;
}

static bool is_sink(const char *s)
{
	return (!strncmp(s, "alsa:", 5) && s[5]) || (!strncmp(s, "ao:", 3) && s[3]) || !strcmp(s, "dry-run");
}

static bool choose_one(const struct devices *d, const char *word, struct init_station *st, struct err *why)
{
	const struct devices_card *c;
	size_t n = strspn(word, "0123456789") == strlen(word) && strlen(word) < 4 ? (size_t)atoi(word) : 0;
	const struct devices_port *p = n ? port(d, n, &c) : NULL;
	struct init_output o = { .rate = RATE, .channels = CHANNELS, .channels_most = CHANNELS };
	if (!strcmp(word, "0") || !strcmp(word, "dry-run")) {
		o.channels_most = CHANNELS_DRY;
		snprintf(o.sink, sizeof o.sink, "dry-run");
	} else if (p) {
		o = of_port(p);
	} else if (is_sink(word) && strlen(word) < sizeof o.sink && edit_can_write(word)) {
		struct devices_port typed = { .asked = true, .device = (char *)(word + strlen("alsa:")) };
		if (!strncmp(word, "alsa:", strlen("alsa:"))) {
			alsa_ask(typed.device, false, &typed.ability);
			o = of_port(&typed);
		}
		snprintf(o.sink, sizeof o.sink, "%s", word);
	} else {
		return err_set(why,
			_("\"%s\" is none of the cards above — write its number, several with a space between them, or "
			  "0 for none"),
			word);
	}
	for (size_t i = 0; i < st->outputs.n; i++)
		if (!strcmp(st->outputs.at[i].sink, o.sink))
			return err_set(why, _("card \"%s\" is named twice — each card is named once"), word);
	vec_push(&st->outputs, o);
	return true;
}

bool init_card_choose(const struct devices *d, const char *answer, struct init_station *st, struct err *why)
{
	char *words = mem_dup(answer), *save = NULL;
	bool ok = true;
	st->outputs.n = 0;
	for (char *w = strtok_r(words, " ,", &save); w && ok; w = strtok_r(NULL, " ,", &save))
		ok = st->outputs.n < OUTPUTS_MAX ? choose_one(d, w, st, why)
						 : err_set(why, _("a station has %d outputs at most"), OUTPUTS_MAX);
	ok = ok && (st->outputs.n || err_set(why, _("no card is named — write its number, or 0 for none")));
	mem_free(words);
	return ok;
}

void init_card_fit(struct init_station *st)
{
	int zones = (int)st->zones.n;
	for (size_t i = 0; i < st->outputs.n; i++) {
		struct init_output *o = &st->outputs.at[i];
		int here = zones < o->channels_most ? zones : o->channels_most;
		/* Devices have even numbers of channels but for the one of mono. */
		int even = here > 1 ? here + here % 2 : here;
		even = even > o->channels_most ? o->channels_most : even;
		o->channels = even > o->channels ? even : o->channels;
		zones -= here;
	}
	/* A card for which no zone is left would be an output that nobody hears. */
	size_t used = 0, left = st->zones.n;
	for (; used < st->outputs.n && left; used++)
		left -= left < (size_t)st->outputs.at[used].channels_most ? left
									  : (size_t)st->outputs.at[used].channels_most;
	st->outputs.n = used;
}
