#!/usr/bin/env bats
# loaxa report --csv, --xlsx, --html, --pack, --picture: from a rehearsal of two days.
bats_require_minimum_version 1.5.0

setup_file() {
	export BUILD=$(realpath "${BUILD:-build}") LANGUAGE=en
	export station=$BATS_FILE_TMPDIR/station state=$BATS_FILE_TMPDIR/state
	mkdir "$station"
	sox -q -n -r 48000 -b 16 "$station/tin.wav" synth 20 sine 440 vol 0.3
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   unit = "UBND xã Thử"   language = "en"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		output "ra" { sink = "dry-run"   rate = 48000   channels = 1 }
		zone "a" { name = "3/2"   output = "ra"   channel = 1 }
		campaign "dot" { title = "=Đợt & <vận động>"   from = "14/7/2021"   until = "15/7/2021"   times-per-day = "2"
			directive "so" { number = "1704/STTTT"   issued = "13/7/2021"   pictures = yes }
			directive "ten" { number = "1709/UBND"   issued = "13/7/2021" } }
		bulletin "tin" { title = "+84 Tin sáng"   campaign = "dot"   audio = { "tin.wav" } }
		repeat "tin" { play = { "tin" }   at = { "11h", "17h" } }
	CONF
	"$BUILD/loaxa" dry-run "$station" --from 2021-07-14 --days 2 --state "$state" --store "$BATS_FILE_TMPDIR/store" >/dev/null
	printf '\xFF\xD8\xFF\xE0\x00\x04xx\xFF\xC0\x00\x0B\x08\x00\x1E\x00\x28\x01\x01\x11\x00\xFF\xD9' >"$BATS_FILE_TMPDIR/loa.jpg"
	printf '\x89PNG\r\n\x1A\n\x00\x00\x00\x0DIHDR\x00\x00\x00\x28\x00\x00\x00\x1E\x08\x02\x00\x00\x00\x00\x00\x00\x00' >"$BATS_FILE_TMPDIR/loa.png"
}

setup() {
	work=$BATS_TEST_TMPDIR
	loa=$BATS_FILE_TMPDIR/loa
}

report() {
	"$BUILD/loaxa" report --from 14/7/2021 --to 15/7/2021 --state "$state" "$@"
}

@test "pack: one folder with all of it, and a list that agrees with it" {
	run report --pack "$work/out" --picture "1704=$loa.jpg" --picture "công văn số 1704=$loa.png"
	[ "$status" -eq 0 ]
	[[ $output == "Written: $work/out — "* ]]
	[ "$(LC_ALL=C ls "$work/out" | paste -sd' ')" = "00001_2021-07-14_2021-07-15.loaxa DANH-SACH.txt anh-1704-stttt-1.jpg anh-1704-stttt-1.png \
anh.csv bao-cao.html bao-cao.pdf khong-phat.csv nhat-ky.csv so-lieu.xlsx so-nhat-ky.pdf theo-cum-loa.csv theo-loai.csv theo-ngay.csv \
theo-van-ban.csv thoi-gian-tat.csv tung-gio.csv tung-ngay.csv" ]
	cd "$work/out"
	sha256sum --quiet --strict -c DANH-SACH.txt
	[ "$(cut -c67- DANH-SACH.txt | sort)" = "$(ls | grep -vx DANH-SACH.txt | sort)" ]
	cmp "$loa.jpg" anh-1704-stttt-1.jpg
	"$BUILD/loaxa" verify 00001_2021-07-14_2021-07-15.loaxa
	[ "$(head -c 5 bao-cao.pdf)" = %PDF- ]
	xmllint --noout bao-cao.html
	unzip -tq so-lieu.xlsx
	[ "$(ls -d "$work"/out* | wc -l)" -eq 1 ]
}

@test "pack: done again, the folder holds the same bytes but for what carries the day of printing" {
	report --pack "$work/one"
	report --pack "$work/two"
	for name in $(grep -v '\.pdf$\|\.html$' <(cut -c67- "$work/one/DANH-SACH.txt")); do
		cmp "$work/one/$name" "$work/two/$name"
	done
}

@test "pack: a folder that is there is left as it is; an empty one is filled" {
	mkdir "$work/full" "$work/empty"
	echo mine >"$work/full/mine"
	run report --pack "$work/full"
	[ "$status" -eq 1 ]
	[[ $output == *"is there already"* ]]
	[ "$(ls "$work/full")" = mine ]
	report --pack "$work/empty/"
	[ -e "$work/empty/DANH-SACH.txt" ]
	echo mine >"$work/file"
	run report --pack "$work/file"
	[ "$status" -eq 1 ]
	[ "$(cat "$work/file")" = mine ]
	[ "$(ls "$work" | paste -sd' ')" = "empty file full" ]
}

@test "pack: when the disk is full, nothing is left of it" {
	run bash -c "ulimit -f 20; trap '' XFSZ; '$BUILD/loaxa' report --from 14/7/2021 --to 15/7/2021 --state '$state' --pack '$work/out'"
	[ "$status" -eq 1 ]
	[[ $output == *"NOT written"* || $output == *"cannot be written"* ]]
	[ -z "$(ls "$work")" ]
	run report --pack "$work/no/out"
	[ "$status" -eq 1 ]
	[[ $output == *"No such file or directory"* ]]
}

@test "pack: a letter that asks for pictures and has none is said, on the terminal and in the tables" {
	run report --xlsx "$work/a.xlsx" --html "$work/a.html"
	[ "$status" -eq 0 ]
	[[ $output == *"1704/STTTT asks for pictures and there is none — add: --picture 1704/STTTT=FILE.jpg"* ]]
	run ! grep -q '1709/UBND asks' <<<"$output"
	grep -q 'MISSING: the letter asks for pictures' "$work/a.html"
	run report --html "$work/b.html" --picture "so=$loa.jpg"
	[[ $output != *"asks for pictures"* ]]
	grep -q 'src="data:image/jpeg;base64,/9j/4' "$work/b.html"
	run ! grep -q MISSING "$work/b.html"
}

@test "pack: what is no picture, or for no letter, is refused and nothing is written" {
	echo '<svg/>' >"$work/x.jpg"
	truncate -s 21M "$work/big.jpg"
	mkfifo "$work/pipe"
	for picture in "1704=$work/x.jpg" "1704=$work/big.jpg" "1704=$work/none.jpg" "1704=$work" "1704=$work/pipe" "99=$loa.jpg" "17=$loa.jpg" \
		"=$loa.jpg" "1704=" "1704"; do
		run report --pack "$work/out" --picture "1704=$loa.png" --picture "$picture"
		[ "$status" -eq 1 ]
		[[ $output == *"--picture: "*"No file written."* ]]
		[ ! -e "$work/out" ]
	done
}

@test "report --csv: each view as a table; nothing becomes a formula, codes stay text" {
	for view in directive day zone class unaired logbook strip; do
		report --csv --view $view >"$work/$view.csv"
		[ "$(head -c 3 "$work/$view.csv" | xxd -p)" = efbbbf ]
		run ! grep -qE '"[=+@-]' "$work/$view.csv"
		[ "$(grep -c $'\r$' "$work/$view.csv")" = "$(wc -l <"$work/$view.csv")" ]
		[ $view = unaired ] || grep -q '"00001 Đài thử"' "$work/$view.csv"
	done
	grep -q "\"'3/2\"" "$work/zone.csv"
	grep -q "\"'=Đợt & <vận động>\"" "$work/directive.csv"
	grep -q "\"'+84 Tin sáng\"" "$work/logbook.csv"
	report --csv | cmp - "$work/directive.csv"
}

@test "report --xlsx: a file of before stays until the new one is whole; nothing but a file is replaced" {
	echo before >"$work/a.xlsx"
	run bash -c "ulimit -f 8; trap '' XFSZ; '$BUILD/loaxa' report --from 14/7/2021 --to 15/7/2021 --state '$state' --xlsx '$work/a.xlsx'"
	[ "$status" -eq 1 ]
	[ "$(cat "$work/a.xlsx")" = before ]
	[ "$(ls "$work")" = a.xlsx ]
	run report --xlsx "$work"
	[ "$status" -eq 1 ]
	[[ $output == *"is no file that could be replaced"* ]]
	report --xlsx "$work/a.xlsx"
	unzip -tq "$work/a.xlsx"
	[ "$(ls "$work")" = a.xlsx ]
}
