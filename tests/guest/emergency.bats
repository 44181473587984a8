# An emergency in one zone while both zones of a card play.

setup() {
	. "$BATS_TEST_DIRNAME/guest.bash"
	. "$BATS_TEST_DIRNAME/station.bash"
	run=$BATS_TEST_TMPDIR
	guest_start
	guest "hand loud hw:CARD=Audio"
}

teardown() {
	guest_end
}

# cuts_in CARD RECORDING
cuts_in() {
	local said cut began
	station_begin "ra=alsa:hw:CARD=$1"
	echo 'emergency "gap1" { play = { "bao" }   zones = { "ra1" } }' >>"$conf"
	run_start
	live play dai
	eventually zone ra1 '.on_air.bulletin == "dai" and .on_air.position_ms > 2000'
	said=$(guest "hand now; LANGUAGE=en loaxa emergency gap1 --yes --state /state/s >/dev/null")
	eventually verdict '.bulletin == "dai" and .zone == "ra1" and .state == "aired" and .frames_played == 576000'
	eventually verdict '.bulletin == "dai" and .zone == "ra2" and .state == "aired" and .frames_played == 576000'
	live log --json
	clips dai gap
	guest_stop
	# The other zone: whole, without a jump.
	whole "$2" 1 dai 576000
	local start=$place
	# This one: up to the cut, the emergency from its first frame on, and on from the very frame of the cut.
	cut=$(jq 'select(.bulletin == "dai" and .zone == "ra1").segments[0][1]' "$run/live.out")
	heard "$2" 0 dai | tee "$run/dai"
	heard "$2" 0 gap | tee "$run/gap"
	[ "$(cut -d' ' -f2-3 "$run/dai")" = "0 $cut
$cut 576000" ]
	[ "$(awk '{ print $3 }' "$run/gap" | tail -1)" = 192000 ]
	echo "the other zone from $start on"
	[ "$(head -1 "$run/dai" | cut -d' ' -f1)" = "$start" ]
	# Its first 30 ms are mixed with what fades away under it.
	set -- $(head -1 "$run/gap")
	began=$(($1 - $2))
	[ "$began" -eq $((start + cut)) ]
	less "$2" 1500
	began=$(s "$(jq -r 'select(.kind == "emergency" and .zone == "ra1").started' "$run/live.out")")
	echo "from the command on: by the log $(jq -n "$began - $said") s"
	less "$began - $said" 1
}

@test "intel-hda: heard at once, resumed at the frame of the cut, and the other zone does not jump" {
	cuts_in Intel hda.wav
}

@test "usb-audio: the same" {
	cuts_in Audio usb.wav
}
