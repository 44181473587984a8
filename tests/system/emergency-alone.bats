# The way of an emergency from the command to the sound needs nothing but memory: whatever else is stuck, full, gone or
# busy, it is heard.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_TEST_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
	[ -z "${other:-}" ] || { kill -9 "$other"; wait "$other"; } 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

on_air() {
	live status --json | jq -e '[.zones[].on_air.priority] == ["emergency", "emergency"]' >/dev/null
}

verdict() {
	live log --json | jq -e -s "any(.[]; $1)" >/dev/null
}

emergency_verdicts='.kind == "emergency" and .zone == "b" and .state == "aired" and .frames_played == 24000'

@test "emergency alone: the journal's file is locked by somebody else" {
	run_start
	mkfifo "$BATS_TEST_TMPDIR/hold"
	sqlite3 "$state/journal.db" <"$BATS_TEST_TMPDIR/hold" >"$BATS_TEST_TMPDIR/locked" 2>&1 3>&- &
	other=$!
	exec 7>"$BATS_TEST_TMPDIR/hold"
	printf '.timeout 20000\nBEGIN EXCLUSIVE;\nSELECT "locked";\n' >&7
	eventually grep -q locked "$BATS_TEST_TMPDIR/locked"
	rows=$(sqlite3 -readonly "$state/journal.db" "SELECT count(*) FROM row WHERE kind = 'emergency'")
	[ "$rows" = 0 ]
	live emergency gap --by Lan
	eventually on_air
	exec 7>&-
	wait "$other"
	other=
	eventually verdict "$emergency_verdicts"
	run_stop TERM
}

@test "emergency alone: the journal's disk is full" {
	# Bytes beyond the limit are refused as by a full disk; what is there already stays.
	trap '' XFSZ
	ulimit -S -f unlimited
	run_start
	eventually verdict '.state == "aired"'
	prlimit --pid "$controller" --fsize=1:
	eventually sh -c "'$loaxa' status --state '$state' --json | jq -e '.faults != []' >/dev/null"
	live emergency gap --by Lan
	eventually on_air
	eventually sh -c "'$loaxa' status --state '$state' --json | jq -e 'all(.zones[]; .on_air.priority != \"emergency\")' >/dev/null"
	prlimit --pid "$controller" --fsize=unlimited:
	eventually verdict "$emergency_verdicts"
	run_stop TERM
}

@test "emergency alone: the audio folder and the store are gone" {
	run_start
	rm -rf "$station" "$store"
	live emergency gap --by Lan
	eventually verdict "$emergency_verdicts"
	run_stop TERM
}

@test "emergency alone: preparation hangs, the controller takes no part in it" {
	run_start
	# a recording that is to be prepared, and a store of which the controller knows nothing
	sox -q -n -r 48000 -b 16 "$station/moi.wav" synth 1 sine 500 vol 0.5
	echo 'bulletin "moi" { title = "Mới"   audio = { "moi.wav" } }' >>"$station/station.conf"
	run -1 live reload --store "$BATS_TEST_TMPDIR/other-store"
	[[ $output = *'1 recordings are not prepared'*'moi.wav'* ]]
	# whoever prepares may hang: here on a folder that never answers
	mkfifo "$station/treo.wav"
	echo 'bulletin "treo" { title = "Treo"   audio = { "treo.wav" } }' >>"$station/station.conf"
	live reload --store "$store" >"$BATS_TEST_TMPDIR/reload" 2>&1 3>&- &
	other=$!
	live emergency gap --by Lan
	eventually verdict "$emergency_verdicts"
	run_stop TERM
}

@test "emergency alone: every place of the control socket is taken by somebody who is silent" {
	run_start
	"${BUILD:-build}/tests/system/crowd" "$state/control.sock" 32 >"$BATS_TEST_TMPDIR/crowd" 2>&1 3>&- &
	other=$!
	eventually grep -q here "$BATS_TEST_TMPDIR/crowd"
	live emergency gap --by Lan
	eventually verdict "$emergency_verdicts"
	run_stop TERM
}
