# Relays of a running controller: on the air to the frame, silent, lost, back, and nothing left behind.

bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	place=$(mktemp -d /tmp/loaxa-run-relay.XXXXXX) # as root, nobody fetches: not from the test's own folder
	chmod 755 "$place"
	state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store station=$place/station
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	. "$BATS_TEST_DIRNAME/../card/card.bash"
	mkdir -p "$station"
	sox -q -n -r 16000 -c 1 -b 16 "$place/tone.wav" synth 120 sine 440 vol 0.5
	sox -q -n -r 16000 -c 1 -b 16 "$station/thay.wav" synth 2 sine 330 vol 0.5
	chmod -R a+rX "$place"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
	[ -z "${manager:-}" ] || kill "$manager" 2>/dev/null || true
	rm -rf "$place"
}

# relay_station SINK SOURCE DURATION SECONDS-AHEAD [MORE]
relay_station() {
	cat >"$station/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		output "ra" { sink = "$1"   rate = 16000   channels = 1 }
		zone "a" { name = "Cụm A"   output = "ra" }
		guard "xa" { from = "$(local_time '+12 hours' +%H:%M)"   to = "$(local_time '+721 minutes' +%H:%M)"   action = "refuse" }
		bulletin "thay" { title = "Phát thay"   audio = { "thay.wav" } }
		bulletin "vov" { title = "Tiếp âm"   class = "relay"   hard-start = yes
			relay { source = "$2"   duration = "$3"   ${5:-} } }
		repeat "x" { play = { "vov" }   at = { "$(local_time "+$4 seconds" +%H:%M:%S)" }
			from = "$(local_time '-1 day' +%F)"   until = "$(local_time '+1 day' +%F)" }
	CONF
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

rows() {
	sqlite3 -readonly "$state/journal.db" "SELECT body FROM row WHERE kind = '$1' ORDER BY seq"
}

fetchers() {
	pgrep -P "$controller" -x loaxa-relay
}

need_ffmpeg() {
	command -v ffmpeg >/dev/null || skip "no ffmpeg here"
}

@test "an address airs from its planned instant to its end, without a gap" {
	need_ffmpeg
	relay_station "file:$place/heard.wav" "file://$place/tone.wav" 3s 8
	run_start
	eventually status '.relays[0].bulletin == "vov"'
	eventually verdict '.bulletin == "vov" and .state == "aired" and .frames_played == 48000'
	run_stop
	[ "$ended" -eq 0 ]
	[[ $(rows relay) == *'"what":"connected"'* ]]
	# the tone is 3 s long, to the frame, wherever it begins
	sox "$place/heard.wav" -t s16 - | od -An -v -t d2 -w2 | awk '
		$1 != 0 { if (!first) first = NR; last = NR }
		$1 == 0 { if (++zero > run) run = zero; next } { zero = 0 }
		END { exit !(last - first >= 47990 && last - first < 48000) }'
}

@test "a controller without a network: a service manager fetches, and stops when the relay ends" {
	need_ffmpeg
	command -v systemd-socket-activate >/dev/null || skip "no systemd here"
	relay_station "file:$place/heard.wav" "file://$place/tone.wav" 2s 6
	systemd-socket-activate --seqpacket --accept --inetd -l "$place/relay.sock" -E PATH \
		"$(realpath "${BUILD:-build}/loaxa-relay")" --fd 0 - 2>"$place/manager.log" 3>&- &
	manager=$!
	eventually test -S "$place/relay.sock"
	export LOAXA_RELAY_SOCKET=$place/relay.sock
	run_start
	eventually verdict '.bulletin == "vov" and .state == "aired" and .frames_played == 32000'
	! fetchers || false
	run_stop
	nobody() { ! pgrep -P "$manager" -r D,R,S,T -x loaxa-relay >/dev/null; }
	eventually nobody
	kill "$manager"
	wait "$manager" || true
	manager=
	sox "$place/heard.wav" -n stat 2>&1 | awk '/Maximum amplitude/ { exit !($3 > 0.1) }'
}

@test "a service manager that does not fetch: the relay fails in words, the station goes on" {
	relay_station "file:$place/heard.wav" "http://127.0.0.1:9/x" 2s 3
	export LOAXA_RELAY_SOCKET=$place/nowhere.sock
	run_start
	eventually status '.relays[0].why // "" | contains("loaxa-relay.socket")'
	run_stop
}

@test "a silent source leaves the air to another bulletin, and is joined when it is back" {
	cards_plug "$place/cards" "line=channels 1 rate 16000 line_loop yes"
	sox -q "$place/tone.wav" -t s16 "$place/cards/line/line"
	relay_station "file:$place/heard.wav" "alsa:line" 60s 6 'silence = "5s"   instead = "thay"'
	run_start
	eventually status '.zones[0].on_air.bulletin == "vov"'
	card_fault "$place/cards/line" mute
	eventually verdict '.bulletin == "thay" and .state == "aired" and .operator == "relay vov" and .kind == "manual"'
	status '.faults | any(.text | startswith("RELAY SILENT since"))'
	status '.zones[0].waiting[0].bulletin == "vov"'
	card_well "$place/cards/line" mute
	eventually status '.zones[0].on_air.bulletin == "vov"'
	eventually status '.faults | all(.text | startswith("RELAY SILENT") | not)'
	live stop a
	eventually verdict '.bulletin == "vov" and .state == "partial" and (.segments | length) == 2'
}

@test "a line that is pulled is opened again" {
	cards_plug "$place/cards" "line=channels 2 rate 16000 line_loop yes"
	sox -q "$place/tone.wav" -c 2 -t s16 "$place/cards/line/line"
	relay_station "file:$place/heard.wav" "alsa:line" 60s 6
	run_start
	eventually status '.zones[0].on_air.bulletin == "vov"'
	eventually status '.relays[0].state == "on"'
	card_fault "$place/cards/line" gone
	eventually status '.relays[0].state == "lost"'
	card_well "$place/cards/line" gone
	eventually status '.relays[0].state == "on"'
	[[ $(rows relay | jq -rs 'map(.what) | join(" ")') == "connected lost connected" ]]
}

@test "with hard-start it cuts what is on air at its instant, and that goes on after it" {
	cards_plug "$place/cards" "line=channels 1 rate 16000 line_loop yes"
	sox -q "$place/tone.wav" -t s16 "$place/cards/line/line"
	sox -q -n -r 16000 -c 1 -b 16 "$station/thay.wav" synth 9 sine 330 vol 0.5
	relay_station "file:$place/heard.wav" "alsa:line" 3s 10
	cat >>"$station/station.conf" <<-CONF
		repeat "y" { play = { "thay" }   at = { "$(local_time "+5 seconds" +%H:%M:%S)" }
			from = "$(local_time '-1 day' +%F)"   until = "$(local_time '+1 day' +%F)" }
	CONF
	run_start
	eventually verdict '.bulletin == "thay" and .state == "aired" and (.segments | length) == 2'
	verdict '.bulletin == "vov" and .state == "aired" and .frames_played == 48000'
	# the one ends where the other begins: at its planned second
	live log --json | jq -es 'map(select(.bulletin == "vov"))[0] as $v | $v.started[0:19] == $v.planned[0:19]'
}

@test "a source that is never there fails, and the log says so" {
	relay_station "file:$place/heard.wav" "https://127.0.0.1:1/live" 8s 6 'silence = "5s"'
	run_start
	eventually verdict '.bulletin == "vov" and .state == "failed" and .reason == "device-lost" and .frames_played == 0'
	[[ $(rows fault) == *"cannot be fetched"* ]]
}

@test "killed, nothing of a relay is left; a killed ffmpeg is started again" {
	need_ffmpeg
	relay_station "file:$place/heard.wav" "file://$place/tone.wav" 120s 6
	run_start
	eventually status '.relays[0].state == "on"'
	fetcher=$(fetchers)
	first=$(pgrep -P "$fetcher" -x ffmpeg)
	kill -9 "$first"
	another() { second=$(pgrep -P "$fetcher" -x ffmpeg) && [ "$second" != "$first" ]; }
	eventually another
	run_stop KILL
	gone() { ! kill -0 "$1" 2>/dev/null || grep -q '^State:.Z' "/proc/$1/status"; }
	eventually gone "$fetcher"
	eventually gone "$second"
}
