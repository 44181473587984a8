# Cách đọc: what the .txt files say to people, spelt so that the voice reads it aloud as an announcer would.
# A sed script; audio/make-recordings runs it over each text, then refuses what still holds digits or abbreviations.
# Long before short.
s/bluezone\.gov\.vn/Bờ lu dôn chấm gốp chấm vê en/g
s/Bluezone/Bờ lu dôn/g
s/Bluetooth/Bờ lu tút/g
s/NCOVI/En Cô Vi/g
s/COVID-19/Cô vít mười chín/g
s/App Store/Áp Xờ to/g
s/CH Play/Xê hát Pờ lây/g
s/Google Play/Gu gồ Pờ lây/g
s/Khmer/Khơ me/g
s/số 4993\/UBND-VP/số bốn nghìn chín trăm chín mươi ba của văn phòng/g
s/UBND/Ủy ban nhân dân/g
s/ngày 24\/6\/2021/ngày hai mươi bốn tháng sáu năm hai nghìn không trăm hai mươi mốt/g
s/ngày 30\/7\/2021/ngày ba mươi tháng bảy năm hai nghìn không trăm hai mươi mốt/g
s/ngày 31\/7/ngày ba mươi mốt tháng bảy/g
s/150\.829/một trăm năm mươi nghìn tám trăm hai mươi chín/g
s/422\.893/bốn trăm hai mươi hai nghìn tám trăm chín mươi ba/g
s/35,67%/ba mươi lăm phẩy sáu mươi bảy phần trăm/g
s/19 giờ/mười chín giờ/g
s/6 giờ/sáu giờ/g
