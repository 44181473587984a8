#!/usr/bin/env bats
# Papers as other programs see them (poppler): the pixels of every Vietnamese letter, the faces in the file.
bats_require_minimum_version 1.5.0
pixels=$(realpath "${BUILD:-build}/tests/system/paper-pixels")

@test "paper: every letter of Vietnamese, in four styles, is on the paper with its accents" {
	cd "$BATS_TEST_TMPDIR"
	"$pixels" make letters.pdf plain
	pdftoppm -gray -r 200 letters.pdf page
	for page in 1 2 3 4; do
		"$pixels" compare $page page-$page.pgm 200
	done
	pdffonts letters.pdf | tail -n +3 >fonts
	[ "$(wc -l <fonts)" -ge 4 ]
	[ "$(grep -vc '^[A-Z]*+LiberationSerif.* yes yes yes ' fonts)" = 0 ] # all of them that face, inside the file, readable
}

@test "paper: letters whose accents were lost are told apart, each of the 134" {
	cd "$BATS_TEST_TMPDIR"
	"$pixels" make letters.pdf folded
	pdftoppm -gray -r 200 letters.pdf page
	for page in 1 2 3 4; do
		run -1 "$pixels" compare $page page-$page.pgm 200
		[[ ${lines[-1]} == *" 134 of 146 letters differ"* ]]
	done
}

@test "paper: without the typeface nothing is written, and it says which to install" {
	cd "$BATS_TEST_TMPDIR"
	mkdir none
	for dir in none /usr/share/fonts/truetype/dejavu; do
		cat >fonts.conf <<-CONF
			<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
			<fontconfig><dir prefix="cwd">$dir</dir><cachedir prefix="cwd">cache</cachedir></fontconfig>
		CONF
		FONTCONFIG_FILE=$PWD/fonts.conf run -1 "$pixels" make letters.pdf plain
		[[ $output == *fonts-liberation2* ]]
		[ ! -e letters.pdf ]
	done
}

@test "paper: a rehearsed week as PDF: in the station's language, crossed on every page, the same to the byte" {
	loaxa=$(realpath "${BUILD:-build}/loaxa")
	export LANGUAGE=en
	cat >"$BATS_TEST_TMPDIR/script" <<-'SCRIPT'
		2021-07-14T05:10 power-off 2h
		2021-07-15T09:10 emergency song-than by "Trực ban sáng"
		2021-07-15T09:12 cancel song-than
	SCRIPT
	"$loaxa" dry-run schedules/loc-tho --from 2021-07-12 --days 7 --store "$BATS_TEST_TMPDIR/store" --state "$BATS_TEST_TMPDIR/state" \
		--script "$BATS_TEST_TMPDIR/script" >"$BATS_TEST_TMPDIR/out"
	cd "$BATS_TEST_TMPDIR"
	for name in a b; do
		"$loaxa" report --from 12/7/2021 --to 18/7/2021 --state state --pdf $name.pdf --logbook $name-log.pdf
	done
	cmp a.pdf b.pdf
	cmp a-log.pdf b-log.pdf
	for file in a a-log; do
		pages=$(pdfinfo $file.pdf | awk '/^Pages:/ { print $2 }')
		for page in $(seq "$pages"); do
			pdftotext -raw -f "$page" -l "$page" $file.pdf - | tr -d ' \n' | grep -q 'BẢNCHẠYTHỬ–KHÔNGCÓGIÁTRỊBÁOCÁO'
		done
	done
	pdftotext -raw a.pdf - | tr -d ' \n' >a.txt
	for words in 'PHƯỜNG LỘC THỌ' 'Độc lập - Tự do - Hạnh phúc' '/BC-UBND' 'Sở Thông tin và Truyền thông tỉnh Khánh Hòa' \
		'máy tắt' 'TM. ỦY BAN NHÂN DÂN' 'Lưu: VT, VHXH.' 'Phụ lục I' 'TỔNG CỘNG' 'Người lập biểu'; do
		grep -qF "${words// /}" a.txt
	done
	pdftotext -raw a-log.pdf - | tr -d ' \n' | grep -qF 'ngườiralệnh:Trựcbansáng'
	[ "$(pdftotext -raw a-log.pdf - | tr -d ' ' | grep -c 'SỔNHẬTKÝCHƯƠNGTRÌNHPHÁTTHANH')" = 7 ]
}

@test "paper: what cannot be written leaves what was there" {
	loaxa=$(realpath "${BUILD:-build}/loaxa")
	"$loaxa" dry-run schedules/loc-tho --from 2021-07-12 --days 1 --store "$BATS_TEST_TMPDIR/store" --state "$BATS_TEST_TMPDIR/state" >"$BATS_TEST_TMPDIR/out"
	cd "$BATS_TEST_TMPDIR"
	echo before >a.pdf
	mkdir empty
	printf '<?xml version="1.0"?><fontconfig><dir prefix="cwd">empty</dir><cachedir prefix="cwd">cache</cachedir></fontconfig>' >fonts.conf
	FONTCONFIG_FILE=$PWD/fonts.conf run -1 "$loaxa" report --from 12/7/2021 --to 12/7/2021 --state state --pdf a.pdf
	[[ $output == *fonts-liberation2* ]]
	[ "$(cat a.pdf)" = before ]
	run -1 "$loaxa" report --from 12/7/2021 --to 12/7/2021 --state state --pdf nowhere/a.pdf
	[ "$(find . -name 'a.pdf*')" = ./a.pdf ]
}
