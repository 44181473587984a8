# What stations hand in, taken together by who receives: whose it is, whether it is whole, and whether it was done.

bats_require_minimum_version 1.5.0

# A month of two stations, one with days on which it was switched off; and other files of the first: its first days, the same
# month without an end, and a month that tells something else.
setup_file() {
	export LANGUAGE=vi
	loaxa=${BUILD:-build}/loaxa made=$BATS_FILE_TMPDIR
	for code in 22363 22366; do
		mkdir "$made/$code"
		cp schedules/loc-tho/*.conf "$made/$code"
		sed -i "s/\"22363\"/\"$code\"/; s|\.\./\.\./audio|$PWD/audio|" "$made/$code/station.conf"
	done
	: >"$made/none"
	printf '2021-07-20T04:00 power-off 60h\n' >"$made/off"
	printf '2021-07-05T06:00 volume cum-1 60\n2021-07-20T04:00 power-off 60h\n' >"$made/changed"
	rehearse 22363 31 off a
	rehearse 22363 12 off short
	rehearse 22363 31 changed other
	rehearse 22366 31 none b
	export_july a --month 7/2021
	export_july b --month 7/2021
	export_july other --month 7/2021
	export_july short --month 7/2021
	"$loaxa" export --state "$made/a" --from 1/7/2021 --to 12/7/2021 --out "$made/first.loaxa" >/dev/null
	"$loaxa" export --state "$made/a" --from 8/7/2021 --to 31/7/2021 --out "$made/last.loaxa" >/dev/null
}

rehearse() { # CODE DAYS SCRIPT NAME
	"$loaxa" dry-run "$made/$1" --from 2021-07-01 --days "$2" --script "$made/$3" --state "$made/$4" >/dev/null 2>&1
}

export_july() {
	"$loaxa" export --state "$made/$1" "${@:2}" --out "$made/$1.loaxa" >/dev/null
}

setup() {
	loaxa=${BUILD:-build}/loaxa made=$BATS_FILE_TMPDIR dir=$BATS_TEST_TMPDIR/receiver
	export LANGUAGE=vi
	mkdir "$dir"
	cat >"$dir/receiver.conf" <<-'CONF'
		receiver "khanh-hoa" { name = "Sở Thông tin và Truyền thông" sample = yes }
		body "nha-trang" { name = "UBND thành phố Nha Trang" }
		station "22363" { name = "phường Lộc Thọ" part-of = "nha-trang" }
		station "22366" { name = "phường Phước Tiến"
		  earlier { until = "9/7/2021" name = "phường Phương Sài" part-of = "nha-trang" } }
		station "22369" { name = "phường Tân Lập" part-of = "nha-trang" }
	CONF
}

review() {
	"$loaxa" review "$@" --state "$dir"
}

# The digits that the station would read out.
digits() {
	"$loaxa" key --state "$made/$1" --json | jq -r .fingerprint
}

trust() {
	review import "$made/$1.loaxa" >/dev/null 2>&1 || true
	review trust "$2" $(digits "$1")
}

# ask FILTER ARGUMENT…: of the JSON lines
ask() {
	review "${@:2}" --month 7/2021 --json | jq -sc "$1"
}

nothing_taken() {
	[ "$(review --late --month 7/2021 --json | jq -s 'map(select(.days_missing == 31)) | length')" = 3 ]
}

@test "review: a first key is shown, and confirmed by what the station reads out" {
	run review import "$made/a.loaxa"
	[ "$status" -eq 1 ]
	[[ $output == *"CHƯA nhập"*"chưa ai xác nhận khóa này là của đài 22363"*"$(digits a)"* ]]
	nothing_taken
	run review trust 22363 11111 22222 33333 44444 55555 66666
	[ "$status" -eq 1 ]
	[[ $output == *"không khớp"* ]]
	run review trust 22366 "$(digits a)"
	[ "$status" -eq 1 ]
	run review import "$made/a.loaxa"
	[ "$status" -eq 1 ]
	review trust 22363 $(digits a)
	run review import "$made/a.loaxa"
	[ "$status" -eq 0 ]
	[[ $output == *"đã nhập: 22363"*"31 ngày trong 01/7/2021–31/7/2021"* ]]
}

@test "review: a key that stands in the receiver's file needs no call" {
	key=$("$loaxa" key --state "$made/a" --json | jq -r .key)
	sed -i "s/\"phường Lộc Thọ\"/& key = \"$key\"/" "$dir/receiver.conf"
	review import "$made/a.loaxa"
}

@test "review: was it done? as the station's own report says" {
	trust a 22363
	trust b 22366
	review import "$made/a.loaxa" "$made/b.loaxa"
	own=$("$loaxa" report --state "$made/a" --month 7/2021 --directive 1704 --json | jq -sc '.[] | select(.kind == "directive")
		| [.times, .days_asked, .days_met, .days_excused, .broadcasts, .broadcasts_planned]')
	[ "$(ask '.[] | select(.code == "22363") | [.times, .days_asked, .days_met, .days_excused, .broadcasts, .broadcasts_planned]' --directive 1704)" = "$own" ]
	[ "$(ask 'map(select(.kind == "station")) | sort_by(.code) | map(.state)' --directive 1704)" = '["not-met","met","not-reported"]' ]
	[ "$(ask '.[0] | [.kind, .stations, .stations_met, .stations_not_met, .stations_not_reported]' --directive 1704)" = '["all",3,1,1,1]' ]
	[ "$(ask '.[] | select(.code == "nha-trang") | [.stations, .stations_met, .stations_not_met, .stations_not_reported]' --directive 1704)" = '[2,0,1,1]' ]
	[ "$(ask '.[] | select(.code == "22366") | [.name, .names_before, .body]' --directive 1704)" = '["phường Phước Tiến","phường Phương Sài",null]' ]
	run review --month 7/2021
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == "ĐÃ LÀM CHƯA? tháng 7 năm 2021 — Sở Thông tin và Truyền thông" ]]
	[[ ${lines[1]} == *"KHÔNG CÓ GIÁ TRỊ BÁO CÁO"* ]]
	[[ ${lines[3]} == "TỔNG CỘNG · 3 đài"* ]]
	[[ $output == *"22363 phường Lộc Thọ"*"✗ chưa đạt"* ]]
	[[ $output == *"? chưa báo cáo"* ]]
}

@test "review: which stations have not reported" {
	run review --late --month 7/2021
	[ "$status" -eq 0 ]
	[[ $output == *"3 trên 3 đài chưa báo cáo"* ]]
	trust a 22363
	trust b 22366
	review import "$made/first.loaxa" "$made/b.loaxa"
	[ "$(ask 'map([.code, .days_missing, .reported_until])' --late)" = '[["22363",19,"2021-07-12"],["22369",31,null]]' ]
	run review --late --month 7/2021
	[[ $output == *"2 trên 3 đài chưa báo cáo"* ]]
	[[ $output == *"22363 phường Lộc Thọ"*"19/31  12/7/2021"* ]]
}

@test "review: in any order, overlapping and again, it says the same" {
	trust a 22363
	review import "$made/a.loaxa"
	whole=$(ask . && ask . --station 22363)
	run review import "$made/a.loaxa" "$made/first.loaxa" "$made/last.loaxa"
	[ "$status" -eq 0 ]
	[ "$(ask . && ask . --station 22363)" = "$whole" ]
	rm "$dir"/review.db
	trust a 22363
	review import "$made/last.loaxa" "$made/first.loaxa" "$made/a.loaxa"
	[ "$(ask . && ask . --station 22363)" = "$whole" ]
	rm "$dir"/review.db
	trust a 22363
	review import "$made/first.loaxa"
	review import "$made/last.loaxa"
	[ "$(ask . && ask . --station 22363)" = "$whole" ]
	run review check
	[ "$status" -eq 0 ]
	[[ $output == *"31 ngày-đài"* ]]
}

@test "review: a bundle with one bit changed is refused, and nothing of it is kept" {
	trust a 22363
	bytes=$(stat -c %s "$made/a.loaxa")
	for at in $((bytes / 3)) $((bytes / 2)) $((bytes - 40)); do
		cp "$made/a.loaxa" "$BATS_TEST_TMPDIR/x"
		byte=$(od -An -tu1 -j$at -N1 "$made/a.loaxa")
		printf "\\x$(printf %02x $((byte ^ 4)))" | dd of="$BATS_TEST_TMPDIR/x" bs=1 seek=$at conv=notrunc status=none
		run review import "$BATS_TEST_TMPDIR/x"
		[ "$status" -eq 1 ]
		[[ $output == "x: CHƯA nhập: gói số liệu "* ]]
		[ $at = $((bytes - 40)) ] || [[ $output == *"dòng "*" ngày "*"/7/2021"* ]]
		nothing_taken
	done
}

@test "review: another past and a cut end are found by what was handed in before" {
	trust a 22363
	review import "$made/a.loaxa"
	before=$(ask .)
	run review import "$made/other.loaxa"
	[ "$status" -eq 1 ]
	[[ $output == *"khác với số liệu đài 22363 đã gửi trước đây: khác từ dòng "* ]]
	run review import "$made/short.loaxa"
	[ "$status" -eq 1 ]
	[[ $output == *"kết thúc trước dòng "*" mà đài 22363 đã từng gửi"* ]]
	[ "$(ask .)" = "$before" ]
}

@test "review: who does not belong here, and what proves nothing" {
	trust a 22363
	sed -i 's/sample = yes/sample = no/' "$dir/receiver.conf"
	run review import "$made/a.loaxa"
	[ "$status" -eq 1 ]
	[[ $output == *"chạy thử hoặc của đài mẫu"* ]]
	sed -i 's/sample = no/sample = yes/; /"22363"/d' "$dir/receiver.conf"
	run review import "$made/a.loaxa"
	[ "$status" -eq 1 ]
	[[ $output == *"đài 22363"*"không có trong danh sách"* ]]
	run review import "$dir/receiver.conf" /nirgends
	[ "$status" -eq 1 ]
	[[ $output == *"2 tệp: nhập 0, đã có 0, chưa nhập 2"* ]]
}

@test "review: a station that was given another code is one station" {
	sed -i 's/station "22363" {/station "30001" { former-codes = { "22363" }/' "$dir/receiver.conf"
	review import "$made/a.loaxa" 2>/dev/null || true
	review trust 22363 $(digits a)
	review import "$made/a.loaxa"
	[ "$(ask '.[] | select(.code == "30001") | .days_missing' --directive 1704)" = 0 ]
	[ "$(ask length --station 22363)" = "$(ask length --station 30001)" ]
}

@test "review: behind each answer are the airings of the station's own log" {
	trust a 22363
	review import "$made/a.loaxa"
	own=$("$loaxa" log --state "$made/a" --from 20/7/2021 --to 21/7/2021 --json | jq -sc 'map([.id, .state, .reason, .started]) | sort')
	[ "$(review --station 22363 --day 20/7/2021 --json | jq -sc 'map([.id, .state, .reason, .started]) | sort')" = "$own" ]
	run review --station 22363 --day 20/7/2021 --directive 1704
	[ "$status" -eq 0 ]
	[[ $output == *"Đài truyền thanh phường Lộc Thọ (22363)"* ]]
	[[ $output == *"Thứ ba, 20/7/2021"* ]]
	[[ $output == *"máy tắt"* ]]
	[[ $output == "Ngày chưa đủ theo 1704/STTTT-TTBCXB: 20/7/2021 (0/3 lần)"* ]]
	run review --station 22369 --day 20/7/2021
	[ "$status" -eq 1 ]
}

@test "review: a letter that is asked for and stands in no schedule is not done" {
	printf 'directive "x" { number = "99/UBND" stations = { "22363" } }\n' >>"$dir/receiver.conf"
	trust a 22363
	review import "$made/a.loaxa"
	[ "$(ask 'map(select(.kind == "station")) | sort_by(.code) | map([.state, .not_in_schedule])' --directive 99)" = '[["not-met",true],["not-asked",false],["not-asked",false]]' ]
	run review --month 7/2021 --directive 99
	[[ $output == *"22363 phường Lộc Thọ: văn bản 99/UBND không có trong lịch của đài"* ]]
	run review --month 7/2021 --directive 98
	[ "$status" -eq 1 ]
	[[ $output == *"không có văn bản 98"* ]]
}

@test "review: for a spreadsheet and for a screen reader" {
	trust a 22363
	review import "$made/a.loaxa"
	review --month 7/2021 --csv >"$BATS_TEST_TMPDIR/x.csv"
	[ "$(head -c 3 "$BATS_TEST_TMPDIR/x.csv" | od -An -tx1)" = " ef bb bf" ]
	[ "$(grep -c $'\r$' "$BATS_TEST_TMPDIR/x.csv")" = 11 ]
	[[ $(sed -n 2p "$BATS_TEST_TMPDIR/x.csv") == '"TỔNG CỘNG"'* ]]
	LOAXA_PLAIN=1 run review --month 7/2021 --directive 1704
	[[ $output == *"TỔNG CỘNG, 3 đài; 1704/STTTT-TTBCXB: 0 đạt, 1 chưa đạt, 2 chưa báo cáo"* ]]
}

@test "review: an import killed at any time leaves all of it or nothing" {
	trust a 22363
	for ms in 5 10 15 20 30 40 50 60 80 100; do
		timeout -s KILL 0.$(printf %03d $ms) "$loaxa" review import "$made/a.loaxa" --state "$dir" >/dev/null 2>&1 || true
		missing=$(ask '.[] | select(.code == "22363") | .days_missing' --late)
		[ "${missing:-0}" = 31 ] || [ "${missing:-0}" = 0 ]
	done
	review import "$made/a.loaxa"
	review check
	[ "$(ask '.[] | select(.code == "22363") | .days_missing' --late)" = "" ]
}

@test "review: without a receiver's file every station counts, and nobody is missing by name" {
	rm "$dir/receiver.conf"
	run review --late --month 7/2021
	[ "$status" -eq 0 ]
	[[ $output == *"Chưa biết đài nào"* ]]
	run review --month 7/2021
	[ "$status" -eq 1 ]
	run review import "$made/a.loaxa"
	[ "$status" -eq 1 ]
	printf 'receiver "x" { name = "x"\n' >"$dir/receiver.conf"
	run review --late
	[ "$status" -eq 1 ]
	[[ $output == *"receiver.conf:1: lỗi:"* ]]
}

@test "review: the sample receiver's file is one" {
	rm "$dir/receiver.conf"
	cp src/dist/receiver.conf "$dir"
	[ "$(review --late --month 7/2021 --json | jq -sc 'map([.code, .name])')" = '[["22363","phường Lộc Thọ"],["22366","phường Phước Tiến"]]' ]
	[ "$(review --late --month 7/2025 --json | jq -sc 'map([.code, .name, .body])')" = '[["22363","phường Nha Trang",null]]' ]
}
