# loaxa doctor: what it finds, what it says to do, its exit code.  Cards are those of tests/card/paced.c.
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
		pcm.nothing { type null }
		pcm.stuck { type file   slave.pcm nothing   file "$card/fifo"   format raw }
	CONF
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}

sink() {
	sed -i "s|sink = \"[^\"]*\"|sink = \"$1\"|" "$station/station.conf"
}

doctor() {
	run --separate-stderr "$loaxa" doctor "$station" --state "$state" --store "$store" "$@"
}

# found CHECK MARK [WORDS]: a line of the JSON says so
found() {
	jq -e -s --arg c "$1" --arg m "$2" --arg w "${3:-}" \
		'any(.[]; .check == $c and .mark == $m and (.fact | contains($w)))' >/dev/null <<<"$output"
}

@test "a card that opens is well, one that is gone needs a person" {
	sink alsa:card
	doctor --json
	[ "$status" -eq 0 ]
	found card ok 'Output ra opens'
	touch "$card/gone"
	doctor --json
	[ "$status" -eq 1 ]
	found card ill 'Output ra does not open'
	doctor
	[[ $output == *"✗ Output ra does not open"*"→ loaxa devices"*"1 thing needs a person"* ]]
}

@test "a card without the station's rate says which it would need" {
	sink alsa:card
	sed -i 's/rate = 48000/rate = 44100/' "$station/station.conf"
	doctor --json
	[ "$status" -eq 1 ]
	found card ill 'does not run at 44100 Hz'
}

@test "a card that never answers does not hold up the rest" {
	mkfifo "$card/fifo"
	sink alsa:stuck
	doctor --json
	[ "$status" -eq 1 ]
	found card ill 'does not answer'
	found programs ok 'loaxa-prepare'
	if "${BUILD:-build}/loaxa-prepare" --cage | jq -e '.seccomp and .landlock > 0' >/dev/null; then
		found cage ok 'in a cage: no network'
	else
		found cage hint 'with gaps'
	fi
}

@test "a schedule with errors, a zone nobody knows" {
	sed -i 's|Asia/Ho_Chi_Minh|Asia/Nowhere|' "$station/station.conf"
	doctor --json
	[ "$status" -eq 1 ]
	found schedule ill '1 error'
	found time-zone ill
	doctor
	[[ $output == *"→ loaxa check $station"* ]]
}

@test "a sink that is no card is a hint, not a fault" {
	doctor --json
	[ "$status" -eq 0 ]
	found card hint 'no sound card'
	found controller hint 'No controller runs'
	found clock ok || found clock hint
	found state ok 'Free space'
	found real-time ok || found real-time hint
}

@test "a running controller: its card is left alone, its faults are told" {
	sink alsa:card
	run_start
	doctor --json
	[ "$status" -eq 0 ]
	found card ok 'not touched'
	found controller ok "process $controller"
	touch "$card/gone"
	broken() { doctor --json; [ "$status" -eq 1 ] && found fault ill; }
	eventually broken
	run_stop TERM
	doctor --json
	[ "$status" -eq 1 ]
	found controller ill 'No controller runs'
	found power ok
}

@test "an end without a word is told: of its own in the same boot" {
	run_start
	run_stop KILL
	run_start
	run_stop TERM
	doctor --json
	found crashes hint '1 time'
	found power ok
}

@test "emergencies that do not fit into locked memory need a person" {
	# root may lock what it likes, so it asks as nobody
	local as=
	if [ "$(id -u)" -eq 0 ]; then
		as='setpriv --reuid=65534 --regid=65534 --clear-groups --inh-caps=-all'
		$as test -x "$loaxa" || skip "nobody may not run $loaxa"
	fi
	sox -q -n -r 48000 -b 16 "$station/ngan.wav" synth 120 sine 440 vol 0.5
	"$loaxa" check "$station" --store "$store" >/dev/null
	run_start
	run_stop TERM
	chmod -R a+rX "$BATS_RUN_TMPDIR"
	ulimit -l 64
	run --separate-stderr $as "$loaxa" doctor --state "$state" --store "$store" --json
	[ "$status" -eq 1 ]
	found memory ill 'need 11 MiB of locked memory'
}

@test "others may not write into the state" {
	mkdir -p "$state"
	chmod 777 "$state"
	doctor --json
	[ "$status" -eq 1 ]
	found state ill 'mode 777'
}

@test "wrong use, and everything in Vietnamese" {
	run "$loaxa" doctor a b
	[ "$status" -eq 2 ]
	run "$loaxa" doctor --loud
	[ "$status" -eq 2 ]
	LANGUAGE= LC_ALL=C.UTF-8 LANG= doctor
	[[ $output == *"Đọc được lịch của Đài thử"* ]]
}
