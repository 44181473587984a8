#include "sound/why.h"

#include "base/i18n.h"
#include "base/mem.h"

#include <inttypes.h>
#include <string.h>

static const char *const names[WHY_COUNT] = {
	[WHY_NONE] = "none",
	[WHY_NOT_FOUND] = "not-found",
	[WHY_OUTSIDE] = "outside",
	[WHY_NOT_A_FILE] = "not-a-file",
	[WHY_UNREADABLE] = "unreadable",
	[WHY_EMPTY] = "empty",
	[WHY_NOT_SOUND] = "not-sound",
	[WHY_NO_FRAMES] = "no-frames",
	[WHY_JOINED] = "joined",
	[WHY_CHANNELS] = "channels",
	[WHY_RATE] = "rate",
	[WHY_TOO_LONG] = "too-long",
	[WHY_CUT] = "cut",
	[WHY_DAMAGED] = "damaged",
	[WHY_NEEDS_FFMPEG] = "needs-ffmpeg",
	[WHY_CHANGED] = "changed",
	[WHY_CRASHED] = "crashed",
	[WHY_NO_ROOM] = "no-room",
};

const char *why_name(enum why code)
{
	return code >= 0 && code < WHY_COUNT ? names[code] : names[WHY_NONE];
}

enum why why_by_name(const char *name)
{
	for (int i = 0; name && i < WHY_COUNT; i++)
		if (!strcmp(names[i], name))
			return (enum why)i;
	return WHY_NONE;
}

bool why_is_lasting(enum why code)
{
	return code >= WHY_EMPTY && code <= WHY_DAMAGED;
}

/* "4:07", as players show it. */
static char *clock_like(int64_t ms)
{
	int64_t s = (ms + 500) / 1000;
	return mem_printf("%" PRId64 ":%02d", s / 60, (int)(s % 60));
}

static char *cut_text(const struct why_facts *w, const char *file)
{
	char *played = clock_like(w->a), *whole = clock_like(w->b), *text;
	if (w->b > 0)
		text = mem_printf(_("\"%s\" is cut off: only %s of %s can be played — its copying was probably "
				    "interrupted — copy it again from the original"),
			file, played, whole);
	else if (w->a <= 0)
		text = mem_printf(
			_("\"%s\" is cut off — its end is missing, its copying was probably interrupted — copy "
			  "it again from the original"),
			file);
	else
		text = mem_printf(_("\"%s\" is cut off after %s — its end is missing, its copying was probably "
				    "interrupted — copy it again from the original"),
			file, played);
	mem_free(played);
	mem_free(whole);
	return text;
}

static char *damaged_text(const struct why_facts *w, const char *file)
{
	if (w->a <= 0)
		return mem_printf(_("\"%s\" is damaged — part of it cannot be decoded — copy it again from the "
				    "original, or export it anew"),
			file);
	char *place = clock_like(w->a);
	char *text = mem_printf(_("\"%s\" is damaged near %s — part of it cannot be decoded — copy it again from the "
				  "original, or export it anew"),
		file, place);
	mem_free(place);
	return text;
}

/* Reasons that name nothing but the file. */
static const char *plain_text(enum why code)
{
	switch (code) {
	case WHY_NOT_FOUND:
		return _("\"%s\" is not in the audio folder — nothing has that name — fix the name or: loaxa import "
			 "FILE");
	case WHY_OUTSIDE:
		return _("\"%s\" lies outside the audio folder — only files inside it are aired — copy the file there "
			 "and name it without a path");
	case WHY_NOT_A_FILE:
		return _("\"%s\" is not a plain file — a folder, pipe or device cannot be aired — put the recording "
			 "itself there");
	case WHY_EMPTY:
		return _("\"%s\" is empty (0 bytes) — its copying was probably interrupted — copy it again from the "
			 "original");
	case WHY_NOT_SOUND:
		return _("\"%s\" is not a recording that can be read — its content is no known kind of sound, "
			 "whatever its name says — export it as Opus, MP3 or WAV");
	case WHY_NO_FRAMES:
		return _("\"%s\" holds no sound — the recording is 0 s long — record or export it again");
	case WHY_JOINED:
		return _("\"%s\" is several recordings joined into one file — only the first would be heard — export "
			 "them as one recording, or as separate files");
	case WHY_NEEDS_FFMPEG:
		return _(
			"\"%s\" needs ffmpeg to be read — ffmpeg is not installed — run: apt install ffmpeg, or export "
			"the recording as MP3 or WAV");
	case WHY_CHANGED:
		return _("\"%s\" was changed while it was being read — it was probably still being copied — wait for "
			 "the copy to end and run this again");
	default:
		return _("\"%s\" cannot be decoded — the decoder stopped or took too long; nothing else is affected — "
			 "export the recording as WAV");
	}
}

char *why_text(const struct why_facts *w, const char *file)
{
	switch (w->code) {
	case WHY_UNREADABLE:
		return mem_printf(_("\"%s\" cannot be read (%s) — check the file's owner and permissions"), file,
			strerror((int)w->a));
	case WHY_CHANNELS:
		return mem_printf(_("\"%s\" has %d channels — one (mono) or two (stereo) can be aired — export it in "
				    "mono"),
			file, (int)w->a);
	case WHY_RATE:
		return mem_printf(_("\"%s\" has %d samples a second — 8000 to 96000 can be used — export it with "
				    "48000"),
			file, (int)w->a);
	case WHY_TOO_LONG:
		return mem_printf(_("\"%s\" is longer than %d hours — that is the longest a recording may be — split "
				    "it"),
			file, (int)(w->a / 3600));
	case WHY_NO_ROOM:
		return mem_printf(_("\"%s\" could not be prepared (%s) — there is no room for working files — make "
				    "room on the disk and run this again"),
			file, strerror((int)w->a));
	case WHY_CUT:
		return cut_text(w, file);
	case WHY_DAMAGED:
		return damaged_text(w, file);
	default:
		break;
	}
	/* plain_text gives one of the literals above, each with one %s */
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
	return mem_printf(plain_text(w->code), file);
#pragma GCC diagnostic pop
}
