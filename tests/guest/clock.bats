# The wall clock is set while a station runs: rule 13.

setup() {
	. "$BATS_TEST_DIRNAME/guest.bash"
	. "$BATS_TEST_DIRNAME/station.bash"
	run=$BATS_TEST_TMPDIR
	guest_start
	station_begin "ra=alsa:hw:CARD=Intel"
}

teardown() {
	guest_end
}

@test "an hour forward: what is on air plays on without a gap, what was skipped over is missed for it" {
	airing mot dai 15
	airing hai ngan 600
	airing ba ngan 5400
	run_start
	eventually zone ra1 '.on_air.bulletin == "dai" and .on_air.position_ms > 1000'
	guest hand step 3600
	eventually verdict '.from == "repeat:hai" and .zone == "ra1" and .state == "missed" and .reason == "clock"'
	eventually verdict '.bulletin == "dai" and .zone == "ra1" and .state == "aired" and .frames_played == 576000'
	event '.kind == "clock"'
	! verdict '.from == "repeat:ba"' || false
	clips dai
	guest_stop
	whole hda.wav 0 dai 576000
	whole hda.wav 1 dai 576000
}

@test "ninety seconds back: what is on air plays on, and what has its verdict does not air again" {
	airing mot ngan 12
	airing hai dai 18
	airing ba ngan 32
	run_start
	eventually zone ra1 '.on_air.bulletin == "dai" and .on_air.position_ms > 1000'
	guest hand step -90
	eventually verdict '.bulletin == "dai" and .zone == "ra1" and .state == "aired" and .frames_played == 576000'
	eventually event '.kind == "clock"'
	# A minute and a half later the clock is where it was: only the last airing is still to come.
	sleep 60
	eventually verdict '(.from == "repeat:ba") and .zone == "ra1" and .state == "aired"'
	live log --json
	jq -s -e 'map(select(.zone == "ra1")) | length == 3 and all(.[]; .state == "aired")' "$run/live.out"
	clips dai ngan
	guest_stop
	whole hda.wav 0 dai 576000
	[ "$(heard hda.wav 0 ngan | cut -d' ' -f2- | uniq -c | tr -s ' ')" = " 2 0 144000" ]
}

@test "less than a minute forward is lateness" {
	airing mot ngan 45
	run_start
	guest hand step 40
	eventually verdict '.zone == "ra1" and .state == "aired" and .lateness_ms >= 0 and .lateness_ms < 60000'
	clips ngan
	guest_stop
	whole hda.wav 0 ngan 144000
}
