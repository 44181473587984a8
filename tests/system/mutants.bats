#!/usr/bin/env bats
# Spoilt recordings: each gets its verdict, nothing hangs, memory has an end, and the station goes on.
# LOAXA_MUTANTS=10000 bats tests/system/mutants.bats tries many more; LOAXA_SEED=N tries others.

setup() {
	BUILD=$(realpath "${BUILD:-build}")
	dir=$BATS_TEST_TMPDIR
	cd "$dir" || return 1
	mkdir samples mutants
	export LANGUAGE=vi
	unset LC_ALL LANG
}

# A second of sound in every form that can be made here.
make_samples() {
	sox -R -n -r 44100 -b 16 16.wav synth 1 sine 300 tremolo 3 60 vol 0.3
	sox 16.wav -b 8 -r 8000 8.wav
	sox 16.wav -b 24 -c 2 -r 48000 24.wav
	sox 16.wav -e float -b 32 -r 96000 float.wav
	sox 16.wav -e a-law -r 8000 a-law.wav
	sox 16.wav whole.flac
	sox 16.wav whole.ogg
	opusenc --quiet 16.wav whole.opus
	{
		printf '#!AMR\n'
		for i in {1..50}; do printf '\x3c0123456789012345678901234567890'; done
	} >made.amr
	command -v ffmpeg >/dev/null || return 0
	local to
	for to in "-q:a 5 whole.mp3" "-q:a 5 -write_xing 0 no-xing.mp3" whole.m4a whole.aac whole.webm whole.wma \
		"-c:a adpcm_ms adpcm.wav" "-c:a flac flac.ogg"; do
		# shellcheck disable=SC2086
		ffmpeg -nostdin -v error -i 16.wav $to
	done
}

@test "mutants: each has its verdict, and the sound one behind them is ready" {
	(cd samples && make_samples)
	"$BUILD/tests/system/mutants" mutants "${LOAXA_MUTANTS:-300}" "${LOAXA_SEED:-1}" samples/* | tee /dev/fd/3 3>&2
}

@test "mutants: a schedule full of them is refused, and the items of the running one start on time" {
	loaxa=$BUILD/loaxa station=$dir/station state=$dir/state store=$dir/store
	export LANGUAGE=en
	. "$BATS_TEST_DIRNAME/near-station.bash"
	near_station "$station"
	run_start
	began_by=$(local_time now +%FT%T)
	eventually on_time 1 # behind what was planned before the start
	for i in {1..40}; do
		head -c $((400 + i * 1000)) "$station/dai.wav" >"$station/m$i.wav"
		printf '\xFF%.0s' {1..30} | dd of="$station/m$i.wav" bs=1 seek=$((i % 16 * 4)) conv=notrunc status=none
		echo "bulletin \"m$i\" { title = \"M$i\"   audio = { \"m$i.wav\" } }" >>"$station/station.conf"
	done
	began_by=$(local_time now +%FT%T)
	run "$loaxa" reload --state "$state"
	[ "$status" -eq 1 ]
	# one whose length says "unknown" is played to its end, as recorders mean it
	[ "$(grep -c 'error: cannot be aired: "m' <<<"$output")" -ge 36 ] || { echo "$output"; false; }
	eventually on_time 4
	kill -0 "$controller"
	run_stop TERM
	[ "$ended" -eq 0 ]
	[ "$(started '.lateness_ms >= 1000')" -eq 0 ]
}

# started CONDITION: how many of those planned since $began_by have started and are so
started() {
	"$loaxa" log --state "$state" --json | jq -s --arg by "$began_by" \
		"[.[] | select(.planned > \$by and .started != null and ($1))] | length"
}

on_time() {
	[ "$(started '.lateness_ms < 1000')" -ge "$1" ]
}

teardown() {
	[ -z "${controller:-}" ] || kill -9 "$controller" 2>/dev/null || true
}
