# What the sound core takes for granted of real drivers.

setup() {
	. "$BATS_TEST_DIRNAME/guest.bash"
	run=$BATS_TEST_TMPDIR
	guest_start
	guest "hand loud hw:CARD=Audio"
}

teardown() {
	guest_end
}

# Every generation of numbered frames goes on exactly where the one before was rewound to.
on_end() {
	awk '$4 == "0," { next } { sub(/\.\./, " "); sub(/,/, "", $4)
		if (n++ && ($6 != end || $4 != generation + 1)) { print "not in order: " $0; bad = 1 }
		end = $7; generation = $4 } END { if (n < 6) { print n " generations only"; bad = 1 } exit bad }'
}

@test "a rewound queue is heard as it was written anew: intel-hda, usb-audio, snd-aloop" {
	local recorder
	for card in Intel Audio; do
		guest "probe rewind hw:CARD=$card 48000 2 100 3"
	done
	guest "hand record hw:CARD=Loopback,DEV=1 48000 2 9 /host/loop.raw & sleep 0.5
		probe rewind hw:CARD=Loopback,DEV=0 48000 2 100 3; wait"
	guest_stop
	for recorder in hda.wav usb.wav host/loop.raw; do
		"$guest_files/probe" runs "$run/$recorder" 2 | tee "$run/runs"
		on_end <"$run/runs"
	done
}

@test "a card that is pulled is told at once, and opens again by its name" {
	guest "probe pull hw:CARD=Audio 48000 2 20 >/tmp/pull &"
	sleep 1
	guest_pull
	sleep 1
	guest_put_back
	guest 'wait; for i in $(seq 100); do grep -q ": 0 (Success)" /tmp/pull && break; sleep 0.1; done; cat /tmp/pull' | tee "$run/pull"
	grep -q 'avail -19 (No such device), state DISCONNECTED' "$run/pull"
	grep -q ': 0 (Success)' "$run/pull"
}
