# Cards that are pulled, put back, stand still and lie, under the real controller.
# LOAXA_PULLS=100: so many pulls instead of two.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	cards=$BATS_TEST_TMPDIR/cards
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	. "$BATS_TEST_DIRNAME/../card/card.bash"
	. "$BATS_TEST_DIRNAME/outputs.bash"
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

verdict() {
	log_of "select($1)" | grep -q .
}

fault() {
	live status --json | jq -e ".faults | any(contains(\"$1\"))" >/dev/null
}

no_fault() {
	live status --json | jq -c .faults
	live status --json | jq -e '.faults == []' >/dev/null
}

# account ZONE CARD CHANNEL: what the log says was heard of "dai" there is on the tape, frame by frame and in order, and
# from one segment to the next no frame is left out.
account() {
	local first end from=0
	while read -r first end; do
		[ "$first" -eq "$from" ] || return 1
		# What the card still played after it was last asked may be more than the log claims, never less.
		heard_on "$2" "$3" | awk -v first="$first" -v end="$end" '$2 == first && $3 >= end { found = 1 } END { exit !found }' || return 1
		from=$end
	done < <(log_of "select(.bulletin == \"dai\" and .zone == \"$1\") | .segments[] | \"\(.[0]) \(.[1])\"" | tr -d '"')
	[ "$from" -eq 288000 ]
}

# faulty FAULT [NUMBER]: an item is on air, then the card has that fault; it is noticed and said; then it is well again,
# and the item goes on.
faulty() {
	cards_plug "$cards" mot 'hai=channels 1'
	outputs_station
	run_start
	live play dai --zones a,c --by Lan
	eventually zone a '.on_air.position_ms > 700'
	card_fault "$cards/mot" "$@"
}

@test "a card pulled and put back: said, and the item goes on where it was heard last" {
	local n
	for n in $(seq "${LOAXA_PULLS:-2}"); do
		rm -rf "$cards" "$state" "$station"
		faulty gone
		eventually zone a .lost
		fault 'NO SOUND since'
		live status | grep -E 'waits: .* Tiếng dài — .*, heard 00:0[0-9] of 00:06'
		grep -E '‖ a: Tiếng dài — .*, heard [0-9.]+ of 6.0 s' "$BATS_TEST_TMPDIR/run.out"
		zone c '.lost | not'
		card_well "$cards/mot" gone
		eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
		eventually verdict '.bulletin == "dai" and .zone == "c" and .state == "aired" and (.segments | length) == 1'
		no_fault
		run_stop TERM
		verdict '.zone == "a" and (.segments | length) == 2'
		account a mot 1 || { log_of .segments; heard_on mot 1; false; }
		[ "$(heard_on hai 1 | cut -d' ' -f1-3)" = "dai 0 288000" ]
	done
}

@test "a card that stays away: failed or partial in time, with the frames that were heard" {
	cards_plug "$cards" mot 'hai=channels 1'
	outputs_station
	sed -i 's/bulletin "dai" {/bulletin "dai" { resume-within = "2s"/' "$station/station.conf"
	echo "repeat \"nhip\" { play = { \"dai\" }   at = { \"$(local_time '+6 seconds' +%H:%M:%S)\" }   zones = { \"a\" }   max-late = \"3s\" }" \
		>>"$station/station.conf"
	run_start
	eventually zone a '.on_air.position_ms > 700'
	card_fault "$cards/mot" gone
	eventually verdict '.bulletin == "dai" and .state == "partial" and .reason == "device-lost"
		and .frames_played > 24000 and .frames_played < 288000'
	run_stop TERM
	local end
	end=$(log_of 'select(.bulletin == "dai") | .frames_played')
	heard_on mot 1 | awk -v end="$end" '$2 == 0 && $3 >= end { found = 1 } END { exit !found }'
}

@test "a card that runs dry is counted, and the item loses no frame" {
	faulty xrun
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
	run_stop TERM
	sqlite3 -readonly "$state/journal.db" "SELECT body FROM row WHERE kind = 'device'" | grep -F '"xrun"'
	[ "$(heard_on mot 1 | awk '{ n += $3 - $2 } END { print n }')" -ge 288000 ]
}

@test "a card at fault: stall" {
	faulty stall
	eventually zone a .lost
	fault 'the card stands still'
	zone c '.lost | not'
	card_well "$cards/mot" stall
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
	no_fault
	run_stop TERM
}

@test "a card at fault: ebadfd" {
	faulty ebadfd
	eventually zone a .lost
	fault 'the card'
	zone c '.lost | not'
	card_well "$cards/mot" ebadfd
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
	no_fault
	run_stop TERM
}

@test "a card at fault: suspend" {
	faulty suspend
	eventually zone a .lost
	fault 'the card'
	zone c '.lost | not'
	card_well "$cards/mot" suspend
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
	no_fault
	run_stop TERM
}

@test "a card at fault: eagain" {
	faulty eagain
	eventually zone a .lost
	fault 'the card stands still'
	zone c '.lost | not'
	card_well "$cards/mot" eagain
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
	no_fault
	run_stop TERM
}
