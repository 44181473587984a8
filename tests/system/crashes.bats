# A program that dies on air: the item that was on air at two crashes in a row is given up, and nothing else is.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	sox -q -n -r 48000 -b 16 "$station/lau.wav" synth 60 sine 330 vol 0.5
	echo 'bulletin "lau" { title = "Tiếng lâu"   audio = { "lau.wav" } }' >>"$station/station.conf"
	ulimit -c 0
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

on_air() {
	live status --json | jq -e ".zones[] | select(.zone == \"a\") | .on_air.bulletin == \"$1\"" >/dev/null
}

verdict() {
	live log --json | jq -e -s "any(.[]; $1)" >/dev/null
}

# lau_airs: it is on air, and that it was to be is on the disk: an order does not wait for that, a kill might come before.
lau_airs() {
	eventually on_air lau
	eventually verdict '.bulletin == "lau"'
}

@test "on air at two crashes in a row: failed, crashed; what waited for it airs" {
	run_start
	live play lau --zones a
	lau_airs
	run_stop KILL
	run_start
	eventually on_air lau
	run_stop ABRT
	run_start
	eventually verdict '.bulletin == "lau" and .state == "failed" and .reason == "crashed"'
	eventually on_air ngan
	run_stop KILL
	run_start # a third one falls into something else
	[ "$(sqlite3 -readonly "$state/journal.db" "SELECT count(*) FROM row WHERE kind = 'verdict' AND airing LIKE '%lau%'")" -eq 1 ]
	run_stop TERM
}

@test "not in a row: an end in between, or something else on air" {
	run_start
	live play lau --zones a
	lau_airs
	run_stop KILL
	run_start
	eventually on_air lau
	run_stop TERM # an orderly end
	run_start
	eventually on_air lau
	run_stop KILL
	run_start
	eventually on_air lau
	live hold a # takes it off the air
	run_stop KILL
	run_start
	live release a
	run ! verdict '.bulletin == "lau" and .reason == "crashed"' # a short one in the other zone may be
	run_stop TERM
}

# Killed as soon as the mark says that it may be heard: of what was heard no row is on the disk yet.
@test "known at the very first frame" {
	run_start
	for crash in 1 2; do
		[ "$crash" -eq 2 ] || live play lau --zones a >/dev/null
		eventually grep -q '/play/.*lau' "$state/on-air"
		eventually verdict '.bulletin == "lau"'
		run_stop KILL
		cp "$state/on-air" "$BATS_TEST_TMPDIR/mark-$crash"
		run_start
	done
	grep -q '^0 .*lau' "$BATS_TEST_TMPDIR/mark-1"
	grep -q '^1 .*lau' "$BATS_TEST_TMPDIR/mark-2"
	eventually verdict '.bulletin == "lau" and .state == "failed" and .reason == "crashed"'
	run_stop TERM
}
