# The controller: start, first acceptance, commands, reload, end.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

zone() {
	live status --json | jq -e ".zones[] | select(.zone == \"$1\") | $2" >/dev/null
}

need_terminal() {
	script -qec true /dev/null </dev/null >/dev/null 2>&1 || skip "no pseudo-terminal can be had here"
}

verdict() {
	live log --json | jq -e -s "any(.[]; $1)" >/dev/null
}

kinds() {
	sqlite3 -readonly "$state/journal.db" 'SELECT kind FROM row ORDER BY seq' | uniq
}

@test "the first start accepts the schedule, an end leaves everything in the journal" {
	run_start
	[ "$(stat -c %a "$state")" = 750 ]
	[ "$(stat -c %a "$state/control.sock")" = 660 ]
	[ "$(stat -c %a "$state/journal.db")" = 640 ]
	[ -e "$state/accepted" ]
	live status | grep -F 'Đài thử'
	eventually verdict '.state == "aired" and .bulletin == "ngan"'
	run_stop TERM
	[ "$ended" -eq 0 ]
	[ ! -e "$state/control.sock" ]
	[ "$(kinds | head -2 | xargs)" = "schedule start" ]
	[ "$(kinds | tail -2 | xargs)" = "stop seal" ]
	[ "$(stat -c %a "$state/key")" = 600 ]
}

@test "an end cuts what is on air once, and the next start goes on with it" {
	sox -q -n -r 48000 -b 16 "$station/lau.wav" synth 8 sine 330 vol 0.5
	echo 'bulletin "lau" { title = "Tiếng lâu"   audio = { "lau.wav" } }' >>"$station/station.conf"
	run_start
	live play lau --by Lan
	eventually zone a '.on_air.bulletin == "lau" and .on_air.position_ms > 300'
	run_stop TERM
	[ "$(sqlite3 -readonly "$state/journal.db" "SELECT kind FROM row WHERE airing LIKE '%/play/%/a' ORDER BY seq" | tail -1)" = cut ]
	run_start
	eventually verdict '.bulletin == "lau" and .zone == "a" and .state == "aired" and .frames_played == .frames_total
		and .segments[0][1] == .segments[1][0]'
	run_stop TERM
}

@test "what was stopped just before an end has its verdict" {
	sox -q -n -r 48000 -b 16 "$station/lau.wav" synth 8 sine 330 vol 0.5
	echo 'bulletin "lau" { title = "Tiếng lâu"   audio = { "lau.wav" } }' >>"$station/station.conf"
	run_start
	live play lau --by Lan
	eventually zone a '.on_air.bulletin == "lau" and .on_air.position_ms > 300'
	live silence --by Lan
	run_stop TERM
	verdict '.bulletin == "lau" and .zone == "a" and .state == "partial" and .reason == "operator"'
	! verdict '.bulletin == "lau" and .state == null' || false
}

@test "an emergency with a new text: prepared by the client, frozen in the log, there after a restart" {
	local sha other
	sox -q -n -r 22050 -b 16 "$BATS_TEST_TMPDIR/tin mới.wav" synth 1 sine 550 vol 0.5
	sox -q -n -r 44100 -b 16 "$BATS_TEST_TMPDIR/nua.wav" synth 0.7 sine 660 vol 0.5
	sha=$(sha256sum <"$BATS_TEST_TMPDIR/tin mới.wav") other=$(sha256sum <"$BATS_TEST_TMPDIR/nua.wav")
	run_start
	live emergency gap --with "$BATS_TEST_TMPDIR/tin mới.wav" --store "$store" --by Lan
	eventually verdict ".kind == \"emergency\" and .zone == \"a\" and .state == \"aired\" and .audio_sha256 == \"${sha%% *}\"
		and .operator == \"Lan\" and .frames_total == 48000"
	live status --json | jq -e '.emergencies[0].with == "tin mới.wav"'
	run_stop TERM
	run_start
	live status --json | jq -e '.emergencies[0].with == "tin mới.wav" and .faults == []' || live status --json
	live emergency gap --with "$BATS_TEST_TMPDIR/nua.wav" --now --store "$store" --by Mai
	eventually verdict ".kind == \"emergency\" and .zone == \"a\" and .state == \"aired\" and .audio_sha256 == \"${other%% *}\""
	live cancel gap
	run_stop TERM
}

@test "an emergency with what cannot be aired is refused in words, and nothing is aired" {
	run_start
	echo 'no sound' >"$BATS_TEST_TMPDIR/loi.wav"
	sox -q -n -r 8000 -b 16 "$BATS_TEST_TMPDIR/dai.wav" synth 301 sine 550 vol 0.5
	run -1 live emergency gap --with "$BATS_TEST_TMPDIR/nowhere.wav" --store "$store"
	[[ $output = *'nowhere.wav" cannot be read'*'Nothing was aired.'* ]]
	run -1 live emergency gap --with "$BATS_TEST_TMPDIR" --store "$store"
	[[ $output = *'Nothing was aired.'* ]]
	run -1 live emergency gap --with "$BATS_TEST_TMPDIR/loi.wav" --store "$store"
	[[ $output = *'is not a recording that can be read'*'Nothing was aired.'* ]]
	run -1 live emergency gap --with "$BATS_TEST_TMPDIR/dai.wav" --store "$store"
	[[ $output = *'5 minutes at most'* ]]
	run -2 live emergency gap --now --store "$store"
	live status --json | jq -e '.emergencies == []'
	run_stop TERM
}

@test "what goes to the dry-run sink is said loudly" {
	run_start --sink dry-run
	grep -F 'NO SOUND LEAVES THIS MACHINE' "$BATS_TEST_TMPDIR/run.out"
	live status | grep -F 'NO SOUND LEAVES THIS MACHINE'
	run_stop TERM
}

@test "one station, one controller" {
	run_start
	run --separate-stderr "$loaxa" run "$station" --state "$state"
	[ "$status" -eq 1 ]
	[[ $stderr == *"$state"* ]]
	live status >/dev/null
	run_stop INT
	[ "$ended" -eq 0 ]
}

@test "verbs act and are journalled with who gave them" {
	run_start
	live hold a --by 'Trần Thị B'
	zone a .held
	live release a
	zone a '.held | not'
	live off b --reason 'loa hỏng'
	zone b '.off == "loa hỏng"'
	live on b
	zone b '.off == null'
	live volume a 37
	zone a '.volume == 37'
	live play dai --zones a --level priority --by 'Nguyễn Văn A'
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .operator == "Nguyễn Văn A"'
	verdict ".bulletin == \"dai\" and .kind == \"manual\" and .priority == \"priority\" and .uid == $(id -u)"
	live emergency gap </dev/null
	eventually verdict '.kind == "emergency" and .state == "aired"'
	live cancel gap
	live silence
	zone a .held
	live release all
	run live stop nowhere
	[ "$status" -eq 1 ]
	[[ $output == *nowhere* ]]
	run_stop TERM
	sqlite3 -readonly "$state/journal.db" "SELECT body FROM row WHERE kind = 'hold'" | grep -F 'Trần Thị B'
}

@test "an emergency asks on a terminal, and only there" {
	need_terminal
	run_start
	ask="$loaxa emergency gap --state $state --by A"
	run script -qec "$ask" /dev/null <<<""
	[ "$status" -eq 1 ]
	[[ $output == *"LIVE EMERGENCY"*"2/2 zones"*"Nothing was aired"* ]]
	run script -qec "$ask" /dev/null <<<"khan cap"
	[ "$status" -eq 1 ]
	zone a 'true' && [ "$(live status --json | jq '.emergencies | length')" -eq 0 ]
	run script -qec "$ask" /dev/null <<<"KHAN CAP"
	[ "$status" -eq 0 ]
	[ "$(live status --json | jq '.emergencies | length')" -eq 1 ]
	run script -qec "$ask --yes" /dev/null </dev/null
	[ "$status" -eq 0 ]
	[[ $output != *"LIVE EMERGENCY"* ]]
	run_stop TERM
}

@test "a schedule with errors: runs without one, says so, takes a corrected one" {
	sed 's/first-every = "1m"/first-every = "2 moons"/' "$station/station.conf" >"$BATS_TEST_TMPDIR/bad"
	cp "$station/station.conf" "$BATS_TEST_TMPDIR/good"
	cp "$BATS_TEST_TMPDIR/bad" "$station/station.conf"
	run_start
	grep -F 'No schedule is running' "$BATS_TEST_TMPDIR/run.out"
	live status | grep -F 'No schedule is running'
	run live play ngan
	[ "$status" -eq 1 ]
	cp "$BATS_TEST_TMPDIR/good" "$station/station.conf"
	live reload "$station" --store "$store"
	eventually verdict '.state == "aired"'
	run_stop TERM
	[ "$ended" -eq 0 ]
}

@test "a changed directory is announced, a bad one refused, and only reload applies it" {
	run_start
	run_stop TERM
	sed -i 's/Cụm A/Cụm Mới/' "$station/station.conf"
	run_start
	grep -F 'differs' "$BATS_TEST_TMPDIR/run.out"
	live status | grep -F 'differs'
	zone a '.title == "Cụm A"'
	cp "$station/station.conf" "$BATS_TEST_TMPDIR/good"
	echo 'zone "c" { }' >>"$station/station.conf"
	run --separate-stderr live reload --store "$store"
	[ "$status" -eq 1 ]
	[[ $stderr == *"NOT applied"* ]]
	zone a '.title == "Cụm A"'
	cp "$BATS_TEST_TMPDIR/good" "$station/station.conf"
	live reload --store "$store"
	zone a '.title == "Cụm Mới"'
	live status --json | jq -e '.faults | length == 0'
	run_stop TERM
	mv "$station/station.conf" "$BATS_TEST_TMPDIR/taken-away"
	run_start
	zone a '.title == "Cụm Mới"'
	run_stop TERM
}

@test "on a terminal it draws, and leaves the screen as it was" {
	need_terminal
	run_view() {
		TERM=xterm script -qec "echo \$\$ >$BATS_TEST_TMPDIR/pid; exec $loaxa run $station --state $state --store $store" \
			"$BATS_TEST_TMPDIR/screen" </dev/null >/dev/null 2>&1 3>&-
	}
	run_view &
	eventually live status >/dev/null 2>&1
	eventually grep -q 'next:' "$BATS_TEST_TMPDIR/screen"
	kill -TERM "$(cat "$BATS_TEST_TMPDIR/pid")"
	wait
	grep -q $'\033\\[?1049h' "$BATS_TEST_TMPDIR/screen"
	grep -q $'\033\\[?1049l' "$BATS_TEST_TMPDIR/screen"
}
