#include "sound/meter.h"

void meter_init(struct meter *m, int rate, int64_t at)
{
	*m = (struct meter){ .rate = rate, .last = at, .quiet = at, .on_from = INT64_MAX };
}

bool meter_loud(const int16_t *samples, size_t n, size_t step, int level)
{
	for (size_t i = 0; i < n; i++)
		if (samples[i * step] >= level || samples[i * step] <= -level)
			return true;
	return false;
}

static int64_t frames(const struct meter *m, int ms)
{
	return (int64_t)m->rate * ms / 1000;
}

static void on_air(struct meter *m, int64_t at, int64_t end)
{
	m->noise = 0;
	if (m->on_from == INT64_MAX)
		m->on_from = at;
	int64_t since = m->quiet > m->on_from ? m->quiet : m->on_from;
	m->fault = end - since >= frames(m, METER_SILENT_MS) ? METER_SILENT : METER_WELL;
}

static void idle(struct meter *m, int64_t n, bool loud)
{
	int64_t most = 2 * frames(m, METER_NOISY_MS);
	m->on_from = INT64_MAX;
	m->noise += loud ? n : -n;
	m->noise = m->noise < 0 ? 0 : m->noise > most ? most : m->noise;
	if (m->noise >= frames(m, METER_NOISY_MS))
		m->fault = METER_NOISY;
	else if (!m->noise || m->fault == METER_SILENT)
		m->fault = METER_WELL;
}

enum meter_fault meter_feed(struct meter *m, int64_t at, int64_t n, bool loud, bool is_on_air)
{
	if (loud)
		m->quiet = at + n;
	if (is_on_air)
		on_air(m, at, at + n);
	else
		idle(m, n, loud);
	m->last = at + n;
	return m->fault;
}

/* What was loud beyond `at` was loud until there, for all we know; what was on air, too. */
void meter_back(struct meter *m, int64_t at)
{
	if (m->quiet > at)
		m->quiet = at;
	if (m->on_from != INT64_MAX && m->on_from > at)
		m->on_from = at;
	if (!m->noise || at >= m->last)
		return;
	m->noise -= m->last - at;
	m->noise = m->noise < 0 ? 0 : m->noise;
	m->last = at;
}
