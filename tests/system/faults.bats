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
	[ -z "${server:-}" ] || kill -9 "$server" "$recorder" 2>/dev/null || true
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
	live status --json | jq -c .faults
	live status --json | jq -e '.faults == []' >/dev/null
}

# account ZONE CARD CHANNEL: what the log says was heard of "dai" there is on the tape, frame by frame and in order, and
# from one segment to the next no frame is left out.
account() {
	local first end from=0
	while read -r first end; do
		[ "$first" -eq "$from" ] || return 1
		# What the card still played after it was last asked may be more than the log claims, never less.  Silence before
		# a segment may by chance be the same as the clip's own frame there, four or, by more chance, eight before.
		heard_on "$2" "$3" | awk -v first="$first" -v end="$end" '
			$2 <= first && $2 >= first - 8 && $3 >= end { found = 1 } END { exit !found }' || return 1
		from=$end
	done < <(log_of "select(.bulletin == \"dai\" and .zone == \"$1\") | .segments[] | \"\(.[0]) \(.[1])\"" | tr -d '"')
	[ "$from" -eq 144000 ]
}

# faulty FAULT [NUMBER]: an item is on air, then the card has that fault; it is noticed and said; then it is well again,
# and the item goes on.
faulty() {
	cards_plug "$cards" mot 'hai=channels 1'
	outputs_station
	run_start
	live play dai --zones a,c --by Lan
	eventually zone a '.on_air.position_ms > 400'
	card_fault "$cards/mot" "$@"
}

@test "a card pulled and put back: said, and the item goes on where it was heard last" {
	local n
	for n in $(seq "${LOAXA_PULLS:-2}"); do
		rm -rf "$cards" "$state" "$station"
		faulty gone
		eventually zone a .lost
		fault 'NO SOUND since'
		live status | grep -E 'waits: .* Tiếng dài — .*, heard 00:0[0-9] of 00:03'
		grep -E '‖ a: Tiếng dài — .*, heard [0-9.]+ of 3.0 s' "$BATS_TEST_TMPDIR/run.out"
		zone c '.lost | not'
		card_well "$cards/mot" gone
		eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
		eventually verdict '.bulletin == "dai" and .zone == "c" and .state == "aired" and (.segments | length) == 1'
		no_fault
		run_stop TERM
		verdict '.zone == "a" and (.segments | length) == 2'
		account a mot 1 || { log_of .segments; heard_on mot 1; false; }
		[ "$(heard_on hai 1 | cut -d' ' -f1-3)" = "dai 0 144000" ]
	done
}

@test "a card that stays away: failed or partial in time, with the frames that were heard" {
	cards_plug "$cards" mot 'hai=channels 1'
	outputs_station
	sed -i 's/bulletin "dai" {/bulletin "dai" { resume-within = "2s"/' "$station/station.conf"
	echo "repeat \"nhip\" { play = { \"dai\" }   at = { \"$(local_time '+6 seconds' +%H:%M:%S)\" }   zones = { \"a\" }   max-late = \"3s\" }" \
		>>"$station/station.conf"
	run_start
	eventually zone a '.on_air.position_ms > 400'
	card_fault "$cards/mot" gone
	eventually verdict '.bulletin == "dai" and .state == "partial" and .reason == "device-lost"
		and .frames_played > 12000 and .frames_played < 144000'
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
	[ "$(heard_on mot 1 | awk '{ n += $3 - $2 } END { print n }')" -ge 144000 ]
}

@test "cards that stand still, take nothing, fall over: each is said, none disturbs another, all go on" {
	local faults='stall ebadfd suspend eagain' f
	cards_plug "$cards" mot 'hai=channels 1' {stall,ebadfd,suspend,eagain}='channels 1'
	outputs_station
	for f in $faults; do
		printf 'output "%s" { sink = "alsa:%s"   channels = 1 }\nzone "%s" { output = "%s" }\n' "$f" "$f" "$f" "$f"
	done >>"$station/station.conf"
	run_start
	live play dai --by Lan
	for f in $faults; do eventually zone "$f" '.on_air.position_ms > 400'; done
	for f in $faults; do card_fault "$cards/$f" "$f"; done
	for f in $faults; do eventually zone "$f" .lost; done
	for f in $faults; do eventually fault "device \\\"$f\\\" is gone"; done
	zone c '.lost | not'
	for f in $faults; do card_well "$cards/$f" "$f"; done
	for f in $faults; do
		eventually verdict ".bulletin == \"dai\" and .zone == \"$f\" and .state == \"aired\" and .frames_played == .frames_total"
	done
	eventually verdict '.bulletin == "dai" and .zone == "c" and .state == "aired" and (.segments | length) == 1'
	no_fault
	run_stop TERM
	for f in $faults; do account "$f" "$f" 1; done
}

@test "a card that has not the rate it is to have is refused in words, and another goes on" {
	cards_plug "$cards" 'mot=channels 2 rate 44100' 'hai=channels 1'
	outputs_station
	run_start
	eventually fault 'does not run at 48000 Hz'
	fault 'NO SOUND since'
	live play dai --zones c --by Lan
	eventually zone c '.on_air.position_ms > 400'
	run_stop TERM
}

@test "a card that does not keep its rate is said to, and goes on playing" {
	cards_plug "$cards" 'mot=channels 2 lie_rate 44100' 'hai=channels 1'
	long=6000 outputs_station
	run_start
	live play dai --zones a --by Lan
	eventually fault 'the card says 48000 Hz and runs at 44'
	eventually verdict '.bulletin == "dai" and .state == "aired" and .frames_played == .frames_total'
	run_stop TERM
	[ "$(heard_on mot 1 | cut -d' ' -f1-3)" = "dai 0 288000" ]
}

@test "a card that takes little at a time and cannot go back: nothing is lost, an emergency cuts in all the same" {
	cards_plug "$cards" 'mot=channels 2 norewind yes' 'hai=channels 1'
	mkdir -p "$cards/mot" && card_fault "$cards/mot" short 100
	outputs_station
	run_start
	live play dai --zones a,b --by Lan
	eventually zone a '.on_air.position_ms > 400'
	live emergency gap-a </dev/null
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
	eventually verdict '.bulletin == "dai" and .zone == "b" and .state == "aired" and .frames_played == .frames_total'
	run_stop TERM
	account a mot 1
	# What such a card plays between being asked how far it is and being emptied is heard again, mostly not even a frame;
	# nothing is left out.
	heard_on mot 2 | awk '$1 != "dai" || $2 > end || $2 < end - 480 { exit bad = 1 } { end = $3 } END { exit bad || end != 144000 }' ||
		{ heard_on mot 2; false; }
	[ "$(heard_on mot 1 | awk '$1 == "bao" { print $3 }')" = 72000 ]
}

# A sound server of one's own, with a sink that nobody hears and a recorder on it (without one it takes sound in lumps).
server_up() {
	export PULSE_SERVER=unix:$BATS_TEST_TMPDIR/pulse.sock XDG_RUNTIME_DIR=$BATS_TEST_TMPDIR HOME=$BATS_TEST_TMPDIR
	pulseaudio -n --daemonize=no --exit-idle-time=-1 --use-pid-file=no --realtime=no --high-priority=no --disable-shm=yes \
		-L "module-native-protocol-unix socket=$BATS_TEST_TMPDIR/pulse.sock auth-anonymous=1" \
		-L "module-null-sink sink_name=loa rate=48000 channels=1" >"$BATS_TEST_TMPDIR/pulse.log" 2>&1 3>&- &
	server=$!
	eventually pactl info >/dev/null 2>&1
	parec --raw --device=loa.monitor --format=s16le --rate=48000 --channels=1 --latency-msec=20 \
		>>"$BATS_TEST_TMPDIR/monitor" 2>/dev/null 3>&- &
	recorder=$!
}

server_down() {
	{ kill -9 "$server"; wait "$server" "$recorder" || true; } 2>/dev/null
	server=
}

@test "a sound server that is restarted: said, and the item goes on" {
	command -v pulseaudio parec pactl >/dev/null || skip "pulseaudio is not installed here"
	outputs_station
	sed -i 's/alsa:mot/ao:pulse/; s/alsa:hai/dry-run/; s/channels = 2 /channels = 1 /; /zone "b"/d' "$station/station.conf"
	server_up
	run_start
	live play dai --zones a --by Lan
	eventually zone a '.on_air.position_ms > 400'
	server_down
	eventually zone a .lost
	fault 'NO SOUND since'
	eventually fault 'libao'
	server_up
	eventually verdict '.bulletin == "dai" and .zone == "a" and .state == "aired" and .frames_played == .frames_total'
	verdict '.bulletin == "dai" and (.segments | length) == 2 and .segments[0][1] == .segments[1][0]'
	no_fault
	run_stop TERM
	server_down
}
