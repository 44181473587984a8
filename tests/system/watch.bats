# What is measured on the way to the card, and the service manager's watchdog.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	plugin=$(realpath "${BUILD:-build}/tests/card/paced.so")
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	sed -i '/^repeat/,/^}/d' "$station/station.conf"
	card=$BATS_TEST_TMPDIR/card
	mkdir "$card"
	export ALSA_CONFIG_PATH=$BATS_TEST_TMPDIR/asound.conf
	cat >"$ALSA_CONFIG_PATH" <<-CONF
		pcm_type.loaxa { lib "$plugin" }
		pcm.card { type loaxa dir "$card" speed 1 rate 48000 channels 2 }
	CONF
}

teardown() {
	[ -z "${manager:-}" ] || kill "$manager" 2>/dev/null || true
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

live() {
	"$loaxa" "$@" --state "$state"
}

# hollow NAME SECONDS: a recording with that much silence in its middle
hollow() {
	sox -q -n -r 48000 -b 16 "$station/$1.wav" synth 0.3 sine 440 vol 0.5 pad 0 "$2"
	sox -q -n -r 48000 -b 16 "$station/$1-2.wav" synth 0.5 sine 440 vol 0.5
	echo "bulletin \"$1\" { title = \"Rỗng $1\"   audio = { \"$1.wav\", \"$1-2.wav\" } }" >>"$station/station.conf"
}

silent() {
	live status --json | jq -e '.faults | any(.text | contains("SILENCE ON AIR in Cụm A:"))' >/dev/null
}

well() {
	live status --json | jq -e '.faults | any(.text | contains("SILENCE ON AIR")) | not' >/dev/null
}

@test "silence while something is on air is a fault; a pause is none" {
	hollow lau 12
	hollow ngat 4
	run_start
	live play lau --zones a
	live play ngat --zones b
	eventually silent
	live status --json | jq -e '.zones[0].on_air.bulletin == "lau" and .zones[0].on_air.position_ms < 6000'
	eventually well
	live log --events --json | jq -e -s '[.[] | select(.kind == "fault" and .body.source == "silence") |
		.body.text != null] == [true, false]'
	run_stop TERM
}

@test "silence that the station wants is none: nothing on air, a quiet volume" {
	sox -q -n -r 48000 -b 16 "$station/nho.wav" synth 7 sine 440 vol 0.5
	echo 'bulletin "nho" { title = "Nhỏ"   audio = { "nho.wav" } }' >>"$station/station.conf"
	sed -i 's/^zone "a" {/& volume = 3 /' "$station/station.conf"
	run_start
	live play nho --zones a
	aired() { live log --json | jq -e -s 'any(.[]; .state == "aired")' >/dev/null; }
	eventually aired
	! live log --events --json | grep -F '"source":"silence"' || false
	run_stop TERM
}

said() {
	grep -c "^$1" "$BATS_TEST_TMPDIR/manager.out"
}

at_least() {
	[ "$(said "$1")" -ge "$2" ]
}

@test "the watchdog follows what is heard: a card that hangs ends the program, and its next start airs on" {
	sox -q -n -r 48000 -b 16 "$station/lau.wav" synth 10 sine 330 vol 0.5
	echo 'bulletin "lau" { title = "Tiếng lâu"   audio = { "lau.wav" } }' >>"$station/station.conf"
	sed -i 's|sink = "[^"]*"|sink = "alsa:card"|' "$station/station.conf"
	"${BUILD:-build}/tests/system/manager" 2000 "$loaxa" run "$station" --state "$state" --store "$store" \
		>"$BATS_TEST_TMPDIR/manager.out" 2>"$BATS_TEST_TMPDIR/run.out" 3>&- &
	manager=$!
	eventually at_least ready 1
	# closed and idle: it is well
	eventually at_least alive 3
	live play lau --zones a
	on_air() { live status --json | jq -e '.zones[0].on_air.position_ms > 500' >/dev/null; }
	eventually on_air
	touch "$card/hang"
	eventually at_least hang 1
	# the loop was well all the time, it only had nothing to say for the card
	rm "$card/hang"
	eventually at_least ready 2
	aired() { live log --json | jq -e -s 'any(.[]; .bulletin == "lau" and .state == "aired" and
		.frames_played == .frames_total)' >/dev/null; }
	eventually aired
	[ "$(said hang)" -eq 1 ]
	kill "$manager"
	wait "$manager" || true
	manager=
	grep -F 'ended 0' "$BATS_TEST_TMPDIR/manager.out"
}

@test "a new schedule may take as long as it takes" {
	"${BUILD:-build}/tests/system/manager" 2000 "$loaxa" run "$station" --state "$state" --store "$store" \
		>"$BATS_TEST_TMPDIR/manager.out" 2>"$BATS_TEST_TMPDIR/run.out" 3>&- &
	manager=$!
	eventually at_least ready 1
	live reload "$station" --store "$store" --yes
	eventually at_least 'allow 2000' 1
	[ "$(grep '^allow' "$BATS_TEST_TMPDIR/manager.out" | paste -sd' ')" = "allow 60000 allow 2000" ]
	kill "$manager"
	wait "$manager" || true
	manager=
}
