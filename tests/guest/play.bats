# A schedule on real drivers: everything planned is heard, whole, in order and when the log says.

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

@test "intel-hda: planned items are heard whole, both zones from the same frame" {
	idle=open station_begin "ra=alsa:hw:CARD=Intel"
	airing mot ngan 20
	airing hai dai 26
	run_start
	eventually zone ra1 '.on_air.bulletin == "dai"'
	guest cat /proc/asound/Intel/pcm0p/sub0/hw_params >"$run/params"
	eventually verdict '.bulletin == "dai" and .zone == "ra1" and .state == "aired" and .frames_played == .frames_total'
	eventually verdict '.bulletin == "dai" and .zone == "ra2" and .state == "aired" and .frames_played == .frames_total'
	live log --json
	clips dai ngan
	guest_stop
	grep -qx 'format: S16_LE' "$run/params"
	grep -q '^rate: 48000 ' "$run/params"
	grep -qx 'channels: 2' "$run/params"
	local places=() channel
	for channel in 0 1; do
		whole hda.wav $channel ngan 144000
		places+=("$place")
		whole hda.wav $channel dai 576000
		places+=("$place")
	done
	[ "${places[0]}" = "${places[2]}" ] && [ "${places[1]}" = "${places[3]}" ]
	# The stream ran on between the two: the frames between their starts are the time that the log gives.
	local first second
	first=$(jq -r 'select(.bulletin == "ngan" and .zone == "ra1").started' "$run/live.out")
	second=$(jq -r 'select(.bulletin == "dai" and .zone == "ra1").started' "$run/live.out")
	echo "by the log $(s "$first"), $(s "$second"); in the recording ${places[0]}, ${places[1]}"
	less "$(s "$second") - $(s "$first") - (${places[1]} - ${places[0]}) / 48000 | fabs" 0.1
}

@test "usb-audio: a planned item is heard whole" {
	station_begin "ra=alsa:hw:CARD=Audio"
	airing mot dai 20
	run_start
	eventually verdict '.bulletin == "dai" and .zone == "ra1" and .state == "aired"'
	clips dai
	guest_stop
	whole usb.wav 0 dai 576000
	whole usb.wav 1 dai 576000
}

@test "snd-aloop: a planned item comes out of the loop whole" {
	station_begin "ra=alsa:hw:CARD=Loopback,DEV=0"
	airing mot dai 20
	guest "hand record hw:CARD=Loopback,DEV=1 48000 2 40 /host/loop.raw 2>/host/record.out &"
	run_start
	eventually verdict '.bulletin == "dai" and .zone == "ra1" and .state == "aired"'
	clips dai
	guest_stop
	whole host/loop.raw 0 dai 576000
	whole host/loop.raw 1 dai 576000
}

@test "a rate that the card does not have is refused in words, and nothing is heard at another" {
	station_begin "ra=alsa:hw:CARD=Audio"
	sed -i 's/rate = 48000/rate = 44100/' "$conf"
	airing mot ngan 15
	run_start
	eventually event '.kind == "device-lost" or (.kind | test("fault|device"))'
	live status --json
	jq -e '[.. | strings | select(contains("44100"))] | length > 0' "$run/live.out"
	guest_stop
	[ "$(stat -c %s "$run/usb.wav")" -le 44 ]
}
