/* What was found out about a recording that was taken in, in a few lines: only what somebody may want to act on. */
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "cli/import.h"

#include <inttypes.h>
#include <string.h>

enum {
	SOFT = -32000,       /* 1/1000 LUFS: from here down the hiss comes up with the voice */
	LONG_EDGE_MS = 1000, /* silence before or after that is worth a word */
	LONG_PAUSE_MS = 3000,
};

static void print_length(const struct look *l, FILE *out)
{
	int64_t frames = l->flac ? l->flac_frames : l->frames, s = (frames + l->rate / 2) / l->rate;
	fprintf(out, "%" PRId64 ":%02d", s / 60, (int)(s % 60));
}

/* Tenths, with the comma of the language. */
static void add_tenths(struct text *t, int64_t milli)
{
	int64_t tenths = ((milli < 0 ? -milli : milli) + 50) / 100;
	text_addf(t, "%s%" PRId64 "%s%" PRId64, milli < 0 && tenths ? "-" : "", tenths / 10, _("."), tenths % 10);
}

static void print_level(const struct look *l, FILE *out)
{
	struct text t = { 0 };
	add_tenths(&t, l->lufs);
	if (l->lufs == LOOK_NO_LEVEL)
		fputs(_("  Loudness: SILENT from beginning to end — was the microphone off? — record it again\n"), out);
	else if (l->lufs < SOFT)
		fprintf(out,
			_("  Loudness: %s LUFS, very soft — it is made louder on the air, and its hiss with it — "
			  "better "
			  "recorded anew, nearer to the microphone\n"),
			text_str(&t));
	else
		fprintf(out, _("  Loudness: %s LUFS; on the air all recordings are made equally loud (-16)\n"),
			text_str(&t));
	text_free(&t);
}

static void print_clips(const struct look *l, FILE *out)
{
	int s = (int)(l->clip_ms / 1000);
	if (l->clips)
		fprintf(out,
			_("  Clipping: in %d places, first at %d:%02d — it was recorded too loud and crackles — better "
			  "recorded anew, further from the microphone\n"),
			(int)l->clips, s / 60, s % 60);
	else
		fputs(_("  Clipping: none\n"), out);
}

static void print_silences(const struct look *l, FILE *out)
{
	struct text lead = { 0 }, tail = { 0 }, pause = { 0 };
	int at = (int)(l->pause_at_ms / 1000);
	add_tenths(&lead, l->lead_ms);
	add_tenths(&tail, l->tail_ms);
	add_tenths(&pause, l->pause_ms);
	bool cut = l->flac && l->flac_frames < l->frames;
	if (cut)
		fprintf(out, _("  Silence: %s s before and %s s after, cut off but for a breath\n"), text_str(&lead),
			text_str(&tail));
	else if (l->lead_ms >= LONG_EDGE_MS || l->tail_ms >= LONG_EDGE_MS)
		fprintf(out, _("  Silence: %s s before, %s s after — to cut it off, import with --trim\n"),
			text_str(&lead), text_str(&tail));
	else
		fputs(_("  Silence: none that is long\n"), out);
	if (l->pause_ms >= LONG_PAUSE_MS)
		fprintf(out, _("  Within it there is a silence of %s s at %d:%02d\n"), text_str(&pause), at / 60,
			at % 60);
	text_free(&lead);
	text_free(&tail);
	text_free(&pause);
}

void import_print(const struct import_result *r, FILE *out)
{
	if (r->same) {
		fprintf(out,
			_("Is there already: %s — the audio folder holds this very recording, nothing was copied\n"),
			r->file);
	} else {
		fprintf(out, _("Taken in: %s ("), r->file);
		print_length(&r->look, out);
		fprintf(out, ")%s%s\n", r->text ? _(", with its text: ") : "", r->text ? r->text : "");
	}
	if (r->wanted)
		fprintf(out, _("  The name %s was taken by another recording, which stays as it is\n"), r->wanted);
	if (r->text_why)
		fprintf(out, _("  The text beside it was not taken: %s\n"), r->text_why);
	print_level(&r->look, out);
	if (r->look.lufs == LOOK_NO_LEVEL)
		return;
	print_clips(&r->look, out);
	print_silences(&r->look, out);
}

/* A string of the schedule files: quotes and backslashes escaped, nothing that would be expanded. */
static void print_quoted(const char *s, FILE *out)
{
	fputc('"', out);
	for (; *s; s++) {
		if (*s == '"' || *s == '\\')
			fputc('\\', out);
		fputc(*s, out);
		if (*s == '$' && s[1] == '{')
			fputc(' ', out);
	}
	fputc('"', out);
}

void import_print_section(const struct import_result *r, FILE *out)
{
	const char *slash = strrchr(r->file, '/'), *name = slash ? slash + 1 : r->file;
	fprintf(out, "bulletin \"%.*s\" {\n\ttitle = ", (int)strcspn(name, "."), name);
	print_quoted(r->title, out);
	fputs("\n\taudio = { ", out);
	print_quoted(r->file, out);
	fputs(" }\n", out);
	if (r->text) {
		fputs("\ttext = ", out);
		print_quoted(r->text, out);
		fputs("\n", out);
	}
	fputs("}\n", out);
}
