# The end without warning, in the middle of an item: rule 12.  The state lies on a disk of the guest's.

setup() {
	. "$BATS_TEST_DIRNAME/guest.bash"
	. "$BATS_TEST_DIRNAME/station.bash"
	run=$BATS_TEST_TMPDIR
	mke2fs -q -t ext4 "$run/disk" 256M
	guest_start -drive "file=$run/disk,if=virtio,format=raw"
	guest 'grep -q " /state ext4 " /proc/mounts'
	station_begin "ra=alsa:hw:CARD=Intel"
	airing mot ngan 12
	airing hai lau 18
	run_start
	eventually zone ra1 '.on_air.bulletin == "lau" and .on_air.position_ms > 13000'
}

teardown() {
	guest_end
}

# accounted: the item was cut at a frame that was journalled, went on from there, and is whole; so it was heard.
accounted() {
	local cut
	eventually verdict '.bulletin == "lau" and .zone == "ra1" and .state == "aired" and .frames_played == 1440000'
	eventually verdict '.bulletin == "lau" and .zone == "ra2" and .state == "aired" and .frames_played == 1440000'
	live log --json
	jq -s -e 'map(select(.zone == "ra1")) | length == 2 and all(.[]; .state == "aired")' "$run/live.out"
	cut=$(jq 'select(.bulletin == "lau" and .zone == "ra1") |
		select((.segments | length) == 2 and .segments[0][0] == 0 and .segments[0][1] == .segments[1][0]
			and .segments[1][1] == 1440000).segments[0][1]' "$run/live.out")
	[ -n "$cut" ] || { cat "$run/live.out"; return 1; }
	clips lau ngan
	guest_stop
	heard hda.wav 0 lau | tee "$run/lau"
	[ "$(tail -1 "$run/lau" | cut -d' ' -f2-)" = "$cut 1440000" ]
	set -- $(head -1 "$run/lau")
	echo "cut at $cut by the journal, heard up to $3"
	# Never more than was heard; and frames are journalled every 10 s.
	[ "$2" -eq 0 ] && [ "$cut" -le "$3" ] && [ "$cut" -gt 0 ]
	less "$3 - $cut" "11 * 48000"
	whole hda.wav 0 ngan 144000
}

@test "kill -9 in the middle of an item" {
	guest 'kill -9 $(pidof loaxa)'
	run_start
	accounted
}

@test "power gone in the middle of an item" {
	guest_reset
	guest 'grep -q " /state ext4 " /proc/mounts'
	run_start
	accounted
}
