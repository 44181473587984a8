# loaxa listen: on the monitor, and nowhere else.  Monitor and village are files here: what they hold was heard.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	village=$BATS_TEST_TMPDIR/village.wav ears=$BATS_TEST_TMPDIR/ears.wav
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	sox -q -n -r 48000 -b 16 "$station/lau.wav" synth 60 sine 330 vol 0.5
	cat >>"$station/station.conf" <<-CONF
		bulletin "lau" { title = "Tiếng lâu"   audio = { "lau.wav" } }
		bulletin "vov" { title = "VOV"   class = "relay"   relay { source = "alsa:hw:1"   duration = "1m" } }
	CONF
	sed -i "s|sink = \"dry-run\"|sink = \"file:$village\"|" "$station/station.conf"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
	[ -z "${listener:-}" ] || kill -9 "$listener" 2>/dev/null || true
}

add_monitor() {
	echo "output \"tai-nghe\" { sink = \"file:$ears\"   channels = 2   monitor = yes }" >>"$station/station.conf"
}

listen() {
	run --separate-stderr "$loaxa" listen "$@" "$station" --state "$state" --store "$store"
}

# level FILE CHANNEL: its root mean square there, in thousandths
level() {
	sox "$1" -n remix "$2" stat 2>&1 | awk '/RMS.*amplitude/ {print int($3 * 1000)}'
}

seconds() {
	soxi -D "$1"
}

@test "a bulletin is heard whole on both ears of the monitor" {
	add_monitor
	listen ngan
	[ "$status" -eq 0 ]
	[[ $output == *'Listening to "Tiếng ngắn" (0:00) on file:'*"Heard whole"* ]]
	[ "$(level "$ears" 1)" -gt 10 ]
	[ "$(level "$ears" 2)" -gt 10 ]
	[ ! -e "$village" ]
}

@test "any recording can be heard, without a station's bulletin" {
	add_monitor
	sox -q -n -r 22050 -b 16 "$BATS_TEST_TMPDIR/moi.wav" synth 0.5 sine 440 vol 0.5
	listen "$BATS_TEST_TMPDIR/moi.wav"
	[ "$status" -eq 0 ]
	[ "$(level "$ears" 1)" -gt 10 ]
	listen "$station/station.conf"
	[ "$status" -eq 1 ]
	[[ $stderr == *"cannot be played"* ]]
}

@test "Ctrl-C ends it, and it says how much was heard" {
	add_monitor
	"$loaxa" check "$station" --store "$store" >/dev/null
	"$loaxa" listen lau "$station" --state "$state" --store "$store" >"$BATS_TEST_TMPDIR/out" 2>&1 3>&- &
	listener=$!
	eventually grep -q Listening "$BATS_TEST_TMPDIR/out"
	kill -TERM "$listener"
	wait "$listener"
	listener=
	grep -F 'Ended after 0:0' "$BATS_TEST_TMPDIR/out"
	grep -F '/1:00' "$BATS_TEST_TMPDIR/out"
}

@test "a running controller never opens the monitor, and its village hears nothing of it" {
	add_monitor
	run_start
	"$loaxa" hold all --state "$state"
	rm -f "$ears"
	listen dai
	[ "$status" -eq 0 ]
	[ "$(level "$ears" 1)" -gt 10 ]
	! "$loaxa" log --state "$state" --json | grep -F '"bulletin":"dai"' || false
	"$loaxa" status --state "$state" --json | jq -e '.faults == []'
	rm -f "$ears"
	"$loaxa" release all --state "$state"
	aired() { "$loaxa" log --state "$state" --json | jq -e -s 'any(.[]; .state == "aired")' >/dev/null; }
	eventually aired
	run_stop TERM
	[ ! -e "$ears" ]
	[ "$(level "$village" 1)" -gt 0 ]
}

@test "without a monitor it is refused; on a device of the village's too" {
	listen ngan
	[ "$status" -eq 1 ]
	[[ $stderr == *"has no monitor"*"--sink ao:pulse"* ]]
	run --separate-stderr "$loaxa" listen ngan "$station" --store "$store" --state "$state" --sink "file:$village"
	[ "$status" -eq 1 ]
	[[ $stderr == *'is output "ra" of the station'* ]]
	[ ! -e "$village" ]
	run --separate-stderr "$loaxa" listen ngan "$station" --store "$store" --state "$state" --sink "file:$ears"
	[ "$status" -eq 0 ]
	[ "$(level "$ears" 2)" -gt 10 ]
}

@test "what cannot be heard is refused in words" {
	add_monitor
	listen vov
	[ "$status" -eq 1 ]
	[[ $stderr == *"relay"*"alsa:hw:1"* ]]
	listen nothing
	[ "$status" -eq 1 ]
	[[ $stderr == *"neither a bulletin"* ]]
	rm "$station/dai.wav"
	listen dai
	[ "$status" -eq 1 ]
	[[ $stderr == *'"dai.wav" is not in'* ]]
	run "$loaxa" listen
	[ "$status" -eq 2 ]
	run "$loaxa" listen a b c
	[ "$status" -eq 2 ]
	run --separate-stderr "$loaxa" listen ngan "$station" --state "$state" --store "$store" --sink pulse
	[ "$status" -eq 1 ]
	[[ $stderr == *'there is no sink "pulse"'* ]]
}
