/* `duty` and `note`: rows of the journal that explain, and never change what was aired or its verdict. */
#include "engine/remark.h"

#include "base/i18n.h"
#include "base/mem.h"
#include "schedule/tz.h"
#include "schedule/values.h"

#include <string.h>

void remark_free(struct engine *e)
{
	mem_free(e->duty.name);
	e->duty = (struct duty){ 0 };
}

static void take_over(struct engine *e, const char *name, wall_us since)
{
	mem_renew(&e->duty.name, name);
	e->duty.since = since;
}

void remark_write(struct text *t, const struct engine *e)
{
	if (!e->duty.name)
		return;
	json_open(t, "duty", '{');
	json_str(t, "name", e->duty.name);
	json_int(t, "since_us", e->duty.since.us);
	json_close(t, '}');
}

void remark_read_duty(struct engine *e, const struct json *j, wall_us since)
{
	const char *name = json_get_str(j, "name");
	if (name)
		take_over(e, name, (wall_us){ json_get_int(j, "since_us", since.us) });
}

void remark_status(const struct engine *e, struct text *t)
{
	char since[RFC3339_BYTES];
	if (!e->duty.name) {
		json_str(t, "duty", NULL);
		return;
	}
	tz_rfc3339(e->station->tz, e->duty.since, since);
	json_open(t, "duty", '{');
	json_str(t, "name", e->duty.name);
	json_str(t, "since", since);
	json_close(t, '}');
}

const char *engine_duty(const struct engine *e)
{
	return e->duty.name;
}

bool remark_duty(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	struct text t = { 0 };
	(void)zones, (void)err;
	json_open(&t, NULL, '{');
	json_str(&t, "name", c->text);
	json_str(&t, "before", e->duty.name);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, "duty", text_str(&t));
	text_free(&t);
	take_over(e, c->text, e->now);
	return true;
}

/* As ids of airings are: station/rule/firing/place.bulletin/zone. */
static bool is_airing(const struct engine *e, const char *about)
{
	size_t code = strlen(e->station->code), slashes = 0;
	for (const char *s = about; *s; s++)
		slashes += *s == '/';
	return slashes == 4 && !strncmp(about, e->station->code, code) && about[code] == '/';
}

bool remark_note(struct engine *e, const struct command *c, zone_set zones, struct err *err)
{
	struct text t = { 0 };
	char date[VALUE_BYTES];
	day_num day;
	(void)zones;
	bool of_day = value_date(c->about, &day);
	if (!of_day && !is_airing(e, c->about))
		return err_set(err,
			_("\"%s\" is neither a day (14/7/2021) nor an airing of this station — airings and their ids: "
			  "loaxa log --json"),
			c->about);
	if (of_day)
		value_print_iso_date(day, date);
	json_open(&t, NULL, '{');
	json_str(&t, of_day ? "day" : "airing", of_day ? date : c->about);
	json_str(&t, "text", c->text);
	record_person(&t, c);
	json_close(&t, '}');
	record_event(e, "note", text_str(&t));
	text_free(&t);
	return true;
}
