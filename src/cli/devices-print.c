#include "base/i18n.h"
#include "base/json.h"
#include "base/mem.h"
#include "cli/devices.h"

#include <errno.h>
#include <string.h>

/* ── For people ── */

static void add_ability(struct text *t, const struct alsa_ability *a)
{
	for (size_t i = 0; a->rates[i]; i++)
		text_addf(t, "%s%u", i ? " " : "", a->rates[i]);
	text_addf(t, " Hz; ");
	if (a->channels_min == a->channels_max)
		text_addf(t, ngettext("%u channel", "%u channels", a->channels_max), a->channels_max);
	else
		text_addf(t, _("%u–%u channels"), a->channels_min, a->channels_max);
	text_addf(t, "; %s", a->formats);
}

static void add_use(struct text *t, const struct devices_port *p)
{
	if (p->user.pid)
		text_addf(t, _("in use by %s (process %d)"), *p->process ? p->process : "?", (int)p->user.pid);
	else
		text_addf(t, "%s", _("in use"));
	if (p->user.rate)
		text_addf(t, ", %u Hz, %u, %s", p->user.rate, p->user.channels, p->user.format);
}

static void print_port(const struct devices *d, const struct devices_port *p, FILE *out)
{
	struct text t = { 0 };
	if (p->used)
		add_use(&t, p);
	else if (!p->asked)
		text_addf(&t, _("belongs to the running controller (process %d), not touched"), (int)d->controller);
	else if (p->ability.error)
		text_addf(&t, _("does not open: %s"), strerror(-p->ability.error));
	else
		add_ability(&t, &p->ability);
	fprintf(out, "  %s %s (%s)\n      %s\n", p->port.capture ? _("records:") : _("plays:"), p->device, p->port.name,
		text_str(&t));
	if (*p->outputs)
		fprintf(out,
			p->port.capture ? _("      the station's: relay %s\n") : _("      the station's: output %s\n"),
			p->outputs);
	text_free(&t);
}

/* Ids of twins follow the order in which they were found: only their plug, or their serial number, tells them apart. */
static void print_twin(const struct devices_card *c, FILE *out)
{
	const struct cards_identity *i = &c->identity;
	fprintf(out, "%s\n",
		_("  There are two of this kind: after a restart they may have changed names.  Give each a name of its "
		  "own"));
	fprintf(out, "%s", _("  in /etc/udev/rules.d/85-loaxa.rules, one line a card, then plug it in anew:\n"));
	if (*i->serial)
		fprintf(out,
			"      SUBSYSTEM==\"sound\", KERNEL==\"card*\", ATTRS{serial}==\"%s\", ATTR{id}=\"ampli1\"\n",
			i->serial);
	else
		fprintf(out,
			"      SUBSYSTEM==\"sound\", KERNEL==\"card*\", ENV{ID_PATH}==\"%s\", ATTR{id}=\"ampli1\"\n",
			i->port);
}

static void print_card(const struct devices *d, const struct devices_card *c, FILE *out)
{
	fprintf(out, _("Card %d \"%s\": %s\n"), c->card.number, c->card.id, c->card.name);
	if (*c->identity.usb)
		fprintf(out, "  USB %s", c->identity.usb);
	if (*c->identity.serial)
		fprintf(out, _(", serial %s"), c->identity.serial);
	if (*c->identity.port)
		fprintf(out, _("%sport %s"), *c->identity.usb ? ", " : "  ", c->identity.port);
	if (*c->identity.usb || *c->identity.port)
		fputc('\n', out);
	for (size_t i = 0; i < c->ports.n; i++)
		print_port(d, &c->ports.at[i], out);
	if (c->twin)
		print_twin(c, out);
}

static const char *result_word(enum trial_result r)
{
	static const char *const words[] = { N_("not tried"), N_("opens"), N_("does not open"), N_("does not answer") };
	return _(words[r]);
}

static void print_outputs(const struct devices *d, FILE *out)
{
	const struct station *st = d->station;
	if (!st)
		return;
	fprintf(out, _("Outputs of %s:\n"), st->name);
	for (size_t i = 0; i < st->outputs.n; i++) {
		const struct output *o = &st->outputs.at[i];
		const struct trial *t = &d->trials[i];
		fprintf(out, _("  %s: %s, %d Hz, %d channels%s — "), o->name, o->sink, o->rate, o->channels,
			o->monitor ? _(", monitor") : "");
		if (d->controller)
			fprintf(out, _("belongs to the running controller (process %d), not touched"),
				(int)d->controller);
		else
			fputs(result_word(t->result), out);
		fprintf(out, *t->why.text ? ": %s\n" : "\n", t->why.text);
	}
}

static void print_relays(const struct devices *d, FILE *out)
{
	for (size_t i = 0; i < d->relays.n; i++) {
		const struct devices_relay *r = &d->relays.at[i];
		struct text t = { 0 };
		if (d->controller)
			text_addf(&t, _("belongs to the running controller (process %d), not touched"),
				(int)d->controller);
		else if (r->ability.error)
			text_addf(&t, _("does not open: %s"), strerror(-r->ability.error));
		else
			add_ability(&t, &r->ability);
		fprintf(out, _("  relay %s: %s — %s\n"), r->bulletin, r->source, text_str(&t));
		text_free(&t);
	}
}

static void print_drivers(const struct devices *d, FILE *out)
{
	fprintf(out, "%s", _("Drivers of libao, for a computer with a desktop (a station names its card):\n"));
	for (size_t i = 0; i < d->drivers.n; i++)
		fprintf(out, "  ao:%s (%s)\n", d->drivers.at[i].name, d->drivers.at[i].words);
	if (!d->drivers.n)
		fprintf(out, "  %s\n", _("none"));
}

static void print_advice(const struct devices *d, FILE *out)
{
	if (d->hidden)
		fputs(_("There are sound cards, but you may not open them — they belong to the group \"audio\" — "
			"sudo usermod -aG audio USER, then log in anew.\n"),
			out);
	else if (!d->cards.n)
		fputs(_("No sound card is there — none is plugged in, or its driver is missing — plug it in and look "
			"again; what the system says of it: dmesg | tail.  Without a card: sink = \"dry-run\".\n"),
			out);
	else
		fputs(_("In station.conf write the name that stays: sink = \"alsa:hw:CARD=…\".  Numbers (hw:0) change "
			"with "
			"the order of plugging in.\n"),
			out);
}

void devices_print(const struct devices *d, FILE *out)
{
	for (size_t i = 0; i < d->cards.n; i++)
		print_card(d, &d->cards.at[i], out);
	print_outputs(d, out);
	print_relays(d, out);
	print_drivers(d, out);
	print_advice(d, out);
}

/* ── For programs ── */

static void end_line(struct text *t, FILE *out)
{
	json_close(t, '}');
	fprintf(out, "%s\n", text_str(t));
	text_clear(t);
}

static void json_user(struct text *t, const struct devices_port *p)
{
	if (!p->used) {
		json_str(t, "used_by", NULL);
		return;
	}
	json_open(t, "used_by", '{');
	json_int(t, "pid", p->user.pid);
	json_str(t, "process", p->process);
	json_int(t, "rate", p->user.rate);
	json_int(t, "channels", p->user.channels);
	json_str(t, "format", p->user.format);
	json_close(t, '}');
}

static void json_port(struct text *t, const struct devices_card *c, const struct devices_port *p)
{
	const struct alsa_ability *a = &p->ability;
	bool known = p->asked && !a->error;
	json_open(t, NULL, '{');
	json_str(t, "kind", "port");
	json_int(t, "card", c->card.number);
	json_str(t, "id", c->card.id);
	json_str(t, "name", c->card.name);
	json_str(t, "usb", *c->identity.usb ? c->identity.usb : NULL);
	json_str(t, "serial", *c->identity.serial ? c->identity.serial : NULL);
	json_str(t, "port", *c->identity.port ? c->identity.port : NULL);
	json_bool(t, "twin", c->twin);
	json_str(t, "direction", p->port.capture ? "capture" : "playback");
	char *sink = mem_printf("alsa:%s", p->device);
	json_str(t, "sink", sink);
	mem_free(sink);
	json_str(t, "opens", !p->asked ? NULL : a->error ? "no" : "yes");
	json_open(t, "rates", '[');
	for (size_t i = 0; known && a->rates[i]; i++)
		json_int(t, NULL, a->rates[i]);
	json_close(t, ']');
	json_int(t, "channels_min", a->channels_min);
	json_int(t, "channels_max", a->channels_max);
	json_str(t, "formats", known ? a->formats : NULL);
	json_user(t, p);
	json_str(t, "station", *p->outputs ? p->outputs : NULL);
}

static void json_outputs(const struct devices *d, struct text *t, FILE *out)
{
	static const char *const results[] = { NULL, "yes", "no", "no-answer" };
	for (size_t i = 0; d->station && i < d->station->outputs.n; i++) {
		const struct output *o = &d->station->outputs.at[i];
		json_open(t, NULL, '{');
		json_str(t, "kind", "output");
		json_str(t, "output", o->name);
		json_str(t, "sink", o->sink);
		json_int(t, "rate", o->rate);
		json_int(t, "channels", o->channels);
		json_bool(t, "monitor", o->monitor);
		json_str(t, "opens", results[d->trials[i].result]);
		json_str(t, "why", *d->trials[i].why.text ? d->trials[i].why.text : NULL);
		if (d->controller)
			json_int(t, "controller", d->controller);
		else
			json_str(t, "controller", NULL);
		end_line(t, out);
	}
}

static void json_relays(const struct devices *d, struct text *t, FILE *out)
{
	for (size_t i = 0; i < d->relays.n; i++) {
		const struct devices_relay *r = &d->relays.at[i];
		json_open(t, NULL, '{');
		json_str(t, "kind", "relay");
		json_str(t, "bulletin", r->bulletin);
		json_str(t, "source", r->source);
		json_str(t, "opens", d->controller ? NULL : r->ability.error ? "no" : "yes");
		end_line(t, out);
	}
}

void devices_print_json(const struct devices *d, FILE *out)
{
	struct text t = { 0 };
	for (size_t i = 0; i < d->cards.n; i++)
		for (size_t k = 0; k < d->cards.at[i].ports.n; k++) {
			json_port(&t, &d->cards.at[i], &d->cards.at[i].ports.at[k]);
			end_line(&t, out);
		}
	json_outputs(d, &t, out);
	json_relays(d, &t, out);
	for (size_t i = 0; i < d->drivers.n; i++) {
		json_open(&t, NULL, '{');
		json_str(&t, "kind", "driver");
		json_str(&t, "name", d->drivers.at[i].name);
		json_str(&t, "words", d->drivers.at[i].words);
		end_line(&t, out);
	}
	text_free(&t);
}
