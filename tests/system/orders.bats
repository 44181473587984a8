# The day's orders at a running controller: what is ordered now is on air later, also after a restart.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	NEAR_MINUTES=0 near_station "$station"
	sed -i '/^repeat/,/^}/d' "$station/station.conf"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

status() {
	live status --json | jq -e "$1" >/dev/null
}

verdict() {
	live log --json | jq -e -s "any(.[]; $1)" >/dev/null
}

event() {
	live log --events --json | jq -e -s "any(.[]; $1)" >/dev/null
}

@test "a play ordered ahead airs at its time, after a restart too, and can be taken back" {
	run_start
	at=$(local_time '+6 seconds' +%FT%T)
	run live play dai --at "$at" --times 2 --every 1m --zones a --by Lan
	[ "$status" -eq 0 ]
	[[ $output == "Ordered: \"Tiếng dài\" in 1 zones at "*"loaxa cancel play-1"* ]]
	status '.orders == [ .orders[] | select(.order == "play-1" and .bulletin == "dai" and .zones == [ "a" ] and .by == "Lan") ]'
	status '.zones[0].next[0] | .from == "play" and .bulletin == "dai"'
	live status | grep -q 'Ordered by Lan: Tiếng dài, 1 zones, at .* — loaxa cancel play-1'
	run_stop KILL
	run_start
	status '.orders | length == 1'
	eventually verdict ".bulletin == \"dai\" and .zone == \"a\" and .kind == \"manual\" and .from == \"play\" and .state == \"aired\" and
		(.planned | startswith(\"$at\")) and .operator == \"Lan\" and .lateness_ms >= 0"
	run live cancel play-1
	[ "$status" -eq 0 ]
	status '.orders == []'
	eventually event '.kind == "play-cancelled" and .body.number == 1'
	run --separate-stderr live cancel play-1
	[ "$status" -eq 1 ]
	run_stop
}

@test "an airing is made up" {
	run_start
	live off a --reason hỏng
	live play dai --zones a || true
	eventually verdict '.state == "skipped" and .reason == "zone-off"'
	live on a
	id=$(live log --json | jq -r .id)
	run live play dai --for "$id"
	[ "$status" -eq 0 ]
	eventually verdict '.made_up and .state == "aired" and .zone == "a"'
	eventually event ".kind == \"play\" and .body.for == \"$id\""
	[ "$(live log --json | wc -l)" -eq 2 ]
	run --separate-stderr live play dai --for 1/2/3
	[ "$status" -eq 1 ]
	[[ $stderr == *"is no airing of this station"* ]]
	run_stop
}

@test "a session is skipped, today's or one to come, and comes back" {
	cat >>"$station/station.conf" <<-CONF
		session "sang" { start = "$(local_time '+2 hours' +%H:%M)" end = "$(local_time '+3 hours' +%H:%M)" play = { "dai" } }
		session "le" { days = "$(LC_ALL=C local_time '+2 days' +%a)" start = "5h30" end = "6h" play = { "dai" } }
	CONF
	day=$(local_time '+2 hours' +%F)
	run_start
	run live skip-session sang --date "$day" --by Lan
	[ "$status" -eq 0 ]
	[[ $output == "Session \"sang\" of "*" is skipped — to undo: loaxa skip-session sang --date $day --undo" ]]
	status ".skips == [ .skips[] | select(.name == \"sang\" and .day == \"$day\" and .by == \"Lan\") ] and (.skips | length) == 1"
	status '.zones[0].next[0] | .from == "session:sang" and .skipped'
	live status | grep -q 'Session sang of .* is SKIPPED (Lan)'
	run --separate-stderr live skip-session le --date "$day"
	[ "$status" -eq 1 ]
	[[ $stderr == "session \"le\" airs nothing on "* ]]
	run_stop KILL
	run_start
	status '.skips | length == 1'
	run live skip-session sang --date "$day" --undo
	[ "$status" -eq 0 ]
	status '.skips == [] and (.zones[0].next[0].skipped | not)'
	eventually event '.kind == "unskip-session"'
	run_stop
}

@test "who is on duty, and notes that explain" {
	run_start
	run live duty 'Trần Thị B'
	[ "$status" -eq 0 ]
	status '.duty.name == "Trần Thị B"'
	live status | grep -q 'on duty: Trần Thị B'
	run live note "$(local_time now +%d/%m/%Y)" 'mất điện toàn phường'
	[ "$status" -eq 0 ]
	run --separate-stderr live note hôm-nay 'mất điện'
	[ "$status" -eq 1 ]
	[[ $stderr == *"neither a day (14/7/2021) nor an airing"* ]]
	eventually event '.kind == "duty" and .body.name == "Trần Thị B"'
	eventually event ".kind == \"note\" and .body.day == \"$(local_time now +%F)\" and .body.text == \"mất điện toàn phường\""
	live log --events | grep -q 'note .*text=mất điện toàn phường'
	run_stop KILL
	run_start
	status '.duty.name == "Trần Thị B"'
	run_stop
}

@test "an emergency says in whose name it was ordered, and is extended" {
	run_start
	live emergency gap --ordered-by 'Chủ tịch UBND' --by Lan
	status '.emergencies[0] | .by == "Lan" and .ordered_by == "Chủ tịch UBND"'
	live status | grep -q 'EMERGENCY "gap" since .*, ordered by Chủ tịch UBND'
	was=$(live status --json | jq -r '.emergencies[0].until')
	run live extend gap 2h
	[ "$status" -eq 0 ]
	[[ $output == 'Emergency "gap" lasts until '* ]]
	is=$(live status --json | jq -r '.emergencies[0].until')
	[ $(($(date -d "$is" +%s) - $(date -d "$was" +%s))) -eq 7200 ]
	run_stop KILL
	run_start
	status ".emergencies[0].until == \"$is\" and .emergencies[0].ordered_by == \"Chủ tịch UBND\""
	live cancel gap
	run --separate-stderr live extend gap
	[ "$status" -eq 1 ]
	[[ $stderr == *'"gap" is not active — nothing to extend'* ]]
	eventually event '.kind == "emergency" and .body.ordered_by == "Chủ tịch UBND"'
	run_stop
}

@test "a drill: the words before and after, DIEN TAP on a terminal, never counted" {
	run_start
	run --separate-stderr live drill gap
	[ "$status" -eq 1 ]
	[[ $stderr == *'no words for a drill'*'drill = "NAME"'* ]]
	run_stop
	sox -q -n -r 48000 -b 16 "$station/loi.wav" synth 0.75 sine 550 vol 0.5
	echo 'bulletin "dien-tap" { title = "Đây là bản tin diễn tập" audio = { "loi.wav" } until = "31/12/2099" }' >>"$station/station.conf"
	sed -i 's/audio-dir = "."/& drill = "dien-tap"/' "$station/station.conf"
	rm -r "$state"
	run_start
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
	ask="$loaxa drill gap --ordered-by Chủ-tịch --state $state"
	run script -qec "$ask" /dev/null <<<"dien tap"
	[[ $output == *"DRILL, NOT REAL"*"Ordered by: Chủ-tịch"*"Type DIEN TAP to begin"*"Nothing was aired."* ]]
	run script -qec "$ask" /dev/null <<<"DIEN TAP"
	for zone in a b; do # 0.75 + 0.5 + 0.75 s
		eventually verdict ".zone == \"$zone\" and .state == \"aired\" and .frames_total == 96000 and .from == \"drill\" and
			.kind == \"manual\" and .test and .priority == \"emergency\" and .title == \"DRILL: Tiếng ngắn\""
	done
	[ "$(live log --json | wc -l)" -eq 2 ]
	eventually event '.kind == "drill" and .body.name == "gap" and .body.ordered_by == "Chủ-tịch"'
	live log | grep -q 'DRILL .*✓ aired (DRILL)'
	run_stop
}

@test "the log shows the day's notes below its heading and an airing's below its line; JSON is as it was" {
	run_start
	live duty 'Trần Thị B' --by Lan
	live off b --reason 'hú rít' --by Lan
	live play dai
	eventually verdict '.zone == "a" and .state == "aired"'
	id=$(live log --json | jq -r 'select(.zone == "a").id')
	live log --json >"$BATS_TEST_TMPDIR/before"
	live note "$id" 'dân báo nghe rõ' --by Minh
	live note "$(local_time now +%F)" 'mất điện đến 5h' --by Minh
	eventually event '.kind == "note" and .body.day' # rows are written behind the answer
	live log >"$BATS_TEST_TMPDIR/log"
	grep -Eq '^  on duty from [0-9:]+: Trần Thị B$' "$BATS_TEST_TMPDIR/log"
	grep -Eq '^  b: off from [0-9:]+: hú rít \(Lan\)$' "$BATS_TEST_TMPDIR/log"
	grep -q '^  note: mất điện đến 5h (Minh)$' "$BATS_TEST_TMPDIR/log"
	grep -A1 'Tiếng dài .*✓ aired' "$BATS_TEST_TMPDIR/log" | grep -q '^    note: dân báo nghe rõ (Minh)$'
	live log --json | cmp - "$BATS_TEST_TMPDIR/before"
	run_stop
}
