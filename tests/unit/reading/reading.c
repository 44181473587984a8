/* Whole phrases as announcers say them, by the table that is shipped. */
#include "reading/reading.h"

#include "../unit.h"
#include "base/mem.h"

#include <stdio.h>
#include <string.h>

static struct table *shipped(void)
{
	static char text[1 << 16];
	FILE *f = fopen("src/reading/cach-doc.txt", "rb");
	ck_assert_ptr_nonnull(f);
	size_t n = fread(text, 1, sizeof text, f);
	fclose(f);
	struct table *t = table_new();
	ck_assert_int_eq(table_read(t, text, n), 0);
	ck_assert_uint_gt(table_rows(t), 200);
	return t;
}

static const struct {
	int line;
	const char *text, *words;
} T[] = {
	/* dates */
	{ __LINE__, "ngày 13/7/2021", "ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "Ngày 01/7/2021", "Ngày mùng một tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "13/7/2021", "ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "ngày 05-02-2021", "ngày mùng năm tháng hai năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "13.7.2021", "ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "2021-07-13", "ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "13/7/21", "ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "từ ngày 24/6 đến 31/8", "từ ngày hai mươi tư tháng sáu đến ngày ba mươi mốt tháng tám" },
	{ __LINE__, "lễ 30/4 và 1/5", "lễ ngày ba mươi tháng tư và ngày mùng một tháng năm" },
	{ __LINE__, "ngày 14-15/8/2020",
		"ngày mười bốn đến ngày mười lăm tháng tám năm hai nghìn không trăm hai mươi" },
	{ __LINE__, "01/7 - 31/8", "ngày mùng một tháng bảy đến ngày ba mươi mốt tháng tám" },
	{ __LINE__, "tháng 7/2021", "tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "ngày 4 tháng 4 năm 2024", "ngày mùng bốn tháng tư năm hai nghìn không trăm hai mươi tư" },
	{ __LINE__, "ngày 13 tháng 7 năm 2021", "ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "mùng 1/7", "mùng một tháng bảy" },
	{ __LINE__, "thứ 4, T2-T6, CN", "thứ tư, thứ hai đến thứ sáu, chủ nhật" },
	{ __LINE__, "thứ 2 - thứ 6", "thứ hai đến thứ sáu" },
	{ __LINE__, "29/2/2021 và 31/4",
		"ngày hai mươi chín tháng hai năm hai nghìn không trăm hai mươi mốt và ba mươi mốt trên bốn" },
	{ __LINE__, "giai đoạn 2020-2025",
		"giai đoạn hai nghìn không trăm hai mươi đến hai nghìn không trăm hai mươi lăm" },
	/* times */
	{ __LINE__, "5h30", "năm giờ ba mươi" },
	{ __LINE__, "05:30", "năm giờ ba mươi" },
	{ __LINE__, "17 giờ 30", "mười bảy giờ ba mươi" },
	{ __LINE__, "17 giờ 30 phút", "mười bảy giờ ba mươi phút" },
	{ __LINE__, "17g30", "mười bảy giờ ba mươi" },
	{ __LINE__, "5h05", "năm giờ năm phút" },
	{ __LINE__, "7 giờ 05", "bảy giờ năm phút" },
	{ __LINE__, "05h00", "năm giờ" },
	{ __LINE__, "24h", "hai mươi tư giờ" },
	{ __LINE__, "8h-10h30", "tám giờ đến mười giờ ba mươi" },
	{ __LINE__, "14h – 16h", "mười bốn giờ đến mười sáu giờ" },
	{ __LINE__, "05:30:15", "năm giờ ba mươi phút mười lăm giây" },
	{ __LINE__, "lúc 21h15.", "lúc hai mươi mốt giờ mười lăm." },
	{ __LINE__, "25h30", "hai mươi lăm h ba mươi" }, /* no time */
	/* amounts */
	{ __LINE__, "đạt 35,67%", "đạt ba mươi lăm phẩy sáu mươi bảy phần trăm" },
	{ __LINE__, "150.829/422.893 dân",
		"một trăm năm mươi nghìn tám trăm hai mươi chín trên bốn trăm hai mươi hai nghìn tám trăm chín mươi ba "
		"dân" },
	{ __LINE__, "0,05", "không phẩy không năm" },
	{ __LINE__, "3,1416", "ba phẩy một bốn một sáu" },
	{ __LINE__, "1.500.000 đồng", "một triệu năm trăm nghìn đồng" },
	{ __LINE__, "1.500.000,5", "một triệu năm trăm nghìn phẩy năm" },
	{ __LINE__, "150.000đ", "một trăm năm mươi nghìn đồng" },
	{ __LINE__, "2,5 tỷ", "hai phẩy năm tỷ" },
	{ __LINE__, "bản 1.5", "bản một chấm năm" },
	{ __LINE__, "02 người", "hai người" },
	{ __LINE__, "số 007", "số không không bảy" },
	{ __LINE__, "2-3 ngày", "hai đến ba ngày" },
	{ __LINE__, "10 - 15%", "mười đến mười lăm phần trăm" },
	{ __LINE__, "3/4 dân số", "ba phần tư dân số" },
	{ __LINE__, "hơn 2/3", "hơn hai phần ba" },
	{ __LINE__, "24/24", "hai mươi tư trên hai mươi tư" },
	{ __LINE__, "trực 24/24h", "trực hai mươi tư trên hai mươi tư giờ" },
	{ __LINE__, "50%-70%", "năm mươi phần trăm đến bảy mươi phần trăm" },
	{ __LINE__, "≥ 60 tuổi", "từ sáu mươi tuổi" },
	{ __LINE__, "2h/lần", "hai giờ một lần" },
	{ __LINE__, "hoạt động 24/7", "hoạt động hai mươi tư trên bảy" },
	{ __LINE__, "cấp 8-9, giật cấp 11", "cấp tám đến chín, giật cấp mười một" },
	{ __LINE__, "3.", "ba." },
	{ __LINE__, "1.", "một." },
	{ __LINE__, "123456789012345678901234",
		"một hai ba bốn năm sáu bảy tám chín không một hai ba bốn năm sáu bảy tám chín không một hai ba bốn" },
	{ __LINE__, "2 lần/ngày, 05 phút/lần", "hai lần một ngày, năm phút một lần" },
	{ __LINE__, "6,5%/năm", "sáu phẩy năm phần trăm một năm" },
	{ __LINE__, "1,2 tấn/ha", "một phẩy hai tấn một héc ta" },
	{ __LINE__, "1.728đ/kWh", "một nghìn bảy trăm hai mươi tám đồng một ki lô oát giờ" },
	{ __LINE__, "12 người/50 hộ", "mười hai người trên năm mươi hộ" },
	{ __LINE__, "tỷ lệ 1:50", "tỷ lệ một trên năm mươi" },
	{ __LINE__, "đường 23/10, số nhà 12/4, kiệt 10/5/3",
		"đường hai mươi ba tháng mười, số nhà mười hai trên bốn, kiệt mười trên năm trên ba" },
	{ __LINE__, "21-27/7", "ngày hai mươi mốt đến ngày hai mươi bảy tháng bảy" },
	{ __LINE__, "từ 5 – 9/7", "từ ngày mùng năm đến ngày mùng chín tháng bảy" },
	{ __LINE__, "5-3/4", "năm đến ngày mùng ba tháng tư" },
	{ __LINE__, "I. Tình hình; II. Nhiệm vụ", "một. Tình hình; hai. Nhiệm vụ" },
	{ __LINE__, "100 triệu m³", "một trăm triệu mét khối" },
	{ __LINE__, "tiêm vắc-xin", "tiêm vắc xin" },
	{ __LINE__, "cháy: 114; công an: 113", "cháy: một một bốn; công an: một một ba" },
	/* units */
	{ __LINE__, "30km", "ba mươi ki lô mét" },
	{ __LINE__, "120 km/h", "một trăm hai mươi ki lô mét một giờ" },
	{ __LINE__, "50 m2", "năm mươi mét vuông" },
	{ __LINE__, "50 m nữa", "năm mươi mét nữa" },
	{ __LINE__, "5 mẫu", "năm mẫu" },
	{ __LINE__, "1,5 ha; 20kg", "một phẩy năm héc ta; hai mươi ki lô gam" },
	{ __LINE__, "-5°C", "âm năm độ xê" },
	{ __LINE__, "38 °C", "ba mươi tám độ xê" },
	{ __LINE__, "1.200 m3/s", "một nghìn hai trăm mét khối một giây" },
	/* telephones */
	{ __LINE__, "0905123456", "không chín không năm, một hai ba, bốn năm sáu" },
	{ __LINE__, "0905 123 456", "không chín không năm, một hai ba, bốn năm sáu" },
	{ __LINE__, "0258.3822222", "không hai năm tám, ba tám hai hai, hai hai hai" },
	{ __LINE__, "+84 905 123 456", "cộng tám bốn, chín không năm, một hai ba, bốn năm sáu" },
	{ __LINE__, "gọi 113", "gọi một một ba" },
	{ __LINE__, "gọi 114, 115", "gọi một một bốn, một trăm mười lăm" },
	{ __LINE__, "tổng đài 1022", "tổng đài một không hai hai" },
	{ __LINE__, "1900 9095", "một chín không không, chín không chín năm" },
	{ __LINE__, "19009095", "một chín không không, chín không chín năm" },
	{ __LINE__, "1800 người", "một nghìn tám trăm người" },
	{ __LINE__, "SĐT: 0905.123.456.", "số điện thoại: không chín không năm, một hai ba, bốn năm sáu." },
	/* documents */
	{ __LINE__, "Công văn số 1704/STTTT-TTBCXB ngày 13/7/2021",
		"Công văn số một nghìn bảy trăm linh bốn của Sở Thông tin và Truyền thông, thông tin, báo chí và xuất "
		"bản, "
		"ngày mười ba tháng bảy năm hai nghìn không trăm hai mươi mốt" },
	{ __LINE__, "số 4993/UBND-VP", "số bốn nghìn chín trăm chín mươi ba của Ủy ban nhân dân, văn phòng" },
	{ __LINE__, "1234-CV/TU", "một nghìn hai trăm ba mươi tư, công văn của Tỉnh ủy" },
	{ __LINE__, "30/2020/NĐ-CP", "ba mươi năm hai nghìn không trăm hai mươi, nghị định của Chính phủ" },
	{ __LINE__, "05/CT-TTg", "không năm, chỉ thị của Thủ tướng" },
	{ __LINE__, "801/TTCS-TTTH", "tám trăm linh một, thông tin cơ sở, thông tin tổng hợp" },
	{ __LINE__, "29/2021/QH15", "hai mươi chín năm hai nghìn không trăm hai mươi mốt của Quốc hội khóa mười lăm" },
	{ __LINE__, "12/XYZ.", "mười hai, ích y dét." },
	{ __LINE__, "Nghị quyết 16/NQ-CP", "Nghị quyết mười sáu của Chính phủ" },
	{ __LINE__, "Thông tư 39/2020/TT-BTTTT",
		"Thông tư ba mươi chín năm hai nghìn không trăm hai mươi của Bộ Thông tin và Truyền thông" },
	{ __LINE__, "Quyết định số 22/2009/QĐ-TTg",
		"Quyết định số hai mươi hai năm hai nghìn không trăm linh chín của Thủ tướng" },
	{ __LINE__, "Công văn số 1234-CV/TU", "Công văn số một nghìn hai trăm ba mươi tư của Tỉnh ủy" },
	{ __LINE__, "số 1234/QĐ-UBND", "số một nghìn hai trăm ba mươi tư, quyết định của Ủy ban nhân dân" },
	/* abbreviations */
	{ __LINE__, "UBND xã", "Ủy ban nhân dân xã" },
	{ __LINE__, "BCĐ phòng, chống COVID-19", "Ban Chỉ đạo phòng, chống cô vít mười chín" },
	{ __LINE__, "TP. Nha Trang", "thành phố Nha Trang" },
	{ __LINE__, "TP.HCM", "Thành phố Hồ Chí Minh" },
	{ __LINE__, "P.5, Q.10", "phường năm, quận mười" },
	{ __LINE__, "F0, F1, 5K, 4G", "ép không, ép một, năm ca, bốn gờ" },
	{ __LINE__, "KHẨN CẤP", "khẩn cấp" },
	{ __LINE__, "THÔNG BÁO", "thông báo" },
	{ __LINE__, "BAN THU", "ban thu" },
	{ __LINE__, "XYZ và KLM", "ích y dét và ca en lờ em mờ" },
	{ __LINE__, "Trần Thị B", "Trần Thị bê" },
	{ __LINE__, "nhà 2A", "nhà hai a" },
	{ __LINE__, "UBNDX", "u bê en nờ dê ích" }, /* only whole words */
	{ __LINE__, "iPhone và YouTube", "iPhone và Diu túp" },
	{ __LINE__, "khóa XIII, quý IV, lần thứ I", "khóa mười ba, quý tư, lần thứ nhất" },
	{ __LINE__, "NCOVI và Bluezone", "En Cô Vi và Bờ lu dôn" },
	/* addresses */
	{ __LINE__, "vào trang bluezone.gov.vn.", "vào trang Bờ lu dôn chấm gốp chấm vê en." },
	{ __LINE__, "https://www.abc.com/tin-tuc", "ba vê kép chấm a bê xê chấm com gạch tin gạch tuc" },
	{ __LINE__, "ubnd@loctho.vn", "u bê en nờ dê a còng loctho chấm vê en" },
	{ __LINE__, "Hết.Xin mời", "Hết. Xin mời" },
	/* signs */
	{ __LINE__, "Kính thưa bà con (phường Lộc Thọ)!", "Kính thưa bà con, phường Lộc Thọ!" },
	{ __LINE__, "“Nhanh” – gọn…", "Nhanh, gọn." },
	{ __LINE__, "ông/bà", "ông, bà" },
	{ __LINE__, "A & B", "a và bê" },
	{ __LINE__, "Trân trọng./.", "Trân trọng." },
	{ __LINE__, "- 5 hộ\n- 3 hộ", "năm hộ\nba hộ" },
	{ __LINE__, "một\n\n\n\nhai  ba", "một\n\nhai ba" },
	{ __LINE__, "Ba\xCC\x83o 😀 vào", "Bão vào" },
	{ __LINE__, "", "" },
	{ __LINE__, "- ( ) …", "" },
};

START_TEST(phrases)
{
	struct table *t = shipped();
	int wrong = 0;
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *got = reading_words(T[i].text, t);
		if (!got || strcmp(got, T[i].words)) {
			printf("row %d: %s\n  got  \"%s\"\n  want \"%s\"\n", T[i].line, T[i].text, got, T[i].words);
			wrong++;
		}
		mem_free(got);
	}
	table_free(&t);
	ck_assert_int_eq(wrong, 0);
}
END_TEST

/* Every bulletin of the samples comes out without a digit or an unread abbreviation. */
START_TEST(no_digit_is_left)
{
	struct table *t = shipped();
	for (size_t i = 0; i < sizeof T / sizeof *T; i++) {
		char *got = reading_words(T[i].text, t);
		ck_assert_msg(!strpbrk(got, "0123456789%/()@"), "row %d: %s", T[i].line, got);
		mem_free(got);
	}
	ck_assert_ptr_null(reading_words("Ba\xDEo", t));
	table_free(&t);
}
END_TEST

START_TEST(a_station_says_it_its_own_way)
{
	static const char own[] = "# của đài\n[viet-tat]\nUBND = Ủy ban\nLT = Lộc Thọ\n[cach-noi]\nlinh = lẻ\nnghin = "
				  "ngàn\nmung =\ngiong = vi-vn-x-south\n";
	struct table *t = shipped();
	ck_assert_int_eq(table_read(t, own, strlen(own)), 0);
	char *got = reading_words("UBND phường LT, 1.705 hộ, ngày 5/8", t);
	ck_assert_str_eq(table_voice(t), "vi-vn-x-south");
	ck_assert_str_eq(got, "Ủy ban phường Lộc Thọ, một ngàn bảy trăm lẻ năm hộ, ngày năm tháng tám");
	mem_free(got);
	table_free(&t);
}
END_TEST

START_TEST(bad_tables)
{
	static const struct {
		int line;
		const char *text;
		int bad;
	} rows[] = {
		{ __LINE__, "A = a\nB\nC = c\n", 2 },
		{ __LINE__, "= a", 1 },
		{ __LINE__, "A =", 1 },
		{ __LINE__, "[cach-noi]\nxx = a", 2 },
		{ __LINE__, "\n\n[khac]\n", 3 },
		{ __LINE__, "A = \x01", 1 },
		{ __LINE__, "A = \xDE", 1 },
		{ __LINE__,
			"\xEF\xBB\xBF"
			"A = a\r\n",
			0 },
		{ __LINE__, "", 0 },
	};
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct table *t = table_new();
		ck_assert_msg(table_read(t, rows[i].text, strlen(rows[i].text)) == rows[i].bad, "row %d", rows[i].line);
		table_free(&t);
	}
}
END_TEST

UNIT_MAIN("reading/reading", phrases, no_digit_is_left, a_station_says_it_its_own_way, bad_tables)
