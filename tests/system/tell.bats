# Told, not asked: the station's on-fault program hears of faults and of the day before.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	heard=$BATS_TEST_TMPDIR/heard
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	sed -i '/^repeat/,/^}/d' "$station/station.conf"
	printf '#!/bin/sh\ncat >>%s\n[ ! -e %s.deaf ] || exit 75\n' "$heard" "$heard" >"$BATS_TEST_TMPDIR/hear"
	chmod +x "$BATS_TEST_TMPDIR/hear"
	sed -i "s|^station \"00001\" {|& on-fault = \"$BATS_TEST_TMPDIR/hear\" |" "$station/station.conf"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

told() {
	[ -e "$heard" ] && jq -e -s "$1" "$heard" >/dev/null
}

# notice DAY CODE…: what a controller would have left
notice() {
	local day=$1 faults= code
	shift
	for code; do faults="$faults,{\"code\":\"$code\",\"since\":\"2021-07-14T05:41:07.000+07:00\",\"text\":\"NO SOUND $code\"}"; done
	mkdir -p "$state/told"
	printf '{"command":"%s","language":"en","timezone":"Asia/Ho_Chi_Minh","station":"00001","station_name":"Đài thử","day":"%s","faults":[%s]}\n' \
		"$BATS_TEST_TMPDIR/hear" "$day" "${faults#,}" >"$state/told.new"
	mv "$state/told.new" "$state/told/now.json"
}

@test "a running station: a fault that lasts is told when it comes and when it goes" {
	run_start --sink dry-run
	"$loaxa" status --state "$state" --json | jq -e '.faults[0].code == "sink"'
	eventually told '[.[] | select(.event == "raised")] | length == 1 and .[0].station_name == "Đài thử" and
		(.[0].faults | map(.code)) == ["sink"] and (.[0].title | startswith("FAULT ")) and (.[0].text | contains("dry-run"))'
	[ "$(wc -l <"$heard")" -eq 1 ]
	run_stop TERM
	# what was told once is not told again by the next start
	run_start
	eventually told 'any(.[]; .event == "cleared" and .faults[0].code == "sink")'
	told '[.[] | .event] == ["raised", "cleared"]'
	"$loaxa" status --state "$state" --json | jq -e '.faults == []'
	run_stop TERM
}

@test "under a service manager the controller only leaves the notice" {
	"${BUILD:-build}/tests/system/manager" 20000 "$loaxa" run "$station" --state "$state" --store "$store" --sink dry-run \
		>"$BATS_TEST_TMPDIR/manager.out" 2>&1 3>&- &
	controller=$!
	eventually test -e "$state/told/now.json"
	jq -e '.faults[0].code == "sink" and .language == "vi" and .timezone == "Asia/Ho_Chi_Minh"' "$state/told/now.json"
	"$loaxa" tell --state "$state"
	told '[.[] | .event] == ["raised"]'
	[ ! -e "$state/told/now.json" ]
	kill "$controller"
	wait "$controller" || true
	controller=
}

@test "the day before: what was aired, what was not, which faults; once" {
	"$loaxa" dry-run schedules/loc-tho --from 2021-07-14 --days 1 --script schedules/loc-tho/dien-bien-mau.txt \
		--state "$state" >/dev/null
	notice 2021-07-14
	"$loaxa" tell --state "$state"
	jq -e '.event == "day" and .day == "2021-07-14" and .planned == .aired + .partial + .missed + .skipped + .failed
		and .missed == 12 and .broadcasts == 12 and (.title | contains("airings not whole")) and
		(.text | contains("station off 12"))' "$heard"
	notice 2021-07-14
	"$loaxa" tell --state "$state"
	[ "$(wc -l <"$heard")" -eq 1 ]
	# of a day that nobody knows anything about nothing is said
	notice 2021-07-20
	"$loaxa" tell --state "$state"
	[ "$(wc -l <"$heard")" -eq 1 ]
}

@test "a program that fails: the station says so, and it is tried again" {
	touch "$heard.deaf"
	notice 2021-07-14 device:ampli
	"$loaxa" tell --state "$state" 2>"$BATS_TEST_TMPDIR/err" 3>&- &
	controller=$!
	eventually grep -q 'ended with code 75' "$state/told-trouble"
	grep -F 'again in 1 min' "$BATS_TEST_TMPDIR/err"
	# somebody else is at it
	"$loaxa" tell --state "$state"
	kill "$controller"
	wait "$controller" || true
	# the next one finds what was taken and not told
	rm "$heard.deaf" "$heard"
	"$loaxa" tell --state "$state" 3>&-
	told '[.[] | .event] == ["raised"]'
	[ ! -e "$state/told-trouble" ]
	controller=
	told '.[0].text | test("^Since 05:41:07 14/07/2021: NO SOUND device:ampli\n$")'
}

@test "nobody takes the notice away, or the program fails: status says that nobody is told" {
	run_start
	echo '"msmtp" ended with code 75' >"$state/told-trouble"
	# the board is looked at when something is written, else once a minute
	printf 'bulletin "x" { title = "X"   audio = { "ngan.wav" } }\n' >>"$station/station.conf"
	sed -i 's|Đài thử|Đài khác|' "$station/station.conf"
	"$loaxa" reload "$station" --state "$state" --store "$store" --yes 2>/dev/null ||
		"$loaxa" reload "$station" --state "$state" --store "$store"
	nobody() { "$loaxa" status --state "$state" --json | jq -e '.faults[] | select(.code == "told") | .text | contains("msmtp")' >/dev/null; }
	eventually nobody
	# a trial that arrives is an answer
	"$loaxa" tell --try "$station" --state "$state"
	[ ! -e "$state/told-trouble" ]
	run_stop TERM
}

@test "a trial; a station without on-fault; rubbish on the board" {
	run "$loaxa" tell --try "$station" --state "$state"
	[ "$status" -eq 0 ]
	told '.[0].event == "try" and (.[0].text | contains("Nothing is wrong"))'
	run "$loaxa" tell --try schedules/loc-tho --state "$state"
	[ "$status" -eq 1 ]
	[[ $output == *"has no on-fault"* ]]
	run "$loaxa" tell --state "$state/nowhere"
	[ "$status" -eq 1 ]
	mkdir -p "$state/told"
	echo rubbish >"$state/told/now.json"
	"$loaxa" tell --state "$state"
	[ ! -e "$state/told/now.json" ]
}
