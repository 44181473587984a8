#include "reading/letters.h"

#include "base/mem.h"
#include "base/text.h"

#include <stdint.h>
#include <string.h>

static size_t code_at(const char *s, uint32_t *code)
{
	const uint8_t *p = (const uint8_t *)s;
	if (p[0] < 0x80) {
		*code = p[0];
		return p[0] ? 1 : 0;
	}
	if (p[0] >= 0xC2 && p[0] < 0xE0 && (p[1] & 0xC0) == 0x80) {
		*code = (uint32_t)(p[0] & 0x1F) << 6 | (p[1] & 0x3F);
		return 2;
	}
	if (p[0] >= 0xE0 && p[0] < 0xF0 && (p[1] & 0xC0) == 0x80 && (p[2] & 0xC0) == 0x80) {
		*code = (uint32_t)(p[0] & 0x0F) << 12 | (uint32_t)(p[1] & 0x3F) << 6 | (p[2] & 0x3F);
		return 3;
	}
	*code = 0xFFFD;
	return 1;
}

/* ASCII, Latin-1, the extensions A and B that Vietnamese uses, marks that combine, Vietnamese's own block. */
static bool is_letter(uint32_t c)
{
	if (c < 0x80)
		return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
	return (c >= 0xC0 && c < 0x250 && c != 0xD7 && c != 0xF7) || (c >= 0x300 && c < 0x370) ||
	       (c >= 0x1E00 && c < 0x1F00);
}

size_t letters_one(const char *s)
{
	uint32_t c;
	size_t n = code_at(s, &c);
	return n && is_letter(c) ? n : 0;
}

size_t letters_run(const char *s)
{
	size_t n = 0;
	for (size_t one; (one = letters_one(s + n));)
		n += one;
	return n;
}

static bool is_capital(uint32_t c)
{
	if (c < 0x80)
		return c >= 'A' && c <= 'Z';
	if (c < 0x100)
		return c >= 0xC0 && c < 0xDF;
	if (c == 0x1A0 || c == 0x1AF)
		return true;
	return !(c & 1) && ((c >= 0x100 && c < 0x180) || (c >= 0x1E00 && c < 0x1F00));
}

bool letters_capital(const char *s)
{
	uint32_t c;
	return code_at(s, &c) && is_letter(c) && is_capital(c);
}

bool letters_all_capital(const char *s, size_t n)
{
	uint32_t c;
	size_t at = 0;
	for (size_t one; at < n && (one = code_at(s + at, &c)); at += one)
		if (!is_capital(c))
			return false;
	return n > 0;
}

static uint32_t small(uint32_t c)
{
	if (!is_capital(c))
		return c;
	return c < 0x100 ? c + 0x20 : c + 1;
}

char *letters_small(const char *s, size_t n)
{
	struct text t = { 0 };
	uint32_t c;
	for (size_t at = 0, one; at < n && (one = code_at(s + at, &c)); at += one) {
		uint32_t l = small(c);
		char out[3] = { (char)(0xE0 | l >> 12), (char)(0x80 | (l >> 6 & 0x3F)), (char)(0x80 | (l & 0x3F)) };
		if (l == c) {
			text_add_n(&t, s + at, one);
		} else if (l < 0x80) {
			out[2] = (char)l;
			text_add_n(&t, out + 2, 1);
		} else if (l < 0x800) {
			out[1] = (char)(0xC0 | l >> 6);
			text_add_n(&t, out + 1, 2);
		} else {
			text_add_n(&t, out, 3);
		}
	}
	return text_take(&t);
}

/* ── Syllables ── */

static bool one_of(const char *s, const char *list)
{
	size_t n = strlen(s);
	for (const char *p = list; (p = strstr(p, s)); p++)
		if ((p == list || p[-1] == ' ') && (p[n] == ' ' || !p[n]))
			return true;
	return false;
}

static const char onsets[] = "ngh ng nh ch gh gi kh ph qu th tr b c d g h k l m n p r s t v x";
/* Without marks: which marks they carry is not asked. */
static const char rhymes[] =
	"a ac ach ai am an ang anh ao ap at au ay e ec ech em en eng enh eo ep et eu i ia ich iec iem ien ieng iep iet "
	"ieu im in inh ip it iu o oa oac oach oai oam oan oang oanh oao oap oat oay oc oe oen oeo oet oi om on ong "
	"oong "
	"op ot u ua uan uang uat uay uc ue uech uenh ui um un ung uo uoc uoi uom uon uong uop uot uou up ut uu uy uya "
	"uych uyen uyet uynh uyt uyu y yem yen yeng yet yeu";

bool letters_syllable(const char *s, size_t n)
{
	char *raw = mem_dup_n(s, n), *fold = text_fold(raw, false), onset[4];
	bool found = fold && one_of(fold, rhymes);
	for (size_t k = 1; fold && k <= 3 && k < strlen(fold) && !found; k++) {
		memcpy(onset, fold, k);
		onset[k] = '\0';
		found = one_of(onset, onsets) && one_of(fold + k, rhymes);
	}
	mem_free(raw);
	mem_free(fold);
	return found;
}

int letters_roman(const char *s, size_t n)
{
	static const char *const tens[] = { "", "X", "XX", "XXX" };
	static const char *const units[] = { "", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX" };
	char said[16];
	for (int v = 1; v < 40 && n < 8; v++) {
		size_t t = strlen(tens[v / 10]), u = strlen(units[v % 10]);
		memcpy(said, tens[v / 10], t);
		memcpy(said + t, units[v % 10], u);
		if (t + u == n && !memcmp(said, s, n))
			return v;
	}
	return 0;
}
