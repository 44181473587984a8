# Outputs and zones: several cards in one controller, zones of which each goes its own way, amplifiers.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	cards=$BATS_TEST_TMPDIR/cards
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	. "$BATS_TEST_DIRNAME/../card/card.bash"
	. "$BATS_TEST_DIRNAME/outputs.bash"
	cards_plug "$cards" mot 'hai=channels 1'
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
	live status --json | jq -e ".faults | any(.text | contains(\"$1\"))" >/dev/null
}

no_fault() {
	live status --json | jq -e '.faults == []' >/dev/null
}

# ampli LINES: a switch that notes "NANOSECONDS on|off" in $switched, after these lines of shell; its key in $key.
ampli() {
	switched=$BATS_TEST_TMPDIR/switched key="key = \"command:$BATS_TEST_TMPDIR/ampli\""
	printf '#!/bin/sh\n%s\necho "$(date +%%s%%N) $1" >>%s\n' "${1:-}" "$switched" >"$BATS_TEST_TMPDIR/ampli"
	chmod +x "$BATS_TEST_TMPDIR/ampli"
}

switched_last() {
	[ "$(tail -1 "$switched" | cut -d' ' -f2)" = "$1" ]
}

# ns INSTANT: RFC 3339 as nanoseconds
ns() {
	date -d "$1" +%s%N
}

# chime_before FRAME: the second of card "mot" before that frame of its tape is the chime, at its level, without a gap.
chime_before() {
	local tenth
	for tenth in {1..10}; do
		sox -t raw -r 48000 -e signed -b 16 -c 2 "$cards/mot/tape" -n remix 1 trim "$(($1 - tenth * 4800))s" 4800s stat 2>&1 |
			awk '/RMS.*amplitude/ { quiet = $3 < 0.02 || $3 > 0.4 } END { exit quiet }' || return 1
	done
}

@test "an emergency on a cold amplifier: on at once, the chime first, not a word lost" {
	ampli
	extra="$key   warm-up = \"1s\"" outputs_station
	run_start
	eventually switched_last off
	live emergency gap-a </dev/null
	eventually verdict '.bulletin == "bao" and .state == "aired" and .frames_played == .frames_total and .segments[0][0] == 0'
	read -r clip first end tape at < <(heard_on mot 1)
	[ "$clip $first $end" = "bao 0 72000" ]
	chime_before "$tape"
	sox -t raw -r 48000 -e signed -b 16 -c 2 "$cards/mot/tape" "$BATS_TEST_TMPDIR/b.wav" remix 2
	[ "$(sox "$BATS_TEST_TMPDIR/b.wav" -n stat 2>&1 | awk '/Maximum amplitude/ { print $3 }')" = 0.000000 ]
	switched_last on
	# What the log calls its start is its own first frame, after the warm-up.
	local on started
	on=$(awk '$2 == "on" { print $1 }' "$switched")
	started=$(ns "$(log_of 'select(.bulletin == "bao") | .started' | tr -d '"')")
	[ $((started - on)) -ge 900000000 ]
	run_stop TERM
	switched_last off
}

@test "an emergency on a closed output without key: the chime as well; on an open one none" {
	extra='warm-up = "1s"' long=6000 outputs_station
	run_start
	eventually grep -q ^stop "$cards/mot/log" # it was opened at the start, to know whether it is there
	live emergency gap-a </dev/null
	eventually verdict '.bulletin == "bao" and .state == "aired"'
	# The other zone keeps the output open; this one has been silent for a second of that.
	live play dai --zones b --by Lan
	eventually sh -c "'$loaxa' status --state '$state' --json | jq -e '.zones[] | select(.zone == \"b\") | .on_air.position_ms > 1200'"
	live emergency gap-a </dev/null
	eventually eval "[ \"\$(log_of 'select(.bulletin == \"bao\" and .state == \"aired\")' | wc -l)\" -eq 2 ]"
	run_stop TERM
	local clip first end tape again rest
	read -r clip first end tape rest < <(heard_on mot 1)
	[ "$clip $first $end" = "bao 0 72000" ]
	chime_before "$tape"
	again=$(heard_on mot 1 | awk 'NR == 2 { print $4 }')
	! chime_before "$again" || false
}

@test "a planned airing and one by hand begin when the amplifier is warm, without a chime" {
	ampli
	extra="$key   warm-up = \"2s\"" outputs_station
	local at
	at=$(local_time '+12 seconds' +%H:%M:%S)
	echo "repeat \"nhip\" { play = { \"ngan\" }   at = { \"$at\" }   zones = { \"a\" } }" >>"$station/station.conf"
	run_start
	live play dai --zones b --by Lan
	eventually verdict '.bulletin == "dai" and .state == "aired"'
	eventually verdict '.bulletin == "ngan" and .state == "aired"'
	[ "$(awk '$2 == "on"' "$switched" | wc -l)" -eq 1 ] # the second follows within the time it stays on
	local on bulletin
	on=$(awk '$2 == "on" { print $1 }' "$switched")
	for bulletin in dai ngan; do
		[ $(($(ns "$(log_of "select(.bulletin == \"$bulletin\") | .started" | tr -d '"')") - on)) -ge 1900000000 ]
	done
	verdict '.bulletin == "ngan" and .lateness_ms < 1000'
	# nothing but the items is on the tape
	[ "$(heard_on mot 1 | wc -l)" -eq 1 ] && [ "$(heard_on mot 2 | wc -l)" -eq 1 ]
	run_stop TERM
	switched_last off
}

@test "an amplifier that cannot be switched is a fault, and the airing goes on" {
	ampli '[ $1 = off ] || [ -e '"$BATS_TEST_TMPDIR"'/well ] || exit 7'
	extra="$key" outputs_station
	run_start
	live play ngan --zones a --by Lan
	eventually fault 'THE AMPLIFIER of output \"mot\" could not be switched on: '
	fault 'ended with code 7'
	eventually verdict '.bulletin == "ngan" and .state == "aired"'
	touch "$BATS_TEST_TMPDIR/well"
	eventually no_fault
	switched_last on
	run_stop TERM
	sqlite3 -readonly "$state/journal.db" "SELECT body FROM row WHERE kind = 'fault'" | grep -F amplifier:mot | wc -l | grep -x 2
}

@test "a reload may take an amplifier away and give another" {
	ampli
	extra="$key" outputs_station
	run_start
	eventually switched_last off
	live emergency gap-a </dev/null
	eventually switched_last on
	sed -i 's/key = "[^"]*"//' "$station/station.conf"
	live reload "$station" --store "$store"
	eventually switched_last off
	sed -i "s|channels = 2 |channels = 2   $key |" "$station/station.conf"
	live reload "$station" --store "$store"
	live emergency gap-a </dev/null
	eventually switched_last on
	run_stop TERM
	switched_last off
}

@test "stopped while the chime is heard: nothing of the item was" {
	ampli
	extra="$key   warm-up = \"5s\"" outputs_station
	run_start
	live emergency gap-a </dev/null
	eventually zone a '.on_air.bulletin == "bao"'
	live stop a --by Lan
	eventually verdict '.bulletin == "bao" and .reason == "operator" and .frames_played == 0 and .segments == []'
	[ -z "$(heard_on mot 1)" ]
	run_stop TERM
}

@test "zones of one card begin on one frame, by hand and by plan" {
	outputs_station
	local at
	at=$(local_time '+8 seconds' +%H:%M:%S)
	echo "repeat \"nhip\" { play = { \"ngan\" }   at = { \"$at\" } }" >>"$station/station.conf"
	run_start
	eventually verdict '.bulletin == "ngan" and .zone == "b" and .state == "aired"'
	live play bao --by Lan
	eventually verdict '.bulletin == "bao" and .zone == "b" and .state == "aired"'
	live emergency gap </dev/null
	eventually verdict '.kind == "emergency" and .zone == "b" and .state == "aired"'
	run_stop TERM
	[ "$(heard_on mot 1)" = "$(heard_on mot 2)" ]
	[ "$(heard_on mot 1 | cut -d' ' -f1-3 | tr '\n' ' ')" = "ngan 0 72000 bao 0 72000 bao 0 72000 " ]
	[ "$(heard_on hai 1 | wc -l)" -eq 3 ]
}

@test "one zone softer, held, stopped, in an emergency: the others never notice" {
	outputs_station
	run_start
	live play dai --by Lan
	eventually zone b '.on_air.position_ms > 300'
	live volume a 50
	live status | grep -F 'VOLUME 50% until the next start; the schedule says 100%'
	zone a '.volume == 50 and .on_air.volume == 50'
	live hold c --by Lan
	live emergency gap-a </dev/null
	eventually verdict '.kind == "emergency" and .state == "aired"'
	eventually verdict '.bulletin == "dai" and .zone == "b" and .state == "aired"'
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired"'
	verdict '.bulletin == "dai" and .zone == "c" and .state == "partial" and .reason == "held"'
	run_stop TERM
	# b: whole, in one piece.  a: cut, and gone on with at that very frame.  c: cut.
	[ "$(heard_on mot 2 | cut -d' ' -f1-3)" = "dai 0 144000" ]
	[ "$(heard_on mot 1 | cut -d' ' -f1 | uniq | tr '\n' ' ')" = "dai bao dai " ]
	local cut
	cut=$(log_of 'select(.bulletin == "dai" and .zone == "a") | .segments | select(length == 2 and .[0][1] == .[1][0]) | .[0][1]')
	[ "$(heard_on mot 1 | tail -1 | cut -d' ' -f2,3)" = "$cut 144000" ]
	[ "$(heard_on hai 1 | wc -l)" -eq 1 ]
	# The figure is squared: half of it is a quarter of the amplitude.
	local loud soft
	loud=$(sox -t raw -r 48000 -e signed -b 16 -c 2 "$cards/mot/tape" -n remix 2 stat 2>&1 | awk '/Maximum amplitude/ { print $3 }')
	soft=$(sox "|sox -t raw -r 48000 -e signed -b 16 -c 2 $cards/mot/tape -p remix 1" -n reverse trim 0 1 stat 2>&1 |
		awk '/Maximum amplitude/ { print $3 }')
	awk -v a="$loud" -v b="$soft" 'BEGIN { exit !(b > 0.2 * a && b < 0.3 * a) }'
}

@test "an output that is not there disturbs no other, and is said in words" {
	card_fault "$cards/hai" gone
	outputs_station
	run_start
	eventually fault 'NO SOUND since'
	fault 'device \"hai\" is gone'
	zone c .lost
	zone a '.lost | not'
	live play ngan --by Lan
	eventually verdict '.bulletin == "ngan" and .zone == "a" and .state == "aired"'
	eventually verdict '.bulletin == "ngan" and .zone == "b" and .state == "aired"'
	zone c '.waiting[0] | .bulletin == "ngan" and .why == "device-lost"'
	card_well "$cards/hai" gone
	eventually verdict '.bulletin == "ngan" and .zone == "c" and .state == "aired"'
	no_fault
	[ "$(heard_on mot 1 | cut -d' ' -f1-3)" = "ngan 0 72000" ]
	[ "$(heard_on hai 1 | cut -d' ' -f1-3)" = "ngan 0 72000" ]
	run_stop TERM
}
