#!/usr/bin/env bats
# loaxa report, from a rehearsed July to the answers that a district asks for.

setup_file() {
	source tests/system/july.bash
	july "$BATS_FILE_TMPDIR"
}

setup() {
	BUILD=$(realpath "${BUILD:-build}")
	export LANGUAGE=vi
	unset LC_ALL LANG
	state=$BATS_FILE_TMPDIR/state
}

report() {
	"$BUILD/loaxa" report --state "$state" "$@"
}

# adds_up: reads the objects of --json; in each planned = aired + partial + missed + skipped + failed + open
adds_up() {
	jq -es 'map(select(has("aired"))) | length > 0 and all(.[]; .planned == .aired + .partial + .missed + .skipped + .failed + .open)'
}

@test "was 1704 carried out in July, in how many lần? The first line says it" {
	run report --directive 1704 --month 7/2021
	[ "$status" -eq 0 ]
	[[ ${lines[0]} == '1704/STTTT-TTBCXB: ĐÃ THỰC HIỆN, CÒN NGÀY THIẾU — 55 lần, đạt 17/19 ngày yêu cầu, 1 ngày được miễn'* ]]
	[[ $output == *'ngày thiếu: 26/7 (2/3, máy tắt)'* ]]
	[[ $output == *'ngày được miễn: 20/7 (2/3, hop-dan)'* ]]
	[[ $output == *'BẢN CHẠY THỬ – KHÔNG CÓ GIÁ TRỊ BÁO CÁO'* ]]
	# the other letter of the campaign asks for the whole month
	run report --month 7/2021
	[[ ${lines[0]} == '4172/UBND-VHTT: ĐÃ THỰC HIỆN, CÒN NGÀY THIẾU — 88 lần, đạt 28/31 ngày'* ]]
	[[ $output == *'08/7 (0/3, máy tắt; ghi chú: mất điện toàn phường (Trực ban 1))'* ]]
}

@test "the number is found however it is typed, zone, class and priority too" {
	local typed
	for typed in 1704 '1704/STTTT-TTBCXB' '1704 / sttTT' 'Công văn số 1704' so-tttt; do
		[ "$(report --directive "$typed" --json --view directive | jq -r 'select(.kind == "directive") | "\(.number) \(.times)"')" = '1704/STTTT-TTBCXB 55' ]
	done
	[ "$(report --zone 'CỤM LOA 3' --json --view zone | jq -r 'select(.kind == "zone").zone')" = cum-3 ]
	[ "$(report --class 'tiep am' --json --view class | jq -r 'select(.kind == "class").class')" = relay ]
	[ "$(report --priority 'khẩn cấp' --json --view class | jq -r 'select(.kind == "class").broadcasts')" = 2 ]
	[ "$(report --campaign bluezone --json --view class | jq -sc 'map(select(.kind == "class").class)')" = '["announcement"]' ]
}

@test "every row of every view adds up, and views add up to the whole" {
	local all filter
	for filter in '' '--zone cum-3' '--directive 1704' '--class relay' '--language vi' '--campaign bluezone'; do
		report --month 7/2021 --json $filter | adds_up
		all=$(report --month 7/2021 --json $filter | jq 'select(.kind == "report").planned')
		for view in day zone class; do
			[ "$(report --month 7/2021 --json $filter --view $view | jq -s "map(select(.kind == \"$view\").planned) | add")" -eq "$all" ]
		done
	done
	# … and to the log
	[ "$(report --json | jq 'select(.kind == "report").planned')" -eq "$("$BUILD/loaxa" log --state "$state" --json | jq -s 'map(select(.test | not)) | length')" ]
}

@test "days: met, short, excused, off, and who was on duty" {
	[ "$(report --directive 4172 --json --view directive | jq -c 'select(.kind == "directive") | [.days_asked, .days_met, .days_excused, .days_open, .times_asked]')" = '[31,28,1,0,93]' ]
	[ "$(report --directive 4172 --json --view directive | jq -r 'select(.kind == "directive").days[] | select(.met != "met") | "\(.day) \(.times) \(.met) \(.why)"')" = \
		'2021-07-08 0 not-met station-off
2021-07-20 2 excused null
2021-07-26 2 not-met station-off' ]
	[ "$(report --json --view day | jq -r 'select(.day == "2021-07-08" or .day == "2021-07-12") | "\(.aired) \(.missed) \(.duty)"')" = '0 102 Trực ban 1
102 0 Trực ban 2' ]
	[ "$(report --json --view day | jq -r 'select(.day == "2021-07-20").exceptions')" = hop-dan ]
	# received 13/7 16:05, first heard in the evening session
	[ "$(report --directive 1704 --json --view directive | jq 'select(.kind == "directive").first_airing_s | floor')" -eq 3319 ]
	# the same of a later period: the first airing stays the first
	[ "$(report --directive 1704 --week 28/7/2021 --json --view directive | jq 'select(.kind == "directive").first_airing_s | floor')" -eq 3319 ]
}

@test "the periods: what they begin and end with" {
	local got
	while read -r from until want; do
		got=$(report --json $want | jq -r 'select(.kind == "report") | "\(.from) \(.until)"')
		[ "$got" = "$from $until" ] || { echo "$want: $got"; false; }
	done <<-'PERIODS'
		2021-07-01 2021-07-31 --directive 1704
		2021-07-12 2021-07-18 --week 14/7/2021
		2021-07-01 2021-09-30 --quarter III/2021
		2021-07-01 2021-12-31 --half 2/2021
		2021-01-01 2021-12-31 --year 2021
		2021-07-01 2021-08-31 --period campaign
		2021-06-15 2021-07-14 --period 15-14 --month 7/2021
		2021-07-08 2021-07-08 --from 8/7/2021 --to 8/7/2021
	PERIODS
	# what is not over yet is neither met nor short
	[ "$(report --period campaign --directive 1704 --json --view directive | jq -c 'select(.kind == "directive") | [.days_asked, .days_met, .days_open]')" = '[50,17,31]' ]
}

@test "what makes no sense is refused: what, why, what to write" {
	local bad
	while read -r bad; do
		run eval "report $bad 2>&1 >/dev/null"
		[ "$status" -eq 2 ]
		[[ $output == *' — '* ]] || { echo "$bad: $output"; false; }
	done <<-'BAD'
		--month 13/2021
		--month July
		--week 54/2021
		--quarter 5/2021
		--half 3/2021
		--year 21
		--period 14-15
		--from 2/7/2021 --to 1/7/2021
		--to 1/7/2021
		--month 7/2021 --year 2021
		--month 7/2021 --period campaign
		--directive 9999
		--zone cum-99
		--campaign none
		--class none
		--priority none
		--view none
	BAD
	run report x
	[ "$status" -eq 2 ]
	run "$BUILD/loaxa" report --state "$BATS_TEST_TMPDIR/none"
	[ "$status" -eq 1 ]
	[[ $output == *'không có nhật ký'* ]]
}

@test "nothing to report: says from when it counts, and what to try" {
	run report --directive 1704 --month 6/2021
	[ "$status" -eq 1 ]
	[ "$output" = 'Không có lượt phát nào theo văn bản 1704, tháng 6 năm 2021 — văn bản này tính từ 13/7/2021 — thử: loaxa report --directive 1704 --period campaign.' ]
	run report --month 5/2020
	[ "$status" -eq 1 ]
	[[ $output == 'Không có lượt phát nào, tháng 5 năm 2020 — nhật ký của đài bắt đầu từ 01/7/2021'* ]]
	# a journal that begins within the days says so
	run report --period 15-14 --month 7/2021
	[[ $output == *'Nhật ký của đài bắt đầu từ 01/7/2021; những ngày trước đó không có số liệu.'* ]]
}

@test "a journal without schedules: from the directory that is named, of the same station only" {
	state=$BATS_TEST_TMPDIR/old
	"$BUILD/tests/system/journal-tool" write "$state" live <<-'LINES'
		zones cum-2 cum-1 cum-3
		verdict 2021-07-14T05:30:20 session:sang@2021-07-14T05:30 2.bz-vi-sao announcement cum-1 aired - 60
		verdict 2021-07-14T05:30:20 session:sang@2021-07-14T05:30 2.bz-vi-sao announcement cum-2 missed late 0
	LINES
	run report --station "$BATS_FILE_TMPDIR/dai" --month 7/2021 --json
	[ "$status" -eq 0 ]
	[ "$(jq -r 'select(.kind == "report") | "\(.planned) \(.aired) \(.missed)"' <<<"$output")" = '2 1 1' ]
	run report --station schedules/tan-hung --month 7/2021
	[ "$status" -eq 1 ]
	[[ $output == *'là lịch của đài khác'* ]]
}

@test "a new schedule in mid-month: each day by the one it began with" {
	cp -r "$BATS_FILE_TMPDIR/dai" "$BATS_TEST_TMPDIR/moi"
	sed -i 's/times-per-day = "3"/times-per-day = "4"/' "$BATS_TEST_TMPDIR"/moi/*.conf
	echo "2021-07-02T08:00  reload $BATS_TEST_TMPDIR/moi" >"$BATS_TEST_TMPDIR/script"
	state=$BATS_TEST_TMPDIR/state
	"$BUILD/loaxa" dry-run "$BATS_FILE_TMPDIR/dai" --from 2021-07-01 --days 3 --script "$BATS_TEST_TMPDIR/script" --state "$state" >/dev/null
	[ "$(report --from 1/7/2021 --to 3/7/2021 --json --view directive | jq -r 'select(.kind == "directive").days[] | "\(.day) \(.times)/\(.asked_min) \(.met)"')" = \
		'2021-07-01 3/3 met
2021-07-02 3/3 met
2021-07-03 3/4 not-met' ]
}

@test "a long time is shown by month, day by day on demand" {
	run report --half 2/2021
	[ "$status" -eq 0 ]
	[[ $output == *'7/2021'*'88/93'*'28/31'* ]]
	[[ $output == *$'\nTHEO THÁNG'* && $output != *'THEO NGÀY'* ]]
	[[ $output == *'Xem từng ngày: --view day.'* ]]
	run report --half 2/2021 --view day
	[[ $output == *$'\nTHEO NGÀY'* && $output != *'THEO THÁNG'* ]]
}

@test "for a screen reader: one fact a line, no bars" {
	run report --plain --directive 1704
	[ "$status" -eq 0 ]
	[[ $output != *█* && $output != *│* ]]
	[[ $output == *'số lần: 55'* ]]
	[[ $output == *$'\n26/7 T2: 2/3, thiếu\n'* ]]
}

@test "a narrow screen cuts no number" {
	run script -qec "stty cols 80; '$BUILD/loaxa' report --state '$state' --view day" /dev/null
	[ "$status" -eq 0 ]
	[[ $output == *'3.138'* ]]
	[ "$(tr -d '\r' <<<"$output" | grep -E '^[0-3][0-9]/7 ' | wc -L)" -le 80 ]
}
