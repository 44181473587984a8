# A station whose airings happen now: sourced by tests of the running controller.

local_time() {
	TZ=Asia/Ho_Chi_Minh date -d "$@"
}

# near_station DIR: writes a station of two zones into DIR.
# $NEAR_MINUTES from now on are filled, at most 32 (a list holds 1,000 values).
# nhip: half a second of sound every 2 s in both zones; gap: an emergency; dai: 2 s of sound to be played by hand.
near_station() {
	local dir=$1 minute second clock times=
	for minute in $(seq 0 "${NEAR_MINUTES:-8}"); do
		clock=$(local_time "+$minute minutes" +%H:%M)
		for second in {00..58..2}; do
			times="$times \"$clock:$second\""
		done
	done
	mkdir -p "$dir"
	sox -q -n -r 48000 -b 16 "$dir/ngan.wav" synth 0.5 sine 440 vol 0.5
	sox -q -n -r 48000 -b 16 "$dir/dai.wav" synth 2 sine 330 vol 0.5
	cat >"$dir/station.conf" <<-CONF
		station "00001" { name = "Đài thử"   timezone = "Asia/Ho_Chi_Minh"   audio-dir = "." }
		output "ra" { sink = "dry-run"   rate = 48000   channels = 2 }
		zone "a" { name = "Cụm A"   output = "ra"   channel = 1 }
		zone "b" { name = "Cụm B"   output = "ra"   channel = 2 }
		guard "xa" { from = "$(local_time '+12 hours' +%H:%M)"   to = "$(local_time '+721 minutes' +%H:%M)"   action = "refuse" }
		bulletin "ngan" { title = "Tiếng ngắn"   audio = { "ngan.wav" } }
		bulletin "dai" { title = "Tiếng dài"   audio = { "dai.wav" } }
		repeat "nhip" {
			play = { "ngan" }   at = {${times// /, } }
			from = "$(local_time '-1 day' +%F)"   until = "$(local_time '+1 day' +%F)"
		}
		emergency "gap" { play = { "ngan" }   first-repeats = 1   first-every = "1m" }
	CONF
	sed -i 's/at = {, /at = { /' "$dir/station.conf"
}

# run_start [ARGUMENTS]: the controller in the background, its process in $controller; returns once it answers.
run_start() {
	"$loaxa" run "$station" --state "$state" --store "$store" "$@" >"$BATS_TEST_TMPDIR/run.out" 2>&1 3>&- &
	controller=$!
	local i
	for ((i = 0; i < 1500; i++)); do
		"$loaxa" status --state "$state" >/dev/null 2>&1 && return 0
		kill -0 "$controller" 2>/dev/null || break
		sleep 0.01
	done
	cat "$BATS_TEST_TMPDIR/run.out"
	return 1
}

# run_stop [SIGNAL]: ends it; its exit code in $ended.
run_stop() {
	ended=0
	# The shell reports every child that is killed.
	{ kill "-${1:-TERM}" "$controller"; wait "$controller" || ended=$?; } 2>/dev/null
	controller=
}

# eventually COMMAND…: true as soon as the command is, within 20 s.
eventually() {
	local i
	for ((i = 0; i < 400; i++)); do
		"$@" && return 0
		sleep 0.05
	done
	return 1
}
