/* What a schedule says, as the rest of the program sees it. */
#include "../unit.h"
#include "config/take.h"
#include "texts.h"

#define HOUR 3600000
#define MINUTE 60000

static struct station *must_load(const char *first, const char *second)
{
	struct findings fs = { 0 };
	struct station *st = texts_load(first, second, &fs);
	if (!st)
		for (size_t i = 0; i < fs.list.n; i++) {
			char *text = finding_text(&fs.list.at[i], fs.list.at[i].pattern);
			fprintf(stderr, "%d: %s\n", fs.list.at[i].line, text);
			mem_free(text);
		}
	ck_assert_ptr_nonnull(st);
	ck_assert_int_eq(fs.list.n, 0);
	findings_free(&fs);
	return st;
}

START_TEST(defaults)
{
	struct station *st = must_load(TEXTS_STATION, "session \"s\" { start = 5h end = 6h play = tin }\n"
						      "repeat \"r\" { at = 7h play = tin }\nemergency \"e\" { play = tin }");
	ck_assert_str_eq(st->code, "22363");
	ck_assert_str_eq(st->unit, "");
	ck_assert_str_eq(st->language, "vi");
	ck_assert_str_eq(st->audio_dir, "d/audio");
	ck_assert(!st->approval && !st->sample && st->tz && !st->on_fault && st->drill == -1);
	const struct output *out = &st->outputs.at[0];
	ck_assert(out->rate == 48000 && out->idle == IDLE_CLOSE && !out->warm_up_ms && !out->key && !out->monitor);
	ck_assert_int_eq(out->high_pass, 0);
	const struct zone *zone = &st->zones.at[0];
	ck_assert_str_eq(zone->title, "cum-1");
	ck_assert(zone->channel == 1 && zone->volume == 100 && zone->on && !zone->speakers && !zone->area);
	const struct bulletin *b = &st->bulletins.at[0];
	ck_assert(b->class == CLASS_ANNOUNCEMENT && b->level == LEVEL_NORMAL && b->order == 100 && b->campaign == -1);
	ck_assert(b->after == AFTER_RESUME && !b->after_said && b->resume_within_ms == 5 * MINUTE && !b->has_until);
	ck_assert(b->days.from == DAY_MIN && b->days.until == DAY_MAX && !b->approved_by && b->approved_on == DAY_NONE);
	ck_assert_str_eq(b->language, "vi");
	const struct rule *s = &st->rules.at[0], *r = &st->rules.at[1], *e = &st->rules.at[2];
	ck_assert(s->kind == RULE_SESSION && r->kind == RULE_REPEAT && e->kind == RULE_EMERGENCY);
	ck_assert(s->weekdays == 0x7F && s->zones == 1 && s->volume == 100 && s->catch_up == CATCH_UP_DROP);
	ck_assert(s->max_late_ms == -1 && r->max_late_ms == 10 * MINUTE && !s->gap_ms && !s->hard_end);
	ck_assert(s->play.n == 1 && s->play.at[0].anchor == -1 && s->play.at[0].bulletin == 0);
	ck_assert(!e->rank && !e->first_repeats && !e->then_every_ms && e->until_ms == 24 * HOUR && e->all_clear == -1);
	ck_assert(e->weekdays == 0x7F && e->zones == 1);
	ck_assert_int_eq(st->guards.n, 2);
	const struct guard *night = &st->guards.at[0], *dawn = &st->guards.at[1];
	ck_assert(night->from == 21 * HOUR && night->to == 5 * HOUR && night->action == GUARD_REFUSE && night->zones == 1);
	ck_assert(dawn->from == 5 * HOUR && dawn->to == 5 * HOUR + 30 * MINUTE && dawn->action == GUARD_WARN);
	station_free(&st);
}
END_TEST

START_TEST(campaign_and_bulletin)
{
	struct station *st = must_load(TEXTS_STATION,
			"campaign \"bz\" { title = \"Vận động\" from = \"1/7/2021\" until = 2021-08-31 times-per-day = \"2..5\"\n"
			" minutes-per-day = 5 set-by = \"UBND\"\n"
			" directive \"so\" { number = \"1704/STTTT-TTBCXB\" issued = 13/7/2021 urgency = hoa-toc from = 13/7/2021\n"
			"  received = \"13/7/2021 16:05\" report-to = \"Sở\" report-every = 7d pictures = yes }\n"
			" directive \"ha-tinh\" { number = \"\" }\n"
			" uptake { date = 24/6/2021 count = 150829 of = 422893 } }\n"
			"bulletin \"a\" { campaign = bz class = news priority = priority until = 30/7/2021 order = 010 audio = { a.opus,\n"
			" b.opus } text = a.txt text-sha256 = \"A123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\" after-interrupt = drop resume-within = 1h30 approved-by = \"Chủ tịch\" approved-on = 14/7/2021 approved-typed-by = lan\n"
			" sha256 = { \"0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef\",\n"
			" \"1123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\" } }\n"
			"bulletin \"vov\" { class = relay hard-start = yes relay { source = \"https://x/y#z\" duration = 25m } }");
	const struct campaign *c = &st->campaigns.at[0];
	ck_assert(c->times_min == 2 && c->times_max == 5 && c->minutes_min == 5 && c->minutes_max == -1);
	ck_assert(c->days.from == 18809 && c->days.until == 18870 && c->directives.n == 2 && c->uptakes.n == 1);
	const struct directive *d = &c->directives.at[0];
	ck_assert(d->urgency == URGENCY_HOA_TOC && d->from == 18821 && d->report_every_days == 7 && d->pictures);
	ck_assert_str_eq(d->received, "13/7/2021 16:05");
	ck_assert_str_eq(c->directives.at[1].number, "");
	ck_assert(c->directives.at[1].issued == DAY_NONE && !c->directives.at[1].received);
	ck_assert(c->uptakes.at[0].count == 150829 && c->uptakes.at[0].of == 422893);
	const struct bulletin *a = &st->bulletins.at[1], *vov = &st->bulletins.at[2];
	ck_assert(!a->campaign && a->class == CLASS_NEWS && a->level == LEVEL_PRIORITY && a->has_until && a->order == 10);
	ck_assert(a->after == AFTER_DROP && a->after_said && a->resume_within_ms == 90 * MINUTE && a->audio.n == 2);
	ck_assert_str_eq(a->audio.at[0].bound, "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	ck_assert_int_eq(a->audio.at[1].bound[0], '1');
	ck_assert_int_eq(a->audio.at[1].place.line, 8);
	ck_assert(a->approved_on == 18822);
	ck_assert_str_eq(a->approved_typed, "lan");
	ck_assert_str_eq(a->text_bound, "a123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
	ck_assert(vov->hard_start && vov->relay.ms == 25 * MINUTE && !vov->audio.n);
	ck_assert_int_eq(vov->relay.silence_ms, 20000);
	ck_assert_int_eq(vov->relay.instead, -1);
	ck_assert_str_eq(vov->relay.source, "https://x/y#z");
	station_free(&st);
}
END_TEST

/* The station's own unit says the rest: paper_of_unit, where a paper is made. */
START_TEST(paper)
{
	struct findings fs = { 0 };
	struct station *st = texts_load("station \"1\" { name = Đài timezone = UTC paper { issuer = \"Ủy ban nhân dân xã A\" place = A\n"
			" symbol = \"BC-UBND\" recipients = { \"Đảng ủy xã\", \"HĐND xã\" } sign = { \"TM. ỦY BAN NHÂN DÂN\",\n"
			" \"KT. CHỦ TỊCH\" } signer = \"PHÓ CHỦ TỊCH\" archive = \"VT\" } }\n"
			"output \"o\" { sink = dry-run }\nzone \"z\" { output = o }\n", NULL, &fs);
	ck_assert_uint_eq(fs.errors, 0);
	const struct paper *p = &st->paper;
	ck_assert_str_eq(p->issuer, "Ủy ban nhân dân xã A");
	ck_assert_str_eq(p->place, "A");
	ck_assert_str_eq(p->symbol, "BC-UBND");
	ck_assert_uint_eq(p->recipients.n, 2);
	ck_assert_str_eq(p->recipients.at[1], "HĐND xã");
	ck_assert_str_eq(p->sign, "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH");
	ck_assert_str_eq(p->signer, "PHÓ CHỦ TỊCH");
	ck_assert_str_eq(p->archive, "VT");
	station_free(&st);
	findings_free(&fs);
	st = must_load(TEXTS_STATION, NULL);
	ck_assert(!st->paper.issuer && !st->paper.sign && !st->paper.recipients.n);
	station_free(&st);
}
END_TEST

START_TEST(rules_and_exceptions)
{
	struct station *st = must_load(TEXTS_STATION,
			"zone \"cum-2\" { output = ampli channel = 2 }\n"
			"session \"s\" { days = \"T2..T6\" start = 23h end = 1h gap = 2s hard-end = yes volume = 60 zones = cum-2\n"
			" play = { tin, \"tin@0h15\", tin } max-late = 1m catch-up = once }\n"
			"repeat \"r\" { rotate = { tin } every = 20m within = { \"14h-16h\", \"8h-10h\" } at = { 12h, 7h } }\n"
			"emergency \"e\" { play = tin rank = 2 first-repeats = 2 first-every = 5m then-every = 2h align = 1h until = 12h\n"
			" all-clear = tin }\n"
			"exception \"a\" { title = \"Quốc tang\" dates = { 15/8/2020, 14/8/2020 } suppress = { music, signature } }\n"
			"exception \"b\" { from = 10/2/2021 until = 16/2/2021 skip = { all } }\n"
			"exception \"c\" { dates = 1/1/2021 only = { r } }\n"
			"guard \"dem\" { from = 22h to = 4h action = warn zones = cum-1 }\n"
			"limit \"l\" { days = T2..T6 sessions-per-day = 2 minutes-per-session = 45 minutes-per-day = 30..120 }");
	const struct rule *s = &st->rules.at[0], *r = &st->rules.at[1], *e = &st->rules.at[2];
	ck_assert(s->weekdays == 0x1F && s->gap_ms == 2000 && s->hard_end && s->volume == 60 && s->zones == 2);
	ck_assert(s->play.n == 3 && s->play.at[1].anchor == 15 * MINUTE && s->max_late_ms == MINUTE);
	ck_assert(s->catch_up == CATCH_UP_ONCE && s->play.at[1].place.line == 3 && s->place.line == 2);
	ck_assert_str_eq(s->place.file, "d/10.conf");
	ck_assert(r->rotate && r->every_ms == 20 * MINUTE && r->within.n == 2 && r->at.n == 2 && r->zones == 3);
	ck_assert(r->within.at[0].from == 8 * HOUR && r->at.at[0] == 7 * HOUR); /* in the order of the day */
	ck_assert(e->rank == 2 && e->first_repeats == 2 && e->first_every_ms == 5 * MINUTE && e->align_ms == HOUR);
	ck_assert(e->then_every_ms == 2 * HOUR && e->until_ms == 12 * HOUR && e->all_clear == 0);
	const struct exception *a = &st->exceptions.at[0], *b = &st->exceptions.at[1], *c = &st->exceptions.at[2];
	ck_assert_str_eq(a->title, "Quốc tang");
	ck_assert(a->dates.n == 2 && a->suppress[CLASS_MUSIC] && !a->suppress[CLASS_NEWS] && a->span.from > a->span.until);
	ck_assert(b->skip_all && !b->dates.n && b->span.from == 18668 && b->span.until == 18674);
	ck_assert(!c->skip_all && c->only.n == 1 && c->only.at[0] == 1);
	ck_assert(st->guards.n == 1 && st->guards.at[0].action == GUARD_WARN && st->guards.at[0].zones == 1);
	const struct limit *l = &st->limits.at[0];
	ck_assert(l->weekdays == 0x1F && l->sessions_per_day == 2 && l->minutes_per_session == 45);
	ck_assert(l->minutes_min == 30 && l->minutes_max == 120);
	station_free(&st);
}
END_TEST

/* A Mac writes ệ as three characters; what is compared, searched and spoken is one. */
START_TEST(decomposed_text_is_composed)
{
	struct station *st = must_load(TEXTS_STATION, "bulletin \"b\" { audio = \"tin-\x65\xCC\xA3\xCC\x82.opus\" title = 'Tie\xCC\x82\xCC\x81ng' }");
	ck_assert_str_eq(st->bulletins.at[1].audio.at[0].file, "tin-ệ.opus");
	ck_assert_str_eq(st->bulletins.at[1].title, "Tiếng");
	station_free(&st);
}
END_TEST

START_TEST(digest_follows_the_bytes)
{
	struct station *a = must_load(TEXTS_STATION, "# 1"), *b = must_load(TEXTS_STATION, "# 2"),
		       *c = must_load(TEXTS_STATION, "# 1");
	ck_assert_str_ne(a->digest, b->digest);
	ck_assert_str_eq(a->digest, c->digest);
	station_free(&a);
	station_free(&b);
	station_free(&c);
}
END_TEST

/* Every default of the table is a value that its own key accepts. */
START_TEST(key_table_is_sound)
{
	struct findings fs = { 0 };
	for (size_t i = 0; i < keys_count; i++) {
		const struct key *k = &keys[i];
		ck_assert_ptr_eq(keys_find(k->section, k->name), k);
		ck_assert_msg(!(k->required && k->fallback), "%s", k->name);
		ck_assert_msg((k->kind == KEY_WORD) == (k->words != NULL), "%s", k->name);
		bool bounded = k->kind == KEY_NUMBER || k->kind == KEY_DURATION || k->kind == KEY_RANGE;
		ck_assert_msg(bounded == (k->max > 0), "%s", k->name);
		struct block b = { .section = k->section };
		if (k->kind == KEY_NUMBER && k->fallback)
			take_number(&fs, &b, k->name, -1);
		if (k->kind == KEY_DURATION && k->fallback)
			take_duration(&fs, &b, k->name, -1);
		if (k->kind == KEY_WORD && k->fallback)
			take_word(&fs, &b, k->name, -1);
		if (k->kind == KEY_YESNO && k->fallback)
			take_yes(&fs, &b, k->name);
		ck_assert_msg(!fs.list.n, "default of %s", k->name);
	}
}
END_TEST

UNIT_MAIN("config/station", defaults, campaign_and_bulletin, paper, rules_and_exceptions, decomposed_text_is_composed,
		digest_follows_the_bytes, key_table_is_sound)
