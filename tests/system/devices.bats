# loaxa devices.  Cards are those of tests/card/paced.c: names of ALSA's configuration, which no control lists.
bats_require_minimum_version 1.5.0

setup() {
	loaxa=${BUILD:-build}/loaxa
	plugin=$(realpath "${BUILD:-build}/tests/card/paced.so")
	station=$BATS_TEST_TMPDIR/station state=$BATS_TEST_TMPDIR/state store=$BATS_FILE_TMPDIR/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	card=$BATS_TEST_TMPDIR/card
	mkdir "$card"
	export ALSA_CONFIG_PATH=$BATS_TEST_TMPDIR/asound.conf
	cat >"$ALSA_CONFIG_PATH" <<-CONF
		pcm_type.loaxa { lib "$plugin" }
		pcm.card { type loaxa dir "$card" speed 1 rate 48000 channels 2 }
	CONF
	sed -i 's|sink = "[^"]*"|sink = "alsa:card"|' "$station/station.conf"
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

devices() {
	run --separate-stderr "$loaxa" devices "$station" --state "$state" "$@"
	[ "$status" -eq 0 ]
}

listed() {
	jq -e -s "any(.[]; $1)" >/dev/null <<<"$output"
}

@test "the station's own outputs are listed, and whether they open" {
	devices --json
	listed '.kind == "output" and .output == "ra" and .sink == "alsa:card" and .opens == "yes" and .why == null'
	touch "$card/gone"
	devices --json
	listed '.kind == "output" and .output == "ra" and .opens == "no" and (.why | contains("card"))'
	devices
	[[ $output == *'ra: alsa:card, 48000 Hz, 2 channels — does not open: card "card"'* ]]
}

@test "what a running controller may need is not opened" {
	run_start
	touch "$card/gone"
	devices --json
	listed ".kind == \"output\" and .opens == null and .controller == $controller"
	devices
	[[ $output == *"belongs to the running controller (process $controller), not touched"* ]]
	run_stop TERM
}

@test "a relay's source is asked too" {
	cat >>"$station/station.conf" <<-CONF
		bulletin "vov" { title = "VOV"   class = "relay"   relay { source = "alsa:nowhere"   duration = "1m" } }
	CONF
	devices --json
	listed '.kind == "relay" and .bulletin == "vov" and .source == "alsa:nowhere" and .opens == "no"'
}

@test "drivers of libao are listed; without a card it says so and what to do" {
	devices --json
	listed '.kind == "driver" and .name == "null"'
	[ ! -d /proc/asound/card0 ] || skip "there is a card here"
	devices
	[[ $output == *"No sound card is there"*"dry-run"* ]]
}

@test "a schedule with errors does not hide the cards" {
	echo 'zone "x" { }' >>"$station/station.conf"
	devices --json
	[[ $stderr == *"loaxa check $station"* ]]
	listed '.kind == "driver"'
	run "$loaxa" devices a b
	[ "$status" -eq 2 ]
}
