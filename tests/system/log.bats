#!/usr/bin/env bats
# loaxa log, from the journal's rows to what people, spreadsheets and programs read.

setup() {
	BUILD=$(realpath "${BUILD:-build}")
	dir=$(mktemp -d)
	export LANGUAGE=vi
	unset LC_ALL LANG
	# c = 3 clusters, one switched off; two bulletins in one session, music, an emergency, a test
	cat >"$dir/lines" <<-'LINES'
		zones cum-2 cum-1 cum-3
		verdict 2021-07-14T05:30:00 session:sang@2021-07-14T05:30 1.nhac-hieu signature cum-1 aired - 20
		verdict 2021-07-14T05:30:00 session:sang@2021-07-14T05:30 1.nhac-hieu signature cum-2 aired - 20
		verdict 2021-07-14T05:30:20 session:sang@2021-07-14T05:30 2.bz-vi-sao announcement cum-1 aired - 60
		verdict 2021-07-14T05:30:20 session:sang@2021-07-14T05:30 2.bz-vi-sao announcement cum-2 aired - 60
		verdict 2021-07-14T05:30:20 session:sang@2021-07-14T05:30 2.bz-vi-sao announcement cum-3 skipped zone-off 0
		verdict 2021-07-14T05:31:20 session:sang@2021-07-14T05:30 3.bz-cai-dat announcement cum-1 aired - 70
		verdict 2021-07-14T05:31:20 session:sang@2021-07-14T05:30 3.bz-cai-dat announcement cum-2 partial interrupted 30
		verdict 2021-07-14T05:41:10 emergency:bao 1.bao announcement cum-1 aired - 35
		verdict 2021-07-14T14:00:00 play 1.thu-loa test cum-1 aired - 10
		intent 2021-07-15T05:30:20 session:sang@2021-07-15T05:30 2.bz-vi-sao announcement cum-1 - - 0
		intent 2021-07-15T05:31:20 session:sang@2021-07-15T05:30 3.bz-cai-dat announcement cum-1 - - 0
		withdrawn 2021-07-15T05:31:20 session:sang@2021-07-15T05:30 3.bz-cai-dat announcement cum-1 - - 0
	LINES
}

teardown() {
	rm -rf "$dir"
}

tool() {
	"$BUILD/tests/system/journal-tool" "$@"
}

loaxa() {
	"$BUILD/loaxa" "$@"
}

write() {
	tool write "$dir/state" "${1:-live}" <"$dir/lines"
}

@test "log: the table has the day, the verdicts in words and the sums" {
	write
	run loaxa log --state "$dir/state"
	[ "$status" -eq 0 ]
	[[ $output == *"Thứ tư, 14/7/2021"* ]]
	[[ $output == *"~ phát chưa đủ: bị chen ngang"* ]]
	[[ $output == *"– không phát: cụm loa đang tắt"* ]]
	[[ $output == *"KHẨN CẤP bao"* ]]
	[[ $output == *"… chưa xong"* ]]
	output=${output//$'\n'/ } # the foot is broken into lines
	[[ $output == *"số buổi: 1 · lượt phát: 2 (dự kiến 4) · tin bài: 2 · tổng thời lượng: 2 phút 45 giây"* ]]
	[[ $output == *"9 dự kiến = 6 đã phát + 1 phát chưa đủ + 0 lỡ giờ + 1 không phát + 0 phát lỗi + 1 chưa xong; 1 thử loa"* ]]
	[[ $output == *"* Lượt phát: một bản tin"* ]]
	[[ $output != *"CHẠY THỬ"* ]]
}

@test "log: a rehearsal is crossed on every page and in every row" {
	write rehearsal
	run loaxa log --state "$dir/state"
	[ "$(grep -c 'BẢN CHẠY THỬ – KHÔNG CÓ GIÁ TRỊ BÁO CÁO' <<<"$output")" -eq 2 ]
	run loaxa log --state "$dir/state" --csv
	[ "$(grep -c 'BẢN CHẠY THỬ' <<<"$output")" -eq $((${#lines[@]} - 1)) ]
	run loaxa log --state "$dir/state" --events
	[[ ${lines[0]} == *"BẢN CHẠY THỬ"* ]]
	run loaxa log --state "$dir/state" --json
	[ "$(grep -c '"rehearsal":true' <<<"$output")" -eq ${#lines[@]} ]
}

@test "log: json has the contract's fields in their order, rows by plan, zone order, id" {
	write
	run loaxa log --state "$dir/state" --json
	[ "$status" -eq 0 ]
	[ ${#lines[@]} -eq 10 ]
	for row in "${lines[@]}"; do
		keys=$(grep -o '"[a-z0-9_]*":' <<<"$row" | tr -d '":' | xargs)
		[ "$keys" = "id kind from planned started ended station station_name zone zone_name bulletin title campaign directives class priority state reason frames_total frames_played segments lateness_ms operator uid approved_by audio_sha256 made_up rehearsal test" ]
	done
	[[ ${lines[0]} == *'1.nhac-hieu/cum-2"'* ]] # the station names cum-2 first
	[[ ${lines[1]} == *'1.nhac-hieu/cum-1"'* ]]
	[[ ${lines[9]} == *'"state":null'* ]]
}

@test "log: time, zone, campaign, directive and verdict choose rows" {
	write
	count() { loaxa log --state "$dir/state" --json "$@" | wc -l; }
	[ "$(count --from 2021-07-14T05:31:20 --to 14/7/2021T14h)" -eq 3 ]
	[ "$(count --from 15/7/2021)" -eq 1 ]
	[ "$(count --zone cum-3)" -eq 1 ]
	[ "$(count --campaign bluezone)" -eq 10 ]
	[ "$(count --campaign ncovi)" -eq 0 ]
	[ "$(count --directive 4172)" -eq 10 ]
	[ "$(count --directive 417)" -eq 0 ]
	[ "$(count --state-is partial)" -eq 1 ]
	[ "$(count --state-is open)" -eq 1 ]
}

@test "log: csv opens in a spreadsheet with its diacritics and without formulas" {
	write
	loaxa log --state "$dir/state" --csv >"$dir/log.csv"
	[ "$(head -c 3 "$dir/log.csv" | od -An -tx1 | tr -d ' ')" = efbbbf ]
	[ "$(wc -l <"$dir/log.csv")" -eq 11 ]
	[ "$(grep -c $'"\r$' "$dir/log.csv")" -eq 11 ]
	# every line has the same number of fields, parted by "," alone
	[ "$(awk -F'","' '{print NF}' "$dir/log.csv" | sort -u)" = 19 ]
	[ "$(awk -F'","' '$13 == "đã phát"' "$dir/log.csv" | wc -l)" -eq 7 ]
	grep -q '"Bản tin ""nhac-hieu"""' "$dir/log.csv"
	grep -qF "\"'=Người trực\"" "$dir/log.csv"
}

@test "log: events are all rows, airings or not" {
	write
	run loaxa log --state "$dir/state" --events
	[ ${#lines[@]} -eq 13 ]
	[[ $output == *"thôi không phát"* ]]
	run loaxa log --state "$dir/state" --events --json
	[ ${#lines[@]} -eq 13 ]
	[[ ${lines[0]} == '{"at":"'*'","kind":"start","airing":null,"body":{"zones":["cum-2",'* ]]
}

@test "log: wrong questions are answered with what to do" {
	write
	run loaxa log --state "$dir/state" --state-is phat
	[ "$status" -eq 2 ]
	[[ $output == *"partial (phát chưa đủ)"* ]]
	run loaxa log --state "$dir/state" --from hôm-qua
	[ "$status" -eq 2 ]
	run loaxa log --state "$dir/state" --from 14/7/2021 --to 14/7/2021
	[ "$status" -eq 2 ]
	[[ $output == *"ngày hôm sau"* ]]
	run loaxa log --state "$dir/state" --csv --json
	[ "$status" -eq 2 ]
	run loaxa log --state "$dir/state" --zone cum-9
	[ "$status" -eq 0 ]
	[[ $output == *"cum-2 cum-1 cum-3"* ]]
	run loaxa log --state "$dir/none"
	[ "$status" -eq 1 ]
	[[ $output == *"chưa có nhật ký trong $dir/none"* ]]
	[ ! -e "$dir/none" ]
}

@test "log: who may only read can read a station that is off" {
	[ "$(id -u)" -eq 0 ] || skip "needs another user to be"
	write
	chmod 755 "$dir" "$dir/state"
	chmod o+r "$dir"/state/journal.db*
	run setpriv --reuid=65534 --regid=65534 --clear-groups "$BUILD/loaxa" log --state "$dir/state" --json
	[ "$status" -eq 0 ]
	[ ${#lines[@]} -eq 10 ]
}
