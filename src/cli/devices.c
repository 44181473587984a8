#include "cli/devices.h"

#include "base/mem.h"
#include "base/text.h"
#include "sound/sink.h"

#include <stdlib.h>
#include <string.h>

enum { TRIAL_MS = 2000 };

/* ── Which port a name means ── */

/* The value behind "KEY=" in a list "CARD=Device,DEV=0", or NULL. */
static const char *argument(const char *list, const char *key, size_t *bytes)
{
	size_t n = strlen(key);
	while (*list) {
		size_t length = strcspn(list, ",");
		if (length > n && !strncmp(list, key, n) && list[n] == '=') {
			*bytes = length - n - 1;
			return list + n + 1;
		}
		list += length + (list[length] == ',');
	}
	return NULL;
}

static bool is_card(const char *word, size_t bytes, const struct alsa_card *c)
{
	char number[16];
	snprintf(number, sizeof number, "%d", c->number);
	return (bytes == strlen(c->id) && !strncmp(word, c->id, bytes)) ||
	       (bytes == strlen(number) && !strncmp(word, number, bytes));
}

/* Behind "hw:" there are two ways to write it: by keys, or "card,device". */
bool devices_names(const char *sink, const struct alsa_card *c, int device)
{
	static const char *const kinds[] = { "hw:", "plughw:" };
	const char *list = NULL;
	if (strncmp(sink, "alsa:", 5))
		return false;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strncmp(sink + 5, kinds[i], strlen(kinds[i])))
			list = sink + 5 + strlen(kinds[i]);
	if (!list)
		return false;
	size_t bytes = 0, dev_bytes = 0;
	const char *card = argument(list, "CARD", &bytes), *dev = argument(list, "DEV", &dev_bytes);
	if (!card) {
		card = list;
		bytes = strcspn(list, ",");
		dev = list[bytes] ? list + bytes + 1 : NULL;
	}
	return is_card(card, bytes, c) && (dev ? atoi(dev) : 0) == device;
}

/* ── Gathering ── */

static void on_card(void *self, const struct alsa_card *card)
{
	struct devices *d = self;
	vec_push(&d->cards, (struct devices_card){ .card = *card });
}

static void on_port(void *self, const struct alsa_port *port)
{
	struct devices *d = self;
	struct devices_card *c = &d->cards.at[d->cards.n - 1];
	struct devices_port p = { .port = *port };
	p.device = port->device ? mem_printf("hw:CARD=%s,DEV=%d", c->card.id, port->device)
				: mem_printf("hw:CARD=%s", c->card.id);
	vec_push(&c->ports, p);
}

static void on_driver(void *self, const char *name, const char *words)
{
	struct devices *d = self;
	vec_push(&d->drivers, (struct devices_driver){ mem_dup(name), mem_dup(words) });
}

/* The outputs of the station that play there, or the relays that listen there. */
static char *users_in_station(const struct station *st, const struct alsa_card *c, const struct alsa_port *p)
{
	struct text t = { 0 };
	for (size_t i = 0; st && !p->capture && i < st->outputs.n; i++)
		if (devices_names(st->outputs.at[i].sink, c, p->device))
			text_addf(&t, "%s%s", t.n ? ", " : "", st->outputs.at[i].name);
	for (size_t i = 0; st && p->capture && i < st->bulletins.n; i++) {
		const struct bulletin *b = &st->bulletins.at[i];
		if (b->relay.source && devices_names(b->relay.source, c, p->device))
			text_addf(&t, "%s%s", t.n ? ", " : "", b->name);
	}
	return text_take(&t);
}

static void look_at_port(const struct devices *d, const struct devices_card *c, struct devices_port *p)
{
	p->outputs = users_in_station(d->station, &c->card, &p->port);
	p->used = cards_user("", c->card.number, p->port.device, p->port.capture, &p->user);
	if (p->used)
		health_process_name(p->user.pid, p->process);
	p->asked = !p->used && !(d->controller && *p->outputs);
	if (p->asked)
		alsa_ask(p->device, p->port.capture, &p->ability);
}

/* "Device_1" beside "Device". */
static bool is_twin(const struct devices *d, const struct devices_card *c)
{
	struct cards_identity other;
	bool twin = false;
	for (size_t i = 0; i < d->cards.n && !twin; i++) {
		if (d->cards.at[i].card.number == c->card.number)
			continue;
		cards_identity("", d->cards.at[i].card.number, &other);
		twin = c->identity.usb[0] && !strcmp(other.usb, c->identity.usb);
	}
	return twin;
}

/* Relays that listen to a card: by whatever name ALSA knows it. */
static void find_relays(struct devices *d)
{
	for (size_t i = 0; d->station && i < d->station->bulletins.n; i++) {
		const char *source = d->station->bulletins.at[i].relay.source;
		if (!source || strncmp(source, "alsa:", 5))
			continue;
		struct devices_relay r = { .bulletin = d->station->bulletins.at[i].name, .source = source };
		if (!d->controller)
			alsa_ask(source + 5, true, &r.ability);
		vec_push(&d->relays, r);
	}
}

void devices_find(struct devices *d, const struct station *st, pid_t controller)
{
	*d = (struct devices){ .station = st, .controller = controller };
	alsa_setup();
	alsa_list(on_card, on_port, d);
	for (size_t i = 0; i < d->cards.n; i++) {
		struct devices_card *c = &d->cards.at[i];
		cards_identity("", c->card.number, &c->identity);
		for (size_t k = 0; k < c->ports.n; k++)
			look_at_port(d, c, &c->ports.at[k]);
		c->twin = is_twin(d, c);
	}
	d->hidden = !d->cards.n && cards_any();
	sink_ao_drivers(on_driver, d);
	find_relays(d);
	if (st && !controller)
		trial_outputs(st, TRIAL_MS, d->trials);
}

void devices_free(struct devices *d)
{
	for (size_t i = 0; i < d->cards.n; i++) {
		struct devices_card *c = &d->cards.at[i];
		for (size_t k = 0; k < c->ports.n; k++) {
			mem_free(c->ports.at[k].device);
			mem_free(c->ports.at[k].outputs);
		}
		vec_free(&c->ports);
	}
	vec_free(&d->cards);
	for (size_t i = 0; i < d->drivers.n; i++) {
		mem_free(d->drivers.at[i].name);
		mem_free(d->drivers.at[i].words);
	}
	vec_free(&d->drivers);
	vec_free(&d->relays);
}
